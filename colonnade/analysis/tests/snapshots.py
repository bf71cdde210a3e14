"""Small handmade snapshots for tests: rows as dictionaries in, Parquet files and a manifest out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from colonnade.analysis.manifest import Manifest, describe_files, write_manifest
from colonnade.analysis.schema import REFERENCE_TABLES, TABLES

Row = Mapping[str, Any]

CREATED_AT = datetime(2020, 2, 7, 9, 30, tzinfo=UTC)

PILLARS = ("I", "II", "III", "IV")
SCOPES = ("global", "regional", "national")
STATUSES = ("in_development", "awaiting_funding", "ongoing", "completed", "suspended", "cancelled")
ENTITIES = ("UNOCT", "UNODC", "CTED")
AREAS = ("dialogue", "governance", "communities")


def labels() -> list[Row]:
    """The codes of a small strategy, entities deliberately not in alphabetical order."""
    codes = {
        "pillar": PILLARS,
        "scope": SCOPES,
        "status": STATUSES,
        "entity": ENTITIES,
        "area": AREAS,
        "origin": ("recommendation", "request", "mandate"),
        "theme": ("prevention", "victims"),
        "event_kind": ("workshop", "side_event", "expert_meeting", "technical_mission", "training"),
    }
    return [
        {"dimension": dimension, "code": code, "title": f"{dimension} {code}", "short_title": "", "position": position}
        for dimension, listed in codes.items()
        for position, code in enumerate(listed, start=1)
    ]


def inventories() -> list[Row]:
    keys = {"now": "before", "before": None, "mapping": None, "office": None}
    return [{"inventory": key, "title": key, "previous": previous} for key, previous in keys.items()]


def reference_rows() -> dict[str, list[Row]]:
    return {
        "label": labels(),
        "inventory": inventories(),
        "country": [
            {"country": "XAA", "name": "Aland", "region": "north", "fictional": True},
            {"country": "XAB", "name": "Beland", "region": "south", "fictional": True},
        ],
        "entity": [{"entity": code, "name": f"Entity {code}"} for code in ENTITIES],
    }


PARAMETERS: dict[str, str | None] = {
    "inventory": "now",
    "previous": "before",
    "prevention": "mapping",
    "office": "office",
    "provenance": "illustrative",
    "appeal": "appeal",
}


@dataclass
class SnapshotBuilder:
    """Collects rows by table and writes them where their level says. Reference tables go to the public partition."""

    rows: dict[str, list[Row]] = field(default_factory=reference_rows)

    def add(self, table: str, *rows: Row, level: str = "public", state: str | None = None) -> "SnapshotBuilder":
        placed = [row if table in REFERENCE_TABLES else {"level": level, "state": state, **row} for row in rows]
        self.rows.setdefault(table, []).extend(placed)
        return self

    def tables(self) -> duckdb.DuckDBPyConnection:
        """The rows as tables in memory, whatever their level: enough where only figures are tried."""
        connection = duckdb.connect(":memory:", config={"threads": 1})
        for table in TABLES:
            _fill(connection, table, table, self.rows.get(table, []))
        return connection

    def write(self, folder: Path, audience: str = "secretariat") -> Path:
        with duckdb.connect(":memory:") as connection:
            for table, rows in self.rows.items():
                for partition, chosen in _by_partition(rows).items():
                    _write(connection, folder / partition / f"{table}.parquet", table, chosen)
        write_manifest(folder, Manifest(CREATED_AT, audience, "17", "packhash", "Handmade.", describe_files(folder)))
        return folder


def _by_partition(rows: Iterable[Row]) -> dict[str, list[Row]]:
    partitions: dict[str, list[Row]] = {}
    for row in rows:
        level = row.get("level", "public")
        partitions.setdefault(f"restricted/{row['state']}" if level == "restricted" else level, []).append(row)
    return partitions


def _write(connection: duckdb.DuckDBPyConnection, path: Path, table: str, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _fill(connection, "rows", table, rows)
    connection.execute(f"COPY rows TO '{path}' (FORMAT parquet)")


def _fill(connection: duckdb.DuckDBPyConnection, name: str, table: str, rows: list[Row]) -> None:
    columns = TABLES[table]
    unknown = {name for row in rows for name in row} - set(columns) - {"level", "state"}
    assert not unknown, f"{table} has no columns {unknown}"
    connection.execute(
        f"CREATE OR REPLACE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})"
    )
    if rows:
        connection.executemany(
            f"INSERT INTO {name} VALUES ({', '.join('?' for _ in columns)})",
            [[row.get(column) for column in columns] for row in rows],
        )
