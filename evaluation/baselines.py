"""What the engine is held against: TF-IDF over character n-grams, and BM25, as they are usually set."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from colonnade.analysis.matching.words import stem, stop_words, words
from evaluation.graded import Graded

Ranking = dict[str, list[str]]


def characters(graded: Graded) -> Ranking:
    """Cosine of TF-IDF over n-grams of 3 to 5 characters within words, with sublinear counts and smoothed weights."""
    counts = {each.id: Counter(_grams(each.text)) for each in (*graded.queries, *graded.candidates)}
    found = Counter(gram for some in counts.values() for gram in some)
    worth = {gram: math.log((1 + len(counts)) / (1 + number)) + 1 for gram, number in found.items()}
    vectors = {}
    for name, some in counts.items():
        vector = {gram: (1 + math.log(count)) * worth[gram] for gram, count in some.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors[name] = {gram: value / length for gram, value in vector.items()}
    return _ranked(graded, lambda query, other: _dot(vectors[query], vectors[other]))


def bm25(graded: Graded, *, k1: float = 1.2, b: float = 0.75) -> Ranking:
    """BM25 over stems without function words."""
    counts = {each.id: Counter(_stems(each.text)) for each in (*graded.queries, *graded.candidates)}
    texts = [counts[each.id] for each in graded.candidates]
    found = Counter(each for some in texts for each in some)
    worth = {each: math.log(1 + (len(texts) - number + 0.5) / (number + 0.5)) for each, number in found.items()}
    mean = sum(some.total() for some in texts) / len(texts)

    def score(query: str, other: str) -> float:
        some = counts[other]
        norm = k1 * (1 - b + b * some.total() / mean)
        return sum(worth[each] * some[each] * (k1 + 1) / (some[each] + norm) for each in counts[query] if each in some)

    return _ranked(graded, score)


def _ranked(graded: Graded, score: Callable[[str, str], float]) -> Ranking:
    """All candidates of the query's State, best first."""
    by_state: defaultdict[str, list[str]] = defaultdict(list)
    for each in graded.candidates:
        by_state[graded.state_of[each.id]].append(each.id)
    return {
        each.id: sorted(by_state[graded.state_of[each.id]], key=lambda other: (-score(each.id, other), other))
        for each in graded.queries
    }


def _grams(text: str) -> Iterable[str]:
    for word in text.lower().split():
        padded = f" {word} "
        for size in (3, 4, 5):
            for place in range(max(1, len(padded) - size + 1)):
                yield padded[place : place + size]
                if len(padded) <= size:
                    break


def _stems(text: str) -> Sequence[str]:
    return [stem(each.form, "en") for each in words(text) if each.form not in stop_words()["en"]]


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[gram] for gram, value in one.items() if gram in other)
