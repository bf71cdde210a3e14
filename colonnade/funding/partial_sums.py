"""What a sum below the requirement would do: lines of an amount and what it pays for, ``50000 Two courses``.

Pure: the text is what is kept, these are its lines. Amounts are in US dollars.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_LINE: Final = re.compile(r"\s*(\d[\d, ]*(?:\.\d{1,2})?)\s+(\S.*?)\s*")
#: Amounts have this many digits before the point at most.
_DIGITS: Final = 16


class NoPartialSum(ValueError):
    """A line is no amount with what it does. ``line`` is it."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class PartialSum:
    """A sum, and what it would do."""

    usd: Decimal
    does: str


def read_partial_sums(text: str) -> tuple[PartialSum, ...]:
    """The lines of ``text``, the smallest sum first. Raises :class:`NoPartialSum`."""
    return tuple(sorted(map(_read, filter(str.strip, text.splitlines())), key=lambda one: one.usd))


def write_partial_sums(several: Sequence[PartialSum]) -> str:
    """The text that reads as these."""
    return "\n".join(f"{one.usd:.2f} {one.does}" for one in several)


def _read(line: str) -> PartialSum:
    found = _LINE.fullmatch(line)
    if found is None:
        raise NoPartialSum(line.strip())
    digits = re.sub(r"[, ]", "", found[1])
    usd = Decimal(digits).quantize(Decimal("0.01"))
    if usd <= 0 or len(digits.partition(".")[0]) > _DIGITS:
        raise NoPartialSum(line.strip())
    return PartialSum(usd, found[2])
