"""A snapshot of a million projects, written as Parquet straight away: no registry of that size need be filled first."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from colonnade.analysis.manifest import Manifest, describe_files, write_manifest
from colonnade.analysis.schema import TABLES

INVENTORY: Final = "bench"
COUNTRIES: Final = 200
_PILLARS: Final = "['I', 'II', 'III', 'IV']"


def write_large_snapshot(folder: Path, projects: int) -> None:
    """Write a snapshot of ``projects`` public projects of one inventory into the new ``folder``.

    Each names one to four of 200 States, one or two of 8 themes and of 7 areas, and up to three of 60 partners; one in
    25 has no pillar and one in 20 no budget. The same States stand in the link table ``entry_country``.
    """
    partition = folder / "public"
    partition.mkdir(parents=True)
    writer = duckdb.connect(config={"threads": 2, "memory_limit": "4GB", "temp_directory": str(folder.parent)})
    writer.execute("SET enable_progress_bar = false")
    writer.execute(f"CREATE VIEW made AS {_made(projects)}")
    _write(writer, partition, "inventory", "range(1)", {"inventory": f"'{INVENTORY}'", "title": "'Bench'"})
    _write(writer, partition, "label", f"({_LABELS})", {name: name for name in TABLES["label"]})
    _write(writer, partition, "entry", "made", _ENTRY)
    entry = f"(SELECT project, unnest(countries) AS country FROM '{partition}/entry.parquet')"
    link = {"inventory": f"'{INVENTORY}'", "project": "project", "level": "'public'", "country": "country"}
    _write(writer, partition, "entry_country", entry, link)
    writer.close()
    made = Manifest(datetime.now(UTC).replace(microsecond=0), "secretariat", "0", "0" * 64, "", describe_files(folder))
    write_manifest(folder, made)


def _write(
    writer: duckdb.DuckDBPyConnection, partition: Path, table: str, source: str, given: Mapping[str, str]
) -> None:
    """``table`` from ``source``, with the expressions ``given`` by column; the other columns are null."""
    chosen = ", ".join(f'CAST({given.get(name, "NULL")} AS {kind}) AS "{name}"' for name, kind in TABLES[table].items())
    writer.execute(
        f"COPY (SELECT {chosen} FROM {source}) TO '{partition}/{table}.parquet' (FORMAT parquet, COMPRESSION zstd)"
    )


def _drawn(salt: int, size: int) -> str:
    return f"(hash(i * 64 + {salt}) % {size})::INTEGER"


def _codes(prefix: str, salt: int, size: int, least: int, most: int) -> str:
    """SQL for a list of ``least`` to ``most`` codes, each once, in order."""
    several = ", ".join(f"'{prefix}' || {_drawn(salt + place, size)}" for place in range(most))
    return f"list_sort(list_distinct(list_slice([{several}], 1, {least} + {_drawn(salt + most, most - least + 1)})))"


def _made(projects: int) -> str:
    return f"""
    SELECT i, 1000 * (20 + {_drawn(1, 5000)}) AS budget, {_drawn(2, 120)} AS funded,
           ['ongoing', 'ongoing', 'ongoing', 'completed', 'in_development'][1 + {_drawn(3, 5)}] AS status
    FROM range({projects}) AS numbers(i)
    """


_BUDGET: Final = f"CASE WHEN {_drawn(4, 20)} > 0 THEN budget END"
_FUNDING: Final = "CASE WHEN funded < 112 THEN budget * funded / 100 END"
_ENTRY: Final = {
    "inventory": f"'{INVENTORY}'",
    "project": "printf('%016x', i)",
    "level": "'public'",
    "reference": "'BENCH-' || i",
    "title": f"'Project ' || i || ' of the office ' || {_drawn(5, 900)}",
    "entity": f"'E' || {_drawn(6, 42)}",
    "pillar": f"CASE WHEN {_drawn(7, 25)} > 0 THEN {_PILLARS}[1 + {_drawn(8, 4)}] END",
    "scope": f"['global', 'regional', 'national', NULL][1 + {_drawn(9, 4)}]",
    "status": "status",
    "active": "status <> 'completed'",
    "starts_on": f"DATE '2014-01-01' + {_drawn(10, 2000)}",
    "ends_on": f"DATE '2017-01-01' + {_drawn(11, 2000)}",
    "currency": "'USD'",
    "budget": _BUDGET,
    "funding": _FUNDING,
    "budget_usd": _BUDGET,
    "funding_usd": _FUNDING,
    "shortfall_usd": f"greatest(({_BUDGET}) - ({_FUNDING}), 0)",
    "surplus_usd": f"greatest(({_FUNDING}) - ({_BUDGET}), 0)",
    "gender_marker": _drawn(12, 4),
    "in_appeal": f"{_drawn(13, 200)} = 0",
    "provenance": "'illustrative'",
    "countries": _codes("C", 16, COUNTRIES, 1, 4),
    "regions": _codes("R", 24, 8, 1, 2),
    "themes": _codes("T", 28, 8, 1, 2),
    "areas": _codes("A", 32, 7, 1, 2),
    "partners": _codes("E", 36, 60, 0, 3),
    "mandates": _codes("M", 42, 36, 0, 3),
    "folded": f"'project ' || i || ' of the office ' || {_drawn(5, 900)}",
}
_LABELS: Final = f"""
SELECT 'country' AS dimension, 'C' || i AS code, 'State ' || i AS title, 'State ' || i AS short_title, i AS position
FROM range({COUNTRIES}) AS numbers(i)
UNION ALL SELECT 'pillar', unnest({_PILLARS}), unnest({_PILLARS}), unnest({_PILLARS}), unnest([1, 2, 3, 4])
"""
