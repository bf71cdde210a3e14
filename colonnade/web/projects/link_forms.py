"""The form in which a project's States, regions, partners, areas and thematic priorities are stated.

Every row carries what its reader saw in it, so that what others linked meanwhile is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from colonnade.members.models import Entity
from colonnade.places.models import Country, Region
from colonnade.portfolio.linked import Key, Linked, Links, Statement, Torn
from colonnade.portfolio.models import ProjectPartner
from colonnade.strategy.models import Area, Theme
from colonnade.web.shared.individuals import NoIndividuals

#: Empty rows under those that stand; whoever needs more saves and finds new ones.
EMPTY_ROWS: Final = 3
MOST_ROWS: Final = 400
#: Kinds that are rows of a list; the others are boxes to tick.
ROWS: Final = (Linked.COUNTRY, Linked.REGION, Linked.PARTNER)
BOXES: Final = (Linked.AREA, Linked.THEME)


class PlaceRow(forms.Form):
    """A State or region with its share. ``seen`` is the place and share that the reader saw, empty in a new row."""

    seen = forms.RegexField(r"\A\d{1,9}:(\d{1,3}(\.\d{1,4})?)?\Z", required=False, widget=forms.HiddenInput)
    place = forms.ChoiceField(required=False)
    share = forms.DecimalField(
        required=False, min_value=0, max_value=100, max_digits=7, decimal_places=4, label=gettext_lazy("Per cent")
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = cast(forms.ChoiceField, self.fields["place"])
        place.choices, place.label = choices, label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("share") is not None and not cleaned.get("place"):
            self.add_error("place", gettext("Choose what the share is of."))
        return cleaned

    @property
    def was(self) -> tuple[Key, Decimal | None] | None:
        text = self.cleaned_data.get("seen") or ""
        if not text:
            return None
        key, _colon, share = text.partition(":")
        return (int(key),), Decimal(share) if share else None

    @property
    def says(self) -> tuple[Key, Decimal | None] | None:
        place = self.cleaned_data.get("place")
        return ((int(place),), self.cleaned_data.get("share")) if place else None


class PartnerRow(NoIndividuals, forms.Form):
    """A partner: a listed entity, or another organisation by its name; with its role."""

    seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    entity = forms.ChoiceField(required=False, label=gettext_lazy("Entity"))
    name = forms.CharField(required=False, max_length=500, label=gettext_lazy("Name, where it is not listed"))
    role = forms.ChoiceField(
        required=False, choices=ProjectPartner.PartnerRole.choices, label=gettext_lazy("Role"), initial="implementing"
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        cast(forms.ChoiceField, self.fields["entity"]).choices = choices

    @property
    def was(self) -> tuple[Key, Decimal | None] | None:
        entity, _bar, rest = (self.cleaned_data.get("seen") or "").partition("|")
        role, bar, name = rest.partition("|")
        return ((int(entity) if entity.isdecimal() else None, name, role), None) if bar else None

    @property
    def says(self) -> tuple[Key, Decimal | None] | None:
        """What the row says. A listed entity goes by the name that it was reported under, or by its own."""
        entity, name = self.cleaned_data.get("entity") or "", (self.cleaned_data.get("name") or "").strip()
        role = self.cleaned_data.get("role") or ""
        if not entity and not name:
            return None
        return (int(entity) if entity else None, name or self.names[entity], role), None


class BoxesForm(forms.Form):
    """Areas and thematic priorities; the two hidden fields hold what the reader saw ticked."""

    area = forms.TypedMultipleChoiceField(
        required=False, coerce=int, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Areas")
    )
    theme = forms.TypedMultipleChoiceField(
        required=False, coerce=int, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Thematic priorities")
    )
    seen_area = forms.RegexField(r"\A[\d,]*\Z", required=False, widget=forms.HiddenInput)
    seen_theme = forms.RegexField(r"\A[\d,]*\Z", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("area", Area.objects.all()), ("theme", Theme.objects.all())):
            field = cast(forms.TypedMultipleChoiceField, self.fields[name])
            field.choices = [(str(row.pk), row.short_title) for row in rows]

    def stated(self, of: Linked) -> Links:
        return {(key,): None for key in self.cleaned_data[of.value]}

    def seen(self, of: Linked) -> Links:
        found = self.cleaned_data[f"seen_{of.value}"]
        return {(int(key),): None for key in found.split(",") if key}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a link that two people stated differently: its share (``None``: it was taken away)."""

    anchor: str
    title: str
    share: str | None


class LinksForm:
    """The lists and the boxes of one page. ``links`` are what stands; ``data`` what was sent, over what was seen."""

    def __init__(self, links: Statement, data: Any = None) -> None:
        self.links, self.data = links, data
        self.lists = {of: _list(of, links.get(of, {}), data) for of in ROWS}
        self.boxes = BoxesForm(data, initial=_ticked(links))

    @property
    def titled(self) -> list[tuple[str, str, Any]]:
        """The lists in the order of the page, with their titles."""
        titles = {
            Linked.COUNTRY: gettext("States"),
            Linked.REGION: gettext("Regions"),
            Linked.PARTNER: gettext("Partners"),
        }
        return [(of.value, titles[of], rows) for of, rows in self.lists.items()]

    def over(self, torn: Iterable[Torn]) -> tuple["LinksForm", list[Standing]]:
        """The same form as if its reader had seen what stands now of the links in ``torn``, and those in words: saved
        again, what they typed stands."""
        sent, told = self.data.copy(), []
        theirs = {(each.of, each.key): each.theirs for each in torn}
        for of, rows in self.lists.items():
            for row in rows.forms:
                found = row.was or row.says
                if found is None or (of, found[0]) not in theirs:
                    continue
                share = theirs[of, found[0]]
                sent[row.add_prefix("seen")] = "" if share is None else f"{found[0][0]}:{share}"
                title = dict(row.fields["place"].choices)[str(found[0][0])]
                told.append(Standing(row["share"].id_for_label, title, share))
        return LinksForm(self.links, sent), told

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Every error, with the field that it is at and what that is called."""
        forms_of_it = [*(row for rows in self.lists.values() for row in rows.forms), self.boxes]
        return [
            (row[name].id_for_label, str(row[name].label), error)
            for row in forms_of_it
            for name, errors in row.errors.items()
            if name in row.fields
            for error in errors
        ]

    def is_valid(self) -> bool:
        checked = [*(rows.is_valid() for rows in self.lists.values()), self.boxes.is_valid()]
        return all(checked)

    @property
    def seen(self) -> Statement:
        """What the reader saw when they opened the page."""
        lists = {of: dict(filter(None, (row.was for row in rows.forms))) for of, rows in self.lists.items()}
        return {**lists, **{of: self.boxes.seen(of) for of in BOXES}}

    @property
    def stated(self) -> Statement:
        """What they state."""
        lists = {
            of: dict(filter(None, (row.says for row in rows.forms if not row.cleaned_data.get("DELETE"))))
            for of, rows in self.lists.items()
        }
        return {**lists, **{of: self.boxes.stated(of) for of in BOXES}}


def _list(of: Linked, links: Links, data: Any) -> Any:
    row: type[forms.Form] = PartnerRow if of is Linked.PARTNER else PlaceRow
    made = forms.formset_factory(
        row, extra=EMPTY_ROWS, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return made(data, prefix=of.value, initial=_rows(of, links), form_kwargs=_offered(of))


def _rows(of: Linked, links: Links) -> list[dict[str, Any]]:
    if of is Linked.PARTNER:
        return [
            {"seen": f"{entity or ''}|{role}|{name}", "entity": entity or "", "name": name, "role": role}
            for entity, name, role in links
        ]
    return [
        {"seen": f"{key[0]}:{'' if share is None else f'{share.normalize():f}'}", "place": key[0], "share": share}
        for key, share in links.items()
    ]


def _offered(of: Linked) -> dict[str, Any]:
    if of is Linked.COUNTRY:
        language = get_language() or "en"
        named = sorted((country.name_in(language), str(country.pk)) for country in Country.objects.all())
        return {"choices": _with_none((key, name) for name, key in named), "label": gettext("State")}
    if of is Linked.REGION:
        regions = ((str(region.pk), region.name) for region in Region.objects.all())
        return {"choices": _with_none(regions), "label": gettext("Region")}
    entities = {str(entity.pk): (entity.abbreviation, entity.name) for entity in Entity.objects.all()}
    choices = _with_none(
        (key, f"{short}: {name}" if short != name else name) for key, (short, name) in entities.items()
    )
    return {"choices": choices, "names": {key: name for key, (_short, name) in entities.items()}}


def _with_none(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "–"), *choices]


def _ticked(links: Statement) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for of in BOXES:
        keys = [key[0] for key in links.get(of, {})]
        found[of.value] = keys
        found[f"seen_{of.value}"] = ",".join(map(str, keys))
    return found
