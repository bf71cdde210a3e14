"""How long a request may wait, and how far the day is by which it is to be done. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta


def due_after(today: date, days: int) -> date | None:
    """The day by which a step that begins ``today`` is to be done; ``None`` where no clock runs."""
    return today + timedelta(days=days) if days else None


@dataclass(frozen=True, slots=True)
class Clock:
    """The day by which something is to be done, seen from ``today``."""

    due_on: date
    today: date

    @property
    def left(self) -> int:
        """Days left; 0 on the day itself and after it."""
        return max(0, (self.due_on - self.today).days)

    @property
    def overdue(self) -> int:
        """Days past it; 0 while there is time."""
        return max(0, (self.today - self.due_on).days)
