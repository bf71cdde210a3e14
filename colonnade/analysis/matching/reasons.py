"""Why a candidate is suggested: contributions with their places, which add up to the score.

Shared words that stand side by side in both texts are told as one phrase. Concepts come with the places of all their
mentions. Of the words that go with the query's, the strongest are told one by one, the others together.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from colonnade.analysis.matching.corpus import Corpus, Vocabulary
from colonnade.analysis.matching.query import Query
from colonnade.analysis.matching.records import UNIT, Contribution, Kind, Place, Record, place_in
from colonnade.analysis.matching.scoring import Postings
from colonnade.analysis.matching.words import ASCII_WORD, WORD, has_pairs, words

#: So many related words are told one by one.
_TOLD: Final = 2
#: Up to so many function words stand within one place.
_GAP: Final = 5

_TOGETHER: Final = {
    Kind.WORDS: "shared words",
    Kind.CONCEPT: "shared concepts",
    Kind.RELATED: "words that go together",
}

Spans = list[tuple[int, int]]


def spans_of(text: str) -> Spans:
    """Where each word of a text stands, in the order in which :mod:`corpus` counts them."""
    if has_pairs(text):
        return [(each.start, each.end) for each in words(text)]
    return [match.span() for match in (ASCII_WORD if text.isascii() else WORD).finditer(text)]


@dataclass(frozen=True, slots=True)
class Told:
    """A text for telling: its words' places, the stem of each (-1 for a function word), how many are the title's."""

    record: Record
    spans: Spans
    stems: list[int]
    title: int

    @classmethod
    def of(cls, record: Record, corpus: Corpus, text: int) -> "Told":
        """Text number ``text`` of a corpus."""
        slots = corpus.slot_of[corpus.token_starts[text] : corpus.token_starts[text + 1]]
        stems = np.where(slots >= 0, corpus.stems[slots], -1) if len(corpus.stems) else slots
        spans = spans_of(record.whole)
        title = bisect_left(spans, (len(record.title), 0)) if record.title else 0
        return cls(record, spans, stems.tolist(), title)

    def places(self, numbers: Iterable[int]) -> tuple[Place, ...]:
        """The places of words by number; neighbours, with only function words between them, are one place."""
        found: list[Place] = []
        first = last = -1
        for number in sorted(numbers):
            if first < 0:
                first = number
            elif self.parts(last, number):
                found.append(self.place(first, last))
                first = number
            last = number
        if first >= 0:
            found.append(self.place(first, last))
        return tuple(found)

    def parts(self, last: int, number: int) -> bool:
        """Whether something stands between two words: another word, many function words, or the end of the title."""
        if last < self.title <= number:
            return True
        return number > last + 1 and (number > last + _GAP or max(self.stems[last + 1 : number]) >= 0)

    def place(self, first: int, last: int) -> Place:
        """The place from one word to another."""
        return place_in(self.record, self.spans[first][0], self.spans[last][1])

    def quoted(self, first: int, last: int) -> str:
        """The stretch of text from one word to another."""
        return self.record.whole[self.spans[first][0] : self.spans[last][1]]


@dataclass(frozen=True, slots=True)
class Explained:
    """A query for telling: where its stems and concepts stand, and which of its stems stand side by side."""

    query: Query
    told: Told
    at: dict[int, list[int]]
    beside: frozenset[tuple[int, int]]
    concepts: dict[int, tuple[Place, ...]]
    because: dict[int, int]
    gain: dict[int, float]
    kept: dict[tuple[int, ...], tuple[Place, ...]]

    def places(self, stems: Iterable[int]) -> tuple[Place, ...]:
        """Where stems stand in the query."""
        key = tuple(stems)
        if key not in self.kept:
            self.kept[key] = self.told.places(number for stem in key for number in self.at[stem])
        return self.kept[key]

    @classmethod
    def of(cls, query: Query) -> "Explained":
        """Prepare a query, once for all its candidates."""
        told = Told.of(query.record, query.corpus, query.text)
        at: dict[int, list[int]] = {}
        for number, stem in enumerate(told.stems):
            if stem >= 0:
                at.setdefault(stem, []).append(number)
        content = [stem for stem in told.stems if stem >= 0]
        beside = frozenset(itertools.pairwise(content))
        concepts: dict[int, list[int]] = {}
        offset = int(query.corpus.token_starts[query.text])
        first, last = np.searchsorted(query.corpus.pair_word, query.corpus.token_starts[query.text : query.text + 2])
        for word, concept in zip(
            query.corpus.pair_word[first:last].tolist(), query.corpus.pair_concept[first:last].tolist(), strict=True
        ):
            concepts.setdefault(concept, []).append(word - offset)
        because = dict(zip(query.related.tolist(), query.because.tolist(), strict=True))
        named = {concept: told.places(numbers) for concept, numbers in concepts.items()}
        stems = np.concatenate((query.own, query.related))
        gain = dict(zip(stems.tolist(), query.gain[stems].tolist(), strict=True))
        return cls(query, told, at, beside, named, because, gain, {})


def contributions(
    explained: Explained,
    corpus: Corpus,
    postings: Postings,
    text: int,
    candidate: Record,
    divisor: float,
    vocabulary: Vocabulary,
) -> list[Contribution]:
    """What a text's score rests on, the largest part first. ``divisor``: what the sum of gains was divided by."""
    told = Told.of(candidate, corpus, text)
    scale = UNIT / divisor
    found = [
        *_shared_words(explained, told, scale),
        *_shared_concepts(explained, told, corpus, postings, text, scale, vocabulary),
        *_related_words(explained, told, scale),
    ]
    return sorted((each for each in found if each.amount > 0), key=lambda each: (-each.amount, each.kind, each.what))


def sums(explained: Explained, corpus: Corpus, postings: Postings, text: int, divisor: float) -> list[Contribution]:
    """What the words, the concepts and the related words of a text add, without places."""
    query, scale = explained.query, UNIT / divisor
    stems = corpus.stems[corpus.starts[text] : corpus.starts[text + 1]].tolist()
    some = slice(postings.text_concept_starts[text], postings.text_concept_starts[text + 1])
    found = {
        Kind.WORDS: sum([explained.gain[stem] for stem in stems if stem in explained.at]),
        Kind.CONCEPT: float(query.concept_gain[postings.text_concepts[some]] @ postings.text_strengths[some]),
        Kind.RELATED: sum([explained.gain[stem] for stem in stems if stem in explained.because]),
    }
    parts = (Contribution(kind, _TOGETHER[kind], round(amount * scale)) for kind, amount in found.items())
    return sorted((each for each in parts if each.amount > 0), key=lambda each: (-each.amount, each.kind))


def _shared_words(explained: Explained, told: Told, scale: float) -> list[Contribution]:
    """Shared stems, those side by side in both texts as one."""
    runs: list[list[int]] = []
    before = last = -1
    at: dict[int, list[int]] = {}
    for number, stem in enumerate(told.stems):
        if stem < 0:
            continue
        inside = not last < told.title <= number
        if stem in explained.at:
            at.setdefault(stem, []).append(number)
            if before in explained.at and (before, stem) in explained.beside and inside:
                runs[-1].append(number)
            else:
                runs.append([number])
        before, last = stem, number
    gain = explained.gain
    found = []
    for run in sorted(runs, key=lambda each: (-len(each), each[0])):
        stems = [stem for stem in dict.fromkeys(told.stems[number] for number in run) if stem in at]
        if stems:
            amount = sum([gain[stem] for stem in stems])
            here = told.places(number for stem in stems for number in at.pop(stem))
            there = explained.places(stems)
            found.append(Contribution(Kind.WORDS, told.quoted(run[0], run[-1]), round(amount * scale), there, here))
    return found


def _shared_concepts(
    explained: Explained,
    told: Told,
    corpus: Corpus,
    postings: Postings,
    text: int,
    scale: float,
    vocabulary: Vocabulary,
) -> list[Contribution]:
    some = slice(postings.text_concept_starts[text], postings.text_concept_starts[text + 1])
    gains = explained.query.concept_gain[postings.text_concepts[some]] * postings.text_strengths[some]
    shared = {
        concept: gain
        for concept, gain in zip(postings.text_concepts[some].tolist(), gains.tolist(), strict=True)
        if gain > 0
    }
    if not shared:
        return []
    at: dict[int, list[int]] = {}
    offset = int(corpus.token_starts[text])
    pairs = slice(postings.pair_text_starts[text], postings.pair_text_starts[text + 1])
    for word, concept in zip(corpus.pair_word[pairs].tolist(), corpus.pair_concept[pairs].tolist(), strict=True):
        if concept in shared:
            at.setdefault(concept, []).append(word - offset)
    return [
        Contribution(
            Kind.CONCEPT,
            vocabulary.thesaurus.concepts[vocabulary.keys[concept]].label,
            round(gain * scale),
            explained.concepts[concept],
            told.places(at[concept]),
        )
        for concept, gain in shared.items()
    ]


def _related_words(explained: Explained, told: Told, scale: float) -> list[Contribution]:
    at: dict[int, list[int]] = {}
    for number, stem in enumerate(told.stems):
        if stem in explained.because:
            at.setdefault(stem, []).append(number)
    gain = explained.gain
    ordered = sorted(at, key=lambda stem: (-gain[stem], at[stem][0]))
    groups: list[Sequence[int]] = [[stem] for stem in ordered[:_TOLD]]
    if len(ordered) > _TOLD:
        groups.append(ordered[_TOLD:])
    found = []
    for stems in groups:
        numbers = [number for stem in stems for number in at[stem]]
        causes = dict.fromkeys(explained.because[stem] for stem in stems)
        quoted = ", ".join(dict.fromkeys(told.quoted(at[stem][0], at[stem][0]).lower() for stem in stems))
        there = explained.places(sorted(causes))
        amount = sum([gain[stem] for stem in stems])
        found.append(Contribution(Kind.RELATED, quoted, round(amount * scale), there, told.places(numbers)))
    return found
