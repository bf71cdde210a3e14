"""The write about projects that overlap: what was decided, by whom, and why."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.access import why_not_decide_overlap
from colonnade.analysis.coordination_access import COORDINATION, SIDES, own_sides, side_led
from colonnade.analysis.models import OverlapDecision
from colonnade.analysis.overlap.judging import Pair
from colonnade.analysis.overlaps import recorded_twice
from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.models import Project


class OverlapRefused(ValueError):
    """A decision cannot be recorded as asked; the text says why, to whoever asked."""


@action
def decide_overlap(
    *,
    person: Person,
    one: Project,
    other: Project,
    verdict: OverlapDecision.Verdict,
    reason: str,
    kept: Project | None = None,
    coordinator: Entity | None = None,
    due_on: date | None = None,
    pair: Pair | None = None,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> OverlapDecision:
    """Record what is decided about two projects; an earlier decision about them is ended and stays.

    Raises :class:`OverlapRefused` where somebody may not decide, or where what the verdict needs is missing.
    """
    first, second = sorted((one, other), key=lambda project: project.pk)
    if first.pk == second.pk or first.lead_entity_id == second.lead_entity_id:
        raise OverlapRefused(_("Name two projects of different entities."))
    viewer = viewer_for(person, timezone.localdate())
    seen = Project.objects.visible_to(viewer).filter(pk__in=(first.pk, second.pk)).count()
    if seen < 2:
        raise OverlapRefused(_("Name two projects of different entities."))
    if refusal := why_not_decide_overlap(viewer, first, second):
        raise OverlapRefused(refusal)
    if refusal := _what_is_missing(verdict, reason, (first, second), kept, coordinator, due_on):
        raise OverlapRefused(refusal)
    if kept is not None and (instead := _kept_instead(viewer, kept, (first, second))):
        raise OverlapRefused(_not_kept(instead))
    pairs = Project.objects.unscoped("two decisions about one pair wait for each other").filter(pk=first.pk)
    list(pairs.select_for_update().values_list("pk"))
    standing = OverlapDecision.objects.unscoped("ends the one before").in_force().filter(one=first, other=second)
    for earlier in standing.select_for_update():
        earlier.ended_at = timezone.now()
        earlier.version += 1
        earlier.save()
    consents = {
        f"{side}_accepted_{what}": value
        for side, project in zip(SIDES, (first, second), strict=True)
        if verdict != verdict.FINE and side_led(viewer, project)
        for what, value in (("by", person), ("at", timezone.now()))
    }
    return OverlapDecision.objects.create(
        **consents,
        one=first,
        other=second,
        verdict=verdict,
        reason=reason.strip(),
        kept=kept,
        coordinator=coordinator,
        due_on=due_on,
        probability=None if pair is None else Decimal(f"{pair.probability:.6f}"),
        kind="" if pair is None else pair.kind.value,
        decided_by=person,
    )


@action
def accept_coordination(
    *,
    decision: OverlapDecision,
    seen_version: int,
    person: Person,
    actor: Actor,  # noqa: ARG001  # as above
) -> OverlapDecision:
    """Accept for a lead entity who coordinates what by when, or that two records are of one project; also where it
    declined before. Raises :class:`OverlapRefused`."""
    viewer, current = _answered("accept", decision, seen_version, person)
    if current.kept is not None and (instead := _kept_instead(viewer, current.kept, (current.one, current.other))):
        raise OverlapRefused(_not_kept(instead))
    for side in own_sides(viewer, current):
        setattr(current, f"{side}_accepted_by", person)
        setattr(current, f"{side}_accepted_at", timezone.now())
    current.declined_for = current.declined_by = current.declined_at = None
    current.declined_because = ""
    current.version += 1
    current.save()
    return current


@action
def decline_coordination(
    *,
    decision: OverlapDecision,
    reason: str,
    seen_version: int,
    person: Person,
    actor: Actor,  # noqa: ARG001  # as above
) -> OverlapDecision:
    """Decline for a lead entity, with the reason: the pair is to be decided again. Raises :class:`OverlapRefused`."""
    viewer, current = _answered("decline", decision, seen_version, person)
    if not reason.strip():
        raise OverlapRefused(_("Say why."))
    own = next(side for side in SIDES if side_led(viewer, getattr(current, side)))
    current.declined_for = getattr(current, own).lead_entity
    setattr(current, f"{own}_accepted_by", None)
    setattr(current, f"{own}_accepted_at", None)
    current.declined_by, current.declined_at = person, timezone.now()
    current.declined_because = reason.strip()
    current.version += 1
    current.save()
    return current


def _answered(
    step: str, decision: OverlapDecision, seen_version: int, person: Person
) -> tuple[Viewer, OverlapDecision]:
    """The decision, locked, where ``person`` may take the step."""
    viewer = viewer_for(person, timezone.localdate())
    seen = OverlapDecision.objects.visible_to(viewer).of_two_records()
    seen = seen.select_related("one__lead_entity", "other__lead_entity", "kept")
    current = seen.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if current is None:
        raise OverlapRefused(_("There is no such decision among those that you may read."))
    if refusal := COORDINATION[step].why_not(viewer, current):
        raise OverlapRefused(refusal)
    if current.version != seen_version:
        raise OverlapRefused(_("Somebody answered meanwhile. Look at it again."))
    return viewer, current


def _not_kept(instead: Project) -> str:
    return _("That record is itself not kept: %(reference)s is. Decide about that one.") % {
        "reference": instead.reference
    }


def _kept_instead(viewer: Viewer, kept: Project, pair: tuple[Project, Project]) -> Project | None:
    """The record that is kept instead of ``kept`` by a decision about another pair: a chain has to have an end."""
    instead = recorded_twice(viewer, kept).kept
    return None if instead is None or instead.pk in {each.pk for each in pair} else instead


def _what_is_missing(
    verdict: OverlapDecision.Verdict,
    reason: str,
    projects: tuple[Project, Project],
    kept: Project | None,
    coordinator: Entity | None,
    due_on: date | None,
) -> str | None:
    if not reason.strip():
        return _("Say why.")
    is_same, is_coordinated = verdict == verdict.SAME, verdict == verdict.COORDINATE
    if is_same != (kept is not None) or (kept is not None and kept.pk not in {each.pk for each in projects}):
        return _("Say which of the two records is kept, where they are the same project, and only there.")
    if is_coordinated != (coordinator is not None and due_on is not None):
        return _("Say who coordinates and by when, where something is to be coordinated, and only there.")
    if due_on is not None and due_on < timezone.localdate():
        return _("The day by which it is to be coordinated has passed.")
    if not is_coordinated and (coordinator is not None or due_on is not None):
        return _("Say who coordinates and by when, where something is to be coordinated, and only there.")
    return None
