"""Scores brought together: means per criterion, the weighted mean of the whole, and how far the reviewers are apart.

Pure and exact: fractions all the way, so that two proposals that tie do tie. A page rounds, once, for the eye.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from colonnade.review.rules import Criterion

#: What one reviewer gave: criterion -> value.
Given = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OfCriterion:
    """What the reviewers gave for one criterion: its mean, the lowest and the highest."""

    criterion: Criterion
    mean: Fraction
    lowest: int
    highest: int

    @property
    def spread(self) -> int:
        """How far the highest is from the lowest."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Means:
    """The scores of a proposal: per criterion, the weighted mean, and each reviewer's own weighted mean, in order."""

    criteria: tuple[OfCriterion, ...]
    weighted: Fraction
    reviewers: tuple[Fraction, ...]

    @property
    def spread(self) -> Fraction:
        """How far the reviewers' weighted means are apart."""
        return max(self.reviewers) - min(self.reviewers)


def weighted_mean(criteria: Sequence[Criterion], given: Given) -> Fraction:
    """One reviewer's scores, weighted: on the scale that they were given on. Raises ``KeyError`` for a missing one."""
    total = sum((Fraction(each.weight) for each in criteria), Fraction())
    return sum((Fraction(each.weight) * given[each.code] for each in criteria), Fraction()) / total


def means_of(criteria: Sequence[Criterion], scores: Sequence[Given]) -> Means | None:
    """The means of complete ``scores``; ``None`` where nobody gave any. Raises ``KeyError`` for an incomplete one."""
    if not scores:
        return None
    of_criteria = []
    for each in criteria:
        values = [given[each.code] for given in scores]
        of_criteria.append(OfCriterion(each, Fraction(sum(values), len(values)), min(values), max(values)))
    reviewers = tuple(weighted_mean(criteria, given) for given in scores)
    return Means(tuple(of_criteria), sum(reviewers, Fraction()) / len(reviewers), reviewers)
