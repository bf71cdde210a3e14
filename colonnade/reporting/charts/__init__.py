"""Charts of a report: a model from a table figure, a Vega-Lite specification, a drawing, and the same in words."""

from colonnade.reporting.charts.drawing import draw_png, draw_svg, size_of
from colonnade.reporting.charts.model import Colours, build_model
from colonnade.reporting.charts.specs import spec_of
from colonnade.reporting.charts.words import in_words
from colonnade.reporting.document import ChartBlock
from colonnade.reporting.text.nodes import ChartSource
from colonnade.reporting.text.phrases import Matter, Place, plain

__all__ = ["build_chart", "draw_png", "draw_svg", "in_words", "size_of", "spec_of"]


def build_chart(
    source: ChartSource, matter: Matter, colours: Colours, *, number: int, anchor: str, table: Place
) -> ChartBlock:
    """The chart that ``source`` describes, drawn. Raises ``NotReported`` where there is nothing to draw."""
    caption = plain(source.caption, matter)
    model = build_model(source, matter, caption, colours)
    spec = spec_of(model)
    alt = in_words(model, matter.wording)
    title = f"{matter.wording.figure_label(number)}. {caption}"
    several = len(model.series) > 1
    textured = tuple(model.colours[name] for name in model.series) if several else ()
    if model.kind == "shares":
        textured = tuple(model.colours[name] for name in model.categories)
    svg = draw_svg(spec, anchor, title, alt, textured)
    width, height = size_of(svg)
    return ChartBlock(
        number=number,
        caption=caption,
        figure=source.key,
        anchor=anchor,
        alt=alt,
        spec=spec,
        svg=svg,
        width=width,
        height=height,
        table_number=table.number,
        table_anchor=table.anchor,
    )
