"""What comes next for a proposal: its buttons, each with the reason where it cannot be pressed, and what mends that."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.members.access import why_not_administer
from colonnade.review.actions.scoring import scoring_is_open
from colonnade.review.board_access import why_not_appoint, why_not_ask, why_not_declare, why_not_draw, why_not_score
from colonnade.review.board_queries import Passage, own_review
from colonnade.review.models import Call, Proposal
from colonnade.review.pool import pool_of, still_needed, why_not_all_in, why_too_few
from colonnade.review.rules import Rules
from colonnade.review.workflow import workflow_of
from colonnade.web.board.steps import at_the_desk
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.facts import Line
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.roles import role_title

#: Step of the workflow -> the page where it is taken; the applicant's own steps are on the applicant's pages.
PAGES: Final = {
    "complete": "screen-proposal",
    "return": "screen-proposal",
    "score": "close-scoring",
    "approve": "decide-proposal",
    "defer": "decide-proposal",
    "reject": "decide-proposal",
    "close": "close-project",
}


@dataclass(frozen=True, slots=True)
class Short:
    """A draw that cannot be had: why, who is left out and for what, and where members of the board are recorded."""

    why: str
    left_out: TableView | None
    mends: list[Line]


def acts_of(viewer: Viewer, proposal: Proposal, rules: Rules, passage: Passage, short: Short | None) -> list[Act]:
    """The steps of the workflow that are open where the proposal stands, and what stands beside them."""
    acts: dict[str, Act] = {}
    for step, why_not in workflow_of(rules).offered(viewer, proposal):
        page = PAGES.get(step.name)
        if step.name == "recommend":
            address = reverse("board-call", args=[proposal.call.code]) if at_the_desk(viewer) else ""
            title = _("Record the recommendation at a meeting")
            acts["recommend"] = Act("recommend", title, address, why_not or "")
        elif page == "decide-proposal":
            # An approval that stands is decided anew after an objection only: until then no button offers it.
            if step.name == "approve" and proposal.standing == "approved" and why_not:
                continue
            acts.setdefault(page, Act(page, _("Decide"), reverse(page, args=[proposal.public_id]), why_not or ""))
        elif page == "screen-proposal":
            acts.setdefault(page, Act(page, _("Screen it"), reverse(page, args=[proposal.public_id]), why_not or ""))
        elif page is not None:
            if step.name == "score":
                why_not = why_not or why_not_all_in(rules, passage.reviewers)
            acts[page] = Act(page, _(step.title), reverse(page, args=[proposal.public_id]), why_not or "")
    if scoring_is_open(proposal):
        acts = _acts_of_scoring(viewer, proposal, rules, passage, short) | acts
    if viewer.roles & {Role.SECRETARIAT, Role.BOARD}:
        why = why_not_ask(viewer, proposal)
        address = reverse("ask-question", args=[proposal.public_id])
        acts["ask"] = Act("ask", _("Ask the applicant"), address, why or "", second=True)
    return list(acts.values())


def _acts_of_scoring(
    viewer: Viewer, proposal: Proposal, rules: Rules, passage: Passage, short: Short | None
) -> dict[str, Act]:
    acts = {}
    mine, _scores = own_review(viewer, proposal)
    if Role.SECRETARIAT in viewer.roles:
        why = why_not_draw(viewer, proposal) or ""
        if not why and still_needed(rules, passage.reviewers) <= 0:
            why = _("It has its reviewers.")
        why = why or (short.why if short else "")
        address = reverse("draw-reviewers", args=[proposal.public_id])
        acts["draw"] = Act("draw", _("Draw the reviewers"), address, why, sends=True)
    if mine is not None and not mine.conflict:
        why = why_not_score(viewer, proposal, mine) or ""
        acts["mine"] = Act("mine", _("Score it"), reverse("score-proposal", args=[proposal.public_id]), why)
    if mine is not None or Role.BOARD in viewer.roles:
        why = why_not_declare(viewer, proposal, mine) or ""
        address = reverse("declare-conflict", args=[proposal.public_id])
        acts["conflict"] = Act("conflict", _("Declare a conflict"), address, why, second=True)
    return acts


def short_of_reviewers(viewer: Viewer, proposal: Proposal, rules: Rules, passage: Passage) -> Short | None:
    """What stands in the way of a draw, for those who draw; ``None`` where nothing does."""
    if Role.SECRETARIAT not in viewer.roles or not scoring_is_open(proposal):
        return None
    needed = still_needed(rules, passage.reviewers)
    screeners = {each.screened_by_id for each in passage.screenings}
    pool = pool_of(proposal, passage.reviewers, screeners) if needed > 0 else []
    if needed <= 0 or why_too_few(pool, needed) is None:
        return None
    able = sum(not each.excluded for each in pool)
    why = _("%(needed)d reviewers are needed, and %(able)d can be drawn.") % {"needed": needed, "able": able}
    rows = tuple((CellView(each.person.name, header=True), CellView(each.excluded)) for each in pool if each.excluded)
    header = (HeaderView(_("Member")), HeaderView(_("Why left out")))
    left_out = TableView(_("Members who are left out"), header, rows) if rows else None
    return Short(why, left_out, where_members_are_recorded(viewer, proposal.call))


def where_members_are_recorded(viewer: Viewer, call: Call) -> list[Line]:
    """Where it is recorded who sits on a board: the role with people's accounts, the offices at the call's desk."""
    who = _("Whoever holds the role “%(role)s” is a member of the board; those who administer people record it") % {
        "role": role_title(Role.BOARD)
    }
    found = [Line(who, reverse("people") if why_not_administer(viewer) is None else "")]
    if why_not_appoint(viewer) is None:
        title = _("Who decides and who leads the board is recorded at the call: record who holds an office")
        found.append(Line(title, reverse("appoint", args=[call.code])))
    return found
