"""The exact bytes that are hashed, so that another program can verify the log.

A *part* is a netstring: the length of its UTF-8 bytes in decimal, a colon, the bytes, a comma; where there is no value,
``-,``. An **event** is its eleven parts in the order of :class:`LoggedEvent`: integers in decimal, times in UTC as
``2020-02-07T09:30:00.000000Z``, ``before`` and ``after`` as the text that PostgreSQL gives of a ``jsonb`` value. Its
hash is the SHA-256 of them. A **leaf** is the event's id as eight bytes, the highest first, and its hash; an event that
was gone before it was sealed has a hash of zeros. A **head** is the parts ``colonnade-head-1``, position, first, last,
newest, the SHA-256 of its leaves one after the other, the hash of the head before (64 zeros for the first), both in
hexadecimal, and the time of sealing. Its hash is the SHA-256 of them.
"""

import hashlib
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

LEAF: Final = struct.Struct(">q32s")
#: The hash that stands for an event that was gone before it was sealed, and before the first head.
NOTHING: Final = bytes(32)


class LoggedEvent(NamedTuple):
    """An event as it is hashed: its id, and ten texts."""

    id: int
    happened_at: str
    actor: str
    person_id: str | None
    action: str
    request_id: str
    table_name: str
    row_id: str
    operation: str
    before: str | None
    after: str | None


class SealedHead(NamedTuple):
    """A head as it is stored; see :class:`colonnade.audit.models.Head`."""

    position: int
    first: int
    last: int
    newest: int
    leaves: bytes
    previous: bytes
    hash: bytes
    sealed_at: datetime


_TIME: Final = "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
#: SQL for each part of an event ``e``, in order.
PARTS: Final = (
    "e.id::text",
    _TIME.format("e.happened_at"),
    "e.actor",
    "e.person_id::text",
    "e.action",
    "e.request_id",
    "e.table_name",
    "e.row_id",
    "e.operation",
    "e.before::text",
    "e.after::text",
)
#: The columns of a :class:`LoggedEvent` in SQL.
COLUMNS: Final = ", ".join(("e.id", *PARTS[1:]))
#: The hash of an event ``e`` in SQL.
EVENT_HASH: Final = (
    "sha256(convert_to("
    + " || ".join(f"coalesce(octet_length(convert_to({part}, 'UTF8')) || ':' || {part}, '-') || ','" for part in PARTS)
    + ", 'UTF8'))"
)


def part(value: str | None) -> bytes:
    """One part."""
    if value is None:
        return b"-,"
    encoded = value.encode()
    return b"%d:%b," % (len(encoded), encoded)


def event_hash(event: LoggedEvent) -> bytes:
    """The hash of an event (32 bytes)."""
    return hashlib.sha256(part(str(event.id)) + b"".join(map(part, event[1:]))).digest()


def head_hash(head: SealedHead) -> bytes:
    """The hash that a head should have (32 bytes); the one that it has is left out."""
    parts = (
        "colonnade-head-1",
        *(str(number) for number in head[:4]),
        hashlib.sha256(head.leaves).hexdigest(),
        head.previous.hex(),
        time_text(head.sealed_at),
    )
    return hashlib.sha256(b"".join(map(part, parts))).digest()


def leaves_of(leaves: bytes) -> Iterator[tuple[int, bytes]]:
    """The ids and hashes in a head's leaves; a broken end is left out (the head's hash shows it)."""
    whole = len(leaves) - len(leaves) % LEAF.size
    yield from LEAF.iter_unpack(leaves[:whole])


def time_text(moment: datetime) -> str:
    """A time as it is hashed."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
