"""Money is exact: nothing is converted without a rate, nothing is rounded twice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.core.money import CurrencyMismatch, Money, Rate, shortfall, surplus, to_usd

amounts = st.decimals(min_value=0, max_value=10**12, places=2)
EURO = Rate("EUR", date(2019, 8, 1), Decimal("1.1126"), "a table")


def test_an_amount_without_a_rate_stays_in_its_own_currency() -> None:
    assert to_usd(Money(Decimal("10.00"), "EUR"), None) is None


def test_dollars_need_no_rate() -> None:
    assert to_usd(Money(Decimal("10.005"), "USD"), None) == Decimal("10.00")


def test_a_rate_converts_only_its_own_currency() -> None:
    with pytest.raises(CurrencyMismatch):
        to_usd(Money(Decimal("10.00"), "SEK"), EURO)


def test_amounts_of_different_currencies_do_not_add() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


@given(amounts, amounts)
def test_a_budget_is_what_was_received_and_what_is_missing_less_what_is_over(budget: Decimal, funding: Decimal) -> None:
    assert budget == funding + shortfall(budget, funding) - surplus(budget, funding)
    assert shortfall(budget, funding) >= 0
    assert surplus(budget, funding) >= 0
    assert 0 in (shortfall(budget, funding), surplus(budget, funding))


@given(amounts)
def test_a_conversion_is_off_by_half_a_cent_at_most(amount: Decimal) -> None:
    converted = to_usd(Money(amount, "EUR"), EURO)
    assert converted is not None
    assert abs(converted - amount * EURO.usd_per_unit) <= Decimal("0.005")
