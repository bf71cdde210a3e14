"""Projects that come into being inside the registry: from what was decided, without anybody typing them again.

They arrive as :class:`~colonnade.portfolio.reported.ReportedProject`, like those of workbooks and files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Entity, Person, WorkingGroup
from colonnade.portfolio.codes import Codes
from colonnade.portfolio.linking import LINKS
from colonnade.portfolio.models import Project, ProjectMarker, ProjectSafeguard
from colonnade.portfolio.reported import ReportedMoney, ReportedProject
from colonnade.strategy.models import Safeguard

_WHY = "an action of the portfolio that locked the project"


@dataclass(frozen=True, slots=True)
class Safeguarded:
    """The answer to a question of the safeguards: respected or not, ``None`` where it does not apply, and how."""

    safeguard: Safeguard
    respected: bool | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who justified something, and when."""

    person: Person
    at: datetime


@action
def create_project(
    *,
    report: ReportedProject,
    working_group: WorkingGroup | None,
    safeguards: Iterable[Safeguarded] = (),
    scored: Signed | None = None,
    provenance: str,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> Project:
    """Make the project that ``report`` describes, with all its links. ``scored`` says who justified its markers.

    Raises ``ProblemsFound`` naming every code that the registry does not know, and ``IntegrityError`` where its lead
    entity has a project of that reference already.
    """
    codes = Codes.load()
    codes.insist([report])
    project = Project(reference=report.reference, provenance=provenance, working_group=working_group)
    for name, value in _values(report, codes).items():
        setattr(project, name, value)
    project.save()
    project.named_entities.set(Entity.objects.filter(code__in=report.named_entities))
    for model, fields, rows_of in LINKS:
        _add(model, fields, project, dict.fromkeys(rows_of(report, codes)))
    ProjectSafeguard.objects.unscoped(_WHY).bulk_create(
        ProjectSafeguard(project=project, safeguard=each.safeguard, respected=each.respected, how=each.how)
        for each in safeguards
    )
    _sign(project, scored)
    return project


@action
def amend_project(
    *,
    project: Project,
    before: ReportedProject,
    after: ReportedProject,
    working_group: WorkingGroup | None,
    scored: Signed | None = None,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> Project:
    """Carry over what differs between ``before`` and ``after``; whatever else was written since stays as it is."""
    codes = Codes.load()
    codes.insist([after])
    current = Project.objects.unscoped(_WHY).select_for_update(of=("self",)).get(pk=project.pk)
    then, now = _values(before, codes), _values(after, codes)
    different = {name: value for name, value in now.items() if then[name] != value and getattr(current, name) != value}
    if current.working_group_id != (working_group.pk if working_group else None):
        different["working_group_id"] = working_group.pk if working_group else None
    for name, value in different.items():
        setattr(current, name, value)
    linked = [_relink(current, link, before, after, codes) for link in LINKS]
    _sign(current, scored)
    if different or any(linked):
        current.version += 1
        current.save(update_fields=[*(name.removesuffix("_id") for name in different), "version"])
    return current


def _values(report: ReportedProject, codes: Codes) -> dict[str, Any]:
    money = report.budget or report.funding
    return {
        "title": report.title,
        "description": report.description,
        "language": report.language,
        "lead_entity_id": codes.entities[report.entity],
        "level": report.level,
        "state_id": codes.countries[report.state] if report.state else None,
        "origin": report.origin,
        "origin_note": report.origin_note,
        "starts_on": report.starts_on,
        "ends_on": report.ends_on,
        "scope": report.scope,
        "status": report.status,
        "pillar_id": codes.pillars[report.pillar] if report.pillar else None,
        "currency": money.currency if money else "USD",
        **_money("budget", report.budget),
    }


def _money(prefix: str, money: ReportedMoney | None) -> dict[str, Any]:
    return {
        prefix: money.amount if money else None,
        f"{prefix}_on": money.on if money else None,
        f"{prefix}_usd": money.usd if money else None,
    }


def _add(model: Any, fields: tuple[str, ...], project: Project, rows: Iterable[tuple[Any, ...]]) -> None:
    model.objects.unscoped(_WHY).bulk_create(
        model(project=project, **dict(zip(fields, values, strict=True))) for values in rows
    )


def _relink(project: Project, link: Any, before: ReportedProject, after: ReportedProject, codes: Codes) -> bool:
    """Add the links that only ``after`` has, take away those that only ``before`` had."""
    model, fields, rows_of = link
    then, now = dict.fromkeys(rows_of(before, codes)), dict.fromkeys(rows_of(after, codes))
    gone, new = [row for row in then if row not in now], [row for row in now if row not in then]
    if not gone and not new:
        return False
    rows = model.objects.unscoped(_WHY).filter(project=project)
    standing = {tuple(values): key for key, *values in rows.values_list("pk", *fields)}
    rows.filter(pk__in=[standing[row] for row in gone if row in standing]).delete()
    # A marker that was scored anew since stays so: it has one score.
    scored = set(rows.values_list("marker", flat=True)) if model is ProjectMarker else set()
    _add(model, fields, project, [row for row in new if row not in standing and row[0] not in scored])
    return True


def _sign(project: Project, scored: Signed | None) -> None:
    """Say of the markers that came with a justification who gave it and when."""
    if scored is not None:
        rows = ProjectMarker.objects.unscoped(_WHY).filter(project=project, scored_by__isnull=True)
        rows.exclude(justification="").update(scored_by=scored.person, scored_at=scored.at)
