"""Exact arithmetic on what a printed number may stand for: intervals of rational numbers.

A number printed as 238.9 million stands for every value from 238.85 up to, and not including, 238.95 million;
"more than 550" stands for everything above 550. Ends are :class:`~fractions.Fraction`, never floating point, and each
end is either part of the interval or not, so that "allowed for rounding" has an exact answer. An end that is ``None``
is infinite.

For independent values the sum, the difference, the product and the quotient of intervals are exactly the set of values
that the operation can take; a relation that used one value twice would be judged too leniently, which is why the
loader refuses one that does (:mod:`.loading`).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between ``low`` and ``high``; an end that is open is not itself among them."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exactly(cls, value: Fraction | int) -> Self:
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def rounded(cls, value: Fraction, half_unit: Fraction) -> Self:
        """What rounds, halves upwards, to ``value``: its low end is among them, its high end is not."""
        return cls(value - half_unit, value + half_unit, high_open=half_unit > 0)

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __contains__(self, value: Fraction | int) -> bool:
        return not self.intersection(Interval.exactly(value)).is_empty

    def __add__(self, other: "Interval") -> "Interval":
        if self.is_empty or other.is_empty:
            return NOTHING
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __neg__(self) -> "Interval":
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def times(self, other: "Interval") -> "Interval":
        """The product. Neither factor may be negative; what is below zero is left out of both."""
        one, two = self._from_zero(), other._from_zero()
        if one.is_empty or two.is_empty:
            return NOTHING
        low, low_open = _product(one.low, one.low_open, two.low, two.low_open)
        high, high_open = _product(one.high, one.high_open, two.high, two.high_open)
        return Interval(low, high, low_open, high_open)

    def over(self, divisor: "Interval") -> "Interval":
        """The quotient of two values that are not negative; a divisor of zero has no quotient and is left out."""
        return self.times(divisor._from_zero()._inverse())

    def intersection(self, other: "Interval") -> "Interval":
        low, low_open = _tighter(self.low, self.low_open, other.low, other.low_open, upwards=True)
        high, high_open = _tighter(self.high, self.high_open, other.high, other.high_open, upwards=False)
        return Interval(low, high, low_open, high_open)

    def whole_numbers(self) -> "Interval":
        """The smallest interval that holds the whole numbers among these, its ends being two of them."""
        low = high = None
        if self.low is not None:
            low = Fraction(math.floor(self.low) + 1 if self.low_open else math.ceil(self.low))
        if self.high is not None:
            high = Fraction(math.ceil(self.high) - 1 if self.high_open else math.floor(self.high))
        return Interval(low, high)

    def distance(self, other: "Interval") -> Fraction:
        """How far apart the nearest values of the two lie; zero where they meet or touch."""
        if self.low is not None and other.high is not None and self.low > other.high:
            return self.low - other.high
        if other.low is not None and self.high is not None and other.low > self.high:
            return other.low - self.high
        return Fraction(0)

    def can_be_at_most(self, other: "Interval") -> bool:
        """Whether some value here is less than, or equal to, some value of ``other``."""
        if self.is_empty or other.is_empty:
            return False
        if self.low is None or other.high is None or self.low < other.high:
            return True
        return self.low == other.high and not self.low_open and not other.high_open

    def _from_zero(self) -> "Interval":
        return self.intersection(Interval(Fraction(0), None))

    def _inverse(self) -> "Interval":
        if self.high == 0:
            raise ZeroDivisionError("nothing can be divided by what can only be zero")
        low = Fraction(0) if self.high is None else 1 / self.high
        high = None if not self.low else 1 / self.low
        return Interval(low, high, self.high_open or self.high is None, self.low_open)


#: No value at all: what no count can round to, such as 50 per cent of three projects.
NOTHING: Final = Interval(Fraction(1), Fraction(0))


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of independent values."""
    return sum(intervals, start=Interval.exactly(0))


def _product(
    one: Fraction | None, one_open: bool, two: Fraction | None, two_open: bool
) -> tuple[Fraction | None, bool]:
    """An end of a product of values that are not negative: zero times anything is zero, and is reached."""
    if (one == 0 and not one_open) or (two == 0 and not two_open):
        return Fraction(0), False
    if one is None or two is None:
        return None, False
    return one * two, one_open or two_open


def _tighter(
    one: Fraction | None, one_open: bool, two: Fraction | None, two_open: bool, *, upwards: bool
) -> tuple[Fraction | None, bool]:
    if one is None or two is None:
        return (two, two_open) if one is None else (one, one_open)
    if one == two:
        return one, one_open or two_open
    return (one, one_open) if (one > two) == upwards else (two, two_open)
