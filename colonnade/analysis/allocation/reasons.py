"""Why a proposal was left out, as what would have to change. Each statement is one that can be tried.

What is added to the plan as it stands is compared with the rules, exactly; what the best plan with the proposal in it
could be worth follows from the plan's prices for all proposals at once, and is searched for those that are asked about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from colonnade.analysis.allocation.checker import bounds_when_forced
from colonnade.analysis.allocation.conflicts import conflicting
from colonnade.analysis.allocation.plan import Contradiction, Plan
from colonnade.analysis.allocation.problem import Kind, Problem, Rule
from colonnade.analysis.allocation.rules import Breach, Tally
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.valuation import Cover


class Why(StrEnum):
    """The kind of reason."""

    EXCLUDED = "excluded"
    MEETS_NOTHING = "meets_nothing"  # no need that has any weight and is unmet
    ALREADY_MET = "already_met"  # nothing that the plan does not meet without it
    NO_ROOM = "no_room"  # adding it would break rules, and nothing that is given is worth less
    CANNOT = "cannot"  # no choice that keeps the rules has it


@dataclass(frozen=True, slots=True)
class Forced:
    """The best plan that funds the proposal: what it is worth less, who comes in, goes out and gets less for it."""

    less: Fraction
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]
    gets_less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one proposal was left out.

    ``adds`` is what its smallest sum would add to the plan as it stands; ``in_the_way`` are the rules that this would
    break, each with the bound at which it would not. ``less_at_least`` is what any plan with the proposal is worth less
    than this one's bound allows, proven by its prices; nought says nothing. ``forced`` is that plan, where it was
    searched for; ``conflict`` are the rules that keep it out of every choice.
    """

    proposal: str
    why: Why
    adds: Fraction = Fraction(0)
    in_the_way: tuple[Breach, ...] = ()
    less_at_least: Fraction = Fraction(0)
    forced: Forced | None = None
    conflict: tuple[Rule, ...] = ()
    because: str = ""


def reasons(problem: Problem, plan: Plan, *, force: Iterable[str] = ()) -> tuple[Reason, ...]:
    """The reason of every proposal that the plan leaves out, those to ``force`` with the best plan that has them."""
    asked = set(force)
    out = [each for each in problem.proposals if each.id not in plan.amounts]
    cover = Cover(problem, plan.amounts)
    most = bounds_when_forced(problem, plan, [each.id for each in out if each.id not in problem.excluded])
    because = {rule.code: rule.because for rule in problem.rules if rule.kind is Kind.EXCLUSION}
    worth = {need.id for need in problem.needs if need.value}
    tally = Tally(problem, plan.amounts)
    found = []
    for proposal in out:
        if proposal.id in because:
            found.append(Reason(proposal.id, Why.EXCLUDED, because=because[proposal.id]))
            continue
        adds = cover.would_add(proposal, proposal.least)
        less = max(Fraction(0), plan.value - most[proposal.id])
        why = Why.NO_ROOM if adds else Why.ALREADY_MET
        if not any(need in worth for need, _ in proposal.meets):
            why = Why.MEETS_NOTHING
        reason = Reason(proposal.id, why, adds, tally.would_break(proposal, proposal.least), less)
        found.append(_forced(problem, plan, reason) if proposal.id in asked else reason)
    return tuple(found)


def _forced(problem: Problem, plan: Plan, reason: Reason) -> Reason:
    best = solve(problem.demanding(reason.proposal), explain=False)
    if isinstance(best, Contradiction):
        conflict = conflicting(problem, [Rule(Kind.MUST_HAVE, reason.proposal)])
        return replace(reason, why=Why.CANNOT, conflict=conflict)
    forced = Forced(
        plan.value - best.value,
        comes_in=tuple(each for each in best.amounts if each not in plan.amounts),
        goes_out=tuple(each for each in plan.amounts if each not in best.amounts),
        gets_less=tuple(each for each, sum_ in plan.amounts.items() if 0 < best.amounts.get(each, 0) < sum_),
    )
    return replace(reason, forced=forced)
