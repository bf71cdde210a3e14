"""Many clients that edit the same few projects at once, each over a connection of its own, as people on the web do.

An edit reads a project with its version, counts its title on by one, and saves over that version; where somebody else
was first it reads again and tries anew. So the title of a project counts the edits that are in it, its version counts
the saves, and the log has an event for each: where one was lost, the three no longer agree.
"""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from colonnade.audit.anchors import Anchor
from colonnade.audit.sealing import watch
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.funding.rates import dollars_of
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.portfolio.actions import update_project
from colonnade.portfolio.editing import ProjectChanged
from colonnade.portfolio.models import Project

SEED: Final = 20200207
TABLE: Final = "portfolio_project"


@dataclass(frozen=True, slots=True)
class Done:
    """What clients did: saves that went through, and those refused because somebody else was first."""

    saved: int
    refused: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The edits as three witnesses count them: titles, versions, and the events of the log."""

    titles: int
    versions: int
    events: int
    gaps: int

    def agree_on(self, edits: int) -> bool:
        """Whether all of them count ``edits``, and no version is missing from the log."""
        return self.titles == self.versions == self.events == edits and self.gaps == 0


def fill(projects: int) -> tuple[list[Project], Person]:
    """Some projects, and an officer who may edit them."""
    entity = Entity.objects.create(code="EDITS", abbreviation="EDITS", name="Edits", role="member", source="-")
    made = Project.objects.unscoped("a benchmark").bulk_create(
        Project(reference=f"edit-{number}", title="0", lead_entity=entity, status="ongoing")
        for number in range(projects)
    )
    officer = Person.objects.create(email="edits@demo.example", name="Officer")
    RoleHeld.objects.create(person=officer, role=Role.SECRETARIAT, starts_on=date(2018, 1, 1))
    return made, officer


def run_clients(
    clients: int, projects: Sequence[Project], officer: Person, another: Callable[[], bool], *, seed: int = SEED
) -> Done:
    """Let ``clients`` threads edit drawn projects for as long as ``another`` says that there is one more edit to do."""
    started = threading.Barrier(clients)

    def client(number: int) -> Done:
        drawn = random.Random(seed + number)  # noqa: S311  # which project comes next is no secret
        saved = refused = 0
        try:
            started.wait()
            while another():
                key = drawn.choice(projects).pk
                while not _edit(key, officer):
                    refused += 1
                saved += 1
        finally:
            connection.close()
        return Done(saved, refused)

    with ThreadPoolExecutor(clients) as pool:
        each = list(pool.map(client, range(clients)))
    return Done(sum(done.saved for done in each), sum(done.refused for done in each))


def edits(number: int) -> Callable[[], bool]:
    """``True`` as many times as ``number`` says, whichever thread asks."""
    left = iter(range(number))
    lock = threading.Lock()

    def another() -> bool:
        with lock:
            return next(left, None) is not None

    return another


@contextmanager
def sealer_at_work(publish: Callable[[Anchor], None] | None = None) -> Iterator[None]:
    """The sealer seals as on a server, in a thread of its own, which has ended when the block has."""
    stop = threading.Event()
    sealer = threading.Thread(target=watch, args=(stop,), kwargs={"publish": publish}, name="sealer")
    sealer.start()
    try:
        yield
    finally:
        stop.set()
        sealer.join()


def count(projects: Sequence[Project]) -> Counted:
    """What titles, versions and events say of the edits of ``projects``."""
    with connection.cursor() as cursor:
        keys = [project.pk for project in projects]
        cursor.execute(f"SELECT sum(title::int), sum(version - 1) FROM {TABLE} WHERE id = ANY(%s)", [keys])
        titles, versions = cursor.fetchone()
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE (after->>'version')::int <> (before->>'version')::int + 1"
            " OR (after->>'title')::int <> (before->>'title')::int + 1)"
            " + count(*) - count(DISTINCT (row_id, after->>'version'))"
            " FROM audit_event WHERE table_name = %s AND operation = 'UPDATE' AND row_id = ANY(%s)",
            [TABLE, [str(key) for key in keys]],
        )
        events, gaps = cursor.fetchone()
    return Counted(titles, versions, events, gaps)


def _edit(key: int, officer: Person) -> bool:
    seen = Project.objects.unscoped("a benchmark").get(pk=key)
    try:
        update_project(
            project=seen,
            expected_version=seen.version,
            changes={"title": str(int(seen.title) + 1)},
            in_dollars=dollars_of,
            person=officer,
            actor=Actor(officer.name, officer.pk),
        )
    except ProjectChanged:
        return False
    return True
