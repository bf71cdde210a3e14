"""Charts: what they show is in their words and labels too, they fetch nothing, and they name themselves."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from colonnade.analysis.figures.result import Column, TableValue
from colonnade.reporting.charts.drawing import draw_png
from colonnade.reporting.charts.model import ChartModel, Point
from colonnade.reporting.charts.specs import axis_titles, spec_of
from colonnade.reporting.charts.words import in_words
from colonnade.reporting.document import ChartBlock
from colonnade.reporting.tests import samples
from colonnade.reporting.wording import ENGLISH

SVG = "{http://www.w3.org/2000/svg}"


def chart_of(folder: Path, settings: str, key: str = "projects_by_pillar") -> ChartBlock:
    body = f"::chart {key}\n  caption: C\n  category: pillar\n{settings}\n::table {key}\n  caption: C\n"
    (chart,) = samples.document(folder, body).charts
    return chart


def words_in(svg: str) -> list[str]:
    root = etree.fromstring(svg)
    return ["".join(map(str, text.itertext())) for text in root.iter(f"{SVG}text")]


def test_every_bar_carries_its_value_and_share(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, "  kind: bars\n  measure: projects\n  also: share\n")
    assert {"104 (33 per cent)", "189 (60 per cent)", "21 (7 per cent)"} <= set(words_in(chart.svg))


def test_the_alternative_text_gives_the_numbers(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, "  kind: bars\n  measure: projects\n")
    assert chart.alt == (
        "Highest: Rivers, 189; lowest: Lakes, 21. In the order shown: Springs 104, Rivers 189 and Lakes 21."
    )


def test_the_drawing_names_itself_and_its_identifiers_are_its_own(tmp_path: Path) -> None:
    first, second = samples.document(tmp_path).charts
    root = etree.fromstring(second.svg)
    named = root.attrib["aria-labelledby"].split()
    assert root.attrib["role"] == "img"
    title, desc = (next(e for e in root.iter() if e.attrib.get("id") == name) for name in named)
    assert title.text == "Figure II. Projects by entity and pillar"
    assert desc.text == second.alt
    ones, others = (
        {e.attrib["id"] for e in etree.fromstring(chart.svg).iter() if "id" in e.attrib} for chart in (first, second)
    )
    assert ones
    assert not ones & others


def test_series_are_told_apart_by_texture_as_well_as_colour(tmp_path: Path) -> None:
    chart = samples.document(tmp_path).charts[1]
    root = etree.fromstring(chart.svg)
    patterns = {str(pattern.attrib["id"]) for pattern in root.iter(f"{SVG}pattern")}
    fills = {e.attrib.get("fill", "") for e in root.iter(f"{SVG}path")}
    assert len(patterns) == 2  # three pillars, of which the first stays plain
    assert {f"url(#{pattern})" for pattern in patterns} <= fills


def test_the_strategy_s_colours_are_used(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, "  kind: bars\n  measure: projects\n")
    assert all(colour in chart.svg for colour in ("#1b5e9b", "#b8500a", "#2f7d5b"))


@pytest.mark.parametrize(
    "settings",
    [
        "  kind: bars\n  measure: share\n  target: 15\n  target_label: Target\n",
        "  kind: shares\n  measure: projects\n  also: share\n",
        "  kind: lollipop\n  measure: projects\n",
        "  kind: grouped\n  measures: previous, projects\n",
        "  kind: stacked\n  measures: previous, projects\n",
    ],
)
def test_every_kind_is_drawn_without_fetching_anything(tmp_path: Path, settings: str) -> None:
    chart = chart_of(tmp_path, settings)
    assert "http" not in chart.svg.replace("http://www.w3.org/", "")
    assert "NaN" not in chart.svg
    assert chart.svg.count("<text") > 2
    assert draw_png(chart.svg).startswith(b"\x89PNG")
    if "target" in settings:
        assert words_in(chart.svg).count("Target") == 1


def test_a_chart_without_anything_but_zeros_is_left_out(tmp_path: Path) -> None:
    results = samples.results()
    columns = (
        Column("pillar", "Pillar"),
        Column("projects", "Projects", "count"),
        Column("share", "Share", "per cent"),
    )
    value = TableValue(columns, (("S", 0, None), ("R", 0, None)), {})
    results["projects_by_pillar"] = replace(results["projects_by_pillar"], value=value)
    document = samples.document(tmp_path, figures=results)
    assert "projects_by_pillar" not in [chart.figure for chart in document.charts]


def model(titles: list[str], values: list[int], kind: str = "bars") -> ChartModel:
    points = tuple(Point(title, "", Decimal(value), str(value)) for title, value in zip(titles, values, strict=True))
    return ChartModel(kind, "C", points, tuple(titles), ("",), dict.fromkeys(titles, "#1b5e9b"), "count")


def test_long_titles_are_wrapped_and_shortened_but_never_merged() -> None:
    long = "A very long title that goes on and on over many lines until nobody wants to read any more of it, ending in "
    titles = axis_titles(model([long + "one", long + "two"], [1, 2]))
    assert len(set(titles.values())) == 2
    assert all(len(title.split("\n")) <= 3 for title in titles.values())


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any))
def test_labels_find_room_within_the_chart(values: list[int]) -> None:
    spec = spec_of(model([f"Title {place}" for place in range(len(values))], values))
    reach = spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1]
    plot = 660 - 8 * 6.4 - 24
    for value in values:
        assert value / reach * plot + len(str(value)) * 6.4 <= plot


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20))
def test_words_name_the_highest_and_lowest(values: list[int]) -> None:
    titles = [f"Title {place}" for place in range(len(values))]
    words = in_words(model(titles, values), ENGLISH)
    if len(set(values)) > 1:
        assert f", {max(values)}; lowest" in words
    else:
        assert "lowest" not in words
