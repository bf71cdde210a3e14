"""Forms of appeals. They validate what was typed; the actions say what may be done."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Viewer
from colonnade.funding.actions import Years
from colonnade.funding.models import Appeal, AppealEntry, Contributor, Shown
from colonnade.members.models import Entity
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project
from colonnade.strategy.models import Pillar
from colonnade.web.fund.forms import FundForm, capitals
from colonnade.web.fund.purses import Chosen, choices, chosen
from colonnade.web.shared.entity_choice import EntityChoice

_DAY: Final[dict[str, Any]] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
_LONG: Final[dict[str, Any]] = {"attrs": {"rows": 4}}
_FIRST, _LAST = 1990, 2100


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=_FIRST, max_value=_LAST)


def _amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal("0.01"), max_digits=18, decimal_places=2, **more)


class AppealForm(FundForm):
    """A new appeal."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    key = forms.SlugField(label=gettext_lazy("Short name in its address, as appeal-2021"), max_length=50)
    first_year = _year(gettext_lazy("First year"))
    last_year = _year(gettext_lazy("Last year"))
    summary = forms.CharField(
        label=gettext_lazy("What it is for"), required=False, widget=forms.Textarea(**_LONG), max_length=4000
    )
    source = forms.CharField(label=gettext_lazy("Document that it rests on"), required=False, max_length=300)

    def clean_key(self) -> str:
        """A name that is no address of another page here."""
        key = str(self.cleaned_data["key"])
        if key == "new":
            raise forms.ValidationError(_("This name is taken by a page."))
        return key


class EntryForm(FundForm):
    """What an appeal asks for: of a project of the portfolio, or of one outside it."""

    project = forms.CharField(
        label=gettext_lazy("Project of the portfolio: its reference, or the address of its page"),
        max_length=200,
        required=False,
    )
    title = forms.CharField(
        label=gettext_lazy("Title; that of the project where it is empty"), max_length=500, required=False
    )
    entity = EntityChoice(
        label=gettext_lazy("Entity; the lead of the project where none is chosen"),
        queryset=Entity.objects.none(),
        to_field_name="code",
        required=False,
    )
    pillar = forms.ModelChoiceField(
        label=gettext_lazy("Pillar; that of the project where none is chosen"),
        queryset=Pillar.objects.none(),
        to_field_name="code",
        required=False,
    )
    requirement_usd = _amount(gettext_lazy("Requirement in US dollars"))
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"),
        choices=[("", gettext_lazy("Not stated")), *AppealEntry.Priority.choices],
        required=False,
    )
    purpose = forms.CharField(
        label=gettext_lazy("What it does, for a donor; the project's description where it is empty"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(**_LONG),
    )
    partial_sums = forms.CharField(
        label=gettext_lazy("What a partial sum does, one a line: amount and what it does, as 50000 Two courses"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(**_LONG),
    )
    starts_on = forms.DateField(label=gettext_lazy("Begins on"), required=False, widget=forms.DateInput(**_DAY))
    ends_on = forms.DateField(label=gettext_lazy("Ends on"), required=False, widget=forms.DateInput(**_DAY))
    level = forms.ChoiceField(
        label=gettext_lazy("Who reads it, once the appeal is launched"),
        widget=forms.RadioSelect,
        initial="public",
        choices=[
            ("public", gettext_lazy("Everybody, where the project is public")),
            ("compact", gettext_lazy("Everybody inside the compact")),
            ("restricted", gettext_lazy("The secretariat and auditors")),
        ],
    )

    def __init__(self, *args: Any, viewer: Viewer, entry: AppealEntry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        for name, rows in (("entity", Entity.objects.order_by("abbreviation")), ("pillar", Pillar.objects.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        if entry is not None:
            del self.fields["project"]

    def clean_project(self) -> Project | None:
        """The project that was named, where the reader sees it and it is the only one."""
        text = str(self.cleaned_data["project"]).strip().rstrip("/").rsplit("/", 1)[-1]
        if not text:
            return None
        seen = Project.objects.visible_to(self.viewer).select_related("lead_entity", "pillar")
        found = list(seen.filter(public_id=text)[:2]) or list(seen.filter(reference=text)[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Several projects have this reference: give the address of its page.")
                if found
                else _("There is no such project.")
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        project = cleaned.get("project")
        if isinstance(project, Project):
            cleaned["title"] = cleaned.get("title") or project.title
            cleaned["entity"] = cleaned.get("entity") or project.lead_entity
            cleaned["pillar"] = cleaned.get("pillar") or project.pillar
        elif "project" not in self.errors:
            if not cleaned.get("title"):
                self.add_error("title", _("Give it a title, or name its project."))
            if not cleaned.get("entity") and "entity" not in self.errors:
                self.add_error("entity", _("Choose the entity, or name its project."))
        return cleaned


class BecauseForm(FundForm):
    """Why a project is taken out."""

    because = forms.CharField(label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(**_LONG))


class MomentForm(FundForm):
    """What a moment is called."""

    title = forms.CharField(label=gettext_lazy("What this moment is called, as Mid-year 2020"), max_length=200)


class SureForm(FundForm):
    """A step that is taken by a button alone."""


class DonorForm(FundForm):
    """Who speaks, for which years, and what others see."""

    contributor = forms.ModelChoiceField(
        label=gettext_lazy("Donor"), queryset=Contributor.objects.none(), to_field_name="code"
    )
    first_year = _year(gettext_lazy("First year that it is for"))
    last_year = _year(gettext_lazy("Last year that it is for"))
    shown = forms.ChoiceField(
        label=gettext_lazy("What others see of it"),
        widget=forms.RadioSelect,
        choices=Shown.choices,
        initial=Shown.NOTHING,
    )

    def __init__(self, *args: Any, donors: Sequence[Contributor], appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contributor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Contributor.objects.filter(pk__in=[one.pk for one in donors]).order_by("name")
        if len(donors) == 1:
            field.initial = donors[0].code
        self.fields["first_year"].initial = appeal.first_year
        self.fields["last_year"].initial = appeal.last_year

    @property
    def years(self) -> Years:
        """The years."""
        return Years(self.cleaned_data["first_year"], self.cleaned_data["last_year"])


class MoneyOfDonorForm(DonorForm):
    """The same with an amount."""

    amount = _amount(gettext_lazy("Amount"))
    currency = forms.CharField(
        label=gettext_lazy("Currency, as ISO 4217 writes it"), min_length=3, max_length=3, initial="USD"
    )

    def clean_currency(self) -> str:
        """The code in capitals."""
        return capitals(str(self.cleaned_data["currency"]))


class PledgeToAppealForm(MoneyOfDonorForm):
    """A pledge to a project of an appeal."""

    purse = forms.ChoiceField(label=gettext_lazy("Window of the fund, and earmark"))
    note = forms.CharField(
        label=gettext_lazy("Note to the secretariat"), required=False, max_length=2000, widget=forms.Textarea(**_LONG)
    )
    beyond = forms.BooleanField(label=gettext_lazy("More than is still short: yes"), required=False)
    asked_for = ("beyond",)
    field_order = ("contributor", "amount", "currency", "first_year", "last_year", "purse", "shown", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purse", choices())

    @property
    def chosen(self) -> Chosen:
        """The purse that was chosen."""
        return chosen(self.cleaned_data["purse"])


class PlanForm(MoneyOfDonorForm):
    """What a donor plans to fund."""

    entry = forms.ChoiceField(label=gettext_lazy("Project of the appeal"), required=False)
    pillar = forms.ModelChoiceField(
        label=gettext_lazy("Or a pillar"), queryset=Pillar.objects.none(), to_field_name="code", required=False
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("Or a State"), queryset=Country.objects.none(), to_field_name="code", required=False
    )
    region = forms.ModelChoiceField(
        label=gettext_lazy("Or a region"), queryset=Region.objects.none(), to_field_name="code", required=False
    )
    amount = _amount(gettext_lazy("Amount, where it is known"), required=False)
    field_order = (
        *("contributor", "entry", "pillar", "country", "region"),
        *("amount", "currency", "first_year", "last_year", "shown"),
    )

    def __init__(self, *args: Any, entries: Sequence[AppealEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "entry", [("", "–"), *((one.public_id, one.title) for one in sorted(entries, key=lambda e: e.title))]
        )
        self._by_id = {one.public_id: one for one in entries}
        for name, rows in (
            ("pillar", Pillar.objects.all()),
            ("country", Country.objects.order_by("name")),
            ("region", Region.objects.all()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    @property
    def chosen_entry(self) -> AppealEntry | None:
        """The entry that was chosen."""
        return self._by_id.get(self.cleaned_data["entry"])


class ShownForm(FundForm):
    """What others see of it from now on."""

    shown = forms.ChoiceField(
        label=gettext_lazy("What others see of it"), widget=forms.RadioSelect, choices=Shown.choices
    )
