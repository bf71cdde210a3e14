"""The index: proposes the pairs among all records, and those of records that changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from colonnade.analysis.overlap.columns import Columns, Gathering, hashes_of
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.forest import Forest, closest, joined, once
from colonnade.analysis.overlap.judging import LEAST, TOP, Pair, Table, judged
from colonnade.analysis.overlap.likeness import Statistics
from colonnade.analysis.overlap.model import Model, the_model
from colonnade.analysis.overlap.ragged import Floats, Longs
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap.sketches import DEPTH, Signature, Words64, sketched, weights_of

#: Trees of the forest of all words, and of that of titles; and the least agreements of their pairs, of 255.
TREES, TITLE_TREES = 24, 8
LEAST_AGREEMENT, LEAST_TITLE_AGREEMENT = 44, 90
#: Parts of one parent are compared each with each up to so many.
_MOST_PARTS: Final = 12

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress that nobody hears."""


@dataclass(frozen=True, slots=True)
class Index:
    """Records, what is counted over them, and the forests that find candidates: one by all
    words, one by those of titles, since texts are often missing. ``rows`` are the records by identifier,
    ``children`` those that name a parent, by it."""

    corpus: Corpus
    statistics: Statistics
    hashes: Words64
    weights: Floats
    forests: tuple[Forest, ...]
    rows: Mapping[str, int]
    children: Mapping[str, Sequence[int]]

    @staticmethod
    def of(corpus: Corpus, progress: Progress = silent) -> "Index":
        """Sketch the records and grow the forest."""
        columns = corpus.columns
        progress(f"sketching {len(corpus):,} records of {len(corpus.words):,} different words")
        hashes, weights = hashes_of(corpus.words.texts), weights_of(corpus.used_by, len(corpus))
        forests = _forests(_signatures(columns, hashes, weights), columns)
        rows = {id_: row for row, id_ in enumerate(columns.ids)}
        return Index(corpus, Statistics.of(corpus), hashes, weights, forests, rows, _children(columns))


def propose(
    index: Index, *, top: int = TOP, least: float = LEAST, model: Model | None = None, progress: Progress = silent
) -> Iterator[Pair]:
    """The pairs of all records, most likely first: of each record the ``top``, from the probability ``least`` on."""
    progress("looking for candidates")
    columns = index.corpus.columns
    candidates = closest(joined([forest.candidates() for forest in index.forests]), of_either=True)
    left, right = _halves(np.concatenate((candidates, _relatives(index.rows, index.children))))
    progress(f"comparing {len(left):,} candidates")
    table = Table(columns, index.corpus.words.texts, index.corpus.places.texts, index.statistics)
    yield from judged(table, left, right, top=top, least=least, model=model or the_model(), progress=progress)


def pairs_of(
    changed: Iterable[Record], index: Index, *, top: int = TOP, least: float = LEAST, model: Model | None = None
) -> list[Pair]:
    """The pairs of ``changed`` records with each other and with those of ``index``, which may hold earlier versions of
    them: these are passed over. What words are worth is as it was when the index was made, a new word as one of one
    record.
    """
    words, places = index.corpus.words.copy(), index.corpus.places.copy()
    gathering = Gathering(words, places)
    for record in changed:
        gathering.add(record)
    fresh = gathering.columns().by_id()
    further = words.texts[len(index.hashes) :]
    hashes = np.concatenate((index.hashes, hashes_of(further)))
    weights = np.concatenate((index.weights, weights_of(np.ones(len(further)), len(index.corpus))))
    signatures = _signatures(fresh, hashes, weights)
    near = [forest.near(signature) for forest, signature in zip(index.forests, signatures, strict=True)]
    asker, row = _halves(np.concatenate((closest(joined(near), of_either=False), _known_relatives(fresh, index))))
    standing = ~np.isin(row, np.array([index.rows[each] for each in fresh.ids if each in index.rows], dtype=np.int64))
    asker, row = asker[standing], row[standing]
    looked_at, place = np.unique(row, return_inverse=True)
    among = closest(joined([each.candidates() for each in _forests(signatures, fresh)]), of_either=True)
    rows = {id_: at for at, id_ in enumerate(fresh.ids)}
    left, right = _halves(np.concatenate((among, _relatives(rows, _children(fresh)))))
    left = np.concatenate((place.astype(np.int64), left + len(looked_at)))
    right = np.concatenate((asker + len(looked_at), right + len(looked_at)))
    both = Columns.joined([index.corpus.columns.take(looked_at), fresh])
    table = Table(both, words.texts, places.texts, index.statistics.with_words(further))
    return list(judged(table, left, right, top=top, least=least, model=model or the_model()))


def _signatures(columns: Columns, hashes: Words64, weights: Floats) -> tuple[Signature, ...]:
    """By all words, and by those of titles."""
    return (
        sketched(columns.words, hashes, weights, TREES * DEPTH),
        sketched(columns.title, hashes, weights, TITLE_TREES * DEPTH),
    )


def _forests(signatures: Sequence[Signature], columns: Columns) -> tuple[Forest, ...]:
    leasts = (LEAST_AGREEMENT, LEAST_TITLE_AGREEMENT)
    return tuple(Forest.grown(each, columns, least) for each, least in zip(signatures, leasts, strict=True))


def _halves(pairs: Longs) -> tuple[Longs, Longs]:
    """The first and the second rows of pairs that are one number each; each pair once."""
    pairs = once(pairs)
    return pairs >> 32, pairs & 0xFFFFFFFF


def _children(columns: Columns) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, parent in enumerate(columns.parents):
        if parent:
            found[parent].append(row)
    return found


def _relatives(rows: Mapping[str, int], children: Mapping[str, Sequence[int]]) -> Longs:
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


def _known_relatives(fresh: Columns, index: Index) -> Longs:
    """Numbers in ``fresh`` with the rows of the index that are their parents, children or parts of the same."""
    found = []
    for at, (id_, parent) in enumerate(zip(fresh.ids, fresh.parents, strict=True)):
        near = [*index.children.get(id_, ())]
        if parent:
            near += [index.rows[parent]] if parent in index.rows else []
            parts = index.children.get(parent, ())
            near += parts if len(parts) <= _MOST_PARTS else []
        found += [(at << 32) | row for row in near]
    return np.array(found, dtype=np.int64)
