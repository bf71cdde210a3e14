"""Which cells are sensitive, and how far apart the bounds of what can be derived must stay.

The terms are those of statistical disclosure control (Hundepool et al., *Statistical Disclosure Control*, 2012):
the *minimum frequency rule*, a minimum of contributors, the *p% rule* (dominance), and the *protection interval* that
an audit by linear programmes looks for. ``docs/disclosure-control.md`` says which rule stands against whom.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction

#: A sum whose two largest contributors leave less than this share of the largest is dominated.
DEFAULT_SHARE = 10


class BadPolicy(ValueError):
    """A policy protects nothing, or cannot be met by anything."""


class Sensitivity(StrEnum):
    """Why a cell must not be derivable."""

    EMPTY = "empty"
    SMALL = "small"
    FEW_CONTRIBUTORS = "few_contributors"
    DOMINATED = "dominated"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a release.

    ``minimum_count`` is the fewest records behind a cell, ``minimum_contributors`` the fewest States (or other units
    that are to be protected) behind them, ``dominance_percent`` the p of the p% rule, ``interval_percent`` the width
    of the protection interval relative to the value, which is at least ``minimum_count`` for counts.
    ``protects_empty`` says whether it must stay unknown that nobody is in a cell. Raises :class:`BadPolicy`.
    """

    minimum_count: int = 5
    minimum_contributors: int = 3
    dominance_percent: int = DEFAULT_SHARE
    interval_percent: int = 20
    protects_empty: bool = True

    def __post_init__(self) -> None:
        for name, least, most in (
            ("minimum_count", 3, 1_000),
            ("minimum_contributors", 2, 100),
            ("dominance_percent", 0, 100),
            ("interval_percent", 1, 100),
        ):
            if not least <= getattr(self, name) <= most:
                raise BadPolicy(f"{name} is {getattr(self, name)}: choose from {least} to {most}")

    def as_json(self) -> dict[str, int | bool]:
        """The policy as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, int | bool]) -> "Policy":
        """The policy that :meth:`as_json` wrote. Raises :class:`BadPolicy`."""
        try:
            return cls(**content)  # type: ignore[arg-type]  # checked by the range of each
        except TypeError as error:
            raise BadPolicy(str(error)) from error

    def width(self, value: Fraction, *, counted: bool) -> Fraction:
        """How wide what can be derived about a sensitive ``value`` must stay."""
        share = abs(value) * self.interval_percent / 100
        return max(share, Fraction(self.minimum_count)) if counted else share


@dataclass(frozen=True, slots=True)
class Makeup:
    """What is behind a cell: the number of records, and each contributor's part of the value."""

    records: int
    parts: Mapping[str, Fraction]

    @property
    def value(self) -> Fraction:
        return sum(self.parts.values(), Fraction(0))


def sensitivity(makeup: Makeup, policy: Policy) -> Sensitivity | None:
    """The first rule that the cell breaks, or ``None`` where it may be known."""
    if makeup.records == 0:
        return Sensitivity.EMPTY if policy.protects_empty else None
    if makeup.records < policy.minimum_count:
        return Sensitivity.SMALL
    if len(makeup.parts) < policy.minimum_contributors:
        return Sensitivity.FEW_CONTRIBUTORS
    largest = sorted(makeup.parts.values(), reverse=True)
    first, rest = largest[0], sum(largest[2:], Fraction(0))
    # The second largest contributor, who knows its own part, must not come within p per cent of the largest.
    if rest < first * policy.dominance_percent / 100:
        return Sensitivity.DOMINATED
    return None
