"""What two records share beside their texts: country, theme, mandates, dates."""

from dataclasses import dataclass

from colonnade.analysis.matching.records import UNIT, Contribution, Kind, Record
from colonnade.analysis.matching.weights import Weights


@dataclass(frozen=True, slots=True)
class Structure:
    """What is shared. ``country`` and ``wider`` exclude one another; both are false where the query has no country."""

    country: bool
    wider: bool
    theme: bool
    mandate: bool
    dates: bool

    def amount(self, weights: Weights) -> float:
        """What it adds to a score."""
        return (
            weights.country * self.country
            + weights.wider * self.wider
            + weights.theme * self.theme
            + weights.mandate * self.mandate
            + weights.dates * self.dates
        )

    def contributions(self, query: Record, candidate: Record, weights: Weights) -> tuple[Contribution, ...]:
        """The parts, in words and millionths."""
        found = []
        if self.country:
            shared = ", ".join(sorted(query.countries & candidate.countries))
            found.append(Contribution(Kind.COUNTRY, shared, _millionths(weights.country)))
        if self.wider:
            found.append(Contribution(Kind.COUNTRY, "global or regional", _millionths(weights.wider)))
        if self.theme:
            found.append(Contribution(Kind.THEME, candidate.theme, _millionths(weights.theme)))
        if self.mandate:
            shared = ", ".join(sorted(query.mandates & candidate.mandates))
            found.append(Contribution(Kind.MANDATE, shared, _millionths(weights.mandate)))
        if self.dates:
            span = f"{candidate.start or '…'} to {candidate.end or '…'}"
            found.append(Contribution(Kind.DATES, span, _millionths(weights.dates)))
        return tuple(each for each in found if each.amount)


#: What there is to share where a query has no theme, mandate or date: by own country, and by wider candidate.
_PLACED = {
    (own, wider): Structure(country=own, wider=wider, theme=False, mandate=False, dates=False)
    for own in (False, True)
    for wider in (False, True)
}


def bonus(query: Record, candidate: Record) -> Structure:
    """What a query and a candidate share."""
    if not (query.theme or query.mandates or query.start or query.end):
        return _PLACED[bool(query.countries & candidate.countries), bool(query.countries) and not candidate.countries]
    return Structure(
        country=bool(query.countries & candidate.countries),
        wider=bool(query.countries) and not candidate.countries,
        theme=bool(query.theme) and query.theme.casefold() == candidate.theme.casefold(),
        mandate=bool(query.mandates & candidate.mandates),
        dates=_overlap(query, candidate),
    )


def _overlap(one: Record, other: Record) -> bool:
    """Whether two spans are known to meet: each has a date, and neither ends before the other starts."""
    if not (one.start or one.end) or not (other.start or other.end):
        return False
    return not (
        (one.end and other.start and one.end < other.start) or (other.end and one.start and other.end < one.start)
    )


def _millionths(amount: float) -> int:
    return round(amount * UNIT)
