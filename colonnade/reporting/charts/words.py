"""A chart in words, from its values: the alternative for whoever does not see it."""

import textwrap

from colonnade.reporting.charts.model import ChartModel, Point
from colonnade.reporting.wording import Wording

#: Longer lists are left to the table.
MOST_LISTED = 8
#: The table gives longer titles in full.
LONGEST_TITLE = 60


def in_words(model: ChartModel, wording: Wording) -> str:
    """What the chart shows, most important first. The caption is not repeated; it stands beside the chart."""
    sentences = []
    if len(model.series) == 1 and len(model.points) > 1:
        sentences.append(_extremes(model, wording))
    if len(model.series) == 1:
        sentences.append(_list(model.points, wording))
    else:
        shown = model.categories[:MOST_LISTED]
        for category in shown:
            values = wording.join([f"{p.series} {p.label}" for p in model.of_category(category) if p.value])
            if values:
                sentences.append(wording.chart_series.format(series=_short(category), values=values))
    if model.target is not None:
        sentences.append(wording.chart_target.format(label=model.target_label))
    return " ".join(sentence for sentence in sentences if sentence)


def _extremes(model: ChartModel, wording: Wording) -> str:
    most = max(model.points, key=lambda point: point.value)
    least = min(model.points, key=lambda point: point.value)
    if most.value == least.value:
        return ""
    return wording.chart_most.format(
        most=_short(most.category), most_value=most.label, least=_short(least.category), least_value=least.label
    )


def _short(title: str) -> str:
    return textwrap.shorten(title, LONGEST_TITLE, placeholder=" …")


def _list(points: tuple[Point, ...], wording: Wording) -> str:
    values = wording.join([f"{_short(p.category)} {p.label}" for p in points[:MOST_LISTED]])
    if len(points) > MOST_LISTED:
        return wording.chart_leading.format(shown=MOST_LISTED, all=len(points), values=values)
    return wording.chart_all.format(values=values)
