"""Money arrives in two currencies, is allocated by two people, sent, spent, corrected; the statement adds up."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from colonnade.funding.models import Allocation, Entry
from colonnade.funding.queries import statement
from colonnade.funding.tests.fund import Fund
from colonnade.web.conftest import _places, house
from colonnade.web.fund.tests.conftest import As, fund, signed_in

pytestmark = pytest.mark.django_db
__all__ = ["_places", "fund", "house", "signed_in"]  # fixtures of the pages' tests


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]))


def sent(client: Client, path: str, **typed: str) -> str:
    """Send a form of the fund; where it led."""
    answer = client.post(path if path.startswith("/") else f"/money/fund/{path}", typed)
    assert answer.status_code == 302, words_of_refusal(answer)
    return str(answer.headers["Location"])


def words_of_refusal(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().partition('role="alert"')[2]))[:300]


def test_money_arrives_is_allocated_spent_and_corrected_and_the_statement_adds_up(fund: Fund, signed_in: As) -> None:
    officer, second, donor, auditor = (signed_in(name) for name in ("officer", "second", "donor", "auditor"))
    # A pledge in euros, signed for two instalments, and dollars from somebody else without a pledge.
    promised = sent(
        officer, "pledges/new/", contributor="f-giver-QFA", amount="100000.00", currency="EUR",
        pledged_on="2019-05-02", purse="general|", level="restricted",
    )  # fmt: skip
    sent(
        officer, f"{promised}agreement/", reference="A/12", signed_on="2019-05-03",
        instalments="2019-05-10 60000.00\n2019-06-10 40000.00", terms="In the first place for wells.",
    )  # fmt: skip
    number = promised.rstrip("/").rsplit("/", 1)[-1]
    came = {"kind": "new", "purse": "general|"}
    sent(
        officer, "receipts/new/", **came, contributor="f-giver-QFA", amount="60000.00", currency="EUR",
        on="2019-05-11", document="Bank 1", pledge=number,
    )  # fmt: skip
    wrong = sent(
        officer, "receipts/new/", **came, contributor="f-giver-QFB", amount="25000.00", currency="USD",
        on="2019-05-12", document="Bank 2",
    )  # fmt: skip
    # It was 20,000: the entry is turned round, and the right one recorded.
    sent(officer, f"{wrong}correct/", on="2019-05-13", reason="The bank credited 20,000")
    sent(
        officer, "receipts/new/", **came, contributor="f-giver-QFB", amount="20000.00", currency="USD",
        on="2019-05-13", document="Bank 2",
    )  # fmt: skip
    # 60,000 euros at 1.1185 and 20,000 dollars.
    assert "Free 87,110.00" in words(auditor.get("/money/fund/"))
    # Two people set 50,000 and 13 per cent aside; one alone cannot.
    allocation = sent(
        officer, "allocations/new/", project="F-1", amount_usd="50000.00", purse="general|", decision="Board 4"
    )
    assert officer.post(f"{allocation}approve/", {"on": "2019-05-20", "document": "Board 4"}).status_code == 400
    sent(second, f"{allocation}approve/", on="2019-05-20", document="Board 4")
    assert "Free 30,610.00" in words(auditor.get("/money/fund/"))
    # Money is sent, spent in two currencies, and one report is corrected.
    told = {"document": "Report 1", "currency": "USD"}
    sent(officer, f"{allocation}spend/", **told, kind="advance", amount="30000.00", on="2019-05-21")
    sent(officer, f"{allocation}spend/", **told, kind="expenditure", amount="12000.00", on="2019-06-15")
    sent(
        officer, f"{allocation}spend/", kind="expenditure", amount="10000.00", currency="EUR", on="2019-06-20",
        document="Report 2",
    )  # fmt: skip
    report = Entry.objects.unscoped("test").get(kind="expenditure", document="Report 1")
    sent(officer, f"/money/fund/entries/{report.public_id}/correct/", on="2019-06-25", reason="Reported twice")
    # The contributor sees their own, and what is still to come of it.
    page = words(donor.get(promised))
    assert "Paid EUR 60,000.00 Still to come EUR 40,000.00" in page
    assert "In the first place for wells." in page
    assert "20,000.00" not in words(donor.get("/money/fund/entries/"))
    # The statement of each month adds up, and to that of both.
    viewer = fund.viewer("auditor")
    may, june, both = (
        statement(viewer, date(2019, first, 1), date(2019, last, days))[0]
        for first, last, days in ((5, 5, 31), (6, 6, 30), (5, 6, 30))
    )
    assert all(row.adds_up for row in (may, june, both))
    assert (may.opening.held, may.closing.held) == (both.opening.held, june.opening.held)
    assert june.closing.held == both.closing.held
    # 10,000 euros at 1.1293 are 11,293.00, and 13 per cent of that 1,468.09.
    shown = words(auditor.get("/money/fund/statement/?first=2019-05-01&last=2019-06-30"))
    assert (
        "General Without earmark 0.00 87,110.00 0.00 0.00 0.00 -11,293.00 -1,468.09 74,348.91 43,738.91 30,610.00"
        in (shown)
    )
    assert Allocation.objects.unscoped("test").get().standing == "approved"
