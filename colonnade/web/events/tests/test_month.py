"""The grid of a month: every day once, Monday first, every event on each of its days."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.web.events.held import days_in_words
from colonnade.web.events.month import Month, NoSuchMonth, days_of, month_in, month_of, touches, weeks_of

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@dataclass(frozen=True)
class Held:
    starts_on: date
    ends_on: date


SPANS = st.builds(
    lambda first, days: Held(first, first + timedelta(days=days)),
    st.dates(date(2019, 3, 1), date(2019, 8, 1)),
    st.integers(0, 70),
)


@given(MONTHS)
def test_a_grid_holds_every_day_of_the_month_once(month: Month) -> None:
    nothing: list[Held] = []
    weeks = weeks_of(month, nothing)
    inside = [day.on for week in weeks for day in week if day.inside]
    assert inside == [month.first_day + timedelta(days=at) for at in range(month.last_day.day)]
    assert all(len(week) == 7 and week[0].on.weekday() == 0 for week in weeks)
    assert all(any(day.inside for day in week) for week in weeks)


@given(st.lists(SPANS, max_size=6))
def test_an_event_stands_on_each_of_its_days_and_no_other(events: list[Held]) -> None:
    month = Month(2019, 5)
    days = days_of(month, events)
    for at in range(31):
        day = month.first_day + timedelta(days=at)
        assert days.get(day, []) == [event for event in events if event.starts_on <= day <= event.ends_on]
    assert all(touches(month, event) for found in days.values() for event in found)


@given(MONTHS, st.integers(-30, 30))
def test_months_follow_one_another(month: Month, steps: int) -> None:
    assert month.after(steps).after(-steps) == month
    assert month_of(month.after(1).first_day - timedelta(days=1)) == month


@given(MONTHS)
def test_a_month_reads_as_it_is_written(month: Month) -> None:
    assert month_in(str(month)) == month


@pytest.mark.parametrize("text", ["", "2019", "2019-13", "2019-00", "19-05", "2019-5", "1899-12", "2201-01", "२०१९-०५"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NoSuchMonth):
        month_in(text)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2019, 5, 16), date(2019, 5, 16), "16 May 2019"),
        (date(2019, 5, 16), date(2019, 5, 17), "16–17 May 2019"),
        (date(2019, 5, 30), date(2019, 6, 2), "30 May – 2 June 2019"),
        (date(2019, 12, 30), date(2020, 1, 2), "30 December 2019 – 2 January 2020"),
    ],
)
def test_days_read_as_people_write_them(first: date, last: date, said: str) -> None:
    assert days_in_words(first, last) == said
