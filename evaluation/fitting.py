"""Fitting the weights of the text parts: a grid, each State held out in turn."""

import itertools
from collections import defaultdict
from dataclasses import replace

import numpy as np

from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.weights import Weights, the_weights
from evaluation.graded import Graded
from evaluation.measures import measured, ndcg

CONCEPTS = (0.4, 0.5, 0.6, 0.7)
RELATED = (0.5, 1.0, 2.0, 4.0)
CONCISE = (0.4, 0.8, 1.6)


def fit(graded: Graded) -> str:
    """The best weights of the grid on all States, and what weights chosen without a State reach on it, as text."""
    base = Index.of(graded.candidates, graded.queries)
    table: dict[Weights, list[float]] = {}
    for concepts, related, concise in itertools.product(CONCEPTS, RELATED, CONCISE):
        weights = replace(
            the_weights(), words=round(1 - concepts, 3), concepts=concepts, related=related, concise=concise
        )
        index = replace(base, weights=weights)
        table[weights] = [
            ndcg([each.candidate for each in index.answer(query, top=10)], graded.grades[query.record.id])
            for query in index.queries(graded.queries)
        ]
    states = [graded.state_of[each.id] for each in graded.queries]
    held_out = []
    chosen: defaultdict[Weights, int] = defaultdict(int)
    for place, state in enumerate(states):
        inside = [number for number, other in enumerate(states) if other != state]
        weights = max(table, key=lambda each: _worth(table[each], inside, states))
        chosen[weights] += 1
        held_out.append(table[weights][place])
    best = max(table, key=lambda each: _worth(table[each], range(len(states)), states))
    lines = [
        f"held out, State by State: {measured(held_out, states)}",
        f"{len(chosen)} different choices; the grid reaches from {min(map(np.mean, table.values())):.3f} "
        f"to {max(map(np.mean, table.values())):.3f}",
        "[text]",
        *(f"{name} = {getattr(best, name)}" for name in ("words", "concepts", "related", "concise")),
    ]
    return "\n".join(lines)


def _worth(values: list[float], inside: "list[int] | range", states: list[str]) -> float:
    """The mean over queries and the mean over States, one as much as the other: no State decides alone."""
    by_state: defaultdict[str, list[float]] = defaultdict(list)
    for number in inside:
        by_state[states[number]].append(values[number])
    every = [value for some in by_state.values() for value in some]
    return float(np.mean(every) + np.mean([np.mean(some) for some in by_state.values()])) / 2
