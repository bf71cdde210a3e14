"""The arithmetic of an appeal: pure functions over plain amounts in US dollars.

*Received* is what was contributed to the project itself, and what of the fund is the project's: of what was paid under
pledges for it and what was allocated to it, the larger, because what was paid for a project is allocated to it first,
and the same dollar is counted once. *Pledged* is what is still to come under pledges for it. *Shortfall* is the
requirement less both, never below nothing; what is beyond the requirement is a *surplus*, which makes up for no other
entry's shortfall. So of one entry and of any number together::

    requirement + surplus = received + pledged + shortfall

The rule for a reader who is not told what came in under a pledge, and for several themes, regions and needs of one
entry, stands in ``docs/decisions/0022-the-appeal.md``.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

NOTHING: Final = Decimal("0.00")
CENT: Final = Decimal("0.01")
#: Of these at least so many donors are crowding.
CROWDED: Final = 3

K = TypeVar("K", bound=Hashable)
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Promise:
    """A pledge: ``usd`` is the whole of it, ``settled`` whether it was paid in full. ``paid`` is what came in and
    ``open`` what is still to come; both are ``None`` for a reader who is not told."""

    usd: Decimal
    settled: bool = False
    paid: Decimal | None = None
    open: Decimal | None = None

    @property
    def received(self) -> Decimal:
        """What counts as paid: to a reader who is not told, nothing before all of it was."""
        if self.paid is not None:
            return self.paid
        return self.usd if self.settled else NOTHING

    @property
    def to_come(self) -> Decimal:
        """What counts as still to come."""
        if self.settled:
            return NOTHING
        return self.usd if self.open is None else self.open


@dataclass(frozen=True, slots=True)
class Money:
    """What is recorded toward one entry, as far as one reader may read it."""

    contributed: Decimal = NOTHING
    allocated: Decimal = NOTHING
    promises: tuple[Promise, ...] = ()

    @property
    def of_the_fund(self) -> Decimal:
        """What of the fund is the project's."""
        return max(self.allocated, sum((one.received for one in self.promises), NOTHING))


@dataclass(frozen=True, slots=True)
class Sums:
    """Requirement, received, pledged, shortfall and surplus of an entry, or of several together."""

    requirement: Decimal = NOTHING
    received: Decimal = NOTHING
    pledged: Decimal = NOTHING
    shortfall: Decimal = NOTHING
    surplus: Decimal = NOTHING

    @property
    def adds_up(self) -> bool:
        """Whether the five are one sum."""
        return self.requirement + self.surplus == self.received + self.pledged + self.shortfall

    @property
    def covered(self) -> Decimal:
        """What of the requirement is received or pledged."""
        return self.requirement - self.shortfall

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.requirement + other.requirement,
            self.received + other.received,
            self.pledged + other.pledged,
            self.shortfall + other.shortfall,
            self.surplus + other.surplus,
        )


def sums_of(requirement: Decimal, money: Money) -> Sums:
    """What an entry that asks for ``requirement`` stands at."""
    received = money.contributed + money.of_the_fund
    pledged = sum((one.to_come for one in money.promises), NOTHING)
    missing = requirement - received - pledged
    return Sums(requirement, received, pledged, max(missing, NOTHING), max(-missing, NOTHING))


def together(several: Iterable[Sums]) -> Sums:
    """Several added up, each of the five on its own: a surplus makes up for no other's shortfall."""
    return sum(several, Sums())


def divided(amount: Decimal, parts: int) -> list[Decimal]:
    """An amount of whole cents in equal parts of whole cents; the cents that are left go to the first parts."""
    if parts < 1:
        raise ValueError("an amount is divided into one part at least")
    each, rest = divmod(int(amount / CENT), parts)
    return [Decimal(each + (1 if place < rest else 0)) * CENT for place in range(parts)]


def shared(sums: Sums, parts: int) -> list[Sums]:
    """Equal parts of an entry's sums, one for each of several themes, regions or needs: together the whole.

    A smaller amount never has a larger part than a larger one, so that no part of what is left is below nothing.
    """
    came = sums.received + sums.pledged
    made = []
    for requirement, all_of_it, pledged in zip(
        divided(sums.requirement, parts), divided(came, parts), divided(sums.pledged, parts), strict=True
    ):
        missing = requirement - all_of_it
        made.append(Sums(requirement, all_of_it - pledged, pledged, max(missing, NOTHING), max(-missing, NOTHING)))
    return made


@dataclass(frozen=True, slots=True)
class Line:
    """A value of a dimension: how many entries have it, and their parts added up."""

    entries: int
    sums: Sums


def by_value(entries: Sequence[tuple[E, Sums]], values: Callable[[E], Sequence[K]]) -> dict[K | None, Line]:
    """Totals by the values of a dimension, in the order in which they are met; ``None`` for entries without one.

    An entry with several values is divided equally among them, so that the lines add up to the whole; it is one entry
    of each of them.
    """
    found: dict[K | None, Line] = {}
    for entry, sums in entries:
        keys: Sequence[K | None] = list(dict.fromkeys(values(entry))) or [None]
        for key, part in zip(keys, shared(sums, len(keys)), strict=True):
            before = found.get(key, Line(0, Sums()))
            found[key] = Line(before.entries + 1, before.sums + part)
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an entry since a moment: ``before`` is ``None`` for a new one, ``now`` for one that left."""

    before: Sums | None
    now: Sums | None


@dataclass(frozen=True, slots=True)
class Flow:
    """From a moment to today: the requirement before, of entries that joined, that left, and what changed within."""

    before: Sums
    joined: Sums
    left: Sums
    carried_before: Sums
    carried_now: Sums
    now: Sums

    @property
    def changed(self) -> Decimal:
        """By how much the requirement of entries that stayed changed."""
        return self.carried_now.requirement - self.carried_before.requirement

    @property
    def adds_up(self) -> bool:
        """Whether what was before, came, went and changed comes to what is now, in requirement and in money."""

        def holds(of: Callable[[Sums], Decimal]) -> bool:
            moved = of(self.carried_now) - of(self.carried_before)
            return of(self.before) + of(self.joined) - of(self.left) + moved == of(self.now)

        return all(
            holds(of)
            for of in (
                lambda one: one.requirement,
                lambda one: one.received,
                lambda one: one.pledged,
                lambda one: one.shortfall,
                lambda one: one.surplus,
            )
        )


def flow(before: Mapping[K, Sums], now: Mapping[K, Sums]) -> tuple[dict[K, Change], Flow]:
    """What became of each entry, and all of it as a flow. Those that are new stand last."""
    keys = list(dict.fromkeys([*before, *now]))
    changes = {key: Change(before.get(key), now.get(key)) for key in keys}
    carried = [key for key in before if key in now]
    return changes, Flow(
        before=together(before.values()),
        joined=together(sums for key, sums in now.items() if key not in before),
        left=together(sums for key, sums in before.items() if key not in now),
        carried_before=together(before[key] for key in carried),
        carried_now=together(now[key] for key in carried),
        now=together(now.values()),
    )
