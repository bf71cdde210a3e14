"""Reads of markers and of their checks, each beginning at ``visible_to``."""

from collections.abc import Iterable

from django.db.models import QuerySet

from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.portfolio.models import MarkerCheck, MarkerSample, Project, ProjectMarker

#: Where a check can stand -> the rows that do.
STANDINGS = {
    "drawn": {"outcome": ""},
    "answering": {"outcome": "proposes", "answer": ""},
}


def markers_of(viewer: Viewer, project: Project) -> dict[str, ProjectMarker]:
    """What a project is scored, by marker."""
    return {row.marker: row for row in ProjectMarker.objects.visible_to(viewer).filter(project=project)}


def checks_of(viewer: Viewer, standing: str = "") -> "QuerySet[MarkerCheck]":
    """The checks that ``viewer`` may see, with their projects: the latest draw first; of one standing, or all."""
    rows = MarkerCheck.objects.visible_to(viewer).select_related("project__lead_entity")
    if standing in STANDINGS:
        rows = rows.filter(**STANDINGS[standing])
    elif standing == "done":
        rows = rows.exclude(outcome="").exclude(**STANDINGS["answering"])
    return rows.order_by("-drawn_on", "project__lead_entity__code", "pk")


def check_called(viewer: Viewer, public_id: str) -> MarkerCheck | None:
    """The check of an address, or ``None`` where there is none that ``viewer`` may see."""
    return checks_of(viewer).filter(public_id=public_id).first()


def samples_of(viewer: Viewer) -> list[MarkerSample]:
    """The draws, the latest first."""
    return list(MarkerSample.objects.visible_to(viewer))


def names_of(keys: Iterable[int | None]) -> dict[int, str]:
    """People's names by key, for those who answer to one another."""
    return dict(Person.objects.filter(pk__in={key for key in keys if key}).values_list("pk", "name"))
