"""Events as iCalendar (RFC 5545): pure, from plain values to the text of a file. All-day events only.

Section 3.1: lines end in CRLF and are folded at 75 octets. Section 3.3.11: backslash, semicolon, comma and line
breaks are escaped in texts. Section 3.6.1: DTEND of an all-day event is the day after its last. Nothing here is about
people: participants are numbers, and no property names an attendee or an organiser's address.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Colonnade//Events//EN"
LINE_END: Final = "\r\n"
#: The most octets of a line, its end not counted.
LONGEST: Final = 75
#: Signs that no text value may hold: every control but the tab (section 3.1), and halves of characters.
_UNWANTED: Final = dict.fromkeys([*range(9), *range(10, 32), 127, *range(0xD800, 0xE000)])
_ESCAPES: Final = {**_UNWANTED, ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n"}


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event over whole days. ``uid`` stays the same for ever; ``stamped_at`` says as of when the rest holds."""

    uid: str
    stamped_at: datetime
    title: str
    first_day: date
    last_day: date
    location: str = ""
    description: str = ""
    categories: Sequence[str] = ()
    address: str = ""


def calendar(name: str, events: Iterable[CalendarEvent]) -> Iterator[str]:
    """The lines of a calendar called ``name``, each with its end, folded: join them, or stream them."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from map(folded, [*head, f"X-WR-CALNAME:{text(name)}"])
    for event in events:
        yield from map(folded, _lines(event))
    yield folded("END:VCALENDAR")


def text(value: str) -> str:
    """A TEXT value: escaped, every line break as ``\\n``, without signs that a calendar cannot hold."""
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def folded(line: str) -> str:
    """A content line with its end, in pieces of at most 75 octets, none of which cuts a character."""
    pieces: list[str] = []
    piece, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LONGEST:
            pieces.append(piece)
            piece, octets = " ", 1  # the space that marks a continuation is counted
        piece, octets = piece + character, octets + size
    return LINE_END.join([*pieces, piece]) + LINE_END


def _lines(event: CalendarEvent) -> list[str]:
    stamped = event.stamped_at.astimezone(UTC)
    optional = (
        ("LOCATION", text(event.location)),
        ("DESCRIPTION", text(event.description)),
        ("CATEGORIES", ",".join(text(category) for category in event.categories if category)),
        ("URL", _uri(event.address)),
    )
    return [
        "BEGIN:VEVENT",
        f"UID:{text(event.uid)}",
        f"DTSTAMP:{stamped:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{text(event.title)}",
        f"DTSTART;VALUE=DATE:{_day(event.first_day)}",
        *_end(event.last_day),
        *(f"{name}:{value}" for name, value in optional if value),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _end(last_day: date) -> tuple[str, ...]:
    """The day after the last; none after the last day that there is, where the calendar takes the first day alone."""
    return (f"DTEND;VALUE=DATE:{_day(last_day + timedelta(days=1))}",) if last_day < date.max else ()


def _day(day: date) -> str:
    # Not strftime: it does not pad years below 1000.
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _uri(address: str) -> str:
    return "".join(character for character in address if character.isprintable() and character != " ")
