"""Text with braces: what it parses to, and that nothing makes the parser fail otherwise than with a problem."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.reporting.text.expressions import SIGNATURES
from colonnade.reporting.text.inline import parse_condition, parse_text
from colonnade.reporting.text.nodes import Call, Choice, Each, Parameter, Reference, Term, Words


def parsed(source: str) -> tuple[object, ...]:
    template, problems = parse_text(source, "body.md", 7)
    assert not problems
    return template


def test_words_and_a_figure() -> None:
    assert parsed("There are {projects} now.") == (
        Words("There are "),
        Reference("projects", 7),
        Words(" now."),
    )


def test_a_cell_keeps_its_dimensions_in_order() -> None:
    assert parsed('{t pillar=I entity="UN Women" share}') == (
        Reference("t", 7, (("pillar", "I"), ("entity", "UN Women")), "share"),
    )


def test_a_total() -> None:
    assert parsed("{t total budget}") == (Reference("t", 7, (), "budget", total=True),)


def test_a_function_takes_figures_cells_numbers_and_texts() -> None:
    (call,) = parsed('{compare (t pillar=I share) 15 "less {" "same" "more"}')
    assert isinstance(call, Call)
    assert call.arguments == (
        Reference("t", 7, (("pillar", "I"),), "share"),
        Decimal(15),
        "less {",
        "same",
        "more",
    )


def test_each_and_choice_hold_templates() -> None:
    (each,) = parsed("{each t sort=projects limit=3: {pillar} ({if share > 9: {share}|few})}")
    assert isinstance(each, Each)
    assert each.options == {"sort": "projects", "limit": "3"}
    choice = each.body[2]
    assert isinstance(choice, Choice)
    assert choice.condition == (Term(Reference("share", 7), ">", Decimal(9)),)
    assert choice.otherwise == (Words("few"),)


def test_a_blank_after_the_colon_counts_only_where_none_stands_before_the_brace() -> None:
    (_, after_word) = parsed("projects{if @a: of note}")
    assert isinstance(after_word, Choice)
    assert after_word.then == (Words(" of note"),)
    (_, after_blank) = parsed("projects {if @a: of note}")
    assert isinstance(after_blank, Choice)
    assert after_blank.then == (Words("of note"),)


def test_emphasis_and_escapes() -> None:
    assert parsed(r"a *b* **c** \{d\} \*") == (
        Words("a "),
        Words("b", italic=True),
        Words(" "),
        Words("c", bold=True),
        Words(" {d} *"),
    )


def test_a_parameter() -> None:
    assert parsed("{@as_of}") == (Parameter("as_of", 7),)


def test_conditions_join_by_and() -> None:
    condition, problems = parse_condition(
        "not @previous and @provenance is not illustrative and varies t share", "f", 1
    )
    assert not problems
    assert [term.operator for term in condition] == [None, "is not", "varies"]
    assert [term.negated for term in condition] == [True, False, False]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{projects", "not closed"),
        ("projects}", "without an opening one"),
        ("{}", "empty braces"),
        ("*open", "does not end"),
        ('{count projects "a"}', "incomplete"),
        ('{count "a" projects "b"}', "expects number"),
        ("{t pillar=I}", "one measure"),
        ("{each : x}", "without a figure"),
        ("{each t colour=red: x}", "no option"),
        ("{if : x}", "empty condition"),
        ("{@a b}", "nothing after it"),
        ('{count (projects "a" "b"}', "parenthesis"),
        ("{a ? b}", "mean nothing"),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_line(source: str, message: str) -> None:
    template, problems = parse_text(source, "body.md", 7)
    assert template == ()
    assert len(problems) == 1
    assert message in problems[0].message
    assert (problems[0].file, problems[0].row) == ("body.md", 7)
    assert problems[0].mend


@given(st.text(alphabet=st.characters(exclude_characters="\\{}|*", exclude_categories=["Cs", "Cc"])))
def test_text_without_signs_is_itself(source: str) -> None:
    template, problems = parse_text(source, "f", 1)
    assert not problems
    words = " ".join(source.split())
    assert template == ((Words(words),) if words else ())


_SIGNS = ["{", "}", "|", "*", "**", "\\", ":", "(", ")", "=", '"', " ", "not", "and", ">", "@a", "projects", "t"]
_PIECES = st.sampled_from([*_SIGNS, *(f"{name} " for name in ("if", "each", "varies", *SIGNATURES))])


@given(st.lists(_PIECES, max_size=24).map("".join))
def test_no_text_makes_the_parser_fail_otherwise_than_with_a_problem(source: str) -> None:
    template, problems = parse_text(source, "f", 1)
    assert not (template and problems)
