"""Progress against the version in force: how far activities are, what of them is funded, what indicators measure."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.needs.models import ActionPlan, ActivityReport, IndicatorReport, PlanActivity
from colonnade.needs.plans.access import why_not_report
from colonnade.needs.plans.actions.writing import (
    WHY,
    PlanRefused,
    content_in_force,
    cut,
    insist,
    insist_on_texts,
    led_by,
    locked,
    refresh_costs,
)
from colonnade.needs.plans.content import PlanContent
from colonnade.needs.plans.periods import why_not_begun


@action
def report_activity(
    *, plan: ActionPlan, key: str, status: str, funded: Decimal, remark: str = "", person: Person, actor: Actor
) -> ActivityReport:
    """Report how far an activity of the version in force is, and what of its cost is funded by now, in US dollars. The
    draft of the next version takes it over, and so does the costed table. Raises :class:`PlanRefused`."""
    viewer, at = locked(plan, person)
    _version, content = content_in_force(at.plan)
    activity = next((each for each in content.activities if each.key == key), None)
    if activity is None:
        raise PlanRefused(_("There is no such activity in the version that was agreed."))
    insist(why_not_report(viewer, at.plan, [activity.lead]))
    if status not in ActivityReport.Status.values:
        raise PlanRefused(_("Say how far the activity is."))
    insist(why_not_begun(status, activity.starts_on, timezone.localdate()))
    if not 0 <= funded <= activity.cost:
        raise PlanRefused(_("What is funded lies between nothing and the cost that was agreed."))
    if status == ActivityReport.Status.STOPPED and not remark.strip():
        raise PlanRefused(_("Say why it was stopped."))
    insist_on_texts(remark)
    report = ActivityReport.objects.unscoped(WHY).create(
        of_plan=at.plan, key=key, status=status, funded=funded, remark=cut(remark),
        entity=led_by(viewer, {activity.lead}), reported_by=person,
    )  # fmt: skip
    drafted = PlanActivity.objects.unscoped(WHY).filter(of_plan=at.plan, key=key).first()
    if drafted is not None:
        # The cost of a draft may have become less than what was agreed.
        drafted.status, drafted.funded = status, min(funded, drafted.cost)
        drafted.save()
    refresh_costs(at.plan)
    return report


@action
def report_indicator(
    *, plan: ActionPlan, key: str, value: Decimal, on: date, remark: str = "", person: Person, actor: Actor
) -> IndicatorReport:
    """Report what an indicator of the version in force measured on a day. Raises :class:`PlanRefused`."""
    viewer, at = locked(plan, person)
    _version, content = content_in_force(at.plan)
    leads = measured_by(content, key)
    if leads is None:
        raise PlanRefused(_("There is no such indicator in the version that was agreed."))
    insist(why_not_report(viewer, at.plan, leads))
    if on > timezone.localdate():
        raise PlanRefused(_("That day is still to come."))
    insist_on_texts(remark)
    return IndicatorReport.objects.unscoped(WHY).create(
        of_plan=at.plan, key=key, value=value, on=on, remark=cut(remark), entity=led_by(viewer, leads),
        reported_by=person,
    )  # fmt: skip


def measured_by(content: PlanContent, key: str) -> set[str] | None:
    """The codes of the entities that report an indicator: those that lead activities towards its output, or its
    outcome. ``None`` where there is no such indicator."""
    for outcome in content.outcomes:
        if any(each.key == key for each in outcome.indicators):
            return {activity.lead for output in outcome.outputs for activity in output.activities}
        for output in outcome.outputs:
            if any(each.key == key for each in output.indicators):
                return {activity.lead for activity in output.activities}
    return None
