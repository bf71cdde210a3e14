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
from django.db import connection, transaction
from django.db.models import QuerySet

from colonnade.analysis.extract import EXTRACTS
from colonnade.analysis.manifest import FILE_NAME, Manifest, describe_files, write_manifest
from colonnade.analysis.schema import REFERENCE_TABLES, SCHEMA_VERSION, TABLES
from colonnade.audit.queries import high_water_mark
from colonnade.core.viewer import AUDIENCES, Audience, Level
from colonnade.strategy.models import Strategy

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
        with _one_moment():
            strategy = Strategy.objects.first()
            if strategy is None:
                raise NothingLoaded("no data pack is loaded: run `colonnade load PACK` first")
            mark = high_water_mark()
            for table, extract in EXTRACTS.items():
                _write_table(draft, table, extract(audience.viewer))
        manifest = Manifest(
            created_at=datetime.now(UTC).replace(microsecond=0),
            audience=audience.key,
            registry_state=str(mark),
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
    store: Path = settings.SNAPSHOT_DIR
    folder = store / f"v{SCHEMA_VERSION}-{_database()}-{high_water_mark()}-{strategy.pack_digest[:8]}"
    if (folder / FILE_NAME).exists():
        return folder
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(store / "lock"):
        if not (folder / FILE_NAME).exists():
            write_snapshot(folder, AUDIENCES["secretariat"])
            _forget_older(store, folder)
    return folder


def _database() -> str:
    return "".join(letter for letter in str(connection.settings_dict["NAME"]) if letter.isalnum() or letter == "_")


def _forget_older(store: Path, newest: Path) -> None:
    prefix = newest.name.rsplit("-", 2)[0]
    older = sorted(store.glob(f"{prefix}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in older[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every query inside sees the same state of the registry."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_table(folder: Path, table: str, rows: QuerySet[Any, Any] | Iterable[Sequence[Any]]) -> None:
    """Stream one table into its partitions."""
    drained = folder / f"{table}.csv"
    if isinstance(rows, QuerySet):
        _copy_out(rows, drained)
    else:
        with drained.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    with duckdb.connect(":memory:", config={"threads": 2}) as writer:
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TABLES[table].items())
        writer.execute(
            f"CREATE VIEW rows AS FROM read_csv('{_quoted(drained)}', header=false, auto_detect=false, delim=',',"
            f" quote='\"', escape='\"', allow_quoted_nulls=false, nullstr='', columns={{{columns}}})"
        )
        for partition, condition in _partitions(writer, table):
            target = folder / partition / f"{table}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            # Names are the schema's; partitions were checked against the levels and the form of a State's code.
            writer.execute(
                f"COPY (FROM rows WHERE {condition} ORDER BY ALL) TO '{_quoted(target)}'"
                " (FORMAT parquet, COMPRESSION zstd)"
            )
    drained.unlink()


def _partitions(writer: duckdb.DuckDBPyConnection, table: str) -> Iterator[tuple[str, str]]:
    """The partitions that have rows of ``table``, each with its condition."""
    if table in REFERENCE_TABLES:
        yield Level.PUBLIC.value, "true"
        return
    found = writer.execute("SELECT DISTINCT level, state FROM rows").fetchall()
    for level in sorted({row[0] for row in found} - {Level.RESTRICTED}):
        yield Level(level).value, f"level = '{Level(level).value}'"
    for state in sorted({row[1] for row in found if row[0] == Level.RESTRICTED}):
        if not (len(state) == 3 and state.isalpha() and state.isascii() and state.isupper()):
            raise ValueError(f"a restricted row of {table} names no State: {state!r}")
        yield f"restricted/{state}", f"level = 'restricted' AND state = '{state}'"


def _copy_out(rows: QuerySet[Any, Any], target: Path) -> None:
    sql, params = rows.order_by().query.sql_with_params()
    with connection.cursor() as cursor, target.open("wb") as stream:
        raw: psycopg.Connection[Any] = cursor.connection
        statement = psycopg.ClientCursor(raw).mogrify(sql, params)
        with raw.cursor() as copying, copying.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as out:
            for block in out:
                stream.write(block)


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")
