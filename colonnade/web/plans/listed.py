"""The list of plans: what of them is asked for in the address, and the tables. It begins at what the reader sees."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.figures.display import grouped
from colonnade.core.viewer import Viewer
from colonnade.needs.models import ActionPlan, PlanCosts, PlanState
from colonnade.needs.plans.freezing import CostedTable
from colonnade.needs.plans.queries import costed_table, plans_of
from colonnade.needs.plans.standing import standing_at, standings
from colonnade.places.models import Country
from colonnade.web.plans.words import coming_words, standing_title
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address

KIND: Final = "action_plan"


class ListForm(forms.Form):
    """The filters of the list; the States are those of plans that the reader sees."""

    standing = forms.ChoiceField(label=gettext_lazy("Standing"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = Q(pk__in=plans_of(viewer).filter(country__isnull=False).order_by().values("country"))
        of_circle = Q(pk__in=PlanState.objects.visible_to(viewer).order_by().values("country"))
        states = Country.objects.filter(alone | of_circle).order_by("name")
        for name, choices in (
            ("standing", [("", _("All")), *ActionPlan.Standing.choices]),
            ("state", [("", _("All")), *((each.code, each.name) for each in states)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


def chosen(viewer: Viewer, typed: dict[str, str]) -> QuerySet[ActionPlan]:
    """The plans that the filters ask for, of those that ``viewer`` sees."""
    found = plans_of(viewer)
    if standing := typed.get("standing"):
        found = standing_at(viewer, found, standing)
    if state := typed.get("state"):
        naming = PlanState.objects.visible_to(viewer).filter(country__code=state).order_by().values("of_plan")
        found = found.filter(Q(country__code=state) | Q(pk__in=naming))
    for word in typed.get("q", "").split():
        found = found.filter(title__icontains=word)
    return found


def plans_table(viewer: Viewer, found: Sequence[ActionPlan]) -> TableView | None:
    """Plans with where they stand, as ``viewer`` may be told; ``None`` where there are none."""
    if not found:
        return None
    header = tuple(
        HeaderView(title) for title in (_("Plan"), _("State or region"), _("Period"), _("Standing"), _("Since"))
    )
    told = standings(viewer, found)
    rows = tuple(
        (
            CellView(each.title, record_address(KIND, each.public_id), header=True),
            place_cell(each),
            CellView(f"{short_day(each.starts_on)} – {short_day(each.ends_on)}"),
            CellView(standing_title(told[each.pk]), aside=coming_words(told[each.pk])),
            CellView(short_day(told[each.pk].since)),
        )
        for each in found
    )
    return TableView(_("Plans that you may read, the latest first"), header, rows)


def place_cell(plan: ActionPlan) -> CellView:
    """The State, or the region, with its page."""
    if plan.country is not None:
        return CellView(plan.country.name, record_address("country", plan.country.code))
    assert plan.region is not None  # the database insists
    return CellView(plan.region.name, record_address("region", plan.region.code))


def costs_table(found: Sequence[PlanCosts]) -> TableView | None:
    """Costed tables that are shared, with their totals; ``None`` where there are none."""
    if not found:
        return None
    header = (
        *(HeaderView(title) for title in (_("Plan"), _("State or region"))),
        *(HeaderView(title, numeric=True) for title in (_("Cost"), _("Funded"), _("Not funded"))),
    )
    read = [(reverse("plan-costs", args=[each.public_id]), costed_table(each)) for each in found]
    rows = tuple(_costs_row(address, table) for address, table in read)
    return TableView(_("What plans cost, in US dollars"), header, rows)


def _costs_row(address: str, table: CostedTable) -> tuple[CellView, ...]:
    money = table.money
    return (
        CellView(table.title, address, header=True),
        CellView(table.place),
        *(CellView(grouped(each.amount), address, numeric=True) for each in (money.cost, money.funded, money.unfunded)),
    )
