"""The health of the house: a status for everybody, details for those who run it, an answer even without a database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from colonnade.core.viewer import Role
from colonnade.members.models import Person
from colonnade.members.tests.people import hold
from colonnade.strategy.models import Strategy
from colonnade.web.conftest import DAY, House
from colonnade.web.house import health

Reader = Callable[[str], Client]
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def no_database(*_args: object, **_kwargs: object) -> None:
    raise OperationalError("password authentication failed for user secret")


def test_all_is_well(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"
    assert Client().get("/health/", headers={"accept": "text/plain"}).content == b"ok\n"


def test_without_a_strategy_it_names_what_fails(db: None) -> None:  # noqa: ARG001  # a fixture that the test rests on
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"status": "failing", "failed": ["strategy"]})


@pytest.mark.parametrize("who", ["public", "officer"])
def test_without_a_database_it_answers_all_the_same(who: str, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    client = reader(who)
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", no_database)
        answer = client.get("/health/", headers=BROWSER)
    assert (answer.status_code, answer.json()) == (503, {"status": "failing", "failed": ["database"]})
    assert b"secret" not in answer.content


def test_a_migration_that_was_not_run_fails(house: House, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # a fixture that the test rests on
    known = health._migrations()
    monkeypatch.setattr(health, "_migrations", lambda: known | {("needs", "9999_later")})
    assert Client().get("/health/").json()["failed"] == ["migrations"]
    assert health.migrations_missing() == ("needs.9999_later",)


def test_a_full_disk_fails(house: House, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # a fixture that the test rests on
    monkeypatch.setattr(health, "SPACE_NEEDED", 10**18)
    assert Client().get("/health/").json() == {"status": "failing", "failed": ["space"]}


def test_it_builds_no_snapshot_and_asks_little(
    house: House,  # noqa: ARG001  # a fixture that the test rests on
    reader: Reader,
    settings: LazySettings,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(5):
        Client().get("/health/")
    page = reader("officer").get("/health/", headers=BROWSER)
    assert "none yet" in page.content.decode()
    assert not Path(settings.SNAPSHOT_DIR).exists()


def test_those_who_run_the_house_see_details_and_an_old_snapshot_for_what_it_is(house: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer = reader("officer")
    officer.get("/figures/projects/")
    page = officer.get("/health/", headers=BROWSER).content.decode()
    assert "Everything works" in page
    assert "as the registry stands" in page
    assert Strategy.objects.get().pack_digest in page
    assert "PostgreSQL" in page
    assert '<a href="/health/">' in page
    Strategy.objects.update(pack_digest="1" * 64)
    assert "older; the next page builds a new one" in officer.get("/health/", headers=BROWSER).content.decode()


@pytest.mark.parametrize("role", Role)
def test_details_are_for_secretariat_administrators_and_auditors(role: Role, house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    person = Person.objects.create(email="somebody@demo.example", name="Somebody")
    hold(person, role, since=DAY)
    client = Client()
    client.force_login(person)
    answer = client.get("/health/", headers=BROWSER)
    entitled = role in {Role.SECRETARIAT, Role.ADMINISTRATOR, Role.AUDITOR}
    assert ("Details" in answer.content.decode()) == entitled
    assert answer["Content-Type"].startswith("text/html" if entitled else "application/json")


def test_a_focal_point_and_the_public_get_the_status_alone(reader: Reader) -> None:
    for who in ("focal", "state", "donor", "public"):
        assert reader(who).get("/health/", headers=BROWSER).json() == {"status": "ok"}
