"""A file with anything wrong is refused whole, with every error, its line, its key and its mend."""

from fractions import Fraction
from pathlib import Path

import pytest

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.reporting.claims.loading import load_claims
from colonnade.reporting.claims.tests.files import HEAD, claim, loaded, relation, written


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as refused:
        load_claims(path)
    return refused.value.problems


def test_a_number_keeps_the_precision_it_is_printed_with(tmp_path: Path) -> None:
    claims = loaded(
        tmp_path,
        claim("budget", 238.9, "USD", scale='"million"'),
        claim("share", 51, "per cent"),
        claim("tenths", "51.0", "per cent"),
        claim("award", 949111, "USD"),
        claim("wells", 550, qualifier='"more_than"'),
        claim("roughly", 200, qualifier='"about"', rounded_to="100"),
    ).claims
    ends = {key: (claims[key].interval.low, claims[key].interval.high) for key in claims}  # type: ignore[union-attr]  # these claims state numbers
    assert ends == {
        "budget": (238_850_000, 238_950_000),
        "share": (Fraction("50.5"), Fraction("51.5")),
        "tenths": (Fraction("50.95"), Fraction("51.05")),
        "award": (949111, 949111),
        "wells": (551, None),
        "roughly": (150, 249),
    }
    printed = [claims[key].printed for key in claims]
    assert printed == ["$238.9 million", "51%", "51%", "$949,111", "more than 550", "about 200"]


def test_dates_read_as_days_months_years_and_spans(tmp_path: Path) -> None:
    claims = loaded(
        tmp_path,
        claim("day", "2019-12-18", "date", until="2019-12-19"),
        claim("month", '"2019-03"', "date"),
        claim("year", '"2018"', "date"),
        claim("years", '"2019"', "date", until='"2020"'),
    ).claims
    assert [claims[key].printed for key in claims] == ["18–19 December 2019", "March 2019", "2018", "2019 to 2020"]


def test_a_list_is_read_from_a_column_of_the_pack(tmp_path: Path) -> None:
    rows = "name,kind,on\nLima,city,2019-03-01\nOsa,village,\nQuito; Cuzco,city,2019-04-01\n"
    (tmp_path / "towns.csv").write_text(rows, encoding="utf-8")
    pointer = '{file="towns.csv", column="name", on="on", split=";", where={kind="city"}}'
    items = loaded(tmp_path, claim("towns", 3, list=pointer)).claims["towns"].items
    assert items is not None
    assert [(item.name, str(item.span)) for item in items] == [
        ("Lima", "1 March 2019"), ("Quito", "1 April 2019"), ("Cuzco", "1 April 2019"),
    ]  # fmt: skip


BAD_CLAIMS = {
    "not a number": (claim("a", '"three"'), "value", "not a number"),
    "no value": (claim("a"), "value", "missing"),
    "below zero": (claim("a", -3), "value", "below zero"),
    "half a well": (claim("a", 2.5), "value", "a count that is not whole"),
    "a share above 100": (claim("a", 101, "per cent"), "value", "a share above 100"),
    "a share of nothing": (claim("a", 10, "per cent", of='""'), "of", "a percentage without its whole"),
    "an unknown unit": (claim("a", 3, "miles"), "unit", "not one of the words known here"),
    "an unknown qualifier": (claim("a", 3, qualifier='"nearly"'), "qualifier", "not one of the words known here"),
    "about, and how rough": (claim("a", 200, qualifier='"about"'), "rounded_to", "nobody can tell"),
    "no date": (claim("a", '"2019-02-30"', "date"), "value", "not a date"),
    "a span backwards": (claim("a", '"2019"', "date", until='"2018"'), "value", "not a date"),
    "another document": (claim("a", 3, source='"Y/2 para. 1"'), "source", "not a place in the document"),
    "a misspelt key": (claim("a", 3, qualifer='"exact"'), "qualifer", "not a key of this table"),
    "a key that is none": (claim("A b", 3), "key", "not a key"),
    "a key twice": (claim("a", 3) + claim("a", 4), "key", "this key stands twice"),
    "an item twice": (claim("a", 2, list='["Lima", "Lima"]'), "list", "an item stands twice"),
    "a list of numbers": (claim("a", 2, list="[1]"), "list", "neither a text nor a table"),
    "no list": (claim("a", unit="list"), "list", "has none"),
    "a list that is not there": (claim("a", 2, list='{file="no.csv", column="b"}'), "list", "cannot be read"),
    "a list elsewhere": (claim("a", 2, list='{file="../no.csv", column="b"}'), "list", "not a file beside this one"),
    "a cell of no figure": (claim("a", 3, cell='{pillar="I"}'), "figure", "no figure"),
    "restating nothing": (claim("a", 3, restates='"b"'), "restates", "no claim has this key"),
    "restating a share": (
        claim("a", 3, restates='"b"') + claim("b", 3, "per cent"), "restates", "a claim in another unit",
    ),
    "an unknown table": (claim("a", 3) + "[[sum]]\n", "sum", "not a table of this file"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_CLAIMS)
def test_a_claim_that_is_wrong_is_named_with_its_key(tmp_path: Path, name: str) -> None:
    table, column, message = BAD_CLAIMS[name]
    (problem,) = problems_of(written(tmp_path, table))
    assert problem.column == column
    assert message in problem.message
    assert problem.mend


NUMBERS = claim("a", 3) + claim("b", 4) + claim("towns", unit="list", list='["Lima"]') + claim("x", 50, "per cent")
ROUNDED = claim("p", 5.5, "USD", scale='"million"')

BAD_RELATIONS = {
    "an unknown kind": (relation("r", "roughly"), "kind", "no such kind of relation"),
    "an unknown claim": (relation("r", "sum", parts='["a", "q"]', total='"b"'), "parts", "no claim has this key"),
    "a list for a number": (relation("r", "sum", parts='["towns"]', total='"b"'), "parts", "not a number"),
    "no total": (relation("r", "sum", parts='["a"]'), "total", "missing"),
    "no parts": (relation("r", "sum", parts="[]", total='"b"'), "parts", "not a list"),
    "different units": (relation("r", "subset", part='"a"', whole='"x"'), "kind", "different units"),
    "a rounded number twice": (
        relation("r", "compared", left='"p"', right='{difference=["p", 1]}'), "kind", "stands in it twice",
    ),
    "an unknown operand": (relation("r", "subset", part='{root="a"}', whole='"b"'), "part", "no such operand"),
    "no list": (relation("r", "count_of_list", count='"a"', list='"b"'), "list", "this claim has no list"),
    "an item not listed": (
        relation("r", "count_of_list", count='"a"', list='{list="towns", without=["Oslo"]}'), "list", "not in the list",
    ),
    "no date": (relation("r", "within", inner='"a"', outer='"b"'), "inner", "not a date"),
    "a rounded whole": (relation("r", "complete", shares='["x"]', whole='"p"'), "whole", "not an exact count"),
    "a share of zero": (
        claim("none", 0) + relation("r", "share_of", part='"a"', whole='"none"', share='"x"'), "whole", "share of zero",
    ),
    "a ratio to zero": (
        relation("r", "subset", part='{ratio=["a", 0]}', whole='"b"'), "part", "share of zero",
    ),
    "one statement": (relation("r", "same_quantity", claims='["a"]'), "claims", "not two or more"),
    "a misspelt key": (
        relation("r", "subset", part='"a"', whole='"b"', hole="1"), "hole", "not a key of this table",
    ),
    "a relation twice": (relation("r", "subset", part='"a"', whole='"b"') * 2, "key", "this key stands twice"),
    "a bad check of a reading": (
        relation("r", "subset", part='"a"', whole='"b"')
        + '[[relation.reading]]\ntext = "Another"\nchecks = [{ kind = "subset", part = "q", whole = "b" }]\n',
        "part",
        "no claim has this key",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_RELATIONS)
def test_a_relation_that_is_wrong_is_named_with_its_key(tmp_path: Path, name: str) -> None:
    table, column, message = BAD_RELATIONS[name]
    problems = problems_of(written(tmp_path, NUMBERS, ROUNDED, table))
    assert problems[0].column == column
    assert message in problems[0].message


def test_every_error_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, claim("a", '"three"'), claim("b", 4, "miles"), relation("r", "roughly"))
    lines = path.read_text(encoding="utf-8").splitlines()
    problems = problems_of(path)
    assert [(problem.column, problem.file) for problem in problems] == [
        ("value", "claims.toml"), ("unit", "claims.toml"), ("kind", "claims.toml"),
    ]  # fmt: skip
    for problem in problems:
        assert problem.row is not None
        assert lines[problem.row - 1].startswith(f"{problem.column} = ")


def test_a_document_without_its_symbol_is_refused(tmp_path: Path) -> None:
    columns = [problem.column for problem in problems_of(written(tmp_path, head=""))]
    assert columns == ["symbol", "title", "dated"]


def test_a_file_that_is_not_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    (problem,) = problems_of(written(tmp_path, "[[claim]]\nkey = = 3\n"))
    assert problem.message.startswith("not TOML")
    assert problem.row == HEAD.count("\n") + 3


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.toml"
    path.write_bytes(HEAD.encode() + "# Côte\n".encode("latin-1"))
    (problem,) = problems_of(path)
    assert problem.message == "not in UTF-8"
    assert problem.row == 5


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "none.toml")
    assert problem.message.startswith("cannot be read")
