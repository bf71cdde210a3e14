"""Sharing out whole numbers exactly: counts to records, dollars to projects. No floating point anywhere."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def deal(counts: Mapping[T, int], rng: random.Random) -> list[T]:
    """A shuffled list in which each key stands as often as its count."""
    dealt = [key for key, count in counts.items() for _ in range(count)]
    rng.shuffle(dealt)
    return dealt


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts in proportion to ``weights`` that add up to ``total`` exactly: the largest remainders get the rest.

    ``total`` and weights are not negative, and one weight is above zero. Each part is its exact share rounded up or
    down.
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def by_share(total: int, shares: Mapping[T, int]) -> dict[T, int]:
    """``total`` divided by whole percentages (or any whole weights), exactly."""
    return dict(zip(shares, apportion(total, list(shares.values())), strict=True))


def fill_up(total: int, capacities: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Whole parts that add up to ``total``, none above its capacity, as near to ``wanted`` as can be.

    What is wanted too much is taken back in proportion to what was wanted; what is missing is added in proportion to
    the room that is left. Raises ``ValueError`` where the capacities together are below ``total``.
    """
    if sum(capacities) < total:
        raise ValueError(f"{sum(capacities)} cannot hold {total}")
    parts = [min(part, capacity) for part, capacity in zip(wanted, capacities, strict=True)]
    surplus = sum(parts) - total
    if surplus > 0:
        return [part - less for part, less in zip(parts, apportion(surplus, parts), strict=True)]
    room = [capacity - part for part, capacity in zip(parts, capacities, strict=True)]
    if surplus == 0:
        return parts
    return [part + more for part, more in zip(parts, apportion(-surplus, room), strict=True)]


def skewed_weight(rng: random.Random) -> int:
    """A weight as project sizes are: many small, some large, a few very large."""
    return rng.choice((2, 3, 3, 4, 5, 6, 8, 10, 13, 18, 26, 45)) * rng.randrange(80, 120)
