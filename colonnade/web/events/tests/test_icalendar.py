"""Calendar files: whatever an event is called, what a strict reader reads back is what was written."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.web.events.icalendar import LONGEST, CalendarEvent, calendar, folded, text
from colonnade.web.events.tests.strict import read

STAMP = datetime(2020, 2, 7, 12, 30, tzinfo=UTC)
DAY = date(2019, 5, 16)
#: Anything that a column of text can hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
#: Texts that a calendar keeps to the sign: no controls but line breaks.
KEPT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=300)


def written(*events: CalendarEvent, name: str = "n") -> bytes:
    return "".join(calendar(name, events)).encode()


def event(title: str = "A workshop", first: date = DAY, last: date = DAY, **more: str) -> CalendarEvent:
    return CalendarEvent("a@b", STAMP, title, first, last, **more)


@given(title=KEPT, place=KEPT, description=KEPT, name=KEPT)
def test_texts_come_back_as_they_were(title: str, place: str, description: str, name: str) -> None:
    found = read(written(event(title, location=place, description=description), name=name))
    [only] = found.events
    assert only["SUMMARY"] == title
    assert only.get("LOCATION", "") == place
    assert only.get("DESCRIPTION", "") == description
    assert found.properties["X-WR-CALNAME"] == name


@given(title=TEXTS, address=TEXTS)
def test_no_text_can_break_out_of_its_line(title: str, address: str) -> None:
    found = read(written(event(title, address=address), event("The second")))
    assert [one["SUMMARY"] for one in found.events][1] == "The second"
    assert len(found.events) == 2


@given(line=TEXTS.filter(lambda line: "\r" not in line and "\n" not in line))
def test_a_folded_line_is_short_and_unfolds_to_itself(line: str) -> None:
    octets = folded(line).encode()
    assert all(len(piece) <= LONGEST for piece in octets.split(b"\r\n"))
    assert octets.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == line


@given(first=st.dates(), length=st.integers(0, 400))
def test_an_event_ends_the_day_after_its_last(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date.max) if first < date.max - timedelta(days=length) else date.max
    [only] = read(written(event(first=first, last=last))).events
    assert only["DTSTART"] == first.isoformat().replace("-", "")
    if last == date.max:
        assert "DTEND" not in only
    else:
        assert only["DTEND"] == (last + timedelta(days=1)).isoformat().replace("-", "")


@given(st.integers(0, 4_000_000_000))
def test_the_stamp_is_in_universal_time(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(hours=5, minutes=30)))
    [only] = read(written(CalendarEvent("a@b", moment, "t", DAY, DAY))).events
    assert only["DTSTAMP"] == moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def test_what_is_not_known_is_left_out() -> None:
    [only] = read(written(event())).events
    assert only.keys() == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"}


def test_a_calendar_without_events_is_a_calendar() -> None:
    assert read(written()).events == []


def test_signs_that_mean_something_are_escaped() -> None:
    assert text("a;b,c\\d\r\ne\rf\x00g") == "a\\;b\\,c\\\\d\\ne\\nfg"


def test_a_fold_counts_octets_and_cuts_no_character() -> None:
    pieces = folded("SUMMARY:" + "ش" * 60).split("\r\n")
    assert [len(piece.encode()) for piece in pieces[:2]] == [74, 55]


@pytest.mark.parametrize(
    "octets",
    [
        b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:" + b"x" * 76 + b"\r\nEND:VCALENDAR\r\n",
        written(event()).replace(b"DTEND;VALUE=DATE:20190517", b"DTEND;VALUE=DATE:20190516"),
        written(event("a,b")).replace(b"a\\,b", b"a,b"),
        written(event()).replace(b"UID:a@b\r\n", b""),
    ],
)
def test_the_strict_reader_refuses_what_the_standard_refuses(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(octets)
