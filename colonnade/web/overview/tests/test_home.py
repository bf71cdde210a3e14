"""The home page answers in its first screen: how many, how much is missing, how the pillars stand."""

import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.web.conftest import PROJECTS

Reader = Callable[[str], Client]


def test_the_headline_figures_stand_first(reader: Reader) -> None:
    page = reader("officer").get("/").content.decode()
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert f"against {PROJECTS} in the previous inventory" in plain
    assert "$38.4 million" in plain
    assert "60 per cent of the budget of active projects" in plain
    assert "Balance of the pillars 100 per cent of what an equal share would give the smallest" in plain


def test_the_public_is_not_told_that_there_are_no_needs(reader: Reader) -> None:
    assert "not released" in reader("public").get("/").content.decode()
    assert "not released" not in reader("focal").get("/").content.decode()


def test_pillars_are_told_apart_by_code_and_colour(reader: Reader) -> None:
    page = reader("public").get("/").content.decode()
    assert "<strong>I</strong>" in page
    assert 'fill="#1b5e9b"' in page


def test_the_home_page_asks_the_database_little(reader: Reader) -> None:
    client = reader("officer")
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    # Nine kinds of work may wait for an officer, plans and mergings among them, each asked for once.
    assert len(asked) <= 18, [query["sql"] for query in asked.captured_queries]
