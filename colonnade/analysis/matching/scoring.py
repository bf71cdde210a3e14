"""Scores of texts for a query: first roughly over all of them by their postings, then exactly over the best."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.matching.corpus import Corpus, Ints, sorted_distinct
from colonnade.analysis.matching.latent import Floats
from colonnade.analysis.matching.query import Query
from colonnade.analysis.matching.statistics import BROADER, Statistics
from colonnade.analysis.matching.weights import Weights

#: Up to so many texts are scored exactly at once; of more, the best by a rough score are.
EXACT: Final = 2_000
#: Of so many times the suggestions that are wanted, and at least so many, the exact score is taken.
_TIMES, _LEAST = 3, 200


@dataclass(frozen=True, slots=True)
class Postings:
    """Slots by stem, and texts by concept with what its mentions cover there."""

    worth: Floats
    total: Floats
    by_stem: NDArray[np.int32]
    stem_starts: Ints
    pair_text_starts: Ints
    text_concept_starts: Ints
    text_concepts: Ints
    text_strengths: Floats
    by_concept: NDArray[np.int32]
    concept_strength: Floats
    concept_cover: Floats
    concept_starts: Ints


def postings_of(corpus: Corpus, statistics: Statistics) -> Postings:
    """The postings of a corpus. ``worth`` is by slot, squared; ``total`` by text; ``by_stem`` names texts."""
    worth = statistics.worth_of(corpus.stems) ** 2
    text_of = corpus.text_of
    total: Floats = np.bincount(text_of, worth, minlength=len(corpus)).astype(np.float64)
    by_stem = np.argsort(corpus.stems, kind="stable")
    stems = int(corpus.stems.max(initial=-1)) + 1
    stem_starts = np.concatenate(([0], np.cumsum(np.bincount(corpus.stems, minlength=stems))))
    width = len(statistics.concept)
    slots = corpus.slot_of[corpus.pair_word]
    texts = text_of[slots]
    pairs = texts * width + corpus.pair_concept
    keys = sorted_distinct(pairs)
    direct = np.zeros(len(keys), dtype=bool)
    direct[np.searchsorted(keys, sorted_distinct(pairs[corpus.pair_direct]))] = True
    # A slot counts once, however many of its words a concept covers.
    once = sorted_distinct(slots * width + corpus.pair_concept)
    cover_key = text_of[once // width] * width + once % width
    covered = np.searchsorted(keys, cover_key)
    cover: Floats = np.bincount(covered, worth[once // width], minlength=len(keys)).astype(np.float64)
    strength = np.where(direct, 1.0, BROADER)
    by_concept = np.argsort(keys % width, kind="stable")
    return Postings(
        worth=worth,
        total=total,
        by_stem=text_of[by_stem].astype(np.int32),
        stem_starts=stem_starts,
        pair_text_starts=np.searchsorted(corpus.pair_word, corpus.token_starts),
        text_concept_starts=np.searchsorted(keys, np.arange(len(corpus) + 1) * width),
        text_concepts=keys % width,
        text_strengths=strength,
        by_concept=(keys[by_concept] // width).astype(np.int32),
        concept_strength=strength[by_concept],
        concept_cover=cover[by_concept],
        concept_starts=np.concatenate(([0], np.cumsum(np.bincount(keys % width, minlength=width)))),
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """Texts with their exact scores; ``divisor`` is what each one's sum of gains was divided by."""

    texts: Ints
    scores: Floats
    divisor: Floats


def rough(query: Query, postings: Postings, statistics: Statistics, weights: Weights) -> Floats:
    """A score of every text that never falls short of the exact one by much: what is covered twice counts twice."""
    stems = np.concatenate((query.own, query.related))
    stems = stems[stems < len(postings.stem_starts) - 1]
    words, which = ranges(postings.stem_starts[stems], postings.stem_starts[stems + 1])
    concepts = np.flatnonzero(query.concept_gain)
    named, kind = ranges(postings.concept_starts[concepts], postings.concept_starts[concepts + 1])
    texts = np.concatenate((postings.by_stem[words], postings.by_concept[named]))
    gained = query.concept_gain[concepts][kind] * postings.concept_strength[named]
    gains = np.concatenate((query.gain[stems][which], gained))
    worth = statistics.worth_of(stems) ** 2
    cover = np.concatenate((worth[which], postings.concept_cover[named]))
    sums = np.bincount(texts, gains, minlength=len(postings.total))
    covered = np.bincount(texts, cover, minlength=len(postings.total))
    return sums / (1.0 + np.maximum(postings.total - covered, 0.0) / (weights.concise * statistics.mean))


def exact(
    query: Query, texts: Ints, corpus: Corpus, postings: Postings, statistics: Statistics, weights: Weights
) -> Scored:
    """The score of each of the texts."""
    slots, owner = ranges(corpus.starts[texts], corpus.starts[texts + 1])
    gains = query.gain[corpus.stems[slots]]
    matched = gains > 0
    pairs, _ = ranges(postings.pair_text_starts[texts], postings.pair_text_starts[texts + 1])
    shared = pairs[query.concept_gain[corpus.pair_concept[pairs]] > 0]
    covers = np.zeros(len(corpus.stems), dtype=bool) if len(slots) > len(corpus.stems) // 8 else None
    covered = corpus.slot_of[corpus.pair_word[shared]]
    if covers is not None:
        covers[covered] = True
        matched |= covers[slots]
    else:
        order = np.argsort(slots)
        matched[order[np.searchsorted(slots, covered, sorter=order)]] = True
    sums = np.bincount(owner, gains, minlength=len(texts))
    named, named_owner = ranges(postings.text_concept_starts[texts], postings.text_concept_starts[texts + 1])
    gained = query.concept_gain[postings.text_concepts[named]] * postings.text_strengths[named]
    sums += np.bincount(named_owner, gained, minlength=len(texts))
    rest = np.bincount(owner, np.where(matched, 0.0, postings.worth[slots]), minlength=len(texts))
    divisor = 1.0 + rest / (weights.concise * statistics.mean)
    return Scored(texts, sums / divisor, divisor)


def best(
    query: Query,
    among: Ints | None,
    wanted: int,
    corpus: Corpus,
    postings: Postings,
    statistics: Statistics,
    weights: Weights,
) -> Scored:
    """Exact scores of the texts (all, or ``among``) that can be among the ``wanted`` best."""
    if among is None and len(corpus) <= EXACT:
        among = np.arange(len(corpus))
    if among is None or len(among) > EXACT:
        guessed = rough(query, postings, statistics, weights).astype(np.float32)
        if among is not None:
            guessed = guessed[among]
        count = min(len(guessed), max(_LEAST, _TIMES * wanted))
        chosen = np.sort(np.argpartition(-guessed, count - 1)[:count]) if count else np.zeros(0, dtype=np.int64)
        chosen = chosen[guessed[chosen] > 0]
        among = chosen if among is None else among[chosen]
    return exact(query, among, corpus, postings, statistics, weights)


def ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The numbers of several ranges in turn, and which range each is of."""
    lengths = ends - starts
    owner = np.repeat(np.arange(len(starts)), lengths)
    return np.arange(len(owner)) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths), owner
