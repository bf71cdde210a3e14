"""The chart that suits a question: bars, or bars in parts; drawn when it is asked for, and kept.

The page names the chart and says in words what it shows; the drawing is a file of its own, so that the page does not
wait for it and weighs nothing.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.sql import dimension_of
from colonnade.analysis.figures.display import display, display_cell
from colonnade.reporting.charts import draw_png, draw_svg, in_words, spec_of
from colonnade.reporting.charts.model import ACCENT, BARS, GROUPED, PALETTE, STACKED, ChartModel, Point
from colonnade.reporting.wording import wording
from colonnade.web.explore.asked import Asked, asked_in
from colonnade.web.explore.page import title_in_words
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.press import main_report
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.selections import title_of

#: More bars than this are a table, more parts than this a pattern book.
MOST_BARS: Final = 25
MOST_PARTS: Final = 8
#: Bars side by side need more room than parts of one.
MOST_SIDE_BY_SIDE: Final = 4
LANGUAGE: Final = "en"
#: About the room that a legend takes, in pixels.
LEGEND: Final = 40

_pictures: Final[Kept[str]] = Kept(200)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart to be: ``alt`` is what it shows in words, ``said`` what of the table it leaves out."""

    model: ChartModel
    alt: str
    said: str

    @property
    def height(self) -> int:
        """About how many pixels high it will be, so that the page keeps the room."""
        step = int(spec_of(self.model)["height"]["step"])
        return step * len(self.model.categories) + (LEGEND if len(self.model.series) > 1 else 0)


def drawing_of(reading: Reading, asked: Asked, caption: str) -> Drawing | None:
    """The chart of the answer, or ``None`` where there is nothing to draw."""
    answer, said = asked.answer, []
    codes = [code for code in asked.rows if answer.row_totals.get(code)]
    if not codes:
        return None
    kind = _kind(asked, len(codes))
    if kind == BARS and asked.question.columns:
        said.append(_("The chart shows the totals of the rows: so many columns, or columns that overlap, do not fit."))
    if len(codes) > MOST_BARS:
        largest = sorted(codes, key=lambda code: -(answer.row_totals[code] or 0))[:MOST_BARS]
        said.append(
            _("The chart shows the %(shown)s largest of %(all)s rows.") % {"shown": MOST_BARS, "all": len(codes)}
        )
        codes = [code for code in codes if code in largest]
    model = _model(reading, asked, kind, codes, caption)
    return Drawing(model, in_words(model, wording(LANGUAGE)), " ".join(said))


def svg_of(reading: Reading, asked: Asked, caption: str) -> str:
    """The chart drawn. Raises ``Http404`` where there is nothing to draw."""
    drawing = drawing_of(reading, asked, caption)
    if drawing is None:
        raise Http404
    model = drawing.model
    several = tuple(model.colours[name] for name in model.series) if len(model.series) > 1 else ()
    return draw_svg(spec_of(model), "chart", caption, drawing.alt, several)


def picture_of(request: ViewerRequest, form: str) -> bytes:
    """The chart that a request asks for, as ``svg`` or ``png``."""
    reading = reading_of(request)
    asked = asked_in(request.GET, reading)
    question, caption = asked.question, title_in_words(asked)
    key = (reading.place, question.selection.key, question.measure, question.rows, question.columns, asked.by_size)
    svg = _pictures.get((*key, caption), lambda: svg_of(reading, asked, caption))
    return draw_png(svg) if form == "png" else svg.encode()


def _kind(asked: Asked, rows: int) -> str:
    """Parts of a bar where the columns divide the records; side by side where they overlap; else plain bars."""
    columns = len(asked.answer.column_codes)
    if not columns or columns > MOST_PARTS:
        return BARS
    if not dimension_of(asked.subject, asked.question.columns).many:
        return STACKED
    return GROUPED if columns <= MOST_SIDE_BY_SIDE and rows <= MOST_BARS // 2 else BARS


def _model(reading: Reading, asked: Asked, kind: str, codes: list[str | None], caption: str) -> ChartModel:
    answer, question = asked.answer, asked.question
    parted = kind != BARS
    columns = answer.column_codes if parted else (None,)
    titles = _distinct([(code, title_of(reading, asked.subject, question.rows, code)) for code in codes])
    parts = {code: title_of(reading, asked.subject, question.columns, code) if parted else "" for code in columns}
    points = []
    for code in codes:
        for column in columns:
            value = answer.cells.get((code, column)) if parted else answer.row_totals.get(code)
            if value is not None and (value or not parted):
                shown = display(value, answer.unit) if answer.unit == "USD" else display_cell(value, answer.unit)
                points.append(Point(titles[code], parts[column], Decimal(value), shown))
    series = tuple(part for part in parts.values() if any(point.series == part for point in points))
    coloured = question.columns if parted else question.rows
    own = _own_colours(coloured)
    named = {title: code for code, title in (parts if parted else titles).items()}
    if parted:
        colours = {
            title: own.get(named[title] or "", PALETTE[place % len(PALETTE)]) for place, title in enumerate(series)
        }
    else:
        colours = {title: own.get(code or "", ACCENT) for code, title in titles.items()}
    return ChartModel(kind, caption, tuple(points), tuple(titles.values()), series, colours, answer.unit)


def _own_colours(dimension: str) -> dict[str, str]:
    report = main_report()
    return dict(report.colours.get(dimension, {})) if report else {}


def _distinct(titled: list[tuple[str | None, str]]) -> dict[str | None, str]:
    """Titles by code; two that read alike get their codes."""
    titles = [title for _code, title in titled]
    return {code: f"{title} ({code})" if titles.count(title) > 1 else title for code, title in titled}
