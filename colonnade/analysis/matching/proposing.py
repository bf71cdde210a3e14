"""What a new record may be classified as: proposals with the words that speak for them, and what nothing speaks for.

Pillar, theme, areas and markers are learned from records that the reader sees (:mod:`.classifying`, with its thresholds
and abstentions); countries, resolutions and scope are what the text names (:mod:`.naming`). Every proposal cites words,
and holds by them: without the cited words it is less sure, or gone; one that is not is left out.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from colonnade.analysis.matching.classifying import Classifier, Proposal
from colonnade.analysis.matching.naming import Named, Names, meant, resolutions_in, scope_said
from colonnade.analysis.matching.records import Kind, Place, Record, without

PILLAR, THEME, AREA, MARKER = "pillar", "theme", "area", "gender_marker"
COUNTRY, SCOPE, MANDATE = "country", "scope", "mandate"
#: Dimensions of which a record has one value.
SINGLE: Final = frozenset({PILLAR, THEME, SCOPE, MARKER})
_LEARNED: Final = frozenset({PILLAR, THEME, AREA, MARKER})
#: So many pieces of evidence are cited first; where those do not carry it, all.
_CITED: Final = 6
#: One word that a text shares with others can be chance ("land" of a border, and of a land reform): two are evidence.
_LEAST: Final = 2
_SPEAKING: Final = frozenset({Kind.WORDS, Kind.CONCEPT, Kind.RELATED})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A code that may fit, with the places of the words that speak for it, and like records by identifier."""

    dimension: str
    code: str
    sureness: float
    places: tuple[Place, ...]
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposer:
    """Learned codes and known names, ready to propose for new records."""

    classifier: Classifier
    countries: Names
    regions: Names
    mandates: frozenset[str]

    def propose(self, record: Record, dimensions: Collection[str]) -> dict[str, tuple[Proposed, ...]]:
        """For each dimension what may fit, the surest first; nothing where nothing speaks for any of it."""
        found: dict[str, list[Proposed]] = {each: [] for each in dimensions}
        named = {COUNTRY: meant(self.countries.said_in(record))}
        if SCOPE in found:
            code, places = scope_said(named[COUNTRY], self.regions.said_in(record))
            named[SCOPE] = {code: places} if code else {}
        if MANDATE in found:
            named[MANDATE] = resolutions_in(record, self.mandates)
        for dimension in found.keys() & named.keys():
            found[dimension] = _of(dimension, named[dimension])
        learned = found.keys() & _LEARNED
        for each in self.classifier.proposals(record) if learned else ():
            if each.dimension in learned and (held := self._held(record, each)):
                found[each.dimension].append(held)
        ordered = {name: sorted(some, key=lambda each: (-each.sureness, each.code)) for name, some in found.items()}
        return {name: tuple(some[:1] if name in SINGLE else some) for name, some in ordered.items()}

    def _held(self, record: Record, proposal: Proposal) -> Proposed | None:
        """The proposal with the strongest words for it, where there are enough of them and it falls without them."""
        worth, like = self._evidence(record, proposal)
        if len({getattr(record, place.field)[place.start : place.end].casefold() for place in worth}) < _LEAST:
            return None
        strongest = sorted(worth, key=lambda place: (-worth[place], place))
        for cited in (strongest[:_CITED], strongest):
            if cited and self._sureness(_blanked(record, cited), proposal) < proposal.sureness:
                return Proposed(proposal.dimension, proposal.code, proposal.sureness, _joined(cited), like)
        return None

    def _evidence(self, record: Record, proposal: Proposal) -> tuple[dict[Place, int], tuple[str, ...]]:
        """What of the record the like records with the code share, each place with what it is worth, and those."""
        worth: defaultdict[Place, int] = defaultdict(int)
        like = []
        for each in self.classifier.neighbours(record):
            if proposal.code not in self.classifier.codes[each.candidate].get(proposal.dimension, ()):
                continue
            like.append(each.candidate)
            for part in each.contributions:
                if part.kind in _SPEAKING:
                    for place in part.in_query:
                        worth[place] += part.amount
        return dict(worth), tuple(like)

    def _sureness(self, record: Record, proposal: Proposal) -> float:
        guesses = self.classifier.guesses(record, told=False)
        return next(
            (
                each.sureness
                for each in guesses
                if (each.dimension, each.code) == (proposal.dimension, proposal.code)
            ),
            0.0,
        )  # fmt: skip


def _of(dimension: str, named: Named) -> list[Proposed]:
    return [Proposed(dimension, code, 1.0, places) for code, places in named.items()]


def _joined(places: Collection[Place]) -> tuple[Place, ...]:
    """The places in the order of the record, title first; those that overlap are one."""
    found: list[Place] = []
    for each in sorted(places, key=lambda place: (place.field != "title", place.start, -place.end)):
        if found and found[-1].field == each.field and each.start < found[-1].end:
            found[-1] = Place(each.field, found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return tuple(found)


def _blanked(record: Record, places: Collection[Place]) -> Record:
    stretches: dict[str, list[tuple[int, int]]] = {"title": [], "text": []}
    for each in places:
        stretches[each.field].append((each.start, each.end))
    return without(record, stretches)
