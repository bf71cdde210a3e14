"""A query: what each word and each concept of it can add to a score.

A text's score is, between 0 and 1,

    (words * its share of the query's words + concepts * its share of the query's concepts) / (1 + else / concise)

where shares count each word as much as it is rare, words that go with the query's own in the collection are counted
beside them (``related``), and *else* is what the candidate says besides, in mean texts. A word that is shared, related
or part of a shared concept is none of that *else*: to take evidence away only takes from the sum above the line, which
is why it always lowers the score.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from colonnade.analysis.matching.corpus import Corpus, Ints
from colonnade.analysis.matching.latent import Floats
from colonnade.analysis.matching.records import Record
from colonnade.analysis.matching.statistics import BROADER, Statistics
from colonnade.analysis.matching.weights import Weights

#: How many words that go with the query's are looked for, at most.
RELATED: Final = 100
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


def query_of(record: Record, corpus: Corpus, text: int, statistics: Statistics, weights: Weights, width: int) -> Query:
    """Prepare text number ``text`` of a corpus. ``width``: how many stems the vocabulary has by now."""
    slots = slice(corpus.starts[text], corpus.starts[text + 1])
    own = corpus.stems[slots]
    told = corpus.slot_of[corpus.token_starts[text] : corpus.token_starts[text + 1]]
    counts = np.bincount(told[told >= 0] - corpus.starts[text], minlength=len(own))
    worth = statistics.worth_of(own)
    strength = worth * np.log2(1.0 + counts)
    words = float((strength * worth).sum())
    related, because, projected = _related(own, strength, statistics)
    concepts = _concepts(corpus, text, statistics)
    all_concepts = float(concepts.sum())
    by_words = weights.words if words else 0.0
    by_concepts = weights.concepts if all_concepts else 0.0
    beside = projected * statistics.word[related] * (weights.related / words if words else 0.0)
    whole = by_words * (1.0 + float(beside.sum())) + by_concepts or 1.0
    gain = np.zeros(max(width, len(statistics.word)))
    gain[own] = by_words / whole * strength * worth / (words or 1.0)
    gain[related] = by_words / whole * beside
    return Query(
        record, corpus, text, own, related, because, gain, concepts * (by_concepts / whole / (all_concepts or 1.0))
    )


def _related(own: Ints, strength: Floats, statistics: Statistics) -> tuple[Ints, Ints, Floats]:
    """Stems that go with the query's, the own stem that each goes with most, and how strongly."""
    nothing = np.zeros(0, dtype=np.int64)
    row = np.searchsorted(statistics.placed, own)
    row = np.minimum(row, max(len(statistics.placed) - 1, 0))
    known = statistics.placed[row] == own if len(statistics.placed) else np.zeros(len(own), dtype=bool)
    length = float(np.sqrt((strength**2).sum()))
    if not known.any() or not length or not statistics.vectors.shape[1]:
        return nothing, nothing, np.zeros(0)
    mine = row[known]
    towards = statistics.vectors[mine] * (strength[known, None] / length).astype(np.float32)
    projected = statistics.vectors @ towards.sum(axis=0)
    projected[mine] = 0.0
    count = min(RELATED, len(projected))
    found = np.sort(np.argpartition(-projected, count - 1)[:count])
    found = found[projected[found] > max(_LEAST * float(projected.max()), 1e-6)]
    because = (statistics.vectors[found] @ towards.T).argmax(axis=1) if len(found) else nothing
    return statistics.placed[found], own[known][because], projected[found].astype(np.float64) * length


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
