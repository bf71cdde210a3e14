"""A reader of iCalendar that forgives nothing: what it takes, any calendar takes. Of RFC 5545, what a feed needs."""

import re
from dataclasses import dataclass, field

NAME = re.compile(r"[A-Z0-9-]+")
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "TRANSP", "CATEGORIES")


@dataclass
class Read:
    """A calendar as read: its own properties, and those of each event, values as they were before they were escaped."""

    properties: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)


def read(octets: bytes) -> Read:
    """The calendar in ``octets``. Raises ``ValueError`` for whatever the standard does not allow."""
    found, inside = Read(), False
    lines = _unfolded(octets)
    if lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR":
        raise ValueError("not one calendar")
    for line in lines[1:-1]:
        name, parameters, value = _split(line)
        if (name, value) == ("BEGIN", "VEVENT"):
            if inside:
                raise ValueError("an event inside an event")
            found.events.append({})
            inside = True
        elif (name, value) == ("END", "VEVENT"):
            _complete(found.events[-1])
            inside = False
        elif inside:
            if name in found.events[-1] or name not in ONCE:
                raise ValueError(f"{name} twice, or unknown")
            found.events[-1][name] = _value(name, parameters, value)
        else:
            if found.events:
                raise ValueError("a property after the events")
            found.properties[name] = _text(value) if name.startswith("X-") else value
    if inside or found.properties.get("VERSION") != "2.0" or "PRODID" not in found.properties:
        raise ValueError("an event without its end, or no version")
    return found


def _unfolded(octets: bytes) -> list[str]:
    if not octets.endswith(b"\r\n"):
        raise ValueError("the last line has no end")
    physical = octets[:-2].split(b"\r\n")
    logical: list[bytes] = []
    for line in physical:
        if len(line) > 75:
            raise ValueError(f"a line of {len(line)} octets")
        if b"\r" in line or b"\n" in line:
            raise ValueError("a bare line break")
        line.decode()  # a fold must not cut a character
        if line.startswith((b" ", b"\t")):
            logical[-1] += line[1:]
        elif not line:
            raise ValueError("an empty line")
        else:
            logical.append(line)
    return [line.decode() for line in logical]


def _split(line: str) -> tuple[str, str, str]:
    head, colon, value = line.partition(":")
    name, _semicolon, parameters = head.partition(";")
    if not colon or not NAME.fullmatch(name):
        raise ValueError(f"no content line: {line!r}")
    if re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value):
        raise ValueError("a control in a value")
    return name, parameters, value


def _value(name: str, parameters: str, value: str) -> str:
    if name in ("DTSTART", "DTEND"):
        if parameters != "VALUE=DATE" or not re.fullmatch(r"\d{8}", value):
            raise ValueError(f"{name} is no day")
        return value
    if parameters:
        raise ValueError(f"{name} has parameters")
    if name == "DTSTAMP":
        if not re.fullmatch(r"\d{8}T\d{6}Z", value):
            raise ValueError("DTSTAMP is no moment in UTC")
        return value
    return value if name == "URL" else _text(value)


def _text(value: str) -> str:
    plain, at = [], 0
    while at < len(value):
        character = value[at]
        if character == "\\":
            at += 1
            escaped = value[at : at + 1]
            if escaped not in ("\\", ";", ",", "n", "N") or not escaped:
                raise ValueError(f"a backslash before {escaped!r}")
            plain.append("\n" if escaped in "nN" else escaped)
        elif character in ";,":
            raise ValueError(f"{character} not escaped")
        else:
            plain.append(character)
        at += 1
    return "".join(plain)


def _complete(event: dict[str, str]) -> None:
    missing = {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} - event.keys()
    if missing:
        raise ValueError(f"an event without {missing}")
    if "DTEND" in event and event["DTEND"] <= event["DTSTART"]:
        raise ValueError("an event that ends before it begins")
