"""Charts of figures, drawn as the pack's report draws them."""

from collections.abc import Iterable, Iterator
from typing import Final

from colonnade.core.viewer import AUDIENCES
from colonnade.reporting.charts import build_chart
from colonnade.reporting.compose import relabelled
from colonnade.reporting.document import ChartBlock
from colonnade.reporting.folder import Report
from colonnade.reporting.text.lookup import NotReported
from colonnade.reporting.text.nodes import BlockSource, ChartSource, WhenSource
from colonnade.reporting.text.phrases import Matter, Place
from colonnade.reporting.wording import wording
from colonnade.web.reports.reading import setting_for
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.press import main_report
from colonnade.web.shared.reading import Reading

_charts: Final[Kept[ChartBlock | None]] = Kept(200)


def chart_of(reading: Reading, key: str, inventory: str = "") -> ChartBlock | None:
    """The report's chart of the figure ``key``, or ``None`` where it has none or there is nothing to draw."""
    report = main_report()
    if report is None:
        return None
    source = next((chart for chart in _charts_in(report) if chart.key == key), None)
    row = reading.inventory(inventory)
    if source is None or row is None:
        return None
    return _charts.get((reading.place, key, row.key), lambda: _drawn(reading, report, source, row.key))


def _drawn(reading: Reading, report: Report, source: ChartSource, inventory: str) -> ChartBlock | None:
    results = {source.key: reading.figure(source.key, inventory)}
    told, shown = (relabelled(results, report.forms, use) for use in ("text", "table"))
    matter = Matter(
        told, shown, setting_for(reading, report, AUDIENCES["public"], inventory).parameters, wording(report.language)
    )
    try:
        return build_chart(source, matter, report.colours, number=1, anchor="chart", table=Place(1, "values"))
    except NotReported:
        return None


def _charts_in(report: Report) -> Iterator[ChartSource]:
    for text in report.texts:
        yield from _charts_among(text.blocks)


def _charts_among(blocks: Iterable[BlockSource]) -> Iterator[ChartSource]:
    for block in blocks:
        if isinstance(block, ChartSource):
            yield block
        elif isinstance(block, WhenSource):
            yield from _charts_among(block.blocks)
