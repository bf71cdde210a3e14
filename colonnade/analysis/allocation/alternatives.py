"""Other plans that are nearly as good: each keeps the rules, is worth all but a little, and differs as much as it can.

Each further one is as far as possible from the nearest of those before it, counted in proposals that are left out of
what was funded there. How far is searched for and not proven; what each is worth is exact.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import highspy
import numpy as np

from colonnade.analysis.allocation.layout import lay_out
from colonnade.analysis.allocation.model import pin
from colonnade.analysis.allocation.plan import Plan
from colonnade.analysis.allocation.problem import Amounts, Cents, Problem
from colonnade.analysis.allocation.relaxing import Relaxation, relax
from colonnade.analysis.allocation.rules import is_allowed
from colonnade.analysis.allocation.settling import settle
from colonnade.analysis.allocation.solving import as_solution
from colonnade.analysis.allocation.valuation import value_of

#: The part of the plan's value that an alternative may be short of.
WITHIN: Final = Fraction(1, 100)
#: How far from the furthest the search may stop, and after how many nodes it does.
NEAR: Final = 0.1
NODES: Final = 50
#: Proposals that may change sides: in a large problem those about which the prices are least sure.
MOVABLE: Final = 400


@dataclass(frozen=True, slots=True)
class Alternative:
    """A choice, its value, and how it differs from the plan."""

    amounts: Amounts
    value: Fraction
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]

    @property
    def given(self) -> Cents:
        return sum(self.amounts.values())


def alternatives(problem: Problem, plan: Plan, *, count: int = 3, within: Fraction = WITHIN) -> tuple[Alternative, ...]:
    """Up to ``count`` others, fewer where there are no more within the value."""
    if not plan.amounts:
        return ()
    relaxation = relax(lay_out(problem))
    if relaxation is None:
        return ()
    least = plan.value * (1 - within)
    seen: list[Amounts] = [plan.amounts]
    found = []
    for _ in range(count):
        amounts = _furthest(relaxation, seen, float(least))
        settled = settle(problem, amounts) if amounts else None
        if settled is None or not is_allowed(problem, settled):
            break
        value = value_of(problem, settled)
        if value < least or any(set(settled) == set(other) for other in seen):
            break
        seen.append(settled)
        found.append(
            Alternative(
                settled,
                value,
                comes_in=tuple(each for each in settled if each not in plan.amounts),
                goes_out=tuple(each for each in plan.amounts if each not in settled),
            )
        )
    return tuple(found)


def _furthest(relaxation: Relaxation, seen: list[Amounts], least: float) -> dict[str, Cents] | None:
    """A choice worth ``least`` that leaves out as many as can be of what is funded in each of those seen."""
    built = relaxation.programme
    layout = built.layout
    solver = built.solver(whole=True)
    value = np.flatnonzero(built.cost).astype(np.int32)
    # A hair more than is asked, so that the exact value is not a hair less.
    solver.addRow(least * layout.scale * (1 + 1e-9), np.inf, len(value), value, built.cost[value])
    solver.changeColsCost(
        built.columns.count, np.arange(built.columns.count, dtype=np.int32), np.zeros_like(built.cost)
    )
    solver.addVar(0.0, float(max(len(each) for each in seen)))
    solver.changeColCost(built.columns.count, 1.0)
    for other in seen:
        places = np.flatnonzero(layout.parts(other) > 0)
        row = np.append(places, built.columns.count).astype(np.int32)
        solver.addRow(-np.inf, float(len(places)), len(row), row, np.ones(len(row)))
    _hold_the_sure(relaxation, solver, seen[0])
    solver.setOptionValue("mip_rel_gap", NEAR)
    solver.setOptionValue("mip_max_nodes", NODES)
    given = highspy.HighsSolution()
    given.col_value = [*as_solution(built, seen[0]), 0.0]
    solver.setSolution(given)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    solution = np.array(solver.getSolution().col_value)[: built.columns.count]
    return layout.amounts(np.where(built.columns.choices(solution) > 0.5, built.columns.parts(solution), 0.0))


def _hold_the_sure(relaxation: Relaxation, solver: "highspy._core._Highs", amounts: Amounts) -> None:
    layout = relaxation.programme.layout
    if layout.size <= MOVABLE:
        return
    sure = np.flatnonzero((relaxation.regret > np.sort(relaxation.regret)[MOVABLE]) & layout.free)
    pin(solver, sure, (layout.parts(amounts)[sure] > 0).astype(np.float64))
