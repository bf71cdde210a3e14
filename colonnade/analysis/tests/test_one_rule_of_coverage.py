"""Coverage is a rule in Python and in the SQL of figures and cross-tables: all say the same of any responses."""

from itertools import combinations, product

import duckdb
import pytest

from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import Subject
from colonnade.analysis.figures.definition import library
from colonnade.needs.coverage import coverage_of
from colonnade.needs.models import Response

SAID = list(product(Response.Strength.values, Response.Standing.values))
#: Needs with no response, with one of each kind, and with each two.
CASES = [(), *((one,) for one in SAID), *combinations(SAID, 2)]


@pytest.fixture
def registry() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute(
        "CREATE TABLE recommendation (recommendation VARCHAR, title VARCHAR, pillar VARCHAR, theme VARCHAR,"
        " country VARCHAR, provenance VARCHAR)"
    )
    made.execute("CREATE TABLE response (recommendation VARCHAR, strength VARCHAR, standing VARCHAR)")
    for number, said in enumerate(CASES):
        made.execute("INSERT INTO recommendation VALUES (?, 'N', 'I', 't', 'QMA', 'reported')", [str(number)])
        for strength, standing in said:
            made.execute("INSERT INTO response VALUES (?, ?, ?)", [str(number), strength, standing])
    return made


def expected() -> dict[str, str]:
    return {str(number): str(coverage_of(said)) for number, said in enumerate(CASES)}


def test_cross_tables_count_by_the_rule(registry: duckdb.DuckDBPyConnection) -> None:
    dimension = DIMENSIONS[Subject.NEEDS]["coverage"]
    rows = registry.execute(f"SELECT recommendation, {dimension.expression} FROM recommendation").fetchall()
    assert dict(rows) == expected()


def test_the_other_way_counts_by_the_same_rule_what_names_the_state(registry: duckdb.DuckDBPyConnection) -> None:
    """Every second response is of a project that names the State; the others count for nothing."""
    registry.execute("ALTER TABLE response ADD COLUMN project VARCHAR DEFAULT 'elsewhere'")
    registry.execute("UPDATE response SET project = 'here' WHERE rowid % 2 = 0")
    registry.execute("CREATE TABLE entry_country (project VARCHAR, country VARCHAR)")
    registry.execute("INSERT INTO entry_country VALUES ('here', 'QMA'), ('elsewhere', 'QMB'), ('here', 'QMA')")
    counted: dict[str, list[tuple[str, str]]] = {}
    for need, strength, standing in registry.execute(
        "SELECT recommendation, strength, standing FROM response WHERE project = 'here'"
    ).fetchall():
        counted.setdefault(need, []).append((strength, standing))
    rule = {need: str(coverage_of(counted.get(need, ()))) for need in expected()}
    dimension = DIMENSIONS[Subject.NEEDS]["coverage_here"]
    assert (
        dict(registry.execute(f"SELECT recommendation, {dimension.expression} FROM recommendation").fetchall()) == rule
    )
    assert rule != expected()


@pytest.mark.parametrize("key", ["coverage_of_needs", "coverage_by_pillar", "coverage_by_theme", "coverage_balance"])
def test_figures_count_by_the_rule(key: str, registry: duckdb.DuckDBPyConnection) -> None:
    records = library()[key].records
    rows = registry.execute(f"SELECT id, coverage FROM ({records})", {"provenance": "reported"}).fetchall()
    assert dict(rows) == expected()
