"""Drawing reviewers: who stands in the pool, and whom the seed takes. Pure: the same seed draws the same people.

The order is that of a digest of the seed and each person's public identifier, so that nobody can wish for a result,
and anybody can repeat it with the tools of any language.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from colonnade.core.lots import rank


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


def draw(seed: str, candidates: Sequence[Candidate], number: int) -> Drawn:
    """The first ``number`` of those who can be drawn, in the order of ``seed``; fewer where there are fewer."""
    able = sorted((each.public_id for each in candidates if not each.excluded), key=lambda one: rank(seed, one))
    return Drawn(tuple(able[:number]), tuple(able[number:]))
