"""What is asked: proposals, the needs that they meet, and the rules that a choice among them keeps.

Money is whole cents (``int``), weights and shares are exact (``Fraction``). Order carries no meaning: proposals, needs
and rules stand sorted, so that a file with its lines in another order has the same answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final, Self

Cents = int
#: What a choice gives, in cents, by proposal; a proposal that is given nothing does not stand in it.
Amounts = Mapping[str, Cents]

#: The code of a rule that concerns every proposal.
EVERYTHING: Final = ""


class Field(StrEnum):
    """What proposals are grouped by."""

    GROUP = "group"
    ENTITY = "entity"
    PILLAR = "pillar"
    REGION = "region"


class Kind(StrEnum):
    """What a rule demands."""

    BUDGET = "budget"  # all that is given is at most this
    CEILING = "ceiling"  # what is given to one group, entity, pillar or region is at most this
    FLOOR = "floor"  # what is given to one of them is at least this
    MUST_HAVE = "must_have"  # the proposal is funded, with its smallest partial sum at least
    EXCLUSION = "exclusion"  # the proposal is not funded


class Measure(StrEnum):
    """What a bound counts."""

    SUM = "sum"  # cents
    SHARE = "share"  # a part, 0 to 1, of all that is given
    PROPOSALS = "proposals"  # funded proposals


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a proposal can meet. ``unmet`` is the part, 0 to 1, that nobody meets today."""

    id: str
    weight: Fraction
    unmet: Fraction
    title: str = ""

    @property
    def value(self) -> Fraction:
        """What meeting all that is unmet of it is worth."""
        return self.weight * self.unmet


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to fund. ``least`` is the smallest partial sum that it can use; its cost, where it is all or nothing.

    ``meets`` names needs with the share, above 0 and up to 1, of each that the proposal meets when it is given all that
    it costs. A partial sum meets its part of that.
    """

    id: str
    cost: Cents
    least: Cents
    meets: tuple[tuple[str, Fraction], ...]
    title: str = ""
    group: str = ""
    entity: str = ""
    pillar: str = ""
    region: str = ""

    @property
    def all_or_nothing(self) -> bool:
        return self.least == self.cost

    def belongs_to(self, field: Field, code: str) -> bool:
        """Whether its group, entity, pillar or region is the one with this code."""
        return bool(code) and self.code(field) == code

    def code(self, field: Field) -> str:
        """Its group, entity, pillar or region; empty where it has none."""
        code: str = getattr(self, field.value)
        return code


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a choice keeps. ``code`` names a proposal (must-have, exclusion) or a value of ``field``."""

    kind: Kind
    code: str = EVERYTHING
    field: Field | None = None
    measure: Measure = Measure.SUM
    bound: Cents | Fraction = 0
    because: str = ""

    @property
    def key(self) -> str:
        """Its name in files: ``budget``, ``floor:pillar:III:share``, ``must_have:P7``."""
        if self.kind is Kind.BUDGET:
            return self.kind.value
        if self.field is None:
            return f"{self.kind.value}:{self.code}"
        return f"{self.kind.value}:{self.field.value}:{self.code}:{self.measure.value}"

    def concerns(self, proposal: Proposal) -> bool:
        """Whether what is given to the proposal counts towards the bound."""
        if self.kind is Kind.BUDGET:
            return True
        if self.field is None:
            return proposal.id == self.code
        return proposal.belongs_to(self.field, self.code)


class UnsoundProblem(ValueError):
    """Proposals and needs that do not fit together. Files are refused before it comes to this."""


@dataclass(frozen=True)
class Problem:
    """Everything that an answer rests on."""

    proposals: tuple[Proposal, ...]
    needs: tuple[Need, ...]
    rules: tuple[Rule, ...]
    title: str = ""
    currency: str = "USD"

    @classmethod
    def of(
        cls,
        *,
        proposals: Iterable[Proposal],
        needs: Iterable[Need],
        rules: Iterable[Rule],
        title: str = "",
        currency: str = "USD",
    ) -> Self:
        """The problem with everything in its order. Raises :class:`UnsoundProblem` where its parts do not fit."""
        proposals, needs = tuple(proposals), tuple(needs)
        _sound(proposals, needs)
        return cls(
            proposals=tuple(
                replace(each, meets=tuple(sorted(each.meets))) for each in sorted(proposals, key=lambda each: each.id)
            ),
            needs=tuple(sorted(needs, key=lambda each: each.id)),
            rules=tuple(sorted(rules, key=_rank)),
            title=title,
            currency=currency,
        )

    @cached_property
    def by_id(self) -> Mapping[str, Proposal]:
        """Its proposals."""
        return {each.id: each for each in self.proposals}

    @cached_property
    def excluded(self) -> frozenset[str]:
        """Proposals that a rule keeps out."""
        return frozenset(rule.code for rule in self.rules if rule.kind is Kind.EXCLUSION)

    @cached_property
    def must_haves(self) -> frozenset[str]:
        """Proposals that a rule keeps in."""
        return frozenset(rule.code for rule in self.rules if rule.kind is Kind.MUST_HAVE)

    @property
    def budget(self) -> Rule | None:
        """The rule of what can be given in all; ``None`` only in a problem that was relaxed."""
        return next((rule for rule in self.rules if rule.kind is Kind.BUDGET), None)

    def with_rules(self, rules: Iterable[Rule]) -> Self:
        """The same proposals and needs under other rules."""
        return replace(self, rules=tuple(sorted(rules, key=_rank)))

    def without(self, *dropped: Rule) -> Self:
        """The problem without some of its rules."""
        return self.with_rules(rule for rule in self.rules if rule not in dropped)

    def relaxed(self, bounds: Mapping[Rule, Cents | Fraction]) -> Self:
        """The problem with other bounds for some of its rules."""
        return self.with_rules(replace(rule, bound=bounds.get(rule, rule.bound)) for rule in self.rules)

    def demanding(self, proposal: str) -> Self:
        """The problem with one proposal more among its must-haves."""
        if proposal in self.must_haves:
            return self
        return self.with_rules((*self.rules, Rule(Kind.MUST_HAVE, proposal)))


_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}


def _rank(rule: Rule) -> tuple[int, str, str, str]:
    return _ORDER[rule.kind], rule.field.value if rule.field else "", rule.code, rule.measure.value


def _sound(proposals: tuple[Proposal, ...], needs: tuple[Need, ...]) -> None:
    known = {need.id for need in needs}
    if len(known) < len(needs) or len({each.id for each in proposals}) < len(proposals):
        raise UnsoundProblem("an id stands twice among the proposals, or among the needs")
    for each in proposals:
        if not 0 < each.least <= each.cost:
            raise UnsoundProblem(f"{each.id}: its smallest sum is between a cent and its cost")
        strange = [need for need, share in each.meets if need not in known or not 0 < share <= 1]
        if strange:
            raise UnsoundProblem(f"{each.id}: meets needs that there are not, or shares that are none: {strange}")
