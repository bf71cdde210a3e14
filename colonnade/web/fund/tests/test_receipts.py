"""Receipts under a pledge: they begin with what is outstanding, and more than that is said to be meant, and why."""

import re
from datetime import date

import pytest

from colonnade.funding.actions import ConfirmFirst, Voucher
from colonnade.funding.models import Entry, Pledge
from colonnade.funding.tests.fund import Fund, pledge
from colonnade.web.fund.tests.conftest import As
from colonnade.web.fund.tests.reading import plain

NEW = "/money/fund/receipts/new/"


def paying(made: Pledge, amount: str, **more: str) -> dict[str, str]:
    return {
        "kind": "new", "contributor": "f-giver-QFA", "amount": amount, "currency": "EUR", "on": "2019-05-21",
        "purse": "general|", "document": "Bank note 8", "pledge": made.public_id, **more,
    }  # fmt: skip


def test_a_receipt_begins_with_what_is_outstanding_of_its_pledge(fund: Fund, signed_in: As) -> None:
    made = pledge(fund)
    fund.receive("400.00", "EUR", pledge=made)
    body = signed_in("officer").get(f"{NEW}?pledge={made.public_id}").content.decode()
    assert re.search(r'name="amount"[^>]*value="600\.00"|value="600\.00"[^>]*name="amount"', body)
    assert 'name="beyond"' not in body
    fund.receive("600.00", "EUR", pledge=made)
    paid = signed_in("officer").get(f"{NEW}?pledge={made.public_id}").content.decode()
    assert not re.search(r'<input[^>]*name="amount"[^>]*value=', paid)


def test_more_than_was_pledged_is_recorded_once_it_is_said_to_be_meant_and_why(fund: Fund, signed_in: As) -> None:
    made = pledge(fund)
    fund.receive("400.00", "EUR", pledge=made)
    client = signed_in("officer")
    stopped = client.post(NEW, paying(made, "1000.00"))
    assert stopped.status_code == 400
    assert "Of the EUR 1,000.00 pledged, 600.00 are outstanding: this is 400.00 more." in plain(stopped)
    assert 'name="beyond"' in stopped.content.decode()
    assert Entry.objects.unscoped("test").count() == 1
    # A tick without a reason is not enough, and a reason without the tick neither.
    for more in ({"beyond": "on"}, {"beyond_because": "They gave more"}, {"beyond": "on", "beyond_because": "  "}):
        assert client.post(NEW, paying(made, "1000.00", **more)).status_code == 400
    said = paying(made, "1000.00", beyond="on", beyond_because="They gave more", narrative="A transfer")
    answer = client.post(NEW, said)
    assert answer.status_code == 302
    page = plain(client.get(answer.headers["Location"]))
    assert "What happened A transfer EUR 400.00 more than was pledged: They gave more" in page
    address = f"/money/fund/pledges/{made.public_id}/"
    assert "Still to come EUR 0.00 More than was pledged EUR 400.00" in plain(client.get(address))


def test_exactly_what_is_outstanding_asks_for_nothing(fund: Fund, signed_in: As) -> None:
    made = pledge(fund)
    client = signed_in("officer")
    answer = client.post(NEW, paying(made, "1000.00"))
    assert answer.status_code == 302
    page = plain(client.get(f"/money/fund/pledges/{made.public_id}/"))
    assert "Paid in full" in page
    assert "More than was pledged" not in page


def test_the_action_itself_insists_on_the_reason(fund: Fund) -> None:
    made = pledge(fund)
    with pytest.raises(ConfirmFirst, match=r"0\.01 more") as stopped:
        fund.receive("1000.01", "EUR", pledge=made, beyond_because="  ")
    assert stopped.value.says == ("beyond", "beyond_because")
    entry = fund.receive(
        "1000.01", "EUR", pledge=made, beyond_because="A cent of the bank", voucher=Voucher(date(2019, 5, 20), "R/2")
    )
    assert entry.narrative == "EUR 0.01 more than was pledged: A cent of the bank"
