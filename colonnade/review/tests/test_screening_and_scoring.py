"""Calls, screening, questions, reviewers and their independent scores."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from colonnade.core.viewer import PUBLIC
from colonnade.members.models import Person
from colonnade.review.actions.calls import appoint, close_call, open_call, prepare_call
from colonnade.review.actions.decisions import decide
from colonnade.review.actions.scoring import (
    Mark,
    close_scoring,
    declare_conflict,
    draw_reviewers,
    excuse_reviewer,
    give_scores,
)
from colonnade.review.actions.screening import answer_question, ask_question, screen_proposal
from colonnade.review.models import (
    AgendaItem,
    Call,
    Draw,
    Proposal,
    Reviewer,
    Score,
    Synthesis,
    Vote,
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
    recommended,
    scored,
    screened,
    seen_by,
)

pytestmark = pytest.mark.django_db
MARKS = {"need": Mark(4), "method": Mark(2)}


@pytest.fixture
def board() -> Board:
    return board_of()


def test_a_call_keeps_the_rules_that_it_was_opened_with(board: Board) -> None:
    today = timezone.localdate()
    call = prepare_call(
        code="pipes",
        title="A call for pipes",
        summary="",
        process=board.call.process,
        opens_on=today,
        closes_on=today,
        budget_usd=Decimal(10),
        group_ceiling_usd=None,
        person=board["officer1"],
        actor=TEST,
    )
    assert not Call.objects.visible_to(PUBLIC).filter(pk=call.pk).exists()
    process = call.process
    process.rules = {**HEAD_DECIDES, "quorum": 5}
    process.save()
    call = open_call(call=call, person=board["officer1"], actor=TEST)
    process.rules = dict(BOARD_DECIDES)
    process.save()
    assert Call.objects.visible_to(PUBLIC).get(pk=call.pk).rules["quorum"] == 5
    assert close_call(call=call, person=board["officer2"], actor=TEST).standing == Call.Standing.CLOSED


def test_a_call_does_not_close_before_its_day(board: Board) -> None:
    with pytest.raises(ReviewRefused, match="promised"):
        close_call(call=board.call, person=board["officer1"], actor=TEST)


@pytest.mark.parametrize("name", ["alpha", "member1", "head", "auditor", "donor"])
def test_only_the_secretariat_opens_calls(board: Board, name: str) -> None:
    with pytest.raises((ReviewRefused, Call.DoesNotExist)):
        open_call(call=board.call, person=board[name], actor=TEST)


def test_an_office_goes_from_one_to_the_next_and_nobody_takes_it(board: Board) -> None:
    process, today = board.call.process, timezone.localdate()
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    with pytest.raises(ReviewRefused, match="themselves"):
        appoint(
            process=process,
            holder=board["officer1"],
            kind="head",
            starts_on=today,
            person=board["officer1"],
            actor=TEST,
        )
    office = appoint(
        process=process, holder=board["officer2"], kind="head", starts_on=today, person=board["officer1"], actor=TEST
    )
    assert office.ends_on is None
    with pytest.raises(ReviewRefused, match="Only the head"):
        decide(
            proposal=proposal,
            person=board["head"],
            outcome="approve",
            amount_usd=Decimal(1),
            reasons="Yes.",
            actor=TEST,
        )


def test_a_proposal_is_returned_with_comments_on_its_fields(board: Board) -> None:
    proposal = board.proposal()
    with pytest.raises(ReviewRefused, match="Say why"):
        screen_proposal(proposal=proposal, person=board["officer1"], complete=False, actor=TEST)
    with pytest.raises(ReviewRefused, match="no such field"):
        screen_proposal(
            proposal=proposal, person=board["officer1"], complete=False, field_comments={"pk": "x"}, actor=TEST
        )
    screening = screen_proposal(
        proposal=proposal,
        person=board["officer1"],
        complete=False,
        field_comments={"budget": "It does not add up.", "title": " "},
        actor=TEST,
    )
    assert screening.field_comments == {"budget": "It does not add up."}
    assert fresh(proposal).standing == "returned"


def test_a_screening_of_an_earlier_version_is_refused(board: Board) -> None:
    proposal = board.proposal()
    with pytest.raises(ReviewRefused, match="changed"):
        screen_proposal(
            proposal=proposal, person=board["officer1"], complete=True, seen_version=proposal.version + 1, actor=TEST
        )


def test_a_question_is_answered_once_by_the_applicant(board: Board) -> None:
    proposal = board.proposal()
    with pytest.raises(ReviewRefused, match="part in this"):
        ask_question(proposal=proposal, person=board["member4"], text="Why?", actor=TEST)
    question = ask_question(proposal=proposal, person=board["member1"], text="Why?", actor=TEST)
    with pytest.raises(ReviewRefused, match="Only the applicant"):
        answer_question(question=question, person=board["officer1"], text="Because.", actor=TEST)
    with pytest.raises(Proposal.DoesNotExist):
        answer_question(question=question, person=board["beta"], text="Because.", actor=TEST)
    answer_question(question=question, person=board["alpha"], text="Because.", actor=TEST)
    with pytest.raises(ReviewRefused, match="already"):
        answer_question(question=question, person=board["alpha"], text="No, because.", actor=TEST)


def test_reviewers_are_drawn_without_those_who_have_a_part(board: Board) -> None:
    proposal = screened(board, board.proposal())
    declare_conflict(proposal=proposal, person=board["member1"], reason="My sister works there.", actor=TEST)
    drawn = draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    left_out = {each["name"]: each["excluded"] for each in drawn.considered if each["excluded"]}
    assert left_out == {
        "Member4": "has a part in the proposal",
        "Member1": "declared a conflict, or was let go",
        "Head": "decides on proposals",
    }
    assert len(drawn.chosen) == 2
    assert drawn.seed == f"{proposal.public_id}/1"
    with pytest.raises(ReviewRefused, match="has its reviewers"):
        draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)


def test_too_few_reviewers_are_named_with_their_reasons(board: Board) -> None:
    proposal = screened(board, board.proposal())
    for name in ("member1", "member2", "chair"):
        declare_conflict(proposal=proposal, person=board[name], reason="A friend.", actor=TEST)
    with pytest.raises(ReviewRefused, match=r"2 reviewers are needed, and 1 can be drawn\..*Member4: has a part"):
        draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)


def reviewers_of(proposal: Proposal) -> list[Reviewer]:
    return list(Reviewer.objects.unscoped("test").filter(proposal=proposal, conflict="").select_related("person"))


def test_nobody_reads_anothers_scores_before_their_own_are_finished(board: Board) -> None:
    proposal = screened(board, board.proposal())
    draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    first, second = reviewers_of(proposal)
    give_scores(proposal=proposal, person=first.person, marks=MARKS, overall="", finish=False, actor=TEST)

    def read(person: Person) -> int:
        return Score.objects.visible_to(seen_by(person)).count()

    assert (read(first.person), read(second.person), read(board["officer1"])) == (2, 0, 0)
    give_scores(proposal=proposal, person=first.person, marks={}, overall="", finish=True, actor=TEST)
    assert (read(first.person), read(second.person), read(board["officer1"])) == (2, 0, 2)
    give_scores(proposal=proposal, person=second.person, marks=MARKS, overall="", finish=True, actor=TEST)
    assert (read(first.person), read(second.person)) == (2, 2)
    close_scoring(proposal=proposal, person=board["officer1"], text="Both agree.", actor=TEST)
    assert (read(first.person), read(second.person), read(board["chair"])) == (4, 4, 4)
    # Neither the applicant nor a member of the board who comes from it.
    assert (read(board["alpha"]), read(board["member4"]), read(board["donor"])) == (0, 0, 0)
    assert not Reviewer.objects.visible_to(seen_by(board["member4"])).exists()
    assert not Synthesis.objects.visible_to(seen_by(board["alpha"])).exists()


def test_an_applicant_reads_scores_without_their_reviewers_once_it_is_decided(board: Board) -> None:
    proposal = board.proposal()
    approved(board, proposal)
    assert Score.objects.visible_to(seen_by(board["alpha"])).count() == 4
    assert not Reviewer.objects.visible_to(seen_by(board["alpha"])).exists()
    assert not Vote.objects.visible_to(seen_by(board["alpha"])).exists()
    assert AgendaItem.objects.visible_to(seen_by(board["alpha"])).count() == 1
    assert not AgendaItem.objects.visible_to(seen_by(board["beta"])).exists()


def test_a_secretariats_reviewer_does_not_read_along_either(board: Board) -> None:
    proposal = screened(board, board.proposal())
    draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    first, second = reviewers_of(proposal)
    second.person.roles_held.create(role="secretariat", starts_on=date(2015, 1, 1))
    give_scores(proposal=proposal, person=first.person, marks=MARKS, overall="", finish=True, actor=TEST)
    assert not Score.objects.visible_to(seen_by(second.person)).exists()


def test_scores_are_whole_and_final(board: Board) -> None:
    proposal = screened(board, board.proposal())
    draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    first, _second = reviewers_of(proposal)

    def give(marks: dict[str, Mark], *, finish: bool) -> None:
        give_scores(proposal=proposal, person=first.person, marks=marks, overall="", finish=finish, actor=TEST)

    with pytest.raises(ReviewRefused, match="from 0 to 5"):
        give({"need": Mark(6)}, finish=False)
    with pytest.raises(ReviewRefused, match="no such criterion"):
        give({"beauty": Mark(1)}, finish=False)
    with pytest.raises(ReviewRefused, match="Not scored yet: Method"):
        give({"need": Mark(1)}, finish=True)
    give(MARKS, finish=True)
    with pytest.raises(ReviewRefused, match="finished"):
        give(MARKS, finish=True)
    with pytest.raises(ReviewRefused, match="1 of 2"):
        close_scoring(proposal=proposal, person=board["officer1"], text="One is enough.", actor=TEST)


def test_who_was_not_drawn_or_declares_a_conflict_does_not_score(board: Board) -> None:
    proposal = screened(board, board.proposal())
    draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    first, second = reviewers_of(proposal)
    declare_conflict(proposal=proposal, person=first.person, reason="A friend.", actor=TEST)
    for person in (first.person, board["head"], board["alpha"], board["officer1"]):
        with pytest.raises(ReviewRefused):
            give_scores(proposal=proposal, person=person, marks=MARKS, overall="", finish=True, actor=TEST)
    excuse_reviewer(reviewer=second, person=board["officer1"], reason="Fell ill.", actor=TEST)
    drawn = draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    assert drawn.seed.endswith("/2")
    assert not {first.person.public_id, second.person.public_id} & set(drawn.chosen)
    for again in reviewers_of(proposal):
        give_scores(proposal=proposal, person=again.person, marks=MARKS, overall="", finish=True, actor=TEST)
    excused = excuse_reviewer(reviewer=again, person=board["officer1"], reason="A conflict came out.", actor=TEST)
    assert excused.finished_at is None
    assert Score.objects.visible_to(seen_by(board["officer1"])).count() == 2
    assert Draw.objects.visible_to(seen_by(board["officer1"])).count() == 2
    assert not Draw.objects.visible_to(seen_by(board["member1"])).exists()
