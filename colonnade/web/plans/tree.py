"""A plan's content as the template prints it: outcomes, outputs, tables of activities, indicators, needs and risks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.needs.coverage import Coverage
from colonnade.needs.plans.content import Activity, Indicator, PlanContent, PlannedNeed, PlannedRisk, Total
from colonnade.needs.plans.freezing import CostedTable
from colonnade.needs.plans.periods import misfits
from colonnade.web.needs.card import COVERAGES
from colonnade.web.plans.words import degree_title, latest, measured, priority_title, status_title, way_gone
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import amount
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import PROJECT, record_address


@dataclass(frozen=True, slots=True)
class Branch:
    """An outcome or an output with what belongs to it. ``address`` leads to where it is changed, in a draft."""

    key: str
    text: str
    money: str
    address: str
    activities: TableView | None
    indicators: TableView | None
    branches: tuple["Branch", ...] = ()


def branches(content: PlanContent, today: date, draft: str = "") -> list[Branch]:
    """The outcomes of a plan; with the public identifier of a ``draft``, each part leads to where it is changed."""
    return [
        Branch(
            outcome.key,
            outcome.text,
            money_words(outcome.money),
            _part(draft, "outcome", outcome.key),
            None,
            indicators_table(outcome.indicators, outcome.text, draft),
            tuple(
                Branch(
                    output.key,
                    output.text,
                    money_words(output.money),
                    _part(draft, "output", output.key),
                    activities_table(output.activities, today, output.text, draft),
                    indicators_table(output.indicators, output.text, draft),
                )
                for output in outcome.outputs
            ),
        )
        for outcome in content.outcomes
    ]


def _part(draft: str, kind: str, key: str) -> str:
    return reverse("plan-part", args=[draft, kind, key]) if draft else ""


def outside_period(content: PlanContent, draft: str) -> list[dict[str, str]]:
    """The parts that do not lie within the plan's period, why, and where each is changed."""
    return [
        {"text": each.text, "why": each.why, "address": _part(draft, each.kind, each.key)} for each in misfits(content)
    ]


def money_words(total: Total) -> str:
    """``USD 100, of which USD 40 funded``."""
    if not total.cost.amount:
        return _("no cost of its own")
    return _("%(cost)s, of which %(funded)s funded") % {
        "cost": amount(total.cost.amount), "funded": amount(total.funded.amount)
    }  # fmt: skip


def activities_table(found: Sequence[Activity], today: date, what: str, draft: str = "") -> TableView | None:
    """Who does what by when, with the money; ``what`` they have in common. ``None`` where there is nothing."""
    if not found:
        return None
    header = (
        *(HeaderView(title) for title in (_("Activity"), _("Who leads, with whom"), _("From – to"), _("Status"))),
        *(HeaderView(title, numeric=True) for title in (_("Cost (US dollars)"), _("Funded"), _("Not funded"))),
        HeaderView(_("Funded from")),
        HeaderView(_("Project")),
    )
    caption = _("Activities: %(what)s") % {"what": what}
    return TableView(caption, header, tuple(_activity_row(each, today, draft) for each in found))


def _activity_row(one: Activity, today: date, draft: str) -> tuple[CellView, ...]:
    money = one.money
    overdue = _("overdue") if one.is_overdue(today) else ""
    project = record_address(PROJECT, one.project_id) if one.project_id else ""
    return (
        CellView(one.text, _part(draft, "activity", one.key), header=True),
        CellView(one.lead_name, record_address("entity", one.lead), aside=", ".join(one.partners)),
        CellView(f"{short_day(one.starts_on)} – {short_day(one.ends_on)}"),
        CellView(status_title(one.status), aside=overdue),
        *(CellView(grouped(each.amount), numeric=True) for each in (money.cost, money.funded, money.unfunded)),
        CellView(one.funded_from or "–"),
        CellView(one.project_reference or "–", project),
    )


def indicators_table(found: Sequence[Indicator], what: str, draft: str = "") -> TableView | None:
    """How something is measured; ``None`` where nothing measures it."""
    if not found:
        return None
    header = (
        *(HeaderView(title) for title in (_("Indicator"), _("Unit"))),
        *(HeaderView(title, numeric=True) for title in (_("Baseline"), _("Target"))),
        *(HeaderView(title) for title in (_("Due"), _("Last value"), _("Way to the target"))),
    )
    rows = tuple(
        (
            CellView(each.title, _part(draft, "indicator", each.key), header=True),
            CellView(each.unit),
            CellView(measured(each.baseline), numeric=True),
            CellView(measured(each.target), numeric=True),
            CellView(short_day(each.due_on)),
            CellView(latest(each)),
            CellView(way_gone(each)),
        )
        for each in found
    )
    return TableView(_("Indicators: %(what)s") % {"what": what}, header, rows)


def needs_table(found: Iterable[PlannedNeed]) -> TableView | None:
    """The needs that the plan answers, as the reader sees them, the most urgent first; ``None`` where they see none."""
    rows = tuple(
        (
            CellView(
                each.title or each.reference, record_address("recommendation", each.public_id), header=True,
                aside=each.reference if each.title else "",
            ),
            CellView(each.country, record_address("country", each.country)),
            CellView(priority_title(each.priority)),
            CellView(str(COVERAGES[Coverage(each.coverage)])),
            CellView(each.reason or "–"),
        )
        for each in found
    )  # fmt: skip
    if not rows:
        return None
    titles = (_("Need"), _("State"), _("Priority"), _("Coverage"), _("Why"))
    return TableView(
        _("Needs that it answers, the most urgent first"), tuple(HeaderView(title) for title in titles), rows
    )


def risks_table(found: Iterable[PlannedRisk], draft: str = "") -> TableView | None:
    """What could go wrong; ``None`` where nothing is written."""
    rows = tuple(
        (
            CellView(each.text, _part(draft, "risk", each.key), header=True),
            CellView(degree_title(each.likelihood)),
            CellView(degree_title(each.impact)),
            CellView(each.response),
            CellView(each.owner),
        )
        for each in found
    )
    if not rows:
        return None
    titles = (_("Risk"), _("Likelihood"), _("Impact"), _("What is done about it"), _("Who watches it"))
    return TableView(_("Risks, and what is done about them"), tuple(HeaderView(title) for title in titles), rows)


def costed_view(table: CostedTable) -> TableView:
    """The costed table: outputs, activities, who leads, cost, funded and not, with the sums."""
    header = (
        *(HeaderView(title) for title in (_("Output"), _("Activity"), _("Who leads"), _("From – to"))),
        *(HeaderView(title, numeric=True) for title in (_("Cost"), _("Funded"), _("Not funded"))),
    )
    rows = tuple(
        (
            CellView(output.output),
            CellView(line.activity, header=True),
            CellView(line.lead_name, record_address("entity", line.lead)),
            CellView(f"{short_day(line.starts_on)} – {short_day(line.ends_on)}"),
            *_sums(line.money),
        )
        for output in table.outputs
        for line in output.lines
    )
    totals = (CellView(_("Total"), header=True), CellView(""), CellView(""), CellView(""), *_sums(table.money))
    return TableView(_("Outputs and activities, in US dollars"), header, rows, totals)


def _sums(total: Total) -> tuple[CellView, ...]:
    return tuple(CellView(grouped(each.amount), numeric=True) for each in (total.cost, total.funded, total.unfunded))
