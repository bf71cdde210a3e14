"""Days of a plan's parts against its period: what is refused, and that nothing within it is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from colonnade.needs.plans.content import STATUSES
from colonnade.needs.plans.periods import BEGUN_STATUSES, Period, why_not_begun, why_not_due, wrong_days

DAYS = st.dates(date(2019, 1, 1), date(2019, 3, 1))
SPANS = st.tuples(DAYS, DAYS).map(sorted)


@given(SPANS, SPANS)
def test_days_are_wrong_where_they_leave_the_period(plan: list[date], part: list[date]) -> None:
    period = Period(*plan)
    found = wrong_days(period, starts_on=part[0], ends_on=part[1])
    assert (not found) == (plan[0] <= part[0] and part[1] <= plan[1])
    assert ("ends_on" in found) == (part[1] > plan[1])
    assert wrong_days(period, starts_on=None, ends_on=None) == {}


@given(SPANS, DAYS)
def test_an_indicator_is_due_within_the_period(plan: list[date], due: date) -> None:
    assert (why_not_due(Period(*plan), due) is None) == (plan[0] <= due <= plan[1])


@given(st.sampled_from(STATUSES), DAYS, DAYS)
def test_only_what_has_begun_is_under_way_or_done(status: str, begins: date, today: date) -> None:
    assert (why_not_begun(status, begins, today) is not None) == (status in BEGUN_STATUSES and begins > today)
