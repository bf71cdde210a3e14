"""The page of choosing: the plan, what is asked of it, the board's own choice beside it; for those at the desk."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from colonnade.analysis.choosing.reading import table_of
from colonnade.core.viewer import AUDIENCES
from colonnade.needs.models import Assessment, Recommendation
from colonnade.portfolio.models import Origin
from colonnade.review.models import Proposal
from colonnade.review.tests.boards import Board, board_of, recommended, scored
from colonnade.strategy.models import Theme
from colonnade.web.board.choosing import NAMED
from colonnade.web.conftest import House

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


@pytest.fixture
def board(house: House) -> Board:  # noqa: ARG001  # its strategy is there
    return board_of()


@pytest.fixture
def client_of(board: Board) -> ClientOf:
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(board[name])
        return client

    return sign_in


def need_of(board: Board, number: int, priority: str = "high", level: str = "compact") -> Recommendation:
    day = timezone.localdate()
    visit = Assessment.objects.unscoped("test").create(
        country=board.country, assessor=board.entities["DELTA"], kind="visit", starts_on=day, ends_on=day
    )
    return Recommendation.objects.unscoped("test").create(
        reference=f"CH-{number}", assessment=visit, country=board.country, title=f"Need {number}", text="Dig.",
        priority=priority, issued_on=day, level=level, theme=Theme.objects.get(code="dig"),
    )  # fmt: skip


def citing(board: Board, need: Recommendation, entity: str, asks: int) -> Proposal:
    return board.proposal(entity, asks, origin=Origin.RECOMMENDATION, cited_need=need, title=f"For {need.title}")


def page(client: Client, **asked: str | int | list[str]) -> str:
    answer = client.get(reverse("board-choosing", args=["wells"]), asked)
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


@pytest.fixture
def offered(board: Board) -> list[Proposal]:
    """Three proposals of one group, whose ceiling is 300: the first two go together, or the last alone."""
    one, two, three = (need_of(board, number, rank) for number, rank in enumerate(("high", "medium", "low")))
    return [citing(board, one, "ALPHA", 150), citing(board, two, "BETA", 150), citing(board, three, "GAMMA", 280)]


def test_the_plan_says_what_it_funds_and_why_not_the_rest(offered: list[Proposal], client_of: ClientOf) -> None:
    assert len(offered) == 3
    shown = page(client_of("officer1"))
    assert "2 proposals of 3" in shown
    assert "No choice that keeps the rules is worth more." in shown
    assert "at most 300 for group Wells" in shown
    assert "Forced in, the best plan meets" in shown
    assert "120 %" in shown


def test_what_is_asked_changes_the_plan_and_contradictions_are_named(
    offered: list[Proposal], client_of: ClientOf
) -> None:
    first, _second, third = (each.public_id for each in offered)
    officer = client_of("officer1")
    assert "1 proposal of 3" in page(officer, asked=1, **{f"want-{third}": "must"})
    shown = page(officer, asked=1, **{f"want-{first}": "must", f"want-{third}": "must"})
    assert "No choice keeps all the rules" in shown
    assert "For Need 0 must be funded" in shown
    assert "1 proposal of 3" in page(officer, asked=1, **{f"want-{first}": "out"})
    assert "2 proposals of 3" in page(officer, least="no number", most="-3", **{"floor-I": "1e9"})


def test_the_boards_own_choice_stands_beside_it(offered: list[Proposal], client_of: ClientOf) -> None:
    third = offered[2].public_id
    shown = page(client_of("member1"), asked=1, ours=[third, "nobody"])
    assert "Our choice beside the plan" in shown
    assert "per cent of the plan's" in shown
    assert "Need 0" in shown


def test_a_floor_for_a_pillar_without_proposals_is_said_in_one_sentence(
    offered: list[Proposal], client_of: ClientOf
) -> None:
    assert len(offered) == 3
    shown = page(client_of("officer1"), asked=1, **{"floor-I": "20"})
    assert "The plan funds nothing" in shown
    assert "at least 20 per cent of what is given is asked for" in shown
    for odd in ("0 proposals of 3", "No choice that keeps the rules is worth more", "Forced in", "It would add"):
        assert odd not in shown


def test_it_says_that_it_counts_what_the_reader_may_see(offered: list[Proposal], client_of: ClientOf) -> None:
    assert len(offered) == 3
    assert "whoever may see other proposals or other needs can get another plan" in page(client_of("member1"))


def test_what_is_given_up_is_named_as_far_as_there_is_room_and_adds_up(board: Board, client_of: ClientOf) -> None:
    needs = [need_of(board, number) for number in range(NAMED + 3)]
    for place, need in enumerate(needs):
        citing(board, need, "ALPHA" if place % 2 else "BETA", 10)
    last = Proposal.objects.unscoped("test").order_by("pk").last()
    assert last is not None
    shown = page(client_of("officer1"), asked=1, ours=[last.public_id])
    table = shown[shown.index("Needs that one of the two meets further") :]
    table = table[: table.index("</table>")]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in table.split("<tr>")[2:]]
    assert len(rows) == NAMED + 2
    assert rows[NAMED][:3] == ["and", "2", "more"]
    *named, together = [Decimal(row[-1]) for row in rows]
    assert sum(named) == together


def test_what_was_recommended_is_ticked_already(board: Board, client_of: ClientOf) -> None:
    proposal = citing(board, need_of(board, 1), "ALPHA", 150)
    recommended(board, scored(board, proposal), amount=120)
    viewer_page = page(client_of("officer1"))
    assert "Our choice gives (US dollars)" in viewer_page
    assert "120, in the plan 150" in viewer_page


def test_a_need_that_the_reader_may_not_see_is_in_nobodys_plan(board: Board, client_of: ClientOf) -> None:
    citing(board, need_of(board, 1, level="restricted"), "ALPHA", 150)
    assert "1 proposal of 1" in page(client_of("officer1"))
    assert "It meets no need that has any weight and is unmet." in page(client_of("member1"))


def test_it_is_there_for_those_at_the_desk_only(offered: list[Proposal], client_of: ClientOf) -> None:
    assert all(each.title in page(client_of("auditor")) for each in offered)
    for name in ("alpha", "donor"):
        assert client_of(name).get(reverse("board-choosing", args=["wells"])).status_code == 404
    assert Client().get(reverse("board-choosing", args=["wells"])).status_code == 404


def test_without_proposals_it_says_so(board: Board, client_of: ClientOf) -> None:
    assert board.call.budget_usd
    assert "No proposal was sent yet" in page(client_of("officer1"))


def test_it_asks_as_many_queries_however_many_proposals(board: Board, client_of: ClientOf) -> None:
    officer = client_of("officer1")

    def asked() -> int:
        page(officer)
        with CaptureQueriesContext(connection) as queries:
            page(officer)
        return len(queries)

    for number in range(2):
        citing(board, need_of(board, number), "ALPHA", 100)
    few = asked()
    for number in range(2, 8):
        citing(board, need_of(board, number), "BETA", 100 + number)
    assert asked() == few <= 20
    viewer = AUDIENCES["secretariat"].viewer
    assert len(table_of(viewer, board.call).offered) == 8


def test_amounts_are_exact_to_the_cent(board: Board, client_of: ClientOf) -> None:
    citing(board, need_of(board, 1), "ALPHA", 100)
    Proposal.objects.unscoped("test").update(requested_usd=Decimal("99.99"))
    assert "99.99" in page(client_of("officer1"))
