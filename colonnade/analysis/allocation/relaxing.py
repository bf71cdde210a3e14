"""The relaxed programme: its bound, strengthened round by round, and the prices that go with it.

Prices are dual values: what a dollar more, or a place more, would be worth; and how much of a need's value is explained
by each of its inequalities. From them follows for every proposal what leaving it out, or taking it in, would cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from colonnade.analysis.allocation.covers import Covers, Cut
from colonnade.analysis.allocation.layout import Floats, Layout
from colonnade.analysis.allocation.model import Programme, Rows, programme
from colonnade.analysis.allocation.problem import Rule

#: Rounds of further inequalities at most, and the part of the bound that a round must take away to be followed by one.
ROUNDS: Final = 20
WORTHWHILE: Final = 3e-6


@dataclass(frozen=True)
class Relaxation:
    """What the relaxed programme says; ``None`` stands for it where even that has no solution.

    ``profit`` is what funding a proposal earns at these prices, at the part that is best for it: above nought it
    belongs in. ``of_part`` is what the next part of it earns. All in units of the model's objective.
    """

    programme: Programme
    bound: float
    choices: Floats
    parts: Floats
    rule_prices: Floats
    cut_prices: Floats
    profit: Floats
    of_part: Floats

    @property
    def regret(self) -> Floats:
        """What deciding otherwise than the prices say costs at least, by proposal."""
        return np.where(self.programme.layout.free, np.abs(self.profit), np.inf)


def relax(layout: Layout, margins: Mapping[Rule, float] | None = None) -> Relaxation | None:
    """Solve the relaxed programme, adding broken inequalities until that no longer pays."""
    found = _strengthen(programme(layout, margins=margins))
    return None if found is None else _price(programme(layout, found, margins))


def _strengthen(built: Programme) -> list[Cut] | None:
    """The inequalities beside the plain ones that the relaxed optimum rests on."""
    layout = built.layout
    columns = built.columns
    solver = built.solver(whole=False)
    covers = Covers(layout.profiles, layout.least)
    cuts: list[Cut] = []
    before = np.inf
    for _ in range(ROUNDS):
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        bound = solver.getInfo().objective_function_value
        if before - bound < WORTHWHILE * abs(bound):
            break
        before = bound
        solution = np.array(solver.getSolution().col_value)
        met = np.zeros(len(layout.profiles))
        met[columns.often] = solution[columns.first_need :]
        further = covers.broken(columns.parts(solution), columns.choices(solution), met)
        if not further:
            break
        rows = Rows(columns)
        for cut in further:
            rows.add_cut(cut)
        rows.to(solver)
        cuts += further
    # Rows that were added after the last run have no value yet.
    solver.run()
    ends = np.array(solver.getSolution().row_value)[len(built.rows) :]
    return [cut for cut, end in zip(cuts, ends, strict=True) if end >= cut.constant - 1e-6]


def _price(built: Programme) -> Relaxation:
    """Prices from the middle of the optimal ones: an interior point, from which no corner is chosen.

    At a corner most proposals seem to cost nothing either way, though others of the same prices tell them apart.
    """
    columns, layout = built.columns, built.layout
    solver = built.solver(whole=False)
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:  # the corner then has to do
        solver.setOptionValue("solver", "simplex")
        solver.run()
    solution = solver.getSolution()
    values, reduced, duals = (np.array(each) for each in (solution.col_value, solution.col_dual, solution.row_dual))
    links = duals[built.first_link : built.first_cut]
    full = built.kept_back_fully()
    profit, of_part = reduced[: layout.size].copy(), np.zeros(layout.size)
    keeping_back = reduced[layout.size : columns.first_need] + links
    profit[columns.divisible] += full * (np.maximum(0.0, keeping_back) - links)
    of_part[columns.divisible] = -keeping_back
    return Relaxation(
        programme=built,
        bound=float(solver.getInfo().objective_function_value),
        choices=columns.choices(values),
        parts=columns.parts(values),
        rule_prices=duals[: built.first_link],
        cut_prices=np.maximum(0.0, duals[built.first_cut :]),
        profit=profit,
        of_part=of_part,
    )
