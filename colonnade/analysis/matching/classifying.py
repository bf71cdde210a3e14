"""Proposals for a record's codes (pillar, theme, areas, scope, countries, markers), with evidence, or none.

Codes are proposed for what records with like texts have, and for what the code's own title says; countries, for those
that a text names. Nothing is filled in: a person takes a proposal or leaves it. How sure a proposal has to be is found
on labelled records, each in turn left out of those it is compared with: on half of them the least sureness at which
four in five proposals are right is taken, and on the other half it is measured how many are right then. A dimension
where that cannot be reached, or that has too few labelled records, proposes nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.places import country_of
from colonnade.analysis.matching.records import UNIT, Contribution, Place, Record, Suggestion
from colonnade.analysis.matching.words import Word, stop_words, words

COUNTRIES: Final = "country"
#: So many of four in five.
RIGHT: Final = 0.8
#: So many labelled records a dimension needs, and so many proposals a threshold has to rest on.
LEAST: Final = 40
LEAST_PROPOSALS: Final = 15
#: Of more labelled records than this, so many are tried.
_TRIED: Final = 600
_NEIGHBOURS: Final = 12
_GRID: Final = tuple(step / 20 for step in range(10, 21))
_LONGEST_NAME: Final = 6
_TERM: Final = "\N{SYMBOL FOR UNIT SEPARATOR}"


@dataclass(frozen=True, slots=True)
class Term:
    """A code of a dimension of the strategy, with what says what it means."""

    dimension: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A record whose codes are known, by dimension."""

    record: Record
    codes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Support:
    """What a proposal rests on: a like record or the code's own title, and what is shared with it; or a place alone."""

    like: str
    shared: tuple[Contribution, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code that may fit. ``sureness`` is from 0 to 1; for countries, which the text names, it is 1."""

    dimension: str
    code: str
    sureness: float
    because: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well a dimension is proposed. ``threshold`` is ``None`` where nothing is proposed.

    ``right`` of ``proposed`` codes, for ``answered`` of ``tried`` records, were right on the half that the threshold
    was not chosen on.
    """

    dimension: str
    threshold: float | None
    right: int
    proposed: int
    answered: int
    tried: int


@dataclass(frozen=True, slots=True)
class Classifier:
    """Labelled records and terms, ready to propose. ``calibrations`` are by dimension."""

    index: Index
    codes: Mapping[str, Mapping[str, frozenset[str]]]
    calibrations: Mapping[str, Calibration]

    @classmethod
    def of(cls, labelled: Iterable[Labelled], terms: Iterable[Term]) -> "Classifier":
        """Index records and terms, and find how sure a proposal has to be."""
        known = list(labelled)
        named = list(terms)
        records = [Record(each.record.id, each.record.text, each.record.title) for each in known]
        records += [Record(f"{each.dimension}{_TERM}{each.code}", each.title) for each in named if each.title]
        codes = {each.record.id: each.codes for each in known} | {
            f"{each.dimension}{_TERM}{each.code}": {each.dimension: frozenset({each.code})} for each in named
        }
        bare = cls(Index.of(records), codes, {})
        return cls(bare.index, codes, _calibrated(bare, known))

    def proposals(self, record: Record) -> list[Proposal]:
        """What is sure enough to be proposed for a record, by dimension, the surest first."""
        found = [
            each
            for each in self.guesses(record)
            if (calibration := self.calibrations.get(each.dimension)) and calibration.threshold is not None
            if each.sureness >= calibration.threshold
        ]
        return sorted([*found, *named_countries(record)], key=lambda each: (each.dimension, -each.sureness, each.code))

    def neighbours(self, record: Record, *, told: bool = True) -> list[Suggestion]:
        """The records and titles of codes whose texts are most like a record's; without places where not ``told``."""
        plain = Record(record.id, record.text, record.title, language=record.language)
        query = self.index.queries([plain])[0]
        return self.index.answer(query, top=_NEIGHBOURS * 2, placed=None if told else 0)[:_NEIGHBOURS]

    def guesses(self, record: Record, *, told: bool = True) -> list[Proposal]:
        """Every code of like records with its sureness: the part of all likeness that is to records with the code."""
        found = self.neighbours(record, told=told)
        weight: defaultdict[tuple[str, str], float] = defaultdict(float)
        whole: defaultdict[str, float] = defaultdict(float)
        support: defaultdict[tuple[str, str], list[Suggestion]] = defaultdict(list)
        for each in found:
            likeness = (each.score / UNIT) ** 2  # near records count for more than many that are far
            for dimension, codes in self.codes[each.candidate].items():
                whole[dimension] += likeness
                for code in codes:
                    weight[dimension, code] += likeness
                    support[dimension, code].append(each)
        return [
            Proposal(dimension, code, some / whole[dimension], tuple(map(_support, support[dimension, code][:3])))
            for (dimension, code), some in sorted(weight.items())
        ]


def _support(suggestion: Suggestion) -> Support:
    return Support(suggestion.candidate.replace(_TERM, " "), suggestion.contributions)


def _calibrated(classifier: Classifier, labelled: Sequence[Labelled]) -> dict[str, Calibration]:
    """By dimension: a threshold chosen on one half of the labelled records, and what it does on the other."""
    ordered = sorted(labelled, key=lambda each: _spread(each.record.id))[:_TRIED]
    tried = [(each, classifier.guesses(each.record, told=False)) for each in ordered]
    found = {}
    for dimension in sorted({dimension for each in labelled for dimension in each.codes}):
        some = [
            (each.codes[dimension], [guess for guess in guesses if guess.dimension == dimension])
            for each, guesses in tried
            if dimension in each.codes
        ]
        choose, hold = some[::2], some[1::2]
        threshold = None
        if len(some) >= LEAST:
            threshold = next((each for each in _GRID if _passes(*_counted(choose, each)[:2])), None)
        right, proposed, answered = _counted(hold, threshold) if threshold is not None else (0, 0, 0)
        if not _passes(right, proposed):
            threshold = None
        found[dimension] = Calibration(dimension, threshold, right, proposed, answered, len(hold))
    return found


def _passes(right: int, proposed: int) -> bool:
    return proposed >= LEAST_PROPOSALS and right >= RIGHT * proposed


def _counted(some: Sequence[tuple[frozenset[str], list[Proposal]]], threshold: float) -> tuple[int, int, int]:
    """How many proposals at a threshold are right, how many there are, for how many records."""
    right = proposed = answered = 0
    for codes, guesses in some:
        sure = [each.code for each in guesses if each.sureness >= threshold]
        right += sum(code in codes for code in sure)
        proposed += len(sure)
        answered += bool(sure)
    return right, proposed, answered


def _spread(name: str) -> str:
    """An order that has nothing to do with what records say."""
    return hashlib.sha256(name.encode()).hexdigest()


def named_countries(record: Record) -> list[Proposal]:
    """The countries that a record's title or text names, with the places."""
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for field in ("title", "text"):
        text = getattr(record, field)
        spoken = words(text)
        place = 0
        while place < len(spoken):
            length = next(
                (size for size in range(_LONGEST_NAME, 0, -1) if _code(text, spoken[place : place + size], size)), 0
            )
            if length:
                some = spoken[place : place + length]
                places[_code(text, some, length)].append(Place(field, some[0].start, some[-1].end))
            place += length or 1
    return [Proposal(COUNTRIES, code, 1.0, (Support("", places=tuple(some)),)) for code, some in sorted(places.items())]


def _code(text: str, some: Sequence[Word], size: int) -> str:
    """The two-letter code of the country that these words name; empty where they name none."""
    if len(some) != size:
        return ""
    quoted = text[some[0].start : some[-1].end]
    ends = {some[0].form, some[-1].form}
    code = country_of(quoted) if not any(ends & each for each in stop_words().values()) else ""
    # A name has a capital, where its script has any, and is no bare code: "us" and "IT" are words of other meanings.
    if len(code) != 2 or not code.isupper() or (quoted.isascii() and (len(quoted) < 4 or quoted.islower())):
        return ""
    return code
