"""nDCG with linear gain, and intervals by resampling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

DEPTH = 10
_RESAMPLED = 2_000


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], *, depth: int = DEPTH) -> float:
    """The discounted gain of a ranking, as a part of the best possible one (Jarvelin and Kekalainen, 2002)."""
    discounts = 1.0 / np.log2(np.arange(2, depth + 2))
    gains = np.zeros(depth)
    for place, each in enumerate(ranked[:depth]):
        gains[place] = grades.get(each, 0)
    ideal = np.array(sorted(grades.values(), reverse=True)[:depth], dtype=float)
    best = float(ideal @ discounts[: len(ideal)])
    return float(gains @ discounts) / best if best else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean over queries with its 95 per cent intervals: queries resampled, States resampled with theirs."""

    mean: float
    by_queries: tuple[float, float]
    by_states: tuple[float, float]
    queries: int
    states: int

    def __str__(self) -> str:
        (low, high), (lowest, highest) = self.by_queries, self.by_states
        return (
            f"{self.mean:.3f}  [{low:.3f}, {high:.3f}] over {self.queries} queries, "
            f"[{lowest:.3f}, {highest:.3f}] over {self.states} States"
        )


def measured(values: Sequence[float], states: Sequence[str]) -> Measured:
    """The mean of the values; ``states`` says of which State each query is."""
    found = np.array(values)
    draw = np.random.default_rng(7)
    rows = draw.integers(0, len(found), (_RESAMPLED, len(found)))
    groups = [found[[state == each for state in states]] for each in sorted(set(states))]
    sums = np.array([each.sum() for each in groups])
    sizes = np.array([len(each) for each in groups])
    drawn = draw.integers(0, len(groups), (_RESAMPLED, len(groups)))
    return Measured(
        float(found.mean()),
        _interval(found[rows].mean(axis=1)),
        _interval(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)),
        len(found),
        len(groups),
    )


def difference(ours: Sequence[float], other: Sequence[float], states: Sequence[str]) -> Measured:
    """By how much one ranking is better than another on the same queries."""
    return measured([one - two for one, two in zip(ours, other, strict=True)], states)


def _interval(means: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float]:
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
