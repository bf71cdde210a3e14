"""The records behind a figure, a cell of it, or one measure of a cell: a page at a time, in a settled order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.sql import Parameters, fill_in


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """``rows`` of ``columns`` (``kind``, ``id``, ``title``, ...) from ``offset`` on, of ``total``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    offset: int = 0


def records_for(
    connection: duckdb.DuckDBPyConnection,
    definition: FigureDefinition,
    parameters: Parameters,
    *,
    cell: Mapping[str, str | None] | None = None,
    measure: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> RecordsPage:
    """The records that the figure counts, narrowed to a ``cell`` (dimension -> code, ``None`` for not reported).

    ``measure`` narrows further, to what that column counts. Rows are in the order of kind, title and identifier.
    Raises ``KeyError`` for a dimension or measure that the figure does not have.
    """
    relation, conditions = definition.records, []
    if measure is not None:
        column = definition.column(measure)
        relation = column.records.strip() or relation
        conditions += [f"({column.where})"] if column.where else []
    for name in cell or {}:
        if definition.column(name).unit is not None:
            raise KeyError(f"{name!r} is a measure of figure {definition.key}, not a dimension")
        conditions.append(f'"{name}" IS NOT DISTINCT FROM ?')
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    chosen = fill_in(f"FROM (\n{relation}\n) AS records{where}", parameters)
    codes = list((cell or {}).values())
    # The text is the definition's own; the codes, which come from an address, are bound.
    counted = connection.execute(f"SELECT count(*) {chosen}", codes).fetchone()
    page = connection.execute(
        f"SELECT * {chosen}\nORDER BY kind, title, id, records LIMIT {int(limit)} OFFSET {int(offset)}",
        codes,
    )
    return RecordsPage(
        columns=tuple(str(described[0]) for described in page.description),
        rows=tuple(page.fetchall()),
        total=int(counted[0]) if counted else 0,
        offset=offset,
    )
