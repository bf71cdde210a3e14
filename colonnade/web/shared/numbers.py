"""Numbers and tables as components receive them: text as displayed, and where it leads. No arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import display, display_cell, grouped, rounded
from colonnade.analysis.figures.result import Cell, Column, FigureResult, Number, TableValue
from colonnade.web.shared.addresses import Place

#: Digits of a percentage printed in full: more says nothing.
EXACT_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class LinkedNumber:
    """A number as displayed. ``href`` is empty where there is none to open: nothing was reported."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a table. ``here`` marks the one being looked at.

    A number may have a ``bar`` before it, its length in 1 to 100 (:mod:`.bars`); a text an ``aside`` after it, and
    the ``lang`` it is written in where that is not the page's. ``shade`` is that of a heat map, 1 the palest
    (:mod:`.tiles`).
    """

    text: str
    href: str = ""
    numeric: bool = False
    header: bool = False
    here: bool = False
    bar: int = 0
    aside: str = ""
    lang: str = ""
    shade: int = 0


@dataclass(frozen=True, slots=True)
class HeaderView:
    """A column's head. ``href`` sorts by it, and ``direction`` is how it sorts now (:mod:`.sorting`)."""

    text: str
    numeric: bool = False
    href: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the component prints it."""

    caption: str
    header: tuple[HeaderView, ...]
    rows: tuple[tuple[CellView, ...], ...]
    totals: tuple[CellView, ...] = ()
    note: str = ""


def spoken(value: Number | None, unit: str) -> str:
    """A value as running text prints it, in the reader's words: digits are those of ``display``."""
    if value is None:
        return _("not reported")
    text = display(value, unit)
    for words, sentence in ((" million", _("%(value)s million")), (" per cent", _("%(value)s per cent"))):
        if text.endswith(words):
            return sentence % {"value": text.removesuffix(words)}
    return text


def number_of(result: FigureResult, place: Place) -> LinkedNumber:
    """A single figure. A table figure's number is that of its rows."""
    if isinstance(result.value, TableValue):
        return LinkedNumber(grouped(len(result.value.rows)), place.page)
    if result.value is None:
        return LinkedNumber(spoken(None, result.unit))
    return LinkedNumber(qualified(spoken(result.value, result.unit), result.qualifier), place.page)


def cell_of(result: FigureResult, place: Place) -> LinkedNumber:
    """One cell of a table figure, as running text prints it. Raises ``LookupError`` where the table has no such row."""
    value, unit = value_at(result, place)
    return LinkedNumber(spoken(value, unit), place.page if value is not None else "")


def value_at(result: FigureResult, place: Place) -> tuple[Number | None, str]:
    """The value and unit at a place of a table figure: a cell, or a measure's total where the place names no row.

    Raises ``LookupError`` where the table has no such row, or the measure no total.
    """
    table = result.value
    if not isinstance(table, TableValue):
        raise KeyError(f"figure {result.key} is no table")
    column = next(column for column in table.columns if column.name == place.measure)
    if not place.cell:
        return table.totals[place.measure], column.unit or ""
    names = [column.name for column in table.columns]
    matching = [row for row in table.rows if all(row[names.index(name)] == code for name, code in place.cell.items())]
    if len(place.cell) != len(table.dimensions) or len(matching) != 1:
        raise KeyError(f"figure {result.key} has no one row with {dict(place.cell)}")
    value = matching[0][names.index(place.measure)]
    if isinstance(value, str):
        raise KeyError(f"figure {result.key} has no number there")
    return value, column.unit or ""


def table_of(result: FigureResult, place: Place, *, columns: Sequence[str] = (), limit: int | None = None) -> TableView:
    """A table figure with a link on every number. ``columns`` chooses among them; ``place`` may mark a cell."""
    table = result.value
    if not isinstance(table, TableValue):
        return TableView(in_readers_words(result.title), (), ())
    chosen = [column for column in table.columns if not columns or column.name in columns]
    places = [table.columns.index(column) for column in chosen]
    dimensions = [(at, column.name) for at, column in enumerate(table.columns) if column.is_dimension]
    rows = []
    for row in table.rows[:limit]:
        codes = [(name, _as_code(row[at])) for at, name in dimensions]
        cells = [_cell(result, place, codes, table.columns[at], row[at], first=at == places[0]) for at in places]
        rows.append(tuple(cells))
    return TableView(
        caption=in_readers_words(result.title),
        header=tuple(HeaderView(_headed(column), not column.is_dimension) for column in chosen),
        rows=tuple(rows),
        totals=_totals(table, place, chosen),
        note=result.note,
    )


def exact(value: Number, unit: str) -> str:
    """The value in digits, unrounded: ``238,940,312 US dollars``."""
    places = max(0, -int(value.as_tuple().exponent)) if not isinstance(value, int) else 0
    if unit == "USD":
        cents = rounded(value, 2)
        return _("%(amount)s US dollars") % {"amount": grouped(value, 0 if cents == rounded(value, 0) else 2)}
    text = grouped(value, min(places, EXACT_PLACES))
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _("%(value)s per cent") % {"value": text} if unit == "per cent" else text


def _cell(
    result: FigureResult,
    place: Place,
    codes: Sequence[tuple[str, str | None]],
    column: Column,
    value: Cell,
    *,
    first: bool,
) -> CellView:
    if column.is_dimension:
        return CellView(
            in_readers_words(result.label(column.name, value)) if value is not None else _("Not reported"),
            header=first,
        )
    if value is None or isinstance(value, str):
        return CellView(value or display_cell(None, column.unit or ""), numeric=True)
    here = place.measure == column.name and dict(codes) == dict(place.cell)
    return CellView(display_cell(value, column.unit or ""), place.at(codes, column.name).page, numeric=True, here=here)


def _totals(table: TableValue, place: Place, chosen: Sequence[Column]) -> tuple[CellView, ...]:
    if not any(column.name in table.totals for column in chosen):
        return ()
    cells = []
    for at, column in enumerate(chosen):
        if at == 0:
            cells.append(CellView(_("Total"), header=True))
        elif column.name in table.totals:
            text = display_cell(table.totals[column.name], column.unit or "")
            here = place.measure == column.name and not place.cell
            cells.append(CellView(text, place.at((), column.name).page, numeric=True, here=here))
        else:
            cells.append(CellView("", numeric=not column.is_dimension))
    return tuple(cells)


def _headed(column: Column) -> str:
    units = {"USD": _("US dollars"), "per cent": _("per cent")}
    title = in_readers_words(column.title)
    unit = units.get(column.unit or "")
    return f"{title} ({unit})" if unit else title


def in_readers_words(title: str) -> str:
    """A title in the reader's language: a word of the model's own is in the catalogues, one from the data stays."""
    return _(title) if title else ""


def _as_code(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def qualified(text: str, qualifier: str) -> str:
    """``text`` with the words of its qualifier."""
    return _("at least %(number)s") % {"number": text} if qualifier == "at least" else text
