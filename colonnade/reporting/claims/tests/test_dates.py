"""Printed dates: a list goes back only where no choice of days keeps it in order."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.reporting.claims.dates import Moment, Span, moment, span, steps_back

FIRST = date(2019, 1, 1).toordinal()


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """A date that may be one of up to four days in a week."""
    start = draw(st.integers(0, 6))
    end = draw(st.integers(start, min(start + 3, 6)))
    return Moment("2019-01", date.fromordinal(FIRST + start), date.fromordinal(FIRST + end))


def days(one: Moment) -> range:
    return range(one.earliest.toordinal(), one.latest.toordinal() + 1)


@given(st.lists(moments(), min_size=1, max_size=5))
def test_a_list_steps_back_exactly_if_no_days_keep_it_in_order(listed: list[Moment]) -> None:
    in_order = any(list(chosen) == sorted(chosen) for chosen in product(*map(days, listed)))
    assert (steps_back(listed) == []) == in_order


@given(moments(), moments())
def test_a_step_back_is_as_long_as_the_nearest_days_are_apart(one: Moment, two: Moment) -> None:
    nearest = min(earlier - later for earlier in days(one) for later in days(two))
    assert steps_back([one, two]) == ([(1, nearest)] if nearest > 0 else [])


@given(moments(), moments(), moments(), moments())
def test_a_span_falls_within_another_exactly_if_some_days_do(a: Moment, b: Moment, c: Moment, d: Moment) -> None:
    inner, outer = Span(a, b), Span(c, d)
    starts = any(one >= other for one in days(a) for other in days(c))
    ends = any(one <= other for one in days(b) for other in days(d))
    assert inner.can_fall_within(outer) == (starts and ends)
    assert (inner.days_outside(outer) == 0) == (starts and ends)


def test_months_and_years_hold_all_their_days() -> None:
    assert (moment("2020-02").latest, moment("2019-12").latest) == (date(2020, 2, 29), date(2019, 12, 31))
    assert (moment("2018").earliest, moment("2018").latest) == (date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize("printed", ["", "2019-13", "2019-02-30", "19", "spring 2019", "2019-2"])
def test_what_is_no_date_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment(printed)


@pytest.mark.parametrize(
    ("on", "until", "words"),
    [
        ("2019-02-11", "2019-02-12", "11–12 February 2019"),
        ("2019-10", "2019-12", "October 2019 to December 2019"),
        ("2018-12-30", "2019-01-02", "30 December 2018 to 2 January 2019"),
        ("2019", "", "2019"),
    ],
)
def test_a_span_reads_as_people_write_it(on: str, until: str, words: str) -> None:
    assert str(span(on, until)) == words
