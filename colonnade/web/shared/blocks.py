"""What the small components receive: headline numbers, downloads, buttons, a timeline, how a number is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.web.shared.numbers import LinkedNumber


@dataclass(frozen=True, slots=True)
class Stat:
    """A headline number: ``title`` says what it counts; ``aside`` and ``aside_number`` follow it in a quieter voice."""

    title: str
    number: LinkedNumber
    aside: str = ""
    aside_number: LinkedNumber | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file of what the page shows. ``title`` is its format; ``note`` says what is in it where that is not plain."""

    title: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How a number came about: its definition, its query, and the page that says more."""

    definition: str
    sql: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do: a page to go to, or a form to send where ``sends``; disabled where ``why_not`` says why."""

    name: str
    title: str
    address: str
    why_not: str = ""
    sends: bool = False
    second: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, or will, on a day or over several. ``on`` is ``None`` where no date is known.

    ``at`` is the moment itself where it is known: of one day, what came first stands first.
    """

    title: str
    on: date | None
    until: date | None = None
    kind: str = ""
    href: str = ""
    aside: str = ""
    upcoming: bool = False
    at: datetime | None = None

    @property
    def when(self) -> str:
        """The days in words, without the year, which stands above."""
        if self.on is None:
            return _("no date")
        begins = date_format(self.on, "j F")
        if self.until is None or self.until == self.on:
            return begins
        ends = date_format(self.until, "j F" if self.until.year == self.on.year else "j F Y")
        return f"{begins} – {ends}"


@dataclass(frozen=True, slots=True)
class Year:
    """The moments of a year, ``""`` for those without a date."""

    title: str
    moments: tuple[Moment, ...]


def timeline(moments: Iterable[Moment], *, newest_first: bool = True) -> tuple[Year, ...]:
    """The moments by year. Those without a date stand last."""
    given = list(moments)
    dated = sorted((moment for moment in given if moment.on), key=_place)
    if newest_first:
        dated.reverse()
    undated = tuple(moment for moment in given if moment.on is None)
    years = [Year(title, tuple(group)) for title, group in groupby(dated, key=_year)]
    return (*years, Year("", undated)) if undated else tuple(years)


def _place(moment: Moment) -> tuple[date, bool, datetime, str]:
    """By day; within a day by the moment where it is known, else by title, after those that are known."""
    at = moment.at or datetime.min.replace(tzinfo=UTC)
    return moment.on or date.min, moment.at is None, at, moment.title


def _year(moment: Moment) -> str:
    return str(moment.on.year) if moment.on else ""
