"""Where in the list of changes a page goes on: after some of the events of one moment.

A moment, not an event's number: the gaps between numbers would tell how much was written that the reader does not see.
The events of one transaction share their moment, so a place also says how many of them were shown, of those that the
reader sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self


@dataclass(frozen=True, slots=True)
class Place:
    """Before ``moment``, or of it but for the ``shown`` newest."""

    moment: datetime
    shown: int

    @classmethod
    def parsed(cls, text: str) -> Self:
        """What :meth:`__str__` wrote. Raises ``ValueError`` for anything else."""
        moment, _, shown = text.partition("~")
        if not (shown.isascii() and shown.isdigit() and len(shown) < 10):
            raise ValueError(text)
        return cls(datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC), int(shown))

    @classmethod
    def after(cls, moments: Sequence[datetime], before: Self | None) -> Self:
        """The place behind a page of events, newest first, that began at ``before``."""
        last = moments[-1]
        shown = sum(moment == last for moment in moments)
        if before is not None and before.moment == last:
            shown += before.shown
        return cls(last, shown)

    def __str__(self) -> str:
        return f"{self.moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}~{self.shown}"
