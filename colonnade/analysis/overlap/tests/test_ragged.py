"""Rows of different lengths: sorted, each value once, whatever came in; and what pairs of them share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.overlap import ragged
from colonnade.analysis.overlap.ragged import Ragged, shared

ROWS = st.lists(st.lists(st.integers(0, 50), max_size=6), max_size=8)


def ragged_of(rows: list[list[int]]) -> Ragged:
    flat = np.array([value for row in rows for value in row], dtype=np.int32)
    return Ragged.of(flat, np.array([len(row) for row in rows], dtype=np.int64))


def rows_of(found: Ragged) -> list[list[int]]:
    return [found.values[found.ends[at] : found.ends[at + 1]].tolist() for at in range(len(found))]


@given(ROWS, st.integers(1, 3))
def test_rows_are_sorted_with_each_value_once_however_many_at_a_time(rows: list[list[int]], at_a_time: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ragged, "_ROWS", at_a_time)
        assert rows_of(ragged_of(rows)) == [sorted(set(row)) for row in rows]


@given(ROWS.filter(bool), st.data())
def test_rows_are_taken_in_the_order_asked_for(rows: list[list[int]], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(rows) - 1)))
    taken = ragged_of(rows).take(np.array(places, dtype=np.int64))
    assert rows_of(taken) == [sorted(set(rows[place])) for place in places]


@given(ROWS)
def test_sums_and_tops_are_those_of_each_row(rows: list[list[int]]) -> None:
    worth = np.arange(51) / 2
    found = ragged_of(rows)
    assert found.sums(worth).tolist() == [sum(value / 2 for value in set(row)) for row in rows]
    assert found.tops(worth).tolist() == [max((value / 2 for value in row), default=0.0) for row in rows]


@given(st.lists(st.tuples(*[st.lists(st.integers(0, 20), max_size=6)] * 2), max_size=6))
def test_what_rows_share_is_their_intersection(pairs: list[tuple[list[int], list[int]]]) -> None:
    pair, value = shared(ragged_of([one for one, _ in pairs]), ragged_of([other for _, other in pairs]))
    found = list(zip(pair.tolist(), value.tolist(), strict=True))
    assert found == [(at, each) for at, (one, other) in enumerate(pairs) for each in sorted(set(one) & set(other))]
