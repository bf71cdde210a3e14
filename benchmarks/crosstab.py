"""Pillar by entity over 1,000,000 projects: the figure's SQL in DuckDB, beside the same query in PostgreSQL."""

import tempfile
from pathlib import Path

import duckdb
import psycopg

from benchmarks.timing import report, timed
from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.sql import fill_in, value_template
from colonnade.analysis.schema import TABLES
from colonnade.config.database import connect_settings, temporary_database

PROJECTS = 1_000_000
ENTITIES = 42
FIGURE = "projects_by_entity_and_pillar"
ROWS = f"""
SELECT i AS project, 'E' || (hash(i) % {ENTITIES}) AS entity,
       ['I', 'II', 'III', 'IV'][1 + (hash(i + 7) % 4)::INTEGER] AS pillar
FROM range({PROJECTS}) AS numbers(i)
"""


def main() -> None:
    """Fill both from the same rows, then time the same question."""
    connect_settings()
    with tempfile.TemporaryDirectory() as work:
        partition = Path(work) / "public"
        partition.mkdir()
        writer = duckdb.connect(config={"threads": 2})
        writer.execute(f"CREATE TABLE made AS {ROWS}")
        _write_snapshot(writer, partition)
        sql = fill_in(value_template(library()[FIGURE]), {"inventory": "bench", "previous": None})
        reader = duckdb.connect(config={"threads": 2})
        for table in TABLES:
            reader.execute(f"CREATE VIEW {table} AS FROM read_parquet('{partition}/{table}.parquet')")
        ours = timed(lambda: reader.execute(sql).fetchall(), runs=15, warm=3)
        cells = len(reader.execute(sql).fetchall())
        report("Pillar by entity, DuckDB over Parquet", f"{PROJECTS:,} projects, {cells} cells", ours, 0.050)
        with temporary_database("bench_crosstab") as urls, psycopg.connect(urls.owner) as connection:
            _fill_postgresql(writer, connection)
            question = "SELECT entity, pillar, count(*) FROM entry WHERE inventory = 'bench' GROUP BY entity, pillar"
            theirs = timed(lambda: connection.execute(question).fetchall(), runs=7, warm=2)
        print(
            f"Pillar by entity, PostgreSQL: {PROJECTS:,} rows: {theirs};"
            f" DuckDB takes {ours.median / theirs.median:.2f} of its time",
            flush=True,
        )


def _write_snapshot(writer: duckdb.DuckDBPyConnection, partition: Path) -> None:
    """A public partition whose entries are the rows made, every other column empty or constant."""
    given = {
        "entry": {
            "inventory": "'bench'",
            "project": "lpad(project::VARCHAR, 16, '0')",
            "level": "'public'",
            "title": "'Project ' || project",
            "entity": "entity",
            "pillar": "pillar",
            "status": "'ongoing'",
            "active": "true",
        }
    }
    for table, columns in TABLES.items():
        chosen = ", ".join(
            f'CAST({given.get(table, {}).get(name, "NULL")} AS {kind}) AS "{name}"' for name, kind in columns.items()
        )
        source = "made" if table == "entry" else "made LIMIT 0"
        if table == "inventory":
            chosen = ", ".join(
                f'CAST({chr(39) + "bench" + chr(39) if name == "inventory" else "NULL"} AS {kind}) AS "{name}"'
                for name, kind in columns.items()
            )
            source = "range(1)"
        writer.execute(f"COPY (SELECT {chosen} FROM {source}) TO '{partition}/{table}.parquet' (FORMAT parquet)")


def _fill_postgresql(writer: duckdb.DuckDBPyConnection, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute("CREATE TABLE entry (project text, entity text, pillar text, inventory text)")
    with connection.cursor() as cursor, cursor.copy("COPY entry FROM STDIN") as copy:
        for row in writer.execute("SELECT project::VARCHAR, entity, pillar, 'bench' FROM made").fetchall():
            copy.write_row(row)
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE entry")


if __name__ == "__main__":
    main()
