"""Suggestions for a record of the registry: ranked, without what is answered, closed or dismissed already.

Candidates and statistics are those of the reader's snapshot (:mod:`colonnade.analysis.matching.registry`). The record
asked about is read whole from the registry, and so is a project that stands in no inventory yet, which no snapshot has
a text of: both have suggestions at once. Everything begins at ``visible_to``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet

from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.records import Record, Suggestion
from colonnade.analysis.matching.registry import Suggestions
from colonnade.analysis.models import DismissedSuggestion
from colonnade.analysis.overlaps import superseded
from colonnade.core.reading import ring_around
from colonnade.core.viewer import Viewer
from colonnade.needs.models import Recommendation, Response
from colonnade.needs.queries import seen
from colonnade.portfolio.models import (
    InventoryEntry,
    Project,
    ProjectArea,
    ProjectCountry,
    ProjectMandate,
    ProjectTheme,
)
from colonnade.portfolio.models.project import CLOSED_STATUSES

#: So many are suggested on a page.
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion with the two records that its places are places of: the one asked about, and the candidate."""

    suggestion: Suggestion
    asked: Record
    candidate: Record


def projects_for(viewer: Viewer, kept: Suggestions, need: Recommendation, *, top: int = SHOWN) -> list[Suggested]:
    """Running projects that may answer ``need``, best first; none where it is not open any more. Of a project that was
    recorded twice the record that is kept."""
    if need.standing != Recommendation.Standing.OPEN:
        return []
    with ring_around(viewer):
        asked = need_record(viewer, need)
        fresh = _outside_inventories(viewer)
        settled = _settled(viewer, recommendation=need)
        closed = Project.objects.visible_to(viewer).filter(status__in=CLOSED_STATUSES).order_by()
        gone = {*settled, *superseded(viewer), *closed.values_list("public_id", flat=True)}
    known = {**kept.projects, **{each.id: each for each in fresh}}
    among = _narrowed(kept.for_needs.changed(*fresh) if fresh else kept.for_needs, gone)
    found = replace(kept, for_needs=among).projects_for(asked, top=top)
    return [Suggested(each, asked, known[each.candidate]) for each in found]


def needs_for(viewer: Viewer, kept: Suggestions, project: Project, *, top: int = SHOWN) -> list[Suggested]:
    """Open needs that ``project`` may answer, best first; none where it is closed."""
    if project.status in CLOSED_STATUSES:
        return []
    with ring_around(viewer):
        [asked] = project_records(viewer, [project])
        settled = _settled(viewer, project=project)
        ended = Recommendation.objects.visible_to(viewer).exclude(standing=Recommendation.Standing.OPEN).order_by()
        gone = {*settled, *ended.values_list("public_id", flat=True)}
    among = _narrowed(kept.for_projects, gone)
    found = replace(kept, for_projects=among).needs_for(asked, top=top)
    return [Suggested(each, asked, kept.needs[each.candidate]) for each in found]


def need_record(viewer: Viewer, need: Recommendation) -> Record:
    """A need as the engine reads it, with its whole text as far as ``viewer`` may read it."""
    shown = seen(viewer, need)
    theme = shown.theme
    return Record(
        id=need.public_id,
        title=shown.title,
        text=". ".join(filter(None, (shown.text, theme.title if theme else ""))),
        countries=frozenset({need.country.code}),
        theme=theme.code if theme else "",
        mandates=frozenset(need.mandates.order_by().values_list("code", flat=True)),
        start=need.issued_on,
    )


def project_records(viewer: Viewer, projects: Sequence[Project]) -> list[Record]:
    """Projects as the engine reads them, with their descriptions."""
    keys = [project.pk for project in projects]
    countries = _codes(ProjectCountry.objects.visible_to(viewer).filter(project__in=keys), "country__code")
    mandates = _codes(ProjectMandate.objects.visible_to(viewer).filter(project__in=keys), "mandate__code")
    areas = _codes(ProjectArea.objects.visible_to(viewer).filter(project__in=keys), "area__title")
    themes = _codes(ProjectTheme.objects.visible_to(viewer).filter(project__in=keys), "theme__code")
    titles = _codes(ProjectTheme.objects.visible_to(viewer).filter(project__in=keys), "theme__title")
    return [
        Record(
            id=project.public_id,
            title=project.title,
            text=". ".join(
                filter(None, (project.description, *areas.get(project.pk, ()), *titles.get(project.pk, ())))
            ),
            countries=frozenset(countries.get(project.pk, ())),
            theme=themes[project.pk][0] if len(themes.get(project.pk, ())) == 1 else "",
            mandates=frozenset(mandates.get(project.pk, ())),
            start=project.starts_on,
            end=project.ends_on,
        )
        for project in projects
    ]


def dismissed_of(
    viewer: Viewer, *, need: Recommendation | None = None, project: Project | None = None
) -> list[DismissedSuggestion]:
    """What was dismissed of a need or of a project and not taken back, as far as ``viewer`` may see."""
    rows = DismissedSuggestion.objects.visible_to(viewer).in_force()
    rows = rows.filter(recommendation=need) if need is not None else rows.filter(project=project)
    return list(rows.select_related("recommendation__country", "project__lead_entity"))


def dismissed_called(viewer: Viewer, public_id: str) -> DismissedSuggestion | None:
    """The dismissal of an address, or ``None`` where there is none in force that ``viewer`` may see."""
    rows = DismissedSuggestion.objects.visible_to(viewer).in_force().filter(public_id=public_id)
    return rows.select_related("recommendation__country", "project__lead_entity").first()


def _outside_inventories(viewer: Viewer) -> list[Record]:
    """Projects that stand in no inventory."""
    entered = InventoryEntry.objects.visible_to(viewer).order_by().values("project")
    rows = Project.objects.visible_to(viewer).exclude(pk__in=entered).order_by("public_id")
    return project_records(viewer, list(rows))


def _settled(viewer: Viewer, **end: Recommendation | Project) -> set[str]:
    """The other ends of what is on record about one end: a response, whatever became of it, or a dismissal."""
    other = "project__public_id" if "recommendation" in end else "recommendation__public_id"
    answered = Response.objects.visible_to(viewer).filter(**end).order_by()
    dismissed = DismissedSuggestion.objects.visible_to(viewer).in_force().filter(**end).order_by()
    return {*answered.values_list(other, flat=True), *dismissed.values_list(other, flat=True)}


def _narrowed(index: Index, gone: Collection[str]) -> Index:
    return index.without(*gone) if gone else index


def _codes(rows: "QuerySet[Any, Any]", name: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, value in rows.order_by("project", name).values_list("project", name):
        found.setdefault(key, []).append(str(value))
    return found
