"""Learning what parts of a score weigh from responses that people verified or rejected.

A logistic model over the parts (never below zero, so that evidence never lowers a score) is fitted with each fifth of
the queries held out in turn. What was learned is kept only where it orders the held-out pairs better than the weights
that Colonnade carries, and surely so: the 95 per cent interval of the difference, queries resampled, lies above zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.matching.latent import Floats
from colonnade.analysis.matching.records import UNIT, Kind, Suggestion
from colonnade.analysis.matching.weights import Weights

#: So many judged pairs, and so many of each judgement, are enough to learn from.
LEAST: Final = 60
LEAST_OF_EACH: Final = 15
#: What is learned about; the country is a tier, not a matter of degree.
LEARNED: Final = (Kind.WORDS, Kind.RELATED, Kind.CONCEPT, Kind.THEME, Kind.MANDATE, Kind.DATES, Kind.EARLIER)
_FOLDS, _ROUNDS, _STEP, _TOGETHER = 5, 400, 0.5, 0.02
_RESAMPLED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair that somebody judged: its query, the parts of its score in millionths, and whether it was verified."""

    query: str
    parts: Mapping[Kind, int]
    verified: bool

    @classmethod
    def of(cls, suggestion: Suggestion, *, verified: bool) -> "Judged":
        """A pair from what its score rests on."""
        parts: dict[Kind, int] = {}
        for each in suggestion.contributions:
            parts[each.kind] = parts.get(each.kind, 0) + each.amount
        return cls(suggestion.query, parts, verified)


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning: the weights to use, and how well they do on held-out pairs, as they are told on a page.

    ``area`` and ``area_before`` are the chance that a verified pair scores above a rejected one, with the learned
    weights and without; ``difference`` is the interval of what they differ by. All are ``None`` where there was too
    little.
    """

    weights: Weights
    kept: bool
    verified: int
    rejected: int
    queries: int
    area: float | None = None
    area_before: float | None = None
    difference: tuple[float, float] | None = None

    @property
    def enough(self) -> bool:
        """Whether there were enough pairs to learn from."""
        return self.area is not None


def learn(pairs: Sequence[Judged], weights: Weights) -> Learned:
    """Learn from judged pairs. The answer is the same in whatever order they come."""
    ordered = sorted(pairs, key=lambda each: (each.query, each.verified, sorted(each.parts.items())))
    verified = np.array([each.verified for each in ordered], dtype=bool)
    queries = sorted({each.query for each in ordered})
    count = int(verified.sum())
    told = Learned(weights, False, count, len(ordered) - count, len(queries))
    if len(ordered) < LEAST or min(count, len(ordered) - count) < LEAST_OF_EACH or len(queries) < _FOLDS:
        return told
    features = np.array([[each.parts.get(kind, 0) / UNIT for kind in LEARNED] for each in ordered])
    number = {query: place for place, query in enumerate(queries)}
    owner = np.array([number[each.query] for each in ordered])
    before, held_out = features.sum(axis=1), np.zeros(len(ordered))
    for fold in range(_FOLDS):
        out = owner % _FOLDS == fold
        if verified[~out].all() or not verified[~out].any():
            return told
        held_out[out] = features[out] @ _fitted(features[~out], verified[~out])
    low, high = _interval(held_out, before, verified, owner, len(queries))
    kept = low > 0
    chosen = _weighted(weights, _fitted(features, verified)) if kept else weights
    return replace(
        told,
        weights=chosen,
        kept=kept,
        area=_area(held_out, verified),
        area_before=_area(before, verified),
        difference=(low, high),
    )


def _fitted(features: Floats, verified: NDArray[np.bool_]) -> Floats:
    """Multipliers of the parts, at least zero, of mean one over the parts that are there; drawn to one another."""
    scale = float(features.sum(axis=1).std()) or 1.0
    inputs, there = features / scale, features.any(axis=0)
    weight = np.where(verified, 0.5 / verified.mean(), 0.5 / (1 - verified.mean())) / len(verified)
    factors, offset = np.ones(features.shape[1]), -float(inputs.sum(axis=1).mean())
    for _ in range(_ROUNDS):
        wrong = weight * (1.0 / (1.0 + np.exp(-(inputs @ factors + offset))) - verified)
        pull = _TOGETHER * (factors - factors[there].mean()) if there.any() else 0.0
        factors = np.maximum(factors - _STEP * (inputs.T @ wrong + pull), 0.0)
        offset -= _STEP * float(wrong.sum())
    mean = float(factors[there].mean()) if there.any() else 0.0
    return np.where(there, factors / mean, 1.0) if mean > 0 else np.ones(len(factors))


def _weighted(weights: Weights, factors: Floats) -> Weights:
    """The weights with multiplied parts. Texts keep the sum of their weights, so the others are taken against it."""
    by = dict(zip(LEARNED, factors.tolist(), strict=True))
    words, concepts = weights.words * by[Kind.WORDS], weights.concepts * by[Kind.CONCEPT]
    if words <= 0 or words + concepts <= 0:
        words = weights.words * 1e-3  # related words are counted beside shared ones, which must weigh something
    share = (weights.words + weights.concepts) / (words + concepts)
    return replace(
        weights,
        words=words * share,
        concepts=concepts * share,
        related=weights.related * by[Kind.RELATED] * weights.words / words,
        theme=weights.theme * by[Kind.THEME] * share,
        mandate=weights.mandate * by[Kind.MANDATE] * share,
        dates=weights.dates * by[Kind.DATES] * share,
        earlier=weights.earlier * by[Kind.EARLIER] * share,
    )


def _area(scores: Floats, verified: NDArray[np.bool_]) -> float:
    """The chance that a verified pair scores above a rejected one; a tie is half of one."""
    yes, no = scores[verified], np.sort(scores[~verified])
    below, upto = np.searchsorted(no, yes, side="left"), np.searchsorted(no, yes, side="right")
    return float((below + upto).sum() / (2.0 * len(yes) * len(no)))


def _interval(
    ours: Floats, before: Floats, verified: NDArray[np.bool_], owner: NDArray[np.int64], queries: int
) -> tuple[float, float]:
    draw = np.random.default_rng(11)
    rows = [np.flatnonzero(owner == query) for query in range(queries)]
    found = []
    for _ in range(_RESAMPLED):
        chosen = np.concatenate([rows[query] for query in draw.integers(0, queries, queries)])
        some = verified[chosen]
        if some.any() and not some.all():
            found.append(_area(ours[chosen], some) - _area(before[chosen], some))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
