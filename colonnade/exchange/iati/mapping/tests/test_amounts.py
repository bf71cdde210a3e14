"""Budgets and funding: which amounts count, at which rate, and that nothing is counted twice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.core.money import Money
from colonnade.exchange.iati.mapping import amounts
from colonnade.exchange.iati.mapping.amounts import (
    Amount,
    NotAdded,
    Part,
    beyond_children,
    budget_of,
    funding_of,
    in_force,
    in_one_currency,
    overlaps,
    total,
)
from colonnade.exchange.iati.mapping.tests.examples import MAY, RATES, activity, budget, transaction
from colonnade.exchange.iati.tests.making import ROOT

AMOUNTS = st.decimals(Decimal("-1e9"), Decimal("1e9"), places=3)


def amount(number: str, currency: str = "EUR", usd: str | None = None) -> Amount:
    return Amount(Money(Decimal(number), currency), MAY, Decimal(usd) if usd else None, "rule", "evidence")


def test_the_budget_is_the_sum_of_the_published_budgets() -> None:
    found = budget_of(activity(budgets=(budget("100"), budget("50.50", year=2020))), RATES)
    assert found is not None
    assert (found.money, found.usd, found.rule) == (
        Money(Decimal("150.50"), "EUR"),
        Decimal("165.55"),
        "budget-published",
    )
    assert found.evidence == "2 amounts in EUR; EUR 2019-05 at 1.1"


def test_a_revised_budget_replaces_the_original_of_its_period_only() -> None:
    budgets = (budget("100"), budget("120", kind="2"), budget("70", year=2020))
    assert [one.value.money.amount for one in in_force(budgets)] == [Decimal(120), Decimal(70)]


def test_without_budgets_the_commitments_count_and_disbursements_never() -> None:
    paid = (transaction("2", "80"), transaction("2", "-30"), transaction("3", "999"))
    found = budget_of(activity(transactions=paid), RATES)
    assert found is not None
    assert (found.money.amount, found.rule) == (Decimal("50.00"), "budget-commitments")


def test_no_amounts_are_no_budget_and_not_zero() -> None:
    assert budget_of(activity(), RATES) is None
    assert funding_of(activity(), RATES) is None


def test_budgets_of_nothing_are_no_budget_and_leave_the_word_to_the_commitments() -> None:
    assert budget_of(activity(budgets=(budget("0"), budget("0.00", year=2020))), RATES) is None
    found = budget_of(activity(budgets=(budget("0"),), transactions=(transaction("2", "80"),)), RATES)
    assert found is not None
    assert (found.money.amount, found.rule) == (Decimal("80.00"), "budget-commitments")


def test_incoming_funds_are_the_funding_and_promises_are_not_added_to_them() -> None:
    paid = (transaction("1", "30"), transaction("11", "100"))
    found = funding_of(activity(transactions=paid), RATES)
    assert found is not None
    assert (found.money.amount, found.rule) == (Decimal("30.00"), "funding-incoming")


def test_without_incoming_funds_incoming_commitments_count() -> None:
    found = funding_of(activity(transactions=(transaction("11", "100"),)), RATES)
    assert found is not None
    assert found.rule == "funding-promised"


def test_an_amount_without_a_rate_stays_in_its_own_currency() -> None:
    found = budget_of(activity(budgets=(budget("100", "JOD"),)), RATES)
    assert found is not None
    assert (found.money, found.usd) == (Money(Decimal("100.00"), "JOD"), None)


def test_one_part_without_a_rate_leaves_the_sum_without_dollars() -> None:
    found = budget_of(activity(budgets=(budget("100"), budget("100", year=2020, on=date(2018, 1, 1)))), RATES)
    assert found is not None
    assert (found.money.amount, found.usd) == (Decimal("200.00"), None)


def test_amounts_of_several_currencies_are_stated_in_dollars_and_what_has_no_rate_is_named() -> None:
    parts = [Part(Money(Decimal(number), currency), MAY) for number, currency in ((10, "EUR"), (5, "USD"), (7, "JOD"))]
    found = total(parts, RATES, "rule")
    assert found is not None
    assert (found.money, found.usd) == (Money(Decimal("16.00"), "USD"), Decimal("16.00"))
    assert found.left_out == (Money(Decimal(7), "JOD"),)
    assert "without 7 JOD" in found.evidence


def test_several_currencies_without_any_rate_make_no_sum() -> None:
    parts = [Part(Money(Decimal(1), "JOD"), MAY), Part(Money(Decimal(1), "KWD"), MAY)]
    with pytest.raises(NotAdded, match="none with a rate"):
        total(parts, RATES, "rule")


def test_a_sum_below_zero_is_no_budget() -> None:
    with pytest.raises(NotAdded, match="below zero"):
        budget_of(activity(transactions=(transaction("2", "-1"),)), RATES)


def test_the_day_of_the_rate_is_the_value_date_else_that_of_the_period_or_transaction() -> None:
    by_value = budget_of(activity(budgets=(budget("100", year=2018),)), RATES)
    by_period = budget_of(activity(budgets=(budget("100", year=2018, on=None),)), RATES)
    by_transaction = funding_of(activity(transactions=(transaction("1", "100", on=None),)), RATES)
    assert by_value is not None
    assert by_period is not None
    assert by_transaction is not None
    assert (by_value.on, by_value.usd) == (MAY, Decimal("110.00"))
    assert (by_period.on, by_period.usd) == (date(2018, 1, 1), None)
    assert (by_transaction.on, by_transaction.usd) == (MAY, Decimal("110.00"))


def test_overlapping_periods_are_seen_and_adjoining_ones_are_not() -> None:
    year, next_year = budget("1", year=2019), budget("1", year=2020)
    half = budget("1", year=2019).__class__("1", "1", date(2019, 7, 1), date(2020, 6, 30), year.value)
    assert not overlaps([year, next_year])
    assert not overlaps([year, budget("1", kind="2", year=2019)])
    assert overlaps([year, half])


def test_budget_and_funding_come_in_one_currency() -> None:
    assert in_one_currency(amount("1"), amount("2")) == (amount("1"), amount("2"))
    both = in_one_currency(amount("10", "EUR", "11"), amount("10", "GBP", "13"))
    assert [one.money if one else None for one in both] == [Money(Decimal(11), "USD"), Money(Decimal(13), "USD")]
    assert in_one_currency(amount("10", "EUR", "11"), amount("10", "JOD")) == (amount("10", "EUR", "11"), None)


def test_a_parent_keeps_what_its_children_do_not_state() -> None:
    rest = beyond_children(amount("100", "EUR", "110"), [amount("60"), amount("30")])
    assert rest is not None
    assert (rest.money.amount, rest.usd, rest.rule) == (Decimal("10.00"), Decimal("11.00"), "budget-beyond-children")
    assert beyond_children(amount("100"), [amount("100")]) is None
    assert beyond_children(amount("100"), [amount("130")]) is None
    with pytest.raises(NotAdded, match="not in EUR"):
        beyond_children(amount("100"), [amount("1", "GBP")])


@settings(deadline=None)
@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(["EUR", "GBP", "USD"])), min_size=1, max_size=20))
def test_a_sum_is_rounded_once_and_to_the_cent(amounts: list[tuple[Decimal, str]]) -> None:
    parts = [Part(Money(number, currency), MAY) for number, currency in amounts]
    rate = {"EUR": Decimal("1.1"), "GBP": Decimal("1.3"), "USD": Decimal(1)}
    exact = sum((number * rate[currency] for number, currency in amounts), Decimal(0))
    try:
        found = total(parts, RATES, "rule")
    except NotAdded:
        assert exact < Decimal("0.005")
        return
    assert found is not None
    assert found.usd is not None
    assert abs(found.usd - exact) <= Decimal("0.005")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(2015, 2022), st.booleans(), st.integers(0, 10**6)), max_size=12))
def test_every_period_counts_its_revised_budgets_if_it_has_any(drawn: list[tuple[int, bool, int]]) -> None:
    budgets = [budget(str(number), kind="2" if revised else "1", year=year) for year, revised, number in drawn]
    expected = 0
    for year in {year for year, _, _ in drawn}:
        of_year = [(revised, number) for its, revised, number in drawn if its == year]
        has_revised = any(revised for revised, _ in of_year)
        expected += sum(number for revised, number in of_year if revised == has_revised)
    assert sum(one.value.money.amount for one in in_force(budgets)) == expected


def test_every_rule_on_money_is_explained_in_the_documentation() -> None:
    explained = (ROOT / "docs" / "how-to" / "read-iati.md").read_text(encoding="utf-8")
    for rule in (
        amounts.BUDGET_PUBLISHED,
        amounts.BUDGET_COMMITMENTS,
        amounts.BUDGET_BEYOND_CHILDREN,
        amounts.FUNDING_INCOMING,
        amounts.FUNDING_PROMISED,
    ):
        assert f"`{rule}`" in explained
