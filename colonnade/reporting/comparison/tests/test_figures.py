"""Which figures differ: single numbers, cells of tables, what only one side states, and what is defined otherwise."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.figures.result import Cell, Column, FigureResult, Number, TableValue
from colonnade.reporting.comparison.figures import Change, Outcome, compare_figure, compare_figures, compare_tables

COLUMNS = (Column("pillar", "Pillar"), Column("projects", "Projects", "count"), Column("share", "Share", "per cent"))


def figure(value: Number | TableValue | None, key: str = "wells", version: int = 1) -> FigureResult:
    unit = "table" if isinstance(value, TableValue) else "count"
    return FigureResult(key, version, "Wells", "", unit, "exact", "", value, 0, "All the wells.", "", "")


def table(*rows: tuple[Cell, ...], **totals: Number) -> TableValue:
    return TableValue(COLUMNS, rows, totals)


def test_a_number_that_changed_says_by_how_much() -> None:
    found = compare_figure("wells", figure(317), figure(314))
    assert found.outcome is Outcome.CHANGED
    assert found.change == Change(317, 314)
    assert found.change.difference == -3


def test_the_same_number_written_with_other_digits_is_the_same() -> None:
    assert compare_figure("wells", figure(Decimal("5.00")), figure(5)).outcome is Outcome.SAME


def test_a_new_definition_is_a_break_even_where_the_number_is_the_same() -> None:
    assert compare_figure("wells", figure(3), figure(3, version=2)).outcome is Outcome.REDEFINED
    reworded = replace(figure(3), definition="Wells with water.")
    assert compare_figure("wells", figure(3), reworded).outcome is Outcome.REDEFINED


def test_a_table_with_other_columns_is_a_break() -> None:
    narrower = TableValue(COLUMNS[:2], (("I", 1),))
    assert compare_figure("wells", figure(narrower), figure(table(("I", 1, None)))).outcome is Outcome.REDEFINED


def test_what_only_one_side_states_is_no_change() -> None:
    assert compare_figure("wells", None, figure(3)).outcome is Outcome.ONLY_AFTER
    assert compare_figure("wells", figure(3), figure(None)).outcome is Outcome.ONLY_BEFORE
    assert compare_figure("wells", figure(None), None).outcome is Outcome.SAME
    assert Change(None, 3).difference is None


def test_figures_come_in_the_order_of_the_later_side() -> None:
    before, after = {"a": figure(1), "b": figure(1)}, {"c": figure(1), "b": figure(2)}
    assert [change.key for change in compare_figures(before, after)] == ["c", "b", "a"]


def test_a_row_that_one_table_lacks_reports_nothing_there() -> None:
    before, after = (
        table(("I", 2, Decimal(100)), projects=2),
        table(("I", 2, Decimal(50)), ("II", 2, Decimal(50)), projects=4),
    )
    found = compare_figure("wells", figure(before), figure(after))
    differing = {(cell.codes, cell.measure): cell.change for cell in found.cells}
    assert differing[(("pillar", "II"),), "projects"] == Change(None, 2)
    assert differing[(), "projects"] == Change(2, 4)
    assert ((("pillar", "I"),), "projects") not in differing
    assert (len(found.cells), found.cells_same) == (4, 1)


def test_a_measure_that_one_side_does_not_report_has_not_changed() -> None:
    before, after = table(("I", 2, None), ("II", 1, None)), table(("I", 2, Decimal(50)), ("II", 1, Decimal(50)))
    assert compare_figure("wells", figure(before), figure(after)).outcome is Outcome.SAME
    assert compare_figure("wells", figure(table()), figure(after)).outcome is Outcome.CHANGED


def test_rows_without_a_code_and_rows_that_repeat_one_are_held_against_each_other_in_order() -> None:
    before, after = (
        table((None, 1, None), ("I", 2, None), ("I", 3, None)),
        table((None, 1, None), ("I", 2, None), ("I", 4, None)),
    )
    differing = [cell for cell in compare_tables(before, after) if cell.change.differs]
    assert [(cell.codes, cell.change) for cell in differing] == [((("pillar", "I"),), Change(3, 4))]


codes = st.lists(st.sampled_from(["I", "II", "III", None]), unique=True)
tables = codes.flatmap(
    lambda given_codes: st.tuples(*(st.tuples(st.just(code), st.integers(0, 9), st.none()) for code in given_codes))
).map(lambda rows: table(*rows, projects=sum(row[1] for row in rows)))


@given(tables, tables)
def test_changes_of_cells_add_up_to_the_change_of_the_total(before: TableValue, after: TableValue) -> None:
    cells = [cell for cell in compare_tables(before, after) if cell.measure == "projects"]
    (of_total,) = [cell.change for cell in cells if not cell.codes]
    of_rows = sum((cell.change.after or 0) - (cell.change.before or 0) for cell in cells if cell.codes)
    assert of_total.difference == of_rows


@given(tables)
def test_a_table_is_the_same_as_itself(given_table: TableValue) -> None:
    assert not any(cell.change.differs for cell in compare_tables(given_table, given_table))
