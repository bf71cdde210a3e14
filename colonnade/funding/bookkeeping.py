"""The arithmetic of the fund: which lines each thing that happens writes, and what is free afterwards. Pure.

Double entry: a debit is above zero, a credit below, and the lines of an entry come to nothing in each *purse* (a window
and an earmark within it). Beside the accounts of money (cash, advances, contributions, expenditure) stand two of
commitment, as public books have them: what was allocated and not spent yet is *encumbered*, against a reserve. Then

    free = contributions and transfers in - refunds - expenditure - support costs - encumbered

is read off the accounts, and an allocation is refused where it would go below zero. Amounts are exact decimals in US
dollars to the cent, beside the original amount, the rate and its day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Final

from colonnade.core.money import CENT, Money, Rate, to_usd

NOTHING: Final = Decimal("0.00")


class Account(StrEnum):
    """The accounts of the fund."""

    CASH = "cash"
    ADVANCES = "advances"
    CONTRIBUTIONS = "contributions"
    TRANSFERS_RECEIVED = "transfers_received"
    IN_KIND_RECEIVED = "in_kind_received"
    IN_KIND_USED = "in_kind_used"
    EXPENDITURE = "expenditure"
    SUPPORT_COSTS = "support_costs"
    REFUNDS = "refunds"
    REASSIGNED = "reassigned"
    ENCUMBERED = "encumbered"
    RESERVED = "reserved"


#: What came in, less what went out for good: with what is encumbered it makes up what is free.
FLOWS: Final = frozenset(
    {
        Account.CONTRIBUTIONS,
        Account.TRANSFERS_RECEIVED,
        Account.EXPENDITURE,
        Account.SUPPORT_COSTS,
        Account.REFUNDS,
        Account.REASSIGNED,
    }
)
#: A debit on one of these takes from what is free.
TAKES_FROM_FREE: Final = FLOWS | {Account.ENCUMBERED}
#: The fund's money: what it holds, and what entities hold for it.
ASSETS: Final = frozenset({Account.CASH, Account.ADVANCES})


class NotBooked(ValueError):
    """What was to be booked may not be; the text says why."""


class RateMissing(NotBooked):
    """No rate is known for the currency and month: an amount is never taken as dollars for that."""

    def __init__(self, currency: str, month: str) -> None:
        super().__init__(f"{currency} {month}")
        self.currency, self.month = currency, month


class Overdrawn(NotBooked):
    """More was asked for than there is. ``there`` is what there is, ``asked`` what was asked for."""

    def __init__(self, there: Decimal, asked: Decimal) -> None:
        super().__init__(f"{asked} asked for, {there} there")
        self.there, self.asked = there, asked


class Unbalanced(AssertionError):
    """Debits and credits of an entry differ. No rule writes such lines: this is an error of ours."""


@dataclass(frozen=True, slots=True)
class Purse:
    """A window and, within it, an earmark: money of one is never spent as another's. Both are keys."""

    window: int
    earmark: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as it came, and in US dollars at a rate, which only dollars do without."""

    money: Money
    usd: Decimal
    rate: Rate | None = None

    def __neg__(self) -> "Sum":
        return Sum(-self.money, -self.usd, self.rate)


@dataclass(frozen=True, slots=True)
class Line:
    """A posting: keys of who and what it concerns, and how much on which side."""

    account: Account
    purse: Purse
    sum: Sum
    contributor: int | None = None
    project: int | None = None
    entity: int | None = None

    @property
    def usd(self) -> Decimal:
        """A debit above zero, a credit below."""
        return self.sum.usd


Lines = tuple[Line, ...]


def dollars(amount: Decimal) -> Sum:
    """US dollars, which must be whole cents."""
    if amount != amount.quantize(CENT):
        raise NotBooked(f"{amount} is no amount in whole cents")
    exact = amount.quantize(CENT)
    return Sum(Money(exact, "USD"), exact)


def priced(money: Money, rate: Rate | None) -> Sum:
    """``money`` in US dollars at ``rate``. Raises :class:`RateMissing` where a rate is needed and there is none."""
    usd = to_usd(money, rate)
    if usd is None:
        raise RateMissing(money.currency, "")
    return dollars(usd) if money.currency == "USD" else Sum(money, usd, rate)


def support_on(direct: Decimal, percent: Decimal) -> Decimal:
    """Programme support costs on direct costs, to the cent."""
    return (direct * percent / 100).quantize(CENT, ROUND_HALF_EVEN)


# --- What each thing that happens writes ---


def receipt(purse: Purse, contributor: int, received: Sum, *, new_money: bool = True) -> Lines:
    """Money that came in. What another entity was given first is no new money: it is a transfer."""
    _insist_above_zero(received)
    account = Account.CONTRIBUTIONS if new_money else Account.TRANSFERS_RECEIVED
    return _balanced(Line(Account.CASH, purse, received, contributor), Line(account, purse, -received, contributor))


def in_kind(purse: Purse, contributor: int, valued: Sum) -> Lines:
    """Goods or services at their valuation: used as they come, so that nothing of them can be spent again."""
    _insist_above_zero(valued)
    return _balanced(
        Line(Account.IN_KIND_USED, purse, valued, contributor),
        Line(Account.IN_KIND_RECEIVED, purse, -valued, contributor),
    )


def refund(purse: Purse, contributor: int, paid: Sum) -> Lines:
    """Money that went back to whoever gave it."""
    _insist_above_zero(paid)
    return _balanced(Line(Account.REFUNDS, purse, paid, contributor), Line(Account.CASH, purse, -paid, contributor))


def reassignment(source: Purse, target: Purse, usd: Decimal) -> Lines:
    """Money that moves from one purse to another, with its contributors' consent. It comes in to none anew."""
    if source == target:
        raise NotBooked("it is there already")
    moved = _dollars_above_zero(usd)
    return _balanced(
        Line(Account.REASSIGNED, source, moved),
        Line(Account.CASH, source, -moved),
        Line(Account.CASH, target, moved),
        Line(Account.REASSIGNED, target, -moved),
    )


@dataclass(frozen=True, slots=True)
class Allotment:
    """An allocation as it stands: what was allocated, spent, charged, released, and what its entity holds of it.

    ``direct`` and ``support`` are what is for the project and for programme support on top.
    """

    purse: Purse
    project: int
    entity: int
    direct: Decimal
    support: Decimal
    percent: Decimal
    spent: Decimal = NOTHING
    charged: Decimal = NOTHING
    encumbered: Decimal = NOTHING
    advanced: Decimal = NOTHING

    @property
    def to_spend(self) -> Decimal:
        """What the project can still spend."""
        return min(self.direct - self.spent, self.encumbered)

    @property
    def to_advance(self) -> Decimal:
        """What can still be transferred to its entity ahead of spending."""
        return self.to_spend - self.advanced

    def support_due(self, spending: Decimal) -> Decimal:
        """What is charged for support when ``spending`` is reported: on all that was spent, less what was charged.

        So cents of single reports do not add up to more than the rate of the whole, nor than what was set aside.
        """
        due = support_on(self.spent + spending, self.percent) - self.charged
        return max(NOTHING, min(due, self.support - self.charged, self.encumbered - spending))

    def standing_at(self, totals: Mapping[Account, Decimal]) -> "Allotment":
        """The same with what was spent, charged, set aside and sent by the balances of its own entries."""
        return replace(
            self,
            spent=totals.get(Account.EXPENDITURE, NOTHING),
            charged=totals.get(Account.SUPPORT_COSTS, NOTHING),
            encumbered=totals.get(Account.ENCUMBERED, NOTHING),
            advanced=totals.get(Account.ADVANCES, NOTHING),
        )

    @property
    def holds(self) -> bool:
        """Whether nothing is below zero, and its entity holds no more than it may still spend."""
        return self.encumbered >= 0 and self.spent >= 0 and 0 <= self.advanced <= self.direct - self.spent


def allocation(allotment: Allotment) -> Lines:
    """Money set aside for a project, with the support costs on it."""
    whole = _dollars_above_zero(allotment.direct + allotment.support)
    return _balanced(*_commit(allotment, whole))


def advance(allotment: Allotment, usd: Decimal) -> Lines:
    """Money sent to the entity before it is spent: it changes hands, and is neither spent nor given anew."""
    sent = _dollars_above_zero(usd)
    if usd > allotment.to_advance:
        raise Overdrawn(allotment.to_advance, usd)
    return _balanced(_of(allotment, Account.ADVANCES, sent), _of(allotment, Account.CASH, -sent))


def expenditure(allotment: Allotment, spent: Sum) -> Lines:
    """What was spent, first out of what the entity holds; the support costs on it; and that much less is set aside."""
    _insist_above_zero(spent)
    if spent.usd > allotment.to_spend:
        raise Overdrawn(allotment.to_spend, spent.usd)
    held = min(spent.usd, max(allotment.advanced, NOTHING))
    support = allotment.support_due(spent.usd)
    lines = [
        _of(allotment, Account.EXPENDITURE, spent),
        *_where_not_nothing(allotment, Account.ADVANCES, -held),
        *_where_not_nothing(allotment, Account.CASH, held - spent.usd),
        *_where_not_nothing(allotment, Account.SUPPORT_COSTS, support),
        *_where_not_nothing(allotment, Account.CASH, -support),
        *_commit(allotment, -dollars(spent.usd + support)),
    ]
    return _balanced(*lines)


def money_returned(allotment: Allotment, usd: Decimal) -> Lines:
    """Money that the entity sent back unspent. It stays set aside for the project until that is released."""
    back = _dollars_above_zero(usd)
    if usd > allotment.advanced:
        raise Overdrawn(allotment.advanced, usd)
    return _balanced(_of(allotment, Account.CASH, back), _of(allotment, Account.ADVANCES, -back))


def release(allotment: Allotment) -> Lines:
    """The rest of an allocation, free again. What the entity still holds comes back first."""
    if allotment.advanced > 0:
        raise Overdrawn(NOTHING, allotment.advanced)
    return _balanced(*_commit(allotment, -_dollars_above_zero(allotment.encumbered)))


def correction(lines: Iterable[Line]) -> Lines:
    """Every line turned round: with what it corrects, it comes to nothing."""
    return _balanced(*(replace(line, sum=-line.sum) for line in lines))


# --- What the lines come to ---


def imbalance(lines: Iterable[Line]) -> Mapping[Purse, Decimal]:
    """By how much debits and credits differ in each purse; empty where they agree."""
    sums: dict[Purse, Decimal] = {}
    for line in lines:
        sums[line.purse] = sums.get(line.purse, NOTHING) + line.usd
    return {purse: usd for purse, usd in sums.items() if usd}


def free_of(totals: Mapping[Account, Decimal]) -> Decimal:
    """What is free, from the balances of a purse's accounts."""
    return -sum((totals.get(account, NOTHING) for account in TAKES_FROM_FREE), NOTHING)


def least_free(changes: Iterable[tuple[date, Decimal]], since: date) -> Decimal:
    """The least that is free on the day ``since`` or any later one, from what each day adds, in order of days.

    What is taken on a day must be there on that day, and be missing on no later one.
    """
    free, least = NOTHING, None
    for day, change in changes:
        if day > since:
            least = free if least is None else least
            least = min(least, free + change)
        free += change
    return free if least is None else least


def held_of(totals: Mapping[Account, Decimal]) -> Decimal:
    """What is there, in cash and with entities: what was allocated and not spent is part of it."""
    return sum((totals.get(account, NOTHING) for account in ASSETS), NOTHING)


def insist_on_free(free: Decimal, asked: Decimal) -> None:
    """Raises :class:`Overdrawn` where less is free than was asked for."""
    if asked > free:
        raise Overdrawn(free, asked)


@dataclass(slots=True)
class Books:
    """All accounts of all purses, in memory: what the database keeps, for property tests and long runs."""

    totals: dict[Purse, dict[Account, Decimal]] = field(default_factory=dict)
    entries: int = 0

    def post(self, lines: Sequence[Line]) -> None:
        """Book an entry whole or not at all. Raises :class:`Overdrawn` where a purse would have less than nothing."""
        if imbalance(lines):
            raise Unbalanced(str(imbalance(lines)))
        changed: dict[Purse, dict[Account, Decimal]] = {}
        for line in lines:
            accounts = changed.setdefault(line.purse, dict(self.totals.get(line.purse, {})))
            accounts[line.account] = accounts.get(line.account, NOTHING) + line.usd
        for purse, accounts in changed.items():
            if free_of(accounts) < 0:
                before = self.free(purse)
                raise Overdrawn(before, before - free_of(accounts))
        self.totals.update(changed)
        self.entries += 1

    def free(self, purse: Purse) -> Decimal:
        """What is free in a purse."""
        return free_of(self.totals.get(purse, {}))

    def imbalance(self) -> Decimal:
        """Debits less credits, over everything."""
        return sum((usd for accounts in self.totals.values() for usd in accounts.values()), NOTHING)


def _commit(allotment: Allotment, whole: Sum) -> Lines:
    return (_of(allotment, Account.ENCUMBERED, whole), _of(allotment, Account.RESERVED, -whole))


def _of(allotment: Allotment, account: Account, amount: Sum) -> Line:
    return Line(account, allotment.purse, amount, project=allotment.project, entity=allotment.entity)


def _where_not_nothing(allotment: Allotment, account: Account, usd: Decimal) -> Lines:
    return (_of(allotment, account, dollars(usd)),) if usd else ()


def _dollars_above_zero(usd: Decimal) -> Sum:
    made = dollars(usd)
    _insist_above_zero(made)
    return made


def _insist_above_zero(amount: Sum) -> None:
    if amount.usd <= 0 or amount.money.amount <= 0:
        raise NotBooked("an amount is above zero")


def _balanced(*lines: Line) -> Lines:
    if imbalance(lines):
        raise Unbalanced(str(lines))
    return lines
