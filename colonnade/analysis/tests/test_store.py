"""Opening snapshots: who may open which partition, and that nothing else can be read."""

import threading
from pathlib import Path

import duckdb
import pytest

from colonnade.analysis.entitlement import partitions_for
from colonnade.analysis.schema import TABLES
from colonnade.analysis.store import (
    NotASelect,
    OpenSnapshot,
    SnapshotCache,
    SnapshotUnreadable,
    open_snapshot,
    select,
)
from colonnade.analysis.tests.snapshots import SnapshotBuilder
from colonnade.core.viewer import AUDIENCES, PUBLIC, Level, Role, Viewer

SECRETARIAT = AUDIENCES["secretariat"].viewer
AUDITOR = Viewer(roles=frozenset({Role.AUDITOR}))
FOCAL_POINT = AUDIENCES["compact"].viewer
ASSESSOR_OF_XAA = Viewer(roles=frozenset({Role.ASSESSOR}), country_codes=frozenset({"XAA"}))
STATE_XAA = Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"XAA"}))
DONOR = Viewer(roles=frozenset({Role.DONOR}))

ALL = ("public", "compact", "restricted/XAA", "restricted/XAB")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    builder = SnapshotBuilder()
    builder.add("entry", {"inventory": "now", "project": "open"})
    builder.add("entry", {"inventory": "now", "project": "shared"}, level="compact")
    builder.add("entry", {"inventory": "now", "project": "secret-a"}, level="restricted", state="XAA")
    builder.add("entry", {"inventory": "now", "project": "secret-b"}, level="restricted", state="XAB")
    return builder.write(tmp_path / "snapshot")


def projects(snapshot: OpenSnapshot) -> set[str]:
    return {row[0] for row in snapshot.cursor().execute("SELECT project FROM entry").fetchall()}


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        (PUBLIC, ("public",)),
        (DONOR, ("public",)),
        (STATE_XAA, ("public", "restricted/XAA")),
        (FOCAL_POINT, ("public", "compact")),
        (ASSESSOR_OF_XAA, ("public", "compact", "restricted/XAA")),
        (AUDITOR, ALL),
        (SECRETARIAT, ALL),
    ],
)
def test_each_reader_is_entitled_to_their_own_circles(viewer: Viewer, expected: tuple[str, ...]) -> None:
    entitlement = partitions_for(viewer)
    assert tuple(partition for partition in ALL if entitlement.includes(partition)) == expected


def test_an_audiences_levels_are_those_of_its_viewer() -> None:
    for audience in AUDIENCES.values():
        assert partitions_for(audience.viewer).levels == frozenset(audience.levels)


@pytest.mark.parametrize(
    "partition", ["restricted", "restricted/", "restricted/../public", "private", "public/XAA", ""]
)
def test_what_is_no_partition_is_never_included(partition: str) -> None:
    assert not partitions_for(SECRETARIAT).includes(partition)


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        (PUBLIC, {"open"}),
        (STATE_XAA, {"open", "secret-a"}),
        (FOCAL_POINT, {"open", "shared"}),
        (SECRETARIAT, {"open", "shared", "secret-a", "secret-b"}),
    ],
)
def test_a_readers_tables_hold_their_partitions_rows(folder: Path, viewer: Viewer, expected: set[str]) -> None:
    assert projects(open_snapshot(folder, viewer)) == expected


def test_a_corrupt_restricted_file_does_not_disturb_the_public(folder: Path) -> None:
    (folder / "restricted/XAA/entry.parquet").write_bytes(b"not parquet")
    assert projects(open_snapshot(folder, PUBLIC)) == {"open"}
    with pytest.raises(SnapshotUnreadable, match="entry"):
        open_snapshot(folder, SECRETARIAT)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_parquet('{folder}/restricted/XAA/entry.parquet')",
        "SELECT * FROM '{folder}/restricted/XAA/entry.parquet'",
        "SELECT * FROM read_parquet('{folder}/*/*/entry.parquet')",
        "SELECT * FROM '{folder}/public/../restricted/XAA/entry.parquet'",
        "SELECT * FROM parquet_metadata('{folder}/restricted/XAA/entry.parquet')",
        "SELECT * FROM read_blob('{folder}/restricted/XAA/entry.parquet')",
        "SELECT * FROM read_text('{folder}/manifest.json')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('{folder}/**')",
        "ATTACH '{folder}/other.db'",
        "COPY entry TO '{folder}/public/copy.parquet'",
        "EXPORT DATABASE '{folder}/export'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
    ],
)
def test_no_query_reaches_beyond_the_readers_files(folder: Path, query: str) -> None:
    connection = open_snapshot(folder, PUBLIC).cursor()
    with pytest.raises(duckdb.Error):
        connection.execute(query.format(folder=folder)).fetchall()


def test_a_cursor_of_a_cursor_is_as_locked(folder: Path) -> None:
    with pytest.raises(duckdb.Error):
        open_snapshot(folder, PUBLIC).cursor().cursor().execute("SET enable_external_access = true")


def test_a_table_without_a_file_is_empty_and_typed(folder: Path) -> None:
    cursor = open_snapshot(folder, PUBLIC).cursor()
    for table, columns in TABLES.items():
        described = {row[0]: row[1] for row in cursor.execute(f"DESCRIBE {table}").fetchall()}
        assert described == dict(columns)
    assert cursor.execute("SELECT count(*) FROM contribution").fetchall() == [(0,)]


def test_a_column_of_another_type_is_refused(folder: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        path = folder / "public/seed_round.parquet"
        connection.execute(
            f"COPY (SELECT 'a' AS round, 'b' AS title, 'no year' AS year, 1.5 AS ceiling_usd) TO '{path}'"
        )
    with pytest.raises(SnapshotUnreadable, match=r"seed_round, column year: INTEGER expected, VARCHAR found"):
        open_snapshot(folder, PUBLIC)


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE mine AS SELECT 1", "SELECT 1; SELECT 2", "DROP VIEW entry", "SET threads = 8", "COPY entry TO 'x'"],
)
def test_only_one_select_is_run_as_a_query(folder: Path, statement: str) -> None:
    with pytest.raises(NotASelect):
        select(open_snapshot(folder, PUBLIC).cursor(), statement)


def test_the_cache_opens_once_for_readers_of_the_same_partitions(folder: Path) -> None:
    cache = SnapshotCache()
    assert cache.open(folder, SECRETARIAT) is cache.open(folder, AUDITOR)
    assert cache.open(folder, PUBLIC) is not cache.open(folder, SECRETARIAT)
    assert projects(cache.open(folder, PUBLIC)) == {"open"}


def test_a_cursor_outlives_its_place_in_the_cache(folder: Path) -> None:
    cache = SnapshotCache(kept_open=1)
    cursor = cache.open(folder, PUBLIC).cursor()
    cache.open(folder, SECRETARIAT)
    assert cursor.execute("SELECT count(*) FROM entry").fetchall() == [(1,)]


def test_threads_of_a_server_share_an_open_snapshot(folder: Path) -> None:
    cache = SnapshotCache()
    counted: list[int] = []

    def read(viewer: Viewer) -> None:
        counted.extend(len(projects(cache.open(folder, viewer))) for _ in range(20))

    threads = [threading.Thread(target=read, args=(viewer,)) for viewer in (PUBLIC, FOCAL_POINT, SECRETARIAT) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == sorted([1, 2, 4] * 40)


def test_every_level_has_a_partition() -> None:
    assert partitions_for(SECRETARIAT).levels == frozenset(Level)
