"""The forms of a proposal's sections: one of fields, and one a row for lists; what begins one; what takes one back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Viewer
from colonnade.review.models import Output, Proposal, Risk, SafeguardAnswer
from colonnade.review.sections import Section
from colonnade.review.writing import CHOSEN, WRITTEN
from colonnade.web.proposals.choices import OFFERED, SEVERAL, Choices, nothing_chosen
from colonnade.web.proposals.sections import FIELDS
from colonnade.web.shared.individuals import NoIndividuals

MOST: Final = Decimal("9999999999999999")


def column_of(name: str) -> str:
    """The column of the field that forms call ``name``."""
    return f"{name}_id" if f"{name}_id" in WRITTEN else name


def label_of(name: str) -> str:
    """What a field is called."""
    return _(CHOSEN.get(name) or WRITTEN[column_of(name)])


def _day() -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _amount(least: str) -> forms.DecimalField:
    widget = forms.NumberInput({"step": "0.01", "inputmode": "decimal"})
    return forms.DecimalField(
        required=False, min_value=Decimal(least), max_value=MOST, decimal_places=2, localize=False, widget=widget
    )


def _text(rows: int) -> forms.CharField:
    return forms.CharField(required=False, max_length=20_000, widget=forms.Textarea({"rows": rows}))


def _choice(choices: Choices, nothing: str) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=[("", nothing), *choices])


class FieldsForm(NoIndividuals, forms.Form):
    """The fields of one section, as far as ``viewer`` may choose them."""

    def __init__(self, section: str, viewer: Viewer, proposal: Proposal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        for name in FIELDS[section]:
            field = self._field(name, viewer, proposal)
            field.label = label_of(name)
            self.fields[name] = field

    @staticmethod
    def _field(name: str, viewer: Viewer, proposal: Proposal) -> forms.Field:
        if name in SEVERAL:
            choices = OFFERED[name](viewer, proposal)
            return forms.MultipleChoiceField(
                required=False, choices=choices, widget=forms.SelectMultiple({"size": min(8, max(2, len(choices)))})
            )
        if name in OFFERED:
            return _choice(OFFERED[name](viewer, proposal), nothing_chosen(name))
        if name in ("starts_on", "ends_on"):
            return _day()
        if name == "requested_usd":
            return _amount("0.01")
        if name == "touches_protected":
            return forms.BooleanField(required=False)
        if name == "title":
            return forms.CharField(max_length=1000)
        if name == "request_document":
            return forms.CharField(required=False, max_length=1000)
        return _text(5)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The project would end before it begins."))
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the columns of a proposal; a need that was not chosen stays as it is."""
        found: dict[str, Any] = {}
        for name in FIELDS[self.section]:
            value, column = self.cleaned_data[name], column_of(name)
            if name in SEVERAL:
                found[column] = frozenset(int(key) for key in value)
            elif column.endswith("_id"):
                if name != "cited_need" or value:
                    found[column] = int(value) if value else None
            elif isinstance(value, str):
                found[column] = value.replace("\r\n", "\n").strip()
            else:
                found[column] = value
        return found


#: Section -> the columns without which a row says nothing.
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "budget": ("category", "amount_usd"),
    "outputs": ("kind", "title"),
    "risks": ("title", "likelihood", "impact"),
    "consultations": ("entity_id",),
    "markers": ("marker", "level"),
    "safeguards": ("safeguard_id", "answer"),
}


class RowForm(NoIndividuals, forms.Form):
    """One row of a list. ``offered`` are the choices of columns whose choices the registry holds."""

    def __init__(self, section: Section, offered: Mapping[str, Choices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        if not section.positioned:
            fixed = section.key not in offered
            self.fields[section.key] = (
                forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
                if fixed
                else _choice(offered[section.key], _("Nobody"))
            )
            self.fields[section.key].label = _("With whom")
        for name, title in section.columns.items():
            field = self._field(section.name, name, offered)
            field.label = _(title)
            self.fields[name] = field

    @staticmethod
    def _field(section: str, name: str, offered: Mapping[str, Choices]) -> forms.Field:
        known: dict[tuple[str, str], Any] = {
            ("outputs", "kind"): Output.Kind.choices,
            ("risks", "likelihood"): Risk.Degree.choices,
            ("risks", "impact"): Risk.Degree.choices,
            ("safeguards", "answer"): SafeguardAnswer.Answer.choices,
        }
        if (section, name) in known:
            return _choice([(value, str(label)) for value, label in known[section, name]], _("Not chosen"))
        if name in offered:
            return _choice(offered[name], _("Not chosen"))
        if name.endswith("_usd"):
            return _amount("0")
        if name.endswith("_on"):
            return _day()
        if name == "category":
            return forms.CharField(required=False, max_length=60)
        return _text(2)

    def is_empty(self) -> bool:
        """Whether nothing was typed into the row, so that it is none."""
        names = [name for name in self.section.columns if name in self.fields]
        if self.section.name == "consultations":
            return not self[self.section.key].value()
        return not any(str(self[name].value() or "").strip() for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in NEEDED[self.section.name]:
            if name in self.fields and name not in self.errors and cleaned.get(name) in (None, ""):
                self.add_error(name, _("This is missing."))
        return cleaned

    @property
    def row(self) -> dict[str, Any]:
        """What was typed, by the columns of the list."""
        names = [*([] if self.section.positioned else [self.section.key]), *self.section.columns]
        found: dict[str, Any] = {}
        for name in names:
            value = self.cleaned_data.get(name)
            if name in ("entity_id", "safeguard_id", "level"):
                found[name] = int(str(value))
            elif name.endswith("_usd"):
                found[name] = value if value is not None else Decimal(0)
            elif isinstance(value, str):
                found[name] = value.replace("\r\n", "\n").strip()
            else:
                found[name] = value
        return found


class BeginForm(NoIndividuals, forms.Form):
    """Who applies, and with which project of theirs what is known already."""

    entity = forms.ChoiceField(label=gettext_lazy("Entity that applies"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=1000, required=False)
    project = forms.ChoiceField(label=gettext_lazy("Take over what this project says"), required=False)

    def __init__(self, own: Choices, projects: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("entity", own), ("project", [("", _("None: begin with an empty form")), *projects])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title", "").strip() and not cleaned.get("project"):
            self.add_error("title", _("Give it a title, or take over a project's."))
        return cleaned


class WithdrawForm(NoIndividuals, forms.Form):
    """Why a proposal is taken back; the version that was looked at."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    because = forms.CharField(label=gettext_lazy("Why"), max_length=5_000, widget=forms.Textarea({"rows": 4}))
