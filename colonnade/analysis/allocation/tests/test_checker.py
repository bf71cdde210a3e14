"""The checker passes what is right, and finds each thing that is wrong."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.allocation.checker import bounds_when_forced, certified_bound, check
from colonnade.analysis.allocation.plan import Certificate, Contradiction, NeedPrice, Plan
from colonnade.analysis.allocation.problem import Problem
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.tests.rounds import best_value, choices, dollars, rounds, seed_round
from colonnade.analysis.allocation.valuation import value_of


def plan_of(problem: Problem) -> Plan:
    answer = solve(problem)
    assert isinstance(answer, Plan)
    return answer


@settings(max_examples=60, deadline=None)
@given(rounds(partial=True))
def test_what_the_solver_answers_passes(problem: Problem) -> None:
    answer = solve(problem, explain=False)
    if isinstance(answer, Plan):
        verdict = check(problem, answer)
        assert verdict.faults == ()
        assert verdict.value == answer.value


@st.composite
def prices(draw: st.DrawFn, problem: Problem) -> Certificate:
    """Any prices at all, such as a forger might write."""
    price = st.integers(0, 50).map(lambda n: Fraction(n, 100))
    rules = {rule.key: draw(price) for rule in problem.rules if rule.field is not None or rule.bound}
    needs = {}
    for need in problem.needs:
        meeting = [
            each.id for each in problem.proposals if need.id in dict(each.meets) and each.id not in problem.excluded
        ]
        entries = []
        for _ in range(draw(st.integers(0, 3))):
            roles: dict[str, list[str]] = {"whole": [], "least": [], "capped": [], "": []}
            for name in meeting:
                roles[draw(st.sampled_from(sorted(roles)))].append(name)
            sets = {role: tuple(names) for role, names in roles.items() if role}
            entries.append(NeedPrice(need.value * Fraction(draw(st.integers(0, 3)), 9), **sets))
        needs[need.id] = tuple(entries)
    return Certificate(rules, needs)


@settings(max_examples=150, deadline=None)
@given(st.data(), rounds(partial=True, most=5))
def test_no_prices_whatever_lead_to_a_bound_that_is_too_low(data: st.DataObject, problem: Problem) -> None:
    best = best_value(problem)
    if best is None:
        return
    plan = Plan({}, Fraction(0), best, data.draw(prices(problem)))
    assert certified_bound(problem, plan) >= best
    forced = [each.id for each in problem.proposals if each.id not in problem.excluded]
    bounds = bounds_when_forced(problem, plan, forced)
    for amounts in choices(problem):
        for name in amounts:
            assert value_of(problem, amounts) <= bounds[name]


FAULTS: dict[str, tuple[Callable[[Plan], Plan], str]] = {
    "over the budget": (lambda plan: replace(plan, amounts=with_amount(plan, "D", 90_000)), "budget"),
    "over a ceiling": (lambda plan: replace(plan, amounts=with_amount(plan, "B", 60_000)), "ceiling:group:G1"),
    "excluded": (lambda plan: replace(plan, amounts=with_amount(plan, "E", 90_000)), "exclusion:E"),
    "no such proposal": (lambda plan: replace(plan, amounts=with_amount(plan, "Z", 1)), "Z"),
    "below its least": (lambda plan: replace(plan, amounts=with_amount(plan, "B", 59_999)), "B"),
    "above its cost": (lambda plan: replace(plan, amounts=with_amount(plan, "C", 100_001)), "C"),
    "a floor": (lambda plan: replace(plan, amounts=without(plan, "C")), "floor:pillar:III"),
    "another value": (lambda plan: replace(plan, value=plan.value + 1), "value"),
    "a bound below": (lambda plan: replace(plan, bound=plan.value / 2), "above the bound"),
    "a bound far above": (lambda plan: replace(plan, bound=plan.value * 2), "bound"),
    "a price below nought": (lambda plan: with_rules(plan, {"budget": Fraction(-1)}), "prices"),
    "a price of no rule": (lambda plan: with_rules(plan, {"floor:pillar:IX:sum": Fraction(1)}), "prices"),
    "needs priced twice": (lambda plan: with_need(plan, "evidence", NeedPrice(Fraction(99))), "prices"),
    "no such need": (lambda plan: with_need(plan, "peace", NeedPrice(Fraction(1))), "prices"),
    "one that does not meet it": (lambda plan: with_need(plan, "rights", NeedPrice(Fraction(0), ("A",))), "prices"),
}


def with_amount(plan: Plan, name: str, amount: int) -> dict[str, int]:
    return {**plan.amounts, name: dollars(amount)}


def without(plan: Plan, name: str) -> dict[str, int]:
    return {other: amount for other, amount in plan.amounts.items() if other != name}


def with_rules(plan: Plan, rules: dict[str, Fraction]) -> Plan:
    return replace(plan, certificate=replace(plan.certificate, rules={**plan.certificate.rules, **rules}))


def with_need(plan: Plan, need: str, entry: NeedPrice) -> Plan:
    return replace(plan, certificate=replace(plan.certificate, needs={**plan.certificate.needs, need: (entry,)}))


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    problem = seed_round(budget=300_000)
    plant, says = FAULTS[name]
    plan = plan_of(problem)
    assert check(problem, plan).passed
    faults = check(problem, plant(plan)).faults
    assert any(says in fault for fault in faults), faults


def test_a_must_have_that_is_missing_is_found() -> None:
    problem = seed_round(must_haves=("C",))
    plan = plan_of(problem)
    assert any("must_have:C" in fault for fault in check(problem, replace(plan, amounts=without(plan, "C"))).faults)


def test_the_solver_says_so_where_there_is_nothing_to_check() -> None:
    assert isinstance(solve(seed_round(must_haves=("A", "B"))), Contradiction)
