"""Ages of needs: every day of issue falls into one band, and the bands are what their titles say."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.coverage.times import SIX_MONTHS, bands, whole_months, years_before

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS)
def test_every_day_of_issue_falls_into_one_band(day: date, issued_on: date) -> None:
    assert sum(band.holds(issued_on) for band in bands(day)) == 1


@given(DAYS)
def test_the_edges_are_what_the_titles_say(day: date) -> None:
    oldest, older, old, young, youngest = bands(day)
    assert oldest.holds(years_before(day, 3))
    assert older.holds(years_before(day, 3) + timedelta(days=1))
    assert older.holds(years_before(day, 2))
    assert old.holds(years_before(day, 1))
    assert young.holds(day - SIX_MONTHS)
    assert youngest.holds(day - SIX_MONTHS + timedelta(days=1))
    assert youngest.holds(day)


def test_a_leap_day_has_its_anniversary_on_the_day_before() -> None:
    assert years_before(date(2020, 2, 29), 1) == date(2019, 2, 28)
    assert years_before(date(2020, 2, 29), 4) == date(2016, 2, 29)


@given(DAYS, DAYS)
def test_months_are_whole_and_never_below_nought(start: date, end: date) -> None:
    months = whole_months(start, end)
    assert months >= 0
    if end >= start:
        assert 30 * months - 20 <= (end - start).days
        assert (end - start).days <= 31 * (months + 1)
    else:
        assert months == 0


def test_a_month_is_whole_on_its_day() -> None:
    assert whole_months(date(2019, 1, 15), date(2019, 2, 14)) == 0
    assert whole_months(date(2019, 1, 15), date(2019, 2, 15)) == 1
