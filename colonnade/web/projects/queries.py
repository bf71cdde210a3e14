"""What the registry knows of one project, read as a viewer may: a query for each kind of link, no more."""

from dataclasses import dataclass

from colonnade.analysis.merging.queries import merged_here
from colonnade.core.reading import ring_around
from colonnade.core.viewer import Viewer
from colonnade.funding.models import AppealEntry, Contribution
from colonnade.needs.models import Response
from colonnade.portfolio.models import (
    InventoryEntry,
    MappedFact,
    Project,
    ProjectArea,
    ProjectCountry,
    ProjectMandate,
    ProjectMarker,
    ProjectPartner,
    ProjectPillar,
    ProjectRegion,
    ProjectSafeguard,
    ProjectTheme,
    ReferenceCode,
)


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A project with everything that is linked to it and that the viewer may see."""

    project: Project
    entries: tuple[InventoryEntry, ...]
    pillars: tuple[ProjectPillar, ...]
    areas: tuple[ProjectArea, ...]
    themes: tuple[ProjectTheme, ...]
    countries: tuple[ProjectCountry, ...]
    regions: tuple[ProjectRegion, ...]
    partners: tuple[ProjectPartner, ...]
    mandates: tuple[ProjectMandate, ...]
    markers: tuple[ProjectMarker, ...]
    safeguards: tuple[ProjectSafeguard, ...]
    codes: tuple[ReferenceCode, ...]
    mapped: tuple[MappedFact, ...]
    responses: tuple[Response, ...]
    contributions: tuple[Contribution, ...]
    appeals: tuple[AppealEntry, ...]
    merged: tuple[Project, ...]


def known_project(viewer: Viewer, public_id: str) -> KnownProject | None:
    """The project ``public_id``, or ``None`` where there is none that ``viewer`` may see: all of it at one moment."""
    with ring_around(viewer):
        return _known(viewer, public_id)


def _known(viewer: Viewer, public_id: str) -> KnownProject | None:
    project = (
        Project.objects.visible_to(viewer)
        .select_related("lead_entity", "pillar", "programme", "working_group")
        .filter(public_id=public_id)
        .first()
    )
    if project is None:
        return None
    return KnownProject(
        project=project,
        entries=tuple(
            InventoryEntry.objects.visible_to(viewer)
            .filter(project=project)
            .select_related("inventory", "pillar")
            .order_by("-inventory__as_of")
        ),
        pillars=tuple(ProjectPillar.objects.visible_to(viewer).filter(project=project).select_related("pillar")),
        areas=tuple(ProjectArea.objects.visible_to(viewer).filter(project=project).select_related("area")),
        themes=tuple(ProjectTheme.objects.visible_to(viewer).filter(project=project).select_related("theme")),
        countries=tuple(
            ProjectCountry.objects.visible_to(viewer).filter(project=project).select_related("country__region")
        ),
        regions=tuple(ProjectRegion.objects.visible_to(viewer).filter(project=project).select_related("region")),
        partners=tuple(ProjectPartner.objects.visible_to(viewer).filter(project=project).select_related("entity")),
        mandates=tuple(ProjectMandate.objects.visible_to(viewer).filter(project=project).select_related("mandate")),
        markers=tuple(ProjectMarker.objects.visible_to(viewer).filter(project=project)),
        safeguards=tuple(
            ProjectSafeguard.objects.visible_to(viewer).filter(project=project).select_related("safeguard")
        ),
        codes=tuple(ReferenceCode.objects.visible_to(viewer).filter(project=project)),
        mapped=tuple(MappedFact.objects.visible_to(viewer).filter(project=project)),
        responses=tuple(
            Response.objects.visible_to(viewer)
            .filter(project=project)
            .select_related("recommendation__country", "claimed_by", "verified_by")
        ),
        contributions=tuple(
            Contribution.objects.visible_to(viewer).filter(project=project).select_related("contributor")
        ),
        merged=tuple(merged_here(viewer, project)),
        appeals=tuple(AppealEntry.objects.visible_to(viewer).filter(project=project).select_related("appeal")),
    )
