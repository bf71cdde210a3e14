"""A file with restricted records is confirmed and noted; one without is handed out at once, and nothing is noted."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.audit.models import READ, Event
from colonnade.needs.models import Recommendation
from colonnade.web.shared.signed_in import CONFIRMED

Reader = Callable[[str], Client]

pytestmark = pytest.mark.usefixtures("house")


def long_after_confirming(client: Client) -> Client:
    session = client.session
    session[CONFIRMED] = 0
    session.save()
    return client


def confirmed(client: Client) -> Client:
    session = client.session
    session[CONFIRMED] = time.time()
    session.save()
    return client


def reads() -> list[tuple[str, str]]:
    return list(Event.objects.filter(operation=READ).order_by("pk").values_list("action", "row_id"))


@pytest.mark.parametrize("path", ["/needs/list.csv", "/needs/list.xlsx"])
def test_who_takes_restricted_needs_confirms_first_and_it_is_noted(reader: Reader, path: str) -> None:
    client = long_after_confirming(reader("officer"))
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/people/confirm/")
    assert reads() == [], "nothing was handed out"
    assert confirmed(client).get(path).status_code == 200
    restricted = Recommendation.objects.unscoped("test").get(level="restricted")
    assert reads() == [(f"needs-{path.rpartition('.')[2]}", str(restricted.pk))]


def test_a_file_without_restricted_rows_asks_nothing(reader: Reader) -> None:
    client = long_after_confirming(reader("officer"))
    assert client.get("/needs/list.csv?level=compact").status_code == 200
    assert client.get("/needs/list.csv?level=restricted").status_code == 302
    assert reads() == []


def test_the_public_is_asked_nothing(reader: Reader) -> None:
    for path in ("/needs/list.csv", "/projects/list.csv", "/projects/list.xlsx"):
        assert reader("public").get(path).status_code == 200
    assert reads() == []


def test_records_behind_a_figure_are_taken_in_the_same_way(reader: Reader) -> None:
    path = "/figures/projects/records.csv"
    client = long_after_confirming(reader("officer"))
    assert client.get(path).status_code == 302
    assert confirmed(client).get(path).status_code == 200
    assert [action for action, _row in reads()] == ["figure-records-csv"]
