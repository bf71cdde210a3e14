"""Pledges that donors announced: who is told of them before and after they are acknowledged, and who does what."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from colonnade.core.viewer import PUBLIC
from colonnade.funding.actions import (
    ConfirmFirst,
    FundRefused,
    Years,
    acknowledge_pledge,
    pledge_to_appeal,
    show_to_others,
    sign_agreement,
    withdraw_pledge,
)
from colonnade.funding.models import AppealEntry, Intention, Pledge, Shown
from colonnade.funding.tests.fund import DAY, Fund, by, usd
from colonnade.funding.tests.test_the_appeal import NAMES, TODAY, launched, whole
from colonnade.members.models import RoleHeld


def announce(fund: Fund, entry: AppealEntry, amount: str = "400", name: str = "donor", **more: Any) -> Pledge:
    said = pledge_to_appeal(
        entry=entry, contributor=fund.giver, amount=Decimal(amount), currency="USD", window=fund.general,
        years=Years(TODAY.year, TODAY.year), **{"shown": Shown.AMOUNT, **more}, **by(fund, name),
    )  # fmt: skip
    return Pledge.objects.unscoped("test").get(pk=said.rests_on_id or 0)


def test_what_a_donor_announced_is_told_to_others_once_it_is_acknowledged(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    made = announce(fund, entry)
    assert (made.standing, made.level) == ("announced", "restricted")
    viewers = {name: fund.viewer(name) for name in NAMES} | {"public": PUBLIC}

    def told() -> set[str]:
        seen = {name for name, viewer in viewers.items() if whole(appeal, viewer).pledged == 400}
        assert seen == {name for name, viewer in viewers.items() if Pledge.objects.visible_to(viewer).exists()}
        assert seen == {name for name, viewer in viewers.items() if Intention.objects.visible_to(viewer).exists()}
        return seen

    before = {"officer", "auditor", "board", "donor"}
    assert told() == before
    # Saying again what others may see opens nothing before its time.
    said = Intention.objects.unscoped("test").get()
    show_to_others(intention=said, shown=Shown.PRESENCE, **by(fund, "donor"))
    show_to_others(intention=said, shown=Shown.AMOUNT, **by(fund, "donor"))
    assert told() == before
    acknowledge_pledge(pledge=made, **by(fund))
    assert told() == set(viewers)
    assert Pledge.objects.unscoped("test").get().standing == "pledged"


def test_another_than_whoever_announced_it_acknowledges_it_once(fund: Fund) -> None:
    _appeal, (entry,) = launched(fund)
    RoleHeld.objects.create(
        person=fund.people["officer"], role="donor", country=fund.giver.country, starts_on=DAY.replace(year=2018)
    )
    made = announce(fund, entry, name="officer")
    assert made.standing == "announced"
    with pytest.raises(FundRefused, match="another person acknowledges it"):
        acknowledge_pledge(pledge=made, **by(fund))
    for name in ("donor", "board", "auditor", "other donor"):
        with pytest.raises(FundRefused, match="Only the secretariat"):
            acknowledge_pledge(pledge=made, **by(fund, name))
    acknowledge_pledge(pledge=made, **by(fund, "second"))
    with pytest.raises(FundRefused, match="does not wait"):
        acknowledge_pledge(pledge=made, **by(fund, "second"))


def test_what_the_secretariat_wrote_down_for_a_donor_needs_no_acknowledging(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    assert announce(fund, entry, name="officer").standing == "pledged"
    assert whole(appeal, PUBLIC).pledged == 400


def test_a_donor_withdraws_their_own_until_it_is_acknowledged(fund: Fund) -> None:
    _appeal, (entry,) = launched(fund)
    made, other = announce(fund, entry), announce(fund, entry, "100")
    with pytest.raises(FundRefused, match="Only the secretariat"):
        withdraw_pledge(pledge=made, reason="x", **by(fund, "other donor"))
    withdraw_pledge(pledge=made, reason="A slip", **by(fund, "donor"))
    assert Intention.objects.unscoped("test").get(rests_on=made).ended_on == TODAY
    acknowledge_pledge(pledge=other, **by(fund))
    with pytest.raises(FundRefused, match="Only the secretariat"):
        withdraw_pledge(pledge=other, reason="x", **by(fund, "donor"))


def test_nothing_is_paid_or_signed_under_what_is_not_acknowledged(fund: Fund) -> None:
    _appeal, (entry,) = launched(fund)
    made = announce(fund, entry)
    with pytest.raises(FundRefused, match="acknowledge it first"):
        fund.receive("10.00", pledge=made)
    with pytest.raises(FundRefused, match="not acknowledged yet"):
        sign_agreement(pledge=made, reference="A/1", signed_on=DAY, instalments=(), **by(fund))


def test_the_database_keeps_what_is_announced_restricted(fund: Fund) -> None:
    _appeal, (entry,) = launched(fund)
    made = announce(fund, entry)
    with pytest.raises(IntegrityError, match="what_is_announced_is_restricted"), transaction.atomic():
        Pledge.objects.unscoped("test").filter(pk=made.pk).update(level="public")


def test_more_than_is_still_short_is_pledged_once_it_is_said_to_be_meant(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    announce(fund, entry, "1000")
    assert whole(appeal, fund.viewer("donor")).shortfall == 0
    with pytest.raises(ConfirmFirst, match=r"This is USD 0\.01, and of USD 1,000\.00 asked for, USD 0\.00"):
        announce(fund, entry, "0.01")
    assert Pledge.objects.unscoped("test").count() == 1
    announce(fund, entry, "900000000", beyond=True)
    assert whole(appeal, fund.viewer("donor")).surplus == 900_000_000


def test_what_is_short_is_what_the_donor_who_pledges_may_see(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    announce(fund, entry, "900", shown=Shown.NOTHING)
    # Another donor is not told by a refusal of what the first lets nobody see.
    pledge_to_appeal(
        entry=entry, contributor=fund.other_giver, amount=Decimal(1000), currency="USD", window=fund.general,
        years=Years(TODAY.year, TODAY.year), shown=Shown.NOTHING, **by(fund, "other donor"),
    )  # fmt: skip
    seen = whole(appeal, fund.viewer("officer"))
    assert (seen.pledged, seen.surplus) == usd(1900, 900)
