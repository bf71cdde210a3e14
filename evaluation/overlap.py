"""``python -m evaluation.overlap [--sealed] [--fit]``: how well pairs are told apart, and the fitting of the model.

Printed are precision, recall and F1 of pairs that people labelled (`COL ... VAL ...` files), at the probability of one
half, with a reliability table; and the same of near-copies planted among published activities. ``--fit`` fits the
coefficients on the training parts and prints the file ``model.toml``. Exit status 0: measured; 2: the data is not
there.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.overlap.model import Model, probability, the_model
from colonnade.analysis.overlap.ragged import Floats
from evaluation.activities import activities
from evaluation.overlap_fitting import fitted, written
from evaluation.overlap_samples import Sample, labelled, planted

BESIDE: Final = Path(__file__).parents[2] / "shared" / "data"
#: Names the folder with ``pairs/`` and ``iati/``.
VARIABLE: Final = "COLONNADE_EVALUATION_DATA"


def main() -> int:
    """Measure, or say why not."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.overlap", description=__doc__)
    parser.add_argument("--sealed", action="store_true", help="open the sealed pairs as well")
    parser.add_argument("--fit", action="store_true", help="fit the model on the training parts, and print its file")
    arguments = parser.parse_args()
    folder = Path(os.environ.get(VARIABLE, BESIDE))
    if not (folder / "pairs").is_dir() or not (folder / "iati").is_dir():
        print(f"There are no pairs/ and iati/ in {folder}; name their folder by {VARIABLE}.", file=sys.stderr)
        return 2
    records = activities(folder / "iati")
    if arguments.fit:
        parts = (labelled(folder / "pairs" / "train.txt"), *planted(records, seed=1, part=0))
        print(written(fitted(parts), parts), end="")
        return 0
    model = the_model()
    names = ("train", "valid", *(("test",) if arguments.sealed else ()))
    for name in names:
        tell(f"labelled pairs, {name}", labelled(folder / "pairs" / f"{name}.txt"), model)
    for sample in planted(records, seed=2, part=1):
        tell(f"activities on which nothing was fitted, {sample.name}", sample, model)
    return 0


def tell(title: str, sample: Sample, model: Model) -> None:
    """Precision, recall and F1, and how the probabilities hold."""
    chances = probability(model.log_odds(sample.features))
    precision, recall, f1 = measured(chances >= 0.5, sample.same)
    print(f"{title}: {len(sample.same):,} pairs, {int(sample.same.sum()):,} the same")
    print(
        f"  precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}; Brier score {brier(chances, sample.same):.4f}"
    )
    for low, high, pairs, said, found in reliability(chances, sample.same):
        print(f"  probability {low:.1f} to {high:.1f}: {pairs:6,} pairs, said {said:.3f}, found {found:.3f}")


def measured(said: NDArray[np.bool_], same: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    right = float((said & same).sum())
    precision, recall = right / max(1, int(said.sum())), right / max(1, int(same.sum()))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def brier(chances: Floats, same: NDArray[np.bool_]) -> float:
    """The mean square distance of what was said to what is so."""
    return float(np.mean((chances - same) ** 2))


def reliability(chances: Floats, same: NDArray[np.bool_]) -> Sequence[tuple[float, float, int, float, float]]:
    """For each tenth: its bounds, how many pairs, the mean probability, and the share that is the same."""
    rows = []
    for low in np.arange(10) / 10:
        inside = (chances >= low) & ((chances < low + 0.1) | (low == 0.9))
        if inside.any():
            rows.append((low, low + 0.1, int(inside.sum()), float(chances[inside].mean()), float(same[inside].mean())))
    return rows


if __name__ == "__main__":
    sys.exit(main())
