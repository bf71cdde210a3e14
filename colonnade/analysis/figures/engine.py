"""Computing figures: a definition, its parameters and a reader's connection give a result.

The connection comes from :mod:`colonnade.analysis.store`, so a figure sees only what its reader may see. Values are
exact: ``int`` or ``Decimal``; a query that yields a floating-point number is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.result import Cell, FigureResult, Number, TableValue
from colonnade.analysis.figures.sql import Parameters, fill_in, over_records, value_template
from colonnade.analysis.store import select

Labels = Mapping[str, Mapping[str, str]]

EXACT: Final = "exact"
AT_LEAST: Final = "at least"
_LABELS: Final = "SELECT dimension, code, coalesce(nullif(short_title, ''), title) FROM label"


class InexactFigure(TypeError):
    """A figure's query yields something else than whole numbers, decimals and texts, or other columns than said."""


def compute(
    connection: duckdb.DuckDBPyConnection,
    definition: FigureDefinition,
    parameters: Parameters,
    *,
    source: str | None = None,
    labels: Labels | None = None,
) -> FigureResult:
    """The figure over the tables of ``connection``.

    ``source`` is where the report that uses it states it (``A/74/677 annex II para. 56``), the definition's own unless
    given. The value is ``None`` where nothing was reported. Raises ``BadParameter``, :class:`InexactFigure`, or
    ``duckdb.Error`` where the snapshot lacks what the query reads.
    """
    sql = fill_in(value_template(definition), parameters)
    records_sql = fill_in(definition.records, parameters)
    excluded = _count(connection, definition, definition.excluded.sql, parameters) if definition.excluded else 0
    value = compute_value(connection, definition, sql)
    return FigureResult(
        key=definition.key,
        version=definition.version,
        title=definition.title,
        source=definition.source if source is None else source,
        unit=definition.unit,
        qualifier=AT_LEAST if excluded else EXACT,
        of=definition.of,
        value=value,
        row_count=count_rows(connection, records_sql),
        definition=definition.definition,
        sql=sql,
        records_sql=records_sql,
        note=_note(connection, definition, parameters, excluded),
        labels=_labels_of(definition, value, read_labels(connection) if labels is None else labels),
    )


def compute_many(
    connection: duckdb.DuckDBPyConnection,
    definitions: Iterable[FigureDefinition],
    parameters: Parameters,
    *,
    sources: Mapping[str, str] | None = None,
) -> dict[str, FigureResult]:
    """Each figure by its key, in the order given. ``sources`` overrides the source of some, by key."""
    labels = read_labels(connection)
    stated = sources or {}
    return {
        definition.key: compute(connection, definition, parameters, source=stated.get(definition.key), labels=labels)
        for definition in definitions
    }


def compute_value(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition, sql: str
) -> Number | TableValue | None:
    """What ``sql`` yields, in the shape that ``definition`` says: a single value, or the rows of its table."""
    fetched = select(connection, sql)
    names = [str(column[0]) for column in fetched.description]
    rows = fetched.fetchall()
    if definition.is_table:
        return _table(definition, names, rows)
    if len(names) != 1 or len(rows) > 1:
        raise InexactFigure(f"figure {definition.key} yields more than one value")
    return None if not rows else _number(definition.key, rows[0][0])


def count_rows(connection: duckdb.DuckDBPyConnection, records_sql: str) -> int:
    """How many rows the records relation has."""
    counted = select(connection, f"SELECT count(*) FROM (\n{records_sql}\n)").fetchone()  # noqa: S608  # a definition's
    return int(counted[0]) if counted else 0


def read_labels(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """dimension -> code -> the short title where there is one, else the title."""
    labels: dict[str, dict[str, str]] = {}
    for dimension, code, title in connection.execute(_LABELS).fetchall():
        labels.setdefault(dimension, {})[code] = title
    return labels


def _table(definition: FigureDefinition, names: Sequence[str], fetched: Sequence[Sequence[Any]]) -> TableValue | None:
    if not fetched:
        return None
    if names != [column.name for column in definition.columns]:
        raise InexactFigure(f"figure {definition.key} yields the columns {names}, not those that it defines")
    rows = tuple(tuple(_cell(definition.key, cell) for cell in row) for row in fetched)
    totals = {name: sum(cells) for name in definition.totals if (cells := _numbers(rows, names.index(name)))}
    return TableValue(tuple(column.column for column in definition.columns), rows, totals)


def _numbers(rows: Sequence[Sequence[Cell]], place: int) -> list[Number]:
    """What a column reports; nothing at all where its inventory is not there, and then it has no total either."""
    return [cell for row in rows if isinstance(cell := row[place], int | Decimal)]


def _cell(key: str, met: Any) -> Cell:
    if isinstance(met, str):
        return met
    if isinstance(met, date):
        return met.isoformat()
    return _number(key, met)


def _number(key: str, met: Any) -> Number | None:
    if met is None or isinstance(met, Decimal):
        return met
    if isinstance(met, int) and not isinstance(met, bool):
        return met
    raise InexactFigure(f"figure {key} yields {met!r}, which is neither a whole number nor a decimal")


def _count(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition, query: str, parameters: Parameters
) -> int:
    counted = select(connection, fill_in(over_records(definition, query), parameters)).fetchone()
    return int(counted[0]) if counted else 0


def _note(
    connection: duckdb.DuckDBPyConnection, definition: FigureDefinition, parameters: Parameters, excluded: int
) -> str:
    said = [(definition.excluded, excluded)] if definition.excluded else []
    said += [(remark, _count(connection, definition, remark.sql, parameters)) for remark in definition.remarks]
    return " ".join(remark.text.format(count=count) for remark, count in said if count)


def _labels_of(
    definition: FigureDefinition, value: Number | TableValue | None, labels: Labels
) -> dict[str, dict[str, str]]:
    """The titles of the codes that stand in the table."""
    if not isinstance(value, TableValue):
        return {}
    titles = {}
    for place, column in enumerate(definition.columns):
        if column.unit is None:
            known = {**labels.get(column.dimension or column.name, {}), **column.labels}
            codes = dict.fromkeys(row[place] for row in value.rows)
            titles[column.name] = {code: known[code] for code in codes if isinstance(code, str) and code in known}
    return titles
