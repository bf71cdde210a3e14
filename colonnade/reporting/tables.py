"""Builds a :class:`TableBlock` from a table figure: its columns as they are, or one dimension spread over columns.

Margins of a spread table come from other figures (``right``, ``bottom``): a sum of cells is not always a count of
distinct records, and every number printed has a definition of its own.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from colonnade.analysis.figures.display import display_cell, rounded
from colonnade.analysis.figures.result import Cell, Column, FigureResult, Number, TableValue
from colonnade.reporting import tags
from colonnade.reporting.document import TableBlock, TableCell
from colonnade.reporting.text.lookup import NotReported, Results, Row, chosen_rows, table_of
from colonnade.reporting.text.nodes import TableSource
from colonnade.reporting.text.phrases import Matter, plain
from colonnade.reporting.wording import Wording

PER_CENT = "per cent"
DOLLARS = "USD"
NO_BREAK = "\u00a0"


def build_table(source: TableSource, matter: Matter, number: int, anchor: str) -> TableBlock:
    """The table that ``source`` describes. Raises ``NotReported`` where its figure has no rows."""
    result, table = table_of(matter.shown, source.key)
    spread = source.settings.get("pivot")
    shown = _Spread(source, matter, spread) if spread else _Listed(source, matter, table)
    notes = [plain(source.note, matter), result.note, *_unit_notes(result, shown.measures, matter.wording, table)]
    if isinstance(shown, _Spread) and shown.has_gaps:
        notes.append(matter.wording.dash_is_none)
    return TableBlock(
        number=number,
        caption=plain(source.caption, matter),
        figure=source.key,
        anchor=anchor,
        header=tuple(shown.header),
        rows=tuple(shown.rows),
        numeric=tuple(shown.numeric),
        total_rows=shown.total_rows,
        note=" ".join(filter(None, notes)),
    )


def number_cell(figure: str, tag: str, value: Cell, unit: str) -> TableCell:
    """A measure's cell. One without a value carries no tag: there is no number to open."""
    if value is None or isinstance(value, str):
        return TableCell(value or display_cell(None, unit), figure=figure, unit=unit)
    return TableCell(display_cell(value, unit), tag, figure, value, unit)


class _Listed:
    """The figure's rows as they are."""

    def __init__(self, source: TableSource, matter: Matter, table: TableValue) -> None:
        titles = _titles(source.settings)
        columns = [column for column in _chosen(table.columns, source) if _has_cells(table, column)]
        self.measures = [column for column in columns if not column.is_dimension]
        self.header = [titles.get(column.name) or headed(column, matter.wording) for column in columns]
        self.numeric = [not column.is_dimension for column in columns]
        rows = chosen_rows(matter.shown, source.key, source.settings)
        self.rows = [tuple(self._cell(row, column) for column in columns) for row in rows]
        self.total_rows = 0
        if table.totals and len(rows) == len(table.rows) > 1 and any(c.name in table.totals for c in columns):
            self.rows.append(_totals_row(source.key, columns, table.totals, matter.wording))
            self.total_rows = 1

    @staticmethod
    def _cell(row: Row, column: Column) -> TableCell:
        if column.is_dimension:
            return TableCell(row.label(column.name))
        return number_cell(row.result.key, row.tag(column.name), row.cell(column.name), column.unit or "")


class _Spread:
    """``pivot: DIMENSION by MEASURE``: a column for each code of the dimension, a row for each of the other's."""

    def __init__(self, source: TableSource, matter: Matter, setting: str) -> None:
        across, _, measure = setting.partition(" by ")
        self.across, self.measure = across.strip(), measure.strip()
        rows = chosen_rows(matter.shown, source.key, source.settings)
        result, columns = rows[0].result, rows[0].columns
        down = next(column for column in columns if column.is_dimension and column.name != self.across)
        measured = next(column for column in columns if column.name == self.measure)
        self.measures = [measured]
        codes = list(dict.fromkeys(row.cell(self.across) for row in rows))
        right = _margin(matter.shown, source.settings.get("right"))
        heads = list(dict.fromkeys(row.cell(down.name) for row in rows))
        if right and source.settings.get("order") == "right":
            heads.sort(key=lambda head: right.cell(down.name, head).value or 0, reverse=True)
        self.key, self.unit, self.down = source.key, measured.unit or "", down.name
        self.header = [down.title, *(result.label(self.across, code) for code in codes)]
        cells = {(row.cell(down.name), row.cell(self.across)): row.cell(self.measure) for row in rows}
        bottom = _margin(matter.shown, source.settings.get("bottom"))
        if right:
            self.header.append(matter.wording.total)
        self.numeric = [False] + [True] * (len(self.header) - 1)
        self.rows = []
        self.has_gaps = any((head, code) not in cells for head in heads for code in codes)
        for head in heads:
            row = [TableCell(result.label(down.name, head))]
            row += [self._cell(cells, head, code) for code in codes]
            if right:
                row.append(right.cell(down.name, head))
            self.rows.append(tuple(row))
        self.total_rows = 0
        if bottom:
            total = [TableCell(matter.wording.total), *(bottom.cell(self.across, code) for code in codes)]
            if right:
                total.append(right.total())
            self.rows.append(tuple(total))
            self.total_rows = 1

    def _cell(self, cells: Mapping[tuple[Cell, Cell], Cell], head: Cell, code: Cell) -> TableCell:
        if (head, code) not in cells:
            return TableCell(display_cell(None, self.unit), figure=self.key, value=0, unit=self.unit)
        tag = tags.cell_tag(self.key, [(self.down, head), (self.across, code)], self.measure)
        return number_cell(self.key, tag, cells[head, code], self.unit)


class _Margin:
    """A measure of another figure over the same dimension, as the last column or row of a spread table."""

    def __init__(self, result: FigureResult, table: TableValue, measure: str) -> None:
        self.result, self.table, self.measure = result, table, measure
        self.unit = next(column.unit or "" for column in table.columns if column.name == measure)

    def cell(self, dimension: str, code: Cell) -> TableCell:
        names = [column.name for column in self.table.columns]
        for row in self.table.rows:
            if row[names.index(dimension)] == code:
                tag = tags.cell_tag(self.result.key, [(dimension, code)], self.measure)
                return number_cell(self.result.key, tag, row[names.index(self.measure)], self.unit)
        return number_cell(self.result.key, "", None, self.unit)

    def total(self) -> TableCell:
        tag = tags.total_tag(self.result.key, self.measure)
        return number_cell(self.result.key, tag, self.table.totals.get(self.measure), self.unit)


def headed(column: Column, wording: Wording) -> str:
    """A column's title, with "(per cent)", unbroken, where its unit is that and the title does not say so."""
    if column.unit == PER_CENT and wording.per_cent not in column.title.lower():
        return f"{column.title} ({wording.per_cent.replace(' ', NO_BREAK)})"
    return column.title


def _margin(results: Results, setting: str | None) -> _Margin | None:
    if setting is None:
        return None
    key, _, measure = setting.partition(" ")
    try:
        return _Margin(*table_of(results, key), measure.strip())
    except NotReported:
        return None


def _chosen(columns: Sequence[Column], source: TableSource) -> list[Column]:
    setting = source.settings.get("columns")
    if setting is None:
        return list(columns)
    by_name = {column.name: column for column in columns}
    return [by_name[name.strip()] for name in setting.split(",")]


def _has_cells(table: TableValue, column: Column) -> bool:
    """Whether a measure was reported in any row: one that was not (no inventory before) has no column."""
    place = table.columns.index(column)
    return column.is_dimension or any(row[place] is not None for row in table.rows)


def _titles(settings: Mapping[str, str]) -> dict[str, str]:
    """``titles: projects=Number of projects; share=Share``."""
    pairs = (part.partition("=") for part in settings.get("titles", "").split(";") if part.strip())
    return {name.strip(): title.strip() for name, _, title in pairs}


def _totals_row(
    key: str, columns: Sequence[Column], totals: Mapping[str, Number], wording: Wording
) -> tuple[TableCell, ...]:
    cells = [
        TableCell("")
        if column.is_dimension
        else number_cell(key, tags.total_tag(key, column.name), totals.get(column.name), column.unit or "")
        if column.name in totals
        else TableCell("")
        for column in columns
    ]
    if columns[0].is_dimension:
        cells[0] = TableCell(wording.total)
    return tuple(cells)


def _unit_notes(result: FigureResult, measures: Sequence[Column], wording: Wording, table: TableValue) -> list[str]:
    notes = []
    if any(column.unit == DOLLARS for column in measures):
        notes.append(wording.in_dollars)
    shares = [column for column in measures if column.unit == PER_CENT]
    if shares and result.of:
        notes.append(wording.shares_of.format(of=result.of))
    if any(_seems_not_to_add_up(table, column.name) for column in shares):
        notes.append(wording.not_adding_up)
    return notes


def _seems_not_to_add_up(table: TableValue, measure: str) -> bool:
    """Whether shares that make up a whole would, as printed, add up to something else."""
    place = [column.name for column in table.columns].index(measure)
    cells = [row[place] for row in table.rows]
    shares = [Decimal(cell) for cell in cells if cell is not None and not isinstance(cell, str)]
    exact, printed = sum(shares, Decimal(0)), sum((rounded(share, 1) for share in shares), Decimal(0))
    return abs(exact - 100) < Decimal("0.01") and printed != 100
