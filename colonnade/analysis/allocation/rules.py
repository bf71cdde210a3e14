"""Whether a choice keeps the rules, exactly, and what it makes of each.

A share is of all that is given: a choice that gives nothing keeps every share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from colonnade.analysis.allocation.problem import Amounts, Cents, Kind, Measure, Problem, Proposal, Rule


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a choice breaks, and what the choice makes of it: the bound at which it would keep the rule."""

    rule: Rule
    found: Cents | Fraction

    @property
    def excess(self) -> Cents | Fraction:
        """How far the bound would have to move, in the measure of the rule."""
        return abs(self.found - self.rule.bound)


@dataclass(frozen=True, slots=True)
class Misfit:
    """An amount that a proposal cannot use: more than its cost, or less than its smallest partial sum."""

    proposal: Proposal
    amount: Cents


def found(rule: Rule, problem: Problem, amounts: Amounts) -> Cents | Fraction:
    """The sum, share or number of proposals that the rule's bound is held against."""
    members = [given for proposal, given in amounts.items() if rule.concerns(problem.by_id[proposal])]
    if rule.measure is Measure.PROPOSALS:
        return sum(given > 0 for given in members)
    if rule.measure is Measure.SHARE:
        whole = sum(amounts.values())
        return Fraction(sum(members), whole) if whole else Fraction(rule.bound)
    return sum(members)


def is_kept(rule: Rule, problem: Problem, amounts: Amounts) -> bool:
    """Whether the choice keeps the rule."""
    if rule.kind is Kind.EXCLUSION:
        return not amounts.get(rule.code)
    if rule.kind is Kind.MUST_HAVE:
        return bool(amounts.get(rule.code))
    met = found(rule, problem, amounts)
    return met >= rule.bound if rule.kind is Kind.FLOOR else met <= rule.bound


def breaches(problem: Problem, amounts: Amounts) -> tuple[Breach, ...]:
    """Every rule that the choice breaks, in the order of the problem's rules."""
    return tuple(
        Breach(rule, found(rule, problem, amounts)) for rule in problem.rules if not is_kept(rule, problem, amounts)
    )


def misfits(problem: Problem, amounts: Amounts) -> tuple[Misfit, ...]:
    """Every amount that its proposal cannot use."""
    given = {problem.by_id[proposal]: amount for proposal, amount in sorted(amounts.items())}
    return tuple(
        Misfit(proposal, amount)
        for proposal, amount in given.items()
        if amount and not proposal.least <= amount <= proposal.cost
    )


def is_allowed(problem: Problem, amounts: Amounts) -> bool:
    """Whether the choice keeps every rule and gives only what can be used."""
    return not misfits(problem, amounts) and all(is_kept(rule, problem, amounts) for rule in problem.rules)


def without_nothing(amounts: Mapping[str, Cents]) -> dict[str, Cents]:
    """The choice in the order of its proposals, without those that are given nothing."""
    return {proposal: given for proposal, given in sorted(amounts.items()) if given}
