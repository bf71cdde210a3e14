"""The frontier, the alternatives, and the board's own choice."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings

from colonnade.analysis.allocation.alternatives import alternatives
from colonnade.analysis.allocation.comparison import UnknownProposals, compare
from colonnade.analysis.allocation.frontier import frontier
from colonnade.analysis.allocation.plan import Plan
from colonnade.analysis.allocation.problem import Problem
from colonnade.analysis.allocation.rules import is_allowed
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.tests.rounds import best_value, dollars, rounds, seed_round
from colonnade.analysis.allocation.valuation import value_of

FEW = settings(max_examples=25, deadline=None)


@FEW
@given(rounds(partial=True))
def test_more_money_is_never_worth_less(problem: Problem) -> None:
    values = [step.plan.value for step in frontier(problem) if step.plan]
    assert all(less <= more for less, more in pairwise(values))


@FEW
@given(rounds())
def test_each_step_is_the_best_for_its_budget(problem: Problem) -> None:
    budget = problem.budget
    assert budget is not None
    for step in frontier(problem, steps=(50, 100, 150)):
        best = best_value(problem.relaxed({budget: step.budget}))
        assert (best is None) == (step.plan is None)
        if step.plan and best is not None:
            assert best * Fraction(9999, 10_000) <= step.plan.value <= best


@FEW
@given(rounds(partial=True))
def test_alternatives_keep_the_rules_and_are_nearly_as_good(problem: Problem) -> None:
    plan = solve(problem, explain=False)
    if not isinstance(plan, Plan):
        return
    others = alternatives(problem, plan, within=Fraction(1, 5))
    chosen = [frozenset(plan.amounts), *(frozenset(other.amounts) for other in others)]
    assert len(set(chosen)) == len(chosen)
    for other in others:
        assert is_allowed(problem, other.amounts)
        assert other.value == value_of(problem, other.amounts) >= plan.value * Fraction(4, 5)


def test_an_alternative_that_there_is_is_found() -> None:
    problem = seed_round()
    plan = solve(problem)
    assert isinstance(plan, Plan)
    found = alternatives(problem, plan, within=Fraction(1, 10))
    assert any(set(other.amounts) == {"B", "C"} for other in found)
    assert alternatives(problem, plan, within=Fraction(1, 1000)) == ()


def test_the_boards_choice_is_told_what_it_breaks_and_gives_up() -> None:
    problem = seed_round()
    plan = solve(problem)
    assert isinstance(plan, Plan)
    compared = compare(problem, plan, ["B", "C", "D"])
    assert [breach.rule.key for breach in compared.broken] == []
    assert compared.given_up == plan.value - value_of(problem, compared.amounts) > 0
    assert (compared.only_chosen, compared.only_planned) == (("B", "D"), ("A",))
    assert {each.need: each.given_up for each in compared.needs} == {
        "borders": Fraction(1, 2),
        "evidence": Fraction(-3, 10),
    }
    assert sum(each.given_up for each in compared.needs) == compared.given_up


def test_a_choice_that_breaks_rules_is_told_which() -> None:
    problem = seed_round()
    plan = solve(problem)
    assert isinstance(plan, Plan)
    compared = compare(problem, plan, {"A": dollars(169_500), "B": dollars(10), "E": dollars(90_000)})
    assert {breach.rule.key for breach in compared.broken} == {
        "ceiling:group:G1:sum",
        "floor:pillar:III:share",
        "exclusion:E",
    }
    assert [misfit.proposal.id for misfit in compared.misfits] == ["B"]
    with pytest.raises(UnknownProposals, match="Z"):
        compare(problem, plan, ["Z"])
