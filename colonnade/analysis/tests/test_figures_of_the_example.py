"""The figures of the handmade example, each expected value written out by hand."""

from __future__ import annotations  # pytest outlives DuckDB's types; held in signatures, they are called leaks

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import InexactFigure, compute, compute_many
from colonnade.analysis.figures.records import records_for
from colonnade.analysis.figures.result import FigureResult, TableValue
from colonnade.analysis.tests.examples import entry, example
from colonnade.analysis.tests.snapshots import PARAMETERS, SnapshotBuilder


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with example().tables() as opened:
        yield opened


@pytest.fixture(scope="module")
def figures(connection: duckdb.DuckDBPyConnection) -> dict[str, FigureResult]:
    return compute_many(connection, library().values(), PARAMETERS)


SINGLE_VALUES = {
    "projects": 4,
    "projects_previous": 3,
    "projects_change": 1,
    "projects_active": 3,
    "projects_completed": 1,
    "projects_carried": 2,
    "projects_new": 2,
    "projects_left": 1,
    "entities_implementing": 3,
    "pillar_balance": Decimal(0),
    "budget_total": Decimal(1750),
    "budget_active": Decimal(1500),
    "budget_completed": Decimal(250),
    "funding_active": Decimal(1000),
    "shortfall_total": Decimal(600),
    "shortfall_share": Decimal(40),
    "surplus_total": Decimal(100),
    "projects_with_shortfall": 1,
    "amounts_without_rate": 1,
    "prevention_projects": 4,
    "prevention_completed": 1,
    "prevention_ongoing": 2,
    "prevention_planned": 1,
    "prevention_active_and_completed": 3,
    "prevention_entities": 1,
    "prevention_states": 1,
    "prevention_projects_with_area": 1,
    "office_projects": 4,
    "needs_count": 5,
    "assessed_states": 2,
    "needs_linked_projects": 2,
    "needs_with_response": 4,
    "seed_count_2018": 2,
    "seed_total_2018": Decimal(213_000),
    "seed_total_2019": Decimal(258_500),
    "seed_ceiling_2019": Decimal(169_500),
    "seed_awards_at_ceiling_2019": 1,
    "appeal_projects": 3,
    "appeal_entities": 1,
    "appeal_projects_at_launch": 1,
    "appeal_requirement": Decimal(650),
    "trust_fund_contributors": 2,
    "in_kind": Decimal(11_500_000),
    "contributions_total": Decimal(100),
    "events_workshops": 2,
    "events_side": 1,
    "events_participants": 42,
    "events_states": 2,
    "trained_2019": 40,
    "conferences_held": 1,
    "gender_principal_share": Decimal(32),
    "beneficiary_states": 2,
    "projects_with_partners": 1,
}


@pytest.mark.parametrize(("key", "expected"), SINGLE_VALUES.items())
def test_a_single_value_is_as_counted_by_hand(figures: dict[str, FigureResult], key: str, expected: Any) -> None:
    assert figures[key].value == expected


TABLES: dict[str, list[tuple[Any, ...]]] = {
    "coverage_of_needs": [
        ("unmet", 1, Decimal(20)),
        ("claimed", 1, Decimal(20)),
        ("contested", 1, Decimal(20)),
        ("partly_met", 1, Decimal(20)),
        ("met", 1, Decimal(20)),
    ],
    "coverage_by_theme": [
        ("prevention", 3, 0, 0, 1, 1, 1, Decimal("66.6666666667")),
        ("victims", 1, 0, 1, 0, 0, 0, Decimal(0)),
        (None, 1, 1, 0, 0, 0, 0, Decimal(0)),
    ],
    "projects_by_group_status": [
        ("ongoing", 2, Decimal(50)),
        ("completed", 0, Decimal(0)),
        ("new", 2, Decimal(50)),
    ],
    "portfolio_flow": [
        ("carried", "in_development", "ongoing", 1, Decimal(800), Decimal(1000)),
        ("carried", "ongoing", "ongoing", 1, Decimal(500), Decimal(500)),
        ("left", "completed", "absent", 1, None, None),
        ("new", "absent", "in_development", 1, None, None),
        ("new", "absent", "completed", 1, None, Decimal(250)),
    ],
    "prevention_by_area": [("dialogue", 1), ("governance", 1), ("communities", 0)],
    "prevention_by_scope": [("global", 3, Decimal(100)), ("regional", 0, Decimal(0)), ("national", 0, Decimal(0))],
    "office_by_status": [
        ("completed", 1, Decimal(25)),
        ("ongoing", 1, Decimal(25)),
        ("new", 1, Decimal(25)),
        ("other", 1, Decimal(25)),
    ],
    "unoct_events_2019": [("expert_meeting", 1)],
    "conferences": [("r1", "Minsk", "BLR", "3–4 September 2019")],
    "trust_fund_list": [("1", "one"), ("2", "two")],
    "seed_awards_2019": [("1", "Award 1", Decimal(169_500)), ("2", "Award 2", Decimal(89_000))],
    "projects_by_region": [("north", 1), ("south", 1)],
    "projects_by_currency": [("USD", 3, 0, Decimal(1750)), ("XTS", 1, 1, None)],
}


@pytest.mark.parametrize(("key", "expected"), TABLES.items())
def test_a_table_is_as_counted_by_hand(
    figures: dict[str, FigureResult], key: str, expected: list[tuple[Any, ...]]
) -> None:
    value = figures[key].value
    assert isinstance(value, TableValue)
    assert list(value.rows) == expected


def test_an_amount_without_a_rate_makes_the_total_at_least(figures: dict[str, FigureResult]) -> None:
    assert figures["budget_total"].qualifier == "at least"
    assert figures["budget_total"].note == "Budgets left out because no US dollar rate is known: 1."
    assert figures["contributions_total"].qualifier == "at least"
    assert figures["seed_total_2018"].qualifier == "exact"


def test_codes_read_as_their_labels(figures: dict[str, FigureResult]) -> None:
    flow = figures["portfolio_flow"]
    assert flow.label("previous_status", "absent") == "Not in the previous inventory"
    assert flow.label("previous_status", "ongoing") == "status ongoing"
    assert flow.labels["flow"] == {"carried": "Carried over", "left": "Left", "new": "New"}


def test_records_of_a_cell_are_those_it_counts(connection: duckdb.DuckDBPyConnection) -> None:
    by_pillar = library()["projects_by_pillar"]

    def ids(pillar: str | None, measure: str | None = None) -> list[str]:
        page = records_for(connection, by_pillar, PARAMETERS, cell={"pillar": pillar}, measure=measure)
        return [row[1] for row in page.rows]

    assert ids("I") == ["a"]
    assert ids(None) == ["c"]
    assert ids("IV", "previous") == ["b", "e"]
    assert ids("'; DROP TABLE entry") == []


def test_records_come_in_pages(connection: duckdb.DuckDBPyConnection) -> None:
    everything = records_for(connection, library()["projects"], PARAMETERS).rows
    pages = [records_for(connection, library()["projects"], PARAMETERS, limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [len(page.rows) for page in pages] == [3, 1, 0]
    assert all(page.total == 4 for page in pages)
    assert tuple(row for page in pages for row in page.rows) == everything


@pytest.mark.parametrize("narrowed", [{"cell": {"country": "XAA"}}, {"cell": {"projects": "1"}}, {"measure": "money"}])
def test_records_of_a_column_that_is_not_there_are_refused(
    connection: duckdb.DuckDBPyConnection, narrowed: dict[str, Any]
) -> None:
    with pytest.raises(KeyError):
        records_for(connection, library()["projects_by_pillar"], PARAMETERS, **narrowed)


def test_without_an_inventory_before_only_what_compares_is_missing() -> None:
    parameters = {**PARAMETERS, "previous": None}
    with SnapshotBuilder().add("entry", entry("a", status="in_development"), entry("b")).tables() as connection:
        figures = compute_many(connection, library().values(), parameters)
    assert figures["projects"].value == 2
    for key in ("projects_previous", "projects_change", "portfolio_flow", "projects_new", "projects_left"):
        assert figures[key].value is None
    by_pillar, groups = figures["projects_by_pillar"].value, figures["projects_by_group_status"].value
    assert isinstance(by_pillar, TableValue)
    assert isinstance(groups, TableValue)
    assert by_pillar.cell("previous", pillar="I") is None
    assert "previous" not in by_pillar.totals
    assert groups.cell("projects", progress="new") == 1


def test_a_query_that_yields_a_floating_point_number_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    inexact = replace(library()["projects"], value="SELECT 0.5::DOUBLE AS value FROM records LIMIT 1")
    with pytest.raises(InexactFigure):
        compute(connection, inexact, PARAMETERS)


def test_a_report_states_its_own_source(connection: duckdb.DuckDBPyConnection) -> None:
    assert compute(connection, library()["projects"], PARAMETERS).source == "A/74/677 annex II para. 56"
    assert compute(connection, library()["projects"], PARAMETERS, source="A/74/677 para. 16").source.endswith("16")
