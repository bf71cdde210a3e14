"""Opening a snapshot for a reader: only the rows that the reader is entitled to, read-only, and nothing else.

A reader's tables are views over the Parquet files of the partitions that they may read whole, and over the rows of
other partitions that :mod:`colonnade.analysis.further` copied for them. The connection is locked before any other
query runs: it can read no other file, reach no network, load no extension and change no setting, so that no SQL, ours
or a stranger's, can say anything about a row outside (section 5 of ``docs/architecture.md``).
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from colonnade.analysis.entitlement import Entitlement, partitions_for, partitions_in
from colonnade.analysis.further import SCHEMA as FURTHER
from colonnade.analysis.further import as_far_as_it_matters, copy_further_rows, is_read_whole
from colonnade.analysis.manifest import Manifest, read_manifest
from colonnade.analysis.schema import TABLES
from colonnade.analysis.seen import as_read
from colonnade.core.viewer import Level, Viewer

__all__ = [
    "NotASelect",
    "OpenSnapshot",
    "SnapshotCache",
    "SnapshotUnreadable",
    "open_snapshot",
    "partitions_for",
    "partitions_in",
    "select",
]

THREADS: Final = 2
#: Of a snapshot with at most so many rows, an audience's tables are copied into memory.
COPIED_ROWS: Final = 500_000
#: More restricted partitions than this are gathered into memory when a snapshot is opened.
FEW_FILES: Final = 4
MEMORY_LIMIT: Final = "1GB"
_KEPT_OPEN: Final = 48  # each holds little more than the rows copied for its reader


class SnapshotUnreadable(ValueError):
    """A partition that the reader may open does not hold what the schema says."""


class NotASelect(ValueError):
    """A text that was to be run as a query is something else than one SELECT."""


class OpenSnapshot:
    """A snapshot opened for readers of one entitlement. Share it between threads; each takes its own :meth:`cursor`.

    Without ``reader``, every row of ``partitions`` is there, and no other: for whoever was given the files.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, partitions: Sequence[str], reader: Entitlement | None = None
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.partitions = tuple(partitions)
        #: What results over this snapshot are kept by: equal only where the very same rows are read.
        self.place = (folder, self.partitions, reader)
        small = sum(file.rows for file in manifest.files) <= COPIED_ROWS
        self._connection, whole = _connect(folder, self.partitions, reader, copied=small and _is_shared(reader))
        #: What the reader may be told of the snapshot: only what they read of it is in it.
        self.as_read = as_read(manifest, whole, self.cursor(), by_row=not _is_whole(reader)) if reader else manifest

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of the caller's own to the same locked tables."""
        return self._connection.cursor()


def open_snapshot(folder: Path, viewer: Viewer) -> OpenSnapshot:
    """Open the snapshot in ``folder`` for ``viewer``.

    Raises ``ManifestError`` where the folder is no snapshot of this schema, and :class:`SnapshotUnreadable` where a
    file that the viewer's rows lie in cannot be read.
    """
    return _open(folder, _reader(folder, viewer))


def _reader(folder: Path, viewer: Viewer) -> Entitlement:
    """What ``viewer`` may read of the snapshot in ``folder``: the same for all who read the same rows."""
    try:
        return as_far_as_it_matters(folder.resolve(), partitions_for(viewer))
    except duckdb.Error as error:
        raise SnapshotUnreadable(f"restricted records cannot be read: {error}") from error


def _open(folder: Path, reader: Entitlement) -> OpenSnapshot:
    manifest = read_manifest(folder)
    partitions = [partition for partition in partitions_in(folder) if reader.includes(partition)]
    return OpenSnapshot(folder, manifest, partitions, reader)


def _is_shared(reader: Entitlement | None) -> bool:
    """Whether many readers share what is opened, so that copying it costs memory a few times, not for each of them."""
    return reader is not None and reader.is_of_whole_partitions


def _is_whole(reader: Entitlement | None) -> bool:
    """Whether whole partitions are read, and no single rows of others."""
    return reader is None or reader.is_of_whole_partitions


def _connect(
    folder: Path, partitions: Sequence[str], reader: Entitlement | None, *, copied: bool
) -> tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]:
    """A locked connection with the reader's tables, and the files that are read whole, as paths in ``folder``."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": 1 if copied else THREADS,
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute(f"CREATE SCHEMA {FURTHER}")
    root = folder.resolve()
    by_row = None if _is_whole(reader) else reader
    there = partitions_in(root)
    opened: list[str] = []
    read_whole: list[str] = []
    for table in TABLES:
        whole = [each for each in partitions if by_row is None or is_read_whole(table, each)]
        files, narrow = _files(root, whole, table)
        read_whole += [Path(path).relative_to(root).as_posix() for path in (*files, *narrow)]
        try:
            if by_row is not None:
                further = copy_further_rows(connection, root, there, table, by_row)
                files += narrow
            else:
                further = len(narrow) > FEW_FILES and _gather(connection, narrow, table)
                files += [] if further else narrow
        except duckdb.Error as error:
            raise SnapshotUnreadable(f"table {table} cannot be read: {error}") from error
        _create_view(connection, table, files, further=further)
        if copied:
            connection.execute(f"CREATE TABLE copied AS FROM {table}")
            connection.execute(f"DROP VIEW {table}")
            connection.execute(f"ALTER TABLE copied RENAME TO {table}")
        else:
            opened += files
    # Only now, so that nothing is kept of files that were read for a few of their rows.
    connection.execute("SET parquet_metadata_cache = true")
    _lock(connection, opened)
    return connection, tuple(read_whole)


def _files(root: Path, partitions: Sequence[str], table: str) -> tuple[list[str], list[str]]:
    """The files of ``table`` in the wide partitions, and in those of single States."""
    found: tuple[list[str], list[str]] = ([], [])
    for partition in partitions:
        path = root / partition / f"{table}.parquet"
        if path.is_file():
            found[partition.startswith(Level.RESTRICTED)].append(str(path))
    return found


def _gather(connection: duckdb.DuckDBPyConnection, files: Sequence[str], table: str) -> bool:
    """Copy the restricted rows of ``table`` into memory: few rows in many files cost every query the files."""
    listed = ", ".join(_literal(path) for path in files)
    named = ", ".join(f'"{name}"' for name in TABLES[table])
    source = f"read_parquet([{listed}], union_by_name=true)"
    connection.execute(f"CREATE TABLE {FURTHER}.{table} AS SELECT {named} FROM {source}")  # noqa: S608  # our own names
    return True


def _create_view(connection: duckdb.DuckDBPyConnection, table: str, files: Sequence[str], *, further: bool) -> None:
    """``table`` as one relation over ``files`` and the further rows, or an empty one of the right types."""
    columns = TABLES[table]
    listed = ", ".join(_literal(path) for path in files)
    named = ", ".join(f'"{name}"' for name in columns)
    parts = [f"read_parquet([{listed}], union_by_name=true)"] if files else []
    parts += [f"{FURTHER}.{table}"] if further else []
    if not parts:
        typed = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in columns.items())
        connection.execute(f"CREATE VIEW {table} AS SELECT {typed} WHERE false")
        return
    # Names and paths are the schema's and the folder's own; DuckDB takes no parameters in a view's text.
    rows = " UNION ALL ".join(f"SELECT {named} FROM {part}" for part in parts)  # noqa: S608  # as said
    if table == "recommendation":
        rows = _with_what_is_kept(connection, rows)
    view = f"CREATE VIEW {table} AS {rows}"
    try:
        connection.execute(view)
        found = {str(row[0]): str(row[1]) for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    except duckdb.Error as error:
        raise SnapshotUnreadable(f"table {table} cannot be read: {error}") from error
    for name, kind in columns.items():
        if found[name] != kind:
            raise SnapshotUnreadable(f"table {table}, column {name}: {kind} expected, {found[name]} found")


def _with_what_is_kept(connection: duckdb.DuckDBPyConnection, rows: str) -> str:
    """``rows`` of needs, those of which the reader may read fields that a State keeps replaced by the whole ones.

    ``kept_need`` stands before ``recommendation`` in the schema, so the reader's part of it is there already.
    """
    if not (connection.execute("SELECT count(*) FROM kept_need").fetchone() or (0,))[0]:
        return rows
    meant = {
        "level": "own_level",
        "state": "NULL",
        "concerns": f"CASE WHEN own_level = '{Level.COMPACT.value}' THEN [country] ELSE CAST([] AS VARCHAR[]) END",
        "named": "CAST([] AS VARCHAR[])",
    }
    whole = ", ".join(f'{meant.get(name, name)} AS "{name}"' for name in TABLES["recommendation"])
    return (
        f"SELECT * FROM ({rows}) WHERE recommendation NOT IN (SELECT recommendation FROM kept_need)"  # noqa: S608  # the schema's names
        f" UNION ALL SELECT {whole} FROM kept_need"
    )


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


@dataclass(slots=True)
class _Place:
    """Where an open snapshot is kept; its lock is held while it is opened, so that others need not wait."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    opened: OpenSnapshot | None = None


class SnapshotCache:
    """Open snapshots for a server: one per folder and entitlement, shared by its threads."""

    def __init__(self, kept_open: int = _KEPT_OPEN) -> None:
        self._kept_open = kept_open
        self._lock = threading.Lock()
        self._places: OrderedDict[tuple[Path, Entitlement], _Place] = OrderedDict()

    def open(self, folder: Path, viewer: Viewer) -> OpenSnapshot:
        """The snapshot in ``folder`` for ``viewer``, opened at most once. Folders are never written twice."""
        reader = _reader(folder, viewer)
        key = (folder.resolve(), reader)
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._kept_open:
                self._places.popitem(last=False)  # cursors in use keep their database alive
        with place.lock:
            if place.opened is None:
                place.opened = _open(folder, reader)
            return place.opened
