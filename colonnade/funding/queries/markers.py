"""What the fund allocated to projects, by their score of a marker: counted by the ledger itself, as it is read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from colonnade.core.viewer import Viewer
from colonnade.funding.models import Allocation
from colonnade.funding.queries.records import allocations
from colonnade.portfolio.models import ProjectMarker

#: Standings in which money was set aside for a project.
SET_ASIDE = (Allocation.Standing.APPROVED, Allocation.Standing.CLOSED)


@dataclass(frozen=True, slots=True)
class AllocatedToScore:
    """Allocations to projects with one score, ``None`` for those that were not scored; dollars for the projects."""

    score: int | None
    allocations: int
    usd: Decimal


def allocations_scored(viewer: Viewer, marker: str) -> "QuerySet[Any, Any]":
    """Allocations that ``viewer`` may see of money that was set aside, each with its project's ``score`` now."""
    score = ProjectMarker.objects.visible_to(viewer).filter(project=OuterRef("project"), marker=marker).values("score")
    return allocations(viewer).filter(standing__in=SET_ASIDE).annotate(score=Subquery(score[:1]))


def allocated_by_score(viewer: Viewer, marker: str) -> list[AllocatedToScore]:
    """The same in sums, by score in ascending order, those not scored last. One query."""
    rows = allocations_scored(viewer, marker).order_by().values("score")
    counted = rows.annotate(allocations=Count("pk"), usd=Sum("amount_usd")).values_list("score", "allocations", "usd")
    found = [AllocatedToScore(*row) for row in counted]
    return sorted(found, key=lambda each: (each.score is None, each.score or 0))
