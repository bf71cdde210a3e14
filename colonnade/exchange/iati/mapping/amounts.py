"""Budget and funding of an activity, and their US dollars. The rules, which ``docs/how-to/read-iati.md`` explains:

``budget-published``: the sum of the published budgets; a revised budget replaces an original one of the same period.
``budget-commitments``: without budgets, the sum of outgoing commitments. Some publishers fill in budgets of nothing:
where every budget is zero, there is none.
``budget-beyond-children``: of a parent whose children are read too, only what goes beyond the children's budgets.
``funding-incoming``: the sum of incoming funds. ``funding-promised``: without incoming funds, the sum of incoming
commitments; the two state the same money at two stages, and are never added.

Each part is converted at the rate of the month of its value date (else of its transaction's date or its period's
start), and the sum is rounded once. Where a part has no rate, the sum has no equivalent. Parts in several currencies
are stated in US dollars; those among them that have no rate are left out, and named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final

from colonnade.core.money import CENT, Money
from colonnade.core.rates import RateTable
from colonnade.exchange.iati.activity import Activity
from colonnade.exchange.iati.budgets import ORIGINAL, REVISED, Budget
from colonnade.exchange.iati.transactions import INCOMING_COMMITMENT, INCOMING_FUNDS, OUTGOING_COMMITMENT

BUDGET_PUBLISHED: Final = "budget-published"
BUDGET_COMMITMENTS: Final = "budget-commitments"
BUDGET_BEYOND_CHILDREN: Final = "budget-beyond-children"
FUNDING_INCOMING: Final = "funding-incoming"
FUNDING_PROMISED: Final = "funding-promised"
#: Months whose rates the evidence of an amount spells out.
MONTHS_SHOWN: Final = 6


class NotAdded(ValueError):
    """Amounts that make no sum; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """An amount, and the day whose rate applies to it."""

    money: Money
    on: date | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum, the latest day of its parts, its US dollars (``None``: no rate), its rule and what it rests on."""

    money: Money
    on: date | None
    usd: Decimal | None
    rule: str
    evidence: str
    left_out: tuple[Money, ...] = ()


def budget_of(activity: Activity, rates: RateTable) -> Amount | None:
    """The budget; ``None`` where neither budgets nor commitments are published. Raises :class:`NotAdded`."""
    parts = [Part(one.value.money, one.value.on or one.starts_on) for one in in_force(activity.budgets)]
    if any(part.money.amount for part in parts):
        return total(parts, rates, BUDGET_PUBLISHED)
    return total(_transactions(activity, OUTGOING_COMMITMENT), rates, BUDGET_COMMITMENTS)


def funding_of(activity: Activity, rates: RateTable) -> Amount | None:
    """Funding received; ``None`` where nothing incoming is published. Raises :class:`NotAdded`."""
    received = total(_transactions(activity, INCOMING_FUNDS), rates, FUNDING_INCOMING)
    return received or total(_transactions(activity, INCOMING_COMMITMENT), rates, FUNDING_PROMISED)


def in_force(budgets: Iterable[Budget]) -> tuple[Budget, ...]:
    """Budgets without the originals that a revised budget of the same period replaces."""
    budgets = tuple(budgets)
    revised = {(one.starts_on, one.ends_on) for one in budgets if one.type == REVISED and one.starts_on and one.ends_on}
    return tuple(one for one in budgets if one.type != ORIGINAL or (one.starts_on, one.ends_on) not in revised)


def overlaps(budgets: Iterable[Budget]) -> bool:
    """Whether two budgets in force are for different periods that share a day: their sum may count money twice."""
    periods = sorted({(one.starts_on, one.ends_on) for one in in_force(budgets) if one.starts_on and one.ends_on})
    return any(earlier[1] > later[0] for earlier, later in pairwise(periods))


def total(parts: Sequence[Part], rates: RateTable, rule: str) -> Amount | None:
    """The sum of ``parts``, ``None`` where there are none. Raises :class:`NotAdded` where they make no sound sum."""
    if not parts:
        return None
    currencies = sorted({part.money.currency for part in parts})
    dollars = [(part, usd) for part in parts if (usd := _dollars(part, rates)) is not None]
    left_out: tuple[Money, ...] = ()
    if len(currencies) == 1:
        usd = _cents(amount for _, amount in dollars) if len(dollars) == len(parts) else None
        money = Money(_cents(part.money.amount for part in parts), currencies[0])
    elif dollars:
        usd = _cents(amount for _, amount in dollars)
        money = Money(usd, "USD")
        left_out = tuple(part.money for part in parts if _dollars(part, rates) is None)
        parts = [part for part, _ in dollars]
    else:
        raise NotAdded(f"amounts in {', '.join(currencies)}, none with a rate")
    if money.amount < 0:
        raise NotAdded(f"a sum below zero: {money.amount} {money.currency}")
    on = max((part.on for part in parts if part.on), default=None)
    return Amount(money, on, usd, rule, _evidence(parts, left_out, rates), left_out)


def in_one_currency(budget: Amount, funding: Amount) -> tuple[Amount, Amount | None]:
    """Budget and funding in the same currency: as they are, else both in US dollars, else the budget alone."""
    if budget.money.currency == funding.money.currency:
        return budget, funding
    if budget.usd is None or funding.usd is None:
        return budget, None
    return _in_dollars(budget, budget.usd), _in_dollars(funding, funding.usd)


def beyond_children(parent: Amount, children: Sequence[Amount]) -> Amount | None:
    """What is left of a parent's budget beside its children's; ``None`` where nothing is. Raises :class:`NotAdded`."""
    if {child.money.currency for child in children} != {parent.money.currency}:
        raise NotAdded(f"the budgets of its children are not in {parent.money.currency}")
    of_children = _cents([child.money.amount for child in children])
    rest = parent.money.amount - of_children
    if rest <= 0:
        return None
    usd = _cents([parent.usd * rest / parent.money.amount]) if parent.usd is not None else None
    evidence = f"{parent.evidence}; {parent.money.amount} less {of_children} of {len(children)} children"
    return Amount(Money(rest, parent.money.currency), parent.on, usd, BUDGET_BEYOND_CHILDREN, evidence)


def _transactions(activity: Activity, kind: str) -> list[Part]:
    parts = [Part(one.value.money, one.value.on or one.on) for one in activity.transactions if one.type == kind]
    return parts if any(part.money.amount for part in parts) else []


def _cents(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0)).quantize(CENT, ROUND_HALF_EVEN)


def _dollars(part: Part, rates: RateTable) -> Decimal | None:
    if part.money.currency == "USD":
        return part.money.amount
    rate = rates.find(part.money.currency, part.on)
    return part.money.amount * rate.usd_per_unit if rate else None


def _in_dollars(amount: Amount, usd: Decimal) -> Amount:
    evidence = f"{amount.evidence}; {amount.money.amount} {amount.money.currency} stated in US dollars"
    return Amount(Money(usd, "USD"), amount.on, usd, amount.rule, evidence)


def _evidence(parts: Sequence[Part], left_out: Sequence[Money], rates: RateTable) -> str:
    currencies = sorted({part.money.currency for part in parts})
    said = [f"{len(parts)} amount{'s' if len(parts) > 1 else ''} in {', '.join(currencies)}"]
    months = sorted({(part.money.currency, part.on.replace(day=1)) for part in parts if part.on})
    used = [rate for currency, month in months if (rate := rates.find(currency, month))]
    said += [f"{rate.currency} {rate.on:%Y-%m} at {rate.usd_per_unit}" for rate in used[:MONTHS_SHOWN]]
    if len(used) > MONTHS_SHOWN:
        said.append(f"and {len(used) - MONTHS_SHOWN} more months")
    said += [f"without {money.amount} {money.currency}" for money in left_out]
    return "; ".join(said)
