"""How long proposals took, and who was given what: sums over the rows that a reader may see. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Final

NOTHING = Decimal(0)
#: Outcomes that give money.
GIVES = ("approve", "conditions")


@dataclass(frozen=True, slots=True)
class Passed:
    """A proposal on its way: the day on which each step was reached (``submitted`` first), in order, and the money.

    ``outcome`` is that of the latest decision, empty before it. ``traits`` are what it is grouped by: entity, group,
    pillar, theme, origin. ``public_id`` and ``title`` name it.
    """

    public_id: str
    title: str
    reached: tuple[tuple[str, date], ...]
    outcome: str
    asked: Decimal
    recommended: Decimal | None
    given: Decimal
    traits: dict[str, str]


@dataclass(frozen=True, slots=True)
class Days:
    """Days that proposals spent from the step before until ``step`` was done."""

    step: str
    proposals: int
    shortest: int
    middle: float
    longest: int


def days_per_step(passed: Iterable[Passed]) -> list[Days]:
    """For each step, over the proposals that it is done for: how many, the fewest, the median and the most days."""
    spent: dict[str, list[int]] = defaultdict(list)
    for each in passed:
        for step, days in spent_by(each):
            spent[step].append(days)
    return [Days(step, len(days), min(days), median(days), max(days)) for step, days in spent.items()]


def spent_by(each: Passed) -> Iterator[tuple[str, int]]:
    """The steps that are done for a proposal, with the days since the step before."""
    for (_before, then), (step, now) in zip(each.reached, each.reached[1:], strict=False):
        yield step, (now - then).days


@dataclass(frozen=True, slots=True)
class Success:
    """Of the proposals with one trait: how many were sent, decided and approved; what was asked, recommended, given."""

    trait: str
    sent: int
    decided: int
    approved: int
    asked: Decimal
    recommended: Decimal
    given: Decimal


def success_by(name: str, passed: Iterable[Passed]) -> list[Success]:
    """The same for each value of a trait, by its name; a proposal without one stands under the empty text."""
    groups: dict[str, list[Passed]] = defaultdict(list)
    for each in passed:
        groups[each.traits.get(name, "")].append(each)
    return [_success(trait, groups[trait]) for trait in sorted(groups)]


def success(passed: Iterable[Passed]) -> Success:
    """The same over all of them."""
    return _success("", list(passed))


#: What is counted of proposals -> what each adds to it: one or nothing, or a sum in US dollars.
MEASURES: Final[Mapping[str, Callable[[Passed], int | Decimal]]] = {
    "sent": lambda _each: 1,
    "decided": lambda each: int(bool(each.outcome)),
    "approved": lambda each: int(each.outcome in GIVES),
    "asked": lambda each: each.asked,
    "recommended": lambda each: each.recommended or NOTHING,
    "given": lambda each: each.given,
}


def behind(measure: str, passed: Iterable[Passed]) -> list[tuple[Passed, int | Decimal]]:
    """The proposals that add anything to a measure, with what each adds: they make up its number."""
    adds = MEASURES[measure]
    return [(each, adds(each)) for each in passed if adds(each)]


def _success(trait: str, passed: list[Passed]) -> Success:
    def number(measure: str) -> int:
        return int(sum(MEASURES[measure](each) for each in passed))

    def in_dollars(measure: str) -> Decimal:
        return sum((Decimal(MEASURES[measure](each)) for each in passed), NOTHING)

    return Success(
        trait,
        number("sent"),
        number("decided"),
        number("approved"),
        in_dollars("asked"),
        in_dollars("recommended"),
        in_dollars("given"),
    )
