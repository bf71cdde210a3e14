"""The arithmetic is exact: nothing possible is excluded, and nothing impossible is allowed."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from colonnade.reporting.claims.intervals import NOTHING, Interval, total

values = st.fractions(min_value=0, max_value=1000, max_denominator=20)


@st.composite
def intervals_with_a_value(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval of values that are not negative, and one of its values."""
    value = draw(values)
    low = draw(st.one_of(st.none(), st.fractions(0, value, max_denominator=20)))
    high = draw(st.one_of(st.none(), st.fractions(value, value + 100, max_denominator=20)))
    return Interval(low, high, draw(st.booleans()) and low != value, draw(st.booleans()) and high != value), value


@given(intervals_with_a_value(), intervals_with_a_value())
def test_an_operation_on_two_values_lies_in_the_operation_on_their_intervals(
    one: tuple[Interval, Fraction], two: tuple[Interval, Fraction]
) -> None:
    (left, a), (right, b) = one, two
    assert a + b in left + right
    assert a - b in left - right
    assert a * b in left.times(right)
    assume(b > 0 and right.high != 0)
    assert a / b in left.over(right)


@given(intervals_with_a_value(), intervals_with_a_value(), values)
def test_a_value_of_a_product_is_the_product_of_two_values(
    one: tuple[Interval, Fraction], two: tuple[Interval, Fraction], product: Fraction
) -> None:
    (left, _), (right, _) = one, two
    assume(product in left.times(right))
    assume(product > 0)
    factors = Interval.exactly(product).over(right).intersection(left)
    assert not factors.is_empty


@given(intervals_with_a_value(), intervals_with_a_value(), values)
def test_a_value_of_a_sum_is_the_sum_of_two_values(
    one: tuple[Interval, Fraction], two: tuple[Interval, Fraction], found: Fraction
) -> None:
    (left, _), (right, _) = one, two
    assume(found in left + right)
    assert not (Interval.exactly(found) - right).intersection(left).is_empty


@given(intervals_with_a_value(), intervals_with_a_value())
def test_intervals_are_apart_exactly_if_they_share_no_value(
    one: tuple[Interval, Fraction], two: tuple[Interval, Fraction]
) -> None:
    (left, a), (right, b) = one, two
    shared = left.intersection(right)
    assert left.distance(right) == right.distance(left)
    assert left.distance(right) <= abs(a - b)
    assert not (left.distance(right) > 0 and not shared.is_empty)
    assert (b in left) <= (not shared.is_empty)


@given(intervals_with_a_value(), intervals_with_a_value())
def test_at_most_can_hold_exactly_if_it_does_for_the_kindest_values(
    one: tuple[Interval, Fraction], two: tuple[Interval, Fraction]
) -> None:
    (left, a), (right, b) = one, two
    assert left.can_be_at_most(right) or a > b
    below = Interval(None, right.high, high_open=right.high_open)
    assert left.can_be_at_most(right) == (not left.intersection(below).is_empty)


@given(st.integers(0, 300), st.fractions(min_value="1/10", max_value=5, max_denominator=10))
def test_what_rounds_to_a_number_is_what_stands_in_its_interval(steps: int, step: Fraction) -> None:
    value = steps * step
    rounded = Interval.rounded(value, step / 2)
    for true in (value - step, value - step / 2, value - step / 3, value, value + step / 3, value + step / 2):
        rounds_to = (true / step + Fraction(1, 2)).__floor__() * step
        assert (true in rounded) == (rounds_to == value)


@given(intervals_with_a_value())
def test_whole_numbers_lose_no_whole_number_and_end_on_one(one: tuple[Interval, Fraction]) -> None:
    interval, value = one
    whole = interval.whole_numbers()
    for number in range(int(value) - 3, int(value) + 4):
        assert (number in interval) == (number in whole)
    for end in (whole.low, whole.high):
        assert end is None or end.denominator == 1


def test_nothing_stays_nothing() -> None:
    five = Interval.exactly(5)
    assert (NOTHING + five).is_empty
    assert (five - NOTHING).is_empty
    assert NOTHING.times(five).is_empty
    assert not NOTHING.can_be_at_most(five)
    assert not five.can_be_at_most(NOTHING)


def test_an_open_end_is_not_among_the_values() -> None:
    more_than_forty = Interval(Fraction(40), None, low_open=True)
    assert 40 not in more_than_forty
    assert 41 in more_than_forty
    assert 40 not in total([more_than_forty, Interval.exactly(0)])
    assert more_than_forty.intersection(Interval.exactly(40)).is_empty
    assert more_than_forty.distance(Interval.exactly(40)) == 0
    assert more_than_forty.whole_numbers().low == 41
