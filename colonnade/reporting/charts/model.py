"""What a chart shows, before it is drawn: categories, series, values as displayed, colours; from a table figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from colonnade.analysis.figures.display import display
from colonnade.reporting.text.lookup import NotReported, Row, chosen_rows
from colonnade.reporting.text.nodes import CHART_KINDS, TOTAL, ChartSource
from colonnade.reporting.text.phrases import Matter

BARS, STACKED, GROUPED, SHARES, LOLLIPOP = CHART_KINDS

#: Series without a colour of their own take these in turn: at least 3 to 1 against white, and told apart by texture.
PALETTE: Final = ("#1b5e9b", "#b8500a", "#2f7d5b", "#7a4b9a", "#8a6d00", "#5f6b73", "#a33b5c", "#0f7c86")
ACCENT: Final = PALETTE[0]

Colours = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: ``shown`` is its value as the label prints it, ``also`` a second one in parentheses."""

    category: str
    series: str
    value: Decimal
    shown: str
    also: str = ""

    @property
    def label(self) -> str:
        return f"{self.shown} ({self.also})" if self.also else self.shown


@dataclass(frozen=True, slots=True)
class ChartModel:
    """``colours`` is by series where there are several, else by category. ``target`` is drawn as a line."""

    kind: str
    caption: str
    points: tuple[Point, ...]
    categories: tuple[str, ...]
    series: tuple[str, ...]
    colours: Mapping[str, str]
    unit: str
    target: Decimal | None = None
    target_label: str = ""

    def of_category(self, category: str) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.category == category)

    @property
    def longest(self) -> Decimal:
        """The greatest length that a bar reaches."""
        if self.kind == GROUPED:
            return max(point.value for point in self.points)
        if self.kind == SHARES:
            return sum((point.value for point in self.points), Decimal(0))
        return max(sum((point.value for point in self.of_category(name)), Decimal(0)) for name in self.categories)


def build_model(source: ChartSource, matter: Matter, caption: str, colours: Colours) -> ChartModel:
    """The model of the chart that ``source`` describes. Raises ``NotReported`` where there is nothing to draw."""
    settings = source.settings
    by_total = settings.get("sort") == TOTAL
    rows = chosen_rows(matter.shown, source.key, {k: v for k, v in settings.items() if not (by_total and k == "sort")})
    category = settings["category"]
    measures = [name.strip() for name in settings.get("measures", settings.get("measure", "")).split(",")]
    points: list[Point] = []
    for row in rows:
        for measure in measures:
            point = _point(row, category, settings, measure, several=len(measures) > 1)
            if point is not None:
                _add(points, point, row, measure)
    if not points or all(point.value == 0 for point in points):
        raise NotReported(source.key)
    series = tuple(dict.fromkeys(point.series for point in points))
    categories = tuple(dict.fromkeys(point.category for point in points))
    if by_total:
        lengths = {name: sum(point.value for point in points if point.category == name) for name in categories}
        categories = tuple(sorted(categories, key=lambda name: lengths[name], reverse=True))
        points.sort(key=lambda point: categories.index(point.category))
    told_apart = categories if settings["kind"] == SHARES else series
    unit = next(column.unit or "" for column in rows[0].columns if column.name == measures[0])
    coloured = settings.get("series", category if len(series) == 1 else "")
    named = {row.label(coloured): str(row.cell(coloured)) for row in rows} if coloured else {}
    if len(measures) > 1:
        named = {column.title: column.name for column in rows[0].columns if column.name in measures}
    target = settings.get("target")
    return ChartModel(
        kind=settings["kind"],
        caption=caption,
        points=tuple(points),
        categories=categories,
        series=series,
        colours=_colours(told_apart, named, colours.get(settings.get("colours", coloured), {})),
        unit=unit,
        target=Decimal(target) if target else None,
        target_label=settings.get("target_label", ""),
    )


def _point(row: Row, category: str, settings: Mapping[str, str], measure: str, *, several: bool) -> Point | None:
    try:
        found = row.found(measure)
    except NotReported:
        return None
    also = settings.get("also")
    series = row.label(settings["series"]) if "series" in settings else ""
    if several:
        series = next(column.title for column in row.columns if column.name == measure)
    second = row.cell(also) if also else None
    shown = row.found(also).displayed if also and second is not None else ""
    return Point(row.label(category), series, Decimal(found.value), found.displayed, shown)


def _add(points: list[Point], point: Point, row: Row, measure: str) -> None:
    """A point more, or a greater one: rows that differ in a dimension which the chart does not show are one mark."""
    for place, met in enumerate(points):
        if (met.category, met.series) == (point.category, point.series):
            value = met.value + point.value
            points[place] = Point(met.category, met.series, value, display(value, row.found(measure).unit))
            return
    points.append(point)


def _colours(told_apart: tuple[str, ...], named: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """A colour for each series, its own or the palette's next; with one series, for each category."""
    if len(told_apart) == 1:
        return {title: own.get(code, ACCENT) for title, code in named.items()}
    palette = (PALETTE[place % len(PALETTE)] for place in range(len(told_apart)))
    return {title: own.get(named.get(title, ""), colour) for title, colour in zip(told_apart, palette, strict=True)}
