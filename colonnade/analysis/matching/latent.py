"""Which words of a collection go together: latent vectors of words, from a truncated singular value decomposition.

The decomposition is that of the weighted texts (Deerwester et al., 1990), found by subspace iteration from a fixed
start (Halko, Martinsson and Tropp, 2011), so that the same texts give the same vectors.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.matching.corpus import Ints

Floats = NDArray[np.float64]

#: Texts that vectors are made from at most; of more, every n-th is taken.
TEXTS: Final = 5_000
DIMENSIONS: Final = 80
#: Words that have vectors at most: the most frequent ones that at least two texts have.
WORDS: Final = 12_000
_BEYOND, _ROUNDS, _START = 10, 2, 20


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix by rows: ``columns[starts[r]:starts[r+1]]`` have ``values``."""

    starts: Ints
    columns: Ints
    values: NDArray[np.float32]
    width: int

    def times(self, dense: NDArray[np.float32]) -> NDArray[np.float32]:
        """The product with a dense matrix of ``width`` rows."""
        return _sums(self.values, dense[self.columns], self.starts)

    def turned(self) -> "Rows":
        """The transposed matrix."""
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))[order]
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.columns, minlength=self.width))))
        return Rows(starts, rows, self.values[order], len(self.starts) - 1)


def _sums(values: NDArray[np.float32], gathered: NDArray[np.float32], starts: Ints) -> NDArray[np.float32]:
    gathered *= values[:, None]
    found = np.zeros((len(starts) - 1, gathered.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        found[filled] = np.add.reduceat(gathered, starts[filled], axis=0)
    return found


def word_vectors(rows: Rows, *, dimensions: int = DIMENSIONS) -> NDArray[np.float32]:
    """Vectors of the words (columns) of weighted texts (rows): words by dimensions, with orthonormal columns.

    The projection of a query on the words is ``vectors @ (vectors.T @ query)``.
    """
    size = min(dimensions, len(rows.starts) - 1, rows.width)
    if size < 2:
        return np.zeros((rows.width, 0), dtype=np.float32)
    turned = rows.turned()
    wide = min(size + _BEYOND, len(rows.starts) - 1, rows.width)
    basis = np.random.default_rng(_START).standard_normal((rows.width, wide)).astype(np.float32)
    for _ in range(_ROUNDS):
        basis = _orthonormal(turned.times(rows.times(basis)))
    image = rows.times(basis).astype(np.float64)
    _, vectors = np.linalg.eigh(image.T @ image)
    return np.ascontiguousarray(basis @ vectors[:, ::-1][:, :size].astype(np.float32))


def _orthonormal(basis: NDArray[np.float32]) -> NDArray[np.float32]:
    """An orthonormal basis of the columns' span, by the eigenvectors of their products: cheap for few, long columns."""
    wide = basis.astype(np.float64)
    for _ in range(2):  # the second pass mends what rounding left
        values, vectors = np.linalg.eigh(wide.T @ wide)
        kept = values > values[-1] * 1e-12
        wide = wide @ (vectors[:, kept] / np.sqrt(values[kept]))
    return wide.astype(np.float32)
