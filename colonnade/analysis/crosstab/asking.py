"""Asking a snapshot: a cross-table, single numbers, the facets of a list. Everything over the reader's own tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import duckdb

from colonnade.analysis.crosstab.dimensions import MEASURES, TABLE
from colonnade.analysis.crosstab.model import Answer, Dimension, Facet, Number, Question, Selection, Totals
from colonnade.analysis.crosstab.sql import (
    INVENTORY,
    TRUE,
    BadSelection,
    Sql,
    Typed,
    codes_of,
    cross_table,
    dimension_of,
    filters_of,
    joined,
    relation,
)

#: The order of codes: (dimension of the label table, code) -> place. Codes without one follow, by name.
Order = Mapping[tuple[str, str], int]

_ORDER: Final = "SELECT dimension, code FROM label ORDER BY dimension, position, title, code"


def read_order(cursor: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], int]:
    """The strategy's order of all codes."""
    return {(str(name), str(code)): place for place, (name, code) in enumerate(cursor.execute(_ORDER).fetchall())}


def answer(cursor: duckdb.DuckDBPyConnection, question: Question, order: Order, typed: Typed | None = None) -> Answer:
    """The cross-table that ``question`` asks for. Raises :class:`BadSelection`."""
    return answers(cursor, question, (question.measure,), order, typed)[0]


def answers(
    cursor: duckdb.DuckDBPyConnection,
    question: Question,
    measures: Sequence[str],
    order: Order,
    typed: Typed | None = None,
) -> tuple[Answer, ...]:
    """The same cross-table for each of ``measures`` in place of the question's own, in one query.

    Raises :class:`BadSelection`.
    """
    asked = [MEASURES.get(name) for name in measures]
    known = [measure for measure in asked if measure and measure.subject is question.selection.subject]
    if len(known) < len(asked):
        raise BadSelection(f"{question.selection.subject} are not measured by all of {', '.join(measures)}")
    rows = _dividing(question, question.rows)
    columns = _dividing(question, question.columns) if question.columns else None
    query = cross_table(question.selection, typed, [measure.expression for measure in known], rows, columns)
    drafts = [_Draft() for _ in known]
    for by_row, row, by_column, column, base, *values in cursor.execute(query.text, query.values).fetchall():
        beside = (by_row and _left_out(question.selection, question.rows, row)) or (
            by_column and _left_out(question.selection, question.columns, column)
        )
        if not beside:
            for place, draft in enumerate(drafts):
                draft.add(by_row, row, by_column, column, base, *values[2 * place : 2 * place + 2])
    return tuple(
        Answer(
            question=replace(question, measure=measure.name),
            unit=measure.unit,
            row_codes=_ordered(draft.rows, rows, order),
            column_codes=_ordered(draft.columns, columns, order) if columns else (),
            cells=draft.cells if columns else {(code, None): value for code, value in draft.rows.items()},
            row_totals=draft.rows,
            column_totals=draft.columns,
            total=draft.total,
            base=draft.base,
            unreported=draft.unreported,
            rows_sum=_sum(draft.rows.values()) if rows.many else None,
            sql=query.readable(),
        )
        for measure, draft in zip(known, drafts, strict=True)
    )


@dataclass(slots=True)
class _Draft:
    """An answer being put together from the rows of a query."""

    cells: dict[tuple[str | None, str | None], Number | None] = field(default_factory=dict)
    rows: dict[str | None, Number | None] = field(default_factory=dict)
    columns: dict[str | None, Number | None] = field(default_factory=dict)
    total: Number | None = None
    base: int = 0
    unreported: int = 0

    def add(
        self,
        by_row: bool,  # the columns of a row that was fetched
        row: str | None,
        by_column: bool,  # as above
        column: str | None,
        base: int,
        value: Number | None,
        unreported: int,
    ) -> None:
        if by_row and by_column:
            self.cells[row, column] = value
        elif by_row:
            self.rows[row] = value
        elif by_column:
            self.columns[column] = value
        else:
            self.total, self.base, self.unreported = value, base, unreported


def totals(
    cursor: duckdb.DuckDBPyConnection, selection: Selection, measures: Sequence[str], typed: Typed | None = None
) -> Totals:
    """Each measure over the whole selection; an amount that nobody reported is ``None``. Raises ``KeyError``."""
    expressions = [MEASURES[name].expression for name in measures]
    asked = ", ".join(f"{_measured(expression)}, count(*) - count({expression})" for expression in expressions)
    chosen = Sql(f"SELECT count(*), {asked}\n") + relation(selection, typed)
    base, *found = cursor.execute(chosen.text, chosen.values).fetchone() or ()
    return Totals(
        base,
        dict(zip(measures, found[::2], strict=True)),
        dict(zip(measures, found[1::2], strict=True)),
    )


def facets(
    cursor: duckdb.DuckDBPyConnection,
    selection: Selection,
    dimensions: Sequence[str],
    order: Order,
    typed: Typed | None = None,
) -> dict[str, Facet]:
    """The values of each dimension among the records that every *other* filter leaves, in the strategy's order.

    ``inventory`` is a facet of projects, too. One pass over the table: each filter is a column of the base, and a
    facet leaves its own out.
    """
    if not dimensions:
        return {}
    filters = filters_of(selection)
    known = {name: dimension_of(selection.subject, name) for name in dimensions if name != INVENTORY}
    # An inventory that nobody may change here is a plain condition: the others' rows are not read at all.
    fixed = [filters.pop(INVENTORY)] if INVENTORY in filters and INVENTORY not in dimensions else []
    fixed += [typed.condition] if typed else []
    columns = [Sql(f'{known[name].expression if name in known else name} AS "d_{name}"') for name in dimensions]
    columns += [condition + Sql(f' AS "f_{name}"') for name, condition in filters.items()]
    base = Sql("WITH base AS MATERIALIZED (\nSELECT ") + joined(", ", columns) + f"\nFROM {TABLE[selection.subject]}"
    if fixed:
        base = base + Sql("\nWHERE ") + joined(" AND ", fixed)
    counted = []
    for name in dimensions:
        dimension = known.get(name)
        codes = codes_of(_renamed(dimension)) if dimension else f'"d_{name}"'
        others = " AND ".join(f'"f_{other}"' for other in filters if other != name) or TRUE
        counted.append(
            f"SELECT '{name}' AS facet, code, count(*) AS records"
            f" FROM (SELECT {codes} AS code FROM base WHERE {others}) GROUP BY code"
        )
    query = base + "\n)\n" + "\nUNION ALL\n".join(counted)
    found: dict[str, dict[str | None, int]] = {name: {} for name in dimensions}
    for name, code, records in cursor.execute(query.text, query.values).fetchall():
        found[name][code] = records
    return {
        name: Facet(name, tuple((code, counts[code]) for code in _ordered(counts, known.get(name), order)))
        for name, counts in found.items()
    }


def _left_out(selection: Selection, dimension: str, code: str | None) -> bool:
    """Whether a record stands under ``code`` beside the codes that were asked for."""
    wanted = selection.asked_for(dimension)
    return bool(wanted) and code not in wanted


def _renamed(dimension: Dimension) -> Dimension:
    return Dimension(dimension.name, "", f'"d_{dimension.name}"', many=dimension.many)


def _measured(expression: str) -> str:
    return "count(*)" if expression == "1" else f"sum({expression})"


def _dividing(question: Question, name: str) -> Dimension:
    dimension = dimension_of(question.selection.subject, name)
    if dimension.bound:
        raise BadSelection(f"{name} filters records, and divides none")
    return dimension


def _ordered(codes: Iterable[str | None], dimension: Dimension | None, order: Order) -> tuple[str | None, ...]:
    """Codes in the strategy's order, or that of their titles; what was not reported comes last."""
    labels = dimension.labels if dimension else INVENTORY
    fixed = list(dimension.titles) if dimension else []

    def place(code: str | None) -> tuple[Any, ...]:
        if code is None:
            return (1, 0, "")
        known = fixed.index(code) if code in fixed else order.get((labels, code), len(order))
        return (0, known, code)

    return tuple(sorted(codes, key=place))


def _sum(values: Iterable[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
