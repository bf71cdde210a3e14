"""Three-way merge, field by field: what two people made of the same values. Pure; nothing here knows a record."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Side(StrEnum):
    """Whose value of a field stands."""

    BOTH = "both"
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Merged(Generic[K, V]):
    """``values`` without the fields that are in conflict; ``sides`` says whose each of them is.

    ``conflicts`` are the fields that both sides changed, each to something else: a person has to choose.
    """

    values: Mapping[K, V]
    sides: Mapping[K, Side]
    conflicts: tuple[K, ...]


def merge(
    base: Mapping[K, V],
    theirs: Mapping[K, V],
    mine: Mapping[K, V],
    *,
    together: Iterable[Collection[K]] = (),
) -> Merged[K, V]:
    """What came of ``base`` under two hands. The three have the same fields; their order is that of ``base``.

    A field that one side changed is that side's; one that both changed alike is both's. ``together`` are fields that
    say something only with one another, an amount and its currency: where both sides changed one of them, every one of
    them in which the sides differ is in conflict, so that no half of one statement is joined to half of another.

    :raises ValueError: where the three do not have the same fields.
    """
    if not base.keys() == theirs.keys() == mine.keys():
        raise ValueError("the three sides of a merge have the same fields")
    values: dict[K, V] = {}
    sides: dict[K, Side] = {}
    conflicts = []
    torn = {
        name
        for group in together
        if all(any(side[name] != base[name] for name in group) for side in (theirs, mine))
        for name in group
    }
    for name, before in base.items():
        if theirs[name] == mine[name]:
            values[name], sides[name] = theirs[name], Side.BOTH
        elif name in torn:
            conflicts.append(name)
        elif mine[name] == before:
            values[name], sides[name] = theirs[name], Side.THEIRS
        elif theirs[name] == before:
            values[name], sides[name] = mine[name], Side.MINE
        else:
            conflicts.append(name)
    return Merged(values, sides, tuple(conflicts))
