"""Two folders as ``colonnade report build`` leaves them, opened for comparison: ``figures.json`` and ``snapshot/``.

Nothing else is read, no database and no network. Recorded queries run in a connection that can read the shipped
snapshot and nothing else. Both builds must be for the same audience: else every difference could be one of sight.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.published import Published, read_figures
from colonnade.analysis.figures.records import RecordsPage, records_for
from colonnade.analysis.figures.result import FigureResult
from colonnade.analysis.figures.sql import Parameters, parameters_in, recognise, value_template
from colonnade.analysis.manifest import differing_files, read_manifest
from colonnade.analysis.store import OpenSnapshot, partitions_in, select
from colonnade.reporting.comparison.openness import Openness, read_openness
from colonnade.reporting.comparison.sides import STANDING, Cell

SNAPSHOT: Final = "snapshot"
_EVERY: Final = 2**31


class NotComparable(ValueError):
    """The two folders cannot be held against each other: the message says why and what to do."""


@dataclass(slots=True)
class Build:
    """A built report with its snapshot opened. A :class:`~colonnade.reporting.comparison.sides.Side`."""

    folder: Path
    published: Published
    opened: OpenSnapshot
    figures: Mapping[str, FigureResult]
    inventory: str | None = None
    _standing: list[RecordsPage] = field(default_factory=list)
    _openness: list[Openness] = field(default_factory=list)

    def openness(self) -> Openness:
        """What the shipped snapshot lets its readers read."""
        if not self._openness:
            self._openness.append(read_openness(self.opened.cursor()))
        return self._openness[0]

    def result(self, key: str) -> FigureResult | None:
        """The figure as it was printed."""
        return self.figures.get(key)

    def every_record(self, definition: FigureDefinition, cell: Cell, measure: str) -> RecordsPage:
        """The records; by the query that was recorded, whole, where this release's is not recognised in it."""
        if definition is STANDING:
            if not self._standing:
                self._standing.append(self._read(definition, {"inventory": self.inventory}, {}, ""))
            return self._standing[0]
        parameters = self._parameters(definition)
        if parameters is not None:
            return self._read(definition, parameters, cell, measure)
        recorded = self.figures[definition.key]
        fetched = select(self.opened.cursor(), f"SELECT * FROM (\n{recorded.records_sql}\n)")  # noqa: S608  # one SELECT
        rows = tuple(fetched.fetchall())
        return RecordsPage(tuple(str(column[0]) for column in fetched.description), rows, len(rows))

    def _read(self, definition: FigureDefinition, parameters: Parameters, cell: Cell, measure: str) -> RecordsPage:
        cursor = self.opened.cursor()
        return records_for(cursor, definition, parameters, cell=cell, measure=measure or None, limit=_EVERY)

    def _parameters(self, definition: FigureDefinition) -> Parameters | None:
        """What the recorded query was filled in with; ``None`` where it is not this release's.

        A figure that the build does not state had no value; of its parameters only the inventory is known.
        """
        recorded = self.figures.get(definition.key)
        if recorded is None:
            asked = parameters_in(definition)
            return {name: self.inventory if name == "inventory" else None for name in asked}
        return recognise(value_template(definition), recorded.sql) if recorded.version == definition.version else None


def open_builds(before: Path, after: Path) -> tuple[Build, Build]:
    """Both folders, opened.

    Raises :class:`NotComparable`, ``PublishedUnreadable``, ``ManifestError``, ``SnapshotUnreadable`` or
    ``FileNotFoundError``, each naming the folder.
    """
    earlier, later = open_build(before), open_build(after)
    audiences = earlier.published.audience, later.published.audience
    if audiences[0] != audiences[1]:
        raise NotComparable(
            f"{before} was built for {audiences[0]}, {after} for {audiences[1]}: "
            "build both for one audience (colonnade report build NAME --audience AUDIENCE)"
        )
    return earlier, later


def open_build(folder: Path) -> Build:
    """One folder. Raises as :func:`open_builds` does."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder; name one that `colonnade report build` left")
    published = read_figures(folder)
    snapshot = folder / SNAPSHOT
    manifest = read_manifest(snapshot)
    said = (published.snapshot, published.audience)
    if said != (manifest.snapshot_id, manifest.audience) or differing_files(snapshot, manifest):
        raise NotComparable(
            f"{folder}: the snapshot is not the one that the figures were computed from; "
            f"see `colonnade report verify {folder}`"
        )
    opened = OpenSnapshot(snapshot, manifest, partitions_in(snapshot))
    figures = {figure.key: figure for figure in published.figures}
    return Build(folder, published, opened, figures, _inventory_of(figures))


def _inventory_of(figures: Mapping[str, FigureResult]) -> str | None:
    """The inventory that the report is on, as its recorded queries name it."""
    for key, figure in figures.items():
        definition = library().get(key)
        if definition is not None and "inventory" in parameters_in(definition):
            parameters = recognise(value_template(definition), figure.sql)
            if parameters and parameters.get("inventory"):
                return parameters["inventory"]
    return None
