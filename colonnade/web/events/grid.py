"""The calendar of a month as its page prints it: weeks of days, and the months and years that one can go to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Selection
from colonnade.web.events.held import Held, within
from colonnade.web.events.month import Month, months_of, touches, weeks_of
from colonnade.web.shared.parameters import address_with
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import listing_address

#: The parameter that names the month.
MONTH: Final = "month"
#: How many events of a day stand in its cell; the rest are in the list of that day.
MOST_A_DAY: Final = 4
_A_MONDAY: Final = date(2001, 1, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event on one of its days. It ``begins`` on the first that the month shows, and goes on after that."""

    event: Held
    begins: bool
    until: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A day: ``number`` in its month, ``title`` in full, its events (those that begin first), where the others are.

    ``begins`` says whether any event begins on it: a list shows those days alone.
    """

    number: int
    iso: str
    title: str
    inside: bool
    today: bool
    entries: tuple[Entry, ...]
    begins: bool
    more: int
    every_address: str


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A month to go to, with how many events last on any of its days."""

    title: str
    address: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """What the page of a month prints. ``count`` is how many events it has; addresses are empty at the ends."""

    month: Month
    title: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[DayView, ...], ...]
    count: int
    months: tuple[MonthLink, ...]
    previous: str
    next: str
    previous_year: str
    next_year: str
    listed: str


def month_view(
    reading: Reading, selection: Selection, month: Month, events: Sequence[Held], query: QueryDict, today: date
) -> MonthView:
    """The calendar of ``month``; ``events`` are those of its whole year that are selected."""
    inside = [event for event in events if touches(month, event)]
    weeks = weeks_of(month, inside)

    def day_view(day: date, own: bool, found: tuple[Held, ...]) -> DayView:
        entries = [_entry(event, day, month) for event in found]
        entries.sort(key=lambda entry: not entry.begins)
        most = MOST_A_DAY if len(entries) > MOST_A_DAY + 1 else len(entries)
        return DayView(
            number=day.day,
            iso=day.isoformat(),
            title=date_format(day, "l j F Y"),
            inside=own,
            today=day == today,
            entries=tuple(entries[:most]),
            begins=any(entry.begins for entry in entries),
            more=len(entries) - most,
            every_address=listing_address(within(selection, day, day), reading) if len(entries) > most else "",
        )

    return MonthView(
        month=month,
        title=date_format(month.first_day, "F Y"),
        weekdays=tuple(_weekdays()),
        weeks=tuple(tuple(day_view(day.on, day.inside, day.events) for day in week) for week in weeks),
        count=len(inside),
        months=tuple(_months(month, events, query)),
        previous=_address(month.after(-1), query),
        next=_address(month.after(1), query),
        previous_year=_address(month.after(-12), query),
        next_year=_address(month.after(12), query),
        listed=listing_address(within(selection, month.first_day, month.last_day), reading),
    )


def _entry(event: Held, day: date, month: Month) -> Entry:
    begins = day == max(event.starts_on, month.first_day)
    lasts = begins and event.ends_on > day
    return Entry(event, begins, _("until %(day)s") % {"day": date_format(event.ends_on, "j F")} if lasts else "")


def _months(month: Month, events: Sequence[Held], query: QueryDict) -> Iterable[MonthLink]:
    for each in months_of(month.year):
        count = sum(touches(each, event) for event in events)
        yield MonthLink(date_format(each.first_day, "F"), _address(each, query), count, each == month)


def _weekdays() -> Iterable[tuple[str, str]]:
    """Short and full names, Monday first."""
    for at in range(7):
        day = _A_MONDAY.replace(day=1 + at)
        yield date_format(day, "D"), date_format(day, "l")


def _address(month: Month, query: QueryDict) -> str:
    return address_with(query, MONTH, str(month), reverse("events-calendar")) if month.offered else ""


def heading(view: MonthView) -> str:
    """The page's heading."""
    return _("Events in %(month)s") % {"month": view.title}
