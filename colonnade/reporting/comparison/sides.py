"""A side of a comparison: figures and their records over one snapshot and one inventory, for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.records import RecordsPage
from colonnade.analysis.figures.result import FigureResult, Number, TableValue
from colonnade.analysis.figures.sql import parameters_in
from colonnade.reporting.comparison.openness import Openness, closed_since
from colonnade.reporting.comparison.records import Fields, Identity, Parts, Rows, compare_records, without_names
from colonnade.reporting.comparison.weights import weight_of

Cell = Mapping[str, str | None]

PROJECT: Final = "project"
#: What an inventory reports of each project, whichever figure counts it: why a project came, left or changed.
STANDING: Final = FigureDefinition(
    key="standing",
    version=1,
    title="What the inventory reports of each project",
    definition="Every project of the inventory with what was reported of it.",
    unit="count",
    source="",
    records="""
SELECT 'project' AS kind, project AS id, title, entity, pillar, scope, status, origin, starts_on, ends_on,
       budget_usd, funding_usd
FROM entry
WHERE inventory = $inventory""",
    value="SELECT count(*) AS value FROM records",
)


class Side(Protocol):
    """Where figures and records of one side come from."""

    def result(self, key: str) -> FigureResult | None:
        """The figure, or ``None`` where the side does not have it."""

    def every_record(self, definition: FigureDefinition, cell: Cell, measure: str) -> RecordsPage:
        """All the records behind a figure, a cell of it or a measure, on one page."""

    def openness(self) -> Openness:
        """What the side's readers may read at all."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The two numbers at a place of a figure, in ``unit``, and the records behind their difference."""

    before: Number | None
    after: Number | None
    unit: str
    parts: Parts


def explain(
    definition: FigureDefinition, before: Side, after: Side, *, cell: Cell | None = None, measure: str = ""
) -> Explained:
    """Why the number at a place of ``definition`` differs between two sides.

    Without a ``measure`` a table figure is explained by all its records. Raises ``KeyError`` for a place that the
    figure does not have. What the later side's readers may no longer read is counted and not named.
    """
    place = cell or {}
    unit = (definition.column(measure).unit or "") if measure else definition.unit
    values = [number_at(side.result(definition.key), place, measure) for side in (before, after)]
    rows = [_rows(definition, side, place, measure) for side in (before, after)]
    is_whole_table = definition.is_table and not measure
    weight = None if is_whole_table else weight_of(definition, measure, unit, *zip(rows, values, strict=True))
    parts = compare_records(rows[0], rows[1], weight)
    closed = closed_since(before.openness(), after.openness(), definition.subject)
    return Explained(values[0], values[1], unit, without_names(parts, closed))


def number_at(result: FigureResult | None, cell: Cell, measure: str) -> Number | None:
    """The number at a place; ``None`` where it was not reported, or where the table has no such row."""
    if result is None:
        return None
    if not isinstance(result.value, TableValue):
        return result.value if not measure else None
    if not measure:
        return None
    if not cell:
        return result.value.totals.get(measure)
    names = [column.name for column in result.value.columns]
    for row in result.value.rows:
        if all(row[names.index(name)] == code for name, code in cell.items()):
            met = row[names.index(measure)]
            return None if isinstance(met, str) else met
    return None


def _rows(definition: FigureDefinition, side: Side, cell: Cell, measure: str) -> Rows:
    page = side.every_record(definition, cell, measure)
    kinds = {row[page.columns.index("kind")] for row in page.rows} if page.rows else {PROJECT}
    known: dict[Identity, Fields] = {}
    if kinds == {PROJECT} and "inventory" in parameters_in(definition):
        standing = side.every_record(STANDING, {}, "")
        for row in standing.rows:
            fields = dict(zip(standing.columns, row, strict=True))
            identity = str(fields.pop("kind")), str(fields.pop("id"))
            known[identity] = fields
    return Rows(page.columns, page.rows, known)
