"""Passing a request on, answering it, and naming who leads; that somebody was told; who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level
from colonnade.members.models import Entity, Person
from colonnade.needs.assistance.access import (
    leads,
    speaks_for,
    why_not_answer,
    why_not_name,
    why_not_set_readers,
    why_not_tell,
)
from colonnade.needs.assistance.actions.writing import (
    WHY,
    RequestRefused,
    cut,
    due_at,
    for_step,
    insist,
    insist_on_texts,
    locked,
    locked_version,
    move,
    note,
)
from colonnade.needs.models import AssistanceNotice, AssistancePassing, AssistanceRequest, AssistanceStep

#: What is said of a request that more, or fewer, read from now on.
_OPENED: Final = {True: gettext_noop("The whole compact reads it."), False: gettext_noop("Only those named read it.")}
_COORDINATOR: Final = {
    True: gettext_noop("The resident coordinator reads it."),
    False: gettext_noop("The resident coordinator reads it no more."),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """An entity that a request is passed to, and why to it."""

    entity: Entity
    why: str


@action
def pass_on(
    *,
    asked: AssistanceRequest,
    to: Sequence[Recipient],
    seen_version: int,
    person: Person,
    actor: Actor,
) -> AssistanceRequest:
    """Pass a request on to entities, each for a reason; they read it from now on. An entity that is consulted already
    is asked to answer as well. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "pass")
    if not to:
        raise RequestRefused(_("Choose at least one entity."))
    insist_on_texts(*(each.why for each in to))
    rows = AssistancePassing.objects.unscoped(WHY).filter(of_request=current)
    standing = {each.entity_id: each for each in rows}
    today = timezone.localdate()
    move(current, "pass", current.reason)
    due_on = due_at(AssistanceRequest.Standing.PASSED, today)
    for each in to:
        before = standing.get(each.entity.pk)
        if before is not None and before.asked_as == AssistancePassing.AskedAs.ASKED:
            raise RequestRefused(_("%(entity)s has it already.") % {"entity": each.entity.abbreviation})
        if before is not None:
            before.asked_as, before.why, before.due_on = AssistancePassing.AskedAs.ASKED, cut(each.why), due_on
            before.save()
        else:
            AssistancePassing.objects.unscoped(WHY).create(
                of_request=current, entity=each.entity, why=cut(each.why), passed_on=today, due_on=due_on
            )
        note(current, AssistanceStep.Done.PASSED, viewer, each.why, about=each.entity)
    return current


@action
def answer_request(
    *,
    asked: AssistanceRequest,
    entity: Entity,
    answer: str,
    says: str,
    person: Person,
    actor: Actor,
) -> AssistancePassing:
    """Answer for an entity that a request was passed to; the latest answer counts. Raises :class:`RequestRefused`."""
    viewer, current = locked(asked, person)
    rows = AssistancePassing.objects.unscoped(WHY).select_related("of_request", "entity")
    passing = rows.filter(of_request=current, entity=entity).first()
    if passing is None:
        raise RequestRefused(_("This request was not passed to that entity."))
    insist(why_not_answer(viewer, passing))
    if answer not in AssistancePassing.Answer.values or not answer:
        raise RequestRefused(_("Say whether your entity is interested, can lead, or cannot."))
    if answer == AssistancePassing.Answer.CANNOT and not says.strip():
        raise RequestRefused(_("Say why your entity cannot."))
    if current.lead_id == entity.pk and answer != AssistancePassing.Answer.CAN_LEAD:
        raise RequestRefused(_("Your entity leads this request: give the lead back first, with the reason."))
    insist_on_texts(says)
    passing.answer, passing.says = answer, cut(says)
    passing.answered_on, passing.answered_by = timezone.localdate(), person
    passing.save()
    said = f"{passing.get_answer_display()}. {passing.says}".strip()
    note(current, AssistanceStep.Done.ANSWERED, viewer, said, about=entity, entity=entity)
    return passing


@action
def name_lead(
    *,
    asked: AssistanceRequest,
    entity: Entity,
    reason: str = "",
    seen_version: int,
    person: Person,
    actor: Actor,
) -> AssistanceRequest:
    """Name who leads: an entity that answered that it can. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "lead")
    passing = AssistancePassing.objects.unscoped(WHY).filter(of_request=current, entity=entity).first()
    if passing is None:
        raise RequestRefused(_("This request was not passed to that entity."))
    insist(why_not_name(viewer, passing))
    insist_on_texts(reason)
    current.lead = entity
    move(current, "lead", reason)
    note(current, AssistanceStep.Done.LEAD, viewer, reason, about=entity)
    return current


@action
def take_lead_back(
    *,
    asked: AssistanceRequest,
    reason: str,
    seen_version: int,
    person: Person,
    actor: Actor,
) -> AssistanceRequest:
    """Give the lead back, or take it back, with the reason: the request is with its entities again. Raises
    :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "lead-back", reason)
    lead = current.lead
    acting = lead if leads(viewer, current) else None
    current.lead = None
    move(current, "lead-back", reason)
    note(current, AssistanceStep.Done.LEAD_BACK, viewer, reason, about=lead, entity=acting)
    return current


@action
def record_told(
    *,
    notice: AssistanceNotice,
    on: date,
    says: str = "",
    person: Person,
    actor: Actor,
) -> AssistanceNotice:
    """Record that whoever a notice is about was told. Raises :class:`RequestRefused`."""
    viewer, current = locked(notice.of_request, person)
    insist(why_not_tell(viewer, current))
    due = AssistanceNotice.objects.unscoped(WHY).get(pk=notice.pk)
    if due.done_on is not None:
        raise RequestRefused(_("That they were told is recorded already."))
    if not current.filed_on <= on <= timezone.localdate():
        raise RequestRefused(_("The day lies between the filing of the request and today."))
    insist_on_texts(says)
    due.done_on, due.done_note = on, cut(says)
    due.save()
    note(current, AssistanceStep.Done.TOLD, viewer, ": ".join(filter(None, [due.whom, due.done_note])))
    return due


@action
def set_readers(
    *,
    asked: AssistanceRequest,
    open_to_compact: bool,
    coordinator_reads: bool | None = None,
    reason: str = "",
    seen_version: int,
    person: Person,
    actor: Actor,
) -> AssistanceRequest:
    """Let the whole compact read a request, or only those named; and the resident coordinator, or not (``None``: as it
    is). Nobody else ever does. Raises :class:`RequestRefused`."""
    viewer, current = locked(asked, person)
    insist(why_not_set_readers(viewer, current))
    locked_version(current, seen_version)
    level = Level.COMPACT if open_to_compact else Level.RESTRICTED
    reads = current.coordinator_reads if coordinator_reads is None else coordinator_reads
    if (current.level, current.coordinator_reads) == (level, reads):
        raise RequestRefused(_("It is read by them already."))
    if current.brought_by == AssistanceRequest.Brought.COORDINATOR and not reads:
        raise RequestRefused(_("The resident coordinator brought this request, and reads it."))
    insist_on_texts(reason)
    wider = (open_to_compact and current.level != level) or (reads and not current.coordinator_reads)
    if wider and not reason.strip() and not speaks_for(viewer, current):
        raise RequestRefused(_("Say how the State agreed: a letter, a note, a meeting."))
    said = [] if current.level == level else [_OPENED[open_to_compact]]
    said += [] if current.coordinator_reads == reads else [_COORDINATOR[reads]]
    current.level, current.coordinator_reads = level.value, reads
    current.version += 1
    current.save()
    note(current, AssistanceStep.Done.READERS, viewer, " ".join([*map(_, said), reason]).strip())
    return current
