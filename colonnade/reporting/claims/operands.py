"""The sides of a relation: a claim, a constant, or something made of them, and what it may amount to.

Every operand yields a :class:`Quantity`. A share of a count is itself a count, so of 314 projects "16%" is 49, 50 or
51 of them and nothing between: whole numbers are kept whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import prod

from colonnade.reporting.claims.dates import Span
from colonnade.reporting.claims.intervals import Interval, total
from colonnade.reporting.claims.model import WHOLE_UNITS, Claim, Item, plain, with_unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """What an operand amounts to: as printed (``value``), at all (``interval``), in words (``text``)."""

    value: Fraction
    interval: Interval
    unit: str
    text: str
    compound: bool = False

    def __str__(self) -> str:
        """``25% + 16% + 55% = 96%``, with the range that rounding leaves where it leaves one."""
        if not self.compound:
            return self.text
        return f"{self.text} = {with_unit(self.value, self.unit)}"

    @property
    def range(self) -> str:
        """The values that rounding allows, in words; empty where there is only one."""
        low, high = self.interval.low, self.interval.high
        if low == high:
            return ""
        if low is None:
            return f"up to {with_unit(high, self.unit, 4)}" if high is not None else ""
        if high is None:
            return f"{'above ' if self.interval.low_open else ''}{with_unit(low, self.unit, 4)}" + (
                "" if self.interval.low_open else " or more"
            )
        ends = f"{with_unit(low, self.unit, 4)} to {with_unit(high, self.unit, 4)}"
        return f"{ends}, the last excluded" if self.interval.high_open else ends


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that the document states."""

    claim: Claim

    def claims(self) -> tuple[Claim, ...]:
        return (self.claim,)

    def quantity(self) -> Quantity:
        claim = self.claim
        assert claim.value is not None
        assert claim.interval is not None
        return Quantity(claim.value, claim.interval, claim.unit, claim.printed)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that needs no source, such as the 100 that shares add up to."""

    value: Fraction
    unit: str = ""

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def quantity(self) -> Quantity:
        return Quantity(self.value, Interval.exactly(self.value), self.unit, with_unit(self.value, self.unit))


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added up."""

    parts: tuple["Operand", ...]

    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for part in self.parts for claim in part.claims())

    def quantity(self) -> Quantity:
        parts = [part.quantity() for part in self.parts]
        return Quantity(
            sum((part.value for part in parts), Fraction(0)),
            total(part.interval for part in parts),
            _unit(parts),
            " + ".join(_inner(part) for part in parts),
            compound=True,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """The first less the rest."""

    first: "Operand"
    rest: tuple["Operand", ...]

    def claims(self) -> tuple[Claim, ...]:
        return self.first.claims() + tuple(claim for part in self.rest for claim in part.claims())

    def quantity(self) -> Quantity:
        first, rest = self.first.quantity(), [part.quantity() for part in self.rest]
        return Quantity(
            first.value - sum((part.value for part in rest), Fraction(0)),
            first.interval - total(part.interval for part in rest),
            _unit([first, *rest]),
            " − ".join(_inner(part) for part in (first, *rest)),
            compound=True,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """So many per cent of a whole; whole where the whole counts things and is exact."""

    share: "Operand"
    whole: "Operand"

    def claims(self) -> tuple[Claim, ...]:
        return self.share.claims() + self.whole.claims()

    def quantity(self) -> Quantity:
        share, whole = self.share.quantity(), self.whole.quantity()
        interval = share.interval.times(whole.interval).over(Interval.exactly(100))
        if whole.unit in WHOLE_UNITS and whole.interval.low == whole.interval.high:
            interval = interval.whole_numbers()
        text = f"{_inner(share)} of {_inner(whole)}"
        return Quantity(share.value * whole.value / 100, interval, whole.unit, text, compound=True)


@dataclass(frozen=True, slots=True)
class Product:
    """Factors multiplied: a number of things and an amount for each."""

    factors: tuple["Operand", ...]

    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for factor in self.factors for claim in factor.claims())

    def quantity(self) -> Quantity:
        factors = [factor.quantity() for factor in self.factors]
        unit = next((factor.unit for factor in factors if factor.unit not in WHOLE_UNITS | {""}), "count")
        return Quantity(
            prod((factor.value for factor in factors), start=Fraction(1)),
            reduce(Interval.times, (factor.interval for factor in factors)),
            unit,
            " × ".join(_inner(factor) for factor in factors),
            compound=True,
        )


@dataclass(frozen=True, slots=True)
class Ratio:
    """One number for each of another; ``times`` is 100 where the ratio is a percentage."""

    over: "Operand"
    under: "Operand"
    times: int = 1
    unit: str = ""

    def claims(self) -> tuple[Claim, ...]:
        return self.over.claims() + self.under.claims()

    def quantity(self) -> Quantity:
        over, under = self.over.quantity(), self.under.quantity()
        interval = over.interval.times(Interval.exactly(self.times)).over(under.interval)
        text = f"{_inner(over)} ÷ {_inner(under)}"
        return Quantity(over.value * self.times / under.value, interval, self.unit, text, compound=True)


@dataclass(frozen=True, slots=True)
class Selection:
    """A list that the document prints, or some of it, or it as another reading has it.

    ``first`` keeps the head of the list and ``in_year`` what may fall in that year; ``without`` leaves items out,
    ``added`` puts items in that the list lacks, ``moved`` gives items another date.
    """

    claim: Claim
    first: int | None = None
    in_year: Span | None = None
    without: frozenset[str] = frozenset()
    added: tuple[Item, ...] = ()
    moved: Mapping[str, Span] | None = None

    def items(self) -> tuple[Item, ...]:
        """The items that are meant, in the order of the list."""
        moved = self.moved or {}
        kept = [
            Item(item.name, moved.get(item.name, item.span))
            for item in (*(self.claim.items or ()), *self.added)
            if item.name not in self.without
        ]
        if self.in_year is not None:
            kept = [item for item in kept if item.span is not None and item.span.can_fall_within(self.in_year)]
        return tuple(kept[: self.first])

    def names(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.items())


@dataclass(frozen=True, slots=True)
class Length:
    """How many items a list has."""

    selection: Selection

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def quantity(self) -> Quantity:
        length = Fraction(len(self.selection.items()))
        where = f" in {self.selection.in_year}" if self.selection.in_year else ""
        text = f"{plain(length)} listed{where}"
        return Quantity(length, Interval.exactly(length), "count", text)


Operand = Stated | Constant | Sum | Difference | Share | Product | Ratio | Length


def share_of(share: Operand, whole: Operand) -> Operand:
    """A share of a whole, taken apart: a sum of shares is a sum of counts, each of which is whole.

    100 per cent of the whole is the whole.
    """
    if isinstance(share, Sum):
        return Sum(tuple(share_of(part, whole) for part in share.parts))
    if isinstance(share, Difference):
        return Difference(share_of(share.first, whole), tuple(share_of(part, whole) for part in share.rest))
    if isinstance(share, Constant) and share.value == 100:
        return whole
    return Share(share, whole)


def sources_of(operand: Operand) -> tuple[str, ...]:
    """The paragraphs behind an operand, in the order of mention."""
    if isinstance(operand, Length):
        return (operand.selection.claim.source,)
    if isinstance(operand, Sum):
        return tuple(source for part in operand.parts for source in sources_of(part))
    if isinstance(operand, Product):
        return tuple(source for factor in operand.factors for source in sources_of(factor))
    if isinstance(operand, Difference):
        return sources_of(operand.first) + tuple(source for part in operand.rest for source in sources_of(part))
    return tuple(claim.source for claim in operand.claims())


def _inner(quantity: Quantity) -> str:
    return (
        f"({quantity.text})"
        if quantity.compound and (" + " in quantity.text or " − " in quantity.text)
        else (quantity.text)
    )


def _unit(quantities: list[Quantity]) -> str:
    return next((quantity.unit for quantity in quantities if quantity.unit), "")
