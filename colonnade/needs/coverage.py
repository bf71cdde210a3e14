"""How far responses cover a need: one rule, the one that the figures of coverage state. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Final

from colonnade.needs.models import Response

#: Standings in which a response answers its need, if only by a claim; returned, rejected or withdrawn it does not.
ANSWERS: Final = (Response.Standing.CLAIMED, Response.Standing.VERIFIED, Response.Standing.CONTESTED)
#: The strength and the standing of a response.
Said = tuple[str, str]


class Coverage(StrEnum):
    """How a need stands, from nobody's to somebody's."""

    UNMET = "unmet"
    CLAIMED = "claimed"
    CONTESTED = "contested"
    PARTLY_MET = "partly_met"
    MET = "met"


def coverage_of(responses: Iterable[Said]) -> Coverage:
    """The coverage by responses. What was returned, rejected or withdrawn answers nothing; what is verified outweighs
    what is disputed."""
    met = set(responses)
    standings = {standing for _strength, standing in met}
    if (Response.Strength.FULL, Response.Standing.VERIFIED) in met:
        return Coverage.MET
    for standing, coverage in (
        (Response.Standing.VERIFIED, Coverage.PARTLY_MET),
        (Response.Standing.CONTESTED, Coverage.CONTESTED),
        (Response.Standing.CLAIMED, Coverage.CLAIMED),
    ):
        if standing in standings:
            return coverage
    return Coverage.UNMET


def part_unmet(coverage: Coverage, when_partly: Fraction) -> Fraction:
    """The part, 0 to 1, of a need that is unmet: all of it until something is verified, and ``when_partly`` where that
    meets part of it."""
    if coverage is Coverage.MET:
        return Fraction(0)
    return when_partly if coverage is Coverage.PARTLY_MET else Fraction(1)
