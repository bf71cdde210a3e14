"""Events of a selection as the calendar and the feed read them: from the snapshot, as far as its reader may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format

from colonnade.analysis.crosstab.model import Selection, Subject
from colonnade.web.events.month import Month, month_of
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import title_of

FROM, BY = "from", "by"
_COLUMNS: Final = (
    "event",
    "title",
    "kind",
    "city",
    "country",
    "entity",
    "participants",
    "provenance",
    "starts_on",
    "ends_on",
)


@dataclass(frozen=True, slots=True)
class Held:
    """An event, its codes read by their titles. ``participants`` is ``None`` where none were reported."""

    identifier: str
    title: str
    kind: str
    place: str
    organiser: str
    participants: int | None
    provenance: str
    starts_on: date
    ends_on: date

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("event", args=[self.identifier])

    @property
    def days(self) -> str:
        """When it is held, in words."""
        return days_in_words(self.starts_on, self.ends_on)


def held(reading: Reading, selection: Selection) -> Iterator[Held]:
    """The events selected, in the order in which they begin."""
    titles: dict[tuple[str, str], str] = {}

    def title(dimension: str, code: object) -> str:
        if code is None:
            return ""
        key = (dimension, str(code))
        if key not in titles:
            titles[key] = title_of(reading, Subject.EVENTS, dimension, str(code))
        return titles[key]

    for row in reading.every_row(selection, _COLUMNS, sort="starts_on"):
        identifier, name, kind, city, country, entity, participants, provenance, starts_on, ends_on = row
        if not isinstance(starts_on, date) or not isinstance(ends_on, date):
            continue  # the registry knows no event without its days
        yield Held(
            identifier=str(identifier),
            title=str(name),
            kind=title("kind", kind),
            place=", ".join(part for part in (str(city or ""), title("country", country)) if part),
            organiser=title("entity", entity),
            participants=participants if isinstance(participants, int) else None,
            provenance=str(provenance),
            starts_on=starts_on,
            ends_on=ends_on,
        )


def within(selection: Selection, first: date, last: date) -> Selection:
    """Those among the events selected that last on any day from ``first`` to ``last``."""
    narrowed = selection.where(FROM, *selection.filters.get(FROM, ()), first.isoformat())
    return narrowed.where(BY, *selection.filters.get(BY, ()), last.isoformat())


def nearest_month(reading: Reading, selection: Selection, today: date) -> Month:
    """The month to open at: of the first event that is not over, else of the last that was, else this month."""
    coming = selection.where(FROM, *selection.filters.get(FROM, ()), today.isoformat())
    for chosen, sort in ((coming, "starts_on"), (selection, "-starts_on")):
        for (day,) in reading.listing(chosen, ("starts_on",), sort=sort, limit=1).rows:
            if isinstance(day, date):
                return max(month_of(day), month_of(today)) if chosen is coming else month_of(day)
    return month_of(today)


def days_in_words(first: date, last: date) -> str:
    """``16 May 2019``, ``16–17 May 2019``, ``30 May – 2 June 2019``."""
    if first == last:
        return date_format(first, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    begins = date_format(first, "j F" if first.year == last.year else "j F Y")
    return f"{begins} – {date_format(last, 'j F Y')}"
