"""The glossary: every word has a meaning, an anchor of its own, and leads to where it is used."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from colonnade.core.viewer import Level, Role
from colonnade.portfolio.models.project import Origin, Scope, Status
from colonnade.strategy.models import Instrument, Mandate
from colonnade.web.figures import words

Reader = Callable[[str], Client]


@pytest.fixture
def page(reader: Reader) -> str:
    Mandate.objects.create(
        code="W/RES/1", body="The Water Assembly", number="1", year=2018, subject="Wells", source="s"
    )
    Instrument.objects.create(number=1, title="The Convention on Wells", year=1999, topic="wells", source="s")
    return reader("public").get("/glossary/").content.decode()


def test_words_of_the_model_and_of_the_strategy_stand_there(page: str) -> None:
    for said in ("Shortfall", "never below zero", "Awaiting funding", "I. Wells", "II. Pipes", "W/RES/1", "on Wells"):
        assert said in page


def test_every_anchor_stands_once_and_every_term_leads_to_itself(page: str) -> None:
    anchors = re.findall(r'id="(term-[^"]+)"', page)
    assert len(anchors) > 60
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#(term-[^"]+)"', page)) == set(anchors)


def test_every_use_of_a_word_is_there(page: str, reader: Reader) -> None:
    client = reader("officer")
    links = {link.replace("&amp;", "&") for link in re.findall(r'<a href="(/(?!static)[^"#]*)"', page)}
    uses = sorted(link for link in links if link.startswith(("/figures/", "/projects/", "/needs/", "/events/")))
    assert len(uses) > 40
    for link in uses:
        assert client.get(link).status_code == 200, link


def test_words_are_found_by_a_part_of_them_or_of_their_meaning(reader: Reader) -> None:
    client = reader("public")
    found = client.get("/glossary/?q=SURPLUS").content.decode()
    assert 'id="term-surplus"' in found
    assert 'id="term-entity"' not in found
    assert "No word here has that in it" in client.get("/glossary/?q=unicorn").content.decode()
    assert "&lt;script&gt;" in client.get("/glossary/?q=<script>").content.decode()


def test_every_status_scope_origin_level_and_role_is_explained() -> None:
    assert set(words.STATUSES) == set(Status.values)
    assert set(words.SCOPES) == set(Scope.values)
    assert set(words.ORIGINS) == set(Origin.values)
    assert set(words.LEVELS) == {level.value for level in Level}
    assert set(words.ROLES) == {role.value for role in Role}


def test_the_glossary_asks_the_database_little(
    page: str, reader: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert page
    client = reader("officer")
    with django_assert_max_num_queries(12):
        client.get("/glossary/")
