"""The board's meetings, votes and recommendations, and what the head decides on them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from colonnade.needs.models import Assessment, Recommendation
from colonnade.portfolio.models import (
    ProjectCountry,
    ProjectMandate,
    ProjectMarker,
    ProjectPartner,
    ProjectSafeguard,
    ProjectTheme,
)
from colonnade.review.actions.calls import appoint
from colonnade.review.actions.decisions import decide, raise_objection
from colonnade.review.actions.meetings import (
    Term,
    record_attendance,
    record_recommendation,
    record_recusal,
    record_vote,
    set_agenda,
)
from colonnade.review.actions.scoring import (
    Mark,
    close_scoring,
    draw_reviewers,
)
from colonnade.review.models import (
    Call,
    Decision,
    DueReport,
    Proposal,
    ProposedMarker,
    Reviewer,
    SafeguardAnswer,
)
from colonnade.review.refusals import ReviewRefused
from colonnade.review.tests.boards import (
    BOARD_DECIDES,
    HEAD_DECIDES,
    TEST,
    Board,
    approved,
    board_of,
    fresh,
    met,
    recommended,
    scored,
    screened,
    sees,
)
from colonnade.strategy.models import Pillar, Safeguard, Theme

pytestmark = pytest.mark.django_db
MARKS = {"need": Mark(4), "method": Mark(2)}


@pytest.fixture
def board() -> Board:
    return board_of()


def test_a_recommendation_needs_a_quorum_without_conflicts(board: Board) -> None:
    proposal = scored(board, board.proposal())
    [item] = met(board, proposal)
    member = board["member1"]
    record_recusal(item=item, member=member, person=member, reason="A friend.", actor=TEST)
    with pytest.raises(ReviewRefused, match="declared a conflict"):
        record_vote(item=item, member=member, person=member, outcome="approve", actor=TEST)
    meeting = item.meeting
    present = [board["member1"], board["member2"], board["member3"], board["member4"]]
    record_attendance(meeting=meeting, person=board["officer1"], present=present, actor=TEST)
    with pytest.raises(ReviewRefused, match="2 of 3 members"):
        record_recommendation(
            item=item, person=board["officer2"], outcome="reject", reasons="No quorum at all.", actor=TEST
        )
    present.append(board["chair"])
    record_attendance(meeting=meeting, person=board["officer1"], present=present, actor=TEST)
    record_recommendation(item=item, person=board["chair"], outcome="reject", reasons="Not now.", actor=TEST)
    with pytest.raises(ReviewRefused, match="rest on this attendance"):
        record_attendance(meeting=meeting, person=board["officer1"], present=present, actor=TEST)


def test_votes_bind_what_is_recommended(board: Board) -> None:
    proposal = scored(board, board.proposal())
    [item] = met(board, proposal)
    for name, outcome in (("member1", "defer"), ("member2", "defer"), ("chair", "reject")):
        record_vote(item=item, member=board[name], person=board[name], outcome=outcome, actor=TEST)
    with pytest.raises(ReviewRefused, match="more votes"):
        record_recommendation(item=item, person=board["chair"], outcome="reject", reasons="I say so.", actor=TEST)
    record_recommendation(item=item, person=board["chair"], outcome="defer", reasons="Later.", actor=TEST)
    with pytest.raises(ReviewRefused, match="already"):
        record_vote(item=item, member=board["member3"], person=board["member3"], outcome="reject", actor=TEST)


def test_who_declares_a_conflict_takes_their_vote_with_them(board: Board) -> None:
    [item] = met(board, scored(board, board.proposal()))
    for name, outcome in (("member1", "defer"), ("member2", "defer"), ("chair", "reject")):
        record_vote(item=item, member=board[name], person=board[name], outcome=outcome, actor=TEST)
    for name in ("member1", "member2"):
        Reviewer.objects.unscoped("test").update_or_create(
            proposal=item.proposal,
            person=board[name],
            defaults={"drawn_at": timezone.now(), "conflict": "A friend.", "finished_at": None},
        )
    with pytest.raises(ReviewRefused, match="2 of 3"):
        record_recommendation(item=item, person=board["chair"], outcome="reject", reasons="No.", actor=TEST)
    Call.objects.unscoped("test").filter(pk=board.call.pk).update(rules={**HEAD_DECIDES, "quorum": 2})
    with pytest.raises(ReviewRefused, match="more votes"):
        record_recommendation(item=item, person=board["chair"], outcome="defer", reasons="No.", actor=TEST)
    record_recommendation(item=item, person=board["chair"], outcome="reject", reasons="No.", actor=TEST)


def test_absent_members_the_head_and_strangers_do_not_vote(board: Board) -> None:
    proposal = scored(board, board.proposal())
    [item] = met(board, proposal)
    for member in (board["member4"], board["head"], board["officer1"]):
        with pytest.raises(ReviewRefused):
            record_vote(item=item, member=member, person=member, outcome="approve", actor=TEST)
    with pytest.raises(ReviewRefused, match="Only the member"):
        record_vote(item=item, member=board["member1"], person=board["member2"], outcome="approve", actor=TEST)
    with pytest.raises(ReviewRefused, match="no member"):
        record_attendance(meeting=item.meeting, person=board["officer1"], present=[board["head"]], actor=TEST)


def test_what_was_recommended_is_not_edited_by_raw_sql_either(board: Board) -> None:
    item = recommended(board, scored(board, board.proposal()))
    for statement in ("UPDATE review_agendaitem SET reasons = 'x'", "DELETE FROM review_agendaitem"):
        with pytest.raises(DatabaseError, match="not edited"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [item.pk])


def test_an_agenda_takes_only_what_is_ready_and_keeps_what_was_voted_on(board: Board) -> None:
    ready = scored(board, board.proposal())
    sent = board.proposal("BETA")
    [item] = met(board, ready)
    with pytest.raises(ReviewRefused, match="not ready"):
        set_agenda(meeting=item.meeting, person=board["officer1"], proposals=[ready, sent], actor=TEST)
    record_vote(item=item, member=board["member1"], person=board["member1"], outcome="defer", actor=TEST)
    with pytest.raises(ReviewRefused, match="voted on"):
        set_agenda(meeting=item.meeting, person=board["officer1"], proposals=[], actor=TEST)


def test_an_approval_makes_the_project_without_retyping(board: Board) -> None:
    pillar, theme = Pillar.objects.get(code="I"), Theme.objects.get(code="dig")
    proposal = board.proposal(pillar=pillar, theme=theme)
    proposal.partners.add(board.entities["GAMMA"])
    proposal.countries.add(board.country)
    ProposedMarker.objects.unscoped("test").create(
        proposal=proposal, marker="gender", level=2, justification="Women draw the water."
    )
    question = Safeguard.objects.create(
        code="s1", group="g", question="Is it safe?", applies_to="both", position=1, source="s"
    )
    SafeguardAnswer.objects.unscoped("test").create(
        proposal=proposal, safeguard=question, answer="yes", explanation="Fenced."
    )
    decision = approved(board, proposal, 90)
    project = fresh(proposal).approved_project
    assert project is not None
    assert (project.title, project.budget, project.budget_usd, project.currency) == (
        "Wells of ALPHA",
        Decimal(90),
        Decimal(90),
        "USD",
    )
    assert (project.starts_on, project.ends_on) == (date(2021, 1, 1), date(2022, 12, 31))
    assert (project.lead_entity, project.working_group, project.pillar) == (
        board.entities["ALPHA"],
        board.group,
        pillar,
    )
    assert "Ten wells." in project.description
    assert (project.level, project.origin, project.reference) == ("compact", "mandate", f"wells-{proposal.public_id}")

    def links(model: type, field: str) -> list[object]:
        rows = model.objects.unscoped("test").filter(project=project)  # type: ignore[attr-defined]  # a model of links
        return list(rows.values_list(field, flat=True))

    assert links(ProjectPartner, "entity__code") == ["GAMMA"]
    assert links(ProjectCountry, "country__code") == ["QMA"]
    assert links(ProjectTheme, "theme__code") == ["dig"]
    assert links(ProjectMandate, "mandate__code") == ["W/RES/1"]
    assert links(ProjectMarker, "score") == [2]
    assert links(ProjectMarker, "scored_by") == [fresh(proposal).submitted_by_id]
    assert links(ProjectSafeguard, "respected") == [True]
    assert decision.item is not None
    due = DueReport.objects.unscoped("test").filter(proposal=proposal).values_list("kind", "due_on")
    assert ("progress", date(2021, 7, 1)) in due
    assert ("final", date(2022, 12, 31)) in due


def test_a_project_that_rests_on_a_confidential_need_is_as_confidential(board: Board) -> None:
    need = confidential_need(board)
    proposal = board.proposal(origin="recommendation", mandate=None, cited_need=need)
    proposal.partners.add(board.entities["GAMMA"])
    approved(board, proposal)
    project = fresh(proposal).approved_project
    assert project is not None
    assert (project.level, project.state, project.origin_note) == ("restricted", board.country, "")
    seen = [name for name in ("alpha", "beta", "gamma") if sees(board[name], project)]
    assert seen == ["alpha", "gamma"]


def confidential_need(board: Board) -> Recommendation:
    visit = Assessment.objects.unscoped("test").create(
        country=board.country,
        assessor=board.entities["DELTA"],
        kind="visit",
        starts_on=date(2019, 1, 1),
        ends_on=date(2019, 1, 1),
    )
    return Recommendation.objects.unscoped("test").create(
        reference="R-1",
        level="restricted",
        assessment=visit,
        country=board.country,
        title="Dig",
        text="Deep.",
        priority="high",
        issued_on=date(2019, 1, 1),
    )


@pytest.mark.parametrize("name", ["alpha", "officer1", "member1", "chair", "auditor", "donor", "beta"])
def test_only_the_head_decides(board: Board, name: str) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    with pytest.raises((ReviewRefused, Proposal.DoesNotExist)):
        decide(
            proposal=proposal,
            person=board[name],
            outcome="approve",
            amount_usd=Decimal(1),
            reasons="Yes.",
            actor=TEST,
        )


def test_a_head_who_took_part_does_not_decide(board: Board) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    appoint(
        process=board.call.process,
        holder=board["officer1"],
        kind="head",
        starts_on=timezone.localdate(),
        person=board["officer2"],
        actor=TEST,
    )
    with pytest.raises(ReviewRefused, match="took part"):
        decide(
            proposal=proposal,
            person=board["officer1"],
            outcome="approve",
            amount_usd=Decimal(1),
            reasons="Yes.",
            actor=TEST,
        )


def test_no_decision_is_edited_by_raw_sql_either(board: Board) -> None:
    decision = approved(board, board.proposal())
    for statement in ("UPDATE review_decision SET amount_usd = 999", "DELETE FROM review_decision"):
        with pytest.raises(DatabaseError, match="not edited"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [decision.pk])


def test_awards_keep_below_the_ceiling_of_the_group_and_the_budget(board: Board) -> None:
    approved(board, board.proposal("ALPHA", 200), 200)
    second = board.proposal("BETA", 200)
    recommended(board, scored(board, second))
    wish: dict[str, Any] = {
        "proposal": second,
        "person": board["head"],
        "outcome": "approve",
        "reasons": "Yes.",
        "actor": TEST,
    }
    with pytest.raises(ReviewRefused, match="USD 100 left below its ceiling"):
        decide(amount_usd=Decimal("100.01"), **wish)
    with pytest.raises(ReviewRefused, match="More than the proposal asks"):
        decide(amount_usd=Decimal(201), **wish)
    decide(amount_usd=Decimal(100), **wish)


def test_a_deferred_proposal_comes_before_the_board_again_and_decisions_follow_one_another(board: Board) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal, "defer", None)
    first = decide(proposal=proposal, person=board["head"], outcome="defer", reasons="Later.", actor=TEST)
    recommended(board, proposal, "approve", 50)
    second = decide(
        proposal=proposal, person=board["head"], outcome="approve", amount_usd=Decimal(50), reasons="Now.", actor=TEST
    )
    assert second.follows == first
    assert first.follows is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.unscoped("test").create(
            proposal=proposal,
            outcome="reject",
            reasons="Another first one.",
            decided_by=board["head"],
            decided_at=timezone.now(),
        )


def test_money_conditions_and_outcomes_go_together(board: Board) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    wish: dict[str, Any] = {"proposal": proposal, "person": board["head"], "reasons": "So.", "actor": TEST}
    for outcome, amount, terms in (
        ("approve", None, ()),
        ("approve", Decimal(0), ()),
        ("approve", Decimal("0.001"), ()),
        ("approve", Decimal(1), (Term("Report."),)),
        ("conditions", Decimal(1), ()),
        ("conditions", Decimal(1), (Term(" "),)),
        ("reject", Decimal(1), ()),
        ("perhaps", None, ()),
    ):
        with pytest.raises(ReviewRefused):
            decide(outcome=outcome, amount_usd=amount, terms=terms, **wish)
    with pytest.raises(ReviewRefused, match="reasons"):
        decide(**{**wish, "reasons": " "}, outcome="reject")


def test_a_call_is_decided_once_nothing_waits(board: Board) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal, "reject", None)
    Call.objects.unscoped("test").filter(pk=board.call.pk).update(standing=Call.Standing.CLOSED)
    decide(proposal=proposal, person=board["head"], outcome="reject", reasons="No.", actor=TEST)
    assert Call.objects.unscoped("test").get(pk=board.call.pk).standing == Call.Standing.DECIDED


def test_a_board_without_scoring_decides_itself() -> None:
    board = board_of(BOARD_DECIDES, ceiling=None, code="pipes")
    proposal = screened(board, board.proposal(working_group=None))
    with pytest.raises(ReviewRefused, match="not being scored"):
        draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    with pytest.raises(ReviewRefused, match="not being scored"):
        close_scoring(proposal=proposal, person=board["officer1"], text="None.", actor=TEST)
    recommended(board, proposal, "approve", 80)
    wish: dict[str, Any] = {"proposal": proposal, "outcome": "approve", "reasons": "As recommended.", "actor": TEST}
    with pytest.raises(ReviewRefused, match="Only the chair"):
        decide(person=board["head"], amount_usd=Decimal(80), **wish)
    with pytest.raises(ReviewRefused, match="confirm what it recommended"):
        decide(person=board["chair"], amount_usd=Decimal(79), **wish)
    decision = decide(person=board["chair"], amount_usd=Decimal(80), **wish)
    assert fresh(proposal).approved_project is not None
    assert not DueReport.objects.unscoped("test").exists()
    with pytest.raises(ReviewRefused, match="no objections"):
        raise_objection(decision=decision, person=board["alpha"], grounds="Too little.", actor=TEST)


def test_where_the_board_decides_two_people_put_it_on_record() -> None:
    board = board_of(BOARD_DECIDES, ceiling=None, code="pipes")
    proposal = screened(board, board.proposal())
    [item] = met(board, proposal)
    record_recommendation(item=item, person=board["chair"], outcome="reject", reasons="No.", actor=TEST)
    with pytest.raises(ReviewRefused, match="took part"):
        decide(proposal=proposal, person=board["chair"], outcome="reject", reasons="No.", actor=TEST)
