"""The figures and records of the current snapshot, as one reader may see them. Pages count nothing themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from duckdb import DuckDBPyConnection

from colonnade.analysis.crosstab.asking import answer, answers, facets, read_order, totals
from colonnade.analysis.crosstab.dimensions import TABLE
from colonnade.analysis.crosstab.listing import every_row, listing
from colonnade.analysis.crosstab.model import Answer, Facet, Listing, Number, Question, Selection, Totals
from colonnade.analysis.crosstab.sql import Sql, Typed
from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.engine import Labels, compute, read_labels
from colonnade.analysis.figures.records import RecordsPage, records_for
from colonnade.analysis.figures.result import FigureResult
from colonnade.analysis.figures.sql import Parameters, parameters_in
from colonnade.analysis.figures.withheld import NEEDS, is_withheld
from colonnade.analysis.manifest import Manifest
from colonnade.analysis.matching.labelled import proposer_over
from colonnade.analysis.matching.proposing import Proposer
from colonnade.analysis.matching.registry import Suggestions, suggestions_of
from colonnade.analysis.queries import InForce, released_figures
from colonnade.analysis.search.matching import Matching, matching
from colonnade.analysis.seen import stands_since
from colonnade.analysis.snapshot import current_snapshot
from colonnade.analysis.store import OpenSnapshot, SnapshotCache
from colonnade.audit.records import Provenance
from colonnade.members.successions import names_on
from colonnade.places.models import Country
from colonnade.reporting.build import Inventory, inventories_in, parameters_over, sources_over
from colonnade.web.shared.audiences import Reader
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.press import main_report

Cell = Mapping[str, str | None]

#: The dimension whose codes may have had other titles on another day.
ENTITY: Final = "entity"
#: How many records a download fetches at a time.
BATCH: Final = 5_000

_snapshots: Final = SnapshotCache()
_figures: Final[Kept[FigureResult]] = Kept(2_000)
_labels: Final[Kept[dict[str, dict[str, str]]]] = Kept(16)
_labels_then: Final[Kept[Labels]] = Kept(16)
_order: Final[Kept[dict[tuple[str, str], int]]] = Kept(16)
_answers: Final[Kept[Answer]] = Kept(200)
_tables: Final[Kept[tuple[Answer, ...]]] = Kept(100)
_totals: Final[Kept[Totals]] = Kept(1_000)
_facets: Final[Kept[dict[str, Facet]]] = Kept(50)
_matched: Final[Kept[Matching]] = Kept(200)
_inventories: Final[Kept[dict[str, Inventory]]] = Kept(16)
_suggestions: Final[Kept[Suggestions]] = Kept(16)
_proposers: Final[Kept[Proposer]] = Kept(16)


class Reading:
    """The current snapshot, opened for ``reader``. Make one a request."""

    def __init__(self, reader: Reader, opened: OpenSnapshot) -> None:
        self.reader = reader
        self._opened = opened
        self.place = opened.place

    def cursor(self) -> DuckDBPyConnection:
        """The reader's tables, for queries of the caller's own: they hold what the reader may see and nothing else."""
        return self._opened.cursor()

    @property
    def snapshot_id(self) -> str:
        """Which state of the registry this is, as far as the reader reads it."""
        return self.manifest.snapshot_id

    @property
    def created_at(self) -> datetime:
        """Since when the registry stands like this, as far as the reader reads it."""
        return self.manifest.created_at

    @cached_property
    def manifest(self) -> Manifest:
        """What the snapshot says of itself to this reader: a row that they do not read changes none of it."""
        told = self._opened.as_read
        return replace(told, created_at=stands_since(self._opened.folder.parent, told.snapshot_id))

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
        viewer = self.reader.viewer
        if viewer.inside_the_compact or library()[key].subject != NEEDS:  # nothing need be counted to say so
            return False
        return is_withheld(library()[key], self.figure(key, inventory).value, viewer)

    @cached_property
    def released(self) -> Mapping[str, InForce]:
        """Figure -> the total that was released to the reader; none for who sees every record and counts them."""
        return {} if self.reader.sees_everything else released_figures(self.reader.viewer)

    def released_total(self, key: str, inventory: str = "") -> InForce | None:
        """The release that stands for a figure which says nothing to the reader; ``None`` where there is none."""
        return self.released.get(key) if self.is_withheld(key, inventory) else None

    @property
    def labels(self) -> Labels:
        """dimension -> code -> title."""
        return _labels.get(self.place, lambda: read_labels(self._opened.cursor()))

    def labels_of(self, inventory: str = "") -> Labels:
        """The same for an inventory: what is of its day stays under the names that entities had then."""
        row = self.inventory(inventory)
        day = row.as_of if row else None
        return self.labels if day is None else _labels_then.get((self.place, day), lambda: self._labels_on(day))

    def _labels_on(self, day: date) -> Labels:
        then = {code: name.abbreviation for code, name in names_on(day).items()}
        return {**self.labels, ENTITY: {**self.labels.get(ENTITY, {}), **then}} if then else self.labels

    def figure(self, key: str, inventory: str = "") -> FigureResult:
        """The figure ``key`` for an inventory. Raises ``KeyError`` where there is none."""
        definition, parameters = library()[key], self.parameters(inventory)
        row, labels = self.inventory(inventory), self.labels_of(inventory)
        source = (sources_over(row, main_report()) if row else {}).get(key, definition.source)
        # Figures that do not ask for the inventory are the same for each.
        relevant = tuple(sorted((name, parameters[name]) for name in parameters_in(definition)))

        def make() -> FigureResult:
            return compute(self._opened.cursor(), definition, parameters, source=source, labels=labels)

        # So are they where no entity was renamed since.
        then = None if labels is self.labels or row is None else row.as_of
        return _figures.get((self.place, key, relevant, source, then), make)

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

    @property
    def order(self) -> dict[tuple[str, str], int]:
        """The strategy's order of all codes."""
        return _order.get(self.place, lambda: read_order(self._opened.cursor()))

    def ask(self, question: Question) -> Answer:
        """The cross-table that ``question`` asks for. Raises ``BadSelection``."""
        key = (self.place, question.selection.key, question.measure, question.rows, question.columns)
        return _answers.get(
            key, lambda: answer(self._opened.cursor(), question, self.order, self._typed(question.selection))
        )

    def ask_all(self, question: Question, *measures: str) -> tuple[Answer, ...]:
        """The question's cross-table for each of ``measures``, in one query."""
        key = (self.place, question.selection.key, measures, question.rows, question.columns)
        return _tables.get(
            key,
            lambda: answers(self._opened.cursor(), question, measures, self.order, self._typed(question.selection)),
        )

    def summary(self, selection: Selection, *measures: str) -> Totals:
        """Each measure over the selection, and how many of its records report nothing for it."""
        return _totals.get(
            (self.place, selection.key, measures),
            lambda: totals(self._opened.cursor(), selection, measures, self._typed(selection)),
        )

    def totals(self, selection: Selection, *measures: str) -> Mapping[str, Number | None]:
        """Each measure over the selection; an amount that nobody reported is ``None``."""
        return self.summary(selection, *measures).values

    def total(self, selection: Selection, measure: str) -> Number | None:
        """One measure over the selection."""
        return self.totals(selection, measure)[measure]

    def facets(self, selection: Selection, dimensions: Sequence[str]) -> dict[str, Facet]:
        """The values of each dimension among the records that every other filter leaves."""
        return _facets.get(
            (self.place, selection.key, tuple(dimensions)),
            lambda: facets(self._opened.cursor(), selection, dimensions, self.order, self._typed(selection)),
        )

    def listing(
        self, selection: Selection, columns: Sequence[str], *, sort: str = "", limit: int = 50, offset: int = 0
    ) -> Listing:
        """A page of the selection's records, as :func:`colonnade.analysis.crosstab.listing.listing` says."""
        typed = self._typed(selection)
        return listing(self._opened.cursor(), selection, columns, sort=sort, limit=limit, offset=offset, typed=typed)

    def every_row(
        self, selection: Selection, columns: Sequence[str], *, sort: str = ""
    ) -> Iterator[tuple[object, ...]]:
        """All of the selection's records in the order of :meth:`listing`, a batch at a time."""
        return every_row(self._opened.cursor(), selection, columns, sort=sort, typed=self._typed(selection))

    def matched(self, selection: Selection) -> Matching | None:
        """How the words typed in search of the selection were read; ``None`` where nothing was typed."""
        if not selection.text:
            return None
        table = TABLE[selection.subject]
        return _matched.get(
            (self.place, table, selection.text), lambda: matching(self._opened.cursor(), table, selection.text)
        )

    def _typed(self, selection: Selection) -> Typed | None:
        found = self.matched(selection)
        return Typed(Sql(found.condition, found.parameters), found.rank) if found else None

    @property
    def suggestions(self) -> Suggestions:
        """What suggestions are made of: the same as long as no row changes that the reader reads."""
        return _suggestions.get(self.snapshot_id, lambda: suggestions_of(self._opened))

    def proposer(self, countries: Sequence[Country]) -> Proposer:
        """What proposals of a classification are made of, as long as no row changes that the reader reads."""
        return _proposers.get(self.snapshot_id, lambda: proposer_over(self._opened.cursor(), countries))

    def parameters(self, inventory: str = "") -> Parameters:
        """What the figures' queries are filled in with; a parameter that the inventory does not have is ``None``."""
        row = self.inventory(inventory)
        return parameters_over(row, main_report()) if row else dict.fromkeys(_every_parameter())


def _every_parameter() -> frozenset[str]:
    return frozenset().union(*(parameters_in(definition) for definition in library().values()))


def open_reading(reader: Reader) -> Reading:
    """The registry as it stands now, read as ``reader``. Raises ``NothingLoaded`` where no strategy is."""
    return Reading(reader, _snapshots.open(current_snapshot(), reader.viewer))
