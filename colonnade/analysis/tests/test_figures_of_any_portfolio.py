"""Figures over portfolios drawn at random, against the same counts made by plain loops."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import compute_many
from colonnade.analysis.figures.result import Cell, FigureResult, Number, TableValue
from colonnade.analysis.tests.examples import entry
from colonnade.analysis.tests.snapshots import ENTITIES, PARAMETERS, PILLARS, SCOPES, STATUSES, Row, SnapshotBuilder

KEYS = (
    "projects",
    "projects_previous",
    "projects_change",
    "projects_by_pillar",
    "pillar_balance",
    "projects_by_entity",
    "projects_by_entity_and_pillar",
    "entities_implementing",
    "projects_by_scope",
    "projects_by_group_status",
    "portfolio_flow",
    "projects_carried",
    "projects_new",
    "projects_left",
    "budget_total",
    "budget_active",
    "budget_completed",
    "funding_active",
    "shortfall_total",
    "shortfall_share",
    "surplus_total",
    "money_by_pillar",
    "amounts_without_rate",
    "gender_principal_share",
)
TENTH_DIGIT = Fraction(1, 10**10)

amounts = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def portfolios(draw: st.DrawFn) -> list[Row]:
    rows = []
    for inventory in ("now", "before"):
        for project in draw(st.sets(st.integers(0, 11), max_size=10)):
            reported: dict[str, Any] = {
                "entity": draw(st.sampled_from(ENTITIES)),
                "pillar": draw(st.sampled_from((*PILLARS, None))),
                "scope": draw(st.sampled_from((*SCOPES, None))),
                "status": draw(st.sampled_from(STATUSES)),
                "currency": draw(st.sampled_from(("USD", "USD", "XTS"))),
                "budget": draw(amounts),
                "funding": draw(amounts),
                "gender_marker": draw(st.sampled_from((None, 0, 1, 2, 3))),
            }
            rows.append(entry(f"p{project}", inventory, **reported))
    return rows


def computed(rows: list[Row]) -> dict[str, FigureResult]:
    with SnapshotBuilder().add("entry", *rows).tables() as connection:
        return compute_many(connection, (library()[key] for key in KEYS), PARAMETERS)


def number(result: FigureResult) -> Number | None:
    assert not isinstance(result.value, TableValue)
    return result.value


def table(result: FigureResult) -> TableValue:
    assert isinstance(result.value, TableValue)
    return result.value


def column(result: FigureResult, measure: str) -> dict[tuple[Cell, ...], Cell]:
    value = table(result)
    place = [column.name for column in value.columns].index(measure)
    return {row[: len(value.dimensions)]: row[place] for row in value.rows}


def total(rows: list[Row], name: str) -> Decimal | None:
    """What the figures call a sum: 0 over nothing, unknown where nothing is known."""
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known, Decimal(0)) if known or not rows else None


def close(met: Cell, part: Any, whole: Any) -> bool:
    if part is None or not whole:
        return met is None
    return isinstance(met, Decimal) and abs(Fraction(met) - 100 * Fraction(part) / Fraction(whole)) <= TENTH_DIGIT


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=portfolios())
def test_figures_agree_with_plain_loops(rows: list[Row]) -> None:
    figures = computed(rows)
    now = {row["project"]: row for row in rows if row["inventory"] == "now"}
    before = {row["project"]: row for row in rows if row["inventory"] == "before"}
    assert number(figures["projects"]) == len(now)
    assert number(figures["projects_previous"]) == len(before)
    assert number(figures["projects_change"]) == len(now) - len(before)
    check_divisions(figures, now, before)
    check_flow(figures, now, before)
    check_money(figures, list(now.values()))


def check_divisions(figures: Mapping[str, FigureResult], now: Mapping[str, Row], before: Mapping[str, Row]) -> None:
    by_pillar = Counter(row["pillar"] for row in now.values())
    codes = (*PILLARS, None) if by_pillar[None] or any(row["pillar"] is None for row in before.values()) else PILLARS
    assert list(column(figures["projects_by_pillar"], "projects").items()) == [((c,), by_pillar[c]) for c in codes]
    for (code,), share in column(figures["projects_by_pillar"], "share").items():
        assert close(share, by_pillar[code], len(now))
    reported = sum(by_pillar[code] for code in PILLARS)
    smallest = min(by_pillar[code] for code in PILLARS) * len(PILLARS)
    assert close(number(figures["pillar_balance"]), smallest, reported)

    by_scope = Counter(row["scope"] for row in now.values())
    scopes = (*SCOPES, None) if by_scope[None] else SCOPES
    assert list(column(figures["projects_by_scope"], "projects").items()) == [((c,), by_scope[c]) for c in scopes]

    by_entity = Counter(row["entity"] for row in now.values())
    assert number(figures["entities_implementing"]) == len(by_entity)
    if now:
        pairs = Counter((row["entity"], row["pillar"]) for row in now.values())
        expected = [((e, p), pairs[e, p]) for e in ENTITIES for p in (*PILLARS, None) if pairs[e, p]]
        assert list(column(figures["projects_by_entity_and_pillar"], "projects").items()) == expected
        assert table(figures["projects_by_entity"]).totals["projects"] == len(now)


def check_flow(figures: Mapping[str, FigureResult], now: Mapping[str, Row], before: Mapping[str, Row]) -> None:
    carried, new, left = now.keys() & before.keys(), now.keys() - before.keys(), before.keys() - now.keys()
    assert number(figures["projects_carried"]) == len(carried)
    assert number(figures["projects_new"]) == len(new)
    assert number(figures["projects_left"]) == len(left)
    expected = Counter(("carried", before[project]["status"], now[project]["status"]) for project in carried)
    expected += Counter(("new", "absent", now[project]["status"]) for project in new)
    expected += Counter(("left", before[project]["status"], "absent") for project in left)
    assert (column(figures["portfolio_flow"], "projects") if expected else {}) == expected

    groups = Counter("new" if project in new else _progress(row["status"]) for project, row in now.items())
    met = {code: count for (code,), count in column(figures["projects_by_group_status"], "projects").items()}
    assert met == {code: groups[code] for code in ("ongoing", "completed", "new")} | (
        {"other": groups["other"]} if groups["other"] else {}
    )


def _progress(status: str) -> str:
    return status if status in ("ongoing", "completed") else "other"


def check_money(figures: Mapping[str, FigureResult], now: list[Row]) -> None:
    active = [row for row in now if row["status"] not in ("completed", "cancelled")]
    assert number(figures["budget_total"]) == total(now, "budget_usd")
    assert number(figures["budget_active"]) == total(active, "budget_usd")
    assert number(figures["budget_completed"]) == total([r for r in now if r["status"] == "completed"], "budget_usd")
    assert number(figures["funding_active"]) == total(active, "funding_usd")
    assert number(figures["shortfall_total"]) == total(active, "shortfall_usd")
    assert number(figures["surplus_total"]) == total(active, "surplus_usd")
    known = [row for row in active if row["shortfall_usd"] is not None]
    if known:
        assert close(number(figures["shortfall_share"]), total(known, "shortfall_usd"), total(active, "budget_usd"))

    unrated = [row for row in now if row["budget"] is not None and row["budget_usd"] is None]
    assert figures["budget_total"].qualifier == ("at least" if unrated else "exact")
    if unrated:
        assert f"known: {len(unrated)}." in figures["budget_total"].note
    without = [
        row for row in now for name in ("budget", "funding") if row[name] is not None and row["currency"] != "USD"
    ]
    assert number(figures["amounts_without_rate"]) == len({row["project"] for row in without})
    for (code,), shortfall in column(figures["money_by_pillar"], "shortfall").items():
        here = [row for row in active if row["pillar"] == code and row["shortfall_usd"] is not None]
        assert shortfall == (sum(row["shortfall_usd"] for row in here) if here else None)

    principal = [row for row in now if row["gender_marker"] == 3]
    if any(row["gender_marker"] is not None for row in now):
        part = total(principal, "funding_usd") or Decimal(0)
        assert close(number(figures["gender_principal_share"]), part, total(now, "funding_usd"))


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_registry_computes_without_error(key: str) -> None:
    with SnapshotBuilder({}).tables() as connection:
        result = compute_many(connection, [library()[key]], PARAMETERS)[key]
    assert result.value is None
    assert result.row_count == 0
