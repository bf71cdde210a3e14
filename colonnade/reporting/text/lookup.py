"""Finds the number that a reference means among the results, with the tag that leads back to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.result import Cell, Column, FigureResult, Number, TableValue
from colonnade.reporting import tags
from colonnade.reporting.text.nodes import Reference

Results = Mapping[str, FigureResult]


class NotReported(LookupError):
    """The number that a text mentions has no value. What mentions it is left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number and where it stands. ``at_least`` is set where some records could not be counted."""

    value: Number
    unit: str
    figure: str
    tag: str
    at_least: bool = False

    @property
    def displayed(self) -> str:
        """As running text prints it in numerals: what comparisons go by, so that words never contradict numbers."""
        return display(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table figure, and its columns by name."""

    result: FigureResult
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    def label(self, name: str) -> str:
        """The title of the row's code in a dimension."""
        return self.result.label(name, self.cell(name))

    def cell(self, name: str) -> Cell:
        for column, cell in zip(self.columns, self.cells, strict=True):
            if column.name == name:
                return cell
        raise KeyError(name)

    def is_dimension(self, name: str) -> bool:
        return any(column.name == name and column.is_dimension for column in self.columns)

    @property
    def is_reported(self) -> bool:
        """Whether every dimension has a code."""
        return all(
            cell is not None for column, cell in zip(self.columns, self.cells, strict=True) if column.unit is None
        )

    def found(self, measure: str) -> Found:
        """The number in a measure's column. Raises :class:`NotReported`."""
        column = next(column for column in self.columns if column.name == measure)
        value = self.cell(measure)
        if value is None or isinstance(value, str):
            raise NotReported(f"{self.result.key} {measure}")
        return Found(value, column.unit or "", self.result.key, self.tag(measure))

    def tag(self, measure: str) -> str:
        dimensions = [(c.name, cell) for c, cell in zip(self.columns, self.cells, strict=True) if c.is_dimension]
        return tags.cell_tag(self.result.key, dimensions, measure)


def table_of(results: Results, key: str) -> tuple[FigureResult, TableValue]:
    """The table figure ``key`` with its rows. Raises :class:`NotReported` where it has none."""
    result = results.get(key)
    if result is None or not isinstance(result.value, TableValue) or not result.value.rows:
        raise NotReported(key)
    return result, result.value


def rows_of(results: Results, key: str) -> list[Row]:
    """The rows of a table figure, in its order."""
    result, table = table_of(results, key)
    return [Row(result, table.columns, cells) for cells in table.rows]


def chosen_rows(results: Results, key: str, options: Mapping[str, str]) -> list[Row]:
    """The rows that ``sort``, ``limit``, ``with`` and ``only`` leave, in their order."""
    rows = rows_of(results, key)
    if options.get("only") == "reported":
        rows = [row for row in rows if row.is_reported]
    if "with" in options:
        rows = [row for row in rows if row.cell(options["with"])]
    if "sort" in options:
        rows.sort(key=lambda row: _magnitude(row.cell(options["sort"])), reverse=True)
    if "limit" in options:
        rows = rows[: int(options["limit"])]
    return rows


def find(results: Results, reference: Reference) -> Found:
    """The number that ``reference`` means. Raises :class:`NotReported` where there is none."""
    if reference.measure is not None:
        return _cell(results, reference, reference.measure)
    result = results.get(reference.key)
    if result is None or result.value is None or isinstance(result.value, TableValue):
        raise NotReported(reference.key)
    return Found(result.value, result.unit, result.key, result.key, result.qualifier == "at least")


def _cell(results: Results, reference: Reference, measure: str) -> Found:
    result, table = table_of(results, reference.key)
    if reference.total:
        if measure not in table.totals:
            raise NotReported(f"{reference.key} total {measure}")
        unit = next(column.unit or "" for column in table.columns if column.name == measure)
        tag = tags.total_tag(result.key, measure)
        return Found(table.totals[measure], unit, result.key, tag, result.qualifier == "at least")
    for row in rows_of(results, reference.key):
        if all((row.cell(name) or tags.NOT_REPORTED) == code for name, code in reference.dimensions):
            return row.found(measure)
    raise NotReported(f"{reference.key} {reference.dimensions} {measure}")


def _magnitude(cell: Cell) -> Number:
    return cell if cell is not None and not isinstance(cell, str) else -1
