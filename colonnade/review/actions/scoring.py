"""Drawing reviewers, conflicts, independent scores, and the synthesis of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import Person
from colonnade.members.queries import holding
from colonnade.review import drawing
from colonnade.review.access import is_own
from colonnade.review.actions.locking import WHY, locked, now_viewer, rules_of, take_step
from colonnade.review.board_access import why_not_declare, why_not_draw, why_not_score
from colonnade.review.models import Draw, Office, Proposal, Reviewer, Score, Screening, Synthesis
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
    reviewers = {each.person_id: each for each in Reviewer.objects.unscoped(WHY).filter(proposal=current)}
    needed = rules_of(current).reviewers - sum(not each.conflict for each in reviewers.values())
    if needed <= 0:
        raise ReviewRefused(_("This proposal has its reviewers."))
    members = list(holding([Role.BOARD], timezone.localdate()))
    excluded = {member.pk: _why_not_drawn(current, member, reviewers.get(member.pk)) for member in members}
    seed = f"{current.public_id}/{Draw.objects.unscoped(WHY).filter(proposal=current).count() + 1}"
    drawn = drawing.draw(seed, [drawing.Candidate(each.public_id, excluded[each.pk]) for each in members], needed)
    if len(drawn.chosen) < needed:
        reasons = "; ".join(f"{each.name}: {excluded[each.pk]}" for each in members if excluded[each.pk])
        raise ReviewRefused(
            _("%(needed)d reviewers are needed, and %(able)d can be drawn. Left out: %(reasons)s")
            % {"needed": needed, "able": len(drawn.chosen), "reasons": reasons or _("nobody")}
        )
    now = timezone.now()
    by_identifier = {each.public_id: each for each in members}
    Reviewer.objects.unscoped(WHY).bulk_create(
        Reviewer(proposal=current, person=by_identifier[chosen], drawn_by=person, drawn_at=now)
        for chosen in drawn.chosen
    )
    return Draw.objects.unscoped(WHY).create(
        proposal=current,
        seed=seed,
        considered=[{"member": each.public_id, "name": each.name, "excluded": excluded[each.pk]} for each in members],
        chosen=list(drawn.chosen),
        drawn_by=person,
        drawn_at=now,
    )


def _why_not_drawn(proposal: Proposal, member: Person, standing: Reviewer | None) -> str:
    """Why ``member`` cannot be drawn for ``proposal``; empty where they can."""
    if standing is not None:
        return _("declared a conflict, or was let go") if standing.conflict else _("was drawn already")
    if is_own(now_viewer(member), proposal):
        return _("has a part in the proposal")
    if Office.objects.filter(process=proposal.call.process_id, person=member, kind=Office.Kind.HEAD).exists():
        return _("decides on proposals")
    if Screening.objects.unscoped(WHY).filter(proposal=proposal, screened_by=member).exists():
        return _("screened the proposal")
    return ""


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
    counting = reviewers.filter(conflict="")
    finished = counting.filter(finished_at__isnull=False).count()
    if counting.filter(finished_at__isnull=True).exists() or finished < rules.reviewers:
        raise ReviewRefused(
            _("%(finished)d of %(needed)d reviewers have finished.")
            % {"finished": finished, "needed": max(rules.reviewers, counting.count())}
        )
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
