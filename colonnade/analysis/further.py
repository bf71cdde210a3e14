"""Rows that a reader may read beyond whole partitions, read into memory before the reader's connection is locked.

A State's people also read what is shared inside the compact about their State; people of an entity also read the
restricted records that name it. Such rows lie among others that the reader may not read, so their files are never
within the reader's reach: this module, which runs no query but its own, copies the rows that
``colonnade.core.visibility.by_level`` allows. Who reads whole circles needs none of it.

A row that rests on others (a response on its need and its project) is readable where those are; those of a restricted
partition are therefore looked at one by one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import duckdb

from colonnade.analysis.entitlement import SEVERAL_STATES, Entitlement, partitions_in
from colonnade.analysis.schema import REFERENCE_TABLES, TABLES
from colonnade.core.viewer import Level

#: The DuckDB schema in which these rows stand.
SCHEMA: Final = "further"

#: Tables whose rows rest on others, each with the tables (named as the column that refers to them) they rest on. A
#: contribution or an entry of an appeal may be to no project in the registry.
RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"response": ("recommendation", "project"), "contribution": ("project",), "appeal_entry": ("project",)}
)


#: Tables whose restricted rows name entities; all else follows one of them.
NAMING: Final = ("project", "recommendation", "kept_need")


def as_far_as_it_matters(root: Path, reader: Entitlement) -> Entitlement:
    """``reader`` without the entities that no restricted record in the snapshot's folder ``root`` names.

    The people of most entities then read the very rows that all of the compact reads, and share what is opened.
    Raises ``duckdb.Error`` where a file that says so cannot be read.
    """
    if reader.states is None or not reader.entities:
        return reader
    return replace(reader, entities=reader.entities & _entities_named(root))


@lru_cache(maxsize=8)
def _entities_named(root: Path) -> frozenset[str]:
    """Every entity named on a restricted project or need. Folders never change."""
    restricted = [each for each in partitions_in(root) if each.startswith(f"{Level.RESTRICTED}/")]
    paths = [root / each / f"{table}.parquet" for each in restricted for table in NAMING]
    files = [str(path) for path in paths if path.is_file()]
    if not files:
        return frozenset()
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        named = f"SELECT DISTINCT unnest(named) FROM read_parquet({_listed(files)}, union_by_name=true)"  # noqa: S608  # quoted
        return frozenset(str(row[0]) for row in connection.execute(named).fetchall())


def is_read_whole(table: str, partition: str) -> bool:
    """Whether a partition that the reader is entitled to is read whole for ``table``: all but restricted rows that
    rest on others, which may be about two States or concern a third.
    """
    return table not in RESTS_ON or not partition.startswith(Level.RESTRICTED)


def copy_further_rows(
    connection: duckdb.DuckDBPyConnection, root: Path, partitions: tuple[str, ...], table: str, reader: Entitlement
) -> bool:
    """Copy the rows of ``table`` that ``reader`` may read beyond whole partitions; whether there were any.

    ``partitions`` are all that lie in the snapshot's folder ``root``. The tables that ``table`` rests on must be
    there already, as the reader reads them.
    """
    if table in REFERENCE_TABLES:
        return False
    selects = [
        f"SELECT {', '.join(TABLES[table])} FROM read_parquet({_listed(files)}) AS these WHERE {condition}"  # noqa: S608  # names are the schema's, texts are quoted
        for files, condition in _sources(root, partitions, table, reader)
        if files
    ]
    if not selects:
        return False
    connection.execute(f"CREATE TABLE {SCHEMA}.{table} AS {' UNION ALL '.join(selects)}")
    counted = connection.execute(f"SELECT count(*) FROM {SCHEMA}.{table}").fetchone()  # noqa: S608  # as above
    if counted and counted[0]:
        return True
    connection.execute(f"DROP TABLE {SCHEMA}.{table}")
    return False


def _sources(
    root: Path, partitions: tuple[str, ...], table: str, reader: Entitlement
) -> Iterator[tuple[list[str], str]]:
    """Files to look into, and which of their rows are the reader's."""

    def files(chosen: list[str]) -> list[str]:
        paths = [root / partition / f"{table}.parquet" for partition in chosen]
        return [str(path) for path in paths if path.is_file()]

    compact = [partition for partition in partitions if partition == Level.COMPACT and not reader.includes(partition)]
    restricted = [partition for partition in partitions if partition.startswith(f"{Level.RESTRICTED}/")]
    if table in RESTS_ON:
        within = compact if reader.states else []
        yield files(within + [each for each in restricted if _may_hold_some(each, reader)]), _rests(table, reader)
        return
    if reader.states:
        yield files(compact), f"list_has_any(concerns, {_listed(reader.states)})"
    if reader.entities:
        elsewhere = [partition for partition in restricted if not reader.includes(partition)]
        named = f"list_has_any(named, {_listed(reader.entities)})"
        # What is kept of a need is nothing to who is named on it and does not see the need itself.
        yield files(elsewhere), f"{named} AND {_own_level_allows(reader)}" if table == "kept_need" else named


def _may_hold_some(partition: str, reader: Entitlement) -> bool:
    """Whether a restricted partition can hold a row that rests on others and is the reader's."""
    several = partition.endswith(f"/{SEVERAL_STATES}") and len(reader.states or ()) > 1
    return bool(reader.entities) or several or reader.includes(partition)


def _rests(table: str, reader: Entitlement) -> str:
    """The rows whose own level allows it and which rest on rows that the reader reads."""
    conditions = [
        f"({other} IS NULL OR {other} IN (SELECT {other} FROM main.{other}))"  # noqa: S608  # names are the schema's
        for other in RESTS_ON[table]
    ]
    if "own_level" in TABLES[table]:
        conditions.append(_own_level_allows(reader))
    return " AND ".join(conditions)


def _own_level_allows(reader: Entitlement) -> str:
    """Rows that their own level, wider than that of the partition they lie in, gives to the reader."""
    shared = "true" if Level.COMPACT in reader.levels else f"list_has_any(concerns, {_listed(reader.states or ())})"
    return f"(own_level = '{Level.PUBLIC.value}' OR (own_level = '{Level.COMPACT.value}' AND {shared}))"


def _listed(texts: frozenset[str] | list[str] | tuple[str, ...]) -> str:
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in sorted(texts))
    return f"CAST([{quoted}] AS VARCHAR[])"
