"""A report as one audience may see it: composed once for a snapshot, from the same figures as the pages.

Charts are sketched with the text and drawn one by one when they are asked for, so that the text does not wait.
"""

from dataclasses import replace
from typing import Final

from colonnade.analysis.queries import released_figures
from colonnade.core.viewer import Audience
from colonnade.reporting.build import setting_over
from colonnade.reporting.charts.sketch import drawn
from colonnade.reporting.compose import Setting, compose
from colonnade.reporting.document import ChartBlock, Document
from colonnade.reporting.folder import Report
from colonnade.reporting.released import with_released, without_withheld
from colonnade.reporting.wording import wording
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.reading import Reading

_documents: Final[Kept[Document]] = Kept(12)
_charts: Final[Kept[ChartBlock]] = Kept(200)


def document_for(reading: Reading, report: Report, audience: Audience, inventory: str = "") -> Document:
    """The report over ``inventory``, its own unless named. Raises ``KeyError`` where there is no such inventory."""
    inventory = inventory or report.inventory

    def make() -> Document:
        counted = {key: reading.figure(key, inventory) for key in report.mentions.figures}
        viewer = audience.viewer
        results = without_withheld(counted, viewer)
        # The house prints the notice of illustrative records on every page.
        setting = replace(setting_for(reading, report, audience, inventory), banner="")
        document = compose(report, results, setting, drawn=False)
        return with_released(document, counted, viewer, released_figures(viewer), wording(report.language))

    return _documents.get((reading.place, audience.key, report.name, inventory), make)


def chart_in(reading: Reading, report: Report, audience: Audience, inventory: str, number: int) -> ChartBlock:
    """Chart ``number`` of the same document, drawn. Raises ``KeyError`` for an inventory or chart that is not there."""
    charts = {chart.number: chart for chart in document_for(reading, report, audience, inventory).charts}
    key = (reading.place, audience.key, report.name, inventory or report.inventory, number)
    return _charts.get(key, lambda: drawn(charts[number]))


def setting_for(reading: Reading, report: Report, audience: Audience, inventory: str) -> Setting:
    """What the report's text may mention beside figures. Raises ``KeyError`` where there is no such inventory."""
    return setting_over(report, reading.manifest, audience, reading.inventories, inventory)
