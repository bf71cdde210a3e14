"""The arithmetic of the fund: every rule balances, nothing is spent twice, and cents do not go astray."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.core.money import Money, Rate
from colonnade.funding.bookkeeping import (
    Account,
    Allotment,
    Books,
    Line,
    NotBooked,
    Overdrawn,
    Purse,
    RateMissing,
    Unbalanced,
    advance,
    allocation,
    correction,
    dollars,
    expenditure,
    imbalance,
    in_kind,
    least_free,
    money_returned,
    priced,
    reassignment,
    receipt,
    refund,
    release,
    support_on,
)
from colonnade.funding.tests.histories import History

PURSE, OTHER = Purse(1), Purse(1, 7)
EURO = Rate("EUR", date(2019, 5, 1), Decimal("1.1185"), "a table")
amounts = st.decimals(min_value="0.01", max_value=10**9, places=2)
percents = st.decimals(min_value=0, max_value=100, places=4)


def usd(amount: str) -> Decimal:
    return Decimal(amount)


def totals(*entries: tuple[Line, ...]) -> dict[Account, Decimal]:
    found: dict[Account, Decimal] = {}
    for line in (line for lines in entries for line in lines):
        found[line.account] = found.get(line.account, Decimal(0)) + line.usd
    return found


def allotment(direct: str = "1000.00", percent: str = "13") -> Allotment:
    made = Allotment(PURSE, 1, 2, usd(direct), support_on(usd(direct), usd(percent)), usd(percent))
    return made.standing_at(totals(allocation(made)))


def test_a_receipt_keeps_the_amount_that_came_and_its_rate() -> None:
    cash, given_ = receipt(PURSE, 5, priced(Money(usd("100.00"), "EUR"), EURO))
    assert (cash.account, cash.sum.money, cash.usd, cash.sum.rate) == (
        Account.CASH,
        Money(usd("100.00"), "EUR"),
        usd("111.85"),
        EURO,
    )
    assert (given_.account, given_.usd, given_.contributor) == (Account.CONTRIBUTIONS, usd("-111.85"), 5)


def test_money_passed_on_by_another_entity_is_no_new_money() -> None:
    lines = receipt(PURSE, 5, dollars(usd("50.00")), new_money=False)
    assert totals(lines).keys() == {Account.CASH, Account.TRANSFERS_RECEIVED}


def test_an_amount_without_a_rate_is_an_error_and_never_dollars() -> None:
    with pytest.raises(RateMissing):
        priced(Money(usd("100.00"), "EUR"), None)


def test_what_comes_in_kind_can_not_be_spent_again() -> None:
    books = Books()
    books.post(in_kind(PURSE, 5, dollars(usd("11500000.00"))))
    assert books.free(PURSE) == 0
    with pytest.raises(Overdrawn):
        books.post(allocation(allotment("0.01")))


def test_an_allocation_sets_support_costs_aside_with_it() -> None:
    books = Books()
    books.post(receipt(PURSE, 5, dollars(usd("1130.00"))))
    books.post(allocation(allotment()))
    assert books.free(PURSE) == 0


def test_a_purse_is_not_overdrawn_by_a_cent() -> None:
    books = Books()
    books.post(receipt(PURSE, 5, dollars(usd("1129.99"))))
    with pytest.raises(Overdrawn) as refused:
        books.post(allocation(allotment()))
    assert (refused.value.there, refused.value.asked) == (usd("1129.99"), usd("1130.00"))


def test_money_of_an_earmark_is_not_money_of_its_window() -> None:
    books = Books()
    books.post(receipt(OTHER, 5, dollars(usd("5000.00"))))
    with pytest.raises(Overdrawn):
        books.post(allocation(allotment()))


def test_money_sent_to_an_entity_is_neither_spent_nor_given_anew() -> None:
    sent = totals(advance(allotment(), usd("400.00")))
    assert sent == {Account.ADVANCES: usd("400.00"), Account.CASH: usd("-400.00")}


def test_expenditure_draws_first_on_what_the_entity_holds() -> None:
    one = allotment()
    sent = advance(one, usd("300.00"))
    one = one.standing_at(totals(allocation(one), sent))
    spent = totals(expenditure(one, dollars(usd("500.00"))))
    assert spent == {
        Account.EXPENDITURE: usd("500.00"),
        Account.ADVANCES: usd("-300.00"),
        Account.CASH: usd("-265.00"),
        Account.SUPPORT_COSTS: usd("65.00"),
        Account.ENCUMBERED: usd("-565.00"),
        Account.RESERVED: usd("565.00"),
    }


def test_more_than_was_allocated_is_not_spent() -> None:
    with pytest.raises(Overdrawn):
        expenditure(allotment(), dollars(usd("1000.01")))


def test_an_entity_returns_no_more_than_it_holds() -> None:
    with pytest.raises(Overdrawn):
        money_returned(allotment(), usd("0.01"))


def test_the_rest_is_released_once_the_entity_holds_nothing_of_it() -> None:
    one = allotment()
    sent = advance(one, usd("300.00"))
    with pytest.raises(Overdrawn):
        release(one.standing_at(totals(allocation(one), sent)))
    back = money_returned(one.standing_at(totals(allocation(one), sent)), usd("300.00"))
    freed = release(one.standing_at(totals(allocation(one), sent, back)))
    assert totals(freed) == {Account.ENCUMBERED: usd("-1130.00"), Account.RESERVED: usd("1130.00")}


@given(st.lists(amounts, min_size=1, max_size=12), percents)
def test_support_on_parts_comes_to_support_on_the_whole(parts: list[Decimal], percent: Decimal) -> None:
    direct = sum(parts, Decimal(0))
    plain = Allotment(PURSE, 1, 2, direct, support_on(direct, percent), percent)
    done = [allocation(plain)]
    for part in parts:
        done.append(expenditure(plain.standing_at(totals(*done)), dollars(part)))
    assert totals(*done).get(Account.SUPPORT_COSTS, Decimal(0)) == support_on(direct, percent)
    assert totals(*done)[Account.ENCUMBERED] == 0


@given(amounts, amounts)
def test_a_correction_leaves_nothing(one: Decimal, other: Decimal) -> None:
    for lines in (
        receipt(PURSE, 1, priced(Money(one, "EUR"), EURO)) if one > 1 else receipt(PURSE, 1, dollars(one)),
        refund(PURSE, 1, dollars(other)),
        reassignment(PURSE, OTHER, one),
        in_kind(PURSE, 1, dollars(other)),
    ):
        both = (*lines, *correction(lines))
        assert set(totals(both).values()) == {0}
        assert not imbalance(both)


@given(
    st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2019, 1, 9)), st.integers(-50, 50).map(Decimal)), max_size=12),
    st.dates(date(2018, 12, 31), date(2019, 1, 10)),
)
def test_the_least_free_is_the_least_of_every_day(changes: list[tuple[date, Decimal]], since: date) -> None:
    changes = sorted(changes)
    by_day = {day: sum((usd for on, usd in changes if on == day), Decimal(0)) for day, _usd in changes}
    days = [since, *(day for day in by_day if day > since)]
    expected = min(sum((usd for day, usd in by_day.items() if day <= one), Decimal(0)) for one in days)
    assert least_free(sorted(by_day.items()), since) == expected


def test_a_move_balances_in_both_purses() -> None:
    lines = reassignment(PURSE, OTHER, usd("12.34"))
    assert not imbalance(lines)
    assert {line.purse for line in lines} == {PURSE, OTHER}
    with pytest.raises(NotBooked):
        reassignment(PURSE, PURSE, usd("1.00"))


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.001"])
def test_amounts_are_above_zero_and_in_whole_cents(amount: str) -> None:
    with pytest.raises(NotBooked):
        receipt(PURSE, 1, dollars(usd(amount)))


def test_lines_that_do_not_balance_are_not_posted() -> None:
    books = Books()
    cash, _given = receipt(PURSE, 1, dollars(usd("10.00")))
    with pytest.raises(Unbalanced):
        books.post((cash,))
    assert books.totals == {}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 300))
def test_the_books_balance_after_any_history(seed: int, steps: int) -> None:
    history = History(Random(seed)).run(steps)
    assert history.faults() == []


def test_a_long_history_of_every_kind_keeps_the_books() -> None:
    history = History(Random(74_677)).run(3_000)
    assert history.faults() == []
    assert len(history.happened) == 10
    assert history.refused["allocation"]
    assert history.refused["correction"]


def test_the_history_notices_books_that_are_wrong() -> None:
    history = History(Random(1)).run(200)
    purse = next(iter(history.books.totals))
    history.books.totals[purse][Account.CASH] += Decimal("0.01")
    assert any("differ" in fault for fault in history.faults())
