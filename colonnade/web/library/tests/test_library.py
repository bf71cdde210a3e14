"""The library: what was published, recommended and sent in; filters in the address, files of what is shown."""

import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from colonnade.strategy.models import Strategy
from colonnade.web.conftest import House
from colonnade.web.library.narrowing import RowFacet, groups, holds, narrowed
from colonnade.web.shared.partial_dates import in_words

Reader = Callable[[str], Client]


def plain(client: Client, address: str) -> str:
    """The words of a page."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_publications_stand_by_pillar_newest_first(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/library/")
    told = ["I Wells 2", "Digging by hand", "Lining a well", "II Pipes 2", "=Taps, a guide", "Joints that hold"]
    found = [page.rindex(words) for words in told]
    assert found == sorted(found)
    assert page.index("Pillar not reported 1") > page.index("Joints that hold")
    assert "no theme is recorded of them" in page


def test_publications_can_stand_by_kind(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/library/?by=kind")
    told = ["Guide 2", "Handbook 2", "Study 1"]
    found = [page.rindex(words) for words in told]
    assert found == sorted(found)


def test_dates_are_said_as_far_as_they_are_known(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/library/")
    for words in ("November 2019", "20 May 2019", "2018", "Planned", "not reported"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=handbook", {"Digging by hand", "Lining a well"}),
        ("kind=handbook&kind=study", {"Digging by hand", "Lining a well", "Songs of the wells"}),
        ("pillar=II&standing=planned", {"=Taps, a guide"}),
        ("pillar=-", {"Songs of the wells"}),
        ("publisher=PIPES&kind=!guide", {"Lining a well"}),
        ("q=pipe+guide", {"=Taps, a guide", "Joints that hold"}),
        ("kind=nothing", set()),
    ],
)
def test_page_and_file_hold_what_the_address_chooses(
    query: str,
    titles: set[str],
    shelves: House,  # noqa: ARG001  # a fixture that the test rests on
    reader: Reader,
) -> None:
    client = reader("public")
    every = {"Digging by hand", "Lining a well", "Joints that hold", "=Taps, a guide", "Songs of the wells"}
    page = plain(client, f"/library/?{query}")
    assert {title for title in every if title in page} == titles
    lines = client.get(f"/library/publications.csv?{query}").getvalue().decode().splitlines()
    assert len(lines) == 1 + len(titles)
    if not titles:
        assert "No row has all of this" in page


def test_a_title_is_no_formula_in_the_file(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert b'"\'=Taps, a guide"' in reader("public").get("/library/publications.csv").getvalue()


def test_facets_count_under_the_other_filters(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = plain(reader("public"), "/library/?pillar=I")
    facets = page.partition("Download")[0]
    assert "Handbook 2" in facets
    assert "Guide" not in facets
    assert re.search(r"II Pipes 2", facets)


def test_an_audit_is_shown_as_it_was_published_and_not_added_up(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = reader("public")
    page = plain(client, "/library/oversight/")
    assert "Audit of the wells Office of Audits All fields Important 12 90 Accepted December 2018" in page
    assert "Audit of the wells Office of Audits Planning Important – – Accepted" in page
    assert "Total" not in page
    assert "Planning" not in plain(client, "/library/oversight/?importance=critical")
    assert client.get("/library/oversight/list.csv?importance=important").getvalue().count(b"\r\n") == 3


def test_submissions_are_counted_by_who_sent_them(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = reader("public")
    response = client.get("/library/submissions/")
    page = plain(client, "/library/submissions/")
    assert "Submissions 22 received for the report" in page
    assert "From States 1" in page
    assert "From civil society 20 in 1 row" in page
    assert b'href="/library/submissions/?kind=civil_society"' in response.content
    assert "Societies" in plain(client, "/library/submissions/?kind=civil_society")
    assert "Hereland" not in plain(client, "/library/submissions/?kind=civil_society")
    assert client.get("/library/submissions/list.csv?kind=state").getvalue().count(b"\r\n") == 2


@pytest.mark.parametrize("shelf", ["", "oversight/", "submissions/"])
def test_a_strategy_without_a_library_says_so(shelf: str, db: None) -> None:  # noqa: ARG001  # a fixture that the test rests on
    Strategy.objects.create(
        code="water",
        title="The Strategy for Clean Water",
        short_title="Clean Water",
        document_symbol="W/1",
        document_title="The state of the wells",
        published_on=date(2019, 8, 31),
        pack_digest="1" * 64,
    )
    assert re.search(
        r"No (publication|oversight recommendation|submission) is recorded", plain(Client(), f"/library/{shelf}")
    )


@pytest.mark.parametrize("shelf", ["", "?by=kind", "oversight/", "submissions/", "publications.csv"])
def test_the_library_asks_the_database_little(shelf: str, shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = reader("officer")
    client.get(f"/library/{shelf}").getvalue()
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/library/{shelf}").getvalue()
    assert len(asked) <= 12, [query["sql"] for query in asked.captured_queries]


def test_a_page_past_the_end_is_not_there(shelves: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    for shelf in ("", "oversight/", "submissions/"):
        assert reader("public").get(f"/library/{shelf}?page=2").status_code == 404


ROWS = st.lists(st.lists(st.sampled_from("abc"), unique=True), max_size=12)
ASKED = st.lists(st.sampled_from(["a", "b", "c", "-", "!a", "!-"]), unique=True, max_size=3)
FACETS: list[RowFacet[Sequence[str]]] = [
    RowFacet("one", "One", lambda row: row, {"a": "A", "b": "B", "c": "C"}),
    RowFacet("two", "Two", lambda row: row[:1], {"a": "A", "b": "B", "c": "C"}),
]


@given(rows=ROWS, asked=ASKED)
def test_a_facet_counts_what_choosing_it_alone_would_show(rows: list[list[str]], asked: list[str]) -> None:
    query = QueryDict(mutable=True)
    query.setlist("two", asked)
    [one, _two] = groups(rows, FACETS, lambda _row: "", query)
    for option in (*one.options, *one.more):
        chosen = query.copy()
        chosen.setlist("one", [option.code])
        assert len(narrowed(rows, FACETS, lambda _row: "", chosen)) == option.count


@given(codes=st.lists(st.sampled_from("abc"), unique=True), code=st.sampled_from("abc-"))
def test_what_is_taken_out_is_what_would_be_chosen(codes: list[str], code: str) -> None:
    assert holds(codes, [code]) != holds(codes, [f"!{code}"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019", "2019"),
        ("2019-11", "November 2019"),
        ("2019-11-20", "20 November 2019"),
        ("2019-13", "2019-13"),
        ("", ""),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(text: str, said: str) -> None:
    assert in_words(text) == said
