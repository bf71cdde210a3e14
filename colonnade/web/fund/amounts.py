"""Amounts of the fund as its pages print them: to the cent, each leading to the entries that it is the sum of."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy

from colonnade.analysis.figures.display import grouped
from colonnade.funding.models import Earmark, Window
from colonnade.funding.queries import NO_EARMARK
from colonnade.web.shared.numbers import CellView, LinkedNumber
from colonnade.web.shared.parameters import address_of

#: What a number of the fund counts, by the measure that its address names.
COUNTED: Final = {
    "given": gettext_lazy("Given, in cash"),
    "passed_on": gettext_lazy("Passed on by entities"),
    "in_kind": gettext_lazy("In kind, at its valuation"),
    "refunded": gettext_lazy("Refunded"),
    "moved": gettext_lazy("Moved between windows"),
    "came_in": gettext_lazy("Came in, after refunds and moves"),
    "out": gettext_lazy("Spent, with programme support"),
    "spent": gettext_lazy("Spent"),
    "support": gettext_lazy("Programme support"),
    "committed": gettext_lazy("Committed"),
    "held": gettext_lazy("Balance, in cash and with entities"),
    "free": gettext_lazy("Free"),
}


def to_the_cent(amount: Decimal) -> str:
    """``1,118.50``; what is exactly nothing has no sign."""
    return grouped(amount if amount else Decimal(0), 2)


def entries_address(**asked: str) -> str:
    """The list of entries, asked for as named."""
    return address_of([(name, value) for name, value in asked.items() if value], reverse("fund-entries"))


def of_purse(window: Window, earmark: Earmark | None) -> Mapping[str, str]:
    """What an address of entries asks for, for one purse."""
    return {"window": window.code, "earmark": earmark.public_id if earmark else NO_EARMARK}


def number(amount: Decimal, **asked: str) -> LinkedNumber:
    """An amount in US dollars that opens to its entries."""
    return LinkedNumber(to_the_cent(amount), entries_address(**asked))


def cell(amount: Decimal, **asked: str) -> CellView:
    """The same as a cell; nothing has nothing to open."""
    return CellView(to_the_cent(amount), entries_address(**asked) if amount else "", numeric=True)
