"""What a sum would close: which proposals and shortfalls, paid in full, meet most needs. Pure.

A need counts one, whatever its priority, and once, however many pay for it. What is paid for is paid whole. The choice
is that of :mod:`colonnade.analysis.allocation`; among choices that close as many, a cheaper one is looked for until
there is none, or for :data:`TRIES` searches.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Final

from colonnade.analysis.allocation.frontier import Step, frontier
from colonnade.analysis.allocation.plan import Plan
from colonnade.analysis.allocation.problem import Cents, Kind, Need, Problem, Proposal, Rule
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.choosing.asking import cents

#: Cheaper choices that are looked for at most: a search each.
TRIES: Final = 12
#: Other sums that are looked at, as per cent of the one asked for.
SUMS: Final = (25, 50, 100, 200, 400)
#: By how much a choice has to be cheaper for it to be called so, in cents.
DOLLAR: Final = 100
_ONE: Final = Fraction(1)


class Payable(StrEnum):
    """What money can be given to."""

    SHORTFALL = "shortfall"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal, or a project with a shortfall, and the needs that it would meet in full once it has its money."""

    id: str
    title: str
    kind: Payable
    entity: str
    costs: Decimal
    closes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Closing:
    """The best that a sum does. ``at_most``: no choice within the sum closes more. ``cheapest``: none that closes as
    many costs a dollar less; it is not said where the search for one was given up."""

    chosen: tuple[str, ...]
    closed: int
    costs: Cents
    at_most: int
    cheapest: bool
    other_sums: tuple[Step, ...]

    @property
    def is_proven(self) -> bool:
        """Whether no choice closes more."""
        return self.at_most == self.closed


def problem_of(candidates: Iterable[Candidate], sum_: Decimal) -> Problem:
    """Which of ``candidates`` to pay under ``sum_``. Those that close nothing, or cost nothing, are left out."""
    payable = [each for each in candidates if each.closes and cents(each.costs) > 0]
    needs = sorted({need for each in payable for need in each.closes})
    return Problem.of(
        proposals=[
            Proposal(
                each.id, cents(each.costs), cents(each.costs), tuple((need, _ONE) for need in each.closes), each.title
            )
            for each in payable
        ],
        needs=[Need(need, _ONE, _ONE) for need in needs],
        rules=[Rule(Kind.BUDGET, bound=cents(sum_))],
    )


@lru_cache(maxsize=64)
def closing(problem: Problem) -> Closing:
    """The answer. It rests on the problem alone, so it is kept by it: a reader's holds what that reader may see."""
    budget = problem.budget
    assert budget is not None  # problem_of sets one
    first = _plan(problem)
    best, cheapest = first, False
    for _ in range(TRIES):
        if best.given == 0:
            cheapest = True
            break
        other = _plan(problem.relaxed({budget: max(0, best.given - DOLLAR)}))
        if other.value < first.value:
            # A bound of the search that allows as many as were closed has not ruled a cheaper choice out.
            cheapest = floor(other.bound) < first.value
            break
        best = other
    return Closing(
        chosen=tuple(sorted(best.amounts)),
        closed=int(best.value),
        costs=best.given,
        at_most=floor(first.bound),
        cheapest=cheapest,
        other_sums=frontier(problem, steps=SUMS, known=best),
    )


def _plan(problem: Problem) -> Plan:
    answer = solve(problem, explain=False)
    assert isinstance(answer, Plan)  # to give nothing keeps the one rule that there is
    return answer
