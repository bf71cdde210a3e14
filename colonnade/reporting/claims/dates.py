"""Dates as a document prints them: a day, a month, a year, or a span of days.

"March 2019" is some day of that month, not all of it, so a printed date stands for the set of days that it may be, as
a printed number stands for the values that it may be. Days are counted as :meth:`datetime.date.toordinal` does.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from colonnade.reporting.claims.intervals import Interval

_PRINTED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as printed: the first and the last day that it may be, both included."""

    printed: str
    earliest: date
    latest: date

    @property
    def days(self) -> Interval:
        return Interval(Fraction(self.earliest.toordinal()), Fraction(self.latest.toordinal()))

    def __str__(self) -> str:
        """The date in words: ``7 February 2020``, ``March 2019``, ``2018``."""
        day, month, year = self.earliest.day, _MONTHS[self.earliest.month - 1], self.earliest.year
        return {4: f"{year}", 7: f"{month} {year}"}.get(len(self.printed), f"{day} {month} {year}")


@dataclass(frozen=True, slots=True)
class Span:
    """When something was: from ``on`` to ``until``, which is ``on`` again where one date is given."""

    on: Moment
    until: Moment

    def __str__(self) -> str:
        if self.on == self.until:
            return str(self.on)
        if self.on.earliest.replace(day=1) == self.until.earliest.replace(day=1):
            return f"{self.on.earliest.day}–{self.until}"
        return f"{self.on} to {self.until}"

    def can_fall_within(self, outer: "Span") -> bool:
        """Whether the whole of this may lie inside ``outer``."""
        return outer.on.days.can_be_at_most(self.on.days) and self.until.days.can_be_at_most(outer.until.days)

    def days_outside(self, outer: "Span") -> int:
        """The fewest days by which this would have to be moved to lie inside ``outer``."""
        early = outer.on.earliest.toordinal() - self.on.latest.toordinal()
        late = self.until.earliest.toordinal() - outer.until.latest.toordinal()
        return max(early, late, 0)


def moment(printed: str) -> Moment:
    """Reads ``2019``, ``2019-03`` or ``2019-03-11``. Raises ``ValueError`` for anything else, and for 30 February."""
    matched = _PRINTED.fullmatch(printed)
    if matched is None:
        raise ValueError(f"{printed!r} is not a year, a month or a day")
    year, month, day = (int(part) if part else None for part in matched.groups())
    assert year is not None
    if day is not None and month is not None:
        only = date(year, month, day)
        return Moment(printed, only, only)
    if month is not None:
        return Moment(printed, date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
    return Moment(printed, date(year, 1, 1), date(year, 12, 31))


def span(on: str, until: str = "") -> Span:
    """A span from its printed ends. Raises ``ValueError`` where an end is no date, or the end precedes the start."""
    start, end = moment(on), moment(until or on)
    if end.latest < start.earliest:
        raise ValueError(f"{until!r} is before {on!r}")
    return Span(start, end)


def steps_back(moments: list[Moment]) -> list[tuple[int, int]]:
    """Where a list that should ascend goes back: (place, days), the place counted from 0.

    Days that are not exact are taken as early as the dates before them allow, so that a step back is reported only
    where no choice of days avoids it. After a step back the list is taken up again at the date that was met.
    """
    found = []
    reached = moments[0].earliest if moments else date.min
    for place, (_, following) in enumerate(pairwise(moments), start=1):
        if following.latest < reached:
            found.append((place, (reached - following.latest).days))
            reached = following.earliest
        else:
            reached = max(reached, following.earliest)
    return found
