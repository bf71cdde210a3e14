"""The base world and its twins: databases that differ in nothing that a circle of readers may see."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import psycopg
from django.conf import settings
from django.core import mail
from django.db import connections
from django.test import Client
from psycopg.rows import dict_row

from colonnade.analysis.seen import SINCE
from colonnade.audit.sealing import seal_waiting
from colonnade.config.database import DatabaseUrls, configure_databases, connect_settings, temporary_database
from colonnade.config.tables import bring_up_to_date
from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.web.shared.signed_in import mark_signed_in
from proof.appeals import fill_appeals
from proof.assistance import fill_assistance
from proof.books import fill_books
from proof.canaries import canaries_in
from proof.dealings import fill_dealings
from proof.hidden import Hidden, Seen, empty_tables, hidden_from, seen_rows
from proof.marker_checks import fill_marker_checks
from proof.mergings import fill_mergings
from proof.people import fill_needs, fill_releases, let_strangers_in, save_views, welcome_everybody
from proof.plans import fill_plans
from proof.proposals import fill_proposals
from proof.readers import BY_NAME, CIRCLES, CONTROL, EVERYBODY, KNOWN_TO_BE_THERE, READ_THE_LOG
from proof.registry import BUILDER, PAST, PAST_IS_HIDDEN_FROM, change_projects, fill_registry, write_pack
from proof.twins import Difference, make_twin

#: Name of the base world.
BASE: Final = "base"


class NothingToProve(RuntimeError):
    """The base registry lacks something that the proof needs."""


class NoTwin(RuntimeError):
    """A world was made in which readers see other records than in the base."""


@dataclass(frozen=True, slots=True)
class World:
    """A database with the folder that belongs to it. ``later``: seconds after which its snapshots are taken."""

    name: str
    urls: DatabaseUrls = field(repr=False)
    folder: Path
    later: float = 0.0

    @property
    def database(self) -> str:
        return str(psycopg.conninfo.conninfo_to_dict(self.urls.owner)["dbname"])


@dataclass(frozen=True, slots=True)
class Base:
    """The base world, who looks at it, and what is hidden from whom.

    ``cookies``: reader -> the key of their session. ``secrets``: circle -> canaries that stand in hidden rows only.
    ``seen``: reader -> a digest of what they see, a table at a time.
    """

    world: World
    viewers: dict[str, Viewer]
    cookies: dict[str, str]
    hidden: dict[str, Hidden]
    secrets: dict[str, frozenset[str]]
    seen: dict[str, Seen]


@contextmanager
def base_world(folder: Path) -> Iterator[Base]:
    """Build the base world. No connection to it is left open, so that it can be copied."""
    connect_settings()
    write_pack(folder / "pack")
    name = f"proof_{os.getpid()}_{BASE}"
    with temporary_database(name) as urls:
        world = World(BASE, urls, folder / BASE)
        enter(world)
        bring_up_to_date()
        fill()
        if empty := empty_tables():
            raise NothingToProve(f"no row in {', '.join(empty)}: fill them in proof/registry.py or proof/people.py")
        people = {person.name: person.pk for person in Person.objects.all()}
        viewers = {reader.name: reader.viewer(people.get(reader.name)) for reader in EVERYBODY}
        cookies = {reader.name: _session(reader.name) for reader in EVERYBODY if reader.signs_in}
        hidden = {
            # The control looks at every world, so its person stays as they are.
            circle: hidden_from(
                [viewers[name] for name in names], {people.get(name) for name in (*names, CONTROL.name)}
            )
            for circle, names in CIRCLES.items()
        }
        seen = {name: seen_rows(viewer) for name, viewer in viewers.items()}
        for connection in connections.all():
            connection.close()
        secrets = {circle: _secrets(urls.owner, hidden[circle]) for circle in hidden}
        secrets |= {circle: secrets[circle] | {PAST} for circle in PAST_IS_HIDDEN_FROM}
        yield Base(world, viewers, cookies, hidden, secrets, seen)


def fill() -> None:
    """Everything that the base registry holds."""
    fill_registry(actor=BUILDER)
    welcome_everybody()
    fill_needs(actor=BUILDER)
    fill_releases(actor=BUILDER)
    change_projects(actor=BUILDER)
    save_views()
    fill_proposals(actor=BUILDER)
    fill_dealings(actor=BUILDER)
    fill_books(actor=BUILDER)
    fill_marker_checks(actor=BUILDER)
    fill_mergings(actor=BUILDER)
    fill_appeals(actor=BUILDER)
    fill_assistance(actor=BUILDER)
    fill_plans(actor=BUILDER)
    let_strangers_in()
    seal_waiting()


@contextmanager
def twin_world(base: Base, circle: str, difference: Difference) -> Iterator[World]:
    """A copy of the base world in which what ``circle`` may not see differs."""
    name = f"proof_{os.getpid()}_{circle}_{difference}"
    with temporary_database(name, base.world.database) as urls:
        make_twin(
            urls.owner,
            base.hidden[circle],
            difference,
            staying=KNOWN_TO_BE_THERE.get(circle, ()),
            logged=circle not in READ_THE_LOG,
        )
        twin = World(name, urls, base.world.folder.parent / name, later=2820.0)
        _take_over(base.world, twin)
        yield twin


def fresh_base(base: Base, name: str) -> World:
    """The base world with files of its own: those that the base had once everybody had looked."""
    world = replace(base.world, folder=base.world.folder.parent / name)
    _take_over(base.world, world)
    return world


def _take_over(one: World, other: World) -> None:
    """Give ``other`` the snapshots of ``one``, as a registry has them before it changes, and nothing else: a pair of
    worlds that is made a second time, for the next part of its probes, finds no files of the first."""
    shutil.rmtree(other.folder, ignore_errors=True)
    store = one.folder / "snapshots"
    for path in sorted(store.iterdir()) if store.is_dir() else []:
        target = other.folder / "snapshots" / path.name.replace(one.database, other.database)
        if path.name == SINCE:
            for ledger in path.iterdir():
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy(ledger, target / ledger.name.replace(one.database, other.database))
        elif path.is_dir():
            shutil.copytree(path, target)


def enter(world: World) -> None:
    """Make this process work in ``world`` and nowhere else."""
    for connection in connections.all():
        connection.close()
    configure_databases(settings.DATABASES, world.urls)
    for alias in settings.DATABASES:
        connections[alias].settings_dict.update(settings.DATABASES[alias])
    world.folder.mkdir(parents=True, exist_ok=True)
    settings.STATE_DIR = world.folder
    settings.SNAPSHOT_DIR = world.folder / "snapshots"
    settings.PACK_DIR = world.folder.parent / "pack"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS = ["testserver"]
    mail.outbox = []


@contextmanager
def being_a_twin(base: Base, circle: str) -> Iterator[None]:
    """For a process in a twin: everybody of the circle sees there what they see in the base.

    :raises NoTwin: where they do not.
    """
    for reader in CIRCLES[circle]:
        seen = seen_rows(base.viewers[reader])
        if unlike := [table for table in seen if seen[table] != base.seen[reader][table]]:
            raise NoTwin(f"{reader} sees other rows of {', '.join(unlike)}")
    yield


def _session(name: str) -> str:
    """Sign the reader's person in; with a second factor where they give one."""
    client = Client()
    client.force_login(Person.objects.get(name=name), backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    mark_signed_in(session, complete=BY_NAME[name].complete)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _secrets(owner_url: str, hidden: Hidden) -> frozenset[str]:
    """Canaries of hidden rows that stand in no row that is seen. The log is not looked at: it repeats the rows."""
    secret: set[str] = set()
    seen: set[str] = set()
    with psycopg.connect(owner_url, row_factory=dict_row) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for table in (row["tablename"] for row in tables):
            if table.startswith(("audit_", "web_", "django_")):
                continue
            for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():
                found = canaries_in(" ".join(map(str, row.values())))
                (secret if row.get("id") in hidden.get(table, frozenset()) else seen).update(found)
    return frozenset(secret - seen)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder for the worlds' files, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="proof-") as folder:
        yield Path(folder)
