"""Links of reported projects: what a report says replaces what stood there, where the two differ.

A marker that somebody scored here, with a justification, stands: no report replaces it. Nor does a report take away
what came with a record that was merged.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from colonnade.portfolio.codes import Codes
from colonnade.portfolio.models import (
    MappedFact,
    Project,
    ProjectArea,
    ProjectCountry,
    ProjectMandate,
    ProjectMarker,
    ProjectPartner,
    ProjectRegion,
    ProjectTheme,
    ReferenceCode,
)
from colonnade.portfolio.reported import ReportedProject

#: A link's model, the fields that make it what it is, and its rows in a report.
LinkRows = Callable[[ReportedProject, Codes], Iterator[tuple[Any, ...]]]


def _areas(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:
    yield from ((codes.areas[code],) for code in report.areas)


def _themes(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:
    yield from ((codes.themes[code],) for code in report.themes)


def _mandates(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:
    yield from ((codes.mandates[code],) for code in report.mandates)


def _countries(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:
    yield from ((codes.countries[place.code], place.share) for place in report.countries)


def _regions(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:
    yield from ((codes.regions[place.code], place.share) for place in report.regions)


def _partners(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:
    for partner in report.partners:
        yield codes.entities[partner.entity] if partner.entity else None, partner.name, partner.role


def _markers(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:  # noqa: ARG001  # one signature
    yield from ((marker.marker, marker.score, marker.justification) for marker in report.markers)


def _references(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:  # noqa: ARG001  # one signature
    yield from report.reference_codes


def _facts(report: ReportedProject, codes: Codes) -> Iterator[tuple[Any, ...]]:  # noqa: ARG001  # one signature
    for fact in report.facts:
        yield fact.field, fact.value, fact.rule, fact.evidence, fact.file, fact.row


LINKS: tuple[tuple[Any, tuple[str, ...], LinkRows], ...] = (
    (ProjectArea, ("area_id",), _areas),
    (ProjectTheme, ("theme_id",), _themes),
    (ProjectMandate, ("mandate_id",), _mandates),
    (ProjectCountry, ("country_id", "share"), _countries),
    (ProjectRegion, ("region_id", "share"), _regions),
    (ProjectPartner, ("entity_id", "name", "role"), _partners),
    (ProjectMarker, ("marker", "score", "justification"), _markers),
    (ReferenceCode, ("scheme", "code"), _references),
    (MappedFact, ("field", "value", "rule", "evidence", "file", "row"), _facts),
)


def replace_links(
    pairs: Sequence[tuple[Project, ReportedProject]], codes: Codes, new: set[int], united: Collection[int] = ()
) -> set[int]:
    """Make the links of every project those of its report. ``new`` are keys of projects that have none yet; to those of
    ``united``, into which others were merged, links are only added.

    Returns the keys of the projects whose links changed. Projects whose links are the same already are left alone.
    """
    changed: set[int] = set()
    for model, fields, rows_of in LINKS:
        standing = [(project, report) for project, report in pairs if project.pk not in united]
        changed |= _replace(model, fields, rows_of, standing, codes, new)
        joined = [(project, report) for project, report in pairs if project.pk in united]
        changed |= _add_missing(model, fields, rows_of, joined, codes)
    return changed


def _replace(
    model: Any,
    fields: tuple[str, ...],
    rows_of: LinkRows,
    pairs: Sequence[tuple[Project, ReportedProject]],
    codes: Codes,
    new: set[int],
) -> set[int]:
    rows = model.objects.unscoped("links follow their project's report")
    before: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    existing = [project.pk for project, _ in pairs if project.pk not in new]
    standing: set[tuple[int, str]] = set()
    if model is ProjectMarker:
        by_hand = rows.filter(project__in=existing, scored_by__isnull=False)
        standing = set(by_hand.values_list("project_id", "marker"))
        rows = rows.filter(scored_by__isnull=True)
    if existing:
        for project_id, *values in rows.filter(project__in=existing).values_list("project_id", *fields):
            before[project_id].add(tuple(values))
    wanted = {
        project.pk: [
            row for row in dict.fromkeys(rows_of(report, codes)) if not standing or (project.pk, row[0]) not in standing
        ]
        for project, report in pairs
    }
    stale = {project_id for project_id, links in wanted.items() if set(links) != before[project_id]}
    emptied = [project_id for project_id in stale if before[project_id]]
    if emptied:
        rows.filter(project__in=emptied).delete()
    rows.bulk_create(
        (
            model(project_id=project_id, **dict(zip(fields, values, strict=True)))
            for project_id in wanted
            if project_id in stale
            for values in wanted[project_id]
        ),
        batch_size=2000,
    )
    return stale - new


def _add_missing(
    model: Any,
    fields: tuple[str, ...],
    rows_of: LinkRows,
    pairs: Sequence[tuple[Project, ReportedProject]],
    codes: Codes,
) -> set[int]:
    """Add the links that a project has none of yet; those of one thing are told apart by their first field."""
    changed: set[int] = set()
    rows = model.objects.unscoped("links follow their project's report")
    whole = model in (ProjectMandate, ProjectPartner, ReferenceCode, MappedFact)
    for project, report in pairs:
        first = None if whole else 1
        standing = {tuple(row)[:first] for row in rows.filter(project=project).values_list(*fields)}
        missing = [row for row in dict.fromkeys(rows_of(report, codes)) if row[:first] not in standing]
        rows.bulk_create(model(project=project, **dict(zip(fields, row, strict=True))) for row in missing)
        changed |= {project.pk} if missing else set()
    return changed
