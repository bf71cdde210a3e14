"""Pledges: what they come to, how they are paid and age, who reads their terms."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from colonnade.core.viewer import AUDIENCES, PUBLIC, Level
from colonnade.funding.actions import (
    Due,
    FundRefused,
    Voucher,
    correct_entry,
    sign_agreement,
    withdraw_pledge,
)
from colonnade.funding.models import Pledge
from colonnade.funding.queries import (
    aged,
    agreement_of,
    pledges,
)
from colonnade.funding.tests.fund import DAY, Fund, by, pledge, usd
from colonnade.places.models import Country
from colonnade.portfolio.models import Project

VOUCHER = Voucher(DAY, "V/1")


def test_a_pledge_is_paid_in_instalments_and_ages(fund: Fund) -> None:
    made = pledge(fund)
    assert made.amount_usd == Decimal("1118.50")
    dues = [Due(date(2019, 9, 1), Decimal(600)), Due(date(2019, 6, 1), Decimal(400))]
    with pytest.raises(FundRefused, match=r"come to 400\.00"):
        sign_agreement(pledge=made, reference="A/1", signed_on=DAY, instalments=dues[1:], **by(fund))
    sign_agreement(pledge=made, reference="A/1", signed_on=DAY, instalments=dues, terms="Quietly.", **by(fund))
    fund.receive("500.00", "EUR", pledge=made)
    (seen,) = pledges(fund.viewer("officer"), date(2019, 10, 1))
    assert (seen.paid, seen.left) == usd(500, 500)
    assert seen.days_overdue == 30
    assert aged([seen])[1] == Decimal(500) * Decimal("1.1185")
    fund.receive("500.00", "EUR", pledge=made)
    assert Pledge.objects.unscoped("test").get().standing == "paid"
    with pytest.raises(FundRefused, match="paid in full"):
        withdraw_pledge(pledge=made, reason="x", **by(fund))


def test_a_correction_of_a_receipt_opens_its_pledge_again(fund: Fund) -> None:
    made = pledge(fund)
    paid = fund.receive("1000.00", "EUR", pledge=made)
    assert Pledge.objects.unscoped("test").get().standing == "paid"
    correct_entry(entry=paid, reason="Another pledge", on=DAY, **by(fund))
    assert Pledge.objects.unscoped("test").get().standing == "pledged"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"currency": "USD"}, "in EUR"),
        ({"contributor": "other"}, "Somebody else"),
        ({"window": "narrow"}, "another window"),
    ],
)
def test_a_receipt_fits_the_pledge_that_it_pays(fund: Fund, more: dict[str, Any], why: str) -> None:
    made = pledge(fund)
    known: dict[Any, Any] = {"other": fund.other_giver, "narrow": fund.narrow}
    asked = {"currency": "EUR", **{name: known.get(value, value) for name, value in more.items()}}
    with pytest.raises(FundRefused, match=why):
        fund.receive("10.00", pledge=made, **asked)


def test_terms_are_the_donors_the_secretariats_and_auditors(fund: Fund) -> None:
    made = pledge(fund)
    sign_agreement(pledge=made, reference="A/1", signed_on=DAY, instalments=(), terms="Quietly.", **by(fund))
    read = {name: agreement_of(fund.viewer(name), made) for name in fund.people}
    assert {name: seen.terms if seen else None for name, seen in read.items()} == {
        "officer": "Quietly.",
        "second": "Quietly.",
        "auditor": "Quietly.",
        "board": "",
        "donor": "Quietly.",
        "other donor": None,
        "focal": None,
        "state": None,
    }


def test_a_published_pledge_says_nothing_of_what_was_paid(fund: Fund) -> None:
    made = pledge(fund, level=Level.PUBLIC)
    fund.receive("500.00", "EUR", pledge=made)
    (seen,) = pledges(PUBLIC, DAY)
    assert seen.pledge.amount == 1000
    assert (seen.paid, seen.open) == (None, ())


def test_a_pledge_for_a_confidential_project_is_confidential(fund: Fund) -> None:
    with pytest.raises(FundRefused, match="so is the pledge"):
        pledge(fund, project=fund.hidden_project, level=Level.COMPACT)
    assert pledge(fund, project=fund.hidden_project).level == Level.RESTRICTED


def test_a_pledge_is_closed_with_its_project_whoever_closes_that(fund: Fund) -> None:
    made = pledge(fund, project=fund.project, level=Level.PUBLIC)
    other = pledge(fund, level=Level.PUBLIC)
    project = Project.objects.unscoped("test").get(pk=fund.project.pk)
    project.state = Country.objects.all()[0]
    project.level = Level.RESTRICTED
    project.save()
    levels = dict(Pledge.objects.unscoped("test").values_list("pk", "level"))
    assert (levels[made.pk], levels[other.pk]) == (Level.RESTRICTED, Level.PUBLIC)
    Pledge.objects.unscoped("test").filter(pk=made.pk).update(level=Level.COMPACT)
    assert Pledge.objects.unscoped("test").get(pk=made.pk).level == Level.RESTRICTED


def test_what_a_reader_of_the_books_is_shown_of_a_wider_circle_tells_nothing_of_its_project(fund: Fund) -> None:
    """The board reads every pledge and not this project: of what member entities read, no pledge that they read as
    shared with those is missing."""
    pledge(fund, project=fund.hidden_project)
    pledge(fund, level=Level.COMPACT)
    board, compact = fund.viewer("board"), AUDIENCES["compact"].viewer
    read = set(Pledge.objects.visible_to(board).filter(level__in=[Level.PUBLIC, Level.COMPACT]))
    assert read == set(Pledge.objects.visible_to(compact))
