"""Rows of different lengths in two flat arrays, and what pairs of such rows share. Vectorised throughout."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: So many rows are sorted or moved at a time.
_ROWS: Final = 1 << 16

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row ``n`` holds ``values[ends[n] : ends[n + 1]]``: whole numbers from 0 on, ascending, each once."""

    values: Ints
    ends: Longs

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def lengths(self) -> Longs:
        return np.diff(self.ends)

    @staticmethod
    def of(values: Ints, lengths: Ints | Longs) -> "Ragged":
        """From rows that may be unsorted and repeat values."""
        starts = _ends(lengths)
        found, counts = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int64)]
        for at in range(0, len(lengths), _ROWS):  # some at a time: keys are twice as large as values
            part = lengths[at : at + _ROWS]
            keys = np.repeat(np.arange(len(part), dtype=np.int64) << 32, part)
            keys |= values[starts[at] : starts[min(at + _ROWS, len(lengths))]]
            keys.sort()
            if len(keys):
                keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
            counts.append(np.bincount(keys >> 32, minlength=len(part)))
            found.append((keys & 0xFFFFFFFF).astype(np.int32))
        return Ragged(np.concatenate(found), _ends(np.concatenate(counts)))

    @staticmethod
    def joined(parts: Iterable["Ragged"]) -> "Ragged":
        """One after the other."""
        listed = list(parts)
        lengths = np.concatenate([part.lengths for part in listed])
        return Ragged(np.concatenate([part.values for part in listed]), _ends(lengths))

    def take(self, rows: Ints | Longs) -> "Ragged":
        """These rows, in this order."""
        lengths = self.lengths[rows]
        ends = _ends(lengths)
        values = np.empty(ends[-1], dtype=np.int32)
        moved = self.ends[:-1][rows] - ends[:-1]
        for start in range(0, len(rows), _ROWS):
            stop = min(start + _ROWS, len(rows))
            first, last = ends[start], ends[stop]
            at = np.arange(first, last, dtype=np.int64)
            at += np.repeat(moved[start:stop], lengths[start:stop])
            values[first:last] = self.values[at]
        return Ragged(values, ends)

    def sums(self, worth: Floats) -> Floats:
        """For each row the sum of what its values are worth."""
        total = np.zeros(len(self))
        filled = self.lengths > 0
        if filled.any():
            total[filled] = np.add.reduceat(worth[self.values], self.ends[:-1][filled])
        return total

    def tops(self, worth: Floats) -> Floats:
        """For each row the most that one of its values is worth, 0 for an empty one."""
        most = np.zeros(len(self))
        filled = self.lengths > 0
        if filled.any():
            most[filled] = np.maximum.reduceat(worth[self.values], self.ends[:-1][filled])
        return most


def _ends(lengths: Longs | Ints) -> Longs:
    ends = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends


def shared(left: Ragged, right: Ragged) -> tuple[Longs, Ints]:
    """What row ``n`` of both holds: the rows (ascending, with repetitions) and the values."""
    keys = np.concatenate([_keys(left), _keys(right)])
    keys.sort(kind="stable")  # two ascending runs are merged in one go
    both = keys[1:][keys[1:] == keys[:-1]]
    return both >> 32, (both & 0xFFFFFFFF).astype(np.int32)


def _keys(ragged: Ragged) -> Longs:
    row = np.repeat(np.arange(len(ragged), dtype=np.int64), ragged.lengths)
    return (row << 32) | ragged.values
