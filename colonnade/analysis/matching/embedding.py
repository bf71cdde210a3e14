"""An optional language model on this machine, by its path, beside the words and the structure.

Nothing is fetched: a path that is no folder is refused, and the library is told to stay offline. It needs the package
sentence-transformers, which Colonnade neither needs nor pins. A model's part of a score rests on the whole of both
texts.
"""

import importlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from colonnade.analysis.matching.index import Further
from colonnade.analysis.matching.latent import Floats
from colonnade.analysis.matching.records import UNIT, Contribution, Kind, Record, place_in
from colonnade.analysis.matching.weights import Weights, the_weights

#: Texts to vectors, one a row.
Encoder = Callable[[Sequence[str]], Floats]


class ModelUnreadable(ValueError):
    """The model could not be used; says why and what would help."""


def load_model(path: Path, weights: Weights | None = None) -> Further:
    """The model of a folder as a further part of scores. Raises :class:`ModelUnreadable`."""
    if not path.is_dir():
        raise ModelUnreadable(f"{path} is no folder; name the folder of a sentence-transformers model on this machine")
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    try:
        library = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise ModelUnreadable(
            f"a model needs the package sentence-transformers ({error}); install it, or leave --model out"
        ) from error
    try:
        model = library.SentenceTransformer(str(path), device="cpu")
    except Exception as error:  # the library raises whatever its many parts raise
        raise ModelUnreadable(f"{path} holds no model that sentence-transformers reads: {error}") from error
    return likeness(
        lambda texts: np.asarray(model.encode(list(texts), show_progress_bar=False), dtype=np.float64), weights
    )


def likeness(encoder: Encoder, weights: Weights | None = None) -> Further:
    """A part of scores: the cosine of two texts' vectors, where it is above zero, times the weight of a model."""
    weight = (weights or the_weights()).model
    kept: dict[str, Floats] = {}

    def vectors(texts: Sequence[str]) -> Floats:
        fresh = [each for each in dict.fromkeys(texts) if each not in kept]
        if fresh:
            for each, vector in zip(fresh, encoder(fresh), strict=True):
                kept[each] = vector / (float(np.linalg.norm(vector)) or 1.0)
        return np.stack([kept[each] for each in texts])

    def further(query: Record, candidates: Sequence[Record]) -> list[Contribution | None]:
        if not candidates:
            return []
        found = vectors([query.whole, *(each.whole for each in candidates)])
        return [
            _contribution(query, candidate, round(weight * max(float(cosine), 0.0) * UNIT))
            for candidate, cosine in zip(candidates, found[1:] @ found[0], strict=True)
        ]

    return further


def _contribution(query: Record, candidate: Record, amount: int) -> Contribution | None:
    if not amount:
        return None
    here, there = (place_in(each, len(each.whole) - len(each.text), len(each.whole)) for each in (query, candidate))
    return Contribution(Kind.MODEL, "the whole of both texts", amount, (here,), (there,))
