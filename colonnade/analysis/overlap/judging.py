"""From candidates to proposals: which pairs are likely enough, of what kind they are, and why."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.overlap.columns import NO_DAY, Columns, Numbering
from colonnade.analysis.overlap.forest import rank_in_runs
from colonnade.analysis.overlap.kinds import HARDLY, Kind, Shared, Side, kind_of
from colonnade.analysis.overlap.likeness import FEATURES, PARTS, Likeness, Statistics, compared
from colonnade.analysis.overlap.model import Model, probability
from colonnade.analysis.overlap.ragged import Floats, Longs
from colonnade.analysis.overlap.reasons import Evidence, Reason, reasons_of
from colonnade.analysis.overlap.sketches import THREADS

#: So many pairs of a record are proposed.
TOP: Final = 10
#: Pairs that are less likely are not proposed, unless one record is the parent of the other.
LEAST: Final = HARDLY
#: So many pairs are compared at a time.
_CHUNK: Final = 1 << 15
#: Two records of one entity are of interest where one continues the other: their titles are at least so alike.
_CONTINUES: Final = 0.8
_MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, ``a`` before ``b``, and why they are proposed. The log-odds of the reasons add up to
    ``log_odds``."""

    a: str
    b: str
    log_odds: float
    probability: float
    kind: Kind
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The records that pairs are rows of, with what is needed to compare and to tell of them."""

    columns: Columns
    words: Sequence[str]
    places: Sequence[str]
    statistics: Statistics

    def likeness(self, left: Longs, right: Longs, *, stems: bool = True) -> Likeness:
        """Of these rows with those."""
        return compared(self.columns.part(left), self.columns.part(right), self.statistics, stems=stems)


def judged(
    table: Table,
    left: Longs,
    right: Longs,
    *,
    top: int,
    least: float,
    model: Model,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Pair]:
    """The pairs of ``left`` and ``right`` (each once) that are proposed, most likely first."""
    least_odds = np.log(least / (1.0 - least))
    same_entity, by_parent = _same_entity(table.columns, left, right), _by_parent(table.columns, left, right)
    letters = FEATURES.index("letters")

    def one(start: int) -> tuple[Floats, NDArray[np.bool_]]:
        part = slice(start, start + _CHUNK)
        features = table.likeness(left[part], right[part], stems=False).features
        log_odds = model.log_odds(features)
        close = np.flatnonzero((log_odds >= least_odds) | by_parent[part])
        log_odds[close] = model.log_odds(table.likeness(left[part][close], right[part][close]).features)
        return log_odds, features[:, letters] >= _CONTINUES

    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(one, range(0, len(left), _CHUNK)))
    log_odds = np.concatenate([np.zeros(0), *(odds for odds, _ in found)])
    continues = np.concatenate([np.zeros(0, dtype=bool), *(alike for _, alike in found)])
    likely = (log_odds >= least_odds) & (~same_entity | continues)
    kept = []
    for group in (~same_entity, same_entity):  # one entity's own phases take no place from what others do
        of = np.flatnonzero((by_parent | likely) & group)
        kept.append(of[_among_first(left[of], right[of], log_odds[of], top)])
    chosen = np.concatenate(kept)
    order = chosen[np.lexsort((right[chosen], left[chosen], -log_odds[chosen]))]
    progress(f"explaining up to {len(order):,} pairs")
    for start in range(0, len(order), _CHUNK):
        part = order[start : start + _CHUNK]
        for pair, same in zip(told(table, left[part], right[part], model), same_entity[part], strict=True):
            if pair.kind.is_related or (not same and pair.kind is not Kind.DIFFERENT):
                yield pair


def told(table: Table, left: Longs, right: Longs, model: Model) -> Iterator[Pair]:
    """These pairs with probability, kind and reasons, in the given order."""
    likeness = table.likeness(left, right)
    log_odds = model.log_odds(likeness.features)
    chances = probability(log_odds)
    contributions = {name: part.tolist() for name, part in model.contributions(likeness.features).items()}
    columns = {name: likeness.column(name).tolist() for name in FEATURES}
    words, counts = _rarest(table, likeness, len(left))
    for at, (row, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if table.columns.ids[row] > table.columns.ids[other]:
            row, other = other, row
        one, two = _side(table.columns, row), _side(table.columns, other)
        shared = Shared(
            probability=float(chances[at]),
            cover=columns["cover"][at],
            titles=max(columns["letters"][at], columns["title_cover"][at]),
            place=columns["place_same"][at] > 0,
            apart=columns["time_apart"][at] > 0 or columns["year_differs"][at] > 0,
        )
        evidence = Evidence(
            words=words[at],
            shared=counts[at],
            cover=columns["cover"][at],
            titles=columns["letters"][at],
            places=(_places(table, row), _places(table, other)),
            periods=((one.start, one.end), (two.start, two.end)),
            amounts=(one.amount, two.amount),
            numbers=(columns["numbers_same"][at] > 0, columns["numbers_differ"][at] > 0),
        )
        known = [part for part, names in PARTS.items() if any(columns[name][at] for name in names)]
        reasons = reasons_of({name: part[at] for name, part in contributions.items()}, known, evidence)
        yield Pair(one.id, two.id, float(log_odds[at]), float(chances[at]), kind_of(one, two, shared), reasons)


def _rarest(table: Table, likeness: Likeness, pairs: int) -> tuple[list[list[str]], list[int]]:
    """For every pair the rarest words that it shares, and how many it shares."""
    texts = table.words
    used, place = np.unique(likeness.word, return_inverse=True)
    ranks = np.empty(len(used), dtype=np.int64)
    ranks[sorted(range(len(used)), key=[texts[number] for number in used.tolist()].__getitem__)] = np.arange(len(used))
    order = np.lexsort((ranks[place], table.statistics.log_used[likeness.word], likeness.pair))
    pair, word = likeness.pair[order], likeness.word[order]
    first = rank_in_runs(pair) < _MOST_WORDS
    found: list[list[str]] = [[] for _ in range(pairs)]
    for at, number in zip(pair[first].tolist(), word[first].tolist(), strict=True):
        found[at].append(texts[number])
    return found, np.bincount(likeness.pair, minlength=pairs).tolist()


def _side(columns: Columns, row: int) -> Side:
    amount = float(columns.amount[row])
    return Side(
        id=columns.ids[row],
        entity=columns.entities[row],
        title=columns.titles[row],
        parent=columns.parents[row],
        start=_date(int(columns.start[row])),
        end=_date(int(columns.end[row])),
        amount=None if np.isnan(amount) else amount,
    )


def _date(day: int) -> date | None:
    return None if day == NO_DAY else date.fromordinal(day + 719_163)


def _places(table: Table, row: int) -> list[str]:
    places = table.columns.places
    return sorted(table.places[each] for each in places.values[places.ends[row] : places.ends[row + 1]])


def _among_first(left: Longs, right: Longs, log_odds: Floats, top: int) -> NDArray[np.bool_]:
    """Which pairs are among the ``top`` of either of their records."""
    pairs = len(left)
    kept = np.zeros(pairs, dtype=bool)
    ends = np.concatenate((left, right))
    order = np.lexsort((np.tile(np.arange(pairs), 2), -np.tile(log_odds, 2), ends))
    kept[order[rank_in_runs(ends[order]) < top] % max(pairs, 1)] = True
    return kept


def _same_entity(columns: Columns, left: Longs, right: Longs) -> NDArray[np.bool_]:
    """Whether both are of one entity; records that name none are of different ones."""
    numbering = Numbering()
    entity = np.where([bool(each) for each in columns.entities], numbering.of_all(columns.entities), -1)
    same: NDArray[np.bool_] = (entity[left] == entity[right]) & (entity[left] >= 0)
    return same


def _by_parent(columns: Columns, left: Longs, right: Longs) -> NDArray[np.bool_]:
    """Whether one is the parent of the other."""
    having = np.array([bool(each) for each in columns.parents], dtype=bool)
    found = np.zeros(len(left), dtype=bool)
    for at in np.flatnonzero(having[left] | having[right]):
        one, other = int(left[at]), int(right[at])
        parents = (columns.parents[one], columns.parents[other])
        found[at] = columns.ids[other] == parents[0] or columns.ids[one] == parents[1]
    return found
