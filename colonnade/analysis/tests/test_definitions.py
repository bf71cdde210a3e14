"""The library of definitions: complete, consistent, and each one's SQL runs and leads to its records."""

from __future__ import annotations  # pytest outlives DuckDB's types; held in signatures, they are called leaks

import re
from pathlib import Path

import duckdb
import pytest

from colonnade.analysis.figures.definition import FigureDefinition, library, read_library
from colonnade.analysis.figures.engine import compute, count_rows
from colonnade.analysis.figures.records import records_for
from colonnade.analysis.figures.result import TableValue
from colonnade.analysis.figures.sql import BadParameter, fill_in, parameters_in, recognise, value_template
from colonnade.analysis.tests.examples import example
from colonnade.analysis.tests.snapshots import PARAMETERS
from colonnade.core.problems import ProblemsFound

KEYS = sorted(library())
SOURCE = re.compile(r"A/74/677( annex (I|II|III|IV|V))?( para\. \d+)?")


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return example().tables()


@pytest.fixture(params=KEYS)
def definition(request: pytest.FixtureRequest) -> FigureDefinition:
    return library()[request.param]


def test_a_definition_says_what_it_counts(definition: FigureDefinition) -> None:
    assert definition.version >= 1
    assert definition.definition.endswith(".")
    assert len(definition.definition) > 40
    assert SOURCE.fullmatch(definition.source), definition.source
    assert not definition.title.endswith(".")


def test_a_percentage_says_of_what(definition: FigureDefinition) -> None:
    units = {column.unit for column in definition.columns} | {definition.unit}
    assert bool(definition.of) == ("per cent" in units)


def test_only_known_parameters_are_used(definition: FigureDefinition) -> None:
    assert parameters_in(definition) <= set(PARAMETERS)


def test_a_figure_counts_something_in_the_example(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition
) -> None:
    result = compute(connection, definition, PARAMETERS)
    assert result.value is not None
    assert result.row_count > 0


def test_the_printed_query_runs_as_it_stands(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition
) -> None:
    result = compute(connection, definition, PARAMETERS)
    assert "$" not in result.sql
    rows = connection.execute(result.sql).fetchall()
    expected = result.value.rows if isinstance(result.value, TableValue) else ((result.value,),)
    assert tuple(rows) == expected
    assert count_rows(connection, result.records_sql) == result.row_count


def test_the_records_of_a_figure_and_of_each_measure_can_be_listed(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition
) -> None:
    page = records_for(connection, definition, PARAMETERS, limit=10_000)
    assert page.columns[:3] == ("kind", "id", "title")
    assert len(page.rows) == page.total == compute(connection, definition, PARAMETERS).row_count
    for column in definition.columns:
        if column.unit:
            assert records_for(connection, definition, PARAMETERS, measure=column.name).columns[:3] == page.columns[:3]


def test_every_cell_of_a_table_leads_to_its_records(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition
) -> None:
    value = compute(connection, definition, PARAMETERS).value
    if not isinstance(value, TableValue):
        return
    names = [column.name for column in value.columns]
    for column in value.measures:
        if column.unit != "count" or column.name == "change":
            continue
        for row in value.rows:
            codes = {name: row[names.index(name)] for name in names if name in {d.name for d in value.dimensions}}
            page = records_for(connection, definition, PARAMETERS, cell=codes, measure=column.name)  # type: ignore[arg-type]  # dimensions are codes
            assert page.total == row[names.index(column.name)], (codes, column.name)


def test_a_complete_table_has_a_row_for_every_code(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition
) -> None:
    if not definition.complete:
        return
    value = compute(connection, definition, PARAMETERS).value
    assert isinstance(value, TableValue)
    dimension = definition.dimensions[0]
    ordered = connection.execute(
        "SELECT code FROM label WHERE dimension = ? ORDER BY position", [dimension.dimension or dimension.name]
    ).fetchall()
    rows = [row[0] for row in value.rows]
    assert [code for code in rows if code is not None] == [code for (code,) in ordered]
    assert None not in rows[:-1]


def test_without_its_inventory_a_figure_is_not_reported(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition
) -> None:
    nowhere = {**PARAMETERS, "inventory": None, "prevention": None, "office": None}
    needed = parameters_in(definition) & {"inventory", "prevention", "office"}
    if needed:
        assert compute(connection, definition, nowhere).value is None


def test_a_recorded_query_is_recognised_with_its_parameters(definition: FigureDefinition) -> None:
    template = value_template(definition)
    used = {name: PARAMETERS[name] for name in parameters_in(definition)}
    recorded = fill_in(template, PARAMETERS)
    assert recognise(template, recorded) == used
    assert recognise(template, recorded + " LIMIT 1") is None
    if "inventory" in used:
        assert recognise(template, recorded.replace("'now'", "'now' OR true")) is None


@pytest.mark.parametrize("value", ["", "Now", "now'", "a b", "now; DROP", "now\n", "ñ"])
def test_a_parameter_that_is_no_code_is_refused(value: str) -> None:
    with pytest.raises(BadParameter):
        fill_in("SELECT $inventory", {"inventory": value})


def test_a_parameter_that_was_not_given_is_refused() -> None:
    with pytest.raises(BadParameter, match="inventory"):
        fill_in("SELECT $inventory", {})


def test_a_folder_of_bad_definitions_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("not toml at all [")
    (tmp_path / "b.toml").write_text(
        '[[figure]]\nkey = "Bad Key"\nversion = "one"\nunit = "per cent"\ntotals = ["x"]\n'
        '[[figure]]\nkey = "table"\nversion = 1\ntitle = "T"\ndefinition = "D"\nunit = "table"\nsource = "S"\n'
        'records = "SELECT 1"\nvalue = "SELECT 1"\n'
    )
    with pytest.raises(ProblemsFound) as caught:
        read_library(tmp_path)
    wrong = {(problem.file, problem.row, problem.column) for problem in caught.value.problems}
    assert {("a.toml", None, None), ("b.toml", 1, "key"), ("b.toml", 1, "version"), ("b.toml", 1, "of")} <= wrong
    assert {("b.toml", 1, "title"), ("b.toml", 1, "totals"), ("b.toml", 2, "columns")} <= wrong
