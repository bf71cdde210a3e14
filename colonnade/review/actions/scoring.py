"""Drawing reviewers, conflicts, independent scores, and the synthesis of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.review import drawing
from colonnade.review.actions.locking import WHY, locked, rules_of, take_step
from colonnade.review.board_access import why_not_declare, why_not_draw, why_not_score
from colonnade.review.models import Draw, Proposal, Reviewer, Score, Screening, Synthesis
from colonnade.review.pool import pool_of, still_needed, why_not_all_in, why_too_few
from colonnade.review.refusals import ReviewRefused, insist, said
from colonnade.review.workflow import workflow_of


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reviewer gives for one criterion, and why."""

    value: int
    comment: str = ""


@action
def draw_reviewers(*, proposal: Proposal, person: Person, actor: Actor) -> Draw:
    """Draw as many reviewers from the board as the proposal still needs, those with a conflict left out.

    The seed is the proposal's own and the number of the draw, so that nobody chooses it and anybody repeats it. Every
    member is kept with the reason why they were excluded, if they were. Raises :class:`ReviewRefused`.
    """
    viewer, current = locked(proposal.pk, person)
    insist(why_not_draw(viewer, current))
    _insist_on_scoring(current)
    reviewers = list(Reviewer.objects.unscoped(WHY).filter(proposal=current))
    needed = still_needed(rules_of(current), reviewers)
    if needed <= 0:
        raise ReviewRefused(_("This proposal has its reviewers."))
    screened = Screening.objects.unscoped(WHY).filter(proposal=current)
    pool = pool_of(current, reviewers, set(screened.values_list("screened_by", flat=True)))
    insist(why_too_few(pool, needed))
    seed = f"{current.public_id}/{Draw.objects.unscoped(WHY).filter(proposal=current).count() + 1}"
    drawn = drawing.draw(seed, [drawing.Candidate(each.person.public_id, each.excluded) for each in pool], needed)
    now = timezone.now()
    by_identifier = {each.person.public_id: each.person for each in pool}
    Reviewer.objects.unscoped(WHY).bulk_create(
        Reviewer(proposal=current, person=by_identifier[chosen], drawn_by=person, drawn_at=now)
        for chosen in drawn.chosen
    )
    return Draw.objects.unscoped(WHY).create(
        proposal=current,
        seed=seed,
        considered=[
            {"member": each.person.public_id, "name": each.person.name, "excluded": each.excluded} for each in pool
        ],
        chosen=list(drawn.chosen),
        drawn_by=person,
        drawn_at=now,
    )


@action
def declare_conflict(*, proposal: Proposal, person: Person, reason: str, actor: Actor) -> Reviewer:
    """Declare oneself out of a proposal, whether one was drawn for it or not; scores begun are not counted.

    Raises :class:`ReviewRefused`.
    """
    viewer, current = locked(proposal.pk, person)
    reviewer = _reviewer(current, person)
    insist(why_not_declare(viewer, current, reviewer))
    reason = said(reason, _("Say what the conflict is."))
    if reviewer is None:
        return Reviewer.objects.unscoped(WHY).create(
            proposal=current, person=person, drawn_at=timezone.now(), conflict=reason
        )
    return _out(reviewer, reason)


@action
def excuse_reviewer(*, reviewer: Reviewer, person: Person, reason: str, actor: Actor) -> Reviewer:
    """Let a reviewer go who does not finish, or whose conflict came out, so that another can be drawn.

    What they scored is not counted any more. Raises :class:`ReviewRefused`.
    """
    viewer, current = locked(reviewer.proposal_id, person)
    insist(why_not_draw(viewer, current))
    _insist_on_scoring(current)
    reviewer = Reviewer.objects.unscoped(WHY).get(pk=reviewer.pk)
    insist(_("This reviewer is out already.") if reviewer.conflict else None)
    reason = said(reason, _("Say why the reviewer is let go."))
    Score.objects.unscoped(WHY).filter(reviewer=reviewer).update(final=False)
    return _out(reviewer, reason)


@action
def give_scores(
    *, proposal: Proposal, person: Person, marks: Mapping[str, Mark], overall: str, finish: bool, actor: Actor
) -> Reviewer:
    """Save one's scores of a proposal, and, with ``finish``, give them for good.

    Scores are final once they are finished; a draft is read by nobody but its reviewer. Raises :class:`ReviewRefused`.
    """
    viewer, current = locked(proposal.pk, person)
    reviewer = _reviewer(current, person)
    insist(why_not_score(viewer, current, reviewer))
    assert reviewer is not None
    _insist_on_scoring(current)
    rules = rules_of(current)
    known = {each.code: each.title for each in rules.criteria}
    if unknown := sorted(marks.keys() - known.keys()):
        raise ReviewRefused(_("%(criterion)s: no such criterion.") % {"criterion": unknown[0]})
    for code, mark in marks.items():
        if not 0 <= mark.value <= rules.most:
            raise ReviewRefused(
                _("%(criterion)s: from 0 to %(most)d.") % {"criterion": known[code], "most": rules.most}
            )
    scores = Score.objects.unscoped(WHY).filter(reviewer=reviewer)
    standing = {score.criterion: score for score in scores}
    for code, mark in marks.items():
        score = standing.setdefault(code, Score(proposal=current, reviewer=reviewer, criterion=code))
        score.value, score.comment = mark.value, mark.comment.strip()
        score.save()
    reviewer.overall = overall.strip()
    if finish:
        if missing := [title for code, title in known.items() if code not in standing]:
            raise ReviewRefused(_("Not scored yet: %(criteria)s.") % {"criteria": ", ".join(missing)})
        scores.update(final=True)
        reviewer.finished_at = timezone.now()
    reviewer.save(update_fields=["overall", "finished_at"])
    return reviewer


@action
def close_scoring(*, proposal: Proposal, person: Person, text: str, actor: Actor) -> Synthesis:
    """Bring the scores before the board with a synthesis of them, once all are in. Raises :class:`ReviewRefused`."""
    viewer, current = locked(proposal.pk, person)
    reviewers = Reviewer.objects.unscoped(WHY).filter(proposal=current)
    rules = rules_of(current)
    _insist_on_scoring(current)
    if reviewers.filter(person=person).exclude(drawn_by__isnull=True).exists():
        raise ReviewRefused(_("You were drawn to score this proposal: somebody else has to close its scoring."))
    insist(why_not_all_in(rules, list(reviewers)))
    text = said(text, _("Write what the board should know of the scores."))
    if rules.scores_open_to_board == "all_in":
        current.scores_open_to_board = True
    if rules.scores_open_to_applicant == "all_in":
        current.scores_open_to_applicant = True
    current.save(update_fields=["scores_open_to_board", "scores_open_to_applicant"])
    take_step(current, viewer, "score")
    return Synthesis.objects.unscoped(WHY).create(
        proposal=current, text=text, written_by=person, written_at=timezone.now()
    )


def _reviewer(proposal: Proposal, person: Person) -> Reviewer | None:
    return Reviewer.objects.unscoped(WHY).filter(proposal=proposal, person=person).first()


def _out(reviewer: Reviewer, reason: str) -> Reviewer:
    reviewer.conflict, reviewer.finished_at = reason, None
    reviewer.save(update_fields=["conflict", "finished_at"])
    return reviewer


def scoring_is_open(proposal: Proposal) -> bool:
    """Whether the proposal stands where its process scores."""
    steps = workflow_of(rules_of(proposal))
    return "score" in steps and proposal.standing in steps["score"].sources


def _insist_on_scoring(proposal: Proposal) -> None:
    insist(None if scoring_is_open(proposal) else _("This proposal is not being scored now."))
