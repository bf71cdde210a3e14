"""The fund's pages: what each reader is shown, forms of those who keep the books, and numbers that open and add up."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from colonnade.funding.models import Allocation, Earmark, Entry, Pledge
from colonnade.funding.tests.fund import Fund, pledge
from colonnade.strategy.models import Strategy
from colonnade.web.fund.tests.conftest import As
from colonnade.web.fund.tests.reading import LISTS, at, busy, plain

CLAIMS = """
[document]
symbol = "W/1"
title = "The state of the wells"
dated = 2019-08-31

[[claim]]
key = "share"
source = "W/1 para. 3"
counts = "Voluntary contributions"
value = 95
unit = "per cent"
of = "the resources of the Water Office"
qualifier = "more_than"
"""


@pytest.mark.parametrize("name", ["officer", "auditor", "board"])
def test_the_fund_at_a_glance(fund: Fund, signed_in: As, name: str) -> None:
    busy(fund)
    page = at(signed_in(name), "")
    # 100,000 and 10,000 euros at 1.1185; 56,500 set aside, of which 7,000 euros at 1.1293 and 13 per cent are spent.
    assert "Money in 111,185.00" in page
    assert "Free 54,685.00" in page
    assert "Out 8,932.76" in page
    assert "Committed 47,567.24" in page
    assert "General Without earmark 54,685.00 47,567.24 111,185.00 8,932.76 102,252.24" in page


def test_every_amount_of_the_fund_opens(fund: Fund, signed_in: As) -> None:
    busy(fund)
    client = signed_in("auditor")
    for path in ("", "statement/?first=2019-05-01&last=2019-12-31"):
        body = client.get(f"/money/fund/{path}").content.decode().partition("<main")[2]
        cells = re.findall(r'<td class="n[^"]*">(.*?)</td>', body)
        closed = [cell for cell in cells if re.search(r"[1-9]", re.sub(r"<[^>]+>", "", cell)) and "href" not in cell]
        assert [cell for cell in closed if cell not in ("<bdi>13</bdi>", "<bdi>7</bdi>")] == []
        for address in set(re.findall(r'href="(/money/fund/[^"]*)"', body)):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_statement_adds_up_and_is_a_file(fund: Fund, signed_in: As) -> None:
    busy(fund)
    client = signed_in("auditor")
    page = at(client, "statement/?first=2019-06-01&last=2019-06-30")
    assert "General Without earmark 111,185.00 0.00 0.00 0.00 0.00 -7,905.10 -1,027.66 102,252.24" in page
    answer = client.get("/money/fund/statement.csv?first=2019-06-01&last=2019-06-30")
    file = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streamed answer
    assert "general,General,Without earmark,111185.00,0.00,0.00,0.00,0.00,-7905.10,-1027.66,102252.24" in file
    assert signed_in("donor").get("/money/fund/statement.csv").status_code == 404
    assert "The last day is before the first" in plain(
        client.get("/money/fund/statement/?first=2019-06-02&last=2019-06-01")
    )


def received(**more: str) -> dict[str, str]:
    return {
        "kind": "new",
        "contributor": "f-giver-QFA",
        "amount": "1000.00",
        "currency": "eur",
        "on": "2019-05-07",
        "purse": "general|",
        "document": "Bank note 7",
        **more,
    }


def test_a_receipt_shows_the_rate_of_its_month_before_it_is_recorded(fund: Fund, signed_in: As) -> None:
    assert fund.general.pk
    client = signed_in("officer")
    looked = client.post("/money/fund/receipts/new/", received(look="1"))
    assert looked.status_code == 200
    assert "USD 1,118.50, at 1.1185 US dollars for one EUR in May 2019 (A bank)." in plain(looked)
    assert not Entry.objects.unscoped("test").exists()
    answer = client.post("/money/fund/receipts/new/", received())
    assert answer.status_code == 302
    page = plain(client.get(answer.headers["Location"])).replace("\u00a0", " ")
    assert "Cash General Without earmark EUR 1,000.00 1.1185 (A bank, 1 May 2019) 1,118.50" in page
    assert "Total 1,118.50 1,118.50" in page


def test_a_month_without_a_rate_is_said_on_the_form_and_what_was_typed_stays(fund: Fund, signed_in: As) -> None:
    assert fund.general.pk
    answer = signed_in("officer").post("/money/fund/receipts/new/", received(on="2019-09-01"))
    assert answer.status_code == 400
    assert plain(answer).count("No rate of EUR is known for 2019-09") == 1
    assert 'value="Bank note 7"' in answer.content.decode()


@pytest.mark.parametrize(("kind", "what"), [("in_kind", "in_kind"), ("passed_on", "transfer_in"), ("new", "receipt")])
def test_what_came_in_is_told_apart(fund: Fund, signed_in: As, kind: str, what: str) -> None:
    assert fund.general.pk
    assert signed_in("officer").post("/money/fund/receipts/new/", received(kind=kind)).status_code == 302
    assert Entry.objects.unscoped("test").get().kind == what


def test_free_money_goes_back_to_whoever_gave_it(fund: Fund, signed_in: As) -> None:
    fund.receive("1000.00", "EUR")
    client = signed_in("officer")
    answer = client.post("/money/fund/receipts/new/", received(kind="refund", amount="1000.01", on="2019-05-21"))
    assert "They gave 1,118.50 US dollars" in plain(answer)
    back = received(kind="refund", amount="1000.00", on="2019-05-21")
    assert client.post("/money/fund/receipts/new/", back).status_code == 302
    assert "Free 0.00" in at(client, "")


def test_money_moves_between_windows_and_books_are_closed(fund: Fund, signed_in: As) -> None:
    fund.receive("1000.00")
    client = signed_in("officer")
    moved = {"purse": "general|", "to_purse": "narrow|", "amount_usd": "400.00", "document": "Consent 1"}
    too_early = client.post("/money/fund/moves/new/", {**moved, "on": "2019-05-19"})
    assert "0.00 US dollars are there in General, without earmark" in plain(too_early)
    assert client.post("/money/fund/moves/new/", {**moved, "on": "2019-05-21"}).status_code == 302
    page = at(client, "")
    assert "Money in 1,000.00" in page
    assert "Narrow Without earmark 400.00 0.00 400.00 0.00 400.00" in page
    assert client.post("/money/fund/closing/", {"until": "2019-05-31"}).status_code == 302
    late = client.post("/money/fund/moves/new/", {**moved, "on": "2019-05-31"})
    assert "The books are closed up to 2019-05-31" in plain(late)
    assert "closed up to 31 May 2019" in plain(client.get("/money/fund/closing/")).replace("\u00a0", " ")


def test_an_allocation_is_proposed_by_one_and_approved_by_another(fund: Fund, signed_in: As) -> None:
    fund.receive("20000.00")
    officer, second = signed_in("officer"), signed_in("second")
    sent = {"project": "F-1", "amount_usd": "1000.00", "purse": "general|", "decision": "Board 3"}
    answer = officer.post("/money/fund/allocations/new/", sent)
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert "You proposed this: another person has to approve it." in plain(officer.get(address))
    assert "Approve it" not in plain(officer.get(address))
    refused = officer.post(f"{address}approve/", {"on": "2019-06-01", "document": "Board 3"})
    assert refused.status_code == 400
    assert "another person has to approve it" in plain(refused)
    assert "A funded well" in at(second, "allocations/")
    assert second.post(f"{address}approve/", {"on": "2019-06-01", "document": "Board 3"}).status_code == 302
    page = plain(second.get(address))
    assert "Set aside still USD 1,130.00" in page
    assert "Proposed by Officer Decided by Second" in page
    spent = {"kind": "expenditure", "amount": "400.00", "currency": "USD", "on": "2019-06-09", "document": "E/1"}
    assert officer.post(f"{address}spend/", spent).status_code == 302
    assert "Spent USD 400.00 Programme support charged USD 52.00" in plain(second.get(address))
    too_much = officer.post(f"{address}spend/", {**spent, "amount": "600.01"})
    assert too_much.status_code == 400
    assert "600.00 US dollars are there in this allocation, and 600.01 were asked for" in plain(too_much)


def test_more_than_is_free_is_refused_on_the_form(fund: Fund, signed_in: As) -> None:
    fund.receive("1000.00")
    sent = {"project": fund.project.public_id, "amount_usd": "1000.00", "purse": "general|"}
    answer = signed_in("officer").post("/money/fund/allocations/new/", sent)
    assert answer.status_code == 400
    assert "1,000.00 US dollars are free in General, without earmark; this takes 1,130.00" in plain(answer)


def test_a_proposal_is_refused_with_a_reason_or_taken_back(fund: Fund, signed_in: As) -> None:
    fund.receive("20000.00")
    officer, second = signed_in("officer"), signed_in("second")
    sent = {"project": "F-1", "amount_usd": "10.00", "purse": "general|"}
    one, other = (officer.post("/money/fund/allocations/new/", sent).headers["Location"] for _ in range(2))
    assert second.post(f"{one}refuse/", {"because": ""}).status_code == 400
    assert second.post(f"{one}refuse/", {"because": "Not this year"}).status_code == 302
    assert "Refused because Not this year" in plain(second.get(one))
    assert second.post(f"{other}take-back/").status_code == 400
    assert officer.post(f"{other}take-back/").status_code == 302
    assert set(Allocation.objects.unscoped("test").values_list("standing", flat=True)) == {"refused", "taken_back"}


def test_a_pledge_is_recorded_signed_paid_and_ages(signed_in: As) -> None:
    client = signed_in("officer")
    sent = {
        "contributor": "f-giver-QFA",
        "amount": "1000.00",
        "currency": "EUR",
        "pledged_on": "2019-05-07",
        "purse": "general|",
        "level": "restricted",
    }
    address = client.post("/money/fund/pledges/new/", sent).headers["Location"]
    signed = {
        "reference": "A/7",
        "signed_on": "2019-05-08",
        "instalments": "2019-05-20 400.00\n2019-06-20 600.00",
        "terms": "For deep wells only.",
    }
    wrong = client.post(f"{address}agreement/", {**signed, "instalments": "soon 400"})
    assert "An instalment is a day and an amount" in plain(wrong)
    assert client.post(f"{address}agreement/", signed).status_code == 302
    found = Pledge.objects.unscoped("test").get()
    prefilled = client.get(f"/money/fund/receipts/new/?pledge={found.public_id}").content.decode()
    assert f'value="{found.public_id}"' in prefilled
    paid = received(pledge=found.public_id, amount="500.00")
    assert client.post("/money/fund/receipts/new/", paid).status_code == 302
    page = plain(client.get(address))
    assert "Paid EUR 500.00 Still to come EUR 500.00" in page
    assert "Terms For deep wells only." in page
    assert "More than 365 days overdue 559.25" in at(client, "pledges/")
    assert "For deep wells only." not in plain(signed_in("board").get(address))
    assert "Between the contributor and the secretariat" in plain(signed_in("board").get(address))
    assert "For deep wells only." in plain(signed_in("donor").get(address))
    assert signed_in("other donor").get(address).status_code == 404
    assert client.post(f"{address}withdraw/", {"because": "A letter"}).status_code == 302
    assert Pledge.objects.unscoped("test").get().standing == "withdrawn"
    history = plain(signed_in("auditor").get(f"/history/pledge/{found.public_id}/"))
    assert "An agreement was signed" in history
    assert "The pledge was withdrawn" in history
    assert "Agreement signed" in history
    told = plain(signed_in("donor").get(f"/history/pledge/{found.public_id}/"))
    assert "An agreement was signed" not in told
    assert signed_in("other donor").get(f"/history/pledge/{found.public_id}/").status_code == 404


def test_a_correction_is_another_entry_and_both_say_so(fund: Fund, signed_in: As) -> None:
    entry = fund.receive("999.00")
    client = signed_in("officer")
    address = f"/money/fund/entries/{entry.public_id}/"
    answer = client.post(f"{address}correct/", {"on": "2019-06-01", "reason": "It was 990"})
    assert answer.status_code == 302
    assert "Corrected by Correction" in plain(client.get(address))
    assert "This entry was corrected already." in plain(client.get(address))
    assert "What happened It was 990" in plain(client.get(answer.headers["Location"]))
    assert "Recorded by Officer" in plain(client.get(address))
    assert "Recorded by" not in plain(signed_in("donor").get(address))
    assert "This cannot be done" in plain(client.get(f"{address}correct/"))


def test_the_share_of_voluntary_contributions_is_what_the_pack_states(
    fund: Fund, signed_in: As, settings: LazySettings
) -> None:
    assert fund.general.pk
    assert "Voluntary contributions" not in at(signed_in("public"), "")
    (Path(settings.PACK_DIR) / "claims.toml").write_text(CLAIMS)
    Strategy.objects.update(voluntary_claim="share")
    page = at(signed_in("public"), "")
    assert "Voluntary contributions over 95 per cent of the resources of the Water Office" in page
    assert "Regular budget and all else under 5 per cent" in page
    assert "W/1 para. 3" in page


def test_an_earmark_is_opened_once_and_everybody_reads_it(fund: Fund, signed_in: As) -> None:
    assert fund.general.pk
    client = signed_in("officer")
    sent = {"window": "general", "kind": "hard", "title": "Deep wells"}
    assert client.post("/money/fund/earmarks/new/", sent).status_code == 302
    assert client.post("/money/fund/earmarks/new/", sent).status_code == 400
    fenced = client.post("/money/fund/earmarks/new/", {**sent, "kind": "ring_fenced", "title": "More"})
    assert "to which programme of work" in plain(fenced)
    found = Earmark.objects.get()
    fund.receive("10.00", earmark=found)
    assert "Deep wells (Hard earmark) 10.00" in at(client, "")


@pytest.mark.parametrize(("path", "most"), [(path, 12 if path else 16) for path in LISTS])
def test_lists_stay_within_their_queries(
    fund: Fund, signed_in: As, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        fund.receive("5000.00")
        pledge(fund)
        fund.allocate("100.00")
    client = signed_in("officer")
    at(client, path)
    with django_assert_max_num_queries(most):
        at(client, path)


def test_a_form_takes_no_personal_details(fund: Fund, signed_in: As) -> None:
    assert fund.general.pk
    answer = signed_in("officer").post(
        "/money/fund/receipts/new/", received(narrative="Ask jane.doe@example.org, passport no. X1234567")
    )
    assert answer.status_code == 400
    assert "no personal details of individuals are kept here" in plain(answer)


@pytest.mark.parametrize("query", ["account=nothing", "kind=nothing", "first=soon", "page=99", "page=x"])
def test_entries_that_are_asked_for_wrongly_are_not_there(fund: Fund, signed_in: As, query: str) -> None:
    fund.receive()
    assert signed_in("officer").get(f"/money/fund/entries/?{query}").status_code == 404
