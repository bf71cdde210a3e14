"""Sharing out whole numbers: nothing is lost, and nobody has more than is due."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.packs.illustrative.allocation import apportion, by_share, deal, fill_up, skewed_weight

totals = st.integers(0, 10**9)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any)


@given(totals, weights)
def test_parts_add_up_and_are_the_exact_share_rounded_up_or_down(total: int, shares: list[int]) -> None:
    parts = apportion(total, shares)
    whole = sum(shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert total * share // whole <= part <= -(-total * share // whole)


@given(totals, weights)
def test_the_larger_weight_never_has_the_smaller_part(total: int, shares: list[int]) -> None:
    parts = sorted(zip(shares, apportion(total, shares), strict=True))
    for (smaller, less), (larger, more) in pairwise(parts):
        assert smaller == larger or less <= more


@given(totals, weights)
def test_shares_keep_their_keys(total: int, shares: list[int]) -> None:
    by_key = {f"key {place}": share for place, share in enumerate(shares)}
    given_out = by_share(total, by_key)
    assert list(given_out) == list(by_key)
    assert sum(given_out.values()) == total


@given(st.data())
def test_filling_up_reaches_the_total_within_every_capacity(data: st.DataObject) -> None:
    rooms = data.draw(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=30))
    capacities, wanted = [room for room, _ in rooms], [wish for _, wish in rooms]
    total = data.draw(st.integers(0, sum(capacities)))
    parts = fill_up(total, capacities, wanted)
    assert sum(parts) == total
    for part, capacity in zip(parts, capacities, strict=True):
        assert 0 <= part <= capacity


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_filling_up_gives_what_is_wanted_where_it_fits(wanted: list[int]) -> None:
    assert fill_up(sum(wanted), [wish + 7 for wish in wanted], wanted) == wanted


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="5 cannot hold 6"):
        fill_up(6, [2, 3], [2, 3])


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 30), max_size=8), st.integers())
def test_each_key_is_dealt_as_often_as_its_count(counts: dict[str, int], seed: int) -> None:
    assert Counter(deal(counts, random.Random(seed))) == +Counter(counts)


@given(st.integers())
def test_a_weight_is_above_zero(seed: int) -> None:
    assert skewed_weight(random.Random(seed)) > 0
