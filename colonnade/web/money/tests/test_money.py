"""The money's pages: what is short, who could fund it, what is public, and what is said where there is nothing."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.funding.models import Appeal, SeedRound
from colonnade.strategy.models import Strategy
from colonnade.web.conftest import PROJECTS, House
from colonnade.web.money.seed import differences

Reader = Callable[[str], Client]


def plain(client: Client, address: str) -> str:
    """The words of a page."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_first_words_say_how_much_is_short_of_how_many_projects(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("officer"), "/money/")
    # 64 projects lack 600,000 each: one reports no budget, one has too much, one has nothing at all.
    short = (PROJECTS - 3) * 600_000 + 1_000_000
    assert f"Funding shortfall ${short / 1e6:.1f} million" in page
    assert f"Active projects that are short {PROJECTS - 2} {PROJECTS} active projects in all" in page


def test_every_number_of_the_money_opens(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = reader("officer").get("/money/").content.decode()
    cells = re.findall(r'<td class="n[^"]*">(.*?)</td>', page)
    closed = [cell for cell in cells if re.search(r"\d", re.sub(r"<[^>]+>", "", cell)) and "href" not in cell]
    assert len(cells) > 20
    assert closed == []
    opened = set(re.findall(r'class="number" dir="auto" href="([^"]+)"', page))
    client = reader("public")
    for address in sorted(opened):
        if address.startswith("/figures/"):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_project_that_is_short_of_most_stands_first(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/money/")
    short = page.partition("The projects that are short of most")[2]
    assert short.index("Well number 02") < short.index("600,000")
    assert "Well number 01" not in short.partition("Funded beyond their budget")[0]


def test_a_surplus_has_a_table_of_its_own(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    beyond = plain(reader("public"), "/money/").partition("Funded beyond their budget")[2]
    assert "Well number 01 200,000" in beyond
    assert "a surplus of one project makes up for no other&#x27;s shortfall" in beyond


def test_projects_without_amounts_are_said_to_have_none(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("officer"), "/money/")
    assert "Active projects that report no budget or no funding 1" in page


def test_contributors_stand_in_the_published_order_without_amounts(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/money/").partition("Contributors in the published order")[2]
    listed = page.partition("Contributions recorded")[0]
    assert listed.index("The first giver") < listed.index("The second giver")
    assert "The amounts were not published" in listed
    assert re.findall(r"USD [\d,]+", listed) == ["USD 1,500,000"]


def test_a_reader_is_told_only_of_contributions_that_they_may_see(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    public = plain(reader("public"), "/money/contributors/giver/")
    assert "A public well" in public
    assert "A well of the compact" not in public
    assert "A confidential well" not in public
    officer = plain(reader("officer"), "/money/contributors/giver/")
    assert "A well of the compact" in officer
    assert "A confidential well" in officer
    assert "Contributions recorded $3,000 contributions: 3" in officer
    assert "Contributions recorded $1,000 contributions: 1" in public


def test_a_place_in_the_list_is_not_given_an_amount(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/money/contributors/first/")
    assert "Place in the published list 1" in page
    assert "no amounts" in page
    assert "No contribution is recorded and open to you" in page
    assert not re.search(r"(USD|\$)\s?\d", page)


def test_the_report_to_somebody_of_the_list_states_their_place_and_no_sum(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    answer = reader("public").get("/money/contributors/first/report.docx")
    words = "\n".join(str(text.text) for text in docx.Document(BytesIO(answer.content)).element.iter("{*}t"))
    assert "Place in the published list" in words
    assert "states no amounts" in words
    assert "Pledged" not in words
    assert "0.00" not in words


def test_a_round_says_whether_what_was_published_agrees_with_its_awards(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    agrees = plain(reader("public"), "/money/seed/2018/")
    assert "Count and total agree" in agrees
    assert "No working group was published for these awards." in agrees
    departs = plain(reader("public"), "/money/seed/2019/")
    assert "2 awards were published, and 1 are recorded." in departs
    assert "A total of USD 150 was published; the awards add up to USD 100, USD 50 apart." in departs
    assert "100 the ceiling" in departs


def test_a_round_without_awards_is_no_error(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/money/seed/2020/")
    assert "No award is recorded of this round" in page
    assert "0 awards" in page


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [(None, None, 0), (3, None, 0), (None, Decimal("9.00"), 0), (2, Decimal(9), 1), (2, Decimal(8), 2)],
)
def test_only_what_was_published_can_differ(count: int | None, total: Decimal | None, said: int) -> None:
    call = SeedRound(code="r", title="r", year=2019, published_count=count, published_total_usd=total)
    assert len(differences(call, 3, Decimal(9))) == said


def test_an_appeal_that_no_figure_counts_is_counted_on_its_own_page(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    Appeal.objects.create(key="other", title="Another appeal", first_year=2021, last_year=2021, source="s")
    assert "No project of this appeal is open to you" in plain(reader("public"), "/money/appeals/other/")
    assert "No figure counts this appeal" in plain(reader("public"), "/money/")


@pytest.mark.parametrize("address", ["seed/none/", "appeals/none/", "contributors/none/", "contributors/first/?page=2"])
def test_what_is_not_there_is_not_there(address: str, funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert reader("officer").get(f"/money/{address}").status_code == 404


def test_a_strategy_without_money_says_so_without_an_error(db: None) -> None:  # noqa: ARG001  # a fixture that the test rests on
    Strategy.objects.create(
        code="water",
        title="The Strategy for Clean Water",
        short_title="Clean Water",
        document_symbol="W/1",
        document_title="The state of the wells",
        published_on=date(2019, 8, 31),
        pack_digest="1" * 64,
    )
    page = plain(Client(), "/money/")
    for said in ("No inventory is recorded yet", "No appeal is recorded", "No round of seed money", "No trust fund"):
        assert said in page


def test_the_pages_say_that_they_rest_on_what_the_reader_may_see(funded: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    public, officer = reader("public"), reader("officer")
    for address in ("/money/", "/money/appeals/wells-appeal/", "/money/contributors/giver/"):
        assert "Counted over what the public may see" in plain(public, address)
        assert "Counted over what" not in plain(officer, address)


@pytest.mark.usefixtures("funded")
@pytest.mark.parametrize(
    ("address", "ceiling"),
    # A record's own page may ask a little more than a list.
    [("/money/", 12), ("/money/seed/2019/", 12)],
)
def test_the_money_asks_the_database_little_and_weighs_little(address: str, ceiling: int, reader: Reader) -> None:
    client = reader("donor")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert len(asked) <= ceiling, [query["sql"] for query in asked.captured_queries]
    assert len(response.content) < 150_000
