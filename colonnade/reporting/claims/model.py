"""Claims, lists and their items as plain values. What they mean for one another stands in :mod:`.relations`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from colonnade.reporting.claims.dates import Span
from colonnade.reporting.claims.intervals import Interval

DATE: Final = "date"
LIST: Final = "list"
#: Units of numbers that can only be whole.
WHOLE_UNITS: Final = frozenset({"count", "ordinal"})
NUMBER_UNITS: Final = WHOLE_UNITS | {"USD", "per cent", "years", "days"}
UNITS: Final = NUMBER_UNITS | {DATE, LIST}
SCALES: Final[Mapping[str, int]] = MappingProxyType(
    {"": 1, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
)
#: Qualifier -> the word that a text puts before the number.
QUALIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "exact": "",
        "more_than": "more than ",
        "at_least": "at least ",
        "less_than": "less than ",
        "at_most": "at most ",
        "about": "about ",
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a list that the document prints, with its date where the list gives one."""

    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a claim in the registry: a figure, its parameters, and for a table the cell.

    ``cell`` names the ``measure`` and, by dimension, the codes of its row.
    """

    figure: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    cell: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        place = "".join(f", {name} {value}" for name, value in (*self.parameters.items(), *self.cell.items()))
        return f"{self.figure}{place}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number, a date or a list that a document states, and where.

    ``value`` is in base units (dollars, not millions) and is ``None`` for a date or a list; ``interval`` is what it may
    stand for; ``printed`` is how it reads. ``items`` is the list that stands with it, ``None`` where there is none.
    ``row`` is the line of the file.
    """

    key: str
    source: str
    counts: str
    unit: str
    row: int
    value: Fraction | None = None
    interval: Interval | None = None
    printed: str = ""
    qualifier: str = "exact"
    of: str = ""
    span: Span | None = None
    items: tuple[Item, ...] | None = None
    answer: Answer | None = None
    restates: str = ""
    note: str = ""

    @property
    def is_number(self) -> bool:
        return self.value is not None

    @property
    def is_single(self) -> bool:
        """Whether only one value is meant, so that using it twice in a relation does no harm."""
        return self.interval is not None and self.interval.low == self.interval.high


@dataclass(frozen=True, slots=True)
class Published:
    """The document that the claims are of."""

    symbol: str
    title: str
    dated: Span


def plain(value: Fraction, places: int = 2) -> str:
    """A number as people write it: ``1,234``, ``2.5``; at most ``places`` decimals, without idle zeros."""
    rounded = (Decimal(value.numerator) / value.denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: Fraction, unit: str, places: int = 2) -> str:
    """A number with its unit, as a message prints it: ``$238.9 million``, ``51%``, ``3 days``, ``314``."""
    if unit == "USD":
        if abs(value) >= SCALES["million"] and value % 1000 == 0:
            return f"${plain(value / SCALES['million'], 3)} million"
        return f"${plain(value, places)}"
    if unit == "per cent":
        return f"{plain(value, places)}%"
    if unit in {"years", "days"}:
        return f"{plain(value, places)} {unit[:-1] if value == 1 else unit}"
    return plain(value, places)
