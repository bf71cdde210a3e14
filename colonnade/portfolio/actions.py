"""Every write to the portfolio."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.access import why_not_edit, why_not_publish
from colonnade.portfolio.codes import Codes
from colonnade.portfolio.editing import (
    AMOUNTS,
    EDITABLE,
    MONEY,
    REPORTED,
    InDollars,
    ProjectChanged,
    ProjectRefused,
    dollars_of,
    why_not_so,
)
from colonnade.portfolio.linking import replace_links
from colonnade.portfolio.merged import divide, united_among
from colonnade.portfolio.models import Inventory, InventoryEntry, Project
from colonnade.portfolio.reported import ReportedMoney, ReportedProject

BATCH = 2000
_DOLLARS = tuple(f"{amount}_usd" for amount in AMOUNTS)


@dataclass(frozen=True, slots=True)
class RecordedInventory:
    """What storing an inventory did."""

    created: int
    updated: int
    unchanged: int


@action
def open_inventory(
    *, key: str, title: str, as_of: date, provenance: str, source: str, previous: str | None, actor: Actor
) -> Inventory:
    """Name a set of projects, or bring its title and day up to date. ``previous`` is the key it is compared with."""
    earlier = Inventory.objects.get(key=previous) if previous else None
    wanted = {"title": title, "as_of": as_of, "provenance": provenance, "source": source, "previous": earlier}
    inventory, _ = Inventory.objects.get_or_create(key=key, defaults=wanted)
    changed = [name for name, value in wanted.items() if getattr(inventory, name) != value]
    if changed:
        for name in changed:
            setattr(inventory, name, wanted[name])
        inventory.save(update_fields=changed)
    return inventory


@action
def record_inventory(*, inventory: Inventory, projects: Iterable[ReportedProject], actor: Actor) -> RecordedInventory:
    """Store what ``inventory`` reports of each project; the projects themselves carry the latest report.

    A project that stands in an inventory of a later day keeps what that one says. What is reported of a record that was
    merged into another is an entry of the one that is kept, unless that one is reported itself (:mod:`.merged`).

    Works in batches, so memory stays bounded. The same report twice changes nothing. Raises ``ProblemsFound`` naming
    every code that the registry does not know; then nothing at all is stored.
    """
    codes = Codes.load()
    totals = [0, 0, 0]
    batch: list[ReportedProject] = []
    for project in projects:
        batch.append(project)
        if len(batch) == BATCH:
            _add(totals, _record_batch(inventory, batch, codes))
            batch = []
    if batch:
        _add(totals, _record_batch(inventory, batch, codes))
    return RecordedInventory(*totals)


@action
def update_project(
    *,
    project: Project,
    expected_version: int,
    changes: Mapping[str, Any],
    in_dollars: InDollars,
    person: Person,
    actor: Actor,
) -> Project:
    """Give some of the ``EDITABLE`` fields of ``project`` other values; return it as it stands then.

    What the newest inventory reports of it follows, so that figures do. Where nothing is different, nothing is written.
    Amounts that are stated anew are counted in US dollars by ``in_dollars``; the others keep the dollars they had.

    :raises Project.DoesNotExist: where ``person`` may not see it any more.
    :raises ProjectRefused: where they may not edit it, or it could not stand like this.
    :raises ProjectChanged: where it has another version than the one that ``person`` saw; nothing is written.
    :raises ValueError: as ``in_dollars`` does, where it knows no rate.
    """
    viewer = viewer_for(person, timezone.localdate())
    seen = Project.objects.visible_to(viewer).select_related("lead_entity")
    current = seen.select_for_update(of=("self",)).get(pk=project.pk)
    _insist(why_not_edit(viewer, current))
    if current.version != expected_version:
        raise ProjectChanged(current)
    if unknown := changes.keys() - EDITABLE.keys():
        raise ProjectRefused(f"{', '.join(sorted(unknown))}: not edited by hand")
    wanted = {name: changes.get(name, getattr(current, name)) for name in EDITABLE}
    _insist(why_not_so(wanted))
    different = {name: value for name, value in wanted.items() if getattr(current, name) != value}
    if not different:
        return current
    if any(name in different for name in MONEY):
        different |= dollars_of(wanted, in_dollars)
    _apply(current, different)
    current.version += 1
    current.save(update_fields=[*(name.removesuffix("_id") for name in different), "version"])
    if reported := {name: value for name, value in different.items() if name in (*REPORTED, *_DOLLARS)}:
        entries = InventoryEntry.objects.unscoped("update_project locked the project")
        newest = entries.filter(project=current).order_by("-inventory__as_of", "-pk").values("pk")[:1]
        entries.filter(pk__in=newest).update(**reported)
    return current


@action
def publish_project(
    *, project: Project, expected_version: int, published: bool, person: Person, actor: Actor
) -> Project:
    """Let everybody read ``project``, or, where not ``published``, member entities alone again.

    What it responds to stays as it is: a need that is not public is not shown with it. Raises as
    :func:`update_project`.
    """
    viewer = viewer_for(person, timezone.localdate())
    seen = Project.objects.visible_to(viewer).select_related("lead_entity")
    current = seen.select_for_update(of=("self",)).get(pk=project.pk)
    _insist(why_not_publish(viewer, current))
    if current.version != expected_version:
        raise ProjectChanged(current)
    level = Level.PUBLIC if published else Level.COMPACT
    if current.level != level:
        current.level = level
        current.version += 1
        current.save(update_fields=["level", "version"])
    return current


def _insist(why_not: str | None) -> None:
    if why_not:
        raise ProjectRefused(why_not)


def _add(totals: list[int], more: tuple[int, int, int]) -> None:
    for position, number in enumerate(more):
        totals[position] += number


def _record_batch(inventory: Inventory, batch: Sequence[ReportedProject], codes: Codes) -> tuple[int, int, int]:
    codes.insist(batch)
    known = {
        (project.lead_entity_id, project.reference): project
        for project in Project.objects.unscoped("record_inventory locks what it reports")
        .select_for_update()
        .filter(
            reference__in=[report.reference for report in batch],
            lead_entity__in=Entity.objects.filter(code__in={report.entity for report in batch}),
        )
    }
    whole = len(batch)
    batch, elsewhere = divide(inventory, batch, known, codes)
    newer = set(
        InventoryEntry.objects.unscoped("record_inventory")
        .filter(project__in=[*known.values(), *(kept for kept, _ in elsewhere)], inventory__as_of__gt=inventory.as_of)
        .values_list("project_id", flat=True)
    )
    create: list[Project] = []
    update: list[Project] = []
    pairs: list[tuple[Project, ReportedProject]] = []
    for report in batch:
        values = _project_values(inventory, report, codes)
        project = known.get((values["lead_entity_id"], report.reference))
        if project is None:
            project = Project(reference=report.reference, **values)
            if report.public_id:
                project.public_id = report.public_id
            known[project.lead_entity_id, report.reference] = project
            create.append(project)
        elif project.pk not in newer and _differs(project, values):
            _apply(project, values)
            project.version += 1
            update.append(project)
        pairs.append((project, report))
    for kept, report in elsewhere:
        values = _reported_values(report, codes)
        if kept.pk not in newer and _differs(kept, values):
            _apply(kept, values)
            kept.version += 1
            kept.save(update_fields=[*(name.removesuffix("_id") for name in values), "version"])
    Project.objects.unscoped("record_inventory").bulk_create(create, batch_size=BATCH)
    if update:
        fields = [*_project_values(inventory, batch[0], codes), "version"]
        Project.objects.unscoped("record_inventory").bulk_update(
            update, [name.removesuffix("_id") for name in fields], batch_size=200
        )
    new = {project.pk for project in create}
    current = [(project, report) for project, report in pairs if project.pk not in newer]
    relinked = replace_links(current, codes, new, united_among(known.values()))
    entered = _record_entries(inventory, [*pairs, *elsewhere], codes)
    changed = {project.pk for project in update} | relinked | entered
    touched = changed - new
    return len(create), len(touched), whole - len(create) - len(touched)


def _record_entries(inventory: Inventory, pairs: Sequence[tuple[Project, ReportedProject]], codes: Codes) -> set[int]:
    entries = InventoryEntry.objects.unscoped("record_inventory")
    known = {
        entry.project_id: entry for entry in entries.filter(inventory=inventory, project__in=[p for p, _ in pairs])
    }
    create: list[InventoryEntry] = []
    update: list[InventoryEntry] = []
    for project, report in pairs:
        values = _reported_values(report, codes)
        entry = known.get(project.pk)
        if entry is None:
            create.append(InventoryEntry(inventory=inventory, project=project, **values))
        elif _differs(entry, values):
            _apply(entry, values)
            update.append(entry)
    entries.bulk_create(create, batch_size=BATCH)
    if update:
        names = [name.removesuffix("_id") for name in _reported_values(pairs[0][1], codes)]
        entries.bulk_update(update, names, batch_size=200)
    return {entry.project_id for entry in (*create, *update)}


def _money(prefix: str, money: ReportedMoney | None) -> dict[str, Any]:
    return {
        prefix: money.amount if money else None,
        f"{prefix}_on": money.on if money else None,
        f"{prefix}_usd": money.usd if money else None,
    }


def _reported_values(report: ReportedProject, codes: Codes) -> dict[str, Any]:
    money = report.budget or report.funding
    return {
        "scope": report.scope,
        "status": report.status,
        "pillar_id": codes.pillars[report.pillar] if report.pillar else None,
        "currency": money.currency if money else "USD",
        **_money("budget", report.budget),
        **_money("funding", report.funding),
    }


def _project_values(inventory: Inventory, report: ReportedProject, codes: Codes) -> dict[str, Any]:
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
        "provenance": inventory.provenance,
        **_reported_values(report, codes),
    }


def _differs(record: Model, values: dict[str, Any]) -> bool:
    return any(getattr(record, name) != value for name, value in values.items())


def _apply(record: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)
