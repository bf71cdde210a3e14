"""What a record adds to a number: only what gives the printed number on both sides."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.reporting.comparison.records import Rows, Weight
from colonnade.reporting.comparison.weights import weight_of

COUNT = FigureDefinition("wells", 1, "Wells", "All.", "count", "", "SELECT 1", "SELECT count(*) AS value FROM records")
SUM = replace(COUNT, unit="USD", value="SELECT sum(funding_usd) AS value FROM records")


def side(*amounts: tuple[int | None, int | None], value: Any) -> tuple[Rows, Any]:
    rows = [
        ("project", str(place), "A well", *(None if amount is None else Decimal(amount) for amount in pair))
        for place, pair in enumerate(amounts)
    ]
    return Rows(("kind", "id", "title", "budget_usd", "funding_usd"), rows), value


def test_a_count_counts_its_records() -> None:
    assert weight_of(COUNT, "", "count", side((1, 2), (3, 4), value=2), side((1, 2), value=1)) == Weight()


def test_a_sum_is_of_the_column_that_the_query_adds_up() -> None:
    sides = side((5, 5), value=Decimal(5)), side((7, 7), value=Decimal(7))
    assert weight_of(SUM, "", "USD", *sides) == Weight("funding_usd")
    assert weight_of(SUM, "budget", "USD", *sides) == Weight("budget_usd")


def test_a_column_that_gives_one_side_only_is_none() -> None:
    assert weight_of(SUM, "", "USD", side((5, 6), value=Decimal(6)), side((7, 8), value=Decimal(9))) is None


def test_a_share_is_no_sum_even_where_its_digits_agree() -> None:
    assert weight_of(COUNT, "", "per cent", side((1, 1), value=1), side((1, 1), value=1)) is None


def test_a_side_without_number_or_records_agrees() -> None:
    assert weight_of(SUM, "", "USD", side(value=None), side((None, 3), (2, None), value=Decimal(3))) == Weight(
        "funding_usd"
    )


def test_a_number_of_distinct_things_has_no_weight() -> None:
    assert weight_of(COUNT, "", "count", side((1, 2), (1, 2), value=1), side((1, 2), value=1)) is None
