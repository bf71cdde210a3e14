"""How long a need has been waiting, and what "within six months" is. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_noop

#: What "within six months" means wherever something ends.
SIX_MONTHS: Final = timedelta(days=183)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Band:
    """Needs issued from ``first`` to ``last``, both days included; ``None`` where that side is open."""

    title: str
    first: date | None
    last: date | None

    def holds(self, issued_on: date) -> bool:
        """Whether a need that was issued on a day falls into the band."""
        return (self.first is None or self.first <= issued_on) and (self.last is None or issued_on <= self.last)


def bands(day: date) -> tuple[Band, ...]:
    """The ages of needs as of ``day``, the longest wait first. Every day of issue falls into exactly one."""
    edges = (years_before(day, 3), years_before(day, 2), years_before(day, 1), day - SIX_MONTHS)
    titles = (
        gettext_noop("Three years or more"),
        gettext_noop("Two to three years"),
        gettext_noop("One to two years"),
        gettext_noop("Six months to a year"),
        gettext_noop("Less than six months"),
    )
    firsts = (None, *(edge + _DAY for edge in edges))
    return tuple(Band(title, first, last) for title, first, last in zip(titles, firsts, (*edges, None), strict=True))


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; of a leap day the day before it, where that year has none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def whole_months(start: date, end: date) -> int:
    """The whole months from ``start`` to ``end``, never below nought."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(0, months)
