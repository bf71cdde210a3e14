"""The figures and records of the current snapshot, as one reader may see them. Pages count nothing themselves."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.engine import Labels, compute, read_labels
from colonnade.analysis.figures.records import RecordsPage, records_for
from colonnade.analysis.figures.result import FigureResult
from colonnade.analysis.figures.sql import Parameters, parameters_in
from colonnade.analysis.manifest import Manifest
from colonnade.analysis.snapshot import current_snapshot
from colonnade.analysis.store import OpenSnapshot, SnapshotCache
from colonnade.audit.records import Provenance
from colonnade.reporting.build import Inventory, inventories_in, parameters_over, sources_over
from colonnade.web.shared.audiences import Reader
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.press import main_report

Cell = Mapping[str, str | None]

#: The subject of figures that count needs.
NEEDS: Final = "needs"
#: How many records a download fetches at a time.
BATCH: Final = 5_000

_snapshots: Final = SnapshotCache()
_figures: Final[Kept[FigureResult]] = Kept(2_000)
_labels: Final[Kept[dict[str, dict[str, str]]]] = Kept(16)
_inventories: Final[Kept[dict[str, Inventory]]] = Kept(16)


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
    def manifest(self) -> Manifest:
        """What the snapshot says of itself."""
        return self._opened.manifest

    @property
    def inventories(self) -> dict[str, Inventory]:
        """Every inventory by key, the newest first."""
        return _inventories.get(self.place, lambda: inventories_in(self._opened.cursor()))

    def inventory(self, key: str = "") -> Inventory | None:
        """The inventory ``key``; without a key that of the pack's report, else the newest.

        Raises ``KeyError`` where there is no such inventory; ``None`` where there is none at all.
        """
        known = self.inventories
        if key:
            return known[key]
        report = main_report()
        return known.get(report.inventory if report else "") or next(iter(known.values()), None)

    def is_illustrative(self, key: str = "") -> bool:
        """Whether an inventory's records are illustrative. Where there is none at all, none are."""
        row = self.inventory(key)
        return row is not None and row.provenance == Provenance.ILLUSTRATIVE

    def is_withheld(self, key: str, inventory: str = "") -> bool:
        """Whether the reader's nought says nothing: needs are shared inside the compact, and they are outside it."""
        if library()[key].subject != NEEDS or self.reader.viewer.inside_the_compact:
            return False
        return not self.figure(key, inventory).value

    @property
    def labels(self) -> Labels:
        """dimension -> code -> title."""
        return _labels.get(self.place, lambda: read_labels(self._opened.cursor()))

    def figure(self, key: str, inventory: str = "") -> FigureResult:
        """The figure ``key`` for an inventory. Raises ``KeyError`` where there is none."""
        definition, parameters = library()[key], self.parameters(inventory)
        row = self.inventory(inventory)
        source = (sources_over(row, main_report()) if row else {}).get(key, definition.source)
        # Figures that do not ask for the inventory are the same for each.
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
        row = self.inventory(inventory)
        return parameters_over(row, main_report()) if row else dict.fromkeys(_every_parameter())


def _every_parameter() -> frozenset[str]:
    return frozenset().union(*(parameters_in(definition) for definition in library().values()))


def open_reading(reader: Reader) -> Reading:
    """The registry as it stands now, read as ``reader``. Raises ``NothingLoaded`` where no strategy is."""
    return Reading(reader, _snapshots.open(current_snapshot(), reader.viewer))
