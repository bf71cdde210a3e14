"""Released totals, and what is decided about pairs: of projects that overlap, of two records of one project, of a need
and a project that was suggested for it."""

from colonnade.analysis.models.merging import Merging, MergingQuerySet
from colonnade.analysis.models.overlaps import (
    DismissedSuggestion,
    DismissedSuggestionQuerySet,
    OverlapDecision,
    OverlapDecisionQuerySet,
)
from colonnade.analysis.models.releases import (
    KNOWN_STANDINGS,
    KnownFigure,
    ReleaseBasis,
    ReleaseBasisQuerySet,
    ReleaseCheck,
    ReleaseCheckQuerySet,
    ReleasedTotal,
    ReleasedTotalQuerySet,
)

__all__ = [
    "KNOWN_STANDINGS",
    "DismissedSuggestion",
    "DismissedSuggestionQuerySet",
    "KnownFigure",
    "Merging",
    "MergingQuerySet",
    "OverlapDecision",
    "OverlapDecisionQuerySet",
    "ReleaseBasis",
    "ReleaseBasisQuerySet",
    "ReleaseCheck",
    "ReleaseCheckQuerySet",
    "ReleasedTotal",
    "ReleasedTotalQuerySet",
]
