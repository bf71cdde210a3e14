"""A record as overlap is looked for in it: plain values, whatever they came from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Record:
    """A project or a published activity.

    ``countries`` are names in any of the six languages or codes (ISO 3166-1, M49); ``start`` and ``end`` the first and
    last day, ``None`` where it is not known; ``amount`` is money of one currency for all records; ``parent`` the
    identifier of the record that it is a part of, or empty.
    """

    id: str
    entity: str = ""
    title: str = ""
    text: str = ""
    countries: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    amount: float | None = None
    parent: str = ""
