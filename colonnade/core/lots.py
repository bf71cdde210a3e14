"""Drawing lots that anybody can repeat: the order of a digest of the seed and each public identifier. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ticket:
    """Something that can be drawn, and the stratum (an entity) that it belongs to."""

    key: str
    stratum: str


def rank(seed: str, key: str) -> str:
    """Where ``key`` stands in the order of ``seed``: SHA-256 of both, in hexadecimal digits."""
    return hashlib.sha256(f"{seed} {key}".encode()).hexdigest()


def draw_of_each(seed: str, tickets: Iterable[Ticket], number: int) -> list[str]:
    """Keys of the first ``number`` tickets of every stratum in the order of ``seed``; all where there are fewer.

    So every stratum is reached, and what one holds changes nothing about what is drawn of another. Strata stand in
    the order of their names. Raises ``ValueError`` where less than one is asked for.
    """
    if number < 1:
        raise ValueError(f"{number}: draw at least one of each")
    strata: dict[str, set[str]] = defaultdict(set)
    for ticket in tickets:
        strata[ticket.stratum].add(ticket.key)
    return [
        key
        for _stratum, keys in sorted(strata.items())
        for key in sorted(keys, key=lambda one: (rank(seed, one), one))[:number]
    ]
