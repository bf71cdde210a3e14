"""How tables of the board print amounts and means."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from colonnade.analysis.figures.display import grouped, rounded

NOTHING: Final = "–"


def money(value: Decimal | None) -> str:
    """An amount as tables print it: with cents where there are any."""
    if value is None:
        return NOTHING
    return grouped(value, 0 if rounded(value, 2) == rounded(value, 0) else 2)


def mean(value: Fraction | None) -> str:
    """A mean, rounded here and nowhere else."""
    return NOTHING if value is None else grouped(Decimal(value.numerator) / Decimal(value.denominator), 2)
