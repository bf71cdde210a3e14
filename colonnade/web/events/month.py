"""A month as weeks of days, Monday first (ISO 8601), with what happens on each. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Generic, Protocol, TypeVar

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200


class NoSuchMonth(ValueError):
    """The text is no month of these centuries."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, written ``2019-05``."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.after(1).first_day - timedelta(days=1)

    def after(self, months: int) -> "Month":
        """The month that many later, or earlier where it is negative."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    @property
    def offered(self) -> bool:
        """Whether a calendar leads there."""
        return FIRST_YEAR <= self.year <= LAST_YEAR


def month_of(day: date) -> Month:
    """The month that ``day`` lies in."""
    return Month(day.year, day.month)


def month_in(text: str) -> Month:
    """The month written as ``2019-05``. Raises :class:`NoSuchMonth`."""
    year, dash, number = text.partition("-")
    plain = text.isascii() and year.isdigit() and number.isdigit()
    if not (dash and plain and len(year) == 4 and len(number) == 2 and 1 <= int(number) <= 12):
        raise NoSuchMonth(f"{text!r} is no month: write it as 2019-05")
    month = Month(int(year), int(number))
    if not month.offered:
        raise NoSuchMonth(f"{text!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return month


class Dated(Protocol):
    """Something that lasts from a day to a day, both included."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Day(Generic[D]):
    """A day of the grid with what happens on it. ``inside`` tells the month's own days from those beside it."""

    on: date
    inside: bool
    events: tuple[D, ...]


def weeks_of(month: Month, events: Iterable[D]) -> list[list[Day[D]]]:
    """The weeks that the month touches, seven days each. An event stands on every day of the month that it lasts;
    days of the months beside it stay empty."""
    days = days_of(month, events)
    monday = month.first_day - timedelta(days=month.first_day.weekday())
    starts = [monday + timedelta(weeks=week) for week in range(6)]
    return [
        [Day(day, month_of(day) == month, tuple(days.get(day, ()))) for day in _seven(first)]
        for first in starts
        if first <= month.last_day
    ]


def _seven(first: date) -> list[date]:
    return [first + timedelta(days=day) for day in range(7)]


def days_of(month: Month, events: Iterable[D]) -> dict[date, list[D]]:
    """What happens on each day of the month on which anything does, in the order given."""
    found: dict[date, list[D]] = {}
    for event in events:
        day, last = max(event.starts_on, month.first_day), min(event.ends_on, month.last_day)
        while day <= last:
            found.setdefault(day, []).append(event)
            day += timedelta(days=1)
    return found


def touches(month: Month, event: Dated) -> bool:
    """Whether the event lasts on any day of the month."""
    return event.starts_on <= month.last_day and event.ends_on >= month.first_day


def months_of(year: int) -> Sequence[Month]:
    """The twelve months of a year."""
    return [Month(year, number) for number in range(1, 13)]
