"""A chart before it is drawn is the same chart: its words, its size, and once drawn its picture."""

from dataclasses import replace
from pathlib import Path

from colonnade.reporting.charts.sketch import drawn
from colonnade.reporting.compose import compose
from colonnade.reporting.tests import samples


def test_a_sketch_drawn_is_the_chart(tmp_path: Path) -> None:
    report = samples.read_sample(tmp_path)
    whole = compose(report, samples.results(), samples.setting())
    sketched = compose(report, samples.results(), samples.setting(), drawn=False)
    assert len(whole.charts) >= 2
    for chart, sketch in zip(whole.charts, sketched.charts, strict=True):
        assert sketch.svg == ""
        assert replace(drawn(sketch), title="", textured=()) == chart


def test_a_sketch_is_about_as_large_as_its_chart(tmp_path: Path) -> None:
    report = samples.read_sample(tmp_path)
    whole = compose(report, samples.results(), samples.setting())
    sketched = compose(report, samples.results(), samples.setting(), drawn=False)
    for chart, sketch in zip(whole.charts, sketched.charts, strict=True):
        assert sketch.width == chart.width
        assert 0.75 < sketch.height / chart.height < 1.35
