"""The best choice for a problem, with all that is said of it. It rests on the problem alone, so it is kept by it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from colonnade.analysis.allocation.alternatives import Alternative, alternatives
from colonnade.analysis.allocation.frontier import Step, frontier
from colonnade.analysis.allocation.plan import Contradiction, Plan
from colonnade.analysis.allocation.problem import Problem
from colonnade.analysis.allocation.reasons import Reason, reasons
from colonnade.analysis.allocation.solving import solve

#: Proposals left out for which the best plan with them is searched: a search each.
SEARCHED: Final = 12
#: Budgets that are looked at, as per cent of the call's.
BUDGETS: Final = (80, 90, 100, 110, 120)


@dataclass(frozen=True, slots=True)
class Answered:
    """A plan with the reason of everything it leaves out, others nearly as good, and what other budgets would do."""

    plan: Plan
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    frontier: tuple[Step, ...]


@lru_cache(maxsize=32)
def answered(problem: Problem) -> Answered | Contradiction:
    """Solve it, and say why."""
    plan = solve(problem)
    if isinstance(plan, Contradiction):
        return plan
    out = [each.id for each in problem.proposals if each.id not in plan.amounts and each.id not in problem.excluded]
    return Answered(
        plan,
        reasons(problem, plan, force=out[:SEARCHED]),
        alternatives(problem, plan),
        frontier(problem, steps=BUDGETS, known=plan),
    )
