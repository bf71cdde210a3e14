"""What computing a figure yields. Plain values: renderers, pages and ``figures.json`` all read these.

A figure is a single number, or a table of numbers over named dimensions. Values are exact and unrounded, in base
units (dollars, counts, per cent); rounding happens once, when a value is displayed (:mod:`.display`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Number = int | Decimal
Cell = str | Number | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table figure: a dimension (``unit`` is ``None``, cells are codes) or a measure."""

    name: str
    title: str
    unit: str | None = None

    @property
    def is_dimension(self) -> bool:
        return self.unit is None


@dataclass(frozen=True, slots=True)
class TableValue:
    """Rows of dimension codes followed by measures, in the order of the strategy (pillar I first)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: Measures that may be summed over the rows, with their sum: what a totals row prints.
    totals: Mapping[str, Number] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_dimension)

    @property
    def measures(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.is_dimension)

    def cell(self, measure: str, **dimensions: str) -> Cell:
        """The one cell of ``measure`` whose dimensions have these codes. Raises ``KeyError`` where there is none."""
        names = [column.name for column in self.columns]
        for row in self.rows:
            if all(row[names.index(name)] == code for name, code in dimensions.items()):
                return row[names.index(measure)]
        raise KeyError(f"no row with {dimensions} in {names}")


@dataclass(frozen=True, slots=True)
class FigureResult:
    """A figure as it stood at ``as_of`` of its snapshot, for one audience.

    ``unit`` is ``count``, ``USD``, ``per cent``, ``years`` or ``table``; ``of`` says what a percentage is a share of;
    ``qualifier`` is ``exact``, or ``at least`` where some records could not be counted (``note`` says how many).
    ``labels`` gives, per dimension, the readable title of each code. ``value`` is ``None`` where nothing was reported.
    """

    key: str
    version: int
    title: str
    source: str
    unit: str
    qualifier: str
    of: str
    value: Number | TableValue | None
    row_count: int
    definition: str
    sql: str
    records_sql: str
    note: str = ""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, dimension: str, code: Cell) -> str:
        """The readable title of a code; a missing code reads "Not reported"."""
        if code is None:
            return "Not reported"
        return self.labels.get(dimension, {}).get(str(code), str(code))
