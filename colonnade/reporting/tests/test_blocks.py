"""Blocks of a report's text: how they are told apart, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.reporting.document import Style
from colonnade.reporting.text.blocks import parse_blocks
from colonnade.reporting.text.nodes import (
    ChartSource,
    HeadingSource,
    ItemsSource,
    ParagraphSource,
    TableSource,
    WhenSource,
    Words,
)


def test_a_blank_line_ends_a_paragraph_and_lines_are_joined() -> None:
    text, problems = parse_blocks("One\ntwo.\n\nThree.\n", "f")
    assert not problems
    assert [block.text for block in text.blocks if isinstance(block, ParagraphSource)] == [
        (Words("One two."),),
        (Words("Three."),),
    ]


def test_items_notes_headings_and_remarks() -> None:
    text, problems = parse_blocks("# A\n\nRun:\n- one;\n- two.\n\n> Aside\n% left out\n## B\n", "f")
    assert not problems
    kinds = [block.style if isinstance(block, ParagraphSource) else type(block) for block in text.blocks]
    assert kinds == [HeadingSource, Style.BODY, Style.ITEM, Style.ITEM, Style.NOTE, HeadingSource]


def test_a_wrapped_comparison_does_not_begin_a_note() -> None:
    text, problems = parse_blocks("{if projects\n> 3: many|few}\n", "f")
    assert not problems
    assert len(text.blocks) == 1


def test_settings_may_go_on_in_the_next_line() -> None:
    source = "::table t\n  caption: Projects by\n    pillar\n  columns: pillar, projects\n\nText.\n"
    text, problems = parse_blocks(source, "f")
    assert not problems
    table = text.blocks[0]
    assert isinstance(table, TableSource)
    assert table.caption == (Words("Projects by pillar"),)
    assert table.settings["columns"] == "pillar, projects"


def test_when_holds_blocks_and_nests() -> None:
    source = "::when a\nOne.\n::when not b\nTwo.\n::end\n::end\nThree.\n"
    text, problems = parse_blocks(source, "f")
    assert not problems
    outer, last = text.blocks
    assert isinstance(outer, WhenSource)
    assert isinstance(outer.blocks[1], WhenSource)
    assert isinstance(last, ParagraphSource)


def test_charts_and_items_of_a_figure() -> None:
    source = "::chart t\n  kind: bars\n  category: a\n  caption: C\n::items t\n  text: {a}\n  limit: 3\n"
    text, problems = parse_blocks(source, "f")
    assert not problems
    assert isinstance(text.blocks[0], ChartSource)
    assert isinstance(text.blocks[1], ItemsSource)


@pytest.mark.parametrize(
    ("source", "row", "message"),
    [
        ("::table t\n", 1, "'caption' is missing"),
        ("::table T t\n  caption: x\n", 1, "not a figure's key"),
        ("::table t\n  caption: x\n  colour: red\n", 3, "no such setting"),
        ("::table t\n  caption: x\n  caption: y\n", 3, "given twice"),
        ("::picture t\n", 1, "not a directive"),
        ("Text.\n\n::when a\n", 3, "without its ::end"),
        ("::end\n", 1, "without its ::when"),
        ("#Heading\n", 1, "not a heading"),
        ("# A\n\n### B\n", 3, "more than one level"),
        ("  loose\n", 1, "belongs to nothing"),
        ("One.\n\nTwo {.\n", 3, "not closed"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(source: str, row: int, message: str) -> None:
    _, problems = parse_blocks(source, "body.md")
    assert [(problem.row, message in problem.message) for problem in problems] == [(row, True)]


def test_all_problems_of_a_file_come_together() -> None:
    _, problems = parse_blocks("{\n\n::end\n\n::table t\n", "f")
    assert [problem.row for problem in problems] == [1, 3, 5]


_LINES = st.sampled_from(["", "# A", "## B", "Words.", "- item", "> note", "% no", "::when a", "::end", "::table t"])
_MORE = st.sampled_from(["  caption: x", "  kind: bars", "    more", "::chart t", "{projects}", "{", "   "])


@given(st.lists(_LINES | _MORE, max_size=20).map("\n".join))
def test_no_file_makes_the_reader_fail_otherwise_than_with_problems(source: str) -> None:
    parse_blocks(source, "f")
