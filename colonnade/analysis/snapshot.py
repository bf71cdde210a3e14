"""Writing a snapshot: the registry as Parquet, partitioned by who may see it, with a manifest.

All tables are read in one repeatable-read transaction, streamed out of PostgreSQL with ``COPY`` and into Parquet with
DuckDB, so that memory does not grow with the registry. A snapshot is written beside its place and moved there whole.
"""

import csv
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import psycopg
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from colonnade.analysis.derive import drained_columns, every_table, table_sql
from colonnade.analysis.extract import EXTRACTS
from colonnade.analysis.manifest import FILE_NAME, Manifest, describe_files, read_manifest, write_manifest
from colonnade.analysis.schema import REFERENCE_TABLES, SCHEMA_VERSION, TABLES
from colonnade.analysis.seen import forget_old
from colonnade.audit.queries import high_water_mark
from colonnade.core.reading import as_application, reading_as
from colonnade.core.viewer import AUDIENCES, Audience, Level
from colonnade.strategy.models import Strategy

MEMORY_LIMIT: Final = "1GB"  # what does not fit is spilled to disk
KEPT: Final = 3  # snapshots of earlier states that a reader may still have open


class NothingLoaded(RuntimeError):
    """The registry serves no strategy yet."""


def write_snapshot(folder: Path, audience: Audience) -> Manifest:
    """Write what ``audience`` may see into ``folder``, which must not exist, and return its manifest.

    Raises :class:`NothingLoaded` where no data pack was loaded, and ``FileExistsError`` where ``folder`` is there.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} exists already; a snapshot is never written over")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with reading_as(audience.viewer):  # one moment of the registry, and no row that its policies do not give
            strategy = Strategy.objects.first()
            if strategy is None:
                raise NothingLoaded("no data pack is loaded: run `colonnade load PACK` first")
            mark = high_water_mark()
            for table, extract in EXTRACTS.items():
                _drain(draft, table, extract(audience.viewer))
        _write_tables(draft)
        manifest = Manifest(
            created_at=datetime.now(UTC).replace(microsecond=0),
            audience=audience.key,
            # Who does not read every row is not told of every event either.
            registry_state=str(mark) if audience.viewer.sees_restricted else "",
            pack_hash=strategy.pack_digest,
            provenance=strategy.illustrative_notice,
            files=describe_files(draft),
        )
        write_manifest(draft, manifest)
        draft.chmod(0o755 if audience.key == "public" else 0o700)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def current_snapshot() -> Path:
    """The folder of a whole snapshot (every level) of the registry as it stands now; built where it is not there.

    Pages read it through :mod:`colonnade.analysis.store`, which opens only what the reader may see.
    """
    strategy = Strategy.objects.first()
    if strategy is None:
        raise NothingLoaded("no data pack is loaded: run `colonnade load PACK` first")
    folder = _folder_now(strategy)
    store = folder.parent
    if (folder / FILE_NAME).exists():
        return folder
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(store / "lock"):
        if not (folder / FILE_NAME).exists():
            with as_application("whoever comes first has the snapshot written that every reader opens their part of"):
                write_snapshot(folder, AUDIENCES["secretariat"])
            for older in _older(folder)[KEPT - 1 :]:
                shutil.rmtree(older, ignore_errors=True)
            forget_old(store)
    return folder


def standing_snapshot() -> tuple[Manifest, bool] | None:
    """The newest whole snapshot that was built, and whether the registry still stands as it says. Builds nothing.

    ``None`` where there is none yet, or no strategy to have one of.
    """
    strategy = Strategy.objects.first()
    if strategy is None:
        return None
    now = _folder_now(strategy)
    if (now / FILE_NAME).exists():
        return read_manifest(now), True
    older = _older(now)
    return (read_manifest(older[0]), False) if older else None


def _folder_now(strategy: Strategy) -> Path:
    """Where the snapshot of the registry as it stands now is, or would be."""
    store: Path = settings.SNAPSHOT_DIR
    return store / f"v{SCHEMA_VERSION}-{_database()}-{high_water_mark()}-{strategy.pack_digest[:8]}"


def _database() -> str:
    return "".join(letter for letter in str(connection.settings_dict["NAME"]) if letter.isalnum() or letter == "_")


def _older(folder: Path) -> list[Path]:
    """The other snapshots of the same database and schema, the newest first."""
    prefix = folder.name.rsplit("-", 2)[0]
    others = [path for path in folder.parent.glob(f"{prefix}-*") if path != folder and (path / FILE_NAME).exists()]
    return sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _drain(folder: Path, table: str, rows: QuerySet[Any, Any] | Iterable[Sequence[Any]]) -> None:
    """Stream one table out of the registry, into ``<table>.csv``."""
    drained = folder / f"{table}.csv"
    if isinstance(rows, QuerySet):
        _copy_out(rows, drained)
    else:
        with drained.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)


def _write_tables(folder: Path) -> None:
    """Turn the drained tables into the snapshot's, each in its partitions."""
    spill = folder / "spill"
    with duckdb.connect(
        ":memory:", config={"threads": 2, "memory_limit": MEMORY_LIMIT, "temp_directory": str(spill)}
    ) as writer:
        writer.execute("CREATE SCHEMA drained")
        for table in EXTRACTS:
            _take_in(writer, table, folder / f"{table}.csv")
        for table in TABLES:
            _write_table(writer, folder, table)
    shutil.rmtree(spill, ignore_errors=True)


def _take_in(writer: duckdb.DuckDBPyConnection, table: str, drained: Path) -> None:
    every = every_table()[table]
    came = {name: every[name] for name in drained_columns(table)}
    read = ", ".join(f"'{name}': '{kind}'" for name, kind in came.items())
    columns = ", ".join(f'"{name}"' if name in came else f'NULL::{kind} AS "{name}"' for name, kind in every.items())
    # Names and types are the schema's.
    writer.execute(
        f"CREATE TABLE drained.{table} AS SELECT {columns} FROM"  # noqa: S608  # as the line above says
        f" read_csv('{_quoted(drained)}', header=false, auto_detect=false, delim=',',"
        f" quote='\"', escape='\"', allow_quoted_nulls=false, nullstr='', columns={{{read}}})"
    )
    drained.unlink()


def _write_table(writer: duckdb.DuckDBPyConnection, folder: Path, table: str) -> None:
    """Write one table, with its derived columns, into its partitions."""
    writer.execute(f"CREATE TABLE {table} AS {table_sql(table)}")
    # The same registry gives the same bytes; where rows tie in what was drained, they are the same in all.
    order = ", ".join(f'"{name}"' for name in drained_columns(table))
    for partition, condition in _partitions(writer, table):
        target = folder / partition / f"{table}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        # Names are the schema's; partitions were checked against the levels and the form of a State's code.
        # The rows are gathered first: how DuckDB encodes them would else depend on the rows of other partitions.
        writer.execute(f"CREATE OR REPLACE TABLE part AS FROM {table} WHERE {condition}")
        writer.execute(f"COPY (FROM part ORDER BY {order}) TO '{_quoted(target)}' (FORMAT parquet, COMPRESSION zstd)")
        writer.execute("DROP TABLE part")
    writer.execute(f"DROP TABLE {table}")


def _partitions(writer: duckdb.DuckDBPyConnection, table: str) -> Iterator[tuple[str, str]]:
    """The partitions that have rows of ``table``, each with its condition."""
    if table in REFERENCE_TABLES:
        yield Level.PUBLIC.value, "true"
        return
    found = writer.execute(f"SELECT DISTINCT level, state FROM {table}").fetchall()  # noqa: S608  # the schema's
    for level in sorted({row[0] for row in found} - {Level.RESTRICTED}):
        yield Level(level).value, f"level = '{Level(level).value}'"
    for state in sorted({row[1] for row in found if row[0] == Level.RESTRICTED}):
        if not (len(state) == 3 and state.isalpha() and state.isascii() and state.isupper()):
            raise ValueError(f"a restricted row of {table} names no State: {state!r}")
        yield f"restricted/{state}", f"level = 'restricted' AND state = '{state}'"


def _copy_out(rows: QuerySet[Any, Any], target: Path) -> None:
    try:
        sql, params = rows.order_by().query.sql_with_params()
    except EmptyResultSet:  # there is nothing that this viewer could see
        target.touch()
        return
    with connection.cursor() as cursor, target.open("wb") as stream:
        raw: psycopg.Connection[Any] = cursor.connection
        statement = psycopg.ClientCursor(raw).mogrify(sql, params)
        with raw.cursor() as copying, copying.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as out:
            for block in out:
                stream.write(block)


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")
