"""What kind of pair it is, by stated rules over the two records; the first that holds decides.

1. One names the other as its parent: *parent* or *child*. Both name the same parent: *co-funded part*.
2. The titles are the same but for the number of a phase, or an entity continues under one title: *phase*.
3. Titles are the same, and money and time of one lie within the other's, of another entity: *co-funded part*.
4. Nearly the same is done (probability of a half or more): *likely duplicate record* where the words of one are nearly
   all in the other and the titles are alike, else *likely overlap*.
5. Less is the same, but the place is and the time is not apart: *complementary*.
6. What is left is a *likely overlap* of low probability; or *different*, which is said of pairs that somebody asked
   about and never proposed.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from colonnade.analysis.overlap.words import NOT_WORDS, folded


class Kind(StrEnum):
    """Of *parent* and *child* it is said what the first record is to the second."""

    DUPLICATE = "likely duplicate record"
    OVERLAP = "likely overlap"
    COMPLEMENTARY = "complementary"
    PARENT = "related: parent"
    CHILD = "related: child"
    PART = "related: co-funded part"
    PHASE = "related: phase"
    DIFFERENT = "different"

    @property
    def is_related(self) -> bool:
        return self.value.startswith("related")

    @property
    def turned(self) -> "Kind":
        """The kind of the same pair the other way round."""
        return {Kind.PARENT: Kind.CHILD, Kind.CHILD: Kind.PARENT}.get(self, self)


#: From this probability on nearly the same is done.
NEARLY_THE_SAME: Final = 0.5
#: Below this one two records are different.
HARDLY: Final = 0.05
#: A record's words are nearly all in the other's; two titles are alike.
NEARLY_ALL: Final = 0.7
ALIKE: Final = 0.55
#: A part's money is at most so much of the whole's.
_LARGEST_PART: Final = 0.8
#: One phase follows the other: the next begins within so many days of the end, or overlaps it by as many.
_FOLLOWS_WITHIN: Final = 400
_OVERLAPS_BY: Final = 100

_PHASE: Final = re.compile(
    r"\b(?:phases?|stages?|fases?|etapas?|etapes?|tranches?|этап|фаза|стадия|المرحله)\b|第|期|阶段", re.IGNORECASE
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_SPELT: Final = {
    **dict.fromkeys(("one", "first", "une", "premiere", "uno", "primera", "первый", "первая", "一"), 1),
    **dict.fromkeys(("two", "second", "deux", "deuxieme", "dos", "segunda", "второй", "вторая", "二"), 2),
    **dict.fromkeys(("three", "third", "trois", "troisieme", "tres", "tercera", "третий", "третья", "三"), 3),
}


@dataclass(frozen=True, slots=True)
class Side:
    """What the rules ask of a record."""

    id: str
    entity: str
    title: str
    parent: str
    start: date | None
    end: date | None
    amount: float | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What the rules ask of both: probability, the share of the shorter's words that the other has too, how alike the
    titles are, whether a country is shared, and whether the periods are known to be apart."""

    probability: float
    cover: float
    titles: float
    place: bool
    apart: bool


def kind_of(one: Side, other: Side, shared: Shared) -> Kind:
    """The kind of a pair."""
    related = relation(one, other)
    if related is not None:
        return related
    if shared.probability >= NEARLY_THE_SAME:
        nearly = shared.cover >= NEARLY_ALL and shared.titles >= ALIKE
        return Kind.DUPLICATE if nearly else Kind.OVERLAP
    if shared.probability < HARDLY:
        return Kind.DIFFERENT
    if shared.place and not shared.apart:
        return Kind.COMPLEMENTARY
    return Kind.OVERLAP


def relation(one: Side, other: Side) -> Kind | None:
    """How two records are related, if they are: by parent, phase, or as parts of one sum."""
    if other.parent and other.parent == one.id:
        return Kind.PARENT
    if one.parent and one.parent == other.id:
        return Kind.CHILD
    if one.parent and one.parent == other.parent:
        return Kind.PART
    (stem, number), (other_stem, other_number) = numbered(one.title), numbered(other.title)
    if not stem or stem != other_stem:
        return None
    if number != other_number and not (number in (None, 1) and other_number in (None, 1)):
        return Kind.PHASE
    same_entity = bool(one.entity) and one.entity == other.entity
    if same_entity:
        return Kind.PHASE if _follows(one, other) or _follows(other, one) else None
    return Kind.PART if _within(one, other) or _within(other, one) else None


def numbered(title: str) -> tuple[str, int | None]:
    """A title without the number of its phase, and that number: ``Border posts (phase II)`` is ``border posts``, 2.

    A number counts as one of a phase where it stands beside a word for phase, or last.
    """
    plain = NOT_WORDS.sub(" ", folded(title)).strip()
    words = _PHASE.sub(" \0 ", plain).split()
    if not words:
        return "", None
    for at, word in enumerate(words):
        if word != "\0":
            continue
        for beside in (at + 1, at - 1):
            if 0 <= beside < len(words) and (number := _number(words[beside])) is not None:
                kept = [each for place, each in enumerate(words) if place not in (at, beside) and each != "\0"]
                return " ".join(kept), number
    kept = [word for word in words if word != "\0"]
    if len(kept) > 1 and (number := _number(kept[-1])) is not None and kept[-1] not in _SPELT:
        return " ".join(kept[:-1]), number
    return " ".join(kept), None


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 4:
        return int(word)
    return _ROMAN.get(word) or _SPELT.get(word)


def _follows(one: Side, other: Side) -> bool:
    if one.end is None or other.start is None:
        return False
    return -_OVERLAPS_BY <= (other.start - one.end).days <= _FOLLOWS_WITHIN


def _within(part: Side, whole: Side) -> bool:
    """Whether the money and the time of ``part`` lie within those of ``whole``."""
    if not (part.amount and whole.amount and part.start and part.end and whole.start and whole.end):
        return False
    return part.amount <= _LARGEST_PART * whole.amount and whole.start <= part.start and part.end <= whole.end
