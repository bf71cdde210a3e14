"""Two sides of a comparison on the pages: the current snapshot over two inventories, or an earlier one that is kept.

Both sides are opened for the same reader. An earlier snapshot holds what was shared when it was taken; what a State
has asked to keep confidential since then must not be read in it, so only who sees every record may open one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from django.http import QueryDict

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.records import RecordsPage
from colonnade.analysis.figures.result import FigureResult
from colonnade.analysis.manifest import FILE_NAME, ManifestError, read_manifest
from colonnade.analysis.snapshot import current_snapshot
from colonnade.analysis.store import SnapshotCache
from colonnade.reporting.build import Inventory
from colonnade.reporting.comparison.figures import FigureChange, compare_figure
from colonnade.reporting.comparison.openness import Openness, read_openness
from colonnade.reporting.comparison.sides import STANDING, Cell, Explained, explain
from colonnade.reporting.folder import Report
from colonnade.web.shared.addresses import AUDIENCE, Place
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.press import titled
from colonnade.web.shared.reading import Reading

BEFORE, AFTER, TAKEN = "before", "after", "taken"

_earlier: Final = SnapshotCache(4)
_openness: Final[Kept[Openness]] = Kept(8)


@dataclass(slots=True)
class ReadingSide:
    """An inventory of a snapshot, as a reader sees it. A :class:`~colonnade.reporting.comparison.sides.Side`."""

    reading: Reading
    inventory: Inventory
    _standing: list[RecordsPage] = field(default_factory=list)

    def result(self, key: str) -> FigureResult | None:
        """The figure; nothing where nought would only say that the reader may not see its records."""
        if self.reading.is_withheld(key, self.inventory.key):
            return None
        found = self.reading.figure(key, self.inventory.key)
        return replace(found, labels=titled(found.labels))

    def openness(self) -> Openness:
        """What the reader may read in this snapshot."""
        return _openness.get(self.reading.place, lambda: read_openness(self.reading.cursor()))

    def every_record(self, definition: FigureDefinition, cell: Cell, measure: str) -> RecordsPage:
        """All the records on one page."""
        if definition is STANDING and self._standing:
            return self._standing[0]
        pages = list(self.reading.every_record(definition, self.inventory.key, cell=cell, measure=measure or None))
        rows = tuple(row for page in pages for row in page.rows)
        found = RecordsPage(pages[0].columns, rows, len(rows))
        if definition is STANDING:
            self._standing.append(found)
        return found


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """An earlier snapshot that is still there."""

    snapshot_id: str
    taken_at: datetime
    folder: Path


class NoSuchSide(LookupError):
    """The address names an inventory or a snapshot that is not there for this reader."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of a report. ``taken`` is the identifier of the earlier side's snapshot where it is not the current."""

    report: Report
    before: ReadingSide
    after: ReadingSide
    taken: str = ""

    @property
    def is_of_itself(self) -> bool:
        """Whether both sides are one."""
        return not self.taken and self.before.inventory == self.after.inventory

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the comparison's address."""
        asked = {
            BEFORE: self.before.inventory.key,
            AFTER: self.after.inventory.key,
            TAKEN: self.taken,
            AUDIENCE: self.after.reading.reader.asked,
        }
        return {name: value for name, value in asked.items() if value}

    def changes(self) -> tuple[FigureChange, ...]:
        """Every figure of the report, as the two sides have it."""
        return tuple(self.change(key) for key in self.report.mentions.figures)

    def change(self, key: str) -> FigureChange:
        """One figure of the library. Raises ``KeyError``."""
        if key not in library():
            raise KeyError(key)
        return compare_figure(key, self.before.result(key), self.after.result(key))

    def explained(self, key: str, cell: Mapping[str, str | None] | None = None, measure: str = "") -> Explained:
        """The records behind a difference."""
        return explain(library()[key], self.before, self.after, cell=cell, measure=measure)

    def place(self, side: ReadingSide, key: str) -> Place:
        """Where the figure of a side has its page. A snapshot that is not the current one has no pages."""
        return Place(key, side.inventory.key, side.reading.reader.asked)


def comparison_in(query: QueryDict, report: Report, reading: Reading, *, sees_everything: bool) -> Comparison | None:
    """The comparison that an address asks for: unless named, the report's inventory against the one before it.

    ``sees_everything`` is whether the person sees every record, whomever they look as. ``None`` where there is no
    inventory at all. Raises :class:`NoSuchSide`.
    """
    after = _inventory(reading, query.get(AFTER, "") or report.inventory, named=AFTER in query)
    if after is None:
        return None
    taken = query.get(TAKEN, "")
    earlier = _reading_of(taken, reading, sees_everything=sees_everything) if taken else reading
    default = after.key if taken else after.previous or after.key
    before = _inventory(earlier, query.get(BEFORE, "") or default, named=BEFORE in query)
    return Comparison(report, ReadingSide(earlier, before or after), ReadingSide(reading, after), taken)


def kept_snapshots(*, sees_everything: bool) -> list[KeptSnapshot]:
    """The earlier snapshots that the store still has, the newest first; none for who does not see every record."""
    return list(_kept()) if sees_everything else []


def _kept() -> Iterator[KeptSnapshot]:
    now = current_snapshot()
    prefix = now.name.rsplit("-", 2)[0]
    folders = [path for path in now.parent.glob(f"{prefix}-*") if path != now and (path / FILE_NAME).is_file()]
    for folder in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            manifest = read_manifest(folder)
        except ManifestError:  # of another release, or being taken away
            continue
        yield KeptSnapshot(manifest.snapshot_id, manifest.created_at, folder)


def _inventory(reading: Reading, key: str, *, named: bool) -> Inventory | None:
    if key in reading.inventories:
        return reading.inventories[key]
    if named:
        raise NoSuchSide(key)
    return reading.inventory() if reading.inventories else None


def _reading_of(taken: str, reading: Reading, *, sees_everything: bool) -> Reading:
    for kept in kept_snapshots(sees_everything=sees_everything):
        if kept.snapshot_id == taken:
            return Reading(reading.reader, _earlier.open(kept.folder, reading.reader.viewer))
    raise NoSuchSide(taken)
