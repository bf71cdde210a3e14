"""A registry with a sealed log that its owner can tamper with: a database of its own for each test."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from colonnade.audit.actions import action
from colonnade.audit.anchors import Anchor
from colonnade.audit.sealing import seal_waiting
from colonnade.config.database import PATIENCE, DatabaseUrls, configure_databases, temporary_database
from colonnade.core.actor import Actor
from colonnade.places.models import Region

CLERK = Actor("Ann Clerk", person_id=7, request_id="r-1")
#: Regions that the sealed log begins with, in heads of three events and of one.
REGIONS = 12


@action
def add_regions(*, codes: list[str], actor: Actor) -> None:  # noqa: ARG001  # for the decorator
    """Add some regions in one statement."""
    Region.objects.bulk_create([Region(code=code, name=f"Region {code}") for code in codes])


@dataclass
class Registry:
    """A database whose log is sealed, the anchors of its heads, and a way in for its owner."""

    urls: DatabaseUrls
    anchors: list[Anchor]

    def as_owner(self, *statements: str) -> None:
        """Run ``statements`` as the owner, with every guard of the log switched off."""
        with psycopg.connect(self.urls.owner) as owner:
            tables = ("audit_event", "audit_head", "audit_personal")
            for table in tables:
                owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                owner.execute(statement)
            for table in tables:
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def ask(self, query: str) -> Any:
        """One value, asked for as the owner."""
        with psycopg.connect(self.urls.owner) as owner:
            row = owner.execute(query).fetchone()
            assert row is not None
            return row[0]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any, migrated: str) -> Iterator[Registry]:  # noqa: ARG001  # the server is up
    """The registry that every test begins with a copy of: a log with four heads of three events."""
    with django_db_blocker.unblock(), temporary_database(f"log_{os.getpid()}", migrated) as urls, pointed_at(urls):
        anchors = list(seal_waiting().heads)  # what migrations wrote
        for start in range(0, REGIONS, 3):
            add_regions(codes=[f"R{number}" for number in range(start, start + 3)], actor=CLERK)
            anchors += seal_waiting().heads
        connections.close_all()
        yield Registry(urls, anchors)


@pytest.fixture
def registry(filled: Registry, django_db_blocker: Any) -> Iterator[Registry]:
    """A registry of its own for the test, sealed."""
    with django_db_blocker.unblock(), copied(filled.urls) as urls, pointed_at(urls):
        yield Registry(urls, list(filled.anchors))


@contextmanager
def copied(urls: DatabaseUrls) -> Iterator[DatabaseUrls]:
    """A copy of a database that nobody is connected to; the rights of the application's login are copied with it."""
    source = str(conninfo_to_dict(urls.owner)["dbname"])
    name = f"{source}_copy"
    application = str(conninfo_to_dict(urls.app)["user"])
    with psycopg.connect(make_conninfo(urls.owner, dbname="postgres"), autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        owner.execute(f"GRANT CONNECT ON DATABASE {name} TO {application}")
        yield DatabaseUrls(app=make_conninfo(urls.app, dbname=name), owner=make_conninfo(urls.owner, dbname=name))
        for attempt in range(PATIENCE):
            try:
                owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
                break
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                # A cleaning process of the server's own is at work in it, which no login of ours may end.
                if attempt == PATIENCE - 1:
                    raise
                time.sleep(1)


@contextmanager
def pointed_at(urls: DatabaseUrls) -> Iterator[None]:
    """Django's connections lead to ``urls`` for a while."""
    before = {alias: dict(entries) for alias, entries in settings.DATABASES.items()}
    connections.close_all()
    configure_databases(settings.DATABASES, urls)
    _take_over()
    try:
        yield
    finally:
        connections.close_all()
        for alias, entries in before.items():
            settings.DATABASES[alias].update(entries)
        _take_over()


def _take_over() -> None:
    for alias in ("default", "owner"):
        connections[alias].settings_dict.update(settings.DATABASES[alias])
