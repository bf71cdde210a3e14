"""Reads of remarks. Each begins at ``visible_to``."""

from colonnade.core.viewer import Viewer
from colonnade.needs.models import Assessment, Recommendation, Remark


def remarks_on(viewer: Viewer, need: Recommendation) -> list[Remark]:
    """What was said about ``need``, the latest first."""
    return list(Remark.objects.visible_to(viewer).filter(recommendation=need))


def follow_ups(viewer: Viewer, need: Recommendation) -> list[Assessment]:
    """The follow-up visits to the State of ``need``, the latest first."""
    seen = Assessment.objects.visible_to(viewer).filter(country=need.country_id, kind=Assessment.Kind.FOLLOW_UP)
    return list(seen.order_by("-starts_on", "-pk"))
