"""``solve``: from a problem to a plan with its proof, or to the rules that contradict each other.

Same input, same answer: proposals, needs and rules stand sorted, the solver runs in one thread, and no clock decides.
"""

from fractions import Fraction
from typing import Final

import numpy as np

from colonnade.analysis.allocation.certifying import certify
from colonnade.analysis.allocation.conflicts import contradiction
from colonnade.analysis.allocation.layout import Floats, lay_out
from colonnade.analysis.allocation.model import Programme
from colonnade.analysis.allocation.plan import Answer, Certificate, Contradiction, Plan
from colonnade.analysis.allocation.problem import Amounts, Problem, Rule
from colonnade.analysis.allocation.relaxing import relax
from colonnade.analysis.allocation.rules import breaches, is_allowed
from colonnade.analysis.allocation.searching import search
from colonnade.analysis.allocation.settling import polish, settle
from colonnade.analysis.allocation.valuation import value_of

#: How often a row is tightened because its rule was missed by less than a cent.
TRIES: Final = 5
#: What the solver's bound is raised by: its arithmetic, relative.
SAFE: Final = Fraction(1, 10**9)


class NotSettled(RuntimeError):
    """The solver's numbers could not be turned into cents that keep every rule. Never seen; said rather than hidden."""


def solve(problem: Problem, *, start: Amounts | None = None, explain: bool = True) -> Answer:
    """The best choice within the promised gap. ``start`` is a choice to be at least as good as.

    Where no choice keeps all rules, those that contradict each other; with ``explain`` off, without looking for them.
    """
    if not problem.proposals:
        return _nothing_to_choose(problem, explain=explain)
    known = dict(start) if start is not None and is_allowed(problem, start) else None
    margins: dict[Rule, float] = {}
    for _ in range(TRIES):
        relaxation = relax(lay_out(problem), margins)
        if relaxation is None:
            break
        found = search(relaxation, None if known is None else as_solution(relaxation.programme, known))
        if found.solution is None:
            break
        parts = relaxation.programme.columns.parts(found.solution)
        chosen = np.where(relaxation.programme.columns.choices(found.solution) > 0.5, parts, 0.0)
        rounded = relaxation.programme.layout.amounts(chosen)
        settled = settle(problem, rounded)
        if settled is None:
            for breach in breaches(problem, rounded):
                margins[breach.rule] = margins.get(breach.rule, 0.0) + 1e-6
            continue
        best = polish(problem, settled)
        if known is not None and value_of(problem, known) > value_of(problem, best):
            best = known
        value = value_of(problem, best)
        bound = Fraction(f"{found.bound / relaxation.programme.layout.scale:.12g}") * (1 + SAFE)
        return Plan(best, value, max(value, bound), certify(relaxation))
    else:
        raise NotSettled("the choice found breaks a rule by less than a cent, and none near it keeps them all")
    return contradiction(problem) if explain else Contradiction(())


def _nothing_to_choose(problem: Problem, *, explain: bool) -> Answer:
    if breaches(problem, {}):
        return contradiction(problem) if explain else Contradiction(())
    return Plan({}, Fraction(0), Fraction(0), Certificate({}, {}))


def as_solution(built: Programme, amounts: Amounts) -> Floats:
    """A choice as the columns of the programme."""
    layout, columns = built.layout, built.columns
    parts = layout.parts(amounts)
    solution = np.zeros(columns.count)
    solution[: layout.size] = parts > 0
    solution[columns.proposals : columns.first_need] = (parts > 0)[columns.divisible] - parts[columns.divisible]
    for need in columns.often:
        profile = layout.profiles[need]
        solution[columns.met[need]] = min(1.0, float(profile.shares @ parts[profile.places]))
    return solution
