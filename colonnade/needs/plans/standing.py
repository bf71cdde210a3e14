"""Where plans stand, as one reader may be told: what is in force, and beside it, in the circle, what comes next.

While a new version is drafted or proposed, the one that was agreed stays in force. Outside of the circle a plan that
has one is agreed, until it is ended; that more is being written is not told there, nor can it be asked for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from colonnade.core.viewer import Viewer
from colonnade.needs.models import ActionPlan, PlanState, PlanVersion

_DRAFTING, _PROPOSED, _AGREED, _ENDED = ActionPlan.Standing


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a plan stands since when; ``coming`` is where its next version stands, empty where there is none, or none
    that the reader is told of."""

    standing: ActionPlan.Standing
    since: date
    coming: ActionPlan.Standing | None = None


def stands(plan: ActionPlan, agreed_on: date | None, *, in_circle: bool) -> Stands:
    """Where a plan stands, by the day on which its version in force was agreed, if there is one. Pure."""
    now = ActionPlan.Standing(plan.standing)
    if agreed_on is None or now == _ENDED:
        return Stands(now, plan.standing_since)
    return Stands(_AGREED, agreed_on, now if in_circle and now != _AGREED else None)


def standings(viewer: Viewer, plans: Collection[ActionPlan]) -> dict[int, Stands]:
    """Key of a plan -> where it stands, for plans that ``viewer`` sees. Two queries, however many there are."""
    keys = [each.pk for each in plans]
    agreed = PlanVersion.objects.visible_to(viewer).filter(of_plan__in=keys, standing=PlanVersion.Standing.AGREED)
    days = dict(agreed.order_by("number").values_list("of_plan_id", "agreed_on"))
    circle = set(
        PlanState.objects.visible_to(viewer).filter(of_plan__in=keys).order_by().values_list("of_plan_id", flat=True)
    )
    return {each.pk: stands(each, days.get(each.pk), in_circle=each.pk in circle) for each in plans}


def standing_at(viewer: Viewer, plans: QuerySet[ActionPlan], standing: str) -> QuerySet[ActionPlan]:
    """Those of ``plans``, which ``viewer`` sees, that are told to them to stand there, or whose next version is."""
    in_force = Exists(
        PlanVersion.objects.visible_to(viewer).filter(of_plan=OuterRef("pk"), standing=PlanVersion.Standing.AGREED)
    )
    if standing == _AGREED:
        return plans.filter(Q(standing=_AGREED) | Q(in_force), standing__in=(_DRAFTING, _PROPOSED, _AGREED))
    if standing == _ENDED:
        return plans.filter(standing=_ENDED)
    circle = Exists(PlanState.objects.visible_to(viewer).filter(of_plan=OuterRef("pk")))
    return plans.filter(Q(circle) | ~Q(in_force), standing=standing)
