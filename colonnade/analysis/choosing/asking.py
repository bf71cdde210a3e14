"""A call's proposals as a problem of choosing under a budget (:mod:`colonnade.analysis.allocation`). Pure.

A proposal meets the need that it cites, whole; and of every other open need of its States in its theme the share that
the board's rules state. A need weighs by its priority and by how much of it is unmet, by the same rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from colonnade.analysis.allocation.problem import Cents, Field, Kind, Measure, Need, Problem, Proposal, Rule
from colonnade.needs.coverage import Coverage, part_unmet
from colonnade.review.rules_choosing import Choosing

HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal as far as choosing goes. ``cites`` is a need; ``places`` are codes of States."""

    id: str
    title: str
    asks: Decimal
    entity: str
    group: str = ""
    pillar: str = ""
    theme: str = ""
    places: frozenset[str] = frozenset()
    cites: str = ""


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need that is open, and how far it is covered."""

    id: str
    title: str
    priority: str
    coverage: Coverage
    place: str
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever looks asks for, beside what the call itself sets.

    ``least``: the smallest part of its cost, in per cent, that a proposal can use (100: all or nothing). ``floors``:
    pillar -> least per cent of what is given. ``most``: per cent of the budget that one entity gets at most.
    """

    least: int = HUNDRED
    floors: Mapping[str, int] = field(default_factory=dict)
    most: int = HUNDRED
    must: frozenset[str] = frozenset()
    out: frozenset[str] = frozenset()


def cents(amount: Decimal) -> Cents:
    """An amount in whole cents."""
    return int((amount * HUNDRED).to_integral_value())


def problem_of(
    title: str,
    offered: Sequence[Offered],
    needs: Sequence[OpenNeed],
    *,
    weighs: Choosing,
    budget: Decimal,
    ceiling: Decimal | None,
    asked: Asked,
) -> Problem:
    """The problem. Needs that no proposal meets are left out: nothing chosen here changes them."""
    meets = {each.id: dict(_meets(each, needs, Fraction(weighs.same_theme_percent, HUNDRED))) for each in offered}
    touched = {need for of_one in meets.values() for need in of_one}
    partly = Fraction(HUNDRED - weighs.partly_met_percent, HUNDRED)
    return Problem.of(
        title=title,
        proposals=[
            Proposal(
                each.id,
                cents(each.asks),
                max(1, -(-cents(each.asks) * asked.least // HUNDRED)),
                tuple(meets[each.id].items()),
                title=each.title,
                group=each.group,
                entity=each.entity,
                pillar=each.pillar,
            )
            for each in offered
        ],
        needs=[
            Need(need.id, Fraction(weighs.priorities[need.priority]), part_unmet(need.coverage, partly), need.title)
            for need in needs
            if need.id in touched
        ],
        rules=list(_rules(offered, cents(budget), ceiling, asked)),
    )


def _meets(proposal: Offered, needs: Iterable[OpenNeed], beside: Fraction) -> Iterable[tuple[str, Fraction]]:
    for need in needs:
        if need.id == proposal.cites:
            yield need.id, Fraction(1)
        elif beside and need.theme and need.theme == proposal.theme and need.place in proposal.places:
            yield need.id, beside


def _rules(offered: Sequence[Offered], budget: Cents, ceiling: Decimal | None, asked: Asked) -> Iterable[Rule]:
    yield Rule(Kind.BUDGET, bound=budget)
    if ceiling is not None:
        for group in sorted({each.group for each in offered} - {""}):
            yield Rule(Kind.CEILING, group, Field.GROUP, bound=cents(ceiling))
    if asked.most < HUNDRED:
        for entity in sorted({each.entity for each in offered}):
            yield Rule(Kind.CEILING, entity, Field.ENTITY, bound=budget * asked.most // HUNDRED)
    for pillar, percent in sorted(asked.floors.items()):
        if percent:
            yield Rule(Kind.FLOOR, pillar, Field.PILLAR, Measure.SHARE, Fraction(percent, HUNDRED))
    known = {each.id for each in offered}
    for proposal in sorted(asked.must & known):
        yield Rule(Kind.MUST_HAVE, proposal)
    for proposal in sorted(asked.out & known - asked.must):
        yield Rule(Kind.EXCLUSION, proposal)
