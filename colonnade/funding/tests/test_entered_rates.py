"""Rates that officers enter: what may be entered, what counts, and that one which was counted at stays."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from colonnade.funding.actions import ConfirmFirst, FundRefused, RateUnknown, Voucher, enter_rate
from colonnade.funding.bookkeeping import RateMissing
from colonnade.funding.models import MonthlyRate
from colonnade.funding.rates import currencies, rate_of
from colonnade.funding.tests.fund import RATES, Fund, by, pledge

JULY = date(2019, 7, 1)
VOUCHER = Voucher(date(2019, 7, 15), "R/7")


def enter(fund: Fund, rate: str = "1.12", name: str = "officer", **more: Any) -> MonthlyRate:
    asked: dict[str, Any] = {"currency": "EUR", "month": date(2019, 7, 9), "source": "A bank, 1 August 2019"}
    return enter_rate(**{**asked, **more}, usd_per_unit=Decimal(rate), **by(fund, name))


def test_a_month_gets_its_rate_and_amounts_of_it_are_counted(fund: Fund) -> None:
    with pytest.raises(RateUnknown, match="No rate of EUR is known for 2019-07"):
        fund.receive("100.00", "EUR", voucher=VOUCHER)
    made = enter(fund)
    assert (made.on, made.entered_by) == (JULY, fund.people["officer"])
    assert fund.receive("100.00", "EUR", voucher=VOUCHER).pk
    rate = rate_of("EUR", date(2019, 7, 31))
    assert rate is not None
    assert (rate.usd_per_unit, rate.source) == (Decimal("1.12"), "A bank, 1 August 2019")
    assert currencies(JULY) == ("USD", "EUR")
    with pytest.raises(RateMissing):
        rate_of("EUR", date(2019, 8, 1))


def test_one_that_was_not_used_is_corrected_by_another_and_both_stand(fund: Fund) -> None:
    enter(fund, "1.12")
    enter(fund, "1.13")
    rate = rate_of("EUR", JULY)
    assert rate is not None
    assert rate.usd_per_unit == Decimal("1.13")
    assert MonthlyRate.objects.count() == 2


@pytest.mark.parametrize("how", ["receipt", "pledge"])
def test_one_that_an_amount_was_counted_at_stays(fund: Fund, how: str) -> None:
    enter(fund)
    if how == "receipt":
        fund.receive("100.00", "EUR", voucher=VOUCHER)
    else:
        pledge(fund, pledged_on=JULY)
    with pytest.raises(FundRefused, match="it stays as it is"):
        enter(fund, "1.13")
    # Nor does a table that gets the month later change it.
    (Path(settings.PACK_DIR) / "rates.csv").write_text(RATES + "EUR,2019-07-01,1.1218,A bank\n")
    rate = rate_of("EUR", JULY)
    assert rate is not None
    assert rate.usd_per_unit == Decimal("1.12")


def test_one_far_from_the_last_known_is_asked_about(fund: Fund) -> None:
    with pytest.raises(ConfirmFirst, match=r"In 2019-06 one EUR came to 1\.1293 US dollars") as stopped:
        enter(fund, "0.89")
    assert stopped.value.says == ("sure",)
    assert enter(fund, "0.89", sure=True).usd_per_unit == Decimal("0.89")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"rate": "0"}, "above zero"),
        ({"source": " "}, "who published"),
        ({"currency": "USD"}, "need no rate"),
        ({"currency": "EURO"}, "three letters"),
        ({"currency": "eur"}, "three letters"),
        ({"month": date(2019, 5, 1)}, "The data pack has the rate"),
        ({"month": date(timezone.localdate().year + 1, 1, 1)}, "still to come"),
    ],
)
def test_what_is_no_rate_is_refused(fund: Fund, more: dict[str, Any], why: str) -> None:
    with pytest.raises(FundRefused, match=why):
        enter(fund, **more)
    assert not MonthlyRate.objects.exists()


@pytest.mark.parametrize("name", ["donor", "board", "auditor", "focal"])
def test_the_secretariat_alone_enters_rates(fund: Fund, name: str) -> None:
    with pytest.raises(FundRefused, match="Only the secretariat"):
        enter(fund, name=name)
