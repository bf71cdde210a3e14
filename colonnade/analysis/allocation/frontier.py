"""What more, or less, money would do: the best value at other budgets, everything else as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from colonnade.analysis.allocation.plan import Contradiction, Plan
from colonnade.analysis.allocation.problem import Amounts, Cents, Problem
from colonnade.analysis.allocation.solving import solve

#: Budgets as per cent of the problem's own.
STEPS: Final = (50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150)


@dataclass(frozen=True, slots=True)
class Step:
    """The best that can be done with a budget; ``plan`` is ``None`` where the other rules cannot be kept with it."""

    percent: int
    budget: Cents
    plan: Plan | None


def frontier(problem: Problem, *, steps: Sequence[int] = STEPS, known: Plan | None = None) -> tuple[Step, ...]:
    """The steps from little to much. Each starts from the one before, so that more money is never worth less.

    ``known`` is the plan of the problem as it is, where there is one already.
    """
    budget = problem.budget
    if budget is None:
        raise ValueError("a problem without a budget has no frontier")
    found = []
    before: Amounts | None = None
    for percent in sorted(set(steps)):
        cents = int(Fraction(budget.bound) * percent / 100)
        if percent == 100 and known is not None:
            answer: Plan | Contradiction = known
        else:
            answer = solve(problem.relaxed({budget: cents}), start=before, explain=False)
        plan = answer if isinstance(answer, Plan) else None
        before = plan.amounts if plan else before
        found.append(Step(percent, cents, plan))
    return tuple(found)
