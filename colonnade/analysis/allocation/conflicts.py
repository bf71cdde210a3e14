"""Which rules contradict each other, and what would mend it.

A smallest set by divide and conquer (QuickXplain, Junker 2004): without any one of its rules the others can be kept.
Needs do not matter here, so each question is a small one.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

import highspy
import numpy as np

from colonnade.analysis.allocation.layout import lay_out
from colonnade.analysis.allocation.model import programme
from colonnade.analysis.allocation.plan import Contradiction, Mend
from colonnade.analysis.allocation.problem import Kind, Measure, Problem, Rule
from colonnade.analysis.allocation.rules import breaches

#: Rules whose bound is a number that could be another.
_WITH_BOUND: Final = (Kind.BUDGET, Kind.CEILING, Kind.FLOOR)


def contradiction(problem: Problem) -> Contradiction:
    """The rules of a problem that cannot all be kept, and for each with a bound the nearest that mends everything."""
    rules = conflicting(problem)
    mends = (nearest_bound(problem, rule) for rule in rules if rule.kind in _WITH_BOUND)
    return Contradiction(rules, tuple(mend for mend in mends if mend is not None))


def conflicting(problem: Problem, demanded: Sequence[Rule] = ()) -> tuple[Rule, ...]:
    """A smallest set of the problem's rules that cannot be kept with those ``demanded``; none, where all can."""
    bare = replace(problem, needs=())
    everything = bare.with_rules((*problem.rules, *demanded))
    torn = sorted(everything.must_haves & everything.excluded)[:1]
    if torn:  # the plainest answer
        return tuple(rule for rule in problem.rules if rule.field is None and rule.code in torn)
    if can_be_kept(everything):
        return ()
    found = _explain(bare, list(demanded), changed=bool(demanded), rules=list(problem.rules))
    return tuple(rule for rule in problem.rules if rule in found)


def _explain(problem: Problem, background: list[Rule], *, changed: bool, rules: list[Rule]) -> list[Rule]:
    if changed and not can_be_kept(problem.with_rules(background)):
        return []
    if len(rules) == 1:
        return rules
    middle = len(rules) // 2
    first, second = rules[:middle], rules[middle:]
    of_second = _explain(problem, background + first, changed=bool(first), rules=second)
    of_first = _explain(problem, background + of_second, changed=bool(of_second), rules=first)
    return of_first + of_second


def can_be_kept(problem: Problem) -> bool:
    """Whether some choice keeps all rules of the problem."""
    if any(rule.kind is Kind.MUST_HAVE and rule.code in problem.excluded for rule in problem.rules):
        return False
    if not problem.proposals:
        return all(
            rule.kind is not Kind.FLOOR or not rule.bound or rule.measure is Measure.SHARE for rule in problem.rules
        )
    solver = programme(lay_out(replace(problem, needs=()))).solver(whole=True)
    solver.run()
    return solver.getModelStatus() not in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    )


def nearest_bound(problem: Problem, rule: Rule) -> Mend | None:
    """The bound nearest to the rule's own at which every rule can be kept; ``None`` where no bound mends it.

    For a share, the best share that the other rules allow is given to a tenth of a per cent, on the safe side.
    """
    if rule.measure is Measure.SHARE:
        return _nearest_share(problem, rule)
    others = replace(problem, needs=()).without(rule)
    if not problem.proposals or any(each in problem.excluded for each in problem.must_haves):
        return None
    layout = lay_out(others)
    built = programme(layout)
    solver = built.solver(whole=True)
    own = programme(lay_out(replace(problem, needs=()).with_rules([rule])))
    first, last = own.rows.starts[0], own.rows.starts[1] if len(own.rows) > 1 else len(own.rows.places)
    for place, value in zip(own.rows.places[first:last], own.rows.values[first:last], strict=True):
        solver.changeColCost(place, value)
    floor = rule.kind is Kind.FLOOR
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize if floor else highspy.ObjSense.kMinimize)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = np.array(solver.getSolution().col_value)
    chosen = np.where(built.columns.choices(solution) > 0.5, built.columns.parts(solution), 0.0)
    amounts = layout.amounts(chosen)
    members = [given for each, given in amounts.items() if rule.concerns(problem.by_id[each])]
    reached = len(members) if rule.measure is Measure.PROPOSALS else sum(members)
    return Mend(rule, reached)


def _nearest_share(problem: Problem, rule: Rule) -> Mend | None:
    floor = rule.kind is Kind.FLOOR
    steps = Fraction(1, 1000)
    low, high = (Fraction(0), Fraction(rule.bound)) if floor else (Fraction(rule.bound), Fraction(1))
    kept, broken = (low, high) if floor else (high, low)
    if not can_be_kept(problem.relaxed({rule: kept})):
        return None
    while abs(kept - broken) > steps:
        middle = Fraction(round((kept + broken) / 2 / steps)) * steps
        if middle in (kept, broken):
            break
        if _is_kept(problem.relaxed({rule: middle})):
            kept = middle
        else:
            broken = middle
    return Mend(rule, kept)


def _is_kept(problem: Problem) -> bool:
    """Whether the solver finds a choice that keeps all rules to the cent: within its tolerance a small sum may seem to
    keep a share that it does not."""
    layout = lay_out(replace(problem, needs=()))
    built = programme(layout)
    solver = built.solver(whole=True)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return False
    solution = np.array(solver.getSolution().col_value)
    chosen = np.where(built.columns.choices(solution) > 0.5, built.columns.parts(solution), 0.0)
    return not breaches(problem, layout.amounts(chosen))
