"""Inequalities that hold for what is met of a need, whichever proposals are funded: the convex side of counting once.

What is met is ``y = min(1, sum share f)``, a submodular function of the funded set. For every set S of the proposals
that meet the need (Nemhauser and Wolsey, 1978):

    y <= met(S) - sum over S of rest (1 - z) + sum outside S of the lesser of (share f) and (missing z)

``missing`` is what S leaves of the need, ``rest`` what a member of S adds to all the others together. A proposal that
can use a partial sum may stand in S with its smallest part alone; what it is given beyond that part then counts as
outside. The set without members gives ``y <= sum share f`` and the set of all gives ``y <= 1``, the usual two rows:
where proposals overlap they are loose, and these others are what closes the gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from colonnade.analysis.allocation.layout import Flags, Floats, Integers, Profile

#: Up to so many proposals every set of them is tried; past it, the most funded, the two most funded, and so on.
FEW: Final = 6
#: What a relaxed solution must overstate, as a part of the need, for an inequality to be worth its row.
WORTH: Final = 1e-3
_NOTHING: Final = 1e-12


@dataclass(frozen=True)
class Cut:
    """``y <= constant + by_part . f + by_choice . z`` over the proposals of a need.

    ``whole`` and ``least`` are the members of S, by place: with all that they cost, or with their smallest part alone.
    ``capped`` are those outside of S that count by ``missing z``.
    """

    need: int
    places: Integers
    constant: float
    by_part: Floats
    by_choice: Floats
    whole: tuple[int, ...] = ()
    least: tuple[int, ...] = ()
    capped: tuple[int, ...] = ()


def plain(need: int, profile: Profile) -> Cut:
    """The inequality of the set without members: what the proposals meet adds up."""
    return Cut(need, profile.places, 0.0, profile.shares, np.zeros_like(profile.shares))


class Covers:
    """The needs that can be met more than once, those with as many proposals together, as arrays."""

    def __init__(self, profiles: Sequence[Profile], least: Floats) -> None:
        sizes: dict[int, list[int]] = {}
        for need, profile in enumerate(profiles):
            if not profile.met_once_at_most:
                sizes.setdefault(len(profile.places), []).append(need)
        self._batches = [
            _Batch(
                needs=np.array(needs),
                places=np.array([profiles[need].places for need in needs]),
                shares=np.array([profiles[need].shares for need in needs]),
                least=least[np.array([profiles[need].places for need in needs])],
            )
            for _, needs in sorted(sizes.items())
        ]

    def broken(self, parts: Floats, choices: Floats, met: Floats) -> list[Cut]:
        """For each need the inequality that a relaxed solution breaks most, where by more than :data:`WORTH`."""
        return [cut for batch in self._batches for cut in batch.broken(parts, choices, met)]


@dataclass(frozen=True)
class _Batch:
    """Needs that equally many proposals meet; axes are need, set, proposal."""

    needs: Integers
    places: Integers
    shares: Floats
    least: Floats

    def broken(self, parts: Floats, choices: Floats, met: Floats) -> list[Cut]:
        f, z = parts[self.places], choices[self.places]
        members = self._sets(f)
        only_least = (self.least < 1) & (f < z - 1e-7)
        counted = np.where(only_least, self.shares * self.least, self.shares)
        reached = np.minimum(1.0, np.einsum("nsp,np->ns", members, counted))
        missing = (1.0 - reached)[:, :, None]
        rest = np.clip(1.0 - (self.shares.sum(axis=1, keepdims=True) - self.shares), 0.0, counted)
        constant = reached - np.einsum("nsp,np->ns", members, rest)

        share, part, choice = self.shares[:, None, :], f[:, None, :], z[:, None, :]
        capped = ~members & (share > missing + _NOTHING)
        capped &= ~((self.least < 1)[:, None, :] & (share * part < missing * choice))
        beyond = members & only_least[:, None, :] & (missing > _NOTHING)
        by_part = np.where(beyond | (~members & ~capped), share, 0.0)
        by_choice = np.where(capped, missing, 0.0) + np.where(members, rest[:, None, :], 0.0)
        by_choice -= np.where(beyond, share * self.least[:, None, :], 0.0)

        right = constant + np.einsum("nsp,np->ns", by_part, f) + np.einsum("nsp,np->ns", by_choice, z)
        worst = right.argmin(axis=1)
        every = np.arange(len(self.needs))
        cuts = []
        for at in np.flatnonzero(right[every, worst] < met[self.needs] - WORTH):
            chosen, places, low = worst[at], self.places[at], only_least[at]
            inside = members[at, chosen]
            cuts.append(
                Cut(
                    int(self.needs[at]),
                    places,
                    float(constant[at, chosen]),
                    by_part[at, chosen],
                    by_choice[at, chosen],
                    whole=_listed(places[inside & ~low]),
                    least=_listed(places[inside & low]),
                    capped=_listed(places[capped[at, chosen]]),
                )
            )
        return cuts

    def _sets(self, parts: Floats) -> Flags:
        needs, size = parts.shape
        if size <= FEW:
            numbers = np.arange(1, 1 << size)
            each = (numbers[:, None] >> np.arange(size) & 1).astype(bool)
            return np.broadcast_to(each, (needs, *each.shape))
        rank = np.argsort(np.argsort(-parts, axis=1, kind="stable"), axis=1, kind="stable")
        return np.asarray(rank[:, None, :] < np.arange(1, size + 1)[None, :, None])


def _listed(places: Integers) -> tuple[int, ...]:
    return tuple(int(place) for place in places)
