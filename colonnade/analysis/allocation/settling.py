"""From the solver's numbers to a choice in cents that keeps every rule exactly, and wastes nothing."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import highspy
import numpy as np

from colonnade.analysis.allocation.problem import Amounts, Cents, Kind, Measure, Problem
from colonnade.analysis.allocation.rules import Tally, is_allowed, without_nothing
from colonnade.analysis.allocation.valuation import Cover

#: Cents by which an amount may be moved so that every rule holds to the cent.
REACH: Final = 1_000


def settle(problem: Problem, amounts: Mapping[str, Cents]) -> dict[str, Cents] | None:
    """The choice with as few cents moved as possible so that it keeps the rules; ``None`` where that cannot be done."""
    if is_allowed(problem, amounts):
        return without_nothing(amounts)
    open_ones = [each for each in sorted(amounts) if not problem.by_id[each].all_or_nothing]
    if not open_ones:
        return None
    moved = _cents_to_move(problem, amounts, open_ones)
    if moved is None:
        return None
    settled = {each: given + moved.get(each, 0) for each, given in amounts.items()}
    return without_nothing(settled) if is_allowed(problem, settled) else None


def _cents_to_move(problem: Problem, amounts: Amounts, open_ones: list[str]) -> dict[str, Cents] | None:
    """Whole cents up (the first columns) and down (the others), the fewest that mend every rule of money."""
    solver = highspy._core._Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    count = len(open_ones)
    for sign in (1, -1):
        for each in open_ones:
            proposal = problem.by_id[each]
            reach = proposal.cost - amounts[each] if sign > 0 else amounts[each] - proposal.least
            solver.addVar(0.0, float(min(REACH, reach)))
    for place in range(2 * count):
        solver.changeColCost(place, 1.0)
        solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    places = np.arange(2 * count, dtype=np.int32)
    whole, tally = sum(amounts.values()), Tally(problem, amounts)
    for rule in problem.rules:
        if rule.kind in (Kind.MUST_HAVE, Kind.EXCLUSION) or rule.measure is Measure.PROPOSALS:
            continue
        members = [Fraction(rule.concerns(problem.by_id[each])) for each in open_ones]
        room: Cents | Fraction = tally.part(rule) - rule.bound * (whole if rule.measure is Measure.SHARE else 1)
        if rule.measure is Measure.SHARE:
            members = [member - rule.bound for member in members]
        values = np.array([float(member) for member in members])
        row = np.concatenate([values, -values])
        low, high = (-float(room), np.inf) if rule.kind is Kind.FLOOR else (-np.inf, -float(room))
        solver.addRow(low, high, 2 * count, places, row)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    moved = [round(value) for value in solver.getSolution().col_value]
    return {each: moved[at] - moved[count + at] for at, each in enumerate(open_ones)}


def polish(problem: Problem, amounts: Amounts) -> dict[str, Cents]:
    """Take back what meets nothing that is not met without it; give what is left to what still meets something."""
    chosen, cover, tally = dict(amounts), Cover(problem, amounts), Tally(problem, amounts)
    for each in sorted(chosen, key=lambda proposal: (-amounts[proposal], proposal)):
        proposal, given = problem.by_id[each], chosen[each]
        idle = each not in problem.must_haves and not cover.would_add(proposal, -given)
        if idle and not tally.would_break(proposal, -given):
            cover.give(proposal, -given)
            tally.give(proposal, -given)
            del chosen[each]
    waiting = [each for each in problem.proposals if each.id not in chosen and each.id not in problem.excluded]
    waiting = [each for each in waiting if not tally.would_break(each, each.least)]
    adds = {each.id: cover.would_add(each, each.cost) / each.cost for each in waiting}
    for proposal in sorted(waiting, key=lambda each: (-adds[each.id], each.id)):
        for given in (proposal.cost, proposal.least):
            if not tally.would_break(proposal, given) and cover.would_add(proposal, given) > 0:
                cover.give(proposal, given)
                tally.give(proposal, given)
                chosen[proposal.id] = given
                break
    return without_nothing(chosen)
