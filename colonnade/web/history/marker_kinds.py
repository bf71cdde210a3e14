"""The kind of a check of a marker's score. Others than who reads it today may have been kept from its project: its
history is for those who see every record."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.portfolio.models import MarkerCheck
from colonnade.web.history.shape import Circle, Kind

MARKER_CHECK: Final = Kind(
    "marker_check",
    gettext_noop("Check of a score"),
    MarkerCheck,
    (
        "project_id",
        "marker",
        "score",
        "justification",
        "drawn_on",
        "outcome",
        "proposed",
        "reason",
        "answer",
        "answer_reason",
    ),
    named="project__title",
    circle=Circle(closed=True),
    read_with=(("project_id", "project"),),
    of_entity=("project__lead_entity",),
)
