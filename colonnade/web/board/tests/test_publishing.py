"""What shared funding achieved: published by a second person, of public projects alone, and read by everybody."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colonnade.portfolio.models import Project
from colonnade.review.actions.following import accept_report, close_project, send_report
from colonnade.review.models import DueReport, Output, ProjectResult, Proposal
from colonnade.review.tests.boards import TEST, Board, approved, board_of, fresh
from colonnade.web.board.tests.test_board_pages import send, text
from colonnade.web.conftest import House

pytestmark = pytest.mark.django_db
LESSONS = "Ask the villages first."


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


def closed(board: Board, *, level: str) -> Proposal:
    """A proposal that was approved with 90, spent 60 and was closed by the first officer."""
    proposal = board.proposal()
    Output.objects.unscoped("test").create(
        proposal=proposal, position=1, kind="product", title="Wells dug", target="Ten wells"
    )
    approved(board, proposal, 90)
    for report in DueReport.objects.unscoped("test").filter(proposal=proposal):
        sent = send_report(report=report, person=board["alpha"], text="Dug.", spent_usd=Decimal(60), actor=TEST)
        accept_report(report=sent, person=board["officer1"], actor=TEST)
    close_project(proposal=proposal, person=board["officer1"], lessons=LESSONS, refunded_usd=Decimal(30), actor=TEST)
    made = fresh(proposal)
    Project.objects.unscoped("test").filter(pk=made.approved_project_id or 0).update(level=level)
    return made


def publish(client: Client, proposal: Proposal, status: int = 302, **typed: Any) -> None:
    sent = {"delivered_1": "Nine wells", "lessons": LESSONS, **typed}
    send(client, "publish-result", [proposal.public_id], status, **sent)


def chosen(client: Client | None = None) -> str:
    return text((client or Client()).get(reverse("how-chosen")))


def test_what_a_closed_project_achieved_is_published_by_another_and_read_by_everybody(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal = closed(board, level="public")
    first, second = client_of("officer1"), client_of("officer2")
    assert "Nothing is published of closed projects yet" in chosen()
    assert LESSONS not in chosen(second)
    way = reverse("proposal-way", args=[proposal.public_id])
    assert "You closed this project: another person publishes" in text(first.get(way))
    publish(second, proposal, 400, delivered_1=" ")
    publish(second, proposal)
    page = chosen()
    for said in ("Wells dug: Nine wells", "target: Ten wells", LESSONS, ">60<", ">90<"):
        assert said in page, said
    publish(second, proposal, 400)
    send(first, "withdraw-result", [proposal.public_id])
    assert LESSONS not in chosen()
    assert ProjectResult.objects.unscoped("test").get().withdrawn_by == board["officer1"]


def test_nothing_is_published_of_a_project_that_is_not_public_nor_read_once_it_is_not(
    board: Board, client_of: Callable[[str], Client]
) -> None:
    proposal = closed(board, level="compact")
    second = client_of("officer2")
    publish(second, proposal, 400)
    projects = Project.objects.unscoped("test").filter(pk=proposal.approved_project_id or 0)
    projects.update(level="public")
    publish(second, proposal)
    assert LESSONS in chosen()
    projects.update(level="compact")
    assert LESSONS not in chosen()
    assert LESSONS in chosen(second)


@pytest.mark.parametrize("name", ["officer1", "alpha", "head", "member1"])
def test_others_do_not_publish(board: Board, client_of: Callable[[str], Client], name: str) -> None:
    proposal = closed(board, level="public")
    publish(client_of(name), proposal, 400)
    assert not ProjectResult.objects.unscoped("test").exists()
