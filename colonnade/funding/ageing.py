"""How long promised money has been due: what was paid goes to what fell due first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

#: The last day overdue of each class but the last; what is not due yet stands before them.
CLASSES: Final = (30, 90, 180, 365)
#: The class of what has no day on which it falls due: it grows no older, and is not called "not due yet" for ever.
UNDATED: Final = len(CLASSES) + 2


@dataclass(frozen=True, slots=True)
class Due:
    """A sum and the day on which it falls due; ``None`` where no day was said."""

    on: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What of a due sum is still to come, and for how many days it has been due (below zero: still to come)."""

    due: Due
    amount: Decimal
    days: int | None

    @property
    def age(self) -> int:
        """The class it stands in: 0 for what is not due, then one more for each of :data:`CLASSES`, the last of them
        open; :data:`UNDATED` where no day was said."""
        if self.days is None:
            return UNDATED
        if self.days <= 0:
            return 0
        return 1 + sum(self.days > last for last in CLASSES)


def outstanding(dues: Sequence[Due], paid: Decimal, today: date) -> tuple[Outstanding, ...]:
    """What is still to come of ``dues``, after ``paid`` went to those that fell due first; undated ones come last."""
    left = paid
    found = []
    for due in sorted(dues, key=lambda due: (due.on is None, due.on or today)):
        covered = min(max(left, Decimal(0)), due.amount)
        left -= covered
        if due.amount > covered:
            days = (today - due.on).days if due.on else None
            found.append(Outstanding(due, due.amount - covered, days))
    return tuple(found)
