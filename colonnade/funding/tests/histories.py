"""Random histories of a fund over the pure rules: receipts, allocations, expenditure, refunds, corrections, anyhow.

What the rules refuse is refused and counted; what they book must keep the books. Beside the books it keeps tallies of
its own, in cents, that know nothing of accounts: what they say must be what the books say.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from colonnade.core.money import Money, Rate
from colonnade.funding.bookkeeping import (
    NOTHING,
    Account,
    Allotment,
    Books,
    Lines,
    NotBooked,
    Purse,
    Sum,
    advance,
    allocation,
    correction,
    dollars,
    expenditure,
    held_of,
    in_kind,
    money_returned,
    priced,
    reassignment,
    receipt,
    refund,
    release,
    support_on,
)

PURSES = tuple(Purse(window, earmark) for window in (1, 2, 3) for earmark in (None, 10 * window))
RATES = {
    "EUR": Rate("EUR", date(2019, 5, 1), Decimal("1.1185"), "a table"),
    "JPY": Rate("JPY", date(2019, 5, 1), Decimal("0.009088"), "a table"),
    "IDR": Rate("IDR", date(2019, 5, 1), Decimal("0.00006949123"), "a table"),
}
PERCENTS = (Decimal(0), Decimal(7), Decimal("13.0000"), Decimal("12.3456"))
#: The entries that can still be corrected are the latest of them: those of long ago are settled.
REMEMBERED = 400


@dataclass(slots=True)
class Written:
    """An entry as it was booked; ``of`` is the number of the allocation that it is about, ``moved`` how many cents
    each purse has more or less by it."""

    lines: Lines
    of: int | None
    moved: dict[Purse, int]
    corrected: bool = False


@dataclass(slots=True)
class History:
    """A fund to which things happen."""

    random: Random
    books: Books = field(default_factory=Books)
    entries: list[Written] = field(default_factory=list)
    allotments: list[Allotment] = field(default_factory=list)
    of_allotment: list[dict[Account, Decimal]] = field(default_factory=list)
    given: Counter[tuple[int, Purse]] = field(default_factory=Counter)
    #: Whole cents per purse that came in or moved there, less those that went for good.
    worth: Counter[Purse] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    #: The most by which debits and credits ever differed after a step.
    worst: Decimal = NOTHING

    def run(self, steps: int) -> "History":
        """Let ``steps`` things happen, or be refused."""
        ways: tuple[tuple[str, Callable[[], None]], ...] = (
            ("receipt", self._receipt),
            ("receipt", self._receipt),
            ("in kind", self._in_kind),
            ("allocation", self._allocation),
            ("allocation", self._allocation),
            ("advance", self._advance),
            ("expenditure", self._expenditure),
            ("expenditure", self._expenditure),
            ("return", self._return),
            ("release", self._release),
            ("refund", self._refund),
            ("reassignment", self._reassignment),
            ("correction", self._correction),
        )
        for _ in range(steps):
            name, happen = self.random.choice(ways)
            try:
                happen()
            except NotBooked:
                self.refused[name] += 1
            else:
                self.happened[name] += 1
            self.worst = max(self.worst, abs(self.books.imbalance()))
        return self

    def faults(self) -> list[str]:
        """Everything that is not as it must be."""
        found = []
        if off := max(self.worst, abs(self.books.imbalance())):
            found.append(f"debits and credits differ by {off}")
        for purse, accounts in self.books.totals.items():
            cash = accounts.get(Account.CASH, NOTHING)
            encumbered = accounts.get(Account.ENCUMBERED, NOTHING)
            if sum(accounts.values()):
                found.append(f"{purse} does not balance")
            if self.books.free(purse) < 0 or cash < 0:
                found.append(f"{purse} is overdrawn")
            if self.books.free(purse) + encumbered != held_of(accounts):
                found.append(f"{purse}: what is free and set aside is not what is there")
            if cents(held_of(accounts)) != self.worth[purse]:
                found.append(f"{purse}: {held_of(accounts)} is there, {self.worth[purse]} cents were counted")
            if encumbered + accounts.get(Account.RESERVED, NOTHING):
                found.append(f"{purse}: set aside without a reserve")
        found += [f"{one} does not hold" for one in map(self._standing, range(len(self.allotments))) if not one.holds]
        return found

    def _receipt(self) -> None:
        purse, contributor, came = self._purse(), self.random.randrange(8), self._amount()
        lines = receipt(purse, contributor, came, new_money=self.random.random() < 0.9)
        self._book(lines, moved={purse: cents(came.usd)})
        self.given[contributor, purse] += cents(came.usd)

    def _in_kind(self) -> None:
        self._book(in_kind(self._purse(), self.random.randrange(8), self._amount()))

    def _allocation(self) -> None:
        purse, percent = self._purse(), self.random.choice(PERCENTS)
        direct = self._share_of(self.books.free(purse) / 3)
        made = Allotment(
            purse, len(self.allotments), self.random.randrange(5), direct, support_on(direct, percent), percent
        )
        self.allotments.append(made)
        self.of_allotment.append({})
        try:
            self._book(allocation(made), made.project)
        except NotBooked:
            self.allotments.pop()
            self.of_allotment.pop()
            raise

    def _advance(self) -> None:
        number = self._some()
        one = self._standing(number)
        self._book(advance(one, self._share_of(one.to_advance)), number)

    def _expenditure(self) -> None:
        number = self._some()
        one = self._standing(number)
        spent = dollars(self._share_of(one.to_spend))
        if self.random.random() < 0.3:
            spent = self._amount(most=2_000_000)
        gone = cents(spent.usd) + cents(one.support_due(spent.usd))
        self._book(expenditure(one, spent), number, moved={one.purse: -gone})

    def _return(self) -> None:
        number = self._some()
        one = self._standing(number)
        self._book(money_returned(one, self._share_of(one.advanced)), number)

    def _release(self) -> None:
        number = self._some()
        self._book(release(self._standing(number)), number)

    def _refund(self) -> None:
        purse, contributor = self._purse(), self.random.randrange(8)
        paid = dollars(self._share_of(self.books.free(purse)))
        if cents(paid.usd) > self.given[contributor, purse]:
            raise NotBooked("they gave less")
        self._book(refund(purse, contributor, paid), moved={purse: -cents(paid.usd)})
        self.given[contributor, purse] -= cents(paid.usd)

    def _reassignment(self) -> None:
        source, target = self._purse(), self._purse()
        share = self._share_of(self.books.free(source))
        self._book(reassignment(source, target, share), moved={source: -cents(share), target: cents(share)})

    def _correction(self) -> None:
        if not self.entries:
            raise NotBooked("nothing was booked yet")
        wrong = self.random.choice(self.entries[-REMEMBERED:])
        if wrong.corrected:
            raise NotBooked("it was corrected already")
        lines = correction(wrong.lines)
        if wrong.of is not None and not self._after(wrong.of, lines).holds:
            raise NotBooked("something rests on it")
        back = {purse: -moved for purse, moved in wrong.moved.items()}
        self._book(lines, wrong.of, moved=back, is_correction=True)
        wrong.corrected = True

    def _book(
        self,
        lines: Lines,
        number: int | None = None,
        *,
        moved: dict[Purse, int] | None = None,
        is_correction: bool = False,
    ) -> None:
        self.books.post(lines)
        self.worth.update(moved or {})
        if number is not None:
            self.of_allotment[number] = self._totals_after(number, lines)
        if not is_correction:
            self.entries.append(Written(lines, number, moved or {}))
            del self.entries[: -REMEMBERED * 2]

    def _after(self, number: int, lines: Lines) -> Allotment:
        return self.allotments[number].standing_at(self._totals_after(number, lines))

    def _totals_after(self, number: int, lines: Lines) -> dict[Account, Decimal]:
        totals = dict(self.of_allotment[number])
        for line in lines:
            totals[line.account] = totals.get(line.account, NOTHING) + line.usd
        return totals

    def _standing(self, number: int) -> Allotment:
        return self.allotments[number].standing_at(self.of_allotment[number])

    def _some(self) -> int:
        if not self.allotments:
            raise NotBooked("nothing was allocated yet")
        recent = self.random.random() < 0.8
        first = max(0, len(self.allotments) - 60) if recent else 0
        return self.random.randrange(first, len(self.allotments))

    def _purse(self) -> Purse:
        return self.random.choice(PURSES)

    def _amount(self, most: int = 90_000_000) -> Sum:
        currency = self.random.choice(("USD", "USD", *RATES))
        amount = Decimal(self.random.randrange(0, most)) / 100
        return priced(Money(amount.quantize(NOTHING), currency), RATES.get(currency))

    def _share_of(self, there: Decimal) -> Decimal:
        """An amount up to what is there, now and then all of it, a cent more than it, or nothing."""
        whole = max(cents(there), 0)
        asked = self.random.choice((whole, whole + 1, 0, *(self.random.randrange(whole + 1) for _ in range(8))))
        return (Decimal(asked) / 100).quantize(NOTHING)


def cents(usd: Decimal) -> int:
    """Whole cents, rounded down."""
    return int(usd * 100)
