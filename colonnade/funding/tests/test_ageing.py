"""Ageing: what was paid goes to what fell due first, and nothing of it is lost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.funding.ageing import CLASSES, UNDATED, Due, Outstanding, outstanding

TODAY = date(2019, 12, 31)
dues = st.lists(
    st.builds(
        Due,
        on=st.none() | st.dates(date(2017, 1, 1), date(2021, 1, 1)),
        amount=st.decimals(min_value="0.01", max_value=10**6, places=2),
    ),
    max_size=8,
)


@given(dues, st.decimals(min_value=0, max_value=10**7, places=2))
def test_what_is_outstanding_and_what_was_paid_come_to_what_is_due(owed: list[Due], paid: Decimal) -> None:
    left = sum((one.amount for one in outstanding(owed, paid, TODAY)), Decimal(0))
    assert left == max(sum((due.amount for due in owed), Decimal(0)) - paid, Decimal(0))


@given(dues, st.decimals(min_value=0, max_value=10**7, places=2))
def test_nothing_is_outstanding_before_something_that_is_paid(owed: list[Due], paid: Decimal) -> None:
    found = outstanding(owed, paid, TODAY)
    days = [one.days for one in found if one.days is not None]
    assert days == sorted(days, reverse=True)
    partly = [one for one in found if one.amount < one.due.amount]
    assert partly in ([], [found[0]] if found else [])


@pytest.mark.parametrize(
    ("days", "age"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (90, 2), (91, 3), (180, 3), (365, 4), (366, 5)]
)
def test_classes_of_age(days: int, age: int) -> None:
    one = Outstanding(Due(TODAY - timedelta(days=days), Decimal(1)), Decimal(1), days)
    assert one.age == age
    assert age <= len(CLASSES) + 1


def test_what_has_no_day_is_not_overdue_and_is_paid_last() -> None:
    owed = [Due(None, Decimal(10)), Due(TODAY, Decimal(5))]
    (left,) = outstanding(owed, Decimal(7), TODAY)
    assert (left.due.on, left.amount, left.age) == (None, Decimal(8), UNDATED)
