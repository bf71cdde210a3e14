"""Checking a chain: pure, over heads and events as they are read one after the other, from a database or a file.

Every head is recomputed and must follow the one before; every event must hash to its leaf; every event must stand in
a head or wait for one; and where there are anchors, the heads must be those that the anchors saw. Memory is bounded: a
bit for each event, and the findings up to :data:`LISTED` of each kind.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from colonnade.audit.anchors import Anchor
from colonnade.audit.bits import Bits
from colonnade.audit.canonical import NOTHING, LoggedEvent, SealedHead, event_hash, head_hash, leaves_of

#: Findings of a kind that are listed one by one; the others are counted.
LISTED: Final = 20
#: Events, and heads, that are not what was sealed, among which one that moved to another's place is looked for.
_MOVED: Final = 50


class Kind(StrEnum):
    """What was done to the log."""

    ALTERED = "altered"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    RECHAINED = "re-chained"
    ROLLED_BACK = "rolled back"
    DETAIL_ALTERED = "personal detail altered"
    DETAIL_LOST = "personal detail lost"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: its kind, at which head and event, and a sentence."""

    kind: Kind
    position: int | None
    event_id: int | None
    said: str

    def __str__(self) -> str:
        where = [f"head {self.position}"] if self.position is not None else []
        where += [f"event {self.event_id}"] if self.event_id is not None else []
        return f"{self.kind}: {', '.join(where) or 'the log'}: {self.said}"


@dataclass(slots=True)
class Findings:
    """What was found; of each kind at most :data:`LISTED` are kept."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)

    def add(self, kind: Kind, position: int | None, event_id: int | None, said: str) -> None:
        """Note a finding."""
        self.counts[kind] += 1
        if self.counts[kind] <= LISTED:
            self.kept.append(Finding(kind, position, event_id, said))


class Chain:
    """The state of a check. Feed it every head in order, then every event outside the heads; then end it."""

    def __init__(self, anchors: Iterable[Anchor] = ()) -> None:
        self.findings = Findings()
        self.heads = 0
        self.events = 0
        self.unsealed = 0
        self.first_unsealed: int | None = None
        self.anchors = 0
        self._sealed = Bits()
        self._before = NOTHING
        self._counted = 0
        self._newest = 0
        self._missing: list[tuple[int, int]] = []
        self._missing_more = 0
        self._misplaced: dict[int, SealedHead] = {}
        self._wrong: list[tuple[int, LoggedEvent, bytes]] = []
        self._strays: list[int] = []
        self._strays_more = 0
        self._anchors = _InOrder(anchors)
        self._agreed = 0

    def head(self, head: SealedHead, events: Mapping[int, LoggedEvent]) -> None:
        """Check the next head with those of its events that are there."""
        expected = self.heads + 1
        if head.position > expected:
            gone = f"heads {expected} to {head.position - 1}" if head.position - 1 > expected else f"head {expected}"
            self.findings.add(Kind.DELETED, expected, None, f"{gone} of the chain is missing")
        elif head.position < expected:
            self.findings.add(Kind.REORDERED, head.position, None, f"it stands after head {self.heads}")
        whole = self._check_head(head, follows=head.position == expected)
        for anchor in self._anchors.at(head.position):
            self._check_anchor(head, anchor, whole)
        self._check_leaves(head, events)
        self.heads, self._before = head.position, head.hash
        self._counted, self._newest = head.last, head.newest

    def _check_head(self, head: SealedHead, *, follows: bool) -> bool:
        if head_hash(head) != head.hash:
            if len(self._misplaced) < _MOVED:
                self._misplaced[head.position] = head
            else:
                self.findings.add(Kind.ALTERED, head.position, None, "the head is not what its hash says")
            return False
        if follows and head.previous != self._before:
            self.findings.add(Kind.RECHAINED, head.position, None, "it does not follow from the head before")
            return False
        if follows and (head.first != self._counted + 1 or head.last - head.first + 1 != len(head.leaves) // 40):
            self.findings.add(Kind.ALTERED, head.position, None, "it miscounts its events")
            return False
        return True

    def _check_anchor(self, head: SealedHead, anchor: Anchor, whole: bool) -> None:
        self.anchors += 1
        if anchor.hash == head.hash:
            self._agreed = head.position
            return
        first = next((event_id for event_id, _ in leaves_of(head.leaves)), None)
        own = "" if whole else " (nor is it whole in itself)"
        self.findings.add(
            Kind.RECHAINED,
            head.position,
            first,
            f"the anchor of {anchor.sealed_at:%Y-%m-%d %H:%M:%S} saw another head here{own}; heads after "
            f"{self._agreed} were made anew, or an earlier state was restored and written on",
        )

    def _check_leaves(self, head: SealedHead, events: Mapping[int, LoggedEvent]) -> None:
        for event_id, digest in leaves_of(head.leaves):
            self.events += 1
            if not self._sealed.add(event_id):
                self.findings.add(Kind.INSERTED, head.position, event_id, "it is sealed a second time")
                continue
            event = events.get(event_id)
            if digest == NOTHING and event is None:
                self.findings.add(Kind.DELETED, head.position, event_id, "it was gone before it was sealed")
            elif event is None:
                self._note_missing(head.position, event_id)
            else:
                self._flush_missing()
                if event_hash(event) == digest:
                    continue
                if len(self._wrong) < _MOVED:
                    self._wrong.append((head.position, event, digest))
                else:
                    self.findings.add(Kind.ALTERED, head.position, event_id, "it is not what was sealed")

    def _name_wrong(self) -> None:
        """Events that are not what was sealed: some have the contents of another's place, the others were altered."""
        for position, event, _digest in self._wrong:
            sealed_as = next(
                (
                    other.id
                    for _position, other, digest in self._wrong
                    if other.id != event.id and event_hash(event._replace(id=other.id)) == digest
                ),
                None,
            )
            if sealed_as is None:
                self.findings.add(Kind.ALTERED, position, event.id, "it is not what was sealed")
            else:
                said = f"what stands here was sealed as event {sealed_as}"
                self.findings.add(Kind.REORDERED, position, event.id, said)

    def _note_missing(self, position: int, event_id: int) -> None:
        if len(self._missing) < LISTED:
            self._missing.append((position, event_id))
        else:
            self._missing_more += 1

    def _flush_missing(self) -> None:
        """Events that were missing are deleted ones, now that a later one is there."""
        for position, event_id in self._missing:
            self.findings.add(Kind.DELETED, position, event_id, "it was sealed and is gone")
        self.findings.counts[Kind.DELETED] += self._missing_more
        self._missing, self._missing_more = [], 0

    def is_sealed(self, event_id: int) -> bool:
        """Whether a head that was fed holds the event."""
        return event_id in self._sealed

    def outside(self, event_id: int, *, waits: bool) -> None:
        """An event that no head holds; ``waits`` when the sealer's queue does."""
        if waits:
            self.unsealed += 1
            if self.first_unsealed is None:
                self.first_unsealed = event_id
        elif len(self._strays) < LISTED:
            self._strays.append(event_id)
        else:
            self._strays_more += 1

    def end(self, *, sequence: int | None) -> None:
        """Everything was fed. ``sequence`` is the highest id that the database ever gave, where that is known."""
        self._name_wrong()
        self._name_misplaced()
        beyond = list(self._anchors.rest())
        self.anchors += len(beyond)
        for anchor in beyond[:1]:
            went_on = sequence is not None and sequence >= anchor.newest
            kind = Kind.TRUNCATED if went_on else Kind.ROLLED_BACK
            how = (
                f"the numbers of events went on to {sequence}, so that the end was cut off"
                if went_on
                else "the database is that of an earlier time"
            )
            last = max(beyond, key=lambda one: one.position)
            self.findings.add(
                kind,
                self.heads + 1,
                self._newest + 1,
                f"the log ends with head {self.heads} ({self._counted} events); an anchor of "
                f"{last.sealed_at:%Y-%m-%d %H:%M:%S} saw head {last.position} ({last.events} events); {how}",
            )
        self._name_tail(cut=bool(beyond))

    def _name_tail(self, *, cut: bool) -> None:
        if self._missing:
            position, event_id = self._missing[0]
            count = len(self._missing) + self._missing_more
            said = f"the last {count} sealed events, from this one on, are gone"
            self.findings.add(Kind.TRUNCATED, position, event_id, said)
        for event_id in self._strays:
            if cut and event_id > self._newest:
                self.findings.add(Kind.TRUNCATED, None, event_id, "the head that sealed it was cut off")
            else:
                self.findings.add(Kind.INSERTED, None, event_id, "no head holds it, and it does not wait for one")
        self.findings.counts[Kind.INSERTED] += self._strays_more

    def _name_misplaced(self) -> None:
        """Heads that do not hash to what they say: some stand in another's place, the others were altered."""
        for position, head in self._misplaced.items():
            place = next(
                (other for other in self._misplaced if head_hash(head._replace(position=other)) == head.hash), 0
            )
            if place:
                self.findings.add(Kind.REORDERED, position, None, f"this is head {place}")
            else:
                self.findings.add(Kind.ALTERED, position, None, "the head is not what its hash says")


class _InOrder:
    """Anchors in the order of their positions, read as the heads go by. Two sealers may have swapped neighbours."""

    LOOKAHEAD: Final = 64

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._coming: Iterator[Anchor] = iter(anchors)
        self._near: list[Anchor] = []

    def at(self, position: int) -> list[Anchor]:
        """The anchors of ``position``."""
        self._fill()
        found = []
        while here := [anchor for anchor in self._near if anchor.position <= position]:
            found += here
            self._near = [anchor for anchor in self._near if anchor.position > position]
            self._fill()
        return found

    def rest(self) -> Iterator[Anchor]:
        """The anchors of heads that there are not; the first :data:`LOOKAHEAD` and the last one."""
        self._fill()
        yield from self._near
        yield from deque(self._coming, maxlen=1)

    def _fill(self) -> None:
        while len(self._near) < self.LOOKAHEAD:
            anchor = next(self._coming, None)
            if anchor is None:
                return
            self._near.append(anchor)
