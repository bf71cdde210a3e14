"""Whether a choice keeps the rules, exactly, and what it makes of each.

A share is of all that is given: a choice that gives nothing keeps every share.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from colonnade.analysis.allocation.problem import (
    EVERYTHING,
    Amounts,
    Cents,
    Field,
    Kind,
    Measure,
    Problem,
    Proposal,
    Rule,
)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a choice breaks, and what the choice makes of it: the bound at which it would keep the rule."""

    rule: Rule
    found: Cents | Fraction


@dataclass(frozen=True, slots=True)
class Misfit:
    """An amount that a proposal cannot use: more than its cost, or less than its smallest partial sum."""

    proposal: Proposal
    amount: Cents


def breaches(problem: Problem, amounts: Amounts) -> tuple[Breach, ...]:
    """Every rule that the choice breaks, in the order of the problem's rules."""
    broken = {breach.rule: breach for breach in Tally(problem, amounts).broken()}
    for rule in problem.rules:
        given = amounts.get(rule.code, 0)
        if (rule.kind is Kind.EXCLUSION and given) or (rule.kind is Kind.MUST_HAVE and not given):
            broken[rule] = Breach(rule, given)
    return tuple(broken[rule] for rule in problem.rules if rule in broken)


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
    return not misfits(problem, amounts) and not breaches(problem, amounts)


def without_nothing(amounts: Mapping[str, Cents]) -> dict[str, Cents]:
    """The choice in the order of its proposals, without those that are given nothing."""
    return {proposal: given for proposal, given in sorted(amounts.items()) if given}


class Tally:
    """What a choice makes of each rule, kept so that one proposal more, or less, is held against them quickly."""

    def __init__(self, problem: Problem, amounts: Amounts) -> None:
        limits = [rule for rule in problem.rules if rule.kind not in (Kind.MUST_HAVE, Kind.EXCLUSION)]
        self._whole = 0
        self._part: dict[Rule, Cents] = dict.fromkeys(limits, 0)
        self._shares = [rule for rule in limits if rule.measure is Measure.SHARE]
        self._concerning: dict[tuple[Field | None, str], list[Rule]] = {}
        for rule in limits:
            if rule.measure is not Measure.SHARE:
                self._concerning.setdefault((rule.field, rule.code), []).append(rule)
        for name, given in amounts.items():
            if given:
                self.give(problem.by_id[name], given)

    def would_break(self, proposal: Proposal, given: Cents) -> tuple[Breach, ...]:
        """The rules that giving this to a proposal that has nothing would break; below nought, taking it away."""
        broken = []
        whole = self._whole + given
        for rule in self._concerned(proposal):
            breach = _held(rule, self._part[rule] + self._moves(rule, proposal, given), whole)
            if breach is not None:
                broken.append(breach)
        return tuple(broken)

    def part(self, rule: Rule) -> Cents:
        """The cents, or proposals, that have been counted towards a ceiling or floor."""
        return self._part[rule]

    def broken(self) -> Iterator[Breach]:
        """The ceilings and floors that what has been counted breaks."""
        for rule, part in self._part.items():
            breach = _held(rule, part, self._whole)
            if breach is not None:
                yield breach

    def give(self, proposal: Proposal, given: Cents) -> None:
        """Count it in."""
        for rule in self._concerned(proposal):
            self._part[rule] += self._moves(rule, proposal, given)
        self._whole += given

    def _concerned(self, proposal: Proposal) -> Iterator[Rule]:
        yield from self._concerning.get((None, EVERYTHING), ())
        for field in Field:
            if proposal.code(field):
                yield from self._concerning.get((field, proposal.code(field)), ())
        yield from self._shares

    @staticmethod
    def _moves(rule: Rule, proposal: Proposal, given: Cents) -> Cents:
        if not rule.concerns(proposal):
            return 0
        return given if rule.measure is not Measure.PROPOSALS else 1 if given > 0 else -1


def _held(rule: Rule, part: Cents, whole: Cents) -> Breach | None:
    """What is given, or how many are funded, of ``whole`` held against a ceiling or floor."""
    met: Cents | Fraction = part
    if rule.measure is Measure.SHARE:
        met = Fraction(part, whole) if whole else Fraction(rule.bound)
    short = met < rule.bound if rule.kind is Kind.FLOOR else met > rule.bound
    return Breach(rule, met) if short else None
