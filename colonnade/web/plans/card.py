"""A plan's page in words: what it is, what can be done, how far it is, who consented, what was reported and done."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.core.viewer import Viewer
from colonnade.needs.assistance.queries import requests_of
from colonnade.needs.models import (
    ActionPlan,
    ActivityReport,
    IndicatorReport,
    PlanActivity,
    PlanConsent,
    PlanCosts,
    PlanStep,
    PlanVersion,
)
from colonnade.needs.plans.access import (
    Held,
    why_not_answer,
    why_not_draft,
    why_not_report,
)
from colonnade.needs.plans.content import STATUSES, Activity, PlanContent
from colonnade.needs.plans.workflow import WORKFLOW
from colonnade.web.plans.consenting import VERSION, lacking, reader_acts
from colonnade.web.plans.listed import place_cell
from colonnade.web.plans.words import measured, said_words, status_title
from colonnade.web.shared.blocks import Act, Stat
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.record_addresses import record_address

#: Of what was reported, the latest are shown.
MOST_REPORTS: Final = 30
OVERDUE: Final = "overdue"


def plan_facts(
    viewer: Viewer, plan: ActionPlan, content: PlanContent | None, circle: str, costs: PlanCosts | None
) -> list[Fact]:
    """Where it is, for how long, who agreed and who did not yet, and who reads it."""
    place = place_cell(plan)
    asked = requests_of(viewer).filter(pk=plan.from_request_id).first() if plan.from_request_id else None
    agreed = [
        Line(
            each.state.name,
            record_address("country", each.state.code),
            _agreed_aside(each.on, each.given_by, each.document),
        )
        for each in (content.agreed if content else ())
    ]
    number = content.number if content else 0
    states = [Line(each.name, record_address("country", each.code)) for each in (content.states if content else ())]
    missing = [Line(each.name, record_address("country", each.code)) for each in (content.waits_for if content else ())]
    readers = (
        _("its circle, and every entity of the %(circle)s what is agreed") % {"circle": circle}
        if plan.level == "compact"
        else _("its circle: the States, their assessors, the entities named in it, the secretariat and auditors")
    )
    everybody = (
        Line(_("donors and the public: the costed table"), reverse("plan-costs", args=[costs.public_id]))
        if costs is not None and costs.shared
        else ""
    )
    return facts(
        (_("Region") if plan.region_id else _("State"), Line(place.text, place.href)),
        (_("States whose plan it is"), states if plan.region_id else ""),
        (_("Period"), f"{short_day(plan.starts_on)} – {short_day(plan.ends_on)}"),
        (_("Version"), str(number) if number else _("a draft, with which nobody agreed yet")),
        (_("Agreed with it"), agreed),
        (_("Not agreed yet"), missing),
        (_("Begun from the request"), Line(asked.title, record_address("assistance_request", asked.public_id))
         if asked else ""),
        (_("Read by"), (readers, everybody)),
    )  # fmt: skip


def _agreed_aside(on: date, given_by: str, document: str) -> str:
    return ", ".join(part for part in (short_day(on), given_by, document) if part)


def acts_of(
    viewer: Viewer,
    at: Held,
    named: Sequence[PlanActivity],
    content: PlanContent | None,
    consents: Sequence[PlanConsent],
    proposed: PlanVersion | None,
) -> list[Act]:
    """What the reader can do from here; what never is theirs, and what is done already, is not offered."""
    plan, found = at.plan, []
    if any(not each.answer and why_not_answer(viewer, each) is None for each in named):
        found.append(Act("lead", _("Accept or decline to lead"), reverse("plan-lead", args=[plan.public_id])))
    if at.states and plan.standing == ActionPlan.Standing.DRAFTING:
        may = why_not_draft(viewer, at) is None
        title = _("Write the draft") if may else _("Read the draft")
        found.append(Act("draft", title, reverse("plan-draft", args=[plan.public_id]), second=not may))
    for step, why_not in WORKFLOW.offered(viewer, at):
        is_done = step.name == "agree" and proposed and not lacking(viewer, at, consents, VERSION, proposed.pk)
        if why_not is None and not is_done:
            found.append(_act(plan, step.name, _(step.title)))
    if content is not None and content.agreed_on is not None:
        leads = {each.lead for each in content.activities}
        if why_not_report(viewer, plan, leads) is None:
            address = reverse("plan-progress", args=[plan.public_id])
            found.append(Act("progress", _("Report progress"), address, second=True))
        found += reader_acts(viewer, at, consents)
    return found


def _act(plan: ActionPlan, step: str, title: str) -> Act:
    name, args = ("plan-consent", "version") if step == "agree" else ("plan-step", step)
    return Act(step, title, reverse(name, args=[plan.public_id, args]), second=step not in ("propose", "agree"))


def progress(plan: ActionPlan, content: PlanContent, today: date, costs: PlanCosts | None) -> list[Stat]:
    """How far it is: money, activities by status, overdue, indicators met. Each number opens what it counts."""
    here = reverse("action-plan", args=[plan.public_id])
    money, late = content.money, content.overdue(today)
    table = reverse("plan-costs", args=[costs.public_id]) if costs is not None else f"{here}#outcomes"
    met = [each for each in content.indicators if each.is_met]
    share = f" ({grouped(money.share * 100)} %)" if money.share is not None else ""
    found = [
        Stat(_("Cost"), LinkedNumber(amount(money.cost.amount), table)),
        Stat(_("Funded"), LinkedNumber(amount(money.funded.amount) + share, table)),
        Stat(_("Not funded"), LinkedNumber(amount(money.unfunded.amount), table)),
    ]
    for status, some in content.by_status().items():
        if some:
            found.append(Stat(status_title(status), LinkedNumber(str(len(some)), f"{here}?show={status}#shown")))
    if late:
        found.append(Stat(_("Overdue"), LinkedNumber(str(len(late)), f"{here}?show={OVERDUE}#shown")))
    if content.indicators:
        number = LinkedNumber(str(len(met)), f"{here}#outcomes")
        found.append(Stat(_("Indicators met"), number, _("of %(number)d") % {"number": len(content.indicators)}))
    return found


def shown_of(content: PlanContent, show: str, today: date) -> tuple[str, tuple[Activity, ...]]:
    """The title and the activities that a number of the progress opens; nothing where none was opened."""
    if show == OVERDUE:
        return _("Overdue"), content.overdue(today)
    return (status_title(show), content.by_status()[show]) if show in STATUSES else ("", ())


def reports_table(
    content: PlanContent, activities: Sequence[ActivityReport], indicators: Sequence[IndicatorReport]
) -> TableView | None:
    """What was reported, the latest first; ``None`` where nothing was. What the version does not have is left out."""
    titles = {each.key: each.text for each in content.activities}
    measures = {each.key: each.title for each in content.indicators}
    found = sorted((*_told(titles, activities), *_told(measures, indicators)), key=lambda pair: pair[0], reverse=True)[
        :MOST_REPORTS
    ]
    if not found:
        return None
    header = tuple(HeaderView(title) for title in (_("Reported"), _("Of"), _("What"), _("By"), _("Remark")))
    return TableView(_("Reports, the latest first"), header, tuple(row for _moment, row in found))


def _told(
    titles: dict[str, str], reports: Sequence[ActivityReport] | Sequence[IndicatorReport]
) -> Iterator[tuple[Any, tuple[CellView, ...]]]:
    for each in reports:
        if each.key in titles:
            if isinstance(each, ActivityReport):
                told = {"status": str(each.get_status_display()), "amount": amount(each.funded)}
                what = _("%(status)s, %(amount)s funded") % told
            else:
                what = f"{measured(each.value)} ({short_day(each.on)})"
            yield (
                (each.reported_at, each.pk),
                (
                    CellView(short_day(timezone.localdate(each.reported_at))),
                    CellView(titles[each.key], header=True),
                    CellView(what),
                    CellView(each.entity.abbreviation if each.entity is not None else _("the secretariat")),
                    CellView(each.remark or "–"),
                ),
            )


def happened(steps: Sequence[PlanStep]) -> list[dict[str, str]]:
    """What was done, the first step first."""
    return [
        {
            "day": short_day(timezone.localdate(each.taken_at)),
            "text": str(each.get_done_display()),
            "aside": _by_whom(each),
            "says": said_words(each),
        }
        for each in steps
    ]


def _by_whom(step: PlanStep) -> str:
    if step.country is not None:
        return _("for %(state)s") % {"state": step.country.name}
    return _("for %(entity)s") % {"entity": step.entity.abbreviation} if step.entity else _("by the secretariat")
