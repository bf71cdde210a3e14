"""The registry as claims ask it: a figure's value, computed over a snapshot when it is first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import compute
from colonnade.analysis.figures.result import FigureResult, Number, TableValue
from colonnade.analysis.figures.sql import Parameters, parameters_in
from colonnade.analysis.store import open_snapshot
from colonnade.core.viewer import AUDIENCES
from colonnade.reporting.folder import read_report


@dataclass(slots=True)
class SnapshotRegistry:
    """Figures over one opened snapshot. ``parameters`` are the report's own; a claim may set others."""

    connection: duckdb.DuckDBPyConnection
    parameters: Parameters
    computed: dict[tuple[str, tuple[tuple[str, str | None], ...]], FigureResult] = field(default_factory=dict)

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


def registry_of(report_folder: Path, snapshot: Path) -> SnapshotRegistry:
    """The registry in ``snapshot``, whole; figures take the parameters of the report in ``report_folder``."""
    report = read_report(report_folder, library())
    own = {**report.parameters_of(report.inventory), "inventory": report.inventory}
    asked = frozenset[str]().union(*(parameters_in(definition) for definition in library().values()))
    opened = open_snapshot(snapshot, AUDIENCES["secretariat"].viewer)
    return SnapshotRegistry(opened.cursor(), {name: own.get(name) for name in asked})
