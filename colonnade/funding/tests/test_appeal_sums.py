"""The arithmetic of an appeal adds up, whatever the amounts: of one entry, of a dimension, and since a moment."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.funding.appeal_sums import (
    Money,
    Promise,
    Sums,
    by_value,
    divided,
    flow,
    shared,
    sums_of,
    together,
)
from colonnade.funding.partial_sums import NoPartialSum, PartialSum, read_partial_sums, write_partial_sums

CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
PROMISES = st.one_of(st.builds(Promise, CENTS, st.booleans()), st.builds(Promise, CENTS, st.booleans(), CENTS, CENTS))
MONEY = st.builds(Money, CENTS, CENTS, st.lists(PROMISES, max_size=4).map(tuple))
SUMS = st.builds(sums_of, CENTS, MONEY)


def usd(text: str) -> Decimal:
    return Decimal(text)


@given(CENTS, MONEY)
def test_requirement_and_surplus_are_received_pledged_and_shortfall(requirement: Decimal, money: Money) -> None:
    found = sums_of(requirement, money)
    assert found.adds_up
    assert found.shortfall >= 0
    assert found.surplus >= 0
    assert found.shortfall == 0 or found.surplus == 0
    assert 0 <= found.covered <= requirement


@given(st.lists(SUMS, max_size=6))
def test_a_surplus_makes_up_for_no_other_entrys_shortfall(several: list[Sums]) -> None:
    whole = together(several)
    assert whole.adds_up
    assert whole.shortfall == sum((one.shortfall for one in several), Decimal(0))
    assert whole.shortfall >= whole.requirement - whole.received - whole.pledged


@given(CENTS, st.integers(1, 12))
def test_parts_are_whole_cents_and_together_the_whole(amount: Decimal, parts: int) -> None:
    found = divided(amount, parts)
    assert sum(found) == amount
    assert max(found) - min(found) <= usd("0.01")


@given(SUMS, st.integers(1, 9))
def test_every_part_of_an_entry_adds_up_and_none_is_below_nothing(sums: Sums, parts: int) -> None:
    found = shared(sums, parts)
    assert together(found) == sums
    for part in found:
        assert part.adds_up
        assert min(part.requirement, part.received, part.pledged, part.shortfall, part.surplus) >= 0


@given(st.lists(st.tuples(st.lists(st.sampled_from("abcd"), max_size=4), SUMS), max_size=8))
def test_lines_of_a_dimension_add_up_to_the_whole(entries: list[tuple[list[str], Sums]]) -> None:
    lines = by_value([(place, sums) for place, (_values, sums) in enumerate(entries)], lambda place: entries[place][0])
    assert together(line.sums for line in lines.values()) == together(sums for _values, sums in entries)
    assert all(line.sums.adds_up for line in lines.values())
    without = sum(not values for values, _sums in entries)
    assert (lines[None].entries if None in lines else 0) == without


@given(st.dictionaries(st.integers(0, 9), SUMS, max_size=8), st.dictionaries(st.integers(0, 9), SUMS, max_size=8))
def test_what_was_came_went_and_changed_comes_to_what_is(before: dict[int, Sums], now: dict[int, Sums]) -> None:
    changes, whole = flow(before, now)
    assert whole.adds_up
    assert whole.before == together(before.values())
    assert whole.now == together(now.values())
    assert {key for key, one in changes.items() if one.before is None} == now.keys() - before.keys()
    assert {key for key, one in changes.items() if one.now is None} == before.keys() - now.keys()
    assert whole.before.requirement + whole.joined.requirement - whole.left.requirement + whole.changed == (
        whole.now.requirement
    )


def test_what_was_paid_for_a_project_and_allocated_to_it_is_counted_once() -> None:
    promise = Promise(usd("100"), paid=usd("60"), open=usd("40"))
    assert sums_of(usd("500"), Money(usd("5"), usd("50"), (promise,))).received == 65
    assert sums_of(usd("500"), Money(usd("5"), usd("80"), (promise,))).received == 85


def test_to_a_reader_who_is_not_told_a_pledge_counts_until_it_is_paid_in_full() -> None:
    open_to_all = sums_of(usd("500"), Money(promises=(Promise(usd("100")),)))
    assert open_to_all == Sums(usd("500"), pledged=usd("100"), shortfall=usd("400"))
    settled = sums_of(usd("500"), Money(promises=(Promise(usd("100"), settled=True),)))
    assert settled == Sums(usd("500"), received=usd("100"), shortfall=usd("400"))


def test_an_amount_is_divided_into_one_part_at_least() -> None:
    with pytest.raises(ValueError, match="one part at least"):
        divided(usd("1"), 0)


@given(
    st.lists(
        st.builds(
            PartialSum,
            st.integers(1, 10**12).map(lambda cents: (Decimal(cents) / 100).quantize(Decimal("0.01"))),
            st.from_regex(r"[A-Za-z][A-Za-z ]{0,20}[a-z]", fullmatch=True),
        ),
        max_size=5,
    )
)
def test_partial_sums_read_as_they_were_written(several: list[PartialSum]) -> None:
    found = read_partial_sums(write_partial_sums(several))
    assert sorted(found, key=str) == sorted(several, key=str)
    assert [one.usd for one in found] == sorted(one.usd for one in found)


@pytest.mark.parametrize("line", ["two courses", "50000", "0 nothing", "-5 a debt", "12345678901234567 too much"])
def test_a_line_that_is_no_sum_is_named(line: str) -> None:
    with pytest.raises(NoPartialSum) as refused:
        read_partial_sums(f"100 one\n{line}")
    assert refused.value.line == line


def test_a_sum_may_be_written_with_separators() -> None:
    assert read_partial_sums("50,000.50 Two courses\n\n 1000 One day ") == (
        PartialSum(usd("1000.00"), "One day"),
        PartialSum(usd("50000.50"), "Two courses"),
    )
