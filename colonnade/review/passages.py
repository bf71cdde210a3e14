"""How long proposals took, and who was given what: sums over the rows that a reader may see. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

NOTHING = Decimal(0)
#: Outcomes that give money.
GIVES = ("approve", "conditions")


@dataclass(frozen=True, slots=True)
class Passed:
    """A proposal on its way: the day on which each step was reached (``submitted`` first), in order, and the money.

    ``outcome`` is that of the latest decision, empty before it. ``traits`` are what it is grouped by: entity, group,
    pillar, theme, origin.
    """

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
        for (_before, then), (step, now) in zip(each.reached, each.reached[1:], strict=False):
            spent[step].append((now - then).days)
    return [Days(step, len(days), min(days), median(days), max(days)) for step, days in spent.items()]


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


def _success(trait: str, passed: list[Passed]) -> Success:
    return Success(
        trait,
        len(passed),
        sum(bool(each.outcome) for each in passed),
        sum(each.outcome in GIVES for each in passed),
        sum((each.asked for each in passed), NOTHING),
        sum((each.recommended or NOTHING for each in passed), NOTHING),
        sum((each.given for each in passed), NOTHING),
    )
