"""The sealer: takes committed events from the queue and chains them. It holds no writer up: they share no lock.

The order of the chain is the order of sealing, not of ids. A transaction's events and their places in the queue become
visible together, when it commits, so that one which commits late, with ids below those sealed already, is sealed then
and never skipped. Sealers keep out of each other's way by an advisory lock; whoever has it does the work.
"""

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import DatabaseError, close_old_connections, connection, transaction

from colonnade.audit.anchors import Anchor
from colonnade.audit.canonical import EVENT_HASH, NOTHING, SealedHead, head_hash

#: Events in one head, and one statement's more: 40 bytes each in its row.
BATCH: Final = 10_000
#: Seconds between two looks at the queue.
EVERY: Final = 1.0
LOCK: Final = int.from_bytes(hashlib.sha256(b"colonnade.audit.sealer").digest()[:7])

_TAKE: Final = f"""
WITH next AS (
    SELECT id, sum(cardinality(event_ids)) OVER (ORDER BY id) - cardinality(event_ids) AS before_it
    FROM (SELECT id, event_ids FROM audit_waiting ORDER BY id LIMIT %s) AS first
), taken AS (
    DELETE FROM audit_waiting WHERE id IN (SELECT id FROM next WHERE before_it < %s) RETURNING event_ids
), leaves AS (
    SELECT due.id, CASE WHEN e.id IS NULL THEN %s ELSE {EVENT_HASH} END AS hash
    FROM (SELECT DISTINCT unnest(event_ids) AS id FROM taken) AS due LEFT JOIN audit_event e ON e.id = due.id
)
SELECT count(*), max(id), string_agg(int8send(id) || hash, ''::bytea ORDER BY id), statement_timestamp() FROM leaves
"""  # noqa: S608  # put together of our own names
_NEWEST: Final = "SELECT position, last, newest, hash FROM audit_head ORDER BY position DESC LIMIT 1"
_ADD: Final = """
INSERT INTO audit_head (position, first, last, newest, leaves, previous, hash, sealed_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: the new heads as anchors, and how many events they hold."""

    heads: tuple[Anchor, ...]
    events: int


def seal_waiting(*, publish: Callable[[Anchor], None] | None = None) -> Sealed:
    """Seal what is committed and waits; ``publish`` is called with each new head once it is committed.

    Nothing is sealed where another sealer is at work.
    """
    heads: list[Anchor] = []
    events = 0
    while head := _seal_some():
        heads.append(Anchor.of(head))
        events += head.last - head.first + 1
        if publish is not None:
            publish(heads[-1])
    return Sealed(tuple(heads), events)


def watch(stop: threading.Event, *, every: float = EVERY, publish: Callable[[Anchor], None] | None = None) -> None:
    """Seal every ``every`` seconds until ``stop`` is set. A database that is away for a while is waited for."""
    away = False
    while not stop.wait(every):
        try:
            close_old_connections()
            seal_waiting(publish=publish)
            away = False
        except DatabaseError:
            if not away:
                log.exception("The log could not be sealed; it is tried again.")
            away = True
            connection.close()
    connection.close()


def watch_in_background(*, publish: Callable[[Anchor], None] | None = None) -> threading.Event:
    """:func:`watch` in a thread of its own that ends with the process; the event that stops it before."""
    stop = threading.Event()
    threading.Thread(target=watch, args=(stop,), kwargs={"publish": publish}, name="sealer", daemon=True).start()
    return stop


def _seal_some() -> SealedHead | None:
    """One more head over at most :data:`BATCH` events; ``None`` where nothing waits or another sealer is at work."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM audit_waiting)")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        return _add_head(cursor)


def _add_head(cursor: Any) -> SealedHead | None:
    cursor.execute(_NEWEST)
    position, last, newest, previous = cursor.fetchone() or (0, 0, 0, NOTHING)
    cursor.execute(_TAKE, [BATCH, BATCH, NOTHING])
    count, highest, leaves, now = cursor.fetchone()
    if not count:
        return None
    sealed_at: datetime = now
    draft = SealedHead(
        position=position + 1,
        first=last + 1,
        last=last + count,
        newest=max(newest, highest),
        leaves=bytes(leaves),
        previous=bytes(previous),
        hash=b"",
        sealed_at=sealed_at,
    )
    head = draft._replace(hash=head_hash(draft))
    cursor.execute(_ADD, head)
    return head
