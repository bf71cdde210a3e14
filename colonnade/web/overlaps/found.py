"""The pairs that a reader may be told of: found once for all who read the same projects, and narrowed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from colonnade.analysis.models import OverlapDecision
from colonnade.analysis.overlap.judging import Pair
from colonnade.analysis.overlap.kinds import Kind
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlaps import decisions_of, pairs_among, records_of, superseded, undecided
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.reading import Reading

#: Where a pair stands: nobody decided about it, or what was decided.
OPEN: Final = ""
_VERDICT = OverlapDecision.Verdict
STANDINGS: Final = (OPEN, _VERDICT.COORDINATE.value, _VERDICT.SAME.value, _VERDICT.FINE.value)
#: Kinds by the word that stands in an address.
KINDS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "duplicate": (Kind.DUPLICATE,),
    "overlap": (Kind.OVERLAP,),
    "complementary": (Kind.COMPLEMENTARY,),
    "related": tuple(kind for kind in Kind if kind.is_related),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The projects that a reader sees, by public identifier, and their pairs, most likely first."""

    records: Mapping[str, Record]
    pairs: tuple[Pair, ...]

    def pair(self, one: str, other: str) -> Pair | None:
        """The pair of two projects, where it is likely enough to be one."""
        return next((pair for pair in self.pairs if {pair.a, pair.b} == {one, other}), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. Empty is everything."""

    standing: str = OPEN
    kind: str = ""
    country: str = ""
    entity: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as it is listed: how likely it is, of which kind, and what was decided, or declined."""

    one: str
    other: str
    probability: float | None
    kind: str
    decision: OverlapDecision | None = None


_found: Final[Kept[Found]] = Kept(8)


def found_for(viewer: Viewer, reading: Reading) -> Found:
    """The pairs of what ``viewer`` sees. ``reading`` is theirs: its place changes with every project that is written,
    and is one for those alone who read the same projects."""

    def make() -> Found:
        records = records_of(viewer)
        return Found({each.id: each for each in records}, tuple(pairs_among(records)))

    return _found.get(reading.place, make)


def rows_for(viewer: Viewer, found: Found, asked: Asked) -> list[Row]:
    """The pairs that an address asks for: to be decided, most likely first, with what somebody declined; to be
    coordinated, the first due first; otherwise the last decided first."""
    with reading_as(viewer):
        decisions = decisions_of(viewer)
        gone = superseded(viewer)
    if asked.standing == OPEN:
        named = {frozenset((each.one.public_id, each.other.public_id)): each for each in decisions}
        declined = {ends: each for ends, each in named.items() if each.standing == "declined"}
        rows = [
            Row(pair.a, pair.b, pair.probability, pair.kind.value, declined.pop(frozenset((pair.a, pair.b)), None))
            for pair in undecided(found.pairs, named.keys() - declined.keys(), gone)
            if pair.a in found.records and pair.b in found.records
        ]
        rows += _decided([each for each in declined.values() if not {each.one.public_id, each.other.public_id} & gone])
    else:
        standing = [each for each in decisions if each.standing != "declined"]
        rows = _decided([each for each in standing if each.verdict == asked.standing])
    return list(_narrowed(rows, found, asked))


def _decided(decisions: Sequence[OverlapDecision]) -> list[Row]:
    def order(each: OverlapDecision) -> tuple[date, int]:
        return (each.due_on or date.max, -each.pk)

    return [
        Row(
            each.one.public_id,
            each.other.public_id,
            None if each.probability is None else float(each.probability),
            each.kind,
            each,
        )
        for each in sorted(decisions, key=order)
    ]


def _narrowed(rows: Sequence[Row], found: Found, asked: Asked) -> Iterator[Row]:
    kinds = {kind.value for kind in KINDS.get(asked.kind, ())}
    for row in rows:
        ends = [found.records[name] for name in (row.one, row.other) if name in found.records]
        if asked.kind and row.kind not in kinds:
            continue
        if asked.country and not any(asked.country in end.countries for end in ends):
            continue
        if asked.entity and asked.entity not in {end.entity for end in ends}:
            continue
        if asked.project and asked.project not in {row.one, row.other}:
            continue
        yield row
