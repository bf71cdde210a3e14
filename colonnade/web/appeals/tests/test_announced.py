"""A donor's pledge on the pages: the stop before too much, what waits for the secretariat, and taking it back."""

import pytest

from colonnade.funding.models import Intention, Pledge
from colonnade.web.appeals.tests.conftest import As, Call
from colonnade.web.appeals.tests.test_appeal_pages import HOME, _pledged, at, plain


def test_more_than_is_short_is_asked_about_and_public_only_once_acknowledged(call: Call, signed_in: As) -> None:
    address = call.address("A funded well", "pledge/")
    donor = signed_in("donor")
    assert 'name="beyond"' not in donor.get(address).content.decode()
    stopped = donor.post(address, _pledged(amount="900000000", shown="amount"))
    assert stopped.status_code == 400
    assert "USD 1,000.00 are still short" in plain(stopped)
    assert 'name="beyond"' in stopped.content.decode()
    assert not Pledge.objects.unscoped("test").exists()
    assert donor.post(address, _pledged(amount="900000000", shown="amount", beyond="on")).status_code == 302
    assert "Pledged $900" in at(donor)
    assert "$900" not in at(signed_in("public"))
    assert "900,000,000" not in at(signed_in("other donor"), f"{HOME}donors/")


def test_a_donor_finds_what_they_announced_and_takes_it_back(call: Call, signed_in: As) -> None:
    donor = signed_in("donor")
    assert donor.post(call.address("A funded well", "pledge/"), _pledged(shown="presence")).status_code == 302
    made = Pledge.objects.unscoped("test").get()
    address = f"/money/fund/pledges/{made.public_id}/"
    assert address in donor.get(f"{HOME}donors/").content.decode()
    assert "Its donor announced it." in at(donor, address)
    assert "Acknowledge it" not in at(donor, address)
    assert signed_in("other donor").post(f"{address}withdraw/", {"because": "x"}).status_code == 404
    assert donor.post(f"{address}withdraw/", {"because": "A slip"}).status_code == 302
    assert Pledge.objects.unscoped("test").get().standing == "withdrawn"
    assert Intention.objects.unscoped("test").get().ended_on is not None


def test_an_officer_acknowledges_it_and_then_the_donor_no_longer_withdraws_it(call: Call, signed_in: As) -> None:
    donor, officer = signed_in("donor"), signed_in("officer")
    assert donor.post(call.address("A funded well", "pledge/"), _pledged(shown="amount")).status_code == 302
    made = Pledge.objects.unscoped("test").get()
    address = f"/money/fund/pledges/{made.public_id}/"
    assert "Announced by donors: to be acknowledged" in at(officer, "/money/fund/pledges/")
    assert "to be acknowledged" not in at(donor, "/money/fund/pledges/")
    assert "Acknowledge it" in at(officer, address)
    assert "Record what came in" not in at(officer, address)
    assert donor.post(f"{address}acknowledge/").status_code == 404
    assert "Acknowledge a pledge" in at(officer, f"{address}acknowledge/")
    assert officer.post(f"{address}acknowledge/").status_code == 302
    assert "Record what came in" in at(officer, address)
    assert "Pledged $250" in at(signed_in("public"))
    assert donor.post(f"{address}withdraw/", {"because": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["public", "focal", "board", "auditor", "other donor"])
def test_nobody_else_is_shown_the_form(call: Call, signed_in: As, name: str) -> None:
    said = call.pledge(10, "amount")
    made = Pledge.objects.unscoped("test").get(pk=said.rests_on_id or 0)
    for form in ("acknowledge/", "withdraw/"):
        assert signed_in(name).post(f"/money/fund/pledges/{made.public_id}/{form}").status_code == 404
