"""``python -m evaluation [--sealed] [--fit]``: nDCG@10 of the engine, of its parts and of what it is held against.

Exit status 0: measured; 2: the data is not there.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.weights import Weights, the_weights
from evaluation import baselines
from evaluation.fitting import fit
from evaluation.graded import BESIDE, VARIABLE, Graded, folder, part
from evaluation.measures import difference, measured, ndcg

#: States with so many responses are asked the other way round as well.
_LEAST_TURNED = 5


def main() -> int:
    """Measure, or say why not."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--sealed", action="store_true", help="open the sealed States as well")
    parser.add_argument("--fit", action="store_true", help="fit the weights on the development part, and print them")
    arguments = parser.parse_args()
    path = folder()
    if path is None:
        print(f"There are no graded links at {BESIDE}; name their folder by {VARIABLE}.", file=sys.stderr)
        return 2
    if arguments.fit:
        print(fit(part(path, sealed=False)))
        return 0
    tell("development States", path, sealed=False)
    if arguments.sealed:
        tell("sealed States, on which nothing was chosen", path, sealed=True)
    return 0


def tell(name: str, path: Path, *, sealed: bool) -> None:
    """Print one part, both ways."""
    graded = part(path, sealed=sealed)
    print(f"\n{name}: {len(graded.queries)} responses, {len(graded.candidates):,} needs; nDCG@10 within a State")
    compare(graded)
    turned = graded.turned(_LEAST_TURNED)
    if turned.queries:
        print(f"the other way, needs as queries, in States with {_LEAST_TURNED} or more responses")
        compare(turned)


def compare(graded: Graded) -> None:
    """Print every ranking of one part."""
    states = [graded.state_of[each.id] for each in graded.queries]
    rivals = {"TF-IDF of characters": baselines.characters(graded), "BM25": baselines.bm25(graded)}
    ours = {name: ranking(graded, weights) for name, weights in variants(the_weights()).items()}
    values: dict[str, list[float]] = {}
    for name, ranks in {**rivals, **ours}.items():
        values[name] = [ndcg(ranks[each.id], graded.grades[each.id]) for each in graded.queries]
        print(f"  {name:34s} {measured(values[name], states)}")
    for name in rivals:
        print(f"  {'Colonnade less ' + name:34s} {difference(values['Colonnade'], values[name], states)}", flush=True)


def variants(weights: Weights) -> Mapping[str, Weights]:
    """The engine, and the engine without parts of it."""
    return {
        "Colonnade": weights,
        "  without related words": replace(weights, related=0.0),
        "  without concepts": replace(weights, concepts=0.0),
        "  shared words alone": replace(weights, concepts=0.0, related=0.0),
        "  concepts alone": replace(weights, words=0.0),
    }


def ranking(graded: Graded, weights: Weights) -> baselines.Ranking:
    """The engine's ranking of each query."""
    index = Index.of(graded.candidates, graded.queries, weights=weights)
    return {
        query.record.id: [each.candidate for each in index.answer(query, top=10)]
        for query in index.queries(graded.queries)
    }


if __name__ == "__main__":
    sys.exit(main())
