"""The registry as claims ask it: a figure's value, computed over a snapshot when it is first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import compute
from colonnade.analysis.figures.result import FigureResult, Number, TableValue


@dataclass(slots=True)
class SnapshotRegistry:
    """Figures over one opened snapshot. ``parameters`` are the report's own; a claim may set others."""

    connection: duckdb.DuckDBPyConnection
    parameters: Mapping[str, str]
    computed: dict[tuple[str, tuple[tuple[str, str], ...]], FigureResult] = field(default_factory=dict)

    def figure_value(self, key: str, parameters: Mapping[str, str | int], cell: Mapping[str, str]) -> Number | None:
        """See :class:`colonnade.reporting.claims.check.Registry`."""
        asked = {**self.parameters, **{name: str(value) for name, value in parameters.items()}}
        known = (key, tuple(sorted(asked.items())))
        if known not in self.computed:
            self.computed[known] = compute(self.connection, library()[key], asked)
        value = self.computed[known].value
        if not isinstance(value, TableValue):
            if cell:
                raise KeyError(f"figure {key} is a single value and has no cell {dict(cell)}")
            return value
        found = value.cell(cell["measure"], **{name: code for name, code in cell.items() if name != "measure"})
        if isinstance(found, str):
            raise KeyError(f"figure {key} has a text in {dict(cell)}, not a number")
        return found
