"""Versions of a plan: proposed to the States, sent back, begun anew; and the end of a plan."""

from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.needs.models import (
    ActionPlan,
    PlanActivity,
    PlanNeed,
    PlanStep,
    PlanVersion,
    VersionNeed,
    VersionProject,
)
from colonnade.needs.plans.actions.writing import (
    EVERY_RECORD,
    WHY,
    PlanRefused,
    cut,
    for_step,
    in_force,
    insist_on_texts,
    move,
    note,
)
from colonnade.needs.plans.freezing import frozen
from colonnade.needs.plans.periods import misfits
from colonnade.needs.plans.queries import draft_content


@action
def propose_version(
    *, plan: ActionPlan, changes: str = "", seen_version: int, person: Person, actor: Actor
) -> PlanVersion:
    """Propose the draft to its States, as it is now: every lead has accepted, and every part lies
    within the plan's period. Raises :class:`PlanRefused`."""
    viewer, at = for_step(plan, person, seen_version, "propose")
    insist_on_texts(changes)
    current = at.plan
    activities = list(PlanActivity.objects.unscoped(WHY).filter(of_plan=current).select_related("lead"))
    if not activities:
        raise PlanRefused(_("A plan has at least one activity before it is proposed."))
    left = sorted({each.lead.abbreviation for each in activities if each.answer != PlanActivity.Answer.ACCEPTED})
    if left:
        raise PlanRefused(_("Not every lead has accepted yet: %(entities)s.") % {"entities": ", ".join(left)})
    content = draft_content(current, EVERY_RECORD)
    assert content is not None  # every plan has a State
    outside = "; ".join(f"{each.text}: {each.why}" for each in misfits(content))
    if outside:
        raise PlanRefused(_("Not every part lies within the plan's period. %(parts)s") % {"parts": outside})
    before = in_force(current)
    version = PlanVersion.objects.unscoped(WHY).create(
        of_plan=current, number=before.number + 1 if before else 1, content=frozen(content), changes=cut(changes),
        proposed_by=person,
    )  # fmt: skip
    VersionNeed.objects.unscoped(WHY).bulk_create(
        VersionNeed(of_version=version, need_id=each.need_id, place=each.place, reason=each.reason)
        for each in PlanNeed.objects.unscoped(WHY).filter(of_plan=current)
    )
    VersionProject.objects.unscoped(WHY).bulk_create(
        VersionProject(of_version=version, key=each.key, project_id=each.for_project_id)
        for each in activities
        if each.for_project_id is not None
    )
    move(current, "propose")
    note(current, PlanStep.Done.PROPOSED, viewer, changes)
    return version


@action
def return_version(*, plan: ActionPlan, reason: str, seen_version: int, person: Person, actor: Actor) -> ActionPlan:
    """Send a proposed version back to be drafted, with the reason. Raises :class:`PlanRefused`."""
    viewer, at = for_step(plan, person, seen_version, "return", reason)
    version = PlanVersion.objects.unscoped(WHY).get(of_plan=at.plan, standing=PlanVersion.Standing.PROPOSED)
    version.standing, version.returned_because = PlanVersion.Standing.RETURNED, cut(reason)
    version.save()
    move(at.plan, "return", reason)
    note(at.plan, PlanStep.Done.RETURNED, viewer, reason)
    return at.plan


@action
def redraft_plan(*, plan: ActionPlan, reason: str, seen_version: int, person: Person, actor: Actor) -> ActionPlan:
    """Begin a new version from the one in force, which others read until the next is agreed. What was reported stands
    in the draft already. Raises :class:`PlanRefused`."""
    viewer, at = for_step(plan, person, seen_version, "redraft", reason)
    move(at.plan, "redraft", reason)
    note(at.plan, PlanStep.Done.REDRAFTED, viewer, reason)
    return at.plan


@action
def end_plan(*, plan: ActionPlan, reason: str, seen_version: int, person: Person, actor: Actor) -> ActionPlan:
    """End a plan with a reason: what was agreed can still be read by those who could. Raises :class:`PlanRefused`."""
    viewer, at = for_step(plan, person, seen_version, "end", reason)
    move(at.plan, "end", reason)
    note(at.plan, PlanStep.Done.ENDED, viewer, reason)
    return at.plan
