"""Bars in cells of a table: lengths on one scale, to compare a column at a glance. The number stands by."""

from collections.abc import Sequence
from decimal import Decimal

from colonnade.analysis.figures.display import rounded


def bar_lengths(values: Sequence[int | Decimal | None]) -> list[int]:
    """A length in 0 to 100 for each value, the largest 100. Nothing reported, nought and less have no bar; what is
    small still has one."""
    largest = Decimal(max((value for value in values if value is not None), default=0))
    return [_length(value, largest) for value in values]


def _length(value: int | Decimal | None, largest: Decimal) -> int:
    if value is None or value <= 0:
        return 0
    return max(1, int(rounded(Decimal(value) * 100 / largest, 0)))
