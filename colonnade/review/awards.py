"""What a call has given, and whether it can give more: no group beyond its ceiling, all together within the budget.

Pure. An amendment takes the place of the award that it changes; both stand under the same ``root``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from colonnade.core.money import in_words

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Award:
    """What a decision gave: to the proposal ``root`` (itself, or the one that it amends), of a group if of any.

    ``decided`` orders decisions; of those of one root the last counts.
    """

    root: int
    group: int | None
    amount: Decimal
    decided: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a call gives: altogether (``None``: nothing), and to one working group where that is bounded."""

    budget: Decimal | None
    group_ceiling: Decimal | None


def in_force(awards: Iterable[Award]) -> list[Award]:
    """Of each root the award that counts."""
    newest: dict[int, Award] = {}
    for award in awards:
        if award.root not in newest or newest[award.root].decided < award.decided:
            newest[award.root] = award
    return list(newest.values())


def total(awards: Iterable[Award]) -> Decimal:
    """What the awards that count come to."""
    return sum((award.amount for award in in_force(awards)), NOTHING)


def by_group(awards: Iterable[Award]) -> dict[int | None, Decimal]:
    """The same for each group; those of no group under ``None``."""
    sums: dict[int | None, Decimal] = {}
    for award in in_force(awards):
        sums[award.group] = sums.get(award.group, NOTHING) + award.amount
    return sums


def why_over(limits: Limits, given: Sequence[Award], wanted: Award) -> str | None:
    """Why ``wanted`` cannot be given beside what was, with the numbers; ``None`` where it can."""
    others = [award for award in in_force(given) if award.root != wanted.root]
    free = (limits.budget or NOTHING) - total(others)
    if wanted.amount > free:
        said = {"free": in_words(free), "wanted": in_words(wanted.amount)}
        return _("The call has %(free)s left, and this would take %(wanted)s.") % said
    if limits.group_ceiling is None or wanted.group is None:
        return None
    free = limits.group_ceiling - by_group(others).get(wanted.group, NOTHING)
    if wanted.amount > free:
        said = {"free": in_words(free), "wanted": in_words(wanted.amount)}
        return _("The working group has %(free)s left below its ceiling, and this would take %(wanted)s.") % said
    return None
