"""A chart before it is drawn: everything that is said of it, and about how large it will be.

Drawing takes a tenth of a second or more, so a page shows its text first and fetches each drawing by itself.
"""

from dataclasses import replace
from typing import Any, Final

from colonnade.reporting.charts.drawing import draw_svg, size_of
from colonnade.reporting.charts.model import GROUPED, SHARES, ChartModel, Colours, build_model
from colonnade.reporting.charts.specs import WIDTH, spec_of
from colonnade.reporting.charts.words import in_words
from colonnade.reporting.document import ChartBlock
from colonnade.reporting.text.nodes import ChartSource
from colonnade.reporting.text.phrases import Matter, Place, plain

#: Pixels of padding, and of a legend where there are several series.
_AROUND: Final = 10
_LEGEND: Final = 34


def sketch_chart(
    source: ChartSource, matter: Matter, colours: Colours, *, number: int, anchor: str, table: Place
) -> ChartBlock:
    """The chart that ``source`` describes, not drawn. Raises ``NotReported`` where there is nothing to draw."""
    caption = plain(source.caption, matter)
    model = build_model(source, matter, caption, colours)
    spec = spec_of(model)
    return ChartBlock(
        number=number,
        caption=caption,
        figure=source.key,
        anchor=anchor,
        alt=in_words(model, matter.wording),
        spec=spec,
        svg="",
        width=WIDTH,
        height=_height(model, spec),
        table_number=table.number,
        table_anchor=table.anchor,
        title=f"{matter.wording.figure_label(number)}. {caption}",
        textured=_textured(model),
    )


def drawn(sketch: ChartBlock) -> ChartBlock:
    """The same chart, drawn."""
    svg = draw_svg(sketch.spec, sketch.anchor, sketch.title, sketch.alt, sketch.textured)
    width, height = size_of(svg)
    return replace(sketch, svg=svg, width=width, height=height)


def _textured(model: ChartModel) -> tuple[str, ...]:
    if model.kind == SHARES:
        return tuple(model.colours[name] for name in model.categories)
    return tuple(model.colours[name] for name in model.series) if len(model.series) > 1 else ()


def _height(model: ChartModel, spec: dict[str, Any]) -> int:
    bands = 1 if model.kind == SHARES else len(model.categories)
    if model.kind == GROUPED:
        bands *= len(model.series)
    legend = _LEGEND if len(model.series) > 1 or model.kind == SHARES else 0
    return round(bands * float(spec["height"]["step"]) + legend + _AROUND)
