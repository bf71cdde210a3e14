"""Ranks of needs, some of which whoever orders them may not see. Pure."""

from collections.abc import Collection, Sequence
from typing import TypeVar

T = TypeVar("T")


def reordered(everything: Sequence[T], seen: Collection[T], wanted: Sequence[T]) -> list[T]:
    """``everything`` with those ``seen`` in the order ``wanted``: what was not seen keeps its place where that still
    exists, what was seen and is not wanted any more is gone, what is new comes where it is wanted.

    Somebody who sees all gets exactly what they want; nobody learns from the result where something else stands.
    """
    known = frozenset(seen)
    found = list(dict.fromkeys(wanted))
    for place, each in enumerate(everything):
        if each not in known and each not in found:
            found.insert(min(place, len(found)), each)
    return found
