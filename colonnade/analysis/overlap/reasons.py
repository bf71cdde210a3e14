"""Why a pair is proposed: parts that add up to the log-odds of its probability, each with what it rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from colonnade.analysis.overlap.model import START

_MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """``part`` adds ``log_odds`` (negative: speaks against), because of ``evidence``."""

    part: str
    log_odds: float
    evidence: str

    def __str__(self) -> str:
        evidence = f" ({self.evidence})" if self.evidence else ""
        return f"{self.part} {round(self.log_odds, 2) + 0.0:+.2f}{evidence}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two records have in common, in the form in which it is told. ``words`` are the rarest shared ones first."""

    words: Sequence[str]
    shared: int
    cover: float
    titles: float
    places: tuple[Sequence[str], Sequence[str]]
    periods: tuple[tuple[date | None, date | None], tuple[date | None, date | None]]
    amounts: tuple[float | None, float | None]
    numbers: tuple[bool, bool]


def reasons_of(contributions: Mapping[str, float], known: Collection[str], evidence: Evidence) -> tuple[Reason, ...]:
    """What every pair starts with, and the parts of which something is ``known``; the others add nothing."""
    told = {
        START: "what any two records start with",
        "words": _words(evidence),
        "title": f"titles {evidence.titles:.0%} alike",
        "numbers": _numbers(*evidence.numbers),
        "place": _places(*evidence.places),
        "time": " and ".join(_period(*each) for each in evidence.periods),
        "amount": " and ".join("unknown" if each is None else f"{each:,.0f}" for each in evidence.amounts),
    }
    return tuple(
        Reason(part, log_odds, told[part]) for part, log_odds in contributions.items() if part == START or part in known
    )


def _words(evidence: Evidence) -> str:
    if not evidence.shared:
        return "no word shared"
    rarest = ", ".join(word.removeprefix("@") for word in evidence.words[:_MOST_WORDS])
    return f"{evidence.cover:.0%} of the shorter one's words by weight, {evidence.shared} words: {rarest}"


def _numbers(same: bool, differ: bool) -> str:
    if same and differ:
        return "some numbers in the titles are the same, some differ"
    return "numbers in the titles differ" if differ else "the same numbers in the titles"


def _places(one: Sequence[str], other: Sequence[str]) -> str:
    both = sorted(set(one) & set(other))
    return (
        "both in " + ", ".join(both) if both else f"{', '.join(one) or 'unknown'} and {', '.join(other) or 'unknown'}"
    )


def _period(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return "unknown"
    return f"{start.isoformat() if start else ''}/{end.isoformat() if end else ''}"
