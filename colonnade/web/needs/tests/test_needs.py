"""The list of needs: shared inside the compact, with honest words for who is outside."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from colonnade.strategy.models import Strategy

Reader = Callable[[str], Client]
MaxQueries = Any  # pytest-django's fixture names no type


def _page(client: Client, query: str = "") -> str:
    response = client.get(f"/needs/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("public", set()),
        ("donor", set()),
        ("other_state", set()),
        ("focal", {"A compact need"}),
        ("state", {"A compact need", "A restricted need"}),
        ("officer", {"A compact need", "A restricted need"}),
    ],
)
def test_needs_are_listed_for_whom_they_are_shared_with(name: str, seen: set[str], reader: Reader) -> None:
    text = _page(reader(name))
    assert {title for title in ("A compact need", "A restricted need") if title in text} == seen


@pytest.mark.parametrize("name", ["public", "donor", "other_state"])
def test_who_is_outside_is_told_why_none_is_listed(name: str, reader: Reader) -> None:
    Strategy.objects.update(coordination_short="Water Compact")
    text = _page(reader(name))
    assert "shared inside the Water Compact" in text
    assert "does not mean that there are none" in text
    assert "<table" not in text
    assert ("/people/sign-in/?next=/needs/" in text) == (name == "public")


def test_who_is_inside_is_told_nothing_of_the_kind(reader: Reader) -> None:
    assert "are shared inside" not in _page(reader("focal"))


def test_needs_are_filtered_by_priority_and_coverage(reader: Reader) -> None:
    client = reader("officer")
    assert "A compact need" in _page(client, "?priority=high&coverage=claimed")
    assert "No record has all of this" in _page(client, "?priority=low")


def test_a_list_of_needs_asks_the_database_twelve_questions_at_most(
    reader: Reader, django_assert_max_num_queries: MaxQueries
) -> None:
    client = reader("focal")
    client.get("/needs/")
    with django_assert_max_num_queries(12):
        client.get("/needs/?sort=-issued_on")
