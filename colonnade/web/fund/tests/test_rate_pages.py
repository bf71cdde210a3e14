"""Pages of rates: an error about a missing one says once what to do, leads there, and what was entered is listed."""

import re
from decimal import Decimal

import pytest

from colonnade.funding.models import MonthlyRate
from colonnade.funding.tests.fund import Fund
from colonnade.web.fund.tests.conftest import As
from colonnade.web.fund.tests.reading import at, plain
from colonnade.web.fund.tests.test_fund_pages import received

NEW = "/money/fund/rates/new/"
SENT = {"currency": "eur", "month": "2019-09", "usd_per_unit": "1.1004", "source": "A bank"}


@pytest.mark.parametrize("look", [{}, {"look": "1"}])
def test_a_missing_rate_is_said_once_and_leads_to_where_it_is_entered(
    fund: Fund, signed_in: As, look: dict[str, str]
) -> None:
    assert fund.general.pk
    client = signed_in("officer")
    answer = client.post("/money/fund/receipts/new/", received(on="2019-09-01", **look))
    assert plain(answer).count("No rate of EUR is known for 2019-09") == 1
    (address,) = set(re.findall(r'href="(/money/fund/rates/new/[^"]*)"', answer.content.decode()))
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert 'value="EUR"' in form
    assert 'value="2019-09"' in form
    assert client.post(NEW, SENT).headers["Location"] == "/money/fund/rates/"
    assert client.post("/money/fund/receipts/new/", received(on="2019-09-01")).status_code == 302


def test_rates_are_listed_with_their_source_and_whether_they_count(fund: Fund, signed_in: As) -> None:
    assert fund.general.pk
    client = signed_in("officer")
    assert "No rate was entered here" in at(client, "rates/")
    assert client.post(NEW, SENT).status_code == 302
    assert client.post(NEW, {**SENT, "usd_per_unit": "1.1010"}).status_code == 302
    page = at(client, "rates/").replace("\u00a0", " ")
    assert re.search(r"September 2019 EUR 1\.101 A bank .* Officer Yes September 2019 EUR 1\.1004 A bank .* No:", page)
    public = at(signed_in("public"), "rates/")
    assert "1.1004" in public
    assert "Officer" not in public.partition("September")[2]
    assert "Enter a rate" not in public


def test_one_the_wrong_way_round_is_asked_about_on_the_form(fund: Fund, signed_in: As) -> None:
    assert fund.general.pk
    client = signed_in("officer")
    wrong = {**SENT, "usd_per_unit": "0.908"}
    assert 'name="sure"' not in client.get(NEW).content.decode()
    stopped = client.post(NEW, wrong)
    assert stopped.status_code == 400
    assert 'name="sure"' in stopped.content.decode()
    assert client.post(NEW, {**wrong, "sure": "on"}).status_code == 302
    assert MonthlyRate.objects.get().usd_per_unit == Decimal("0.908")


@pytest.mark.parametrize("wrong", [{"month": "soon"}, {"currency": "E1R"}, {"source": ""}, {"usd_per_unit": "much"}])
def test_what_is_no_rate_stays_on_the_form(fund: Fund, signed_in: As, wrong: dict[str, str]) -> None:
    assert fund.general.pk
    assert signed_in("officer").post(NEW, {**SENT, **wrong}).status_code == 400
    assert not MonthlyRate.objects.exists()
