"""What a choice is worth: of every need the part that is met, counted once however often it is met.

Exact, so that two choices compare as they are and not as they were rounded.
"""

from collections.abc import Mapping
from fractions import Fraction

from colonnade.analysis.allocation.problem import Amounts, Cents, Problem, Proposal


class Cover:
    """How far the needs are met by what has been given so far."""

    def __init__(self, problem: Problem, amounts: Amounts | None = None) -> None:
        self._value = {need.id: need.value for need in problem.needs}
        self._met: dict[str, Fraction] = {}
        for proposal, given in (amounts or {}).items():
            self._give(problem.by_id[proposal], given)

    @property
    def value(self) -> Fraction:
        """Weight times unmet times the part that is met, over all needs."""
        return sum((self._value[need] * min(Fraction(1), met) for need, met in self._met.items()), Fraction(0))

    def part_met(self, need: str) -> Fraction:
        """The part, 0 to 1, of what was unmet of the need that is met now."""
        return min(Fraction(1), self._met.get(need, Fraction(0)))

    def would_add(self, proposal: Proposal, given: Cents) -> Fraction:
        """What giving this much more to the proposal adds; below nought for taking away."""
        part = Fraction(given, proposal.cost)
        added = Fraction(0)
        for need, share in proposal.meets:
            before = self._met.get(need, Fraction(0))
            added += self._value[need] * (min(Fraction(1), before + share * part) - min(Fraction(1), before))
        return added

    def give(self, proposal: Proposal, given: Cents) -> None:
        """Give the proposal this much more."""
        self._give(proposal, given)

    def _give(self, proposal: Proposal, given: Cents) -> None:
        part = Fraction(given, proposal.cost)
        for need, share in proposal.meets:
            self._met[need] = self._met.get(need, Fraction(0)) + share * part


def value_of(problem: Problem, amounts: Amounts) -> Fraction:
    """What the choice is worth."""
    return Cover(problem, amounts).value


def parts_met(problem: Problem, amounts: Amounts) -> Mapping[str, Fraction]:
    """By need, the part of what was unmet that the choice meets."""
    cover = Cover(problem, amounts)
    return {need.id: cover.part_met(need.id) for need in problem.needs}
