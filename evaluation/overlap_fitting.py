"""Fitting the model of pairs: logistic regression whose coefficients keep their signs, every sample with one weight.

Projected gradients with momentum (Nesterov; FISTA). The samples weigh alike, whatever their sizes, so that the model
serves none of them alone; a small penalty on squares keeps what says nothing near zero.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from colonnade.analysis.overlap.likeness import AGAINST, FEATURES
from colonnade.analysis.overlap.model import START, Model, probability
from colonnade.analysis.overlap.ragged import Floats
from evaluation.overlap_samples import Sample

_PENALTY: Final = 1e-4
_STEPS: Final = 2_000


def fitted(samples: Sequence[Sample]) -> Model:
    """The model that the samples make most likely."""
    rows = np.concatenate([each.features for each in samples])
    features = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)
    same = np.concatenate([each.same for each in samples]).astype(np.float64)
    weight = np.concatenate([np.full(len(each.same), 1.0 / len(each.same) / len(samples)) for each in samples])
    signs = np.array([-1.0 if name in AGAINST else 1.0 for name in FEATURES])
    step = 1.0 / (0.25 * np.linalg.eigvalsh((features * weight[:, None]).T @ features).max() + _PENALTY)
    now = ahead = np.zeros(features.shape[1])
    pace = 1.0
    for _ in range(_STEPS):
        slope = features.T @ (weight * (probability(features @ ahead) - same))
        slope[1:] += _PENALTY * ahead[1:]
        further = _signed(ahead - step * slope, signs)
        faster = (1.0 + np.sqrt(1.0 + 4.0 * pace**2)) / 2.0
        ahead = further + (pace - 1.0) / faster * (further - now)
        now, pace = further, faster
    return Model(float(now[0]), now[1:])


def _signed(coefficients: Floats, signs: Floats) -> Floats:
    kept = coefficients.copy()
    kept[1:] = np.where(kept[1:] * signs > 0, kept[1:], 0.0)
    return kept


def written(model: Model, samples: Sequence[Sample]) -> str:
    """The file of the model, with what it was fitted on."""
    lines = [
        "# The model of pairs. Made by `python -m evaluation.overlap --fit`; not to be edited by hand.",
        f"# Logistic regression with signs kept, penalty {_PENALTY:g}, {_STEPS:,} steps, each sample with one weight:",
        *(f"#   {each.name}: {len(each.same):,} pairs, {int(each.same.sum()):,} the same" for each in samples),
        "",
        "[coefficients]",
        f"{START} = {model.start:.4f}",
        *(f"{name} = {value:.4f}" for name, value in zip(FEATURES, model.coefficients, strict=True)),
    ]
    return "\n".join(lines) + "\n"
