"""What a sum closes: held against every choice there is."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.coverage.closing import Candidate, Payable, closing, problem_of

NEEDS = [f"n{number}" for number in range(5)]


def candidate(name: str, costs: int | str, *closes: str) -> Candidate:
    return Candidate(name, name, Payable.SHORTFALL, "E", Decimal(costs), frozenset(closes))


candidates = st.lists(
    st.tuples(st.integers(1, 400_000), st.frozensets(st.sampled_from(NEEDS), min_size=1, max_size=3)), max_size=6
).map(lambda made: [candidate(f"c{place}", costs, *closes) for place, (costs, closes) in enumerate(made)])


def best_of(offered: Sequence[Candidate], sum_: int) -> tuple[int, Decimal]:
    """By trying everything: how many needs can be closed, and for how little."""
    found = (0, Decimal(0))
    for size in range(len(offered) + 1):
        for chosen in combinations(offered, size):
            costs = sum((each.costs for each in chosen), Decimal(0))
            closed = len({need for each in chosen for need in each.closes})
            if costs <= sum_ and (closed, -costs) > (found[0], -found[1]):
                found = (closed, costs)
    return found


@settings(max_examples=40, deadline=None)
@given(candidates, st.integers(1, 1_000_000))
def test_no_choice_closes_more_and_none_as_many_for_less(offered: list[Candidate], sum_: int) -> None:
    closed, costs = best_of(offered, sum_)
    problem = problem_of(offered, Decimal(sum_))
    found = closing(problem)
    assert found.closed == closed
    assert found.costs <= sum_ * 100
    assert found.is_proven
    if found.cheapest:
        assert found.costs == costs * 100


def test_a_need_counts_once_however_many_pay_for_it() -> None:
    offered = [candidate("dear", 900, "n1"), candidate("cheap", 100, "n1"), candidate("other", 500, "n2")]
    found = closing(problem_of(offered, Decimal(10_000)))
    assert found.chosen == ("cheap", "other")
    assert (found.closed, found.costs, found.cheapest) == (2, 600_00, True)


def test_what_is_paid_for_is_paid_whole() -> None:
    found = closing(problem_of([candidate("dear", 900, "n1")], Decimal(899)))
    assert (found.chosen, found.closed) == ((), 0)


def test_what_closes_nothing_or_costs_nothing_is_left_out() -> None:
    problem = problem_of([candidate("idle", 5), candidate("free", 0, "n1"), candidate("one", 5, "n2")], Decimal(10))
    assert [each.id for each in problem.proposals] == ["one"]
    assert [need.id for need in problem.needs] == ["n2"]


def test_other_sums_close_no_less_with_more() -> None:
    offered = [candidate(f"c{place}", 100 * (place + 1), f"n{place}") for place in range(5)]
    steps = closing(problem_of(offered, Decimal(400))).other_sums
    closed = [int(step.plan.value) for step in steps if step.plan]
    assert closed == sorted(closed)
    assert len(closed) == len(steps)
