"""Figures as the money's pages print them. A figure that the data pack does not have is no error: it is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.result import Cell, Number, TableValue
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.numbers import LinkedNumber, TableView, cell_of, number_of, table_of, value_at
from colonnade.web.shared.reading import Reading

Codes = Mapping[str, str | None]


def stated(reading: Reading, key: str) -> LinkedNumber | None:
    """The number of a figure, leading to its page; ``None`` where there is no such figure, or nothing was reported."""
    if key not in library():
        return None
    number = number_of(reading.figure(key), _place(reading, key))
    return number if number.href else None


def stated_cell(reading: Reading, key: str, measure: str, cell: Codes | None = None) -> LinkedNumber | None:
    """A cell of a table figure, or the total of ``measure`` where no cell is named."""
    if key not in library():
        return None
    place = replace(_place(reading, key), cell=cell or {}, measure=measure)
    try:
        number = cell_of(reading.figure(key), place)
    except LookupError:
        return None
    return number if number.href else None


def value_in(reading: Reading, key: str, measure: str, cell: Codes) -> Number | None:
    """The value of that cell, unrounded."""
    try:
        return value_at(reading.figure(key), replace(_place(reading, key), cell=cell, measure=measure))[0]
    except LookupError:
        return None


def rows_of(reading: Reading, key: str) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table figure as they are; none where there is no such figure, or nothing was reported."""
    value = reading.figure(key).value if key in library() else None
    return value.rows if isinstance(value, TableValue) else ()


def stated_table(
    reading: Reading, key: str, columns: Sequence[str] = (), *, largest: str = "", limit: int | None = None
) -> TableView | None:
    """A table figure, ``largest`` naming the measure that puts its rows in descending order; ``None`` without rows."""
    if not rows_of(reading, key):
        return None
    result = reading.figure(key)
    table = result.value
    if largest and isinstance(table, TableValue):
        at = [column.name for column in table.columns].index(largest)
        rows = sorted(table.rows, key=lambda row: _falling(row[at]))
        result = replace(result, value=replace(table, rows=tuple(rows)))
    return table_of(result, _place(reading, key), columns=columns, limit=limit)


def by_pillar(reading: Reading, key: str, columns: Sequence[str] = ()) -> TableView | None:
    """A table figure by pillar, each pillar with its code before its title."""
    table = stated_table(reading, key, columns)
    if table is None:
        return None
    rows = tuple(
        (replace(cells[0], text=f"{row[0]} {cells[0].text}"), *cells[1:]) if row[0] else cells
        for row, cells in zip(rows_of(reading, key), table.rows, strict=True)
    )
    return replace(table, rows=rows)


def _falling(cell: Cell) -> tuple[bool, Number]:
    """Largest first; what was not reported stands last."""
    return (True, 0) if cell is None or isinstance(cell, str) else (False, -cell)


def _place(reading: Reading, key: str) -> Place:
    return Place(key, audience=reading.reader.asked)
