"""How a board weighs needs where it looks at what is best funded under a budget. Data of the strategy. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from colonnade.core.parts import Part

#: The priorities of recommendations, the highest first.
PRIORITIES: Final = ("high", "medium", "low")


def _by_rank() -> dict[str, int]:
    return {"high": 3, "medium": 2, "low": 1}


@dataclass(frozen=True, slots=True)
class Choosing:
    """``priorities``: what a need of each priority weighs. ``same_theme_percent``: how much of an open need a proposal
    meets that does not cite it, in the same State and theme. ``partly_met_percent``: how much of a need a verified
    response meets that says it meets part of it."""

    priorities: Mapping[str, int] = field(default_factory=_by_rank)
    same_theme_percent: int = 25
    partly_met_percent: int = 50

    @classmethod
    def read(cls, part: Part) -> Self:
        """The table ``choosing`` of the rules; what it leaves out is as said above."""
        usual = cls()
        weights = part.part("priorities") if part.has("priorities") else None
        priorities = (
            {name: weights.number(name, usual.priorities[name], least=0, most=1000) for name in PRIORITIES}
            if weights
            else usual.priorities
        )
        if weights:
            weights.nothing_else()
        found = cls(
            priorities,
            part.number("same_theme_percent", usual.same_theme_percent, most=100),
            part.number("partly_met_percent", usual.partly_met_percent, most=100),
        )
        part.nothing_else()
        return found
