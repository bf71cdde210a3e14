"""Which figures differ between two builds, and by how much. Pure: results in, changes out.

A figure whose definition, version, unit or columns differ is a *break*: its numbers cannot be held against each other,
and no change is computed. What only one side states is told apart from what changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from colonnade.analysis.figures.result import Cell, FigureResult, Number, TableValue

#: A row of a table figure: the code of each dimension, ``None`` where it was not reported.
Codes = tuple[tuple[str, str | None], ...]


class Outcome(StrEnum):
    """How a figure of one build stands to the same figure of another."""

    CHANGED = "changed"
    REDEFINED = "redefined"
    ONLY_BEFORE = "only_before"
    ONLY_AFTER = "only_after"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """A number on both sides, in the figure's unit. ``None`` is what was not reported."""

    before: Number | None
    after: Number | None

    @property
    def differs(self) -> bool:
        return self.before != self.after

    @property
    def difference(self) -> Number | None:
        """After less before; ``None`` where either was not reported. Of percentages, in percentage points."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a table figure on both sides; without ``codes`` the total of its measure."""

    codes: Codes
    measure: str
    unit: str
    change: Change


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure on both sides. ``change`` is that of a single number, ``cells`` are the cells of a table that differ."""

    key: str
    outcome: Outcome
    before: FigureResult | None
    after: FigureResult | None
    change: Change | None = None
    cells: tuple[CellChange, ...] = ()
    cells_same: int = 0

    @property
    def told(self) -> FigureResult:
        """The figure's words: those of the later side, where it states the figure."""
        found = self.after or self.before
        if found is None:
            raise LookupError(f"no side states figure {self.key}")
        return found

    @property
    def is_table(self) -> bool:
        return any(isinstance(side.value, TableValue) for side in (self.before, self.after) if side is not None)


def compare_figures(before: Mapping[str, FigureResult], after: Mapping[str, FigureResult]) -> tuple[FigureChange, ...]:
    """Each figure that either side has, in the order of the later side, then what only the earlier one has."""
    keys = dict.fromkeys([*after, *before])
    return tuple(compare_figure(key, before.get(key), after.get(key)) for key in keys)


def compare_figure(key: str, before: FigureResult | None, after: FigureResult | None) -> FigureChange:
    """One figure of both sides. A side that has no value states nothing."""
    stated_before = before is not None and before.value is not None
    stated_after = after is not None and after.value is not None
    if before is None or after is None or not (stated_before or stated_after):
        outcome = Outcome.ONLY_AFTER if stated_after else Outcome.ONLY_BEFORE if stated_before else Outcome.SAME
        return FigureChange(key, outcome, before, after)
    if _is_redefined(before, after):
        return FigureChange(key, Outcome.REDEFINED, before, after)
    if not (stated_before and stated_after):
        return FigureChange(key, Outcome.ONLY_AFTER if stated_after else Outcome.ONLY_BEFORE, before, after)
    if isinstance(before.value, TableValue) and isinstance(after.value, TableValue):
        if before.value.columns != after.value.columns:
            return FigureChange(key, Outcome.REDEFINED, before, after)
        cells = compare_tables(before.value, after.value)
        differing = tuple(cell for cell in cells if cell.change.differs)
        outcome = Outcome.CHANGED if differing else Outcome.SAME
        return FigureChange(key, outcome, before, after, cells=differing, cells_same=len(cells) - len(differing))
    if isinstance(before.value, TableValue) or isinstance(after.value, TableValue):
        return FigureChange(key, Outcome.REDEFINED, before, after)
    change = Change(before.value, after.value)
    return FigureChange(key, Outcome.CHANGED if change.differs else Outcome.SAME, before, after, change)


def compare_tables(before: TableValue, after: TableValue) -> list[CellChange]:
    """Every cell of the measures of two tables with the same columns, then the totals. A missing row reports nothing.

    Rows that repeat their codes are held against each other in their order. A measure of which a side's rows report
    nothing at all (the inventory before, where there is none) is left out: nothing is known to have changed.
    """
    rows_before, rows_after = _rows_by_codes(before), _rows_by_codes(after)
    cells = []
    for place, column in enumerate(after.columns):
        if column.is_dimension or _reports_nothing(before, place) or _reports_nothing(after, place):
            continue
        for codes, again in dict.fromkeys([*rows_after, *rows_before]):
            change = Change(
                _number_at(rows_before.get((codes, again)), place), _number_at(rows_after.get((codes, again)), place)
            )
            cells.append(CellChange(codes, column.name, column.unit or "", change))
        if column.name in before.totals or column.name in after.totals:
            change = Change(before.totals.get(column.name), after.totals.get(column.name))
            cells.append(CellChange((), column.name, column.unit or "", change))
    return cells


def _is_redefined(before: FigureResult, after: FigureResult) -> bool:
    return (before.version, before.unit, before.definition) != (after.version, after.unit, after.definition)


def _rows_by_codes(table: TableValue) -> dict[tuple[Codes, int], tuple[Cell, ...]]:
    found: dict[tuple[Codes, int], tuple[Cell, ...]] = {}
    for row in table.rows:
        codes = tuple(
            (column.name, None if row[place] is None else str(row[place]))
            for place, column in enumerate(table.columns)
            if column.is_dimension
        )
        again = 0
        while (codes, again) in found:
            again += 1
        found[codes, again] = row
    return found


def _reports_nothing(table: TableValue, place: int) -> bool:
    return bool(table.rows) and all(row[place] is None for row in table.rows)


def _number_at(row: tuple[Cell, ...] | None, place: int) -> Number | None:
    met = row[place] if row is not None else None
    return None if isinstance(met, str) else met
