"""Figures of markers over portfolios drawn at random, against plain loops; Wilson's interval against its definition."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import isclose, sqrt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import compute
from colonnade.analysis.figures.result import Cell, TableValue
from colonnade.analysis.tests.examples import entry
from colonnade.analysis.tests.snapshots import ENTITIES, PARAMETERS, PILLARS, Row, SnapshotBuilder

MOST = {"gender": 3, "youth": 2}
TOLERANCE = Decimal("1e-9")
Rows = list[dict[str, Cell]]


@st.composite
def scored(draw: st.DrawFn) -> tuple[list[Row], dict[tuple[str, str], int]]:
    """Projects with money, and the score of some of them for a marker."""
    amounts = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)
    rows = [
        entry(
            f"p{number}",
            entity=draw(st.sampled_from(ENTITIES)),
            pillar=draw(st.sampled_from((*PILLARS, None))),
            currency=draw(st.sampled_from(("USD", "USD", "XTS"))),
            budget=draw(amounts),
            funding=draw(amounts),
            starts_on=draw(st.sampled_from((None, date(2018, 3, 1), date(2019, 1, 1)))),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    scores = {
        (row["project"], marker): score
        for row in rows
        for marker, most in MOST.items()
        if (score := draw(st.none() | st.integers(0, most))) is not None
    }
    return rows, scores


def figure(key: str, builder: SnapshotBuilder) -> Rows:
    with builder.tables() as connection:
        value = compute(connection, library()[key], PARAMETERS).value
    if value is None:
        return []
    assert isinstance(value, TableValue)
    return [dict(zip([column.name for column in value.columns], row, strict=True)) for row in value.rows]


def of(rows: list[Row], scores: dict[tuple[str, str], int]) -> SnapshotBuilder:
    given_scores = [
        {"inventory": "now", "project": project, "marker": marker, "score": score}
        for (project, marker), score in scores.items()
    ]
    return SnapshotBuilder().add("entry", *rows).add("entry_marker", *given_scores)


def total(rows: list[Row], column: str) -> Decimal:
    return sum((row[column] for row in rows if row[column] is not None), Decimal(0))


def same_share(met: Cell, part: Decimal, whole: Decimal) -> bool:
    if met is None:
        return whole == 0
    assert isinstance(met, Decimal)
    return whole != 0 and abs(met - 100 * part / whole) < TOLERANCE


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scored())
def test_money_by_score_adds_up_and_what_was_not_scored_is_its_own_part(drawn: Any) -> None:
    rows, scores = drawn
    found = figure("marker_scores", of(rows, scores))
    assert [(row["marker"], row["score"]) for row in found] == [
        (marker, score) for marker, most in MOST.items() for score in (*map(str, range(most + 1)), "none")
    ]
    for line in found:
        marker = line["marker"]
        mine = [row for row in rows if str(scores.get((row["project"], marker), "none")) == line["score"]]
        known = [row for row in rows if (row["project"], marker) in scores]
        assert line["projects"] == len(mine)
        assert (line["funding"] or 0) == total(mine, "funding_usd")
        assert same_share(line["share"], Decimal(len(mine)), Decimal(len(rows)))
        if line["score"] == "none":
            assert (line["budget_share"], line["funding_share"]) == (None, None)
        elif line["funding"] is not None:
            assert same_share(line["funding_share"], total(mine, "funding_usd"), total(known, "funding_usd"))
    for marker in MOST:
        assert sum(int(line["projects"] or 0) for line in found if line["marker"] == marker) == len(rows)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scored())
def test_the_share_of_the_principal_objective_and_its_gap(drawn: Any) -> None:
    rows, scores = drawn
    found = {str(row["marker"]): row for row in figure("marker_principal", of(rows, scores))}
    assert list(found) == list(MOST)
    for marker, line in found.items():
        known = [row for row in rows if (row["project"], marker) in scores]
        highest = [row for row in known if scores[row["project"], marker] == MOST[marker]]
        assert (line["scored"], line["unscored"], line["principal"]) == (
            len(known),
            len(rows) - len(known),
            len(highest),
        )
        assert same_share(line["budget_share"], total(highest, "budget_usd"), total(known, "budget_usd"))
        assert same_share(line["funding_share"], total(highest, "funding_usd"), total(known, "funding_usd"))
        if known:
            assert same_share(line["funding_share_of_all"], total(highest, "funding_usd"), total(rows, "funding_usd"))
        if marker == "gender":
            assert line["target"] == 15
            share, gap = line["funding_share"], line["gap"]
            assert (gap is None) == (share is None)
            assert gap is None or Decimal(str(gap)) == Decimal(str(share)) - 15
        else:
            assert (line["target"], line["gap"]) == (None, None)


BY: dict[str, Callable[[Row], Any]] = {
    "entity": lambda row: row["entity"],
    "pillar": lambda row: row["pillar"],
    "year": lambda row: str(row["starts_on"].year) if row["starts_on"] else None,
}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(scored(), st.sampled_from(sorted(BY)))
def test_the_parts_of_a_breakdown_make_the_whole(drawn: Any, by: str) -> None:
    rows, scores = drawn
    builder = of(rows, scores)
    whole = {row["marker"]: row for row in figure("marker_principal", builder)}
    parts = figure(f"marker_by_{by}", builder)
    for marker in MOST:
        own = [row for row in parts if row["marker"] == marker]
        assert {row[by] for row in own} == {BY[by](row) for row in rows}
        for column in ("scored", "unscored", "principal", "funding", "funding_principal"):
            assert sum(Decimal(str(row[column] or 0)) for row in own) == Decimal(str(whole[marker][column] or 0)), (
                column
            )


def checks(agreed: int, others: int, waiting: int) -> SnapshotBuilder:
    outcomes = ["agrees"] * agreed + ["proposes"] * others + [None] * waiting
    rows = [
        {"marker_check": f"k{number}", "project": "a", "title": "A", "marker": "gender", "score": 1, "outcome": outcome}
        for number, outcome in enumerate(outcomes)
    ]
    return SnapshotBuilder().add("marker_check", *rows, level="compact")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 3))
def test_wilsons_bounds_solve_the_equation_that_defines_them(agreed: int, others: int, waiting: int) -> None:
    found = figure("marker_agreement", checks(agreed, others, waiting))
    n = agreed + others
    if n + waiting == 0:
        assert found == []
        return
    (line,) = found
    assert (line["drawn"], line["checked"], line["agreed"]) == (n + waiting, n, agreed)
    if n == 0:
        assert (line["share"], line["low"], line["high"]) == (None, None, None)
        return
    share, low, high = (float(str(line[name])) / 100 for name in ("share", "low", "high"))
    assert isclose(share, agreed / n, abs_tol=1e-9)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    # Those are the shares p at which what was met lies z standard errors away: (share - p)^2 = z^2 p (1 - p) / n.
    for bound in (low, high):
        if 0 < bound < 1:
            assert isclose(abs(share - bound), 1.959964 * sqrt(bound * (1 - bound) / n), abs_tol=1e-6)


def test_where_nothing_was_checked_no_share_and_no_interval_is_printed() -> None:
    (line,) = figure("marker_agreement", checks(0, 0, 2))
    assert (line["drawn"], line["checked"], line["share"], line["low"], line["high"]) == (2, 0, None, None, None)


def test_a_published_interval_is_met() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 gives 0.2553 to 0.3662."""
    (line,) = figure("marker_agreement", checks(81, 263 - 81, 0))
    assert (round(float(str(line["low"])), 2), round(float(str(line["high"])), 2)) == (25.53, 36.62)
