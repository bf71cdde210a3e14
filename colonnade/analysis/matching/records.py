"""What the matching engine reads and answers: plain values, without models.

A :class:`Record` is a need or a project. A :class:`Suggestion` is one candidate for a query, with contributions that
add up to its score, in millionths, exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

#: What stands between a title and its text where both are read as one.
JOINT: Final = ".\n"
#: Scores and contributions are whole numbers of this unit.
UNIT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """A need or a project. ``countries`` are codes; none means global, regional or not said."""

    id: str
    text: str
    title: str = ""
    countries: frozenset[str] = frozenset()
    theme: str = ""
    mandates: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None
    language: str = ""

    @property
    def whole(self) -> str:
        """Title and text as the engine reads them."""
        return f"{self.title}{JOINT}{self.text}" if self.title else self.text


class Kind(StrEnum):
    """What a contribution rests on."""

    WORDS = "words"
    CONCEPT = "concept"
    RELATED = "related"
    MODEL = "model"
    COUNTRY = "country"
    THEME = "theme"
    MANDATE = "mandate"
    DATES = "dates"
    EARLIER = "earlier"


class Place(NamedTuple):
    """A stretch of a record's ``title`` or ``text``: Python indices, ``value[start:end]``."""

    field: str
    start: int
    end: int


class Contribution(NamedTuple):
    """A part of a score, in millionths: what was found, and where in the query and in the candidate."""

    kind: Kind
    what: str
    amount: int
    in_query: tuple[Place, ...] = ()
    in_candidate: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate for a query: its rank from 1, its score in millionths, and what the score is the sum of."""

    query: str
    candidate: str
    rank: int
    contributions: tuple[Contribution, ...]
    score: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", sum(each.amount for each in self.contributions))


def place_in(record: Record, start: int, end: int) -> Place:
    """The place of a stretch of ``record.whole``."""
    offset = len(record.title) + len(JOINT) if record.title else 0
    if start < offset:
        return Place("title", start, min(end, len(record.title)))
    return Place("text", start - offset, end - offset)


def without(record: Record, places: Mapping[str, list[tuple[int, int]]]) -> Record:
    """The record with stretches of ``title`` and ``text`` blanked: to try what evidence is worth."""
    changed = {}
    for name, stretches in places.items():
        value = getattr(record, name)
        for start, end in stretches:
            value = value[:start] + " " * (end - start) + value[end:]
        changed[name] = value
    return Record(
        id=record.id,
        text=changed.get("text", record.text),
        title=changed.get("title", record.title),
        countries=record.countries,
        theme=record.theme,
        mandates=record.mandates,
        start=record.start,
        end=record.end,
        language=record.language,
    )
