"""Reading the log for a check or an export: heads with their events, then the events outside them; never all at once.

Everything is read in one repeatable-read transaction, over server-side cursors.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from colonnade.audit.canonical import COLUMNS, LoggedEvent, SealedHead, leaves_of

#: Events that are looked up at once.
CHUNK: Final = 5_000
_HEAD: Final = (
    "SELECT position, first, last, newest, leaves, previous, hash, sealed_at FROM audit_head ORDER BY position"
)
_EVENTS: Final = f"SELECT {COLUMNS} FROM audit_event e WHERE e.id = ANY(%s)"  # noqa: S608  # our own names
_IDS: Final = """
SELECT e.id, waiting.id IS NOT NULL FROM audit_event e
LEFT JOIN (SELECT DISTINCT unnest(event_ids) AS id FROM audit_waiting) AS waiting USING (id) ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Outside:
    """Events that no head holds; ``waits`` for those that the sealer's queue does."""

    events: list[LoggedEvent]
    waits: frozenset[int]


@contextmanager
def one_moment() -> Iterator[None]:
    """Every query inside sees the same state of the log."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def sealed() -> Iterator[tuple[SealedHead, dict[int, LoggedEvent]]]:
    """Every head in order, with those of its events that are there."""
    heads: list[SealedHead] = []
    held = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(_HEAD)
        while rows := cursor.fetchmany(100):
            for row in rows:
                head = _head(row)
                heads.append(head)
                held += len(head.leaves) // 40
                if held >= CHUNK:
                    yield from _with_events(heads)
                    heads, held = [], 0
    yield from _with_events(heads)


def newest_head() -> SealedHead | None:
    """The last head of the chain; ``None`` where nothing was ever sealed."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_HEAD} DESC LIMIT 1")
        row = cursor.fetchone()
        return None if row is None else _head(row)


def _head(row: tuple[Any, ...]) -> SealedHead:
    return SealedHead._make((*row[:4], *(bytes(part) for part in row[4:7]), row[7]))


def _with_events(heads: list[SealedHead]) -> Iterator[tuple[SealedHead, dict[int, LoggedEvent]]]:
    """``heads`` with their events, looked up together: many heads hold one event each."""
    ids = [[event_id for event_id, _ in leaves_of(head.leaves)] for head in heads]
    events = {event.id: event for event in events_of(sorted({one for some in ids for one in some}))}
    for head, some in zip(heads, ids, strict=True):
        yield head, {event_id: events[event_id] for event_id in some if event_id in events}


def events_of(ids: list[int]) -> Iterator[LoggedEvent]:
    """The events of some ids, those that are there."""
    with connection.cursor() as cursor:
        for start in range(0, len(ids), CHUNK):
            cursor.execute(_EVENTS, [ids[start : start + CHUNK]])
            yield from map(LoggedEvent._make, cursor.fetchall())


def outside(is_sealed: Callable[[int], bool]) -> Iterator[Outside]:
    """The events for which ``is_sealed`` says no, in order of id."""
    found: list[tuple[int, bool]] = []
    with connection.chunked_cursor() as cursor:
        cursor.execute(_IDS)
        while rows := cursor.fetchmany(CHUNK):
            found += [(event_id, waits) for event_id, waits in rows if not is_sealed(event_id)]
            if len(found) >= CHUNK:
                yield _outside(found)
                found = []
    if found:
        yield _outside(found)


def _outside(found: list[tuple[int, bool]]) -> Outside:
    events = sorted(events_of([event_id for event_id, _ in found]))
    return Outside(events, frozenset(event_id for event_id, waits in found if waits))


def sequence() -> int:
    """The highest id that the database ever gave to an event."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_event_id_seq")
        return int(cursor.fetchone()[0])
