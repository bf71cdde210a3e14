"""The index: proposes the pairs among all records, and those of records that changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from colonnade.analysis.overlap.columns import Columns, Gathering, hashes_of
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.forest import Forest, once
from colonnade.analysis.overlap.judging import LEAST, TOP, Pair, Table, judged
from colonnade.analysis.overlap.likeness import Statistics
from colonnade.analysis.overlap.model import Model, the_model
from colonnade.analysis.overlap.ragged import Floats, Longs
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap.sketches import Words64, sketched, weights_of

#: Parts of one parent are compared each with each up to so many.
_MOST_PARTS: Final = 12

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress that nobody hears."""


@dataclass(frozen=True, slots=True)
class Index:
    """Records, what is counted over them, and the forest that finds candidates. ``rows`` are the records by identifier,
    ``children`` those that name a parent, by it."""

    corpus: Corpus
    statistics: Statistics
    hashes: Words64
    weights: Floats
    forest: Forest
    rows: Mapping[str, int]
    children: Mapping[str, Sequence[int]]

    @staticmethod
    def of(corpus: Corpus, progress: Progress = silent) -> "Index":
        """Sketch the records and grow the forest."""
        columns = corpus.columns
        progress(f"sketching {len(corpus):,} records of {len(corpus.words):,} different words")
        hashes, weights = hashes_of(corpus.words.texts), weights_of(corpus.used_by, len(corpus))
        forest = Forest.grown(sketched(columns.words, hashes, weights), columns)
        rows = {id_: row for row, id_ in enumerate(columns.ids)}
        return Index(corpus, Statistics.of(corpus), hashes, weights, forest, rows, _children(columns))


def propose(
    index: Index, *, top: int = TOP, least: float = LEAST, model: Model | None = None, progress: Progress = silent
) -> Iterator[Pair]:
    """The pairs of all records, most likely first: of each record the ``top``, from the probability ``least`` on."""
    progress("looking for candidates")
    candidates = index.forest.candidates()
    columns = index.corpus.columns
    left, right = _with(candidates.left, candidates.right, _relatives(columns, index.rows, index.children))
    progress(f"comparing {len(left):,} candidates")
    table = Table(columns, index.corpus.words, index.corpus.places, index.statistics)
    yield from judged(table, left, right, top=top, least=least, model=model or the_model(), progress=progress)


def pairs_of(
    changed: Iterable[Record], index: Index, *, top: int = TOP, least: float = LEAST, model: Model | None = None
) -> list[Pair]:
    """The pairs of ``changed`` records with each other and with those of ``index``, which may hold earlier versions of
    them: these are passed over. What words are worth is as it was when the index was made, a new word as one of one record.
    """
    words, places = index.corpus.words.copy(), index.corpus.places.copy()
    gathering = Gathering(words, places)
    for record in changed:
        gathering.add(record)
    fresh = gathering.columns().by_id()
    further = words.texts[len(index.hashes) :]
    hashes = np.concatenate((index.hashes, hashes_of(further)))
    weights = np.concatenate((index.weights, weights_of(np.ones(len(further)), len(index.corpus))))
    signature = sketched(fresh.words, hashes, weights)
    asker, row = index.forest.near(signature)
    known, parents = _known_relatives(fresh, index)
    asker, row = np.concatenate((asker, known)), np.concatenate((row, parents))
    standing = ~np.isin(row, np.array([index.rows[each] for each in fresh.ids if each in index.rows], dtype=np.int64))
    pairs = once((asker[standing] << 32) | row[standing])
    asker, row = pairs >> 32, pairs & 0xFFFFFFFF
    looked_at, place = np.unique(row, return_inverse=True)
    both = Columns.joined([index.corpus.columns.take(looked_at), fresh])
    among = Forest.grown(signature, fresh).candidates()
    rows = {id_: at for at, id_ in enumerate(fresh.ids)}
    left, right = _with(among.left, among.right, _relatives(fresh, rows, _children(fresh)))
    left, right = (
        np.concatenate((place.astype(np.int64), left + len(looked_at))),
        np.concatenate((asker + len(looked_at), right + len(looked_at))),
    )
    table = Table(both, words, places, index.statistics.with_words(further))
    return list(judged(table, left, right, top=top, least=least, model=model or the_model()))


def _with(left: Longs, right: Longs, further: Longs) -> tuple[Longs, Longs]:
    pairs = once(np.concatenate(((left << 32) | right, further)))
    return pairs >> 32, pairs & 0xFFFFFFFF


def _children(columns: Columns) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, parent in enumerate(columns.parents):
        if parent:
            found[parent].append(row)
    return found


def _relatives(columns: Columns, rows: Mapping[str, int], children: Mapping[str, Sequence[int]]) -> Longs:
    """Pairs of records that name each other or the same parent, as one number each."""
    found = []
    for parent, parts in children.items():
        if parent in rows:
            found += [_pair(rows[parent], part) for part in parts if part != rows[parent]]
        if len(parts) <= _MOST_PARTS:
            found += [_pair(one, other) for at, one in enumerate(parts) for other in parts[at + 1 :]]
    return np.array(found, dtype=np.int64)


def _pair(one: int, other: int) -> int:
    return (min(one, other) << 32) | max(one, other)


def _known_relatives(fresh: Columns, index: Index) -> tuple[Longs, Longs]:
    """Numbers in ``fresh`` and the rows of the index that are their parents, children or parts of the same."""
    found = []
    for at, (id_, parent) in enumerate(zip(fresh.ids, fresh.parents, strict=True)):
        near = [*index.children.get(id_, ())]
        if parent:
            near += [index.rows[parent]] if parent in index.rows else []
            parts = index.children.get(parent, ())
            near += parts if len(parts) <= _MOST_PARTS else []
        found += [(at, row) for row in near]
    return np.array([at for at, _ in found], dtype=np.int64), np.array([row for _, row in found], dtype=np.int64)


