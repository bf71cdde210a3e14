"""The desk of a call, the way of a proposal and its screening: each says why something cannot be, and leads on."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colonnade.core.viewer import Role
from colonnade.funding.models import SeedAward, SeedRound
from colonnade.members.models import RoleHeld
from colonnade.review.actions.screening import COMMENTED
from colonnade.review.models import BudgetLine, Call, Meeting, Proposal
from colonnade.review.tests.boards import Board, approved, board_of, screened
from colonnade.web.board.tests.test_board_pages import send, text, way
from colonnade.web.conftest import House
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import amount

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(house: House) -> Board:  # noqa: ARG001  # its strategy is there
    return board_of()


@pytest.fixture
def client_of(board: Board) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(board[name])
        return client

    return sign_in


def test_the_desk_flags_a_group_whose_proposals_cannot_all_be_awarded(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    address, officer = reverse("board-call", args=[board.call.code]), client_of("officer1")
    first = approved(board, board.proposal("ALPHA", 200), 200)
    board.proposal("BETA", 100)
    # An amendment takes the place of what it amends: it asks for 180 in place of the 200.
    board.proposal("ALPHA", 180, amends=first.proposal)
    assert "not all can be awarded" not in text(officer.get(address))
    board.proposal("GAMMA", 50)
    assert "30 more than is free: not all can be awarded" in text(officer.get(address))


def test_the_desk_of_a_round_that_was_run_outside_shows_its_awards_and_nothing_to_do(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    published = SeedRound.objects.get()
    Call.objects.unscoped("test").filter(pk=board.call.pk).update(seed_round=published, standing="decided")
    page = text(client_of("officer1").get(reverse("board-call", args=[board.call.code])))
    awards = list(published.awards.all())
    assert awards
    assert all(award.title in page for award in awards)
    assert amount(sum((award.amount_usd for award in awards), Decimal(0))) in page
    for wrong in ("No proposal was sent yet", "Plan a meeting", "Choose under the budget", "USD 0"):
        assert wrong not in page
    send(
        client_of("officer1"), "plan-meeting", [board.call.code], status=400, title="Late", held_on=timezone.localdate()
    )


def test_a_meeting_is_not_planned_before_its_call_opened(board: Board, client_of: Callable[[str], Client]) -> None:
    opened = board.call.opens_on
    assert opened is not None
    officer, code = client_of("officer1"), board.call.code
    send(officer, "plan-meeting", [code], status=400, title="Early", held_on=opened - timedelta(days=1))
    assert not Meeting.objects.unscoped("test").exists()
    send(officer, "plan-meeting", [code], title="In time", held_on=opened)
    assert Meeting.objects.unscoped("test").count() == 1


def test_too_few_reviewers_are_said_with_who_is_left_out_why_and_where_it_is_mended(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal = screened(board, board.proposal("ALPHA"))
    RoleHeld.objects.filter(role=Role.BOARD, person__in=[board[f"member{number}"] for number in (1, 2, 3)]).delete()
    page = text(client_of("officer1").get(way(proposal)))
    assert "2 reviewers are needed, and 1 can be drawn." in page
    assert re.search(r'disabled aria-describedby="draw-why">Draw the reviewers', page)
    left_out = re.sub(r"<[^>]+>", " ", page[page.index("Members who are left out") :])
    assert re.search(r"Head\s+decides on proposals", left_out)
    assert re.search(r"Member4\s+has a part in the proposal", left_out)
    assert f'href="{reverse("appoint", args=[board.call.code])}"' in page
    assert f'href="{reverse("people")}"' not in page
    RoleHeld.objects.create(person=board["officer1"], role=Role.ADMINISTRATOR, starts_on=timezone.localdate())
    assert f'href="{reverse("people")}"' in text(client_of("officer1").get(way(proposal)))
    assert "Members who are left out" not in text(client_of("auditor").get(way(proposal)))


def test_scoring_is_not_closed_before_all_scores_are_in(board: Board, client_of: Callable[[str], Client]) -> None:
    proposal = screened(board, board.proposal())
    officer = client_of("officer1")
    page = text(officer.get(way(proposal)))
    assert re.search(r'disabled aria-describedby="close-scoring-why">All scores are in', page)
    assert "0 of 2 reviewers have finished." in page
    assert page.index("Draw the reviewers") < page.index("All scores are in")
    assert "0 of 2 reviewers have finished." in text(officer.get(reverse("close-scoring", args=[proposal.public_id])))


def test_a_meeting_that_nobody_was_a_member_for_says_so_and_where_members_are_recorded(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    found = Meeting.objects.unscoped("test").create(
        call=board.call, title="Early", held_on=timezone.localdate() - timedelta(days=20_000)
    )
    page = text(client_of("officer1").get(reverse("record-attendance", args=[found.public_id])))
    assert "Nobody was a member of the board on" in page
    assert f'href="{reverse("appoint", args=[board.call.code])}"' in page
    assert '<form method="post" class="board-form">' not in page


def test_screening_shows_what_the_proposal_says_beside_each_box(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal = board.proposal(purpose="Clean water\nfor all.", requested_usd=Decimal(80_500))
    proposal.countries.add(board.country)
    BudgetLine.objects.unscoped("test").create(
        proposal=proposal, position=1, category="staff", description="Diggers", amount_usd=Decimal(80_500)
    )
    page = text(client_of("officer1").get(reverse("screen-proposal", args=[proposal.public_id])))
    sections = dict(re.findall(r'aria-labelledby="said-on_(\w+)">(.*?)</section>', page, re.DOTALL))
    assert list(sections) == list(COMMENTED)
    for name, said in (
        *(("purpose", "Clean water<br>for all."), ("requested_usd", "USD 80,500"), ("places", "Hereland")),
        *(("budget", "Diggers"), ("origin", "W/RES/1"), ("risks", "The proposal says nothing of it.")),
    ):
        assert said in sections[name]
        assert f'name="on_{name}"' in sections[name]
    assert page.index("said-on_purpose") < page.index('name="outcome"')


def test_what_happened_on_one_day_stands_in_the_order_in_which_it_did(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal = board.proposal()
    screened(board, proposal)
    page = text(client_of("officer1").get(way(proposal)))
    happened = page[page.index('id="happened"') :]
    assert happened.index("Begun") < happened.index("Sent") < happened.index("Screening")


def test_the_two_pages_of_a_proposal_and_of_a_call_lead_to_each_other(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal, call = board.proposal(), board.call.code
    officer = client_of("officer1")
    own, desk = reverse("proposal", args=[proposal.public_id]), reverse("board-call", args=[call])
    assert f'href="{own}"' in text(officer.get(way(proposal)))
    assert f'href="{way(proposal)}"' in text(officer.get(own))
    assert f'href="{desk}"' in text(officer.get(reverse("call", args=[call])))
    assert f'href="{reverse("call", args=[call])}"' in text(officer.get(desk))
    for client in (client_of("alpha"), Client()):
        assert f'href="{desk}"' not in text(client.get(reverse("call", args=[call])))


def test_the_applicants_page_says_what_comes_next_by_when_and_where_comments_stand(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal = board.proposal()
    address, alpha = reverse("proposal", args=[proposal.public_id]), client_of("alpha")
    page = text(alpha.get(address))
    until = short_day(timezone.localdate() + timedelta(days=10))
    assert re.search(rf"It waits for: <strong[^>]*>Screening</strong>, until {until}", page)
    assert "every step, questions to answer" in page
    screened(board, proposal)
    page = text(alpha.get(address))
    assert ">Scoring</strong>, until" in page
    assert "what the secretariat said" in page
    Proposal.objects.unscoped("test").filter(pk=proposal.pk).update(standing="draft")
    assert "It waits for" not in text(alpha.get(address))


def test_what_is_assumed_of_how_projects_are_chosen_is_marked_and_what_is_not_published_is_no_nought(
    board: Board,
) -> None:
    said = [
        {"of": of, "text": f"Made up: {of}.", "assumed": True}
        for of in ("steps.screening", "criteria", "steps.scoring", "quorum", "objection_days")
    ]
    said.append({"of": "steps.board", "text": "Para. 7 says so."})
    Call.objects.unscoped("test").update(rules={**board.call.rules, "notes": said})
    SeedAward.objects.update(working_group=None)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(Client().get(reverse("how-chosen")))))
    assert "Screening within 10 days · assumed: Made up: steps.screening." in page
    assert "The board within 30 days · Para. 7 says so." in page
    assert "drawn by lot 2 assumed: Made up: steps.scoring." in page
    assert "board needs 3 assumed: Made up: quorum." in page
    assert "object 30 assumed: Made up: objection_days." in page
    assert "Assumed: Made up: criteria." in page
    assert "not published" in page
