"""An index of candidates that answers queries at once, also after single records changed.

The statistics are those of the records that it was made from. A changed or new record is read when it comes and counts
with the statistics that are there, so that it can be suggested within milliseconds; the next index counts it as well.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from colonnade.analysis.matching.corpus import Corpus, Ints, Vocabulary
from colonnade.analysis.matching.latent import Floats
from colonnade.analysis.matching.query import Query, queries_of
from colonnade.analysis.matching.reading import read_all
from colonnade.analysis.matching.reasons import Explained, contributions, sums
from colonnade.analysis.matching.records import UNIT, Contribution, Record, Suggestion
from colonnade.analysis.matching.scoring import Postings, best, exact, postings_of
from colonnade.analysis.matching.statistics import Statistics, counted, vectors_of
from colonnade.analysis.matching.structure import Structure, bonus
from colonnade.analysis.matching.thesaurus import Thesaurus, the_thesaurus
from colonnade.analysis.matching.weights import Weights, the_weights

#: How alike two texts are to a model, from the query's number and the candidates': numbers from -1 to 1.
Further = Callable[[Record, Sequence[Record]], Sequence[Contribution | None]]
DEFAULT_TOP: Final = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Records with their arrays."""

    records: tuple[Record, ...]
    corpus: Corpus
    postings: Postings
    by_country: dict[str, Ints]
    wider: Ints
    numbers: Mapping[str, int]

    def among(self, countries: frozenset[str]) -> Ints | None:
        """Records of the countries and those that are wider; ``None``, meaning all, where no country is asked for."""
        if not countries:
            return None
        own = [self.by_country[each] for each in sorted(countries) if each in self.by_country]
        return np.unique(np.concatenate((*own, self.wider)))


@dataclass(frozen=True, slots=True)
class Index:
    """Candidates, ready for queries. ``parts``: those it was made from, then those that changed since."""

    vocabulary: Vocabulary
    statistics: Statistics
    weights: Weights
    parts: tuple[Part, ...]
    gone: frozenset[int] = frozenset()
    further: tuple[Further, ...] = ()

    @classmethod
    def of(
        cls,
        candidates: Iterable[Record],
        queries: Iterable[Record] = (),
        *,
        weights: Weights | None = None,
        thesaurus: Thesaurus | None = None,
        further: Sequence[Further] = (),
    ) -> "Index":
        """Index candidates. The words of ``queries`` are counted as well."""
        vocabulary = Vocabulary(thesaurus or the_thesaurus())
        records = tuple(candidates)
        corpus = _read(records, vocabulary)
        asked = tuple(queries)
        corpora = [corpus, _read(asked, vocabulary)] if asked else [corpus]
        statistics = counted(corpora, vocabulary)
        with ThreadPoolExecutor(1) as beside:
            vectors = beside.submit(vectors_of, corpora, statistics)
            part = _part(records, corpus, statistics)
            statistics = replace(statistics, vectors=vectors.result())
        return cls(vocabulary, statistics, weights or the_weights(), (part,), further=tuple(further))

    def changed(self, *records: Record) -> "Index":
        """The index with these records new, or in the place of those with the same id."""
        ids = {each.id for each in records}
        first = self.parts[0]
        later = [each for part in self.parts[1:] for each in part.records if each.id not in ids]
        gone = self.gone | {first.numbers[each] for each in ids if each in first.numbers}
        fresh = (*later, *records)
        return replace(self, parts=(first, _part(fresh, _read(fresh, self.vocabulary), self.statistics)), gone=gone)

    def without(self, *ids: str) -> "Index":
        """The index without these records."""
        first = self.parts[0]
        later = tuple(each for part in self.parts[1:] for each in part.records if each.id not in ids)
        gone = self.gone | {first.numbers[each] for each in ids if each in first.numbers}
        parts = (first, _part(later, _read(later, self.vocabulary), self.statistics)) if later else (first,)
        return replace(self, parts=parts, gone=gone)

    def read(self, records: Sequence[Record]) -> Corpus:
        """The texts of records in the words of this index, for :meth:`prepared`."""
        return _read(records, self.vocabulary)

    def prepared(self, records: Sequence[Record], corpus: Corpus, texts: Sequence[int]) -> list[Query]:
        """Records as queries; their texts are these of a corpus that :meth:`read` made."""
        return queries_of(records, corpus, texts, self.statistics, self.weights, len(self.vocabulary.stems))

    def queries(self, records: Sequence[Record]) -> list[Query]:
        """Records as queries."""
        return self.prepared(records, self.read(records), range(len(records))) if records else []

    def suggestions(self, record: Record, *, top: int = DEFAULT_TOP) -> list[Suggestion]:
        """The best candidates for a record, best first. One that shares nothing with it is not suggested."""
        return self.answer(self.queries([record])[0], top=top)

    def answer(self, query: Query, *, top: int = DEFAULT_TOP, placed: int | None = None) -> list[Suggestion]:
        """As :meth:`suggestions`, for a query that was prepared.

        Up to the rank ``placed`` (all, where nothing is said) each thing that is shared is told with its places; after
        it, what the words, the concepts and the related words add.
        """
        found = self._scored(query, top)
        bare = [each for each in found if each.part.records[each.number].id != query.record.id]
        explained = Explained.of(query)
        answers = []
        for rank, each in enumerate(bare[:top], 1):
            candidate = each.part.records[each.number]
            corpus, postings, number = each.part.corpus, each.part.postings, each.number
            if placed is None or rank <= placed:
                text = contributions(explained, corpus, postings, number, candidate, each.divisor, self.vocabulary)
            else:
                text = sums(explained, corpus, postings, number, each.divisor)
            answers.append((candidate, (*each.structure.contributions(query.record, candidate, self.weights), *text)))
        if self.further:
            answers = self._beside(query.record, answers)
        ordered = sorted(answers, key=lambda each: (-sum(part.amount for part in each[1]), each[0].id))
        return [
            Suggestion(query.record.id, candidate.id, rank, parts) for rank, (candidate, parts) in enumerate(ordered, 1)
        ]

    def explained(self, pairs: Iterable[tuple[Record, str]]) -> list[Suggestion | None]:
        """For each pair of a record and a candidate's id what its score rests on; ``None`` where the candidate is
        unknown.

        The rank is 0: nothing else was looked at.
        """
        asked = list(pairs)
        corpus = self.read([record for record, _ in asked])
        found: list[Suggestion | None] = []
        for text, (record, name) in enumerate(asked):
            part, number = self._where(name)
            if part is None:
                found.append(None)
                continue
            [query] = self.prepared([record], corpus, [text])
            only = np.array([number], dtype=np.int64)
            scored = exact(query, only, part.corpus, part.postings, self.statistics, self.weights)
            candidate = part.records[number]
            parts = contributions(
                Explained.of(query),
                part.corpus,
                part.postings,
                number,
                candidate,
                float(scored.divisor[0]),
                self.vocabulary,
            )
            structure = bonus(record, candidate).contributions(record, candidate, self.weights)
            found.append(Suggestion(record.id, name, 0, (*structure, *parts)))
        return found

    def _where(self, name: str) -> tuple[Part | None, int]:
        """The part and the number of a candidate."""
        for place, part in enumerate(self.parts):
            number = part.numbers.get(name)
            if number is not None and (place or number not in self.gone):
                return part, number
        return None, -1

    def _beside(
        self, record: Record, answers: list[tuple[Record, tuple[Contribution, ...]]]
    ) -> list[tuple[Record, tuple[Contribution, ...]]]:
        """Contributions of parts that look at few candidates only, such as a model."""
        candidates = [candidate for candidate, _ in answers]
        for each in self.further:
            more = each(record, candidates)
            answers = [
                (candidate, (*parts, further) if further else parts)
                for (candidate, parts), further in zip(answers, more, strict=True)
            ]
        return answers

    def _scored(self, query: Query, top: int) -> list["_Found"]:
        among = [part.among(query.record.countries) for part in self.parts]
        if all(each is not None and not len(each) for each in among):
            among = [None] * len(self.parts)  # nothing of the country, nothing wider: the rest, below both
        found: list[_Found] = []
        for place, (part, some) in enumerate(zip(self.parts, among, strict=True)):
            wanted = top + 1 + (len(self.gone) if place == 0 else 0)
            scored = best(query, some, wanted, part.corpus, part.postings, self.statistics, self.weights)
            structures = [bonus(query.record, part.records[number]) for number in scored.texts.tolist()]
            totals = scored.scores + np.array([each.amount(self.weights) for each in structures])
            totals[scored.scores <= 0.5 / UNIT] = -1.0  # nothing of the text is shared
            order = np.lexsort((scored.texts, -totals))
            chosen = [at for at in order[:wanted].tolist() if scored.scores[at] > 0.5 / UNIT]
            found.extend(
                _Found(float(totals[at]), part, int(scored.texts[at]), float(scored.divisor[at]), structures[at])
                for at in chosen
                if place or int(scored.texts[at]) not in self.gone
            )
        return sorted(found, key=lambda each: (-round(each.total * UNIT), each.part.records[each.number].id))[: top + 1]


@dataclass(frozen=True, slots=True)
class _Found:
    total: float
    part: Part
    number: int
    divisor: float
    structure: Structure


def _read(records: Sequence[Record], vocabulary: Vocabulary) -> Corpus:
    return read_all([each.whole for each in records], [each.language for each in records], vocabulary)


def _part(records: tuple[Record, ...], corpus: Corpus, statistics: Statistics) -> Part:
    by_country: dict[str, list[int]] = {}
    wider = []
    for number, each in enumerate(records):
        for country in each.countries:
            by_country.setdefault(country, []).append(number)
        if not each.countries:
            wider.append(number)
    return Part(
        records,
        corpus,
        postings_of(corpus, statistics),
        {country: np.array(numbers, dtype=np.int64) for country, numbers in by_country.items()},
        np.array(wider, dtype=np.int64),
        {each.id: number for number, each in enumerate(records)},
    )


__all__ = ["DEFAULT_TOP", "Floats", "Further", "Index", "Part"]
