"""The board's meetings: agenda, attendance, votes, recommendations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Person
from colonnade.members.queries import holding
from colonnade.review.access import decides_by_board, holds_office, why_apart
from colonnade.review.actions.locking import WHY, locked, locked_call, now_viewer, rules_of, rules_of_call, take_step
from colonnade.review.ballots import counting, why_no_quorum, why_not_the_will
from colonnade.review.board_access import why_not_run_meetings, why_not_vote
from colonnade.review.models import AgendaItem, Attendance, Call, Meeting, Office, Outcome, Proposal, Vote
from colonnade.review.refusals import ReviewRefused, insist, said
from colonnade.review.workflow import workflow_of


@dataclass(frozen=True, slots=True)
class Term:
    """A condition that an approval is tied to, and by when it is to be met."""

    text: str
    due_on: date | None = None


@action
def plan_meeting(*, call: Call, person: Person, title: str, held_on: date, place: str = "", actor: Actor) -> Meeting:
    """Plan a meeting of the board on a call's proposals. Raises :class:`ReviewRefused`."""
    viewer, call = locked_call(call.pk, person)
    insist(why_not_run_meetings(viewer, call))
    insist(why_not_plan(call))
    if call.opens_on is not None and held_on < call.opens_on:
        days = {"day": date_format(held_on, "j F Y"), "opened": date_format(call.opens_on, "j F Y")}
        raise ReviewRefused(_("%(day)s is before the call opened (%(opened)s): nothing to meet on.") % days)
    return Meeting.objects.unscoped(WHY).create(
        call=call, title=said(title, _("A meeting has a title.")), held_on=held_on, place=place.strip()
    )


def why_not_plan(call: Call) -> str | None:
    """A meeting is about proposals: of a call that is not open yet, or was run elsewhere, there are none."""
    if call.is_published:
        return _("This round was run outside of this registry.")
    return _("This call was not opened yet.") if call.standing == Call.Standing.PREPARING else None


@action
def set_agenda(*, meeting: Meeting, person: Person, proposals: Sequence[Proposal], actor: Actor) -> list[AgendaItem]:
    """Put ``proposals`` on the agenda in this order. One that was voted on stays. Raises :class:`ReviewRefused`."""
    viewer, meeting = _meeting(meeting, person)
    insist(why_not_run_meetings(viewer, meeting.call))
    wanted = {
        each.pk: each for each in Proposal.objects.visible_to(viewer).filter(pk__in=[one.pk for one in proposals])
    }
    if len(wanted) != len(proposals):
        raise ReviewRefused(_("A proposal stands on an agenda once."))
    items = {each.proposal_id: each for each in AgendaItem.objects.unscoped(WHY).filter(meeting=meeting)}
    steps = workflow_of(rules_of_call(meeting.call))
    if "recommend" not in steps:
        raise ReviewRefused(_("In this process no board recommends."))
    ready = steps["recommend"].sources
    for each in wanted.values():
        if each.call_id != meeting.call_id or (each.pk not in items and each.standing not in ready):
            raise ReviewRefused(_("%(title)s: not ready for this board.") % {"title": each.title})
    for proposal_id, item in items.items():
        if proposal_id in wanted:
            continue
        if item.outcome or Vote.objects.unscoped(WHY).filter(item=item).exists():
            raise ReviewRefused(_("%(title)s was voted on: it stays.") % {"title": item.proposal.title})
        AgendaItem.objects.unscoped(WHY).filter(pk=item.pk).delete()
    agenda = []
    for position, proposal in enumerate(proposals, start=1):
        item = items.get(proposal.pk, AgendaItem(meeting=meeting, proposal=proposal))
        if not item.outcome and item.position != position:
            item.position = position
            item.save()
        agenda.append(item)
    return agenda


@action
def record_attendance(
    *, meeting: Meeting, person: Person, present: Collection[Person], minutes: str = "", actor: Actor
) -> Meeting:
    """Record which members of the board were there; the others were not. Raises :class:`ReviewRefused`.

    Until the first recommendation, which rests on it, it can be recorded anew.
    """
    viewer, meeting = _meeting(meeting, person)
    insist(why_not_run_meetings(viewer, meeting.call))
    if meeting.held_on > timezone.localdate():
        raise ReviewRefused(_("This meeting is still to come."))
    if AgendaItem.objects.unscoped(WHY).filter(meeting=meeting).exclude(outcome="").exists():
        raise ReviewRefused(_("Recommendations rest on this attendance already."))
    members = {each.pk: each for each in members_of_the_board(meeting.call, meeting.held_on)}
    if strangers := [each.name for each in present if each.pk not in members]:
        raise ReviewRefused(_("%(name)s was no member of the board that day.") % {"name": strangers[0]})
    here = {each.pk for each in present}
    voted = Vote.objects.unscoped(WHY).filter(item__meeting=meeting).exclude(person__in=here)
    if voted.exists():
        raise ReviewRefused(_("Somebody voted who would not have been there."))
    for member in members.values():
        Attendance.objects.unscoped(WHY).update_or_create(
            meeting=meeting, person=member, defaults={"present": member.pk in here}
        )
    meeting.standing, meeting.minutes = Meeting.Standing.HELD, minutes.strip()
    meeting.version += 1
    meeting.save(update_fields=["standing", "minutes", "version"])
    return meeting


@action
def record_vote(*, item: AgendaItem, member: Person, person: Person, outcome: str, actor: Actor) -> Vote:
    """Record how a member voted: one who is present, has no part in the proposal and no conflict with it.

    Raises :class:`ReviewRefused`.
    """
    item = _votable(item, member, person)
    insist(why_apart(now_viewer(member), item.proposal))
    insist(None if outcome in Outcome.values else _("There is no such outcome."))
    return _vote(item, member, outcome=outcome, recused="")


@action
def record_recusal(*, item: AgendaItem, member: Person, person: Person, reason: str, actor: Actor) -> Vote:
    """Record that a member stepped out of an item. They do not count for its quorum. Raises :class:`ReviewRefused`."""
    item = _votable(item, member, person)
    return _vote(item, member, outcome="", recused=said(reason, _("Say why the member stepped out.")))


@action
def record_recommendation(
    *,
    item: AgendaItem,
    person: Person,
    outcome: str,
    reasons: str,
    amount_usd: Decimal | None = None,
    terms: Sequence[Term] = (),
    actor: Actor,
) -> AgendaItem:
    """Record once and for all what the board recommends, with a quorum of members without a conflict.

    Where votes were recorded, the outcome is one that no other outcome outvoted. Raises :class:`ReviewRefused`.
    """
    viewer, proposal = locked(item.proposal_id, person)
    item = _item(item)
    item.proposal = proposal
    if item.meeting.standing != Meeting.Standing.HELD:
        raise ReviewRefused(_("Record who attended first."))
    if item.outcome:
        raise ReviewRefused(_("The recommendation was recorded already."))
    present, out = quorum_of(item)
    insist(why_no_quorum(present, out, rules_of(proposal).quorum))
    # Whoever declared a conflict after their vote is out, and their vote with them.
    votes = Vote.objects.unscoped(WHY).filter(item=item, recused="", person__in=counting(present, out))
    insist(why_not_the_will(votes.values_list("outcome", flat=True), outcome))
    insist(why_not_offer(proposal, outcome, amount_usd, terms))
    take_step(proposal, viewer, "recommend", outcome=outcome, reasons=reasons.strip())
    item.outcome, item.amount_usd, item.reasons = outcome, amount_usd, reasons.strip()
    item.conditions = [{"text": each.text.strip(), "due_on": str(each.due_on or "")} for each in terms]
    item.recorded_by, item.recorded_at = person, timezone.now()
    item.save(update_fields=["outcome", "amount_usd", "reasons", "conditions", "recorded_by", "recorded_at"])
    return item


def why_not_offer(proposal: Proposal, outcome: str, amount_usd: Decimal | None, terms: Sequence[Term]) -> str | None:
    """Whether an outcome, an amount and conditions go together, for a recommendation as for a decision."""
    if outcome not in Outcome.values:
        return _("There is no such outcome.")
    if outcome in (Outcome.DEFER, Outcome.REJECT):
        return None if amount_usd is None and not terms else _("Money and conditions belong to an approval.")
    if amount_usd is None or amount_usd <= 0:
        return _("Say how much is approved.")
    if amount_usd != round(amount_usd, 2):
        return _("Amounts are in dollars and cents.")
    if proposal.requested_usd is None or amount_usd > proposal.requested_usd:
        return _("More than the proposal asks for cannot be given.")
    if (outcome == Outcome.APPROVE_WITH_CONDITIONS) != bool(terms):
        return _("An approval with conditions names them, and only that.")
    return None if all(each.text.strip() for each in terms) else _("A condition says something.")


def members_of_the_board(call: Call, on: date) -> list[Person]:
    """The members of the board on a day. A head who decides is none, whatever role they hold."""
    heads = (
        set()
        if decides_by_board(call)
        else set(
            Office.objects.filter(process=call.process_id, kind=Office.Kind.HEAD, starts_on__lte=on)
            .exclude(ends_on__lt=on)
            .values_list("person", flat=True)
        )
    )
    return [each for each in holding([Role.BOARD], on) if each.pk not in heads]


def quorum_of(item: AgendaItem) -> tuple[set[int], set[int]]:
    """Who was present, and of them who has a part in the proposal of ``item`` or a conflict with it."""
    attended = Attendance.objects.unscoped(WHY).filter(meeting=item.meeting_id, present=True).select_related("person")
    people = [each.person for each in attended]
    return {each.pk for each in people}, {each.pk for each in people if why_apart(now_viewer(each), item.proposal)}


def _vote(item: AgendaItem, member: Person, *, outcome: str, recused: str) -> Vote:
    vote, _new = Vote.objects.unscoped(WHY).update_or_create(
        item=item, person=member, defaults={"outcome": outcome, "recused": recused}
    )
    return vote


def _votable(item: AgendaItem, member: Person, person: Person) -> AgendaItem:
    viewer, proposal = locked(item.proposal_id, person)
    item = _item(item)
    item.proposal = proposal
    insist(why_not_vote(viewer, item, item.meeting, member.pk))
    present = Attendance.objects.unscoped(WHY).filter(meeting=item.meeting_id, person=member, present=True)
    insist(None if present.exists() else _("Only members who were there vote."))
    if not decides_by_board(item.meeting.call) and holds_office(
        now_viewer(member), item.meeting.call, Office.Kind.HEAD, timezone.localdate()
    ):
        raise ReviewRefused(_("Who decides does not vote."))
    return item


def _item(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.unscoped(WHY).select_related("meeting__call", "proposal__call").get(pk=item.pk)


def _meeting(meeting: Meeting, person: Person) -> tuple[Viewer, Meeting]:
    viewer = now_viewer(person)
    seen = Meeting.objects.visible_to(viewer).select_related("call")
    return viewer, seen.select_for_update(of=("self",)).get(pk=meeting.pk)
