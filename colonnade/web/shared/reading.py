"""The figures and records of the current snapshot, as one reader may see them. Pages count nothing themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.engine import Labels, compute, read_labels
from colonnade.analysis.figures.records import RecordsPage, records_for
from colonnade.analysis.figures.result import FigureResult
from colonnade.analysis.figures.sql import Parameters, parameters_in
from colonnade.analysis.snapshot import current_snapshot
from colonnade.analysis.store import OpenSnapshot, SnapshotCache
from colonnade.web.shared.audiences import Reader
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.press import main_report

Cell = Mapping[str, str | None]

#: How many records a download fetches at a time.
BATCH: Final = 5_000

_snapshots: Final = SnapshotCache()
_figures: Final[Kept[FigureResult]] = Kept(2_000)
_labels: Final[Kept[dict[str, dict[str, str]]]] = Kept(16)
_inventories: Final[Kept[tuple["InventoryRow", ...]]] = Kept(16)


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """An inventory as the snapshot has it. ``previous`` is the one that it is compared with."""

    key: str
    title: str
    as_of: date
    previous: str | None
    provenance: str


class Reading:
    """The current snapshot, opened for ``reader``. Make one a request."""

    def __init__(self, reader: Reader, opened: OpenSnapshot) -> None:
        self.reader = reader
        self._opened = opened
        self.place = (opened.folder, opened.partitions)

    @property
    def snapshot_id(self) -> str:
        return self._opened.manifest.snapshot_id

    @property
    def created_at(self) -> datetime:
        """When the registry was read for this snapshot."""
        return self._opened.manifest.created_at

    @property
    def inventories(self) -> tuple[InventoryRow, ...]:
        """Every inventory, the newest first."""

        def read() -> tuple[InventoryRow, ...]:
            rows = self._opened.cursor().execute(
                "SELECT inventory, title, as_of, previous, provenance FROM inventory ORDER BY as_of DESC, inventory"
            )
            return tuple(InventoryRow(*row) for row in rows.fetchall())

        return _inventories.get(self.place, read)

    def inventory(self, key: str = "") -> InventoryRow | None:
        """The inventory ``key``; without a key that of the pack's report, else the newest.

        Raises ``KeyError`` where there is no such inventory; ``None`` where there is none at all.
        """
        known = {row.key: row for row in self.inventories}
        if key:
            return known[key]
        report = main_report()
        return known.get(report.inventory if report else "") or next(iter(self.inventories), None)

    @property
    def labels(self) -> Labels:
        """dimension -> code -> title."""
        return _labels.get(self.place, lambda: read_labels(self._opened.cursor()))

    def figure(self, key: str, inventory: str = "") -> FigureResult:
        """The figure ``key`` for an inventory. Raises ``KeyError`` where there is none."""
        definition, parameters = library()[key], self.parameters(inventory)
        # Figures that do not ask for the inventory are the same for each.
        source = self._sources(inventory).get(key, definition.source)
        relevant = tuple(sorted((name, parameters[name]) for name in parameters_in(definition)))

        def make() -> FigureResult:
            return compute(self._opened.cursor(), definition, parameters, source=source, labels=self.labels)

        return _figures.get((self.place, key, relevant, source), make)

    def records(
        self,
        definition: FigureDefinition,
        inventory: str = "",
        *,
        cell: Cell | None = None,
        measure: str | None = None,
        limit: int,
        offset: int = 0,
    ) -> RecordsPage:
        """A page of the records behind a figure, a cell of it, or a measure. Raises ``KeyError``."""
        return records_for(
            self._opened.cursor(),
            definition,
            self.parameters(inventory),
            cell=cell,
            measure=measure,
            limit=limit,
            offset=offset,
        )

    def every_record(
        self,
        definition: FigureDefinition,
        inventory: str = "",
        *,
        cell: Cell | None = None,
        measure: str | None = None,
    ) -> Iterator[RecordsPage]:
        """All of them, a batch at a time; the first batch comes even where it is empty."""
        offset = 0
        while True:
            page = self.records(definition, inventory, cell=cell, measure=measure, limit=BATCH, offset=offset)
            yield page
            offset += len(page.rows)
            if not page.rows or offset >= page.total:
                return

    def parameters(self, inventory: str = "") -> Parameters:
        """What the figures' queries are filled in with; a parameter that the inventory does not have is ``None``."""
        row, report = self.inventory(inventory), main_report()
        given: dict[str, str | None] = dict.fromkeys(_every_parameter())
        if row is None:
            return given
        own = report.parameters_of(row.key) if report else {}
        given |= {name: own[name] for name in given if own.get(name)}
        return given | {"inventory": row.key, "previous": row.previous, "provenance": row.provenance}

    def _sources(self, inventory: str) -> Mapping[str, str]:
        row, report = self.inventory(inventory), main_report()
        return report.sources_of(row.key) if row and report else {}


@cache
def _every_parameter() -> frozenset[str]:
    return frozenset().union(*(parameters_in(definition) for definition in library().values()))


def open_reading(reader: Reader) -> Reading:
    """The registry as it stands now, read as ``reader``. Raises ``NothingLoaded`` where no strategy is."""
    return Reading(reader, _snapshots.open(current_snapshot(), reader.viewer))
