"""The probability that two records do nearly the same: a logistic model whose parts add up to the log-odds.

Every coefficient has the sign that its feature has by meaning, so that more in common never makes a pair less likely.
The coefficients stand in ``model.toml`` with how they came about (``python -m evaluation.overlap --fit``).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from colonnade.analysis.overlap.likeness import AGAINST, FEATURES, PARTS
from colonnade.analysis.overlap.ragged import Floats

#: The part of the log-odds that every pair has.
START: Final = "start"
_FILE: Final = Path(__file__).parent / "model.toml"


@dataclass(frozen=True, slots=True)
class Model:
    """``start`` and the coefficients are log-odds."""

    start: float
    coefficients: Floats

    def __post_init__(self) -> None:
        for name, coefficient in zip(FEATURES, self.coefficients, strict=True):
            if (coefficient > 0) if name in AGAINST else (coefficient < 0):
                raise ValueError(f"{name} has the wrong sign: {coefficient}")

    def log_odds(self, features: Floats) -> Floats:
        """Of every pair (a row)."""
        odds: Floats = self.start + features @ self.coefficients
        return odds

    def contributions(self, features: Floats) -> Mapping[str, Floats]:
        """For every part what it adds to the log-odds; with ``START`` they add up to them."""
        found = {START: np.full(len(features), self.start)}
        at = 0
        for part, names in PARTS.items():
            part_of = slice(at, at + len(names))
            found[part] = features[:, part_of] @ self.coefficients[part_of]
            at += len(names)
        return found

    @staticmethod
    def from_table(table: Mapping[str, float]) -> "Model":
        """From coefficients by the names of their features, and ``start``."""
        return Model(float(table[START]), np.array([float(table[name]) for name in FEATURES]))


@cache
def the_model() -> Model:
    """The model of ``model.toml``."""
    return Model.from_table(tomllib.loads(_FILE.read_text(encoding="utf-8"))["coefficients"])


def probability(log_odds: Floats) -> Floats:
    """From log-odds."""
    odds: Floats = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -60.0, 60.0)))
    return odds
