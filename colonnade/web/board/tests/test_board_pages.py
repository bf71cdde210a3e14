"""The board's pages: a proposal walks its whole way through them, and nobody reaches what is not theirs."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordFile

from colonnade.members.queries import viewer_for
from colonnade.review.models import (
    AgendaItem,
    Call,
    Condition,
    Decision,
    DueReport,
    Meeting,
    Proposal,
    Question,
    Reviewer,
)
from colonnade.review.tests.boards import (
    BOARD_DECIDES,
    Board,
    approved,
    board_of,
    fresh,
    met,
    recommended,
    scored,
    screened,
)
from colonnade.strategy.models import Strategy
from colonnade.web.board.files import paper_facts
from colonnade.web.conftest import House

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


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def way(proposal: Proposal) -> str:
    return reverse("proposal-way", args=[proposal.public_id])


def send(client: Client, name: str, args: list[Any], status: int = 302, **typed: Any) -> None:
    answer = client.post(reverse(name, args=args), typed)
    assert answer.status_code == status, unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))[-1500:]


def test_a_proposal_walks_from_its_screening_to_its_closing(board: Board, client_of: Callable[[str], Client]) -> None:
    proposal = board.proposal()
    officer, second, head, alpha = (client_of(name) for name in ("officer1", "officer2", "head", "alpha"))
    key = [proposal.public_id]

    def version() -> int:
        return fresh(proposal).version

    send(officer, "screen-proposal", key, outcome="returned", comment="", seen_version=version(), status=400)
    send(officer, "screen-proposal", key, outcome="complete", comment="", seen_version=version())
    send(officer, "ask-question", key, text="How deep?")
    question = Question.objects.unscoped("test").get()
    send(alpha, "answer-question", [question.public_id], text="Ten metres.")
    send(officer, "draw-reviewers", key)
    for reviewer in Reviewer.objects.unscoped("test").select_related("person"):
        client = Client()
        client.force_login(reviewer.person)
        assert "For you to score" in text(client.get(reverse("board")))
        marks: dict[str, Any] = {"value_need": 4, "comment_need": "Dry land.", "value_method": 2, "overall": "Sound."}
        send(client, "score-proposal", key, **marks)
        send(client, "score-proposal", key, finish=1, **marks)
        send(client, "score-proposal", key, finish=1, status=400, **marks)
    send(officer, "close-scoring", key, text="Both agree.")
    send(second, "plan-meeting", [board.call.code], title="June", held_on=timezone.localdate().isoformat(), place="")
    meeting = Meeting.objects.unscoped("test").get()
    send(second, "set-agenda", [meeting.public_id], **{f"place_{proposal.public_id}": 1})
    present = [board[name].pk for name in ("member1", "member2", "member3", "chair")]
    send(second, "record-attendance", [meeting.public_id], present=present, minutes="All there.")
    at = [meeting.public_id, proposal.public_id]
    send(client_of("member1"), "record-vote", at, member=board["member1"].pk, outcome="conditions")
    send(client_of("member2"), "record-vote", at, member=board["member2"].pk, outcome="recused", reason="A friend.")
    offer: dict[str, Any] = {
        "outcome": "conditions",
        "amount_usd": "90",
        "reasons": "It is needed.",
        "term_1": "Name a partner.",
        "due_1": "2021-02-01",
    }
    send(second, "record-recommendation", at, **offer)
    assert "For you to decide" in text(head.get(reverse("board")))
    page = text(head.get(reverse("decide-proposal", args=key)))
    assert "It is needed." in page
    assert 'value="90.00"' in page
    send(head, "decide-proposal", key, seen_version=version(), feedback="Well made.", **offer)
    assert fresh(proposal).standing == "approved"
    send(alpha, "report-condition", [*key, 1], text="The letter.")
    send(officer, "confirm-condition", [*key, 1])
    assert Condition.objects.unscoped("test").get().met_by == board["officer1"]
    for report in DueReport.objects.unscoped("test"):
        send(alpha, "send-report", [report.public_id], text="Ten wells.", spent_usd="60.50")
        send(officer, "accept-report", [report.public_id])
    page = text(officer.get(reverse("close-project", args=key)))
    assert "USD 90" in page
    assert "USD 60.50" in page
    send(officer, "close-project", key, lessons="Dig first.", refunded_usd="30", seen_version=version(), status=400)
    send(officer, "close-project", key, lessons="Dig first.", refunded_usd="29.50", seen_version=version())
    page = text(alpha.get(way(proposal)))
    for said in ("Ten metres.", "Name a partner.", "Well made.", "Dig first.", "Closed"):
        assert said in page


def test_buttons_come_from_the_workflow_and_say_why_not(board: Board, client_of: Callable[[str], Client]) -> None:
    proposal = board.proposal()
    page = text(client_of("alpha").get(way(proposal)))
    assert re.search(r"<button[^>]*disabled[^>]*>Screen it</button> <p[^>]*>Only the secretariat screens", page)
    page = text(client_of("officer1").get(way(proposal)))
    assert f'href="{reverse("screen-proposal", args=[proposal.public_id])}">Screen it</a>' in page
    recommended(board, scored(board, proposal))
    page = text(client_of("officer1").get(way(proposal)))
    assert re.search(r"disabled[^>]*>Decide</button> <p[^>]*>Only the head decides\.", page)
    assert ">Decide</a>" in text(client_of("head").get(way(proposal)))


@pytest.mark.parametrize("name", ["beta", "donor", None])
def test_others_proposals_are_not_there(board: Board, client_of: Callable[[str], Client], name: str | None) -> None:
    proposal = board.proposal()
    decision = approved(board, proposal)
    client = client_of(name) if name else Client()
    report = DueReport.objects.unscoped("test").first()
    assert report is not None
    item = AgendaItem.objects.unscoped("test").get()
    addresses = [
        way(proposal),
        reverse("decide-proposal", args=[proposal.public_id]),
        reverse("letter-pdf", args=[decision.public_id]),
        reverse("letter-docx", args=[decision.public_id]),
        reverse("raise-objection", args=[decision.public_id]),
        reverse("send-report", args=[report.public_id]),
        reverse("board-meeting", args=[item.meeting.public_id]),
        reverse("meeting-papers", args=[item.meeting.public_id]),
        reverse("board-call", args=[board.call.code]),
        reverse("board-figures", args=[board.call.code]),
        reverse("board-figure-records", args=[board.call.code]) + "?measure=sent",
    ]
    assert {client.get(address).status_code for address in addresses} == {404}


def test_an_applicant_does_not_read_what_the_board_says_before_it_is_decided(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    page = text(client_of("alpha").get(way(proposal)))
    for said in ("The board agrees.", "Both agree.", "Scores", "Member1", "Member2"):
        assert said not in page
    page = text(client_of("member4").get(way(proposal)))
    assert "The board agrees." not in page
    page = text(client_of("officer1").get(way(proposal)))
    assert "The board agrees." in page
    assert "Both agree." in page


#: Address -> the most queries that it asks, those of the house around it included.
CEILINGS = {"board": 12, "how-chosen": 14, "board-call": 19, "board-figures": 16}


def test_lists_ask_few_queries_however_many_proposals_there_are(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    def asked() -> dict[str, int]:
        counted = {}
        for name in CEILINGS:
            address = reverse(name, args=[board.call.code] if name.startswith("board-") else [])
            with CaptureQueriesContext(connection) as found:
                text(officer.get(address))
            counted[name] = len(found)
        return counted

    officer = client_of("officer1")
    scored(board, board.proposal("ALPHA", 60))
    asked()
    few = asked()
    assert all(few[name] <= most for name, most in CEILINGS.items()), few
    for entity in ("BETA", "GAMMA", "DELTA"):
        scored(board, board.proposal(entity, 60))
    assert asked() == few


def test_the_desk_shows_clocks_and_what_is_left_below_a_ceiling(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    approved(board, board.proposal("ALPHA", 200), 200)
    late = board.proposal("BETA", 100)
    Proposal.objects.unscoped("test").filter(pk=late.pk).update(standing_since=timezone.now() - timedelta(days=14))
    page = re.sub(r"<[^>]+>", " ", text(client_of("officer1").get(reverse("board-call", args=[board.call.code]))))
    words = " ".join(page.split())
    assert "overdue by 4 days" in words
    assert "On wells" not in words
    assert re.search(r"Wells 200 300 100 100", words)


def test_a_meeting_hides_from_a_member_what_they_have_a_part_in(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    own, other = scored(board, board.proposal("ALPHA", 60)), scored(board, board.proposal("BETA", 60))
    [first, second] = met(board, own, other)
    address = reverse("board-meeting", args=[first.meeting.public_id])
    page = text(client_of("member4").get(address))
    assert other.title in page
    assert own.title not in page
    assert own.title in text(client_of("member1").get(address))
    papers = client_of("member4").get(reverse("meeting-papers", args=[second.meeting.public_id]))
    assert papers.content.startswith(b"%PDF")
    facts = paper_facts(viewer_for(board["member4"], timezone.localdate()), second.meeting)
    assert [paper.title for paper in facts.proposals] == [other.title]
    assert ("Reviewers on Need", "") in facts.proposals[0].texts


def test_the_letter_tells_the_applicant_what_was_decided_and_why(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    decision = approved(board, board.proposal(), 90)
    alpha = client_of("alpha")
    assert alpha.get(reverse("letter-pdf", args=[decision.public_id])).content.startswith(b"%PDF")
    answer = alpha.get(reverse("letter-docx", args=[decision.public_id]))
    word = " ".join(part.text for part in WordFile(BytesIO(answer.content)).paragraphs)
    for said in ("has been approved", "USD 90", "It is sound.", "Need: 4.00 of 5", "Final report", "until"):
        assert said in word, said
    assert "Member" not in word
    assert answer["Cache-Control"] == "private, no-store"


def test_deciding_asks_for_a_recent_confirmation(
    board: Board, client_of: Callable[[str], Client], settings: Any
) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    settings.CONFIRMED_FOR = -1
    head = client_of("head")
    answer = head.get(reverse("decide-proposal", args=[proposal.public_id]))
    assert answer.status_code == 302
    assert reverse("confirm") in answer["Location"]
    typed = {"outcome": "approve", "amount_usd": "90", "reasons": "Yes.", "seen_version": proposal.version}
    head.post(reverse("decide-proposal", args=[proposal.public_id]), typed)
    assert not Decision.objects.unscoped("test").exists()


def test_an_objection_goes_from_the_applicant_to_the_secretariat_and_back(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    decision = approved(board, board.proposal(), 40)
    send(client_of("alpha"), "raise-objection", [decision.public_id], text="Too little.")
    officer = client_of("officer1")
    assert "Answer the objection" in text(officer.get(way(decision.proposal)))
    send(officer, "answer-objection", [decision.public_id], standing="upheld", answer="True.")
    assert "Upheld" in text(client_of("alpha").get(way(decision.proposal)))
    assert ">Decide</a>" in text(client_of("head").get(way(decision.proposal)))


def test_everybody_reads_how_projects_are_chosen_and_nobody_what_was_asked(board: Board) -> None:
    approved(board, board.proposal(), 77)
    page = text(Client().get(reverse("how-chosen")))
    assert "A call for wells" in page
    assert "75.0 per cent of the score" in page
    assert "77" not in re.sub(r"<[^>]+>", " ", page)


def test_figures_of_a_call_add_up(board: Board, client_of: Callable[[str], Client]) -> None:
    approved(board, board.proposal("ALPHA", 100), 70)
    other = board.proposal("BETA", 50)
    recommended(board, scored(board, other), "reject", None)
    page = text(client_of("officer1").get(reverse("board-figures", args=[board.call.code])))
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "ALPHA 1 1 1 100 100 70" in words
    assert "BETA 1 0 0 50 0 0" in words
    assert "Total 2 1 1 150 100 70" in words


def test_a_number_of_a_call_opens_to_the_proposals_that_make_it_up(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    approved(board, board.proposal("ALPHA", 100, title="Wells of the north"), 70)
    board.proposal("BETA", 50, title="Wells of the south")
    officer = client_of("officer1")
    page = text(officer.get(reverse("board-figures", args=[board.call.code])))
    opened = {}
    for address in {unescape(found) for found in re.findall(r'href="([^"]*/figures/records/[^"]*)"', page)}:
        answer = officer.get(address)
        assert answer.status_code == 200
        opened[address.split("?")[1]] = " ".join(re.sub(r"<[^>]+>", " ", text(answer)).split())
    whole, alpha = opened["measure=asked"], opened["measure=given&by=entity&of=ALPHA"]
    assert "Wells of the north ALPHA 100 Wells of the south BETA 50 Total 150" in whole
    assert "Wells of the north ALPHA 70 Total 70" in alpha
    assert "Wells of the south" not in alpha
    assert "Wells of the north ALPHA 0" in opened["step=decision"]
    assert "measure=given&by=entity&of=BETA" not in opened  # nothing was given: there is nothing to open
    for wrong in ("", "?measure=luck", "?measure=sent&by=colour", "?step=luck"):
        assert officer.get(reverse("board-figure-records", args=[board.call.code]) + wrong).status_code == 404


def test_the_secretariat_prepares_a_call_and_records_who_holds_an_office(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    officer = client_of("officer1")
    typed: dict[str, Any] = {
        "code": "pipes",
        "title": "A call for pipes",
        "process": board.call.process.code,
        "opens_on": "2020-01-01",
        "closes_on": "2020-02-01",
        "budget_usd": "500",
    }
    assert "Prepare a call" in text(officer.get(reverse("board")))
    send(officer, "prepare-call", [], status=400, **{**typed, "closes_on": "2019-01-01"})
    send(officer, "prepare-call", [], **typed)
    send(officer, "prepare-call", [], status=400, **typed)
    assert "A call for pipes" in text(officer.get(reverse("board")))
    assert "A call for pipes" not in text(client_of("member1").get(reverse("board")))
    today = timezone.localdate().isoformat()
    office: dict[str, Any] = {"kind": "head", "holder": board["member1"].pk, "starts_on": today}
    send(client_of("member1"), "appoint", [board.call.code], status=400, **office)
    send(officer, "appoint", [board.call.code], **office)
    assert "Member1" in text(officer.get(reverse("board-call", args=[board.call.code])))


def test_a_call_opens_and_closes_at_its_desk(board: Board, client_of: Callable[[str], Client]) -> None:
    calls = Call.objects.unscoped("test").filter(pk=board.call.pk)
    calls.update(standing=Call.Standing.PREPARING)
    officer, desk = client_of("officer1"), reverse("board-call", args=[board.call.code])
    assert client_of("member1").get(desk).status_code == 404
    assert "Open the call" in text(officer.get(desk))
    send(officer, "open-call", [board.call.code])
    assert "Applicants were promised" in text(officer.get(desk))
    calls.update(closes_on=timezone.localdate())
    send(officer, "close-call", [board.call.code])
    assert calls.get().standing == Call.Standing.CLOSED


def test_a_board_without_scores_has_no_page_of_them(house: House) -> None:  # noqa: ARG001  # its strategy is there
    board = board_of(BOARD_DECIDES, ceiling=None, code="pipes")
    proposal = screened(board, board.proposal())
    client = Client()
    client.force_login(board["officer1"])
    page = text(client.get(way(proposal)))
    assert "Draw the reviewers" not in page
    assert "Record the recommendation at a meeting" in page
    recommended(board, proposal, "approve", 80)
    chair = Client()
    chair.force_login(board["chair"])
    assert "confirm what it recommended" in text(chair.get(reverse("decide-proposal", args=[proposal.public_id])))
    offer: dict[str, Any] = {
        "outcome": "approve",
        "amount_usd": "80",
        "reasons": "So.",
        "seen_version": fresh(proposal).version,
    }
    send(chair, "decide-proposal", [proposal.public_id], **offer)
    assert fresh(proposal).standing == "approved"
    assert fresh(proposal).approved_project.budget == Decimal(80)  # type: ignore[union-attr]  # approval made it
    assert Strategy.objects.exists()
