"""Shares of needs for tables and heat maps, and how deep a cell is shaded. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from colonnade.analysis.crosstab.model import Number

HUNDRED: Final = 100
#: The largest share, in per cent, of each shade of a heat map of shares; the last is everything.
SHARE_BOUNDS: Final[tuple[Decimal, ...]] = tuple(Decimal(bound) for bound in (25, 50, 75, 100))


def share_of(part: Number | None, whole: Number | None) -> Decimal | None:
    """``part`` as per cent of ``whole``; ``None`` where there is no whole."""
    return Decimal(HUNDRED) * Decimal(part or 0) / Decimal(whole) if whole else None


@dataclass(frozen=True, slots=True)
class Ratio:
    """A number of needs among others: ``part`` of ``whole``."""

    part: int
    whole: int

    @property
    def share(self) -> Decimal | None:
        """In per cent."""
        return share_of(self.part, self.whole)
