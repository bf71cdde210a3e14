"""The command: what it prints, for people and for programs, and the status it leaves."""

import io
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from colonnade.core.problems import ProblemsFound
from colonnade.reporting.claims.check import Number, check_registry
from colonnade.reporting.claims.command import run_check
from colonnade.reporting.claims.tests.files import claim, loaded, relation, written

Cells = Mapping[tuple[str, str], Number | None]


class Figures:
    """A registry of figures by key and by the code of their one dimension."""

    def __init__(self, values: Cells) -> None:
        self._values = values
        self.asked: list[tuple[str, dict[str, str | int], dict[str, str]]] = []

    def figure_value(self, key: str, parameters: Mapping[str, str | int], cell: Mapping[str, str]) -> Number | None:
        self.asked.append((key, dict(parameters), dict(cell)))
        if (key, cell.get("pillar", "")) not in self._values:
            raise KeyError(f"no figure {key}")
        return self._values[key, cell.get("pillar", "")]


SHORTFALL = claim("shortfall", 238.9, "USD", scale='"million"', figure='"shortfall_total"')
SHARE = claim(
    "share", 33, "per cent", figure='"projects_by_pillar"', cell='{pillar="I", measure="share"}',
    parameters='{inventory="portfolio-2019"}',
)  # fmt: skip
NEEDS = claim("needs", 550, qualifier='"more_than"', figure='"needs_count"')


def figures(**changed: Number | None) -> Figures:
    values: dict[str, Number | None] = {"shortfall": 238_912_345, "share": Decimal("33.12"), "needs": 551, **changed}
    return Figures(
        {
            ("shortfall_total", ""): values["shortfall"],
            ("projects_by_pillar", "I"): values["share"],
            ("needs_count", ""): values["needs"],
        }
    )


def run(path: Path, *, as_json: bool = False, registry: Figures | None = None) -> tuple[int, str]:
    out = io.StringIO()
    return run_check(path, as_json=as_json, registry=registry, out=out), out.getvalue()


def test_a_figure_that_rounds_to_the_printed_number_agrees(tmp_path: Path) -> None:
    claims = loaded(tmp_path, SHORTFALL, SHARE, NEEDS)
    registry = figures()
    assert check_registry(claims, registry) == ()
    assert registry.asked[1] == (
        "projects_by_pillar", {"inventory": "portfolio-2019"}, {"pillar": "I", "measure": "share"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "value", "smallest"),
    [
        ("shortfall", 238_849_999, 1),
        ("shortfall", 238_950_000, 0),
        ("share", Decimal("33.5"), 0),
        ("share", Decimal("32.4"), Decimal("0.1")),
        ("needs", 550, 1),
    ],
)
def test_a_figure_that_does_not_round_to_the_printed_number_is_reported(
    tmp_path: Path, changed: str, value: Number, smallest: Number
) -> None:
    claims = loaded(tmp_path, SHORTFALL, SHARE, NEEDS)
    (found,) = check_registry(claims, figures(**{changed: value}))
    assert found.kind == "registry"
    assert found.gap.smallest == smallest
    assert found.paragraphs == ("X/1 para. 1",)


def test_a_figure_without_a_value_is_reported(tmp_path: Path) -> None:
    (found,) = check_registry(loaded(tmp_path, NEEDS), figures(needs=None))
    assert found.right.text == "no value in the registry"


def test_a_figure_that_the_registry_has_not_stops_the_check(tmp_path: Path) -> None:
    unknown = claim("wells", 3, figure='"wells"')
    with pytest.raises(ProblemsFound) as refused:
        check_registry(loaded(tmp_path, NEEDS, unknown), figures())
    (problem,) = refused.value.problems
    assert (problem.column, problem.value, problem.message) == ("figure", "wells", "no figure wells")
    assert run(written(tmp_path, NEEDS, unknown), registry=figures())[0] == 2


def test_the_status_says_whether_anything_was_found(tmp_path: Path) -> None:
    same = claim("a", 3) + claim("b", 3) + relation("r", "same_quantity", claims='["a", "b"]')
    assert run(written(tmp_path, same))[0] == 0
    assert run(written(tmp_path, same.replace("value = 3", "value = 4", 1)))[0] == 1
    assert run(written(tmp_path, same.replace("value = 3", "value = three")))[0] == 2
    assert run(written(tmp_path, NEEDS), registry=figures())[0] == 0
    assert run(written(tmp_path, NEEDS), registry=figures(needs=1))[0] == 1


def test_json_is_a_list_of_disagreements_with_both_sides(tmp_path: Path) -> None:
    tables = (
        claim("x", 25, "per cent", source='"X/1 annex II para. 59"') + claim("y", 71, "per cent"),
        relation("scopes", "complete", shares='["x", "y"]'),
        '[[relation.reading]]\ntext = "The rest was not reported"\n'
        'checks = [{ kind = "sum", parts = ["x", "y"], comparing = "at_most", total = 100 }]\n',
        NEEDS,
    )
    status, text = run(written(tmp_path, *tables), as_json=True, registry=figures(needs=540))
    assert status == 1
    document, registry = json.loads(text)
    assert {"kind", "relation", "left", "right", "paragraphs", "difference", "explained_by", "message"} <= set(document)
    assert (document["kind"], document["relation"], document["form"]) == ("document", "scopes", "complete")
    assert document["left"]["value"] == 96
    assert document["left"]["paragraphs"] == ["X/1 annex II para. 59", "X/1 para. 1"]
    assert document["right"]["value"] == 100
    assert document["difference"]["printed"] == 4
    assert document["difference"]["smallest"] == 3
    assert document["explained_by"] == ["The rest was not reported"]
    assert document["message"].startswith("Should hold, and does not: It should hold. 25% + 71% = 96%")
    assert (registry["kind"], registry["relation"]) == ("registry", "needs_count")
    assert registry["difference"] == {
        "printed": 10,
        "smallest": 11,
        "unit": "count",
        "text": registry["difference"]["text"],
    }


def test_json_of_a_file_that_is_refused_lists_its_problems(tmp_path: Path) -> None:
    status, text = run(written(tmp_path, claim("a", '"three"')), as_json=True)
    assert status == 2
    (problem,) = json.loads(text)
    assert (problem["file"], problem["column"], problem["value"]) == ("claims.toml", "value", "three")


def test_nothing_found_is_an_empty_list_in_json(tmp_path: Path) -> None:
    assert run(written(tmp_path, NEEDS), as_json=True) == (0, "[]\n")


def test_people_read_both_sides_their_paragraphs_and_what_explains_it(tmp_path: Path) -> None:
    tables = (
        claim("a", 7, source='"X/1 para. 59"') + claim("b", 6, source='"X/1 annex II para. 37"'),
        relation("conferences", "same_quantity", claims='["a", "b"]'),
        '[[relation.reading]]\ntext = "One is not regional"\nchecks = [{ kind = "compared", left = "a", right = 7 }]\n',
        '[[relation.reading]]\ntext = "Two are not regional"\n'
        'checks = [{ kind = "compared", left = "a", right = 8 }]\n',
    )
    _, text = run(written(tmp_path, *tables))
    for line in (
        "Within the document: 1 disagree, 1 of them explained by another reading",
        "1. It should hold  [conferences]",
        "   - 7  [X/1 para. 59]",
        "   - 6  [X/1 annex II para. 37]",
        "   difference: 1",
        "   explained by: One is not regional",
        "   not explained by: Two are not regional",
    ):
        assert line in text.splitlines()
    assert "With the registry" not in text
