"""Small handmade snapshots for tests: rows as dictionaries in, Parquet files and a manifest out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from colonnade.analysis.derive import SIDE_TABLES, every_table, table_sql
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
        "marker": ("gender", "youth"),
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
        "marker_level": [
            {"marker": marker, "score": score, "title": f"{marker} {score}", "position": position}
            for position, (marker, most) in enumerate((("gender", 3), ("youth", 2)), start=1)
            for score in range(most + 1)
        ],
        "target": [
            {"target": "t", "title": "t", "percent": 15, "whole": "funds", "marker": "gender", "score": 3},
            {"target": "u", "title": "u", "percent": 50, "whole": "funds", "marker": "gender", "score": 1},
            {"target": "v", "title": "v", "percent": 50, "whole": "projects", "marker": "youth", "score": 2},
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
    """Collects rows by table and writes them where their level says. Reference tables go to the public partition.

    Derived columns (lists of codes, ``folded``, ``concerns``, ``named``) follow from the other rows unless given.
    """

    rows: dict[str, list[Row]] = field(default_factory=reference_rows)

    def add(self, table: str, *rows: Row, level: str = "public", state: str | None = None) -> "SnapshotBuilder":
        own = {"own_level": level} if "own_level" in every_table()[table] else {}
        plain = table in REFERENCE_TABLES or table in SIDE_TABLES
        placed = [row if plain else {"level": level, "state": state, **own, **row} for row in rows]
        self.rows.setdefault(table, []).extend(placed)
        return self

    def tables(self) -> duckdb.DuckDBPyConnection:
        """The rows as tables in memory, whatever their level: enough where only figures are tried."""
        connection = duckdb.connect(":memory:", config={"threads": 1})
        _fill(connection, self.rows)
        for table in TABLES:
            connection.execute(f"CREATE TABLE {table} AS {table_sql(table)}")
        connection.execute("DROP SCHEMA drained CASCADE")
        return connection

    def write(self, folder: Path, audience: str = "secretariat") -> Path:
        with self.tables() as connection:
            for table in self.rows.keys() - SIDE_TABLES.keys():
                for partition, condition in _partitions(connection, table):
                    path = folder / partition / f"{table}.parquet"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    connection.execute(f"COPY (FROM {table} WHERE {condition}) TO '{path}' (FORMAT parquet)")
        write_manifest(folder, Manifest(CREATED_AT, audience, "17", "packhash", "Handmade.", describe_files(folder)))
        return folder


def _partitions(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    if table in REFERENCE_TABLES:
        return [("public", "true")]
    found = connection.execute(f"SELECT DISTINCT level, state FROM {table} ORDER BY ALL").fetchall()
    return [
        (f"restricted/{state}", f"level = 'restricted' AND state = '{state}'")
        if level == "restricted"
        else (level, f"level = '{level}'")
        for level, state in found
    ]


def _fill(connection: duckdb.DuckDBPyConnection, rows_of: Mapping[str, list[Row]]) -> None:
    """The rows as they were added; derived columns that a row does not give are filled in afterwards."""
    connection.execute("CREATE SCHEMA drained")
    for table, columns in every_table().items():
        rows = rows_of.get(table, [])
        unknown = {name for row in rows for name in row} - set(columns) - {"level", "state"}
        assert not unknown, f"{table} has no columns {unknown}"
        listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"CREATE TABLE drained.{table} ({listed})")
        if rows:
            connection.executemany(
                f"INSERT INTO drained.{table} VALUES ({', '.join('?' for _ in columns)})",
                [[row.get(column) for column in columns] for row in rows],
            )
