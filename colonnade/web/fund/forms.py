"""Forms of the fund. They validate what was typed; the actions say what may be done."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Viewer
from colonnade.funding.actions import Due
from colonnade.funding.models import Contributor, Earmark
from colonnade.members.models import Entity
from colonnade.portfolio.models import Programme, Project
from colonnade.web.fund.purses import Chosen, choices, chosen
from colonnade.web.shared.entity_choice import EntityChoice
from colonnade.web.shared.individuals import NoIndividuals

_DAY: Final[dict[str, Any]] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
_LONG: Final[dict[str, Any]] = {"attrs": {"rows": 3}}


def _amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal("0.01"), max_digits=18, decimal_places=2, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(**_DAY), **more)


class FundForm(NoIndividuals, forms.Form):
    """A form of the fund: its choices are filled when it is shown.

    ``asked_for`` are fields that stand on it once an action asked for them, or what they say was sent.
    """

    asked_for: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shown_as = {name: self.fields[name].widget for name in self.asked_for}
        for name in self.asked_for:
            if not (self.is_bound and self.data.get(name)):
                self.fields[name].widget = forms.HiddenInput()

    def ask(self, *names: str) -> None:
        """Put these of ``asked_for`` on the form."""
        for name in names:
            self.fields[name].widget = self._shown_as[name]

    def offer(self, name: str, offered: Sequence[tuple[str, str]]) -> None:
        """The choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered


class PurseForm(FundForm):
    """A form that names a purse."""

    purse = forms.ChoiceField(label=gettext_lazy("Window and earmark"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purse", choices())

    @property
    def chosen(self) -> Chosen:
        """The purse that was chosen."""
        return chosen(self.cleaned_data["purse"])


class MoneyForm(PurseForm):
    """An amount in any currency, of a day, from a contributor."""

    contributor = forms.ModelChoiceField(
        label=gettext_lazy("Contributor"), queryset=Contributor.objects.none(), to_field_name="code"
    )
    amount = _amount(gettext_lazy("Amount"))
    currency = forms.CharField(
        label=gettext_lazy("Currency, as ISO 4217 writes it"), min_length=3, max_length=3, initial="USD"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contributor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Contributor.objects.order_by("name")

    def clean_currency(self) -> str:
        """The code in capitals."""
        return capitals(str(self.cleaned_data["currency"]))


class PledgeForm(MoneyForm):
    """What a contributor promised."""

    pledged_on = _day(gettext_lazy("Day of the pledge"))
    due_on = _day(gettext_lazy("Falls due on, where that was said"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Who reads the amount"),
        choices=[
            ("restricted", gettext_lazy("The contributor, the secretariat, auditors and the board")),
            ("compact", gettext_lazy("Everybody inside the compact")),
            ("public", gettext_lazy("Everybody: it was published")),
        ],
    )
    document = forms.CharField(label=gettext_lazy("Reference of the letter or note"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(**_LONG))
    field_order = ("contributor", "amount", "currency", "pledged_on", "due_on", "purse")


class ReceiptForm(MoneyForm):
    """What came in, or went back."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What came in"),
        widget=forms.RadioSelect,
        choices=[
            ("new", gettext_lazy("Money that they gave")),
            ("passed_on", gettext_lazy("Money that another entity was given first, and passed on")),
            ("in_kind", gettext_lazy("Goods or services, at the valuation that the document states")),
            ("refund", gettext_lazy("Nothing: free money went back to them")),
        ],
        initial="new",
    )
    pledge = forms.SlugField(label=gettext_lazy("Under the pledge (its number)"), required=False)
    on = _day(gettext_lazy("Day"))
    document = forms.CharField(label=gettext_lazy("Document that proves it"), max_length=200)
    narrative = forms.CharField(label=gettext_lazy("What happened"), required=False, widget=forms.Textarea(**_LONG))
    beyond = forms.BooleanField(label=gettext_lazy("More than was pledged: yes"), required=False)
    beyond_because = forms.CharField(
        label=gettext_lazy("Why it is more; the entry states it"), required=False, max_length=500
    )
    asked_for = ("beyond", "beyond_because")
    field_order = ("kind", "contributor", "amount", "currency", "on", "purse")


class AgreementForm(FundForm):
    """What was signed about a pledge."""

    reference = forms.CharField(label=gettext_lazy("Reference of the agreement"), max_length=200)
    signed_on = _day(gettext_lazy("Signed on"))
    ends_on = _day(gettext_lazy("Ends on"), required=False)
    instalments = forms.CharField(
        label=gettext_lazy("Instalments, one a line: day and amount, as 2019-06-30 250000.00"),
        required=False,
        widget=forms.Textarea(**_LONG),
    )
    terms = forms.CharField(
        label=gettext_lazy("Terms: the contributor, the secretariat and auditors read them"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_instalments(self) -> list[Due]:
        """The instalments. Raises ``ValidationError`` with the line that is none."""
        lines = str(self.cleaned_data["instalments"]).splitlines()
        return [_due(line.split()) for line in lines if line.strip()]


class EarmarkForm(FundForm):
    """What money of a window can be kept for."""

    window = forms.ChoiceField(label=gettext_lazy("Window"))
    kind = forms.ChoiceField(label=gettext_lazy("How strictly"), choices=Earmark.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=gettext_lazy("What it is for; everybody reads it"), max_length=200)
    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programme of work that it is ring-fenced to"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        required=False,
    )

    def __init__(self, *args: Any, windows: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("window", windows)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Programme.objects.order_by("title")


class AllocationForm(PurseForm):
    """Money for a project."""

    project = forms.CharField(label=gettext_lazy("Project: its reference, or the address of its page"), max_length=200)
    amount_usd = _amount(gettext_lazy("For the project, in US dollars"))
    entity = EntityChoice(
        label=gettext_lazy("Entity that it goes to, where that is not the lead"),
        queryset=Entity.objects.none(),
        to_field_name="code",
        required=False,
    )
    decision = forms.CharField(label=gettext_lazy("Decision that it rests on"), max_length=200, required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, widget=forms.Textarea(**_LONG))
    field_order = ("project", "amount_usd", "purse", "entity")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        field = self.fields["entity"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Entity.objects.order_by("abbreviation")

    def clean_project(self) -> Project:
        """The project that was named, where the reader sees it and it is the only one."""
        text = str(self.cleaned_data["project"]).strip().rstrip("/").rsplit("/", 1)[-1]
        seen = Project.objects.visible_to(self.viewer)
        found = list(seen.filter(public_id=text)[:2]) or list(seen.filter(reference=text)[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Several projects have this reference: give the address of its page.")
                if found
                else _("There is no such project.")
            )
        return found[0]


class ApproveForm(FundForm):
    """The document in which an allocation was decided, and its day."""

    on = _day(gettext_lazy("Day of the decision"))
    document = forms.CharField(label=gettext_lazy("Document of the decision"), max_length=200)


class BecauseForm(FundForm):
    """Why something is refused or withdrawn."""

    because = forms.CharField(label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(**_LONG))


class CorrectForm(FundForm):
    """What was wrong about an entry."""

    on = _day(gettext_lazy("Day of the correction"))
    reason = forms.CharField(label=gettext_lazy("What was wrong"), max_length=2000, widget=forms.Textarea(**_LONG))


class SpendForm(FundForm):
    """What happened to the money of an allocation."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        widget=forms.RadioSelect,
        choices=[
            ("advance", gettext_lazy("Money was sent to the entity")),
            ("expenditure", gettext_lazy("The entity reported what it spent")),
            ("return", gettext_lazy("The entity sent money back unspent")),
            ("release", gettext_lazy("It is over: the rest is free again")),
        ],
    )
    amount = _amount(gettext_lazy("Amount; none where the rest is released"), required=False)
    currency = forms.CharField(
        label=gettext_lazy("Currency; another than USD for expenditure only"), min_length=3, max_length=3, initial="USD"
    )
    on = _day(gettext_lazy("Day"))
    document = forms.CharField(label=gettext_lazy("Document that proves it"), max_length=200)
    narrative = forms.CharField(label=gettext_lazy("What happened"), required=False, widget=forms.Textarea(**_LONG))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, amount = cleaned.get("kind"), cleaned.get("amount")
        if kind and kind != "release" and amount is None and "amount" not in self.errors:
            self.add_error("amount", _("Say how much."))
        if kind and kind != "expenditure" and str(cleaned.get("currency", "USD")).upper() != "USD":
            self.add_error("currency", _("Money moves in US dollars; what was spent can be reported in any currency."))
        return cleaned


class MoveForm(PurseForm):
    """Money that moves from one purse to another."""

    to_purse = forms.ChoiceField(label=gettext_lazy("To which window and earmark"))
    amount_usd = _amount(gettext_lazy("Amount in US dollars"))
    on = _day(gettext_lazy("Day"))
    document = forms.CharField(label=gettext_lazy("Document of the consent"), max_length=200)
    narrative = forms.CharField(label=gettext_lazy("What happened"), required=False, widget=forms.Textarea(**_LONG))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to_purse", choices())


class RateForm(FundForm):
    """A rate of exchange of a month."""

    currency = forms.CharField(label=gettext_lazy("Currency, as ISO 4217 writes it"), min_length=3, max_length=3)
    month = forms.DateField(
        label=gettext_lazy("Month, as 2020-02"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    usd_per_unit = forms.DecimalField(
        label=gettext_lazy("US dollars for one unit of it"), max_digits=24, decimal_places=12
    )
    source = forms.CharField(label=gettext_lazy("Who published it, and where"), max_length=200)
    sure = forms.BooleanField(label=gettext_lazy("The rate is right: yes"), required=False)
    asked_for = ("sure",)

    def clean_currency(self) -> str:
        """The code in capitals."""
        return capitals(str(self.cleaned_data["currency"]))


class CloseForm(FundForm):
    """The day up to which the books are closed."""

    until = _day(gettext_lazy("Last day"))


def capitals(text: str) -> str:
    """The code of a currency. Raises ``ValidationError`` for what is none."""
    if not (text.isascii() and text.isalpha()):
        raise forms.ValidationError(_("A currency is three letters, as EUR."))
    return text.upper()


def _due(parts: list[str]) -> Due:
    wrong = forms.ValidationError(_("An instalment is a day and an amount, as 2019-06-30 250000.00."))
    if len(parts) != 2:
        raise wrong
    try:
        return Due(date.fromisoformat(parts[0]), _exact(parts[1]))
    except ValueError as error:
        raise wrong from error


def _exact(text: str) -> Decimal:
    plain = text.replace(",", "")
    if not plain.replace(".", "", 1).isdigit() or len(plain.partition(".")[2]) > 2:
        raise ValueError(text)
    return Decimal(plain)
