"""Beginning a plan of action, its title and period, and the needs that it answers, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.needs.models import ActionPlan, AssistanceRequest, PlanNeed, PlanState, PlanStep, Recommendation
from colonnade.needs.plans.access import why_not_begin
from colonnade.needs.plans.actions.writing import (
    WHY,
    PlanRefused,
    cut,
    for_draft,
    insist,
    insist_on_texts,
    note,
    touched,
)
from colonnade.needs.plans.ordering import reordered
from colonnade.places.models import Country, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The title and the period of a plan."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Chosen:
    """A need that a plan answers, and why it stands where it does."""

    need: Recommendation
    reason: str = ""


@action
def begin_plan(
    *,
    frame: Frame,
    states: Sequence[Country],
    region: Region | None = None,
    needs: Sequence[Chosen] = (),
    from_request: AssistanceRequest | None = None,
    provenance: str = Provenance.REPORTED,
    person: Person,
    actor: Actor,
) -> ActionPlan:
    """Begin a plan of one State, or of a region for those of its States that are named, with the needs that were
    chosen, the first the most urgent. Raises :class:`PlanRefused`."""
    viewer, today = viewer_for(person, timezone.localdate()), timezone.localdate()
    if not states:
        raise PlanRefused(_("Choose the State, or the States, whose plan it is."))
    if region is None and len(states) != 1:
        raise PlanRefused(_("A plan of several States is that of a region."))
    insist(why_not_begin(viewer, [each.code for each in states]))
    _insist_on_frame(frame)
    if from_request is not None:
        _insist_on_request(viewer, from_request, states)
    plan = ActionPlan.objects.unscoped(WHY).create(
        country=states[0] if region is None else None, region=region, title=frame.title.strip(),
        starts_on=frame.starts_on, ends_on=frame.ends_on, standing_since=today, from_request=from_request,
        begun_by=person, begun_on=today,
        provenance=from_request.provenance if from_request is not None else provenance,
    )  # fmt: skip
    PlanState.objects.unscoped(WHY).bulk_create(PlanState(of_plan=plan, country=each) for each in states)
    _write_needs(viewer, plan, needs)
    note(plan, PlanStep.Done.BEGUN, viewer)
    return plan


@action
def edit_plan(*, plan: ActionPlan, frame: Frame, seen_version: int, person: Person, actor: Actor) -> ActionPlan:
    """Change the title and the period of a draft. Raises :class:`PlanRefused`."""
    _viewer, current = for_draft(plan, person, seen_version)
    _insist_on_frame(frame)
    current.title, current.starts_on, current.ends_on = frame.title.strip(), frame.starts_on, frame.ends_on
    touched(current)
    return current


@action
def choose_needs(
    *, plan: ActionPlan, needs: Sequence[Chosen], seen_version: int, person: Person, actor: Actor
) -> ActionPlan:
    """Say which needs a draft answers, of those that ``person`` sees, the most urgent first; those that they do not see
    stay as they are. Raises :class:`PlanRefused`."""
    viewer, current = for_draft(plan, person, seen_version)
    _write_needs(viewer, current, needs)
    touched(current)
    return current


def _write_needs(viewer: Viewer, plan: ActionPlan, needs: Sequence[Chosen]) -> None:
    insist_on_texts(*(each.reason for each in needs))
    of_plan = PlanState.objects.unscoped(WHY).filter(of_plan=plan).values("country")
    asked = [each.need.pk for each in needs]
    seen = Recommendation.objects.visible_to(viewer).filter(pk__in=asked, country__in=of_plan).order_by()
    if len(set(seen.values_list("pk", flat=True))) != len(set(asked)):
        raise PlanRefused(_("Choose needs of the States whose plan it is."))
    there = {each.need_id: each for each in PlanNeed.objects.unscoped(WHY).filter(of_plan=plan)}
    shown = PlanNeed.objects.visible_to(viewer).filter(of_plan=plan).values_list("need_id", flat=True)
    order = reordered(list(there), list(shown), asked)
    reasons = {each.need.pk: cut(each.reason) for each in needs}
    PlanNeed.objects.unscoped(WHY).filter(of_plan=plan).exclude(need__in=order).delete()
    for place, key in enumerate(order, start=1):
        row = there.get(key) or PlanNeed(of_plan=plan, need_id=key, place=0)
        reason = reasons.get(key, row.reason)
        if (row.place, row.reason) != (place, reason):
            row.place, row.reason = place, reason
            row.save()


def _insist_on_frame(frame: Frame) -> None:
    insist_on_texts(frame.title)
    if not frame.title.strip():
        raise PlanRefused(_("Give the plan a title."))
    if frame.ends_on < frame.starts_on:
        raise PlanRefused(_("The plan would end before it begins."))


def _insist_on_request(viewer: Viewer, asked: AssistanceRequest, states: Sequence[Country]) -> None:
    seen = AssistanceRequest.objects.visible_to(viewer).filter(pk=asked.pk, country__in=states)
    if not seen.filter(standing=AssistanceRequest.Standing.PLAN).exists():
        raise PlanRefused(_("A plan is begun from a request of its State that became a plan of action."))
