"""Whether the house can do its work: a handful of quick checks, none of which reads a record or builds anything.

A check that fails is told to everybody by its name alone; what it found is for those who run the house.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from colonnade.analysis.manifest import Manifest, ManifestError
from colonnade.analysis.snapshot import standing_snapshot
from colonnade.audit.queries import last_event_at
from colonnade.strategy.models import Strategy

#: Below this much free space, in bytes, the next snapshot or report may not fit.
SPACE_NEEDED: Final = 500_000_000
#: What the versions page lists, by the names that packages have.
PACKAGES: Final = ("colonnade", "Django", "psycopg", "duckdb", "gunicorn")


@dataclass(frozen=True, slots=True)
class Health:
    """``failed`` names the checks that failed, in order; none of them where all is well."""

    failed: tuple[str, ...]

    @property
    def status(self) -> str:
        return "failing" if self.failed else "ok"

    @property
    def code(self) -> int:
        """The status of the answer: 200, or 503 where something failed."""
        return 503 if self.failed else 200


@dataclass(frozen=True, slots=True)
class Standing:
    """What those who run the house see beside the checks."""

    strategy: Strategy | None
    manifest: Manifest | None
    snapshot_is_current: bool
    last_event_at: datetime | None
    migrations_missing: tuple[str, ...]
    space_free: int
    versions: tuple[tuple[str, str], ...]


def health() -> Health:
    """Run the checks. Those that need the database are not tried without one."""
    reachable = _holds(database_answers)
    checks: list[tuple[str, bool]] = [("database", reachable)]
    if reachable:
        checks += [("migrations", _holds(lambda: not migrations_missing())), ("strategy", _holds(strategy_is_loaded))]
    checks.append(("space", _holds(lambda: space_free() >= SPACE_NEEDED)))
    return Health(tuple(name for name, holds in checks if not holds))


def standing() -> Standing:
    """The details. Needs the database."""
    try:
        found = standing_snapshot()
    except (OSError, ManifestError):  # one that was being replaced, or was damaged
        found = None
    return Standing(
        strategy=Strategy.objects.first(),
        manifest=found[0] if found else None,
        snapshot_is_current=bool(found and found[1]),
        last_event_at=last_event_at(),
        migrations_missing=migrations_missing(),
        space_free=space_free(),
        versions=tuple(versions()),
    )


def database_answers() -> bool:
    """Whether the database answers a query of this process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        row: tuple[int, ...] | None = cursor.fetchone()
        return row == (1,)


def migrations_missing() -> tuple[str, ...]:
    """Migrations of this code that the database has not had, as ``app.name``."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return tuple(sorted(f"{app}.{name}" for app, name in _migrations() - applied))


def strategy_is_loaded() -> bool:
    """Whether there is a strategy to show."""
    return Strategy.objects.exists()


def space_free() -> int:
    """Bytes that are free where snapshots and reports are written."""
    folder: Path = settings.STATE_DIR
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def versions() -> Iterable[tuple[str, str]]:
    """What runs here, each with its version."""
    yield "Python", python_version()
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:  # run from a checkout that was not installed
            continue
    number = connection.cursor().connection.info.server_version
    yield "PostgreSQL", f"{number // 10_000}.{number % 10_000}"


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """The migrations of this code; they do not change while it runs."""
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations)
