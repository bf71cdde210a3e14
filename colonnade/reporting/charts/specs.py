"""Vega-Lite specifications of the chart kinds. Pure: a model in, a specification with its data out.

Every mark carries its value as text, so that a chart reads without its colours, and without its axis, which is
therefore left out where each bar is labelled. Widths are set for a text column of 16 cm.
"""

import textwrap
from collections.abc import Mapping
from typing import Any, Final

from colonnade.reporting.charts.model import GROUPED, LOLLIPOP, SHARES, STACKED, ChartModel

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH: Final = 660
#: Liberation Sans is inside vl-convert, and as wide as Arial, which readers of the HTML file have.
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
INK: Final = "#1a1a1a"
_LABEL_CHARACTERS: Final = 34
_LABEL_LINES: Final = 3
_LINE_HEIGHT: Final = 14
#: About the width of a letter of the labels, and what lies between bar and label, in pixels.
_LETTER, _GAP = 6.4, 14
_WIDE_ENOUGH: Final = 0.075

Spec = dict[str, Any]


def spec_of(model: ChartModel) -> Spec:
    """The complete specification of the chart."""
    layers = {STACKED: _stacked, SHARES: _shares, GROUPED: _grouped, LOLLIPOP: _lollipop}.get(model.kind, _bars)(model)
    if model.target is not None:
        layers = [layers[0], *_target(model), _halo(layers[-1]), layers[-1]]
    return {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": {"step": _step(model), "for": "position"},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 4,
        "data": {"values": _values(model)},
        "layer": layers,
        "config": _config(),
    }


def _values(model: ChartModel) -> list[dict[str, Any]]:
    reach = float(model.longest)
    share = model.kind == SHARES
    titles = axis_titles(model)
    return [
        {
            "category": "" if share else titles[point.category],
            "series": point.category if share else point.series,
            "place": place,
            "value": float(point.value),
            "label": point.label,
            "short": point.shown if float(point.value) >= _WIDE_ENOUGH * reach else "",
        }
        for place, point in enumerate(model.points)
    ]


def _bars(model: ChartModel) -> list[Spec]:
    colours = [model.colours.get(category, "") for category in model.categories]
    one_colour = len(set(colours)) == 1
    fill: Spec = (
        {"value": colours[0]}
        if one_colour
        else {
            "field": "category",
            "type": "nominal",
            "legend": None,
            "scale": {"domain": list(axis_titles(model).values()), "range": colours},
        }
    )
    return [
        {"mark": {"type": "bar", "height": {"band": 0.72}}, "encoding": {**_across(model), "color": fill}},
        {"mark": _label_mark(), "encoding": {**_across(model), "text": {"field": "label"}}},
    ]


def _lollipop(model: ChartModel) -> list[Spec]:
    encoding = _across(model)
    return [
        {"mark": {"type": "rule", "strokeWidth": 2.5, "color": "#7d8790"}, "encoding": encoding},
        {
            "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1, "color": _only_colour(model)},
            "encoding": encoding,
        },
        {"mark": {**_label_mark(), "dx": 10}, "encoding": {**encoding, "text": {"field": "label"}}},
    ]


def _stacked(model: ChartModel) -> list[Spec]:
    encoding = {**_across(model, labelled=False), "order": {"field": "place"}}
    middle = {
        **encoding,
        "x": {**encoding["x"], "stack": "zero", "bandPosition": 0.5},
        "detail": {"field": "series", "type": "nominal"},
        "text": {"field": "short"},
    }
    text = {"type": "text", "align": "center", "baseline": "middle", "fontSize": 11}
    return [
        {
            "mark": {"type": "bar", "height": {"band": 0.72}, "stroke": "white", "strokeWidth": 1},
            "encoding": {**encoding, "color": _series_colour(model)},
        },
        # A white outline under the words keeps them readable on any texture.
        _halo(label := {"mark": {**text, "color": INK, "fontWeight": "bold"}, "encoding": middle}),
        label,
    ]


def _halo(layer: Spec) -> Spec:
    """The words of a layer once more in white and wider, to lie under them."""
    return {**layer, "mark": {**layer["mark"], "stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}}


def _shares(model: ChartModel) -> list[Spec]:
    return _stacked(model)


def _grouped(model: ChartModel) -> list[Spec]:
    encoding = {
        **_across(model),
        "yOffset": {"field": "series", "type": "nominal", "sort": list(model.series), "scale": {"paddingInner": 0.08}},
    }
    return [
        {"mark": {"type": "bar"}, "encoding": {**encoding, "color": _series_colour(model)}},
        {"mark": _label_mark(), "encoding": {**encoding, "text": {"field": "label"}}},
    ]


def _target(model: ChartModel) -> list[Spec]:
    datum = {"datum": float(model.target or 0), "axis": None}
    once: Spec = {"values": [{}]}  # not once for each mark of the chart
    return [
        {
            "data": once,
            "mark": {"type": "rule", "strokeDash": [6, 4], "strokeWidth": 1.5, "color": INK},
            "encoding": {"x": datum},
        },
        {
            "data": once,
            "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 5, "fontSize": 11, "y": -2},
            "encoding": {"x": datum, "text": {"value": model.target_label}},
        },
    ]


def _across(model: ChartModel, *, labelled: bool = True) -> Spec:
    """Categories down, values across, with room for the labels that follow the bars."""
    reach = _reach_with_labels(model) if labelled else float(model.longest)
    return {
        "y": {
            "field": "category",
            "type": "nominal",
            "sort": None,
            "axis": {
                "title": None,
                "labelExpr": "split(datum.label, '\\n')",
                "labelLimit": 300,
                "domain": True,
                "zindex": 1,
                "ticks": False,
                "labelPadding": 6,
                "labelBaseline": "middle",
                "labelLineHeight": _LINE_HEIGHT,
                # Vega hangs further lines below the first; this sets the label's middle to the bar's.
                "labelOffset": {
                    "condition": [
                        {
                            "test": f"length(split(datum.label, '\\n')) === {lines}",
                            "value": -_LINE_HEIGHT / 2 * (lines - 1),
                        }
                        for lines in range(2, _LABEL_LINES + 1)
                    ],
                    "value": 0,
                },
            },
        },
        "x": {
            "field": "value",
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": [0, reach], "nice": False},
        },
    }


def _series_colour(model: ChartModel) -> Spec:
    titles = list(model.categories if model.kind == SHARES else model.series)
    colours = [model.colours.get(title, INK) for title in titles]
    return {
        "field": "series",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": titles, "range": colours},
        "legend": {
            "title": None,
            "orient": "top",
            "direction": "horizontal",
            "columns": _legend_columns(titles),
            "labelLimit": 400,
            "symbolType": "square",
            "symbolSize": 170,
        },
    }


def _legend_columns(titles: list[str]) -> int:
    """As many columns as fit side by side, each as wide as its longest title."""
    for columns in range(len(titles), 1, -1):
        widths = [max(len(title) for title in titles[place::columns]) * _LETTER + 36 for place in range(columns)]
        if sum(widths) <= WIDTH - 40:
            return columns
    return 1


def _label_mark() -> Spec:
    return {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "fontSize": 12, "color": INK}


def _only_colour(model: ChartModel) -> str:
    return next(iter(model.colours.values()), INK)


def _step(model: ChartModel) -> int:
    if model.kind == GROUPED:
        return 19 * len(model.series) + 12
    if model.kind == SHARES:
        return 52
    lines = max(title.count("\n") + 1 for title in axis_titles(model).values())
    return max(27, _LINE_HEIGHT * lines + 10)


def axis_titles(model: ChartModel) -> dict[str, str]:
    """Each category as its axis prints it, in up to three lines; two that would read alike are numbered."""
    titles: dict[str, str] = {}
    for category in model.categories:
        lines = textwrap.wrap(category, _LABEL_CHARACTERS, max_lines=_LABEL_LINES, placeholder=" …")
        title, again = "\n".join(lines) or category, 2
        while title in titles.values():
            title, again = "\n".join([*lines[:-1], f"{lines[-1][: _LABEL_CHARACTERS - 4]} ({again})"]), again + 1
        titles[category] = title
    return titles


def _reach_with_labels(model: ChartModel) -> float:
    """The value at the chart's edge if every label is to find room after its bar."""
    widest = max(len(line) for title in axis_titles(model).values() for line in title.split("\n"))
    plot = WIDTH - widest * _LETTER - 24
    reaches = [
        float(point.value) * plot / max(plot - len(point.label) * _LETTER - _GAP, plot / 4) for point in model.points
    ]
    return max([*reaches, float(model.target or 0) * 1.35])


def _config() -> Mapping[str, Any]:
    return {
        "font": FONT,
        "background": "white",
        "view": {"stroke": None},
        "axis": {"labelFontSize": 12, "labelColor": INK, "domainColor": "#5f6b73"},
        "legend": {"labelFontSize": 12, "labelColor": INK},
    }
