"""The kinds of what was decided about pairs: of two projects, and of a need and a project that was suggested for it.
Others than who reads a decision today may have been kept from its records: its history is for those who see every
record."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.analysis.models import DismissedSuggestion, Merging, OverlapDecision
from colonnade.web.history.shape import Circle, Kind

OVERLAP_DECISION: Final = Kind(
    "overlap_decision",
    gettext_noop("Decision on an overlap"),
    OverlapDecision,
    (
        *("one_id", "other_id", "verdict", "reason", "kept_id", "coordinator_id"),
        *("due_on", "probability", "kind", "ended_at"),
        *("one_accepted_at", "other_accepted_at", "declined_for_id", "declined_at", "declined_because"),
    ),
    named="one__title",
    circle=Circle(closed=True),
    read_with=(("one_id", "project"), ("other_id", "project")),
    of_entity=("one__lead_entity", "other__lead_entity"),
)
MERGING: Final = Kind(
    "merging",
    gettext_noop("Merging of two records"),
    Merging,
    ("kept_id", "merged_id", "standing", "reason", "kept_agreed_at", "merged_agreed_at", "ended_at", "ended_because"),
    named="kept__title",
    circle=Circle(closed=True),
    read_with=(("kept_id", "project"), ("merged_id", "project")),
    of_entity=("kept__lead_entity", "merged__lead_entity"),
)
DISMISSED_SUGGESTION: Final = Kind(
    "dismissed_suggestion",
    gettext_noop("Dismissed suggestion"),
    DismissedSuggestion,
    ("recommendation_id", "project_id", "reason", "ended_at"),
    named="project__title",
    circle=Circle(closed=True),
    read_with=(("recommendation_id", "recommendation"), ("project_id", "project")),
    of_entity=("project__lead_entity",),
    of_state=("recommendation__country",),
)
