"""The forest: which records are worth comparing, among a million, without comparing all.

Every tree sorts the records by four numbers of their sketches. Records with the same beginning stand together; where
too many do, a longer beginning parts them (Bawa, Condie and Ganesan, LSH Forest, 2005). So a rare word is enough to
bring two records together, and among texts from one template it takes several. What even the longest beginning does
not part stands in the order of place and time, and each is compared with its nearest.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.overlap.columns import Columns
from colonnade.analysis.overlap.ragged import Longs
from colonnade.analysis.overlap.sketches import (
    DEPTH,
    SHIFTS,
    THREADS,
    Signature,
    Words64,
    agreement,
    tree_keys,
)

#: So many records may stand together and be compared with each other.
TOGETHER: Final = 12
#: Of more, each is compared with so many on either side.
_NEAREST: Final = 4
#: So many candidates of a record are looked at closely.
CLOSELY: Final = 24
_CHUNK: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to compare, as one number each (the first row in the upper half), ascending, each once; and the share of
    functions in which their sketches agree, of 255."""

    pairs: Longs
    agreements: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Forest:
    """``keys`` holds for every tree the records' keys, ascending; ``rows`` the records in that order; ``sketches`` a
    row of bytes for each record. Pairs whose sketches agree in less than ``least``, of 255, share too little."""

    keys: tuple[Words64, ...]
    rows: tuple[NDArray[np.int32], ...]
    sketches: NDArray[np.uint8]
    least: int

    @staticmethod
    def grown(signature: Signature, columns: Columns, least: int) -> "Forest":
        """From the sketches of records: a tree for each ``DEPTH`` functions."""
        order = _by_place_and_time(columns)

        def one(tree: int) -> tuple[Words64, NDArray[np.int32]]:
            keys = tree_keys(signature, tree)[order]
            sorting = np.argsort(keys, kind="stable")
            return keys[sorting], order[sorting]

        with ThreadPoolExecutor(THREADS) as threads:
            trees = list(threads.map(one, range(len(signature) // DEPTH)))
        return Forest(tuple(keys for keys, _ in trees), tuple(rows for _, rows in trees), bytes_of(signature), least)

    def candidates(self) -> Candidates:
        """The pairs of all records that are worth comparing, the row of the first being the lower one."""
        with ThreadPoolExecutor(THREADS) as threads:
            pairs = once(np.concatenate(list(threads.map(self._of_tree, range(len(self.keys))))))
        return Candidates(pairs, self._agreements(pairs >> 32, pairs & 0xFFFFFFFF))

    def _of_tree(self, tree: int) -> Longs:
        rows, kept = self.rows[tree], [np.zeros(0, dtype=np.int64)]
        for first, second in together(self.keys[tree]):
            for start in range(0, len(first), _CHUNK):
                one = rows[first[start : start + _CHUNK]].astype(np.int64)
                other = rows[second[start : start + _CHUNK]].astype(np.int64)
                enough = self._agreements(one, other) >= self.least
                left, right = np.minimum(one, other)[enough], np.maximum(one, other)[enough]
                kept.append((left << 32) | right)
        return once(np.concatenate(kept))

    def _agreements(self, left: Longs, right: Longs) -> NDArray[np.uint8]:
        counts = np.empty(len(left), dtype=np.uint8)
        for start in range(0, len(left), _CHUNK):
            part = slice(start, start + _CHUNK)
            counts[part] = agreement(self.sketches[left[part]], self.sketches[right[part]])
        return counts

    def near(self, signature: Signature) -> Candidates:
        """For other records with these sketches: the number of each (from 0) and a row here that is worth comparing."""
        askers, found = [], []
        sketches = bytes_of(signature)
        for tree in range(len(self.keys)):
            first, size = self._ranges(tree, tree_keys(signature, tree))
            asker = np.repeat(np.arange(len(size), dtype=np.int64), size)
            at = np.arange(size.sum(), dtype=np.int64) + np.repeat(first - (np.cumsum(size) - size), size)
            row = self.rows[tree][at].astype(np.int64)
            enough = agreement(sketches[asker], self.sketches[row]) >= self.least
            askers.append(asker[enough])
            found.append(row[enough])
        pairs = once((np.concatenate(askers) << 32) | np.concatenate(found))
        return Candidates(pairs, agreement(sketches[pairs >> 32], self.sketches[pairs & 0xFFFFFFFF]))

    def _ranges(self, tree: int, keys: Words64) -> tuple[Longs, Longs]:
        """Where the records that stand together with each key begin, and how many they are."""
        known = self.keys[tree]
        first, size = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
        todo = np.arange(len(keys))
        for shift in map(np.uint64, SHIFTS):
            beginning = keys[todo] >> shift
            low = np.searchsorted(known, beginning << shift)
            high = np.searchsorted(known, (beginning << shift) | np.uint64((1 << int(shift)) - 1), side="right")
            few = high - low <= TOGETHER
            first[todo[few]], size[todo[few]] = low[few], (high - low)[few]
            if int(shift) == 0:
                many = ~few
                first[todo[many]], size[todo[many]] = low[many], 2 * TOGETHER
            todo = todo[~few]
        return first, np.minimum(size, len(known) - first)


def together(keys: Words64) -> Iterator[tuple[Longs, Longs]]:
    """Pairs of positions in ascending ``keys`` that stand together, the shortest sufficient beginning first."""
    open_ = np.arange(len(keys), dtype=np.int64)
    for shift in map(np.uint64, SHIFTS):
        if not len(open_):
            return
        beginning = keys[open_] >> shift
        starts = np.flatnonzero(np.concatenate(([True], beginning[1:] != beginning[:-1])))
        sizes = np.diff(np.concatenate((starts, [len(open_)])))
        size = np.repeat(sizes, sizes)
        rank = np.arange(len(open_)) - np.repeat(starts, sizes)
        few = size <= TOGETHER
        yield from _apart(open_, few, size - rank, TOGETHER - 1)
        if int(shift) == 0:
            yield from _apart(open_, ~few, size - rank, _NEAREST)
        open_ = open_[~few]


def _apart(positions: Longs, of: NDArray[np.bool_], left: Longs, farthest: int) -> Iterator[tuple[Longs, Longs]]:
    """Pairs of ``positions`` up to ``farthest`` steps apart, from those ``of`` which so many are ``left`` in the
    group."""
    at = np.flatnonzero(of & (left > 1))
    for step in range(1, farthest + 1):
        at = at[left[at] > step]
        if not len(at):
            return
        yield positions[at], positions[at + step]


def bytes_of(signature: Signature) -> NDArray[np.uint8]:
    """The lowest byte of every number, a row for each record."""
    return np.ascontiguousarray((signature & np.uint32(0xFF)).astype(np.uint8).T)


def joined(found: Sequence[Candidates]) -> Candidates:
    """Those of several forests, each pair with the most of its agreements."""
    pairs = np.concatenate([each.pairs for each in found])
    agreements = np.concatenate([each.agreements for each in found])
    order = np.lexsort((255 - agreements, pairs))
    pairs, agreements = pairs[order], agreements[order]
    first = rank_in_runs(pairs) == 0
    return Candidates(pairs[first], agreements[first])


def closest(found: Candidates, *, of_either: bool) -> Longs:
    """The pairs that agree most of all of their first record, or, where so asked, of ``either`` of the two."""
    pairs, agreements = found.pairs, found.agreements
    ends = np.concatenate((pairs >> 32, pairs & 0xFFFFFFFF)) if of_either else pairs >> 32
    worse = 255 - np.tile(agreements, 2 if of_either else 1).astype(np.int64)
    order = np.argsort((ends << 8) | worse, kind="stable")
    kept = np.zeros(len(pairs), dtype=bool)
    kept[order[rank_in_runs(ends[order]) < CLOSELY] % max(len(pairs), 1)] = True
    return pairs[kept]


def rank_in_runs(ascending: Longs) -> Longs:
    """The place of each in its run of equal ones, from 0."""
    if not len(ascending):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(ascending)])))
    return np.arange(len(ascending)) - np.repeat(starts, sizes)


def once(pairs: Longs) -> Longs:
    """Each number once, ascending; the array itself is sorted."""
    if not len(pairs):
        return pairs
    pairs.sort()
    return pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))]


def _by_place_and_time(columns: Columns) -> NDArray[np.int32]:
    """The rows by their first country, then by their first day."""
    place = np.full(len(columns), -1, dtype=np.int64)
    filled = columns.places.lengths > 0
    place[filled] = columns.places.values[columns.places.ends[:-1][filled]]
    return np.argsort((place << 32) + columns.start.astype(np.int64), kind="stable").astype(np.int32)
