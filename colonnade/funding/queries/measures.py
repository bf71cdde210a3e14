"""What a number of the fund is the sum of: accounts, each with its sign, so that the entries behind it add up to it."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models import Sum as SumOf

from colonnade.core.viewer import Viewer
from colonnade.funding.bookkeeping import ASSETS, NOTHING, TAKES_FROM_FREE, Account
from colonnade.funding.models import Entry
from colonnade.funding.queries.records import Asked, entries, lines_asked_for

#: Name in an address -> account -> 1 where a debit adds to the number, -1 where a credit does.
MEASURES: Final[Mapping[str, Mapping[Account, int]]] = MappingProxyType(
    {
        "given": {Account.CONTRIBUTIONS: -1},
        "passed_on": {Account.TRANSFERS_RECEIVED: -1},
        "in_kind": {Account.IN_KIND_RECEIVED: -1},
        "refunded": {Account.REFUNDS: -1},
        "moved": {Account.REASSIGNED: -1},
        "came_in": dict.fromkeys(
            (Account.CONTRIBUTIONS, Account.TRANSFERS_RECEIVED, Account.REFUNDS, Account.REASSIGNED), -1
        ),
        # What was spent stands above zero where it is what went out, below where it is taken off a balance.
        "out": {Account.EXPENDITURE: 1, Account.SUPPORT_COSTS: 1},
        "spent": {Account.EXPENDITURE: -1},
        "support": {Account.SUPPORT_COSTS: -1},
        "committed": {Account.ENCUMBERED: 1},
        "held": dict.fromkeys(ASSETS, 1),
        "free": dict.fromkeys(TAKES_FROM_FREE, -1),
    }
)


def signs_of(asked: Asked) -> Mapping[Account, int]:
    """The accounts that are asked for with their signs; of one account, debits less credits. Empty: none is."""
    if asked.measure:
        return MEASURES[asked.measure]
    return {Account(asked.account): 1} if asked.account else {}


def weighed(viewer: Viewer, asked: Asked) -> tuple[QuerySet[Entry], Decimal]:
    """The entries that ``viewer`` may see and that move what is asked for, each with ``weight`` in US dollars, the
    latest first; and their sum. Both are empty where ``asked`` names no measure and no account."""
    signs = signs_of(asked)
    added = [account for account, sign in signs.items() if sign > 0]
    lines = lines_asked_for(viewer, asked).filter(account__in=signs, entry=OuterRef("pk")).order_by()
    moved = lines.values("entry").annotate(
        weight=SumOf(Case(When(account__in=added, then=F("usd")), default=-F("usd")))
    )
    rows = entries(viewer, asked).annotate(weight=Subquery(moved.values("weight")[:1]))
    rows = rows.filter(weight__isnull=False).exclude(weight=0)
    return rows, rows.order_by().aggregate(whole=SumOf("weight"))["whole"] or NOTHING


def weight_of(entry: Entry) -> Decimal:
    """What an entry of :func:`weighed` adds to the number, or, below zero, takes from it."""
    weight: Decimal = getattr(entry, "weight")  # noqa: B009  # an annotation
    return weight
