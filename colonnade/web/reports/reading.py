"""A report as one reader may see it: composed once for a snapshot and audience, from the reader's own figures."""

from collections.abc import Iterator, Mapping
from typing import Final

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.result import FigureResult
from colonnade.reporting.compose import Setting, compose
from colonnade.reporting.document import Document
from colonnade.reporting.folder import Report
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.reading import Reading

_documents: Final[Kept[Document]] = Kept(12)


class FiguresOf(Mapping[str, FigureResult]):
    """The figures of a reading by key, computed when asked for."""

    def __init__(self, reading: Reading, inventory: str) -> None:
        self._reading, self._inventory = reading, inventory

    def __getitem__(self, key: str) -> FigureResult:
        return self._reading.figure(key, self._inventory)

    def __iter__(self) -> Iterator[str]:
        return iter(library())

    def __len__(self) -> int:
        return len(library())


def document_for(reading: Reading, report: Report, inventory: str = "") -> Document:
    """The report over ``inventory``, its own unless named. Raises ``KeyError`` where there is no such inventory."""
    inventory = inventory or report.inventory
    key = (reading.place, reading.reader.label, report.name, inventory)
    return _documents.get(key, lambda: _composed(reading, report, inventory))


def _composed(reading: Reading, report: Report, inventory: str) -> Document:
    setting = Setting(
        audience=reading.reader.label,
        as_of=f"{reading.created_at:%-d %B %Y, %H:%M} UTC",
        snapshot=reading.snapshot_id,
        banner="",  # the house prints it on every page
        parameters=parameters_for(reading, report, inventory),
    )
    return compose(report, FiguresOf(reading, inventory), setting)


def parameters_for(reading: Reading, report: Report, inventory: str) -> dict[str, str]:
    """What the report's text may mention beside figures."""
    row = reading.inventory(inventory)
    titles = {known.key: known.title for known in reading.inventories}
    found = {
        "inventory": inventory,
        "inventory_title": row.title if row else "",
        "previous_title": titles.get(row.previous or "", "") if row else "",
        "as_of": f"{row.as_of:%-d %B %Y}" if row else "",
        "audience": reading.reader.label,
        "provenance": row.provenance if row else "",
        "title": report.title,
        "symbol": report.symbol,
    }
    return {**found, **report.parameters_of(inventory)}
