"""A plan is the best of all choices, keeps every rule to the cent, and is the same whatever the order of the file."""

import random
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonnade.analysis.allocation import searching
from colonnade.analysis.allocation.checker import check
from colonnade.analysis.allocation.plan import Contradiction, Plan
from colonnade.analysis.allocation.problem import Field, Kind, Measure, Need, Problem, Proposal, Rule
from colonnade.analysis.allocation.rules import is_allowed
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.tests.rounds import best_value, call, dollars, rounds, seed_round
from colonnade.analysis.allocation.valuation import Cover, value_of

GAP = Fraction(1, 10_000)
FEW = settings(max_examples=60, deadline=None)


def planned(problem: Problem) -> Plan:
    answer = solve(problem)
    assert isinstance(answer, Plan)
    return answer


@FEW
@given(rounds())
def test_no_choice_is_worth_more_than_the_plan(problem: Problem) -> None:
    answer, best = solve(problem, explain=False), best_value(problem)
    if best is None:
        assert isinstance(answer, Contradiction)
        return
    assert isinstance(answer, Plan)
    assert is_allowed(problem, answer.amounts)
    assert answer.value == value_of(problem, answer.amounts)
    assert best * (1 - GAP) <= answer.value <= best <= answer.bound


@FEW
@given(rounds(partial=True))
def test_partial_sums_keep_every_rule_to_the_cent(problem: Problem) -> None:
    answer, best = solve(problem, explain=False), best_value(problem)
    if isinstance(answer, Contradiction):
        assert best is None
        return
    assert is_allowed(problem, answer.amounts)
    assert answer.gap <= GAP
    assert best is None or best * (1 - GAP) <= answer.value
    assert best is None or best <= answer.bound


@FEW
@given(rounds(partial=True), st.randoms(use_true_random=False))
def test_the_order_of_the_file_carries_no_meaning(problem: Problem, order: random.Random) -> None:
    shuffled = [list(part) for part in (problem.proposals, problem.needs, problem.rules)]
    for part in shuffled:
        order.shuffle(part)
    again = Problem.of(proposals=shuffled[0], needs=shuffled[1], rules=shuffled[2])  # type: ignore[arg-type]  # as above
    assert solve(problem, explain=False) == solve(again, explain=False)


@FEW
@given(rounds())
def test_nothing_is_given_to_what_meets_nothing_further(problem: Problem) -> None:
    answer = solve(problem, explain=False)
    if isinstance(answer, Contradiction):
        return
    cover = Cover(problem, answer.amounts)
    for name, given_ in answer.amounts.items():
        without = {other: amount for other, amount in answer.amounts.items() if other != name}
        if not cover.would_add(problem.by_id[name], -given_):
            assert not is_allowed(problem, without)


@pytest.fixture
def _a_core_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "CORE", 1)


@pytest.mark.usefixtures("_a_core_of_one")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds(partial=True))
def test_what_is_held_outside_of_the_core_takes_no_better_choice_away(problem: Problem) -> None:
    answer, best = solve(problem, explain=False), best_value(problem)
    if isinstance(answer, Contradiction):
        assert best is None
        return
    assert is_allowed(problem, answer.amounts)
    assert answer.gap <= GAP
    assert best is None or best * (1 - GAP) <= answer.value
    assert best is None or best <= answer.bound


@pytest.mark.parametrize("seed", range(3))
def test_a_call_larger_than_the_core_is_proven_checked_and_the_same_again(seed: int) -> None:
    problem = call(seed=seed)
    plan = planned(problem)
    assert len(problem.proposals) > searching.CORE
    assert plan.gap <= GAP
    assert check(problem, plan).passed
    assert planned(problem) == plan


@pytest.mark.parametrize("seed", range(3))
def test_the_core_and_the_whole_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = call(seed=seed, proposals=170, needs=400)
    in_core = planned(problem)
    monkeypatch.setattr(searching, "CORE", 1_000)
    whole = planned(problem)
    assert in_core.value <= whole.bound
    assert whole.value <= in_core.bound


def test_two_that_meet_the_same_need_are_not_counted_twice() -> None:
    plan = planned(seed_round(budget=1_000_000))
    assert set(plan.amounts) == {"A", "C"}
    # evidence 3 x 0.6, borders 2 x 0.5 x (0.5 + 0.5), rights 0.75 x 1
    assert plan.value == Fraction("3.55")


def test_a_plan_is_at_least_as_good_as_what_it_starts_from() -> None:
    problem = seed_round(budget=200_000)
    start = {"B": dollars(60_000), "C": dollars(100_000)}
    answer = solve(problem, start=start)
    assert isinstance(answer, Plan)
    assert answer.value >= value_of(problem, start)


def test_a_share_that_does_not_divide_evenly_is_still_kept_to_the_cent() -> None:
    third = Fraction(1, 3)
    problem = Problem.of(
        proposals=[
            Proposal(name, dollars(1000), 1, (("N", Fraction(1, 10)),), pillar=pillar)
            for name, pillar in (("P", "I"), ("Q", "II"), ("R", "III"))
        ],
        needs=[Need("N", Fraction(1), Fraction(1))],
        rules=[
            Rule(Kind.BUDGET, bound=dollars(100) + 1),
            *(Rule(Kind.FLOOR, pillar, Field.PILLAR, Measure.SHARE, third) for pillar in ("I", "II", "III")),
        ],
    )
    plan = planned(problem)
    assert is_allowed(problem, plan.amounts)
    assert plan.given == dollars(100) - 1  # 3,333 cents each: what is left does not divide by three


def test_a_contradiction_by_one_cent_is_one() -> None:
    fits = seed_round(budget=269_500, must_haves=("A", "C"))
    assert set(planned(fits).amounts) == {"A", "C"}
    budget = fits.budget
    assert budget is not None
    assert isinstance(solve(fits.relaxed({budget: int(budget.bound) - 1})), Contradiction)


def test_without_proposals_there_is_an_empty_plan() -> None:
    problem = Problem.of(proposals=[], needs=[Need("N", Fraction(1), Fraction(1))], rules=[Rule(Kind.BUDGET, bound=1)])
    assert planned(problem).amounts == {}
