"""Problems and plans as files: what was written is read again, and what is wrong is refused whole, by its path."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from colonnade.analysis.allocation.checker import check
from colonnade.analysis.allocation.plan import Plan
from colonnade.analysis.allocation.plan_file import plan_as_json, read_plan
from colonnade.analysis.allocation.problem import Problem
from colonnade.analysis.allocation.problem_file import problem_as_json, problem_from, read_problem
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.tests.rounds import rounds, seed_round
from colonnade.core.problems import ProblemsFound


@settings(max_examples=60, deadline=None)
@given(rounds(partial=True))
def test_a_problem_that_was_written_is_read_as_the_same(problem: Problem) -> None:
    limits = [rule for rule in problem.rules if rule.field]
    assume(all(any(rule.concerns(each) for each in problem.proposals) for rule in limits))
    document = json.loads(json.dumps(problem_as_json(problem)))
    assert problem_from(document, file="p.json") == problem


def test_a_plan_that_was_written_passes_the_check(tmp_path: Path) -> None:
    problem = seed_round()
    plan = solve(problem)
    assert isinstance(plan, Plan)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan_as_json(problem, plan)), encoding="utf-8")
    again = read_plan(path)
    assert again.amounts == plan.amounts
    verdict, before = check(problem, again), check(problem, plan)
    assert verdict.passed
    assert verdict.certified is not None
    assert before.certified is not None
    assert abs(verdict.certified - before.certified) < Fraction(1, 10**6)


def test_a_bound_for_each_group_leaves_those_that_are_named_alone() -> None:
    document = _document()
    document["ceilings"] = [{"group": "G1", "sum": "1"}, {"group": "*", "sum": 5}]
    problem = problem_from(document, file="p.json")
    assert {rule.code: rule.bound for rule in problem.rules if rule.key.startswith("ceiling")} == {
        "G1": 100,
        "G2": 500,
        "G3": 500,
    }


REFUSED: dict[str, tuple[list[object], object, str, str]] = {
    "no such need": (["proposals", 0, "meets", "N9"], 1, "$.proposals[0].meets['N9']", "no need"),
    "more than a whole share": (["proposals", 0, "meets", "evidence"], "1.2", ".meets['evidence']", "0 to 1"),
    "a cost below nought": (["proposals", 1, "cost"], -5, "$.proposals[1].cost", "amount of money"),
    "a cost of nought": (["proposals", 1, "cost"], 0, "$.proposals[1].cost", "not above nought"),
    "finer than a cent": (["proposals", 1, "cost"], "1.005", "$.proposals[1].cost", "finer than a cent"),
    "a part above the cost": (["proposals", 1, "least"], "900000", "$.proposals[1].least", "above the cost"),
    "a part where none is allowed": (["partial"], False, "$.proposals[1].least", "not allowed"),
    "a float that is none": (["needs", 0, "weight"], "many", "$.needs[0].weight", "weight"),
    "true for a number": (["needs", 0, "weight"], True, "$.needs[0].weight", "weight"),
    "an endless number": (["needs", 0, "weight"], "1e999999", "$.needs[0].weight", "weight"),
    "unmet in per cent": (["needs", 0, "unmet"], 75, "$.needs[0].unmet", "0 to 1"),
    "one id twice": (["proposals", 1, "id"], "A", "$.proposals[1].id", "another one"),
    "an unknown key": (["budgett"], 5, "$.budgett", "not known"),
    "another format": (["format"], "x/2", "$.format", "not a format"),
    "a ceiling of nobody": (["ceilings", 0, "group"], "G9", "$.ceilings[0].group", "no proposal"),
    "a ceiling with two bounds": (["ceilings", 0, "share"], "0.5", "$.ceilings[0]", "one bound"),
    "a floor above all": (["floors", 0, "share"], "1.5", "$.floors[0].share", "0 to 1"),
    "half a proposal": (["ceilings", 0], {"entity": "of A", "proposals": 1.5}, "$.ceilings[0].proposals", "whole"),
    "an unknown must-have": (["must_haves"], ["Z"], "$.must_haves[0]", "no such proposal"),
    "a list for an object": (["needs", 0], [], "$.needs[0]", "object"),
    "a rule twice": (["floors"], [{"pillar": "I", "sum": 1}] * 2, "$.floors[1]", "same thing"),
}


def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(problem_as_json(seed_round())))
    return document


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_named_by_its_path(name: str) -> None:
    way, value, path, says = REFUSED[name]
    document: Any = _document()
    inner = document
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value
    with pytest.raises(ProblemsFound) as refused:
        problem_from(document, file="p.json")
    assert any((found.column or "").endswith(path) and says in found.message for found in refused.value.problems), [
        str(found) for found in refused.value.problems
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "line 1"), ('{"a": 1, "a": 2}', "twice"), ('{"a": NaN}', "no number"), ("[" * 200_000, "nested")],
)
def test_a_file_that_is_no_json_is_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as refused:
        read_problem(path)
    assert says in str(refused.value)


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(ProblemsFound) as refused:
        problem_from({"format": "colonnade/allocation-problem/1"}, file="p.json")
    assert {found.column for found in refused.value.problems} == {"$.budget", "$.proposals", "$.needs"}
