"""Who is shown what of the fund: amounts to those who read the books, their own to donors, forms to the keepers."""

from decimal import Decimal

import pytest

from colonnade.audit.models import Event
from colonnade.funding.actions import Due, sign_agreement
from colonnade.funding.models import Entry
from colonnade.funding.tests.fund import DAY, Fund, by, pledge
from colonnade.web.fund.tests.conftest import As
from colonnade.web.fund.tests.reading import LISTS, at, busy, plain

FORMS = ("receipts/new/", "pledges/new/", "allocations/new/", "earmarks/new/", "moves/new/", "closing/", "rates/new/")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", ["public", "donor", "focal", "state"])
def test_amounts_are_not_released_to_others(fund: Fund, signed_in: As, path: str, name: str) -> None:
    busy(fund)
    page = at(signed_in(name), path)
    assert "100,000.00" not in page or name == "donor"
    assert "11,185.00" not in page
    assert "43,500.00" not in page
    if path in ("", "statement/"):
        assert "Balances are not released" in page


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("name", ["public", "donor", "focal", "board", "auditor"])
def test_forms_are_there_for_the_keepers_alone(fund: Fund, signed_in: As, path: str, name: str) -> None:
    assert fund.general.pk
    for method in ("get", "post"):
        assert getattr(signed_in(name), method)(f"/money/fund/{path}").status_code == 404


def test_a_donor_sees_their_own_and_nobody_elses(fund: Fund, signed_in: As) -> None:
    own = fund.receive("123.00")
    other = fund.receive("456.00", contributor=fund.other_giver)
    mine, theirs = pledge(fund), pledge(fund, contributor=fund.other_giver)
    client = signed_in("donor")
    assert "Your pledges" in at(client, "")
    page = at(client, "entries/")
    assert "123.00" in page
    assert "456.00" not in page
    assert client.get(f"/money/fund/entries/{own.public_id}/").status_code == 200
    assert client.get(f"/money/fund/entries/{other.public_id}/").status_code == 404
    assert client.get(f"/money/fund/pledges/{mine.public_id}/").status_code == 200
    assert client.get(f"/money/fund/pledges/{theirs.public_id}/").status_code == 404


def test_the_board_reads_amounts_and_not_what_entries_say(fund: Fund, signed_in: As) -> None:
    fund.receive("20000.00")
    fund.allocate("1000.00", project=fund.hidden_project)
    entry = Entry.objects.unscoped("test").get(kind="allocation")
    address = f"/money/fund/entries/{entry.public_id}/"
    page = plain(signed_in("board").get(address))
    assert "1,130.00" in page
    assert "A hidden well" not in page
    assert "Document For those who keep the books" in page
    assert "A hidden well" in plain(signed_in("auditor").get(address))
    assert "A hidden well" not in at(signed_in("board"), "allocations/")


def test_what_is_not_everybodys_is_noted_when_it_is_shown(fund: Fund, signed_in: As) -> None:
    entry, made = fund.receive(), pledge(fund)
    client = signed_in("auditor")
    client.get(f"/money/fund/entries/{entry.public_id}/")
    client.get(f"/money/fund/pledges/{made.public_id}/")
    noted = Event.objects.filter(operation="READ", table_name__startswith="funding").order_by("id")
    assert list(noted.values_list("table_name", "row_id", "action")) == [
        ("funding_entry", str(entry.pk), "fund-entry"),
        ("funding_pledge", str(made.pk), "pledge-page"),
    ]


def test_a_contributors_page_and_report_say_what_they_gave_and_what_it_did(fund: Fund, signed_in: As) -> None:
    made = pledge(fund)
    sign_agreement(pledge=made, reference="A/1", signed_on=DAY, instalments=[Due(DAY, Decimal(1000))], **by(fund))
    fund.receive("100000.00")
    fund.allocate("5000.00")
    for name, whole in (
        ("officer", True),
        ("donor", True),
        ("other donor", False),
        ("public", False),
        ("focal", False),
    ):
        client = signed_in(name)
        page = plain(client.get("/money/contributors/f-giver-QFA/"))
        assert ("In the fund" in page) == whole, name
        assert ("100,000.00" in page) == whole, name
        assert ("EUR 1,000.00" in page) == whole, name
    assert "A funded well" in plain(signed_in("officer").get("/money/contributors/f-giver-QFA/"))
    for kind in ("docx", "pdf"):
        answer = signed_in("donor").get(f"/money/contributors/f-giver-QFA/report.{kind}")
        assert answer.status_code == 200
        assert answer.content[:4] == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}[kind]
    assert signed_in("public").get("/money/contributors/f-giver-QFA/report.docx").status_code == 200
    assert signed_in("public").get("/money/contributors/f-giver-QFA/report.odt").status_code == 404
