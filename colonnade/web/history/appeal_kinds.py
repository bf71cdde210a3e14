"""The kinds of records of an appeal: the appeal, what it asks for, and what donors say of it."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.funding.models import Appeal, AppealEntry, Intention
from colonnade.web.history.shape import Circle, Kind

APPEAL_ENTRY: Final = Kind(
    "appeal_entry",
    gettext_noop("Entry of an appeal"),
    AppealEntry,
    (
        "title",
        "appeal_id",
        "project_id",
        "entity_id",
        "pillar_id",
        "requirement_usd",
        "priority",
        "purpose",
        "partial_sums",
        "starts_on",
        "ends_on",
        "at_launch",
        "joined_on",
        "left_on",
        "left_because",
        "level",
    ),
    circle=Circle(),
    read_with=(("project_id", "project"),),
    of_entity=("entity",),
)
# What others may read of it is what its donor lets them now: its history is for those who see every record.
INTENTION: Final = Kind(
    "intention",
    gettext_noop("What a donor funds or plans"),
    Intention,
    (
        *("contributor_id", "kind", "shown", "appeal_id", "entry_id", "pillar_id", "country_id", "region_id"),
        *("first_year", "last_year", "stated_on", "ended_on"),
    ),
    named="contributor__name",
    circle=Circle(closed=True),
    of_entity=("contributor__entity",),
    of_state=("contributor__country",),
)
APPEAL: Final = Kind(
    "appeal",
    gettext_noop("Appeal"),
    Appeal,
    ("title", "standing", "summary", "launched_in", "first_year", "last_year", "source", "note"),
    identifier="key",
)
