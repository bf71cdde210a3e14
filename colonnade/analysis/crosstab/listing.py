"""A list of records: the columns asked for, in the order asked for, a page at a time."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import duckdb

from colonnade.analysis.crosstab.coverage import RESTS_UNTIL
from colonnade.analysis.crosstab.dimensions import DIMENSIONS, IDENTIFIER, TABLE
from colonnade.analysis.crosstab.model import Dimension, Listing, Selection, Subject
from colonnade.analysis.crosstab.sql import BadSelection, Sql, Typed, relation

#: How many rows a download fetches at a time.
BATCH: Final = 5_000
#: Before the name of a column, it sorts downward.
DOWN: Final = "-"
#: The name of the order of best match first, where something was typed.
BEST_FIRST: Final = "match"

#: Columns beside the dimensions.
_PLAIN: Final[Mapping[Subject, tuple[str, ...]]] = MappingProxyType(
    {
        Subject.PROJECTS: (
            "project",
            "reference",
            "title",
            "starts_on",
            "ends_on",
            "currency",
            "budget",
            "funding",
            "budget_usd",
            "funding_usd",
            "shortfall_usd",
            "surplus_usd",
            "inventory",
            "state",
        ),
        Subject.NEEDS: ("recommendation", "reference", "title", "issued_on", "assessment"),
        Subject.EVENTS: ("event", "title", "city", "starts_on", "ends_on", "participants"),
    }
)
#: Columns that are worked out of other tables.
_WORKED_OUT: Final[Mapping[Subject, Mapping[str, str]]] = MappingProxyType(
    {Subject.PROJECTS: {}, Subject.NEEDS: {"rests_on": RESTS_UNTIL}, Subject.EVENTS: {}}
)


def columns_of(subject: Subject) -> tuple[str, ...]:
    """The names of everything that a list of ``subject`` can show: plain columns, and dimensions (lists as lists)."""
    named = (*_PLAIN[subject], *_WORKED_OUT[subject])
    return (*named, *(name for name, dimension in DIMENSIONS[subject].items() if not dimension.bound))


def listing(
    cursor: duckdb.DuckDBPyConnection,
    selection: Selection,
    columns: Sequence[str],
    *,
    sort: str = "",
    limit: int = 50,
    offset: int = 0,
    typed: Typed | None = None,
) -> Listing:
    """Rows ``offset`` to ``offset + limit`` of the selection.

    ``sort`` is a column, with ``-`` before it for downward; by default the best match first where something was
    typed, else the title. Codes sort as the strategy orders them; what was not reported comes last either way.
    Raises :class:`BadSelection` for a column that there is not.
    """
    chosen = relation(selection, typed)
    counted = cursor.execute(f"SELECT count(*) {chosen.text}", chosen.values).fetchone()
    named = ", ".join(f'{_expression(selection.subject, name)} AS "{name}"' for name in columns)
    order = _order(selection, sort, typed)
    page = Sql(f"SELECT {named}\n") + chosen + "\nORDER BY " + order + f"\nLIMIT {int(limit)} OFFSET {int(offset)}"
    fetched = cursor.execute(page.text, page.values).fetchall()
    return Listing(tuple(columns), tuple(fetched), int(counted[0]) if counted else 0, offset)


def every_row(
    cursor: duckdb.DuckDBPyConnection,
    selection: Selection,
    columns: Sequence[str],
    *,
    sort: str = "",
    typed: Typed | None = None,
) -> Iterator[tuple[object, ...]]:
    """All rows of the selection, fetched a batch at a time, in the order of :func:`listing`."""
    named = ", ".join(f'{_expression(selection.subject, name)} AS "{name}"' for name in columns)
    chosen = relation(selection, typed)
    whole = Sql(f"SELECT {named}\n") + chosen + "\nORDER BY " + _order(selection, sort, typed)
    result = cursor.execute(whole.text, whole.values)
    while rows := result.fetchmany(BATCH):
        yield from rows


def _expression(subject: Subject, name: str) -> str:
    if name in _PLAIN[subject]:
        return name
    if name in _WORKED_OUT[subject]:
        return _WORKED_OUT[subject][name]
    dimension = DIMENSIONS[subject].get(name)
    if dimension is None or dimension.bound:
        raise BadSelection(f"a list of {subject} has no column {name!r}")
    return dimension.expression


def _order(selection: Selection, sort: str, typed: Typed | None) -> str:
    ends = f"title, {IDENTIFIER[selection.subject]}"
    if typed and sort in ("", BEST_FIRST):
        return f"{typed.rank} DESC, {ends}"
    name = sort.removeprefix(DOWN)
    if not name or name == BEST_FIRST:
        return ends
    direction = "DESC" if sort.startswith(DOWN) else "ASC"
    dimension = DIMENSIONS[selection.subject].get(name)
    expression = _expression(selection.subject, name)
    if dimension and dimension.many:
        return f"len({expression}) = 0, {expression} {direction}, {ends}"
    if dimension and dimension.labels:
        position = _position(dimension, TABLE[selection.subject])
        return f"{expression} IS NULL, {position} {direction} NULLS LAST, {expression} {direction}, {ends}"
    return f"{expression} IS NULL, {expression} {direction}, {ends}"


def _position(dimension: Dimension, table: str) -> str:
    """The place of a code in the strategy's order."""
    code = f"{table}.{dimension.expression}" if dimension.expression.isidentifier() else dimension.expression
    return (
        "(SELECT struct_pack(place := min(position), title := min(short_title)) FROM label"
        f" WHERE label.dimension = '{dimension.labels}' AND label.code = {code})"
    )
