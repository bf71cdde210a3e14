"""What a reader is told of a snapshot: which one it is and since when it stands, as far as they read it.

The identifier and the time of a whole snapshot change with every row of the registry, restricted ones too, and so
would say to anybody that something was written. What a reader is told instead depends on the rows that they read and
on nothing else: the hashes of the files that are read whole, of the rows copied out of others, and the time at which
somebody who reads the same first did.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from colonnade.analysis.further import SCHEMA as FURTHER
from colonnade.analysis.manifest import Manifest, SnapshotFile

#: Where the times stand, beside the snapshots of a store.
SINCE: Final = "since"
#: A time that nobody asked for in so many days is forgotten.
KEPT_DAYS: Final = 90


def as_read(
    manifest: Manifest, whole: Sequence[str], connection: duckdb.DuckDBPyConnection, *, by_row: bool
) -> Manifest:
    """``manifest`` without what the reader does not read: ``whole`` are the files read whole, as paths in the snapshot.

    Where the reader reads rows of other files, they stand in it as ``further/<table>``.
    """
    known = {file.path: file for file in manifest.files}
    read = [known[path] for path in whole if path in known]
    further = list(_further(connection)) if by_row else []
    return replace(manifest, registry_state="", files=(*read, *further))


def _further(connection: duckdb.DuckDBPyConnection) -> Iterator[SnapshotFile]:
    tables = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = ? ORDER BY table_name", [FURTHER]
    ).fetchall()
    for (table,) in tables:
        told = connection.execute(
            f"SELECT md5(CAST(each AS VARCHAR)) AS row FROM {FURTHER}.{table} AS each ORDER BY row"  # noqa: S608  # ours
        ).fetchall()
        digest = hashlib.sha256("".join(row for (row,) in told).encode()).hexdigest()
        yield SnapshotFile(f"{FURTHER}/{table}", len(told), digest, 0)


def stands_since(store: Path, identifier: str) -> datetime:
    """When somebody first read what ``identifier`` names in the snapshots of ``store``: now, where nobody did."""
    place = store / SINCE / identifier
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not place.exists():
        _note(place, now())
    return datetime.fromisoformat(place.read_text(encoding="utf-8"))


def now() -> datetime:
    """The time, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def forget_old(store: Path) -> None:
    """Take away the times that were noted long ago."""
    limit = now().timestamp() - KEPT_DAYS * 24 * 3600
    for place in (store / SINCE).glob("*"):
        if place.stat().st_mtime < limit:
            place.unlink(missing_ok=True)


def _note(place: Path, moment: datetime) -> None:
    """Write it beside its place and link it there whole: whoever comes second finds the first one's."""
    handle, draft = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(moment.isoformat())
        os.link(draft, place)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
