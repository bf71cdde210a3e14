"""Reads of assessments. Each begins at ``visible_to``."""

from colonnade.core.viewer import Viewer
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country


def assessment_called(viewer: Viewer, public_id: str) -> Assessment | None:
    """The assessment of that public identifier, where ``viewer`` may see it."""
    seen = Assessment.objects.visible_to(viewer).select_related("country", "assessor").prefetch_related("mandates")
    return seen.filter(public_id=public_id).first()


def recommended_by(viewer: Viewer, assessment: Assessment) -> list[Recommendation]:
    """What an assessment recommends, as far as ``viewer`` may see it, the latest first."""
    return list(
        Recommendation.objects.visible_to(viewer).filter(assessment=assessment).order_by("-issued_on", "reference")
    )


def open_recommendations(viewer: Viewer, country: Country) -> list[Recommendation]:
    """The open recommendations to a State that ``viewer`` may see."""
    seen = Recommendation.objects.visible_to(viewer).filter(country=country)
    return list(seen.filter(standing=Recommendation.Standing.OPEN).order_by("reference"))
