"""Whatever is compared, every record is in one part and the parts add up."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from colonnade.reporting.comparison.records import FieldChange, Parts, Rows, Weight, compare_records

COLUMNS = ("kind", "id", "title", "status", "budget_usd")
amounts = st.none() | st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
rows = st.lists(
    st.tuples(
        st.just("project"),
        st.sampled_from("abcdefgh"),
        st.just("A well"),
        st.sampled_from(["ongoing", "completed", None]),
        amounts,
    ),
    max_size=12,
)


def side(*given_rows: tuple[Any, ...], known: dict[tuple[str, str], dict[str, Any]] | None = None) -> Rows:
    return Rows(COLUMNS, given_rows, known or {})


def well(name: str, status: str = "ongoing", budget: int | None = 1) -> tuple[Any, ...]:
    return ("project", name, f"Well {name}", status, None if budget is None else Decimal(budget))


@given(rows, rows, st.sampled_from([None, Weight(), Weight("budget_usd")]))
def test_the_parts_always_add_up(before: list[Any], after: list[Any], weight: Weight | None) -> None:
    parts = compare_records(side(*before), side(*after), weight)
    assert parts.adds_up
    assert parts.stayed + len(parts.left) == parts.records_before == len({row[1] for row in before})
    assert parts.stayed + len(parts.came) == parts.records_after == len({row[1] for row in after})
    if weight == Weight("budget_usd"):
        assert parts.amount_after == sum(row[4] or 0 for row in after)
    if weight == Weight():
        assert parts.amount_before == len(before)


@given(rows, rows)
def test_looking_from_the_other_side_turns_came_into_left(before: list[Any], after: list[Any]) -> None:
    there, back = (compare_records(side(*one), side(*other)) for one, other in ((before, after), (after, before)))
    assert {met.told.id for met in there.came} == {met.told.id for met in back.left}
    assert {met.told.id for met in there.altered} == {met.told.id for met in back.altered}


@given(rows)
def test_nothing_differs_from_itself(given_rows: list[Any]) -> None:
    parts = compare_records(side(*given_rows), side(*given_rows), Weight("budget_usd"))
    assert (parts.came, parts.left, parts.altered) == ((), (), ())


def test_parts_that_do_not_add_up_are_recognised() -> None:
    assert not Parts((), (), (), same=1, records_before=1, records_after=2).adds_up
    assert not Parts((), (), (), 1, 1, 1, Weight(), amount_before=1, amount_after=2).adds_up


def test_a_record_that_stayed_says_what_is_otherwise() -> None:
    parts = compare_records(side(well("a", "ongoing", 5)), side(well("a", "completed", 7)), Weight("budget_usd"))
    (met,) = parts.altered
    changes = FieldChange("status", "ongoing", "completed"), FieldChange("budget_usd", Decimal(5), Decimal(7))
    assert met.changes == changes
    assert (met.change, parts.amount_stayed, parts.moved) == (2, 2, 1)


def test_what_came_may_have_stood_there_with_another_status() -> None:
    known = {("project", "a"): {"status": "ongoing"}}
    parts = compare_records(side(known=known), side(well("a", "completed")))
    (met,) = parts.came
    assert met.known_before
    assert met.changes == (FieldChange("status", "ongoing", "completed"),)


def test_what_is_new_to_the_inventory_was_nothing_before() -> None:
    (met,) = compare_records(side(), side(well("a"))).came
    assert not met.known_before
    assert met.changes == ()


def test_a_budget_that_was_not_reported_adds_nothing() -> None:
    parts = compare_records(side(well("a", budget=None)), side(well("a", budget=3)), Weight("budget_usd"))
    assert (parts.amount_before, parts.amount_stayed, parts.amount_after) == (0, 3, 3)


def test_a_project_that_stands_in_two_rows_is_one_record() -> None:
    parts = compare_records(side(well("a", budget=1), well("a", budget=2)), side(), Weight("budget_usd"))
    assert (len(parts.left), parts.amount_left) == (1, 3)
