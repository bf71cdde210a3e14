"""Who can be drawn to review a proposal, who is left out and why, and whether all scores are in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role
from colonnade.members.models import Person
from colonnade.members.queries import holding, viewer_for
from colonnade.review.access import is_own
from colonnade.review.models import Office, Proposal, Reviewer
from colonnade.review.rules import Rules


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the board, and why they cannot be drawn (empty: they can)."""

    person: Person
    excluded: str


def pool_of(proposal: Proposal, reviewers: Collection[Reviewer], screeners: Collection[int]) -> list[Member]:
    """Every member of the board today. ``reviewers`` are the proposal's, ``screeners`` the keys of who screened it."""
    standing = {each.person_id: each for each in reviewers}
    members = holding([Role.BOARD], timezone.localdate())
    return [Member(each, _why_left_out(proposal, each, standing.get(each.pk), screeners)) for each in members]


def still_needed(rules: Rules, reviewers: Collection[Reviewer]) -> int:
    """How many reviewers a proposal still needs beside those that have no conflict."""
    return rules.reviewers - sum(not each.conflict for each in reviewers)


def why_too_few(pool: Sequence[Member], needed: int) -> str | None:
    """Why a draw cannot be had: fewer can be drawn than are ``needed``, with everybody who is left out and why."""
    able = sum(not each.excluded for each in pool)
    if able >= needed:
        return None
    reasons = "; ".join(f"{each.person.name}: {each.excluded}" for each in pool if each.excluded)
    return _("%(needed)d reviewers are needed, and %(able)d can be drawn. Left out: %(reasons)s") % {
        "needed": needed,
        "able": able,
        "reasons": reasons or _("nobody"),
    }


def why_not_all_in(rules: Rules, reviewers: Collection[Reviewer]) -> str | None:
    """Why scoring cannot be closed: how many of those who count have finished."""
    counting = [each for each in reviewers if not each.conflict]
    finished = sum(each.finished_at is not None for each in counting)
    if finished == len(counting) and finished >= rules.reviewers:
        return None
    return _("%(finished)d of %(needed)d reviewers have finished.") % {
        "finished": finished,
        "needed": max(rules.reviewers, len(counting)),
    }


def _why_left_out(proposal: Proposal, member: Person, standing: Reviewer | None, screeners: Collection[int]) -> str:
    if standing is not None:
        return _("declared a conflict, or was let go") if standing.conflict else _("was drawn already")
    if is_own(viewer_for(member, timezone.localdate()), proposal):
        return _("has a part in the proposal")
    if Office.objects.filter(process=proposal.call.process_id, person=member, kind=Office.Kind.HEAD).exists():
        return _("decides on proposals")
    return _("screened the proposal") if member.pk in screeners else ""
