"""Sentences filled with figures read right for any values."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.figures.result import Column, FigureResult, TableValue
from colonnade.reporting.document import Link, Value
from colonnade.reporting.tests import samples
from colonnade.reporting.text.inline import parse_condition, parse_text
from colonnade.reporting.text.lookup import NotReported
from colonnade.reporting.text.phrases import Matter, Place, fill, holds
from colonnade.reporting.wording import ENGLISH


def matter(**changed: FigureResult) -> Matter:
    results = samples.results() | changed
    places = {"projects_by_pillar": Place(3, "table-projects_by_pillar")}
    return Matter(results, results, {"as_of": "1 February 2026", "empty": ""}, ENGLISH, places, places)


def said(source: str, **changed: FigureResult) -> str:
    template, problems = parse_text(source, "f", 1)
    assert not problems
    return "".join(inline.text for inline in fill(template, matter(**changed)))


def count(value: int) -> FigureResult:
    return samples.single("projects", "Projects", "count", value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "There are no projects."),
        (1, "There is one project."),
        (9, "There are nine projects."),
        (10, "There are 10 projects."),
        (1200, "There are 1,200 projects."),
    ],
)
def test_nouns_and_verbs_follow_the_number(value: int, words: str) -> None:
    source = 'There {noun projects "is" "are"} {count projects "project" "projects"}.'
    assert said(source, projects=count(value)) == words


@pytest.mark.parametrize(("value", "words"), [(316, "fewer than"), (317, "as many as"), (400, "more than")])
def test_comparisons_follow_the_values(value: int, words: str) -> None:
    source = '{projects} is {compare projects projects_previous "fewer than" "as many as" "more than"} before.'
    assert f"is {words} before" in said(source, projects=count(value))


def test_values_that_read_the_same_are_never_called_less_or_more() -> None:
    near = samples.single("budget_total", "Budget", "USD", Decimal("522_310_000"))
    other = samples.single("projects", "Budget", "USD", Decimal("522_290_000"))
    source = '{compare budget_total projects "less" "as much" "more"}'
    assert said(source, budget_total=near, projects=other) == "As much"


def test_the_size_of_a_change_has_no_sign() -> None:
    assert said("{size projects} fewer", projects=count(-3)) == "Three fewer"


def test_a_number_that_leaves_something_out_is_at_least_that() -> None:
    assert said("It is worth {budget_total}") == "It is worth at least $522.3 million"
    assert said("{budget_total}") == "At least $522.3 million"


def test_cells_totals_and_rows() -> None:
    assert said("{projects_by_pillar pillar=R projects} of {projects_by_pillar total projects}") == "189 of 314"
    assert said("In {rows projects_by_pillar} pillars") == "In three pillars"


def test_the_largest_row_and_what_else_it_says() -> None:
    assert said("{largest projects_by_pillar projects}, {largest projects_by_pillar projects show=share}") == (
        "Rivers, 60 per cent"
    )
    assert said("{smallest projects_by_pillar projects}; {largest projects_by_pillar projects rank=2}") == (
        "Lakes; Springs"
    )


def tied() -> FigureResult:
    original = samples.results()["projects_by_entity"]
    columns = (Column("entity", "Entity"), Column("projects", "Projects", "count"))
    rows = (("ALPHA", 7), ("BETA", 7), (None, 900))
    return replace(original, value=TableValue(columns, rows, {"projects": 914}))


def test_rows_that_tie_are_named_together_and_unreported_ones_are_not_ranked() -> None:
    assert said("{largest projects_by_entity projects}", projects_by_entity=tied()) == "ALPHA and Office of Beta"


def test_each_joins_rows_in_words() -> None:
    source = "{each projects_by_pillar sort=projects: {pillar} ({projects})}"
    assert said(source) == "Rivers (189), Springs (104) and Lakes (21)"
    assert said('{each projects_by_pillar limit=2 sep="; " last="; and ": {pillar}}') == "Springs; and Rivers"


def test_numbers_of_a_series_are_all_numerals() -> None:
    source = '{each projects_by_entity_and_pillar limit=5: {count projects "project" "projects"}}'
    assert said(source) == "104 projects, 186 projects, 10 projects, 3 projects and 11 projects"


def test_each_says_not_reported_and_may_leave_it_out() -> None:
    assert said("{each projects_by_entity: {entity} {projects}}", projects_by_entity=tied()).endswith(
        "and not reported 900"
    )
    assert "not reported" not in said("{each projects_by_entity only=reported: {entity}}", projects_by_entity=tied())


def test_choices_and_their_blanks() -> None:
    source = "It has {projects} projects{if projects > 9: in all|, few}. {if not unreported:}Well."
    assert said(source, projects=count(10)) == "It has 10 projects in all. Well."
    assert said(source, projects=count(2)) == "It has two projects, few. Well."


def test_sentences_begin_with_a_capital_wherever_a_number_begins_them() -> None:
    assert said("A. {projects} is. See para. {projects}.", projects=count(2)) == "A. Two is. See para. two."


def test_references_name_table_and_figure() -> None:
    template, _ = parse_text("See {table projects_by_pillar} and {chart projects_by_pillar}.", "f", 1)
    links = [inline for inline in fill(template, matter()) if isinstance(inline, Link)]
    assert [link.text.replace("\u00a0", " ") for link in links] == ["table 3", "figure III"]


@pytest.mark.parametrize(
    "source", ["{unreported}", "{@empty}", "{table elsewhere}", "{projects_by_pillar pillar=X share}"]
)
def test_what_has_no_value_leaves_its_text_out(source: str) -> None:
    template, _ = parse_text(source, "f", 1)
    with pytest.raises(NotReported):
        fill(template, matter())


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("projects", True),
        ("unreported", False),
        ("not unreported", True),
        ("projects > 313", True),
        ("projects < 314", False),
        ("unreported > 0", False),
        ("(projects_by_pillar pillar=S share) >= 33", True),
        ("@as_of is '1'", False),
        ("projects_by_pillar and @as_of", True),
        ("varies projects_by_pillar share", True),
        ("not @empty", True),
    ],
)
def test_conditions(condition: str, met: bool) -> None:
    terms, problems = parse_condition(condition.replace("'", '"'), "f", 1)
    assert not problems
    assert holds(terms, matter()) is met


def test_nothing_varies_where_all_rows_read_the_same() -> None:
    terms, _ = parse_condition("varies projects_by_entity projects", "f", 1)
    assert not holds(terms, matter(projects_by_entity=tied()))


def test_values_keep_the_tag_of_their_place() -> None:
    template, _ = parse_text(
        "{projects} {projects_by_pillar pillar=S share} {projects_by_pillar total projects}", "f", 1
    )
    tags = [inline.tag for inline in fill(template, matter()) if isinstance(inline, Value)]
    assert tags == ["projects", "projects_by_pillar/pillar=S/share", "projects_by_pillar/total/projects"]


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_no_pair_of_counts_makes_an_untrue_or_ungrammatical_sentence(now: int, before: int) -> None:
    source = (
        '{count projects "project" "projects"}, '
        '{compare projects projects_previous "fewer than" "as many as" "more than"} {projects_previous}'
    )
    previous = samples.single("projects_previous", "Before", "count", before)
    words = said(source, projects=count(now), projects_previous=previous)
    assert (", fewer than " in words) == (now < before)
    assert (", more than " in words) == (now > before)
    assert ("project," in words) == (now == 1)
