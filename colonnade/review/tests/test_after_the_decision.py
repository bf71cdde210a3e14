"""Conditions, objections, reports, amendments and the end of a project."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from colonnade.members.models import Entity
from colonnade.portfolio.models import (
    Project,
    ProjectCountry,
)
from colonnade.review.actions.decisions import answer_objection, decide, raise_objection
from colonnade.review.actions.following import (
    accept_report,
    close_project,
    confirm_condition,
    report_condition,
    return_report,
    send_report,
)
from colonnade.review.actions.meetings import (
    Term,
)
from colonnade.review.actions.scoring import (
    Mark,
    draw_reviewers,
)
from colonnade.review.actions.screening import screen_proposal
from colonnade.review.models import (
    Condition,
    Decision,
    DueReport,
    Proposal,
)
from colonnade.review.refusals import ReviewRefused
from colonnade.review.tests.boards import (
    TEST,
    Board,
    approved,
    board_of,
    fresh,
    recommended,
    scored,
    screened,
    sees,
    somebody,
)

pytestmark = pytest.mark.django_db
MARKS = {"need": Mark(4), "method": Mark(2)}


@pytest.fixture
def board() -> Board:
    return board_of()


def test_a_condition_is_met_by_two_people(board: Board) -> None:
    proposal = board.proposal()
    decision = approved(board, proposal, terms=(Term("Name a partner.", date(2021, 2, 1)),))
    condition = Condition.objects.unscoped("test").get(decision=decision)
    with pytest.raises(ReviewRefused, match="Nobody has reported"):
        confirm_condition(condition=condition, person=board["officer1"], actor=TEST)
    report_condition(condition=condition, person=board["alpha"], evidence="The letter.", actor=TEST)
    for name in ("alpha", "head", "member1"):
        with pytest.raises(ReviewRefused, match="Only the secretariat"):
            confirm_condition(condition=condition, person=board[name], actor=TEST)
    confirm_condition(condition=condition, person=board["officer1"], actor=TEST)
    with pytest.raises(ReviewRefused, match="already"):
        report_condition(condition=condition, person=board["alpha"], evidence="Again.", actor=TEST)


def test_an_objection_is_raised_in_time_and_decided_anew(board: Board) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    first = decide(
        proposal=proposal, person=board["head"], outcome="approve", amount_usd=Decimal(40), reasons="Half.", actor=TEST
    )
    with pytest.raises(ReviewRefused, match="leads the proposal"):
        raise_objection(decision=first, person=board["officer1"], grounds="Too little.", actor=TEST)
    objection = raise_objection(decision=first, person=board["alpha"], grounds="Too little.", actor=TEST)
    with pytest.raises(ReviewRefused, match="already"):
        raise_objection(decision=first, person=board["alpha"], grounds="Still.", actor=TEST)
    again: dict[str, Any] = {
        "proposal": proposal,
        "person": board["head"],
        "outcome": "approve",
        "reasons": "All.",
        "actor": TEST,
    }
    with pytest.raises(ReviewRefused, match="is approved"):
        decide(amount_usd=Decimal(100), **again)
    for name in ("alpha", "head"):
        with pytest.raises(ReviewRefused):
            answer_objection(objection=objection, person=board[name], upheld=True, answer="True.", actor=TEST)
    answer_objection(objection=objection, person=board["officer1"], upheld=True, answer="True.", actor=TEST)
    before = fresh(proposal).approved_project
    second = decide(amount_usd=Decimal(100), **again)
    after = fresh(proposal).approved_project
    assert second.follows == first
    assert before is not None
    assert after is not None
    assert (before.pk, before.budget, after.pk, after.budget) == (after.pk, Decimal(40), before.pk, Decimal(100))
    assert not sees(board["donor"], after)


def test_an_objection_that_comes_too_late_is_refused(board: Board) -> None:
    proposal = scored(board, board.proposal())
    board.call.rules = {**board.call.rules, "objection_days": 1}
    board.call.save()
    long_ago = timezone.now() - timedelta(days=3)
    decision = Decision.objects.unscoped("test").create(
        proposal=proposal, outcome="reject", reasons="No.", decided_by=board["head"], decided_at=long_ago
    )
    with pytest.raises(ReviewRefused, match="until"):
        raise_objection(decision=decision, person=board["alpha"], grounds="Unfair.", actor=TEST)


def test_reports_are_sent_accepted_and_the_project_closes_with_its_refund(board: Board) -> None:
    proposal = board.proposal()
    approved(board, proposal, 90)
    close: dict[str, Any] = {"proposal": proposal, "person": board["officer1"], "lessons": "Dig first.", "actor": TEST}
    with pytest.raises(ReviewRefused, match="Reports are still due"):
        close_project(refunded_usd=Decimal(0), **close)
    reports = list(DueReport.objects.unscoped("test").filter(proposal=proposal))
    final = reports[-1]
    for each in reports:
        spent = None if each.kind == "progress" else Decimal("70.25")
        if spent is not None:
            with pytest.raises(ReviewRefused, match="how much"):
                send_report(report=each, person=board["alpha"], text="Done.", spent_usd=None, actor=TEST)
            with pytest.raises(ReviewRefused, match="More was spent"):
                send_report(report=each, person=board["alpha"], text="Done.", spent_usd=Decimal(91), actor=TEST)
        with pytest.raises((ReviewRefused, Proposal.DoesNotExist)):
            send_report(report=each, person=board["beta"], text="Done.", spent_usd=spent, actor=TEST)
        send_report(report=each, person=board["alpha"], text="Done.", spent_usd=spent, actor=TEST)
        if each == final:
            return_report(report=each, person=board["officer1"], comment="Of what?", actor=TEST)
            send_report(report=each, person=board["alpha"], text="Ten wells.", spent_usd=spent, actor=TEST)
        with pytest.raises(ReviewRefused):
            accept_report(report=each, person=board["alpha"], actor=TEST)
        accept_report(report=each, person=board["officer2"], actor=TEST)
    with pytest.raises(ReviewRefused, match="19\\.75"):
        close_project(refunded_usd=Decimal(20), **close)
    with pytest.raises(ReviewRefused):
        close_project(**{**close, "lessons": " "}, refunded_usd=Decimal("19.75"))
    closure = close_project(refunded_usd=Decimal("19.75"), **close)
    assert closure.refunded_usd == Decimal("19.75")
    closed = fresh(proposal)
    assert closed.standing == "closed"
    assert closed.approved_project is not None
    assert closed.approved_project.status == "completed"


def test_an_amendment_goes_through_the_same_steps_and_changes_the_project(board: Board) -> None:
    proposal = board.proposal()
    proposal.countries.add(board.country)
    approved(board, proposal, 90)
    project = fresh(proposal).approved_project
    assert project is not None
    Project.objects.unscoped("test").filter(pk=project.pk).update(title="Renamed since", version=7)
    longer = board.proposal(asks=250, amends=proposal, ends_on=date(2023, 6, 30))
    with pytest.raises(ReviewRefused):
        decide(
            proposal=longer,
            person=board["head"],
            outcome="approve",
            amount_usd=Decimal(250),
            reasons="Yes.",
            actor=TEST,
        )
    approved(board, longer, 250)
    after = fresh(longer).approved_project
    assert after is not None
    assert (after.pk, after.budget, after.ends_on, after.title) == (
        project.pk,
        Decimal(250),
        date(2023, 6, 30),
        "Renamed since",
    )
    # The amendment does not name the State any more: its link goes.
    assert not ProjectCountry.objects.unscoped("test").filter(project=project).exists()
    due = DueReport.objects.unscoped("test").filter(kind="final").values_list("proposal", "due_on", "dropped_at")
    assert [(owner, day, dropped is None) for owner, day, dropped in due] == [
        (proposal.pk, date(2022, 12, 31), False),
        (proposal.pk, date(2023, 6, 30), True),
    ]
    # 250 of the group's 300 are gone: the first award counts no more.
    other = board.proposal("BETA", 60)
    recommended(board, scored(board, other), amount=60)
    with pytest.raises(ReviewRefused, match="USD 50 left below"):
        decide(
            proposal=other,
            person=board["head"],
            outcome="approve",
            amount_usd=Decimal(60),
            reasons="Yes.",
            actor=TEST,
        )
    with pytest.raises(ReviewRefused, match="amendment"):
        close_project(proposal=longer, person=board["officer1"], lessons="None.", refunded_usd=Decimal(0), actor=TEST)


def test_a_partner_from_the_board_is_out_as_the_lead_is(board: Board) -> None:
    proposal = board.proposal("BETA")
    proposal.partners.add(Entity.objects.get(code="ALPHA"))
    screened(board, proposal)
    drawn = draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    assert {each["name"] for each in drawn.considered if each["excluded"].startswith("has a part")} == {"Member4"}
    both = somebody("both")
    both.roles_held.create(role="secretariat", starts_on=date(2015, 1, 1))
    both.roles_held.create(role="entity_focal_point", entity=board.entities["ALPHA"], starts_on=date(2015, 1, 1))
    with pytest.raises(ReviewRefused, match="part in this"):
        screen_proposal(proposal=board.proposal(), person=both, complete=True, comment="Mine.", actor=TEST)
