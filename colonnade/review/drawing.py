"""Drawing reviewers: who stands in the pool, and whom the seed takes. Pure: the same seed draws the same people.

The order is that of a digest of the seed and each person's public identifier, so that nobody can wish for a result,
and anybody can repeat it with the tools of any language.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of the board, and why they cannot be drawn (empty: they can)."""

    public_id: str
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who was drawn, in the order of the draw, and who else could have been."""

    chosen: tuple[str, ...]
    left: tuple[str, ...]


def rank(seed: str, public_id: str) -> str:
    """Where ``public_id`` stands in the order of ``seed``: SHA-256 of both, in hexadecimal digits."""
    return hashlib.sha256(f"{seed} {public_id}".encode()).hexdigest()


def draw(seed: str, candidates: Sequence[Candidate], number: int) -> Drawn:
    """The first ``number`` of those who can be drawn, in the order of ``seed``; fewer where there are fewer."""
    able = sorted((each.public_id for each in candidates if not each.excluded), key=lambda one: rank(seed, one))
    return Drawn(tuple(able[:number]), tuple(able[number:]))
