"""Every number of the fund opens to entries that add up to it, whatever happened in the books."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from lxml import html

from colonnade.funding.actions import (
    Voucher,
    correct_entry,
    reassign,
    record_in_kind,
    record_return,
    refund_contributor,
    release_rest,
    report_expenditure,
    send_advance,
)
from colonnade.funding.tests.fund import Fund, by, pledge
from colonnade.web.fund.tests.conftest import As
from colonnade.web.fund.tests.reading import busy, plain


def lively(fund: Fund) -> None:
    """Everything that can happen to money, in both windows and two months."""
    busy(fund)
    later = Voucher(date(2019, 6, 10), "V/2")
    wrong = fund.receive("999.00")
    correct_entry(entry=wrong, reason="It was 99", on=date(2019, 6, 2), **by(fund))
    fund.receive("321.00", window=fund.narrow, new_money=False)
    reassign(amount_usd=Decimal(500), voucher=later, window=fund.general, to_window=fund.narrow, **by(fund))
    who: dict[str, Any] = {"contributor": fund.giver, "window": fund.general, "voucher": later, **by(fund)}
    record_in_kind(**who, amount=Decimal(80), currency="USD")
    refund_contributor(**who, amount=Decimal(70), currency="USD")
    made = fund.allocate("1000.00")
    send_advance(allocation=made, amount_usd=Decimal(600), voucher=later, **by(fund))
    report_expenditure(allocation=made, amount=Decimal(200), currency="USD", voucher=later, **by(fund))
    record_return(allocation=made, amount_usd=Decimal(400), voucher=later, **by(fund))
    release_rest(allocation=made, voucher=later, **by(fund))
    pledge(fund)


def numbers(client: Client, path: str) -> list[tuple[str, str]]:
    """Every number of a page that opens to entries, with its address."""
    page: Any = html.fromstring(client.get(path).content)
    links = [(link.text_content().strip(), urljoin(path, link.get("href"))) for link in page.xpath("//main//a")]
    return [(text, href) for text, href in links if "/entries/?" in href and text[:1] in "-−0123456789"]


def total_of(client: Client, address: str) -> Decimal:
    """What the opened list says that its entries come to; its rows add up to it."""
    page: Any = html.fromstring(client.get(address).content)
    (table,) = page.xpath("//main//table")
    amounts = [exact(row.xpath("./td")[-1].text_content()) for row in table.xpath("./tbody/tr")]
    total = exact(table.xpath("./tfoot/tr/*")[-1].text_content())
    assert sum(amounts) == total
    assert all(amounts)
    return total


def exact(text: str) -> Decimal:
    return Decimal(text.strip().replace(",", "").replace("−", "-"))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/money/fund/", 15),
        ("/money/fund/statement/?first=2019-05-01&last=2019-05-31", 12),
        ("/money/fund/statement/?first=2019-06-01&last=2019-06-30", 23),
    ],
)
def test_every_number_opens_to_signed_entries_that_add_up_to_it(
    fund: Fund, signed_in: As, path: str, most: int
) -> None:
    lively(fund)
    client = signed_in("auditor")
    found = numbers(client, path)
    assert len(found) >= most
    for text, address in found:
        assert total_of(client, address) == exact(text), address


def test_what_is_still_to_come_is_the_total_of_the_ages(fund: Fund, signed_in: As) -> None:
    lively(fund)
    client = signed_in("auditor")
    assert "Still to come 1,118.50" in plain(client.get("/money/fund/"))
    ages = plain(client.get("/money/fund/pledges/"))
    # A pledge without a day on which it falls due is not called "not due yet", however old it is.
    assert "Not due yet 0.00" in ages
    assert "No due date 1,118.50 Total 1,118.50" in ages


def test_an_account_alone_opens_with_debits_less_credits(fund: Fund, signed_in: As) -> None:
    lively(fund)
    address = "/money/fund/entries/?account=contributions"
    assert total_of(signed_in("auditor"), address) == -Decimal("111185.00")


def test_a_measure_that_is_none_is_not_there(fund: Fund, signed_in: As) -> None:
    assert fund.general.pk
    assert signed_in("auditor").get("/money/fund/entries/?of=nothing").status_code == 404


def test_a_donors_own_pledges_stand_apart_from_those_of_others(fund: Fund, signed_in: As) -> None:
    pledge(fund, amount=Decimal(111))
    pledge(fund, contributor=fund.other_giver, level="public", amount=Decimal(222))
    page = plain(signed_in("donor").get("/money/fund/pledges/"))
    own, others = page.partition("Your pledges, those")[2].split("Pledges of others that you may read")
    assert "EUR 111.00" in own
    assert "EUR 222.00" not in own
    assert "EUR 222.00" in others
    assert "EUR 111.00" not in others
    officer = plain(signed_in("officer").get("/money/fund/pledges/"))
    assert "Your pledges" not in officer
    assert "EUR 111.00" in officer
