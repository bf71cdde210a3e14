"""The records behind a total, each with whose it is, the cell it counts in, and what it adds.

Only totals in which a record counts once can be released, over records that belong to somebody who is protected: needs
to the State they were made to, projects to their State or lead entity. Read from a snapshot opened for the circle of
records that the total counts; a figure's cells must be the numbers of its records, or it is refused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import duckdb
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import IDENTIFIER, MEASURES
from colonnade.analysis.crosstab.model import Dimension, Question, Selection, Subject
from colonnade.analysis.crosstab.sql import BadSelection, Sql, dimension_of, relation
from colonnade.analysis.disclosure.tables import ALL
from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.engine import compute_value
from colonnade.analysis.figures.result import TableValue
from colonnade.analysis.figures.sql import Parameters, fill_in, value_template
from colonnade.analysis.releases.values import NOT_REPORTED, Divided, Line

#: What a figure counts -> whose each record is.
OWNERS: Final[Mapping[str, str]] = {
    "recommendation": "SELECT recommendation, country FROM recommendation",
    "project": "SELECT DISTINCT project, coalesce(state, entity) FROM entry",
}
KIND: Final = {Subject.NEEDS: "recommendation", Subject.PROJECTS: "project"}
COUNT: Final = "count"
#: A dimension with more codes than this has rows only for those that records have.
LISTED: Final = 300
_CODES: Final = "SELECT code, coalesce(nullif(short_title, ''), title) FROM label WHERE dimension = ? ORDER BY position"


class NotReleasable(ValueError):
    """The total cannot be released as asked; the text says why."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A record: whose it is, where it stands (``*`` where the total has no such dimension), what it adds."""

    identifier: str
    contributor: str
    row: str
    column: str
    weight: Decimal

    def as_json(self) -> list[str]:
        return [self.identifier, self.contributor, self.row, self.column, str(self.weight)]

    @classmethod
    def from_json(cls, content: Sequence[str]) -> "Counted":
        identifier, contributor, row, column, weight = content
        return cls(identifier, contributor, row, column, Decimal(weight))


@dataclass(frozen=True, slots=True)
class Basis:
    """What a total is made of. ``kind`` says of what records, ``measure`` what is summed (``count``: themselves)."""

    kind: str
    measure: str
    unit: str
    rows: Divided = field(default_factory=Divided)
    columns: Divided = field(default_factory=Divided)
    records: tuple[Counted, ...] = ()


def basis_of_figure(cursor: duckdb.DuckDBPyConnection, definition: FigureDefinition, parameters: Parameters) -> Basis:
    """The records of a figure that counts them, by its one dimension. Raises :class:`NotReleasable`."""
    measure = _counting(definition)
    page = cursor.execute(fill_in(definition.records, parameters))
    names = [str(column[0]) for column in page.description]
    rows = [dict(zip(names, row, strict=True)) for row in page.fetchall()]
    kinds = {str(row["kind"]) for row in rows}
    if not rows:
        raise NotReleasable(_("There is nothing to release: no record is counted."))
    if len(kinds) > 1 or not kinds <= OWNERS.keys():
        raise NotReleasable(_("The figure counts something else than needs or projects."))
    kind = kinds.pop()
    dimension = definition.dimensions[0] if definition.dimensions else None
    owners = _owners(cursor, kind)
    records = tuple(
        Counted(
            str(row["id"]),
            owners.get(str(row["id"]), ""),
            _code(row[dimension.name]) if dimension else ALL,
            ALL,
            Decimal(1),
        )
        for row in rows
    )
    _each_once(records)
    divided = Divided()
    if dimension is not None:
        found = [record.row for record in records]
        titles = dict(dimension.labels)
        lines = _lines(cursor, dimension.dimension or dimension.name, found, titles)
        divided = Divided(dimension.name, dimension.title, lines)
    basis = Basis(kind, COUNT, COUNT, divided, Divided(), records)
    _agrees(cursor, definition, parameters, measure, basis)
    return basis


def basis_of_question(cursor: duckdb.DuckDBPyConnection, question: Question) -> Basis:
    """The records of a question, by its dimensions if it has any. Raises :class:`NotReleasable`."""
    subject = question.selection.subject
    measure = MEASURES.get(question.measure)
    if subject not in KIND or measure is None or measure.subject is not subject:
        raise NotReleasable(_("Only needs and projects can be counted in a released total."))
    try:
        rows = _single(subject, question.rows)
        columns = _single(subject, question.columns)
        chosen = Sql(
            f"SELECT {IDENTIFIER[subject]}, {rows.expression if rows else 'NULL'},"
            f" {columns.expression if columns else 'NULL'}, {measure.expression}\n"
        ) + relation(question.selection)
    except BadSelection as bad:
        raise NotReleasable(str(bad)) from bad
    kind = KIND[subject]
    owners = _owners(cursor, kind)
    records = tuple(
        Counted(
            str(identifier),
            owners.get(str(identifier), ""),
            _code(row) if rows else ALL,
            _code(column) if columns else ALL,
            Decimal(value),
        )
        for identifier, row, column, value in cursor.execute(chosen.text, chosen.values).fetchall()
        if value is not None
    )
    if not records:
        raise NotReleasable(_("There is nothing to release: no record is counted."))
    _each_once(records)
    return Basis(
        kind,
        COUNT if measure.expression == "1" else measure.name,
        measure.unit,
        _divided(cursor, rows, (record.row for record in records)),
        _divided(cursor, columns, (record.column for record in records)),
        records,
    )


def question_as_json(question: Question) -> dict[str, Any]:
    """A question as plain data. Words typed in search are not part of a release: what they find changes."""
    selection = question.selection
    return {
        "subject": selection.subject.value,
        "inventory": selection.inventory,
        "filters": {name: list(codes) for name, codes in selection.filters.items()},
        "measure": question.measure,
        "rows": question.rows,
        "columns": question.columns,
    }


def question_from_json(content: Mapping[str, Any]) -> Question:
    """What :func:`question_as_json` wrote. Raises :class:`NotReleasable`."""
    try:
        filters = {str(name): tuple(map(str, codes)) for name, codes in content["filters"].items()}
        selection = Selection(Subject(content["subject"]), str(content["inventory"]), filters)
        return Question(selection, str(content["measure"]), str(content["rows"]), str(content["columns"]))
    except (KeyError, ValueError) as error:
        raise NotReleasable(_("The question cannot be read: %(error)s") % {"error": error}) from error


def _counting(definition: FigureDefinition) -> str:
    """The measure of a table figure that counts its records; empty for a single number."""
    if not definition.is_table:
        if definition.unit != COUNT:
            raise NotReleasable(_("The figure is no count: a share or an average is not released by itself."))
        return ""
    if len(definition.dimensions) != 1:
        raise NotReleasable(_("Only figures by one dimension can be released; ask a question for more."))
    for column in definition.columns:
        if column.unit == COUNT and column.name in definition.totals and not column.where and not column.records:
            return column.name
    raise NotReleasable(_("The figure has no column that counts its records."))


def _agrees(
    cursor: duckdb.DuckDBPyConnection, definition: FigureDefinition, parameters: Parameters, measure: str, basis: Basis
) -> None:
    """The figure must say what its records add up to. Raises :class:`NotReleasable`."""
    value = compute_value(cursor, definition, fill_in(value_template(definition), parameters))
    if not isinstance(value, TableValue):
        agrees = (value or 0) == len(basis.records)
    else:
        counted = Counter(record.row for record in basis.records)
        names = [column.name for column in value.columns]
        code, count = names.index(basis.rows.dimension), names.index(measure)
        stated = {_code(row[code]): row[count] for row in value.rows if row[count]}
        agrees = stated == dict(counted)
    if not agrees:
        raise NotReleasable(_("The figure counts something else than its records, so that it cannot be checked."))


def _owners(cursor: duckdb.DuckDBPyConnection, kind: str) -> dict[str, str]:
    return {str(identifier): str(owner or "") for identifier, owner in cursor.execute(OWNERS[kind]).fetchall()}


def _each_once(records: Sequence[Counted]) -> None:
    if len({record.identifier for record in records}) < len(records):
        raise NotReleasable(_("A record counts more than once, so that the cells do not add up to the total."))


def _single(subject: Subject, name: str) -> Dimension | None:
    """The dimension ``name``, ``None`` for none. Raises ``BadSelection`` and :class:`NotReleasable`."""
    if not name:
        return None
    dimension = dimension_of(subject, name)
    if dimension.many or dimension.bound:
        raise NotReleasable(_("A record can stand under several codes of “%(name)s”.") % {"name": _(dimension.title)})
    return dimension


def _divided(cursor: duckdb.DuckDBPyConnection, dimension: Dimension | None, found: Iterable[str]) -> Divided:
    if dimension is None:
        return Divided()
    lines = _lines(cursor, dimension.labels, found, dimension.titles)
    return Divided(dimension.name, dimension.title, lines)


def _lines(
    cursor: duckdb.DuckDBPyConnection, labels: str, found: Iterable[str], titles: Mapping[str, str]
) -> tuple[Line, ...]:
    """Every code of the dimension, with or without records; then what was not reported, where anything was not."""
    met = set(found)
    listed = {str(code): str(title) for code, title in cursor.execute(_CODES, [labels]).fetchall()} if labels else {}
    listed = {**listed, **titles}
    kept = [code for code in listed if len(listed) <= LISTED or code in met]
    others = sorted(met - set(kept) - {NOT_REPORTED})
    lines = [Line(code, listed.get(code, code)) for code in (*kept, *others)]
    return (*lines, *([Line(NOT_REPORTED, "Not reported")] if NOT_REPORTED in met else []))


def _code(value: object) -> str:
    return NOT_REPORTED if value is None else str(value)


def can_be_released(definition: FigureDefinition) -> bool:
    """Whether the figure has the shape of a count by one dimension; its records say the rest when it is counted."""
    try:
        _counting(definition)
    except NotReleasable:
        return False
    return True
