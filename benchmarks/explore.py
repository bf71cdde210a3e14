"""Cross-tables over 1,000,000 projects, by pillar and by State, of which a project names one to four.

Asked as the page does it, over lists in the projects' own rows; beside it the cells alone as a join over the table of
links, in DuckDB and in PostgreSQL on the same rows. Rivals do not compute the totals that the page prints.
"""

import argparse
import multiprocessing
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import duckdb
import psycopg

from benchmarks.large_snapshot import INVENTORY, write_large_snapshot
from benchmarks.timing import peak_mib, report, timed
from colonnade.analysis.crosstab.asking import answer, read_order
from colonnade.analysis.crosstab.model import Answer, Question, Selection, Subject
from colonnade.analysis.store import open_snapshot
from colonnade.config.database import connect_settings, temporary_database
from colonnade.core.viewer import PUBLIC

PROJECTS: Final = 1_000_000
BOUND: Final = 0.500
RUNS: Final = 11

_ALL: Final = Selection(Subject.PROJECTS, INVENTORY)
_SOME: Final = _ALL.where("theme", "T1", "T5").where("status", "ongoing")
QUESTIONS: Final = {
    "Projects by State and pillar": Question(_ALL, "projects", "country", "pillar"),
    "Budget by State and pillar": Question(_ALL, "budget", "country", "pillar"),
    "Projects by State and pillar, two filters": Question(_SOME, "projects", "country", "pillar"),
    "Budget by State and pillar, two filters": Question(_SOME, "budget", "country", "pillar"),
    "Projects by pillar of two States": Question(_ALL.where("country", "C3", "C8"), "projects", "pillar", "country"),
    "Projects by State and area, both of several values": Question(_ALL, "projects", "country", "area"),
}
#: The first two questions' cells as a join: the same in both engines.
JOINS: Final = {
    name: f"SELECT country, pillar, {measure} FROM entry JOIN entry_country USING (inventory, project)"
    f" WHERE entry.inventory = '{INVENTORY}' GROUP BY country, pillar"
    for name, measure in zip(list(QUESTIONS)[:2], ("count(*)", "sum(budget_usd)"), strict=True)
}


Rows = list[Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """A cross-table, and the seconds that it took."""

    answer: Answer
    median: float


def main() -> None:
    """Write in a process of its own, so that the memory printed is what asking takes; then ask."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explore", description=__doc__)
    parser.add_argument("--projects", type=int, default=PROJECTS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="colonnade-bench-") as work:
        folder = Path(work) / "snapshot"
        writer = multiprocessing.get_context("spawn").Process(
            target=write_large_snapshot, args=(folder, asked.projects)
        )
        writer.start()
        writer.join()
        if writer.exitcode:
            raise SystemExit("Explore: the snapshot could not be written")
        ours = _ask(folder, asked.projects)
        _compare(folder, ours)


def _ask(folder: Path, projects: int) -> dict[str, Answered]:
    """The answer to each question, and its median in seconds."""
    before = peak_mib()
    opened = open_snapshot(folder, PUBLIC)
    order = read_order(opened.cursor())
    answered = {}
    for name, question in QUESTIONS.items():
        found = answer(opened.cursor(), question, order)
        timing = timed(partial(answer, opened.cursor(), question, order), runs=RUNS, warm=2)
        report(name, f"{projects:,} projects, {len(found.cells)} cells", timing, BOUND)
        answered[name] = Answered(found, timing.median)
    print(f"  {peak_mib() - before:.0f} MiB of that memory for opening and asking", flush=True)
    return answered


def _compare(folder: Path, ours: dict[str, Answered]) -> None:
    duck = duckdb.connect(config={"threads": 2})
    duck.execute("SET enable_progress_bar = false")
    for table in ("entry", "entry_country"):
        duck.execute(f"CREATE VIEW {table} AS FROM '{folder}/public/{table}.parquet'")
    for name, join in JOINS.items():
        _beside(name, "DuckDB", ours[name], lambda join=join: duck.execute(join).fetchall())  # type: ignore[misc]  # a default binds the loop's query
    connect_settings()
    with temporary_database("bench_explore") as urls, psycopg.connect(urls.owner, autocommit=True) as connection:
        _fill(duck, connection, folder)
        for name, join in JOINS.items():
            _beside(name, "PostgreSQL", ours[name], partial(_fetched, connection, join))


def _beside(name: str, engine: str, ours: Answered, join: Callable[[], Rows]) -> None:
    """Time a rival that finds the same cells; one that finds others is no rival."""
    found = {(country, pillar): value for country, pillar, value in join()}
    if found != dict(ours.answer.cells):
        raise RuntimeError(f"{name}: the join in {engine} finds other cells")
    theirs = timed(join, runs=5)
    print(f"{name}, as a join in {engine}: {theirs}; lists take {ours.median / theirs.median:.2f} of it", flush=True)


def _fetched(connection: psycopg.Connection[tuple[object, ...]], query: str) -> Rows:
    return connection.execute(query.encode()).fetchall()


def _fill(duck: duckdb.DuckDBPyConnection, connection: psycopg.Connection[tuple[object, ...]], folder: Path) -> None:
    """The columns that the questions read, with the keys that a registry would have."""
    tables = {
        "entry": ("inventory, project, pillar, budget_usd", "PRIMARY KEY (inventory, project)"),
        "entry_country": ("inventory, project, country", "PRIMARY KEY (inventory, project, country)"),
    }
    for table, (columns, key) in tables.items():
        typed = ", ".join(f"{name} {'numeric' if name.endswith('usd') else 'text'}" for name in columns.split(", "))
        connection.execute(f"CREATE UNLOGGED TABLE {table} ({typed}, {key})".encode())
        drained = folder / f"{table}.csv"
        duck.execute(f"COPY (SELECT {columns} FROM {table}) TO '{drained}' (FORMAT csv, HEADER false)")
        copying = f"COPY {table} FROM STDIN (FORMAT csv)".encode()
        with drained.open("rb") as stream, connection.cursor() as cursor, cursor.copy(copying) as copy:
            while block := stream.read(1 << 20):
                copy.write(block)
        connection.execute(f"VACUUM ANALYZE {table}".encode())


if __name__ == "__main__":
    main()
