"""Opening a snapshot for a reader: only the partitions that the reader is entitled to, read-only, and nothing else.

A reader's tables are views over the Parquet files of those partitions. The connection is locked before any query
runs: it can read no other file, reach no network, load no extension and change no setting, so that no SQL, ours or
a stranger's, can say anything about a row outside (section 5 of ``docs/architecture.md``).
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from colonnade.analysis.manifest import Manifest, read_manifest
from colonnade.analysis.schema import TABLES
from colonnade.core.viewer import Level, Viewer

THREADS: Final = 2
MEMORY_LIMIT: Final = "1GB"
_STATE: Final = re.compile(r"[A-Z]{3}")
_KEPT_OPEN: Final = 16


class SnapshotUnreadable(ValueError):
    """A partition that the reader may open does not hold what the schema says."""


class NotASelect(ValueError):
    """A text that was to be run as a query is something else than one SELECT."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The partitions that a reader may open. ``states`` is ``None`` where every State's restricted one is among them.

    A State's people also see what is shared inside the compact *about their State*. Partitions do not divide the
    compact by State, so figures for them rest on what is public and what is restricted to them: never on too much.
    """

    levels: frozenset[Level]
    states: frozenset[str] | None = frozenset()

    def includes(self, partition: str) -> bool:
        """Whether ``public``, ``compact`` or ``restricted/<STATE>`` may be opened."""
        level, _, state = partition.partition("/")
        if level == Level.RESTRICTED:
            return bool(_STATE.fullmatch(state)) and (self.states is None or state in self.states)
        return not state and level in self.levels


def partitions_for(viewer: Viewer) -> Entitlement:
    """What ``viewer`` may open: everyone the public partition, and so on inwards."""
    if viewer.sees_restricted:
        return Entitlement(frozenset(Level), None)
    levels = {Level.PUBLIC, Level.COMPACT} if viewer.inside_the_compact else {Level.PUBLIC}
    return Entitlement(frozenset(levels), viewer.country_codes)


def partitions_in(folder: Path) -> tuple[str, ...]:
    """The partitions that lie in a snapshot's folder, widest circle first."""
    levels = [level.value for level in (Level.PUBLIC, Level.COMPACT) if (folder / level).is_dir()]
    restricted = folder / Level.RESTRICTED
    states = sorted(path.name for path in restricted.iterdir()) if restricted.is_dir() else []
    return (*levels, *(f"{Level.RESTRICTED}/{state}" for state in states if _STATE.fullmatch(state)))


class OpenSnapshot:
    """A snapshot opened for one set of partitions. Share it between threads; each takes its own :meth:`cursor`."""

    def __init__(self, folder: Path, manifest: Manifest, partitions: Sequence[str]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.partitions = tuple(partitions)
        self._connection = _connect(folder, self.partitions)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of the caller's own to the same locked tables."""
        return self._connection.cursor()


def open_snapshot(folder: Path, viewer: Viewer) -> OpenSnapshot:
    """Open the snapshot in ``folder`` for ``viewer``.

    Raises ``ManifestError`` where the folder is no snapshot of this schema, and :class:`SnapshotUnreadable` where a
    file that the viewer may open cannot be read.
    """
    manifest = read_manifest(folder)
    entitlement = partitions_for(viewer)
    partitions = [partition for partition in partitions_in(folder) if entitlement.includes(partition)]
    return OpenSnapshot(folder, manifest, partitions)


def _connect(folder: Path, partitions: Sequence[str]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": THREADS,
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute("SET parquet_metadata_cache = true")
    root = folder.resolve()
    opened: list[str] = []
    for table in TABLES:
        paths = [root / partition / f"{table}.parquet" for partition in partitions]
        files = [str(path) for path in paths if path.is_file()]
        _create_view(connection, table, files)
        opened += files
    _lock(connection, opened)
    return connection


def _create_view(connection: duckdb.DuckDBPyConnection, table: str, files: Sequence[str]) -> None:
    """``table`` as one relation over ``files``, or an empty one of the right types."""
    columns = TABLES[table]
    if not files:
        typed = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in columns.items())
        connection.execute(f"CREATE VIEW {table} AS SELECT {typed} WHERE false")
        return
    listed = ", ".join(_literal(path) for path in files)
    named = ", ".join(f'"{name}"' for name in columns)
    # Names and paths are the schema's and the folder's own; DuckDB takes no parameters in a view's text.
    view = f"CREATE VIEW {table} AS SELECT {named} FROM read_parquet([{listed}], union_by_name=true)"  # noqa: S608  # as said
    try:
        connection.execute(view)
        found = {str(row[0]): str(row[1]) for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    except duckdb.Error as error:
        raise SnapshotUnreadable(f"table {table} cannot be read: {error}") from error
    for name, kind in columns.items():
        if found[name] != kind:
            raise SnapshotUnreadable(f"table {table}, column {name}: {kind} expected, {found[name]} found")


def _lock(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    listed = ", ".join(_literal(path) for path in files)
    connection.execute(f"SET allowed_paths = [{listed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def select(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Run ``sql`` if it is one SELECT statement, and return the connection to fetch from.

    Queries recorded in a report come from outside: nothing that writes, sets or copies is run. Raises
    :class:`NotASelect`, or ``duckdb.Error`` where the query fails.
    """
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotASelect(f"not a single SELECT statement: {sql[:80]!r}")
    return connection.execute(statements[0])


class SnapshotCache:
    """Open snapshots for a server: one per folder and set of partitions, shared by its threads."""

    def __init__(self, kept_open: int = _KEPT_OPEN) -> None:
        self._kept_open = kept_open
        self._lock = threading.Lock()
        self._open: OrderedDict[tuple[Path, tuple[str, ...]], OpenSnapshot] = OrderedDict()

    def open(self, folder: Path, viewer: Viewer) -> OpenSnapshot:
        """The snapshot in ``folder`` for ``viewer``, opened at most once. Folders are never written twice."""
        entitlement = partitions_for(viewer)
        partitions = tuple(partition for partition in partitions_in(folder) if entitlement.includes(partition))
        key = (folder.resolve(), partitions)
        with self._lock:
            if key not in self._open:
                self._open[key] = OpenSnapshot(folder, read_manifest(folder), partitions)
                while len(self._open) > self._kept_open:
                    self._open.popitem(last=False)  # cursors in use keep their database alive
            self._open.move_to_end(key)
            return self._open[key]
