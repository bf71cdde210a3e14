"""The form in which a project is edited, and what was typed as plain text, so that two edits can be compared."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.money import CENT
from colonnade.members.models import WorkingGroup
from colonnade.portfolio.editing import AMOUNTS, EDITABLE, MONEY, amounts_to_ask_about
from colonnade.portfolio.models import Scope, Status
from colonnade.portfolio.models.project import Origin
from colonnade.strategy.models import Pillar

#: Fields that hold a key -> the column.
_KEYS: Final = {name.removesuffix("_id"): name for name in EDITABLE if name.endswith("_id")}
#: The fields of the form, in its order.
FIELDS: Final = tuple(name.removesuffix("_id") for name in EDITABLE)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=Decimal(0), max_digits=18, decimal_places=2)


class ProjectForm(forms.Form):
    """Everything of a project that its people edit. ``version`` is the one that they saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=1000)
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    scope = forms.ChoiceField(label=gettext_lazy("Scope"), required=False)
    pillar = forms.ModelChoiceField(Pillar.objects.all(), label=gettext_lazy("Pillar"), required=False)
    working_group = forms.ModelChoiceField(
        WorkingGroup.objects.all(), label=gettext_lazy("Working group"), required=False
    )
    starts_on = _day(gettext_lazy("Begins"))
    ends_on = _day(gettext_lazy("Ends"))
    origin = forms.ChoiceField(label=gettext_lazy("Origin"), required=False)
    origin_note = forms.CharField(
        label=gettext_lazy("Note on the origin"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        min_length=3,
        max_length=3,
        widget=forms.TextInput({"size": 4, "autocapitalize": "characters"}),
        help_text=gettext_lazy("Of both amounts: three letters, like USD or EUR."),
    )
    budget = _amount(gettext_lazy("Budget"))
    budget_on = _day(gettext_lazy("Budget as of"))
    funding = _amount(gettext_lazy("Funding received"))
    funding_on = _day(gettext_lazy("Funding as of"))

    sure = forms.BooleanField(label=gettext_lazy("The amounts are right as they are"), required=False)

    def __init__(self, *args: Any, before: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.asks = before, False
        for name, choices in (("scope", Scope.choices), ("origin", Origin.choices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Not reported")), *choices]
        for name in _KEYS:
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.empty_label = _("Not reported")

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The project would end before it begins."))
        if self.before is not None and not self.errors:
            self._ask_about_amounts(self.before, cleaned)
        return cleaned

    def _ask_about_amounts(self, before: Mapping[str, Any], cleaned: Mapping[str, Any]) -> None:
        """Ask about what may be a slip of a digit before it stands; whoever says that it is right is believed."""
        asked = amounts_to_ask_about(before, cleaned)
        self.asks = bool(asked)
        for amount in () if cleaned.get("sure") else asked:
            was = before[amount]
            self.add_error(
                amount,
                _("This is far from what stood (%(was)s), or from the budget. If it is right, say so below.")
                % {"was": "–" if was is None else f"{was:,}"},
            )

    @property
    def money(self) -> list[forms.BoundField]:
        """The fields that state the project's money."""
        return [self[name] for name in MONEY]

    @property
    def about_it(self) -> list[forms.BoundField]:
        """Every other field that is seen."""
        return [field for field in self.visible_fields() if field.name not in (*MONEY, "sure")]

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the columns of a project."""
        chosen = self.cleaned_data
        found = {}
        for column in EDITABLE:
            value = chosen[column.removesuffix("_id")]
            found[column] = (value.pk if value else None) if column in _KEYS.values() else _lines(value)
        return found


def typed(row: Mapping[str, Any]) -> dict[str, str]:
    """A row of a project (of the registry, or of its log) as the form's fields have it: texts, the same for the same
    value wherever it comes from."""
    values = {column: row.get(column) for column in EDITABLE}
    values |= {name: _cents(values[name]) for name in AMOUNTS}
    return {column.removesuffix("_id"): _text(value) for column, value in values.items()}


def in_words(form: ProjectForm, name: str, value: str) -> str:
    """A typed value as people read it; empty where there is none."""
    field = form.fields[name]
    if not value:
        return ""
    if name in AMOUNTS:
        return f"{Decimal(value):,}" if _is_number(value) else value
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(title) for key, title in choices if str(key) == value), value)
    return value


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(_lines(value)).strip()


def _cents(value: Any) -> Decimal | None:
    """An amount as the registry keeps it; the log has it as a number without its last noughts."""
    return None if value is None else Decimal(str(value)).quantize(CENT)


def _lines(value: Any) -> Any:
    """Browsers send the ends of lines as two characters."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
