"""Exact money: an amount in a currency, and its US dollar equivalent at a stated rate.

Amounts are ``Decimal`` with two places. Nothing here rounds twice, and a missing rate is never taken as one.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies were added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its ISO 4217 currency."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise CurrencyMismatch(f"cannot add {other.currency} to {self.currency} without a rate")
        return Money(self.amount + other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for one unit of ``currency``, as published by ``source`` for the period that begins ``on``."""

    currency: str
    on: date
    usd_per_unit: Decimal
    source: str


def to_usd(money: Money, rate: Rate | None) -> Decimal | None:
    """The US dollar equivalent to the cent, or ``None`` where no rate is known: such an amount stays as it is."""
    if money.currency == "USD":
        return money.amount.quantize(CENT, ROUND_HALF_EVEN)
    if rate is None:
        return None
    if rate.currency != money.currency:
        raise CurrencyMismatch(f"a rate for {rate.currency} does not convert {money.currency}")
    return (money.amount * rate.usd_per_unit).quantize(CENT, ROUND_HALF_EVEN)


def in_words(value: Decimal, currency: str = "USD") -> str:
    """An amount as sentences and pages print it: ``USD 169,500``, cents only where there are any."""
    cents = value.quantize(CENT, ROUND_HALF_UP)
    whole = cents.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{currency} {whole if cents == whole else cents:,}"


def shortfall(budget: Decimal, funding: Decimal) -> Decimal:
    """What is still missing: budget less funding received, never below zero (a surplus is its own figure)."""
    return max(budget - funding, Decimal(0))


def surplus(budget: Decimal, funding: Decimal) -> Decimal:
    """Funding received beyond the budget, never below zero."""
    return max(funding - budget, Decimal(0))
