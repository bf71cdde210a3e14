"""What the actions of the fund do and refuse, and why."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from colonnade.core.viewer import PUBLIC
from colonnade.funding.actions import (
    FundRefused,
    Voucher,
    approve_allocation,
    close_books,
    correct_entry,
    open_earmark,
    propose_allocation,
    reassign,
    record_in_kind,
    record_return,
    refund_contributor,
    refuse_allocation,
    release_rest,
    report_expenditure,
    send_advance,
    take_back_allocation,
)
from colonnade.funding.bookkeeping import Purse
from colonnade.funding.models import Allocation, Entry, Posting
from colonnade.funding.queries import (
    allotments,
    balances,
    entry_called,
    standing,
    statement,
    together,
)
from colonnade.funding.tests.fund import DAY, Fund, by, pledge, usd

VOUCHER = Voucher(DAY, "V/1")


def free(fund: Fund) -> Decimal:
    found = balances(fund.viewer("auditor"))
    return found[Purse(fund.general.pk)].free if Purse(fund.general.pk) in found else Decimal(0)


def test_a_receipt_in_euros_keeps_the_rate_of_its_month_and_its_source(fund: Fund) -> None:
    entry = fund.receive("100.00", "EUR")
    lines = Posting.objects.unscoped("test").filter(entry=entry).order_by("pk")
    assert [(line.account, line.amount, line.usd, line.rate_source) for line in lines] == [
        ("cash", Decimal("100.00"), Decimal("111.85"), "A bank"),
        ("contributions", Decimal("-100.00"), Decimal("-111.85"), "A bank"),
    ]
    assert {(line.rate, line.rate_on) for line in lines} == {(Decimal("1.1185"), date(2019, 5, 1))}


def test_a_month_without_a_rate_is_refused_and_nothing_is_written(fund: Fund) -> None:
    with pytest.raises(FundRefused, match=r"No rate of EUR is known for 2019-07: .* enters it, with its source"):
        fund.receive("100.00", "EUR", voucher=Voucher(date(2019, 7, 1), "R/1"))
    assert not Entry.objects.unscoped("test").exists()


@pytest.mark.parametrize("name", ["auditor", "board", "donor", "focal", "state"])
def test_only_the_secretariat_keeps_the_books(fund: Fund, name: str) -> None:
    fund.people["officer"] = fund.people[name]
    with pytest.raises(FundRefused, match="Only the secretariat"):
        fund.receive()
    with pytest.raises(FundRefused, match="Only the secretariat"):
        pledge(fund)


def test_an_allocation_takes_two_people(fund: Fund) -> None:
    fund.receive()
    made = propose_allocation(project=fund.project, amount_usd=Decimal(1000), window=fund.general, **by(fund))
    assert free(fund) == Decimal(10_000)
    with pytest.raises(FundRefused, match="another person"):
        approve_allocation(allocation=made, voucher=VOUCHER, **by(fund))
    for name in ("board", "focal", "auditor", "donor"):
        with pytest.raises(FundRefused):
            approve_allocation(allocation=made, voucher=VOUCHER, **by(fund, name))
    approve_allocation(allocation=made, voucher=VOUCHER, **by(fund, "second"))
    assert free(fund) == Decimal("8870.00")
    with pytest.raises(FundRefused, match="decided already"):
        approve_allocation(allocation=made, voucher=VOUCHER, **by(fund, "second"))


def test_more_than_is_free_is_refused_with_the_reason(fund: Fund) -> None:
    fund.receive("1129.99")
    with pytest.raises(FundRefused) as refused:
        fund.allocate("1000.00")
    assert str(refused.value) == (
        "1,129.99 US dollars are free in General, without earmark;"
        " this takes 1,130.00, programme support of 13 per cent included."
    )


def test_money_is_not_allocated_before_it_came_nor_spent_before_it_was_allocated(fund: Fund) -> None:
    fund.receive("5000.00", voucher=Voucher(date(2019, 6, 3), "R/1"))
    made = propose_allocation(project=fund.project, amount_usd=Decimal(1000), window=fund.general, **by(fund))
    with pytest.raises(FundRefused, match=r"^0\.00 US dollars are free"):
        approve_allocation(allocation=made, voucher=VOUCHER, **by(fund, "second"))
    approve_allocation(allocation=made, voucher=Voucher(date(2019, 6, 4), "D/1"), **by(fund, "second"))
    spending: dict[str, Any] = {"allocation": made, "amount": Decimal(1), "currency": "USD"}
    with pytest.raises(FundRefused, match="allocated on 2019-06-04"):
        report_expenditure(**spending, voucher=VOUCHER, **by(fund))
    # What is free in between is not free once it was allocated later.
    back: dict[str, Any] = {"contributor": fund.giver, "currency": "USD", "window": fund.general, **by(fund)}
    with pytest.raises(FundRefused, match=r"^3,870\.00 US dollars are there"):
        refund_contributor(**back, amount=Decimal(4000), voucher=Voucher(date(2019, 6, 3), "R/2"))


def test_two_proposals_for_the_same_money_are_not_both_approved(fund: Fund) -> None:
    fund.receive("1130.00")
    asked: dict[str, Any] = {"project": fund.project, "amount_usd": Decimal(1000), "window": fund.general}
    one, other = (propose_allocation(**asked, **by(fund)) for _ in range(2))
    approve_allocation(allocation=one, voucher=VOUCHER, **by(fund, "second"))
    with pytest.raises(FundRefused, match=r"0\.00 US dollars are free"):
        approve_allocation(allocation=other, voucher=VOUCHER, **by(fund, "second"))


def test_money_that_is_ring_fenced_goes_to_its_programme_alone(fund: Fund) -> None:
    fenced = open_earmark(
        window=fund.general, kind="ring_fenced", title="Deep wells", programme=fund.programme, **by(fund)
    )
    fund.receive(earmark=fenced)
    with pytest.raises(FundRefused, match="ring-fenced to another programme"):
        fund.allocate(earmark=fenced)
    with pytest.raises(FundRefused, match=r"0\.00 US dollars are free in General, without earmark"):
        fund.allocate()
    fund.project.programme = fund.programme
    fund.project.save()
    assert fund.allocate(earmark=fenced).standing == "approved"


def test_a_project_that_is_over_gets_nothing(fund: Fund) -> None:
    fund.receive()
    fund.project.status = "completed"
    fund.project.save()
    with pytest.raises(FundRefused, match="is over"):
        fund.allocate()


def test_what_was_sent_is_spent_once(fund: Fund) -> None:
    fund.receive()
    made = fund.allocate()
    send_advance(allocation=made, amount_usd=Decimal(600), voucher=VOUCHER, **by(fund))
    with pytest.raises(FundRefused, match=r"400\.00 US dollars are there in this allocation"):
        send_advance(allocation=made, amount_usd=Decimal("400.01"), voucher=VOUCHER, **by(fund))
    report_expenditure(allocation=made, amount=Decimal(700), currency="USD", voucher=VOUCHER, **by(fund))
    with pytest.raises(FundRefused, match=r"300\.00 US dollars are there"):
        report_expenditure(allocation=made, amount=Decimal(301), currency="USD", voucher=VOUCHER, **by(fund))
    whole = together(balances(fund.viewer("auditor")).values())
    assert (whole.new_money, whole.spent, whole.support, whole.advanced) == usd(10_000, 700, 91, 0)
    assert (whole.committed, whole.free, whole.held) == usd(339, 8870, 9209)


def test_the_rest_of_an_allocation_is_free_again_once_its_entity_holds_nothing(fund: Fund) -> None:
    fund.receive()
    made = fund.allocate()
    send_advance(allocation=made, amount_usd=Decimal(600), voucher=VOUCHER, **by(fund))
    report_expenditure(allocation=made, amount=Decimal(500), currency="USD", voucher=VOUCHER, **by(fund))
    with pytest.raises(FundRefused, match=r"still holds 100\.00"):
        release_rest(allocation=made, voucher=VOUCHER, **by(fund))
    record_return(allocation=made, amount_usd=Decimal(100), voucher=VOUCHER, **by(fund))
    release_rest(allocation=made, voucher=VOUCHER, **by(fund))
    assert free(fund) == Decimal(10_000) - 565
    with pytest.raises(FundRefused, match="closed"):
        report_expenditure(allocation=made, amount=Decimal(1), currency="USD", voucher=VOUCHER, **by(fund))


def test_a_correction_turns_an_entry_round_once_and_says_why(fund: Fund) -> None:
    wrong = fund.receive("999.00", "EUR")
    made = correct_entry(entry=wrong, reason="It was 990 euros", on=DAY, **by(fund))
    found = entry_called(fund.viewer("auditor"), wrong.public_id)
    assert found is not None
    assert found.corrected_by == made
    assert made.narrative == "It was 990 euros"
    assert free(fund) == 0
    with pytest.raises(FundRefused, match="corrected already"):
        correct_entry(entry=wrong, reason="again", on=DAY, **by(fund))
    with pytest.raises(FundRefused, match="a correction itself"):
        correct_entry(entry=made, reason="again", on=DAY, **by(fund))


def test_money_that_was_allocated_is_not_corrected_away(fund: Fund) -> None:
    wrong = fund.receive("1130.00")
    fund.allocate()
    with pytest.raises(FundRefused, match=r"1,130\.00 US dollars of it were allocated"):
        correct_entry(entry=wrong, reason="It never came", on=DAY, **by(fund))
    assert free(fund) == 0


def test_an_allocation_is_not_corrected_while_something_rests_on_it(fund: Fund) -> None:
    fund.receive()
    made = fund.allocate()
    report_expenditure(allocation=made, amount=Decimal(10), currency="USD", voucher=VOUCHER, **by(fund))
    booked = Entry.objects.unscoped("test").get(kind="allocation")
    with pytest.raises(FundRefused, match="rests on it"):
        correct_entry(entry=booked, reason="Another project", on=DAY, **by(fund))
    spent = Entry.objects.unscoped("test").get(kind="expenditure")
    correct_entry(entry=spent, reason="Another month", on=DAY, **by(fund))
    correct_entry(entry=booked, reason="Another project", on=DAY, **by(fund))
    assert free(fund) == Decimal(10_000)
    assert Allocation.objects.unscoped("test").get().standing == "closed"


def test_goods_come_in_at_their_valuation_and_free_nothing(fund: Fund) -> None:
    record_in_kind(
        contributor=fund.giver,
        amount=Decimal("11500000.00"),
        currency="USD",
        voucher=Voucher(DAY, "Valuation 7"),
        window=fund.general,
        **by(fund),
    )
    whole = together(balances(fund.viewer("auditor")).values())
    assert (whole.in_kind, whole.received, whole.free, whole.held) == usd(11_500_000, 0, 0, 0)


def test_money_passed_on_by_an_entity_is_not_counted_as_given_anew(fund: Fund) -> None:
    fund.receive("500.00", new_money=False)
    whole = together(balances(fund.viewer("auditor")).values())
    assert (whole.new_money, whole.transfers_in, whole.free) == usd(0, 500, 500)


def test_a_refund_is_of_what_they_gave_and_what_is_free(fund: Fund) -> None:
    fund.receive("2000.00")
    asked: dict[str, Any] = {"currency": "USD", "voucher": VOUCHER, "window": fund.general, **by(fund)}
    with pytest.raises(FundRefused, match=r"They gave 0\.00"):
        refund_contributor(contributor=fund.other_giver, amount=Decimal(1), **asked)
    fund.allocate("1000.00")
    with pytest.raises(FundRefused, match=r"870\.00 US dollars are there"):
        refund_contributor(contributor=fund.giver, amount=Decimal("870.01"), **asked)
    refund_contributor(contributor=fund.giver, amount=Decimal("870.00"), **asked)
    assert free(fund) == 0


def test_moved_money_is_counted_once(fund: Fund) -> None:
    fund.receive("2000.00")
    reassign(amount_usd=Decimal(500), voucher=VOUCHER, window=fund.general, to_window=fund.narrow, **by(fund))
    rows = standing(fund.viewer("auditor"))
    assert {row.window.code: row.balance.free for row in rows} == dict(
        zip(("general", "narrow"), usd(1500, 500), strict=True)
    )
    assert together(row.balance for row in rows).new_money == 2000


def test_a_statement_of_any_period_adds_up(fund: Fund) -> None:
    fund.receive("2000.00", voucher=Voucher(date(2019, 4, 1), "R/1"))
    fund.receive("100.00", "EUR")
    made = fund.allocate("1000.00")
    report_expenditure(
        allocation=made, amount=Decimal(300), currency="EUR", voucher=Voucher(date(2019, 6, 2), "E/1"), **by(fund)
    )
    months = [date(2019, month, 1) for month in range(3, 9)]
    for first in months:
        for last in months:
            if first <= last:
                for row in statement(fund.viewer("auditor"), first, last):
                    assert row.adds_up
    (row,) = statement(fund.viewer("auditor"), date(2019, 5, 1), date(2019, 6, 30))
    assert (row.opening.held, row.happened.received) == usd(2000, "111.85")
    assert (row.happened.spent, row.happened.support) == (Decimal("338.79"), Decimal("44.04"))
    assert row.closing.held == Decimal("1729.02")


def test_nothing_is_dated_into_books_that_are_closed(fund: Fund) -> None:
    fund.receive()
    close_books(until=DAY, **by(fund))
    with pytest.raises(FundRefused, match="closed up to 2019-05-20"):
        fund.receive()
    fund.receive(voucher=Voucher(DAY + timedelta(days=1), "R/2"))


def test_an_entry_names_its_document_and_is_not_dated_ahead(fund: Fund) -> None:
    with pytest.raises(FundRefused, match="document"):
        fund.receive(voucher=Voucher(DAY, "  "))
    with pytest.raises(FundRefused, match="still to come"):
        fund.receive(voucher=Voucher(timezone.localdate() + timedelta(days=1), "R/1"))


def test_a_proposal_is_refused_or_taken_back_and_stays_so(fund: Fund) -> None:
    fund.receive()
    asked: dict[str, Any] = {"project": fund.project, "amount_usd": Decimal(10), "window": fund.general, **by(fund)}
    one, other = (propose_allocation(**asked) for _ in range(2))
    with pytest.raises(FundRefused, match="Say why"):
        refuse_allocation(allocation=one, because="", **by(fund, "second"))
    refuse_allocation(allocation=one, because="Not now", **by(fund, "second"))
    with pytest.raises(FundRefused, match="Only whoever proposed"):
        take_back_allocation(allocation=other, **by(fund, "second"))
    take_back_allocation(allocation=other, **by(fund))
    for made in (one, other):
        with pytest.raises(FundRefused, match="decided already"):
            approve_allocation(allocation=made, voucher=VOUCHER, **by(fund, "second"))


def test_what_an_allocation_says_is_what_its_entries_say(fund: Fund) -> None:
    fund.receive()
    made = fund.allocate()
    send_advance(allocation=made, amount_usd=Decimal(600), voucher=VOUCHER, **by(fund))
    allotment = allotments(fund.viewer("auditor"), [made])[made.pk]
    assert (allotment.encumbered, allotment.advanced) == usd(1130, 600)
    assert (allotment.to_spend, allotment.to_advance) == usd(1000, 400)


def test_who_reads_the_books(fund: Fund) -> None:
    fund.receive()
    fund.receive("5.00", contributor=fund.other_giver)
    made = fund.allocate()
    hidden = fund.allocate(project=fund.hidden_project)
    read = {
        name: (
            Entry.objects.visible_to(fund.viewer(name)).count(),
            Posting.objects.visible_to(fund.viewer(name)).count(),
            set(Allocation.objects.visible_to(fund.viewer(name))) - {made},
        )
        for name in fund.people
    }
    assert read == {
        "officer": (4, 8, {hidden}),
        "second": (4, 8, {hidden}),
        "auditor": (4, 8, {hidden}),
        "board": (4, 8, set()),
        "donor": (1, 2, set()),
        "other donor": (1, 2, set()),
        "focal": (2, 4, {hidden}),
        "state": (0, 0, set()),
    }
    assert not Entry.objects.visible_to(PUBLIC).exists()
