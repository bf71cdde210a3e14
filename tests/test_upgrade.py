"""A filled registry of the first release is brought to today's schema: nothing is lost, and a crash costs nothing.

The schema of the first release is made by the migrations that it had; rows are put into each of its tables by raw SQL.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from colonnade.audit.sealing import seal_waiting
from colonnade.audit.verification import verify_database
from colonnade.config.backup import catalogue
from colonnade.config.cli.main import main
from colonnade.config.database import DatabaseUrls, database_urls, temporary_database
from colonnade.config.tables import bring_up_to_date
from tests.conftest import ROOT
from tests.filled import count, everything_in, fill_every_table, shape_of
from tests.log.conftest import copied, pointed_at

#: The last migration of each app in the first release. What it had of Django's own follows from these, and from AUTH.
FIRST_RELEASE: Final = (
    ("audit", "0002_triggers"),
    ("strategy", "0002_audit"),
    ("places", "0002_audit"),
    ("members", "0002_audit"),
    ("portfolio", "0002_audit"),
    ("needs", "0002_audit"),
    ("funding", "0002_audit"),
    ("results", "0002_audit"),
)
DJANGO: Final = (
    ("contenttypes", "0002_remove_content_type_name"),
    ("auth", "0012_alter_user_first_name_max_length"),
    ("sessions", "0001_initial"),
)
TABLES_OF_FIRST_RELEASE: Final = 67
#: Tables that differ after each upgrade: times, commitments with random salts, and numbers from sequences, which do not
#: go back when a transaction breaks off. How many rows they have is the same.
DIFFERENT_EACH_TIME: Final = frozenset(
    {
        "django_migrations",
        "django_content_type",
        "auth_permission",
        "audit_event",
        "audit_personal",
        "audit_waiting",
        "audit_columnrule",
    }
)
#: Personal details moved out of events that were there already; the log says the same with commitments in their place.
MOVED: Final = frozenset({"audit_event"})


@dataclass(frozen=True)
class Upgraded:
    """What a database is after the upgrade."""

    shape: set[tuple[str, ...]]
    migrations: list[tuple[str, str]]
    rows: dict[str, list[str]]
    counts: dict[str, int]


@pytest.fixture(scope="module")
def first_release(django_db_setup: None, django_db_blocker: Any) -> Iterator[DatabaseUrls]:  # noqa: ARG001  # server
    """A database with the schema of the first release and rows in each of its tables. Tests get copies."""
    database_urls()
    with django_db_blocker.unblock(), temporary_database(f"upgrade_{os.getpid()}") as urls:
        with pointed_at(urls):
            MigrationExecutor(connections["owner"]).migrate([*DJANGO, *FIRST_RELEASE])
            connections.close_all()
        with as_owner(urls) as owner:
            tables = tables_of(owner)
            assert len(tables) == TABLES_OF_FIRST_RELEASE
            fill_every_table(owner, tables)
            with owner.transaction():
                # A person did this, and wrote down a name: both are personal details in events of the first release.
                owner.execute(
                    "SELECT set_config('colonnade.actor', 'Ann Clerk', true), set_config('colonnade.person', id::text,"
                    " true) FROM members_person ORDER BY id LIMIT 1"
                )
                owner.execute(
                    "UPDATE members_person SET name = 'Bea Clerk' WHERE id = (SELECT min(id) FROM members_person)"
                )
            assert [table for table in tables if not count(owner, table)] == []
        yield urls


@pytest.fixture
def urls(first_release: DatabaseUrls, django_db_blocker: Any) -> Iterator[DatabaseUrls]:
    """A copy of it for the test."""
    with django_db_blocker.unblock(), copied(first_release) as copy:
        yield copy
        connections.close_all()


@contextmanager
def as_owner(urls: DatabaseUrls) -> Iterator[Any]:
    with closing(psycopg.connect(urls.owner, autocommit=True)) as owner:
        yield owner


def tables_of(owner: Any) -> list[str]:
    with owner.cursor() as cursor:
        return catalogue.tables(cursor)


def rows_of(owner: Any, columns: dict[str, tuple[str, ...]]) -> dict[str, list[Any]]:
    """The rows of the tables in ``columns``, by the columns that they had."""
    return {
        table: owner.execute(
            f"SELECT {', '.join(f'{name}::text' for name in map(catalogue.quoted, names))} FROM {table} ORDER BY 1"
        ).fetchall()
        for table, names in columns.items()
    }


def columns_of(owner: Any) -> dict[str, tuple[str, ...]]:
    with owner.cursor() as cursor:
        return {table: catalogue.columns(cursor, table) for table in catalogue.tables(cursor)}


def applied(owner: Any) -> list[tuple[str, str]]:
    with owner.cursor() as cursor:
        return list(catalogue.migrations(cursor))


def test_rows_of_the_first_release_keep_their_values_and_its_log_is_sealed(urls: DatabaseUrls) -> None:
    with as_owner(urls) as owner:
        columns = columns_of(owner)
        before = rows_of(owner, columns)
        events = before["audit_event"]
        assert any("Bea Clerk" in str(event) for event in events)
    with pointed_at(urls):
        bring_up_to_date()
    with as_owner(urls) as owner:
        after_columns = columns_of(owner)
        assert all(set(names) <= set(after_columns[table]) for table, names in columns.items())
        after = rows_of(owner, columns)
        for table, rows in before.items():
            if table in MOVED:
                assert {row[0] for row in rows} <= {row[0] for row in after[table]}, "an event is gone"
            elif table in {"django_migrations", "django_content_type", "auth_permission"}:
                assert set(rows) <= set(after[table]), f"{table} lost a row"
            else:
                assert after[table] == rows, f"{table} is not what it was"
        assert "Clerk" not in str(after["audit_event"]), "names stand beside the log, where they can be erased"
        assert owner.execute("SELECT count(*) FROM audit_personal WHERE value = '\"Ann Clerk\"'").fetchone() == (1,)
    with pointed_at(urls):
        sealed = seal_waiting()
        assert sealed.events >= len(events)
        verified = verify_database(sealed.heads)
        assert verified.findings == ()
        assert verified.unsealed == 0


@pytest.fixture(scope="module")
def uninterrupted(first_release: DatabaseUrls, django_db_blocker: Any) -> Upgraded:
    """What the upgrade comes to when nothing happens on the way."""
    with django_db_blocker.unblock(), copied(first_release) as copy:
        with pointed_at(copy):
            bring_up_to_date()
            connections.close_all()
        with as_owner(copy) as owner:
            return upgraded(owner)


def upgraded(owner: Any) -> Upgraded:
    """The state of a database, as far as it is the same every time: commitments rest on random salts, and people get
    random identifiers."""
    owner.execute("UPDATE members_person SET public_id = id")
    rows = everything_in(owner, tables_of(owner))
    counts = {table: len(found) for table, found in rows.items()}
    return Upgraded(
        shape=shape_of(owner),
        migrations=sorted(applied(owner)),
        rows={table: found for table, found in rows.items() if table not in DIFFERENT_EACH_TIME},
        counts=counts,
    )


def test_a_migration_that_breaks_off_at_its_end_leaves_nothing_and_is_taken_up_again(
    uninterrupted: Upgraded, urls: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each migration in turn is broken off once everything that it does was done, and then run again."""
    shapes: dict[str, set[tuple[str, ...]]] = {}
    apply = Migration.apply

    def break_off_the_first_time(self: Migration, *arguments: Any, **keywords: Any) -> Any:
        first = str(self) not in shapes
        if first:
            with as_owner(urls) as owner:
                shapes[str(self)] = shape_of(owner)
        result = apply(self, *arguments, **keywords)
        if first:
            raise ConnectionAbortedError(str(self))
        return result

    monkeypatch.setattr(Migration, "apply", break_off_the_first_time)
    with as_owner(urls) as owner:
        known = len(applied(owner))
    with pointed_at(urls):
        for _ in range(len(uninterrupted.migrations) - known):
            with pytest.raises(ConnectionAbortedError) as broken:
                bring_up_to_date()
            connections.close_all()
            with as_owner(urls) as owner:
                assert shape_of(owner) == shapes[str(broken.value)], f"{broken.value} left something behind"
        bring_up_to_date()
        connections.close_all()
    assert len(shapes) == len(uninterrupted.migrations) - known
    with as_owner(urls) as owner:
        assert upgraded(owner) == uninterrupted


def test_an_upgrade_that_is_killed_within_a_migration_is_resumed_by_the_next(
    uninterrupted: Upgraded, urls: DatabaseUrls
) -> None:
    """The log's migration is held up by a lock while it is at work; its process is killed there."""
    started = [sys.executable, "-m", "colonnade.config.cli", "migrate"]
    environment = {**os.environ, "DATABASE_URL": urls.app, "DATABASE_OWNER_URL": urls.owner}
    with as_owner(urls) as owner, closing(psycopg.connect(urls.owner)) as holding:
        holding.execute("LOCK TABLE audit_event IN SHARE MODE")
        upgrading = subprocess.Popen(started, cwd=ROOT, env=environment)
        waiting = wait_for(owner, "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'audit_event'::regclass")
        upgrading.send_signal(signal.SIGKILL)
        upgrading.wait()
        holding.rollback()
        wait_for(owner, f"SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {waiting})")
        assert len(applied(owner)) < len(uninterrupted.migrations)
        assert ("audit", "0004_sealing") not in applied(owner)
        assert "audit_head" not in tables_of(owner), "nothing of the migration that was killed remains"
    subprocess.run(started, cwd=ROOT, env=environment, check=True, timeout=300)
    with as_owner(urls) as owner:
        assert upgraded(owner) == uninterrupted


def wait_for(owner: Any, query: str) -> Any:
    """The value that ``query`` comes to give."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        row = owner.execute(query).fetchone()
        if row is not None:
            return row[0]
        time.sleep(0.05)
    raise TimeoutError(query)


def test_a_backup_of_the_first_release_is_restored_at_todays_schema(
    uninterrupted: Upgraded, urls: DatabaseUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STATE_DIR", tmp_path / "state")
    backup = tmp_path / "first.backup"
    monkeypatch.setenv("DATABASE_URL", urls.app)
    monkeypatch.setenv("DATABASE_OWNER_URL", urls.owner)
    with pointed_at(urls):
        assert main(["backup", "--out", str(backup)]) == 0
        assert main(["restore", str(backup), "--replace"]) == 0
        connections.close_all()
    with as_owner(urls) as owner:
        found = upgraded(owner)
    assert found.shape == uninterrupted.shape
    assert {name: count for name, count in found.counts.items() if name != "django_session"} == {
        name: count for name, count in uninterrupted.counts.items() if name != "django_session"
    }


def test_every_migration_of_ours_is_one_transaction() -> None:
    loader = MigrationLoader(None)
    by_itself = sorted(str(each) for each in loader.disk_migrations.values() if not each.atomic)
    assert by_itself == [], (
        "a migration that is no transaction must be able to run again after a crash: test that first"
    )
