"""Sketches: a short row of numbers for each record; two records have a number in common as often as they share words.

Weighted minimum hashing: for each function every word draws an exponential waiting time whose rate is its weight, and
the record keeps the word that comes first. Two records keep the same word with a probability that grows with the weight
of what they share among all that they use (Ertl's P-MinHash; Moulton and Jiang, 2018). A word weighs
``ln(records / records that use it)``, so that what all use decides nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.overlap.ragged import Floats, Ragged

#: So many numbers of a sketch make the key of one tree.
DEPTH: Final = 4
#: A word that all records use.
_LEAST: Final = 0.02
#: numpy lets other threads work while it counts; the promise is two processors.
THREADS: Final = 2

Words64 = NDArray[np.uint64]
Signature = NDArray[np.uint32]


def weights_of(used_by: Floats, records: int) -> Floats:
    """What each word weighs, from how many of the records use it."""
    return np.log((records + 1.0) / np.maximum(used_by, 1.0)) + _LEAST


def drawn(hashes: Words64, weights: Floats, function: int) -> NDArray[np.float32]:
    """When each word comes, for one function."""
    with np.errstate(over="ignore"):
        mixed = hashes ^ np.uint64((0x9E3779B97F4A7C15 * (2 * function + 1)) & 0xFFFFFFFFFFFFFFFF)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    uniform = ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    return (-np.log(uniform) / weights).astype(np.float32)


def sketched(words: Ragged, hashes: Words64, weights: Floats, functions: int) -> Signature:
    """For every record (a column) the word that came first by each function (a row), as 32 mixed bits.

    Records without words have numbers that nobody shares by more than chance.
    """
    filled = np.flatnonzero(words.lengths > 0)
    starts = words.ends[:-1][filled]
    signature = np.empty((functions, len(words)), dtype=np.uint32)
    lonely = np.flatnonzero(words.lengths == 0)
    signature[:, lonely] = (lonely * 2654435761 + np.arange(functions)[:, None] * 40503 + 1).astype(np.uint32)

    def one(function: int) -> None:
        times = drawn(hashes, weights, function)
        if len(filled):
            first = np.minimum.reduceat(times[words.values], starts)
            signature[function, filled] = _mixed(first.view(np.uint32))

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(one, range(functions)))
    return signature


def _mixed(bits: Signature) -> Signature:
    with np.errstate(over="ignore"):
        bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        bits = (bits ^ (bits >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed: Signature = bits ^ (bits >> np.uint32(16))
    return mixed


def tree_keys(signature: Signature, tree: int) -> Words64:
    """The numbers of one tree as one: 20, 16, 12 and 12 bits from the top, so that a beginning is a shift."""
    first, second, third, fourth = (signature[tree * DEPTH + at].astype(np.uint64) for at in range(DEPTH))
    key: Words64 = (
        (first >> np.uint64(12)) << np.uint64(40)
        | (second >> np.uint64(16)) << np.uint64(24)
        | (third >> np.uint64(20)) << np.uint64(12)
        | (fourth >> np.uint64(20))
    )
    return key


#: How far to shift a key so that the first 1, 2, 3 or 4 of its numbers are left.
SHIFTS: Final = (40, 24, 12, 0)


def agreement(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The share of functions in which rows of bytes agree, of 255."""
    functions = left.shape[1]
    same = (left == right).sum(axis=1, dtype=np.uint8).astype(np.uint16)
    shares: NDArray[np.uint8] = (same * 255 // functions).astype(np.uint8)
    return shares
