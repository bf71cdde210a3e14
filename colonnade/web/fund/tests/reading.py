"""What the tests of the fund's pages share: the words of a page, and a fund in which something happened."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client

from colonnade.funding.actions import Voucher, report_expenditure
from colonnade.funding.models import Allocation
from colonnade.funding.tests.fund import Fund, by

LISTS = ("", "statement/", "entries/", "pledges/", "allocations/")


def plain(answer: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]))


def at(client: Client, path: str) -> str:
    answer = client.get(f"/money/fund/{path}")
    assert answer.status_code == 200, path
    return plain(answer)


def busy(fund: Fund) -> Allocation:
    """Money in two currencies, one allocation, some of it spent."""
    fund.receive("100000.00")
    fund.receive("10000.00", "EUR", contributor=fund.other_giver)
    made = fund.allocate("50000.00")
    report_expenditure(
        allocation=made, amount=Decimal(7000), currency="EUR", voucher=Voucher(date(2019, 6, 3), "E/1"), **by(fund)
    )
    return made
