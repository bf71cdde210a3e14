"""Reading many texts, on two processors where there are two.

A forked process reads the later half with a vocabulary of its own; its stems are then numbered as in the first one.
"""

import gc
import multiprocessing
import os
from collections.abc import Sequence
from typing import Final

import numpy as np

from colonnade.analysis.matching.corpus import Corpus, Vocabulary, read

#: Below so many texts a second process costs more than it gives.
MANY: Final = 20_000
#: What the forked process reads: set before the fork, in the parent.
_work: tuple[Sequence[str], Sequence[str], Vocabulary] | None = None


def read_all(texts: Sequence[str], declared: Sequence[str], vocabulary: Vocabulary) -> Corpus:
    """Read texts, as :func:`corpus.read` does."""
    if len(texts) < MANY or (os.cpu_count() or 1) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return read(texts, declared, vocabulary)
    global _work
    half = len(texts) // 2
    _work = (texts[half:], declared[half:], Vocabulary(vocabulary.thesaurus))
    try:
        with multiprocessing.get_context("fork").Pool(1, initializer=gc.disable) as pool:
            later = pool.apply_async(_read_later)
            first = read(texts[:half], declared[:half], vocabulary)
            second, stems = later.get()
    finally:
        _work = None
    numbers = np.array([vocabulary.stems[each] for each in stems], dtype=np.int64)
    return _joined(first, second, numbers)


def _read_later() -> tuple[Corpus, list[str]]:
    if _work is None:
        raise RuntimeError("a reader was started without texts")
    texts, declared, vocabulary = _work
    return read(texts, declared, vocabulary), list(vocabulary.stems)


def _joined(first: Corpus, second: Corpus, numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Corpus:
    """One corpus after another, whose stems become ``numbers``."""
    slots, tokens = len(first.stems), len(first.slot_of)
    return Corpus(
        starts=np.concatenate((first.starts, second.starts[1:] + slots)),
        stems=np.concatenate((first.stems, numbers[second.stems])),
        token_starts=np.concatenate((first.token_starts, second.token_starts[1:] + tokens)),
        slot_of=np.concatenate((first.slot_of, np.where(second.slot_of < 0, -1, second.slot_of + slots))),
        pair_word=np.concatenate((first.pair_word, second.pair_word + tokens)),
        pair_concept=np.concatenate((first.pair_concept, second.pair_concept)),
        pair_direct=np.concatenate((first.pair_direct, second.pair_direct)),
    )
