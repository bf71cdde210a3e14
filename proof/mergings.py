"""Records that were merged, and that wait to be: of every level, so that each circle is kept from some.

What a record says that everybody reads is plain; every other text is a canary.
"""

from typing import Any, Final

from colonnade.analysis.models import Merging
from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.places.models import Country
from colonnade.portfolio.models import Project
from proof.canaries import canary
from proof.people import NOON, person_called
from proof.registry import WHY

#: The number of the kept project, and the level and State of the record that was merged into it.
MADE: Final = (
    (0, "public", None),
    (1, "compact", None),
    (46, "compact", None),
    (50, "public", None),
    (55, "restricted", "QMA"),
    (58, "restricted", "QMA"),
    (60, "restricted", "QMB"),
    (0, "restricted", "QMC"),
)
#: Numbers of two projects that wait: kept, and to be merged.
WAITING: Final = ((2, 3), (4, 47), (48, 51), (49, 56), (57, 58), (61, 62), (63, 64))


@action
def fill_mergings(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """All of it."""
    for place, (number, level, state) in enumerate(MADE):
        kept = Project.objects.unscoped(WHY).get(public_id=f"p{number:015}")
        plain = level == "public"
        merged = Project.objects.unscoped(WHY).create(
            public_id=f"pm{place:014}",
            reference=f"PM-{place}" if plain else f"PM-{place} {canary('merged', place, 'reference')}",
            title=f"Well again {place}" if plain else f"Well {canary('merged', place, 'title')}",
            lead_entity=kept.lead_entity,
            status="ongoing",
            level=level,
            state=Country.objects.get(code=state) if state else None,
            merged_into=kept,
            provenance="illustrative",
        )
        ended = {"ended_by": person_called("officer-2"), "ended_at": NOON}
        _merging(place, kept, merged, standing="made", **ended)
    for place, (number, other) in enumerate(WAITING, start=len(MADE)):
        kept, merged = (Project.objects.unscoped(WHY).get(public_id=f"p{each:015}") for each in (number, other))
        _merging(place, kept, merged)


def _merging(place: int, kept: Project, merged: Project, **named: Any) -> None:
    Merging.objects.unscoped(WHY).create(
        public_id=f"vm{place:014}",
        kept=kept,
        merged=merged,
        reason=f"So {canary('merging', place)}",
        proposed_by=person_called("officer-1"),
        proposed_at=NOON,
        provenance="illustrative",
        **named,
    )
