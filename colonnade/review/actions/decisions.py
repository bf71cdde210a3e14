"""The decision, and what it makes: a project, its conditions, its calendar of reports; objections to it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.portfolio.creating import Signed, amend_project, create_project
from colonnade.review.access import decides_by_board
from colonnade.review.actions.following import set_calendar
from colonnade.review.actions.locking import WHY, locked, locked_call, rules_of, take_step
from colonnade.review.actions.meetings import Term, why_not_offer
from colonnade.review.awards import Award, why_over
from colonnade.review.board_access import why_not_answer_objection, why_not_object
from colonnade.review.given import GIVES, awards_of, first_of, latest_approved, limits_of
from colonnade.review.models import (
    AgendaItem,
    Call,
    Condition,
    Decision,
    Objection,
    Outcome,
    Proposal,
    Standing,
)
from colonnade.review.projects import as_reported, safeguards_of
from colonnade.review.refusals import ReviewRefused, insist, insist_on_version, said

#: The step of the workflow that each outcome takes.
STEP: Final = {
    Outcome.APPROVE: "approve",
    Outcome.APPROVE_WITH_CONDITIONS: "approve",
    Outcome.DEFER: "defer",
    Outcome.REJECT: "reject",
}
#: Where the head has not yet decided.
_WAITING: Final = (Standing.SUBMITTED, Standing.RETURNED, Standing.SCREENED, Standing.SCORED, Standing.RECOMMENDED)


@action
def decide(
    *,
    proposal: Proposal,
    person: Person,
    outcome: str,
    reasons: str,
    amount_usd: Decimal | None = None,
    feedback: str = "",
    terms: Sequence[Term] = (),
    seen_version: int | None = None,
    actor: Actor,
) -> Decision:
    """Decide on a proposal. A decision is never edited: this one follows the one before, where there was one.

    The call is locked, so that awards that are given at the same moment are counted one after the other: no group
    comes beyond its ceiling, nor all together beyond the budget. An approval makes the project, or carries an
    amendment over into it. Raises :class:`ReviewRefused`.
    """
    _viewer, call = locked_call(proposal.call_id, person)
    viewer, current = locked(proposal.pk, person)
    insist(None if current.call_id == call.pk else _("This proposal stands in another call now."))
    current.call = call
    insist_on_version(current.version, seen_version)
    insist(why_not_offer(current, outcome, amount_usd, terms))
    item = AgendaItem.objects.unscoped(WHY).filter(proposal=current).exclude(outcome="").order_by("pk").last()
    if decides_by_board(call):
        insist(_why_not_as_recommended(item, outcome, amount_usd, terms))
    before = Decision.objects.unscoped(WHY).filter(proposal=current).order_by("pk").last()
    earlier: tuple[Proposal, Decision] | None = None
    root = first_of(current)
    if outcome in GIVES:
        assert amount_usd is not None
        insist(_why_not_amend(current, root))
        wanted = Award(root.pk, current.working_group_id, amount_usd, 0)
        insist(why_over(limits_of(call), awards_of(call), wanted))
        earlier = latest_approved(root)
    reasons = said(reasons, _("A decision has reasons."))
    _open_scores(current)
    take_step(current, viewer, STEP[Outcome(outcome)], reasons=reasons)
    decision = Decision.objects.unscoped(WHY).create(
        proposal=current,
        outcome=outcome,
        amount_usd=amount_usd,
        reasons=reasons,
        feedback=feedback.strip(),
        item=item,
        follows=before,
        decided_by=person,
        decided_at=timezone.now(),
    )
    Condition.objects.unscoped(WHY).bulk_create(
        Condition(proposal=current, decision=decision, position=position, text=term.text.strip(), due_on=term.due_on)
        for position, term in enumerate(terms, start=1)
    )
    if outcome in GIVES:
        _make_project(current, root, decision, earlier, actor)
    _conclude(call)
    return decision


def _why_not_as_recommended(
    item: AgendaItem | None, outcome: str, amount_usd: Decimal | None, terms: Sequence[Term]
) -> str | None:
    """Where the board decides, its chair confirms what it recommended, word for word."""
    if item is None:
        return _("The board has not recommended anything yet.")
    said_so = [{"text": each.text.strip(), "due_on": str(each.due_on or "")} for each in terms]
    if (item.outcome, item.amount_usd, item.conditions) != (outcome, amount_usd, said_so):
        return _("The board decides here: confirm what it recommended.")
    return None


def _why_not_amend(proposal: Proposal, root: Proposal) -> str | None:
    """Whether an approval of ``proposal`` could be carried out."""
    if rules_of(proposal).reports and not (proposal.starts_on and proposal.ends_on):
        return _("The proposal does not say when the project begins and ends, and reports are due by that.")
    if proposal.pk == root.pk:
        return None
    if root.standing != Standing.APPROVED:
        return _("The project that this amends is not approved, or is closed.")
    return None if root.call_id == proposal.call_id else _("An amendment stands in the call of what it amends.")


def _open_scores(proposal: Proposal) -> None:
    """Open scores to those who read them from the decision on."""
    rules = rules_of(proposal)
    proposal.scores_open_to_board |= rules.scores_open_to_board == "decision"
    proposal.scores_open_to_applicant |= rules.scores_open_to_applicant == "decision"
    proposal.save(update_fields=["scores_open_to_board", "scores_open_to_applicant"])


def _make_project(
    proposal: Proposal,
    root: Proposal,
    decision: Decision,
    earlier: tuple[Proposal, Decision] | None,
    actor: Actor,
) -> None:
    assert decision.amount_usd is not None
    after = as_reported(proposal, decision.amount_usd, timezone.localdate(decision.decided_at))
    if root.approved_project is None or earlier is None:
        project = create_project(
            report=after,
            working_group=proposal.working_group,
            safeguards=safeguards_of(proposal),
            scored=_signed(proposal),
            provenance=proposal.provenance,
            actor=actor,
        )
    else:
        amended, given = earlier
        assert given.amount_usd is not None
        before = as_reported(amended, given.amount_usd, timezone.localdate(given.decided_at))
        project = amend_project(
            project=root.approved_project,
            before=before,
            after=after,
            working_group=proposal.working_group,
            scored=_signed(proposal),
            actor=actor,
        )
    for each in {proposal.pk: proposal, root.pk: root}.values():
        if each.approved_project_id != project.pk:
            each.approved_project = project
            each.save(update_fields=["approved_project"])
    if proposal.starts_on and proposal.ends_on:
        set_calendar(root, proposal.starts_on, proposal.ends_on)


def _signed(proposal: Proposal) -> Signed | None:
    """Who answers for the markers of a proposal: whoever sent it, as of then."""
    if proposal.submitted_by is None or proposal.submitted_at is None:
        return None
    return Signed(proposal.submitted_by, proposal.submitted_at)


def _conclude(call: Call) -> None:
    """A closed call is decided once nothing in it waits any more."""
    waiting = Proposal.objects.unscoped(WHY).filter(call=call, standing__in=_WAITING, amends__isnull=True)
    if call.standing == Call.Standing.CLOSED and not waiting.exists():
        call.standing = Call.Standing.DECIDED
        call.version += 1
        call.save(update_fields=["standing", "version"])


@action
def raise_objection(*, decision: Decision, person: Person, grounds: str, actor: Actor) -> Objection:
    """Object to the latest decision as the lead applicant, within the days of the process.

    Raises :class:`ReviewRefused`.
    """
    viewer, current, decision = _decision(decision, person)
    newest = not Decision.objects.unscoped(WHY).filter(follows=decision).exists()
    objected = Objection.objects.unscoped(WHY).filter(decision=decision).exists()
    insist(why_not_object(viewer, current, decision, newest=newest, objected=objected))
    return Objection.objects.unscoped(WHY).create(
        proposal=current,
        decision=decision,
        grounds=said(grounds, _("Say what the objection rests on.")),
        raised_by=person,
        raised_at=timezone.now(),
    )


@action
def answer_objection(*, objection: Objection, person: Person, upheld: bool, answer: str, actor: Actor) -> Objection:
    """Uphold an objection, so that it is decided anew, or dismiss it. Raises :class:`ReviewRefused`."""
    viewer, current, decision = _decision(objection.decision, person)
    objection = Objection.objects.unscoped(WHY).get(pk=objection.pk)
    insist(why_not_answer_objection(viewer, current, objection, decision.decided_by_id))
    objection.answer = said(answer, _("An answer has reasons."))
    objection.standing = Objection.Standing.UPHELD if upheld else Objection.Standing.DISMISSED
    objection.answered_by, objection.answered_at = person, timezone.now()
    objection.save(update_fields=["answer", "standing", "answered_by", "answered_at"])
    return objection


def _decision(decision: Decision, person: Person) -> tuple[Viewer, Proposal, Decision]:
    viewer, current = locked(decision.proposal_id, person)
    found = Decision.objects.unscoped(WHY).get(pk=decision.pk)
    if found.proposal_id != current.pk:
        raise ReviewRefused(_("This decision belongs to another proposal."))
    return viewer, current, found
