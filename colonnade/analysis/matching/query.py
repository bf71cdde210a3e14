"""A query: what each word and each concept of it can add to a score.

A text's score is, between 0 and 1,

    (words * its share of the query's words + concepts * its share of the query's concepts) / (1 + else / concise)

where shares count each word as much as it is rare, words that go with the query's own in the collection are counted
beside them (``related``), and *else* is what the candidate says besides, in mean texts. A word that is shared, related
or part of a shared concept is none of that *else*: to take evidence away only takes from the sum above the line, which
is why it always lowers the score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.matching.corpus import Corpus, Ints
from colonnade.analysis.matching.latent import Floats
from colonnade.analysis.matching.records import Record
from colonnade.analysis.matching.statistics import BROADER, Statistics
from colonnade.analysis.matching.weights import Weights

#: How many words that go with the query's are looked for, at most.
RELATED: Final = 40
#: A word goes with a query's words where its projection is at least this part of the strongest one's.
_LEAST: Final = 0.02


@dataclass(frozen=True, slots=True)
class Query:
    """A record as a query. ``gain`` is by stem and ``concept_gain`` by concept: parts of a score of 1.

    ``own`` are its stems (shared words), ``related`` the stems that go with them, ``because`` the own stem that each of
    these goes with most. ``corpus`` and ``text`` say where its words stand.
    """

    record: Record
    corpus: Corpus
    text: int
    own: Ints
    related: Ints
    because: Ints
    gain: Floats
    concept_gain: Floats


def queries_of(
    records: Sequence[Record],
    corpus: Corpus,
    texts: Sequence[int],
    statistics: Statistics,
    weights: Weights,
    width: int,
) -> list[Query]:
    """Prepare texts of a corpus, whose records are given. ``width``: how many stems the vocabulary has by now."""
    parts = [_own(corpus, text, statistics) for text in texts]
    projected = np.stack([each.latent for each in parts]) @ statistics.vectors.T
    return [
        _query(record, corpus, text, part, row, statistics, weights, width)
        for record, text, part, row in zip(records, texts, parts, projected, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Own:
    """The stems of a query, their worth and strength; of those with a vector the numbers and what each adds."""

    stems: Ints
    worth: Floats
    strength: Floats
    placed: Ints
    known: NDArray[np.bool_]
    towards: NDArray[np.float32]
    latent: NDArray[np.float32]


def _own(corpus: Corpus, text: int, statistics: Statistics) -> _Own:
    first, last = int(corpus.starts[text]), int(corpus.starts[text + 1])
    stems = corpus.stems[first:last]
    told = corpus.slot_of[corpus.token_starts[text] : corpus.token_starts[text + 1]]
    counts = np.bincount(told[told >= 0] - first, minlength=len(stems))
    worth = statistics.worth_of(stems)
    strength = worth * np.log2(1.0 + counts)
    row = np.minimum(np.searchsorted(statistics.placed, stems), max(len(statistics.placed) - 1, 0))
    known = statistics.placed[row] == stems if len(statistics.placed) else np.zeros(len(stems), dtype=bool)
    length = float(np.sqrt((strength**2).sum())) or 1.0
    placed = row[known]
    towards = statistics.vectors[placed] * (strength[known, None] / length).astype(np.float32)
    return _Own(stems, worth, strength, placed, known, towards, towards.sum(axis=0))


def _query(
    record: Record,
    corpus: Corpus,
    text: int,
    own: _Own,
    projected: NDArray[np.float32],
    statistics: Statistics,
    weights: Weights,
    width: int,
) -> Query:
    words = float((own.strength * own.worth).sum())
    length = float(np.sqrt((own.strength**2).sum()))
    found = _related(own, projected)
    related = statistics.placed[found]
    ties = statistics.vectors[found] @ own.towards.T
    because = own.stems[own.known][ties.argmax(axis=1)] if len(found) else related
    concepts = _concepts(corpus, text, statistics)
    all_concepts = float(concepts.sum())
    by_words = weights.words if words else 0.0
    by_concepts = weights.concepts if all_concepts else 0.0
    strength = projected[found].astype(np.float64) * length
    beside = strength * statistics.word[related] * (weights.related / words if words else 0.0)
    whole = by_words * (1.0 + float(beside.sum())) + by_concepts or 1.0
    gain = np.zeros(max(width, len(statistics.word)))
    gain[own.stems] = by_words / whole * own.strength * own.worth / (words or 1.0)
    gain[related] = by_words / whole * beside
    concept_gain = concepts * (by_concepts / whole / (all_concepts or 1.0))
    return Query(record, corpus, text, own.stems, related, because, gain, concept_gain)


def _related(own: _Own, projected: NDArray[np.float32]) -> Ints:
    """The placed words that go with the query's most, by number, its own left out."""
    if not len(own.placed) or not own.towards.shape[1]:
        return np.zeros(0, dtype=np.int64)
    projected[own.placed] = 0.0
    count = min(RELATED, len(projected))
    found = np.sort(np.argpartition(-projected, count - 1)[:count])
    return found[projected[found] > max(_LEAST * float(projected.max()), 1e-6)]


def _concepts(corpus: Corpus, text: int, statistics: Statistics) -> Floats:
    """What each concept of a text is worth: more where it is named more often, less where only a narrower one is."""
    first, last = np.searchsorted(corpus.pair_word, corpus.token_starts[text : text + 2])
    named, direct = corpus.pair_concept[first:last], corpus.pair_direct[first:last]
    # Words that stand within three of one another are one mention: a term of several words covers each of them.
    counts = np.zeros(len(statistics.concept))
    before: dict[int, int] = {}
    words = corpus.pair_word[first:last].tolist()
    for word, concept, whole in zip(words, named.tolist(), direct.tolist(), strict=True):
        if word - before.get(concept, -4) > 3:
            counts[concept] += 1.0 if whole else BROADER
        before[concept] = word
    return statistics.concept**2 * np.log2(1.0 + counts)
