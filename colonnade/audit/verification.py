"""Verifying the log, online over the database or offline over an export; and personal details beside it.

Of personal details: each that stands must hash to its commitment, and each that is gone must have an event of its
erasure. An export holds none; there, those erased are counted only.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection

from colonnade.audit import reading
from colonnade.audit.anchors import Anchor
from colonnade.audit.canonical import LoggedEvent
from colonnade.audit.checking import Chain, Finding, Findings, Kind
from colonnade.audit.exported import read_export
from colonnade.audit.triggers import MARK

_COMMITMENT: Final = re.compile(re.escape(MARK) + "([0-9a-f]{64})")
_CHUNK: Final = 10_000


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found, and over what."""

    findings: tuple[Finding, ...]
    more: int
    heads: int
    events: int
    unsealed: int
    first_unsealed: int | None
    anchors: int
    erased: int
    online: bool

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def lines(self) -> Iterator[str]:
        """What was found, in sentences."""
        yield from map(str, self.findings)
        if self.more:
            yield f"and {self.more} more"
        if self.unsealed:
            yield f"unsealed tail: {self.unsealed} events wait to be sealed, from event {self.first_unsealed} on"
        yield (
            f"{self.erased} personal details erased, each with its erasure event"
            if not any(finding.kind is Kind.DETAIL_LOST for finding in self.findings)
            else f"{self.erased} personal details erased with their erasure event"
        )
        yield (
            f"{self.anchors} anchors compared"
            if self.anchors
            else "no anchor compared: a log that was cut short or chained anew as a whole would not show"
        )
        problems = len(self.findings) + self.more
        yield f"{self.events} sealed events in {self.heads} heads: {problems} finding(s)"


def verify_database(anchors: Iterable[Anchor] = ()) -> Verified:
    """Check the log of the database that the settings name, as it stands at one moment."""
    with reading.one_moment():
        chain = Chain(anchors)
        erasures = _erasures()
        details = _Details(chain.findings, erasures)
        for head, events in reading.sealed():
            chain.head(head, events)
            details.check(events.values())
        for outside in reading.outside(chain.is_sealed):
            for event in outside.events:
                chain.outside(event.id, waits=event.id in outside.waits)
        chain.end(sequence=reading.sequence())
        details.check_standing()
        return _verified(chain, len(erasures), online=True)


def verify_export(path: Path, anchors: Iterable[Anchor] = ()) -> Verified:
    """Check an export of the log; no database is needed. :raises ExportUnreadable: where it is cut off or no export."""
    chain = Chain(anchors)
    erased = 0
    export = read_export(path)
    for head, events in export.sealed():
        chain.head(head, events)
        erased += sum(event.operation == "ERASE" for event in events.values())
    for event, waits in export.outside():
        chain.outside(event.id, waits=waits)
    chain.end(sequence=export.sequence)
    return _verified(chain, erased, online=False)


def _verified(chain: Chain, erased: int, *, online: bool) -> Verified:
    findings: Findings = chain.findings
    return Verified(
        findings=tuple(findings.kept),
        more=sum(findings.counts.values()) - len(findings.kept),
        heads=chain.heads,
        events=chain.events,
        unsealed=chain.unsealed,
        first_unsealed=chain.first_unsealed,
        anchors=chain.anchors,
        erased=erased,
        online=online,
    )


def _erasures() -> frozenset[bytes]:
    """The commitments that were erased with an event, 32 bytes each."""
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT row_id FROM audit_event WHERE table_name = 'audit_personal' AND operation = 'ERASE'")
        return frozenset(bytes.fromhex(row_id) for (row_id,) in cursor if re.fullmatch("[0-9a-f]{64}", row_id))


class _Details:
    """Personal details, checked beside the events that commit to them."""

    def __init__(self, findings: Findings, erasures: frozenset[bytes]) -> None:
        self._findings = findings
        self._erasures = erasures

    def check(self, events: Iterable[LoggedEvent]) -> None:
        """Each detail that ``events`` commit to stands, or was erased with an event."""
        wanted: dict[str, int] = {}
        for event in events:
            for text in (event.actor, event.before, event.after):
                if text and MARK in text:
                    for commitment in _COMMITMENT.findall(text):
                        wanted.setdefault(commitment, event.id)
        unknown = [one for one in wanted if bytes.fromhex(one) not in self._erasures]
        if not unknown:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT commitment FROM audit_personal WHERE commitment = ANY(%s)", [unknown])
            standing = {commitment for (commitment,) in cursor.fetchall()}
        for commitment in unknown:
            if commitment not in standing:
                said = "a detail that it commits to is gone without an event of its erasure"
                self._findings.add(Kind.DETAIL_LOST, None, wanted[commitment], said)

    def check_standing(self) -> None:
        """Each detail that stands is the one that was committed to."""
        with connection.chunked_cursor() as cursor:
            cursor.execute("SELECT commitment, salt, value FROM audit_personal")
            while rows := cursor.fetchmany(_CHUNK):
                for commitment, salt, value in rows:
                    if hashlib.sha256(bytes(salt) + value.encode()).hexdigest() != commitment:
                        said = f"the detail {commitment[:12]}… is not the one that was committed to"
                        self._findings.add(Kind.DETAIL_ALTERED, None, None, said)
