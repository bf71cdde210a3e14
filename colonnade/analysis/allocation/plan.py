"""What is answered: a plan with its proof, or the rules that contradict each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from colonnade.analysis.allocation.problem import Amounts, Cents, Rule


@dataclass(frozen=True, slots=True)
class NeedPrice:
    """One inequality of a need (:mod:`.covers`) and how much of the need's value rests on it.

    ``whole`` and ``least`` name the proposals of the set S, ``capped`` those outside that count by what is missing.
    """

    weight: Fraction
    whole: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    capped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices from which anyone can compute a bound with a pencil (:mod:`.checker`); no search has to be believed.

    ``rules`` is what one unit of a rule's bound is worth: a currency unit, or a proposal. A need that is not in
    ``needs`` rests on its plain inequality with all its value.
    """

    rules: Mapping[str, Fraction]
    needs: Mapping[str, tuple[NeedPrice, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A choice that keeps the rules, what it is worth, and what no choice can exceed."""

    amounts: Amounts
    value: Fraction
    bound: Fraction
    certificate: Certificate

    @property
    def given(self) -> Cents:
        return sum(self.amounts.values())

    @property
    def gap(self) -> Fraction:
        """How far the bound lies above the value, as a part of the value."""
        if self.bound <= self.value:
            return Fraction(0)
        return (self.bound - self.value) / self.value if self.value else Fraction(1)


@dataclass(frozen=True, slots=True)
class Mend:
    """The nearest bound of a rule with which, all others as they are, there is a choice that keeps them."""

    rule: Rule
    bound: Cents | Fraction


@dataclass(frozen=True, slots=True)
class Contradiction:
    """No choice keeps all rules. Without any one of these ``rules`` the others of them can be kept."""

    rules: tuple[Rule, ...]
    mends: tuple[Mend, ...] = ()


Answer = Plan | Contradiction
