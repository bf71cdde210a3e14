"""A report as one audience may see it: composed once for a snapshot, from the same figures as the pages."""

from dataclasses import replace
from typing import Final

from colonnade.core.viewer import Audience
from colonnade.reporting.build import setting_over
from colonnade.reporting.compose import Setting, compose
from colonnade.reporting.document import Document
from colonnade.reporting.folder import Report
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.reading import Reading

_documents: Final[Kept[Document]] = Kept(12)


def document_for(reading: Reading, report: Report, audience: Audience, inventory: str = "") -> Document:
    """The report over ``inventory``, its own unless named. Raises ``KeyError`` where there is no such inventory."""
    inventory = inventory or report.inventory

    def make() -> Document:
        results = {key: reading.figure(key, inventory) for key in report.mentions.figures}
        # The house prints the notice of illustrative records on every page.
        return compose(report, results, replace(setting_for(reading, report, audience, inventory), banner=""))

    return _documents.get((reading.place, audience.key, report.name, inventory), make)


def setting_for(reading: Reading, report: Report, audience: Audience, inventory: str) -> Setting:
    """What the report's text may mention beside figures. Raises ``KeyError`` where there is no such inventory."""
    return setting_over(report, reading.manifest, audience, reading.inventories, inventory)
