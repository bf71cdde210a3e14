"""Reports of records that were merged: the reference of such a record goes on naming the project.

Such a report is an entry of the kept record where that has none in the inventory. Where it has one, that stands: two
reports of one project are never added up, and which of them holds is decided where records are merged.
"""

from collections.abc import Iterable, Mapping, Sequence

from colonnade.portfolio.codes import Codes
from colonnade.portfolio.models import Inventory, InventoryEntry, Project
from colonnade.portfolio.reported import ReportedProject

_WHY = "a part of the action that records an inventory"

#: Projects by the key of their lead entity and their reference.
Known = Mapping[tuple[int, str], Project]


def divide(
    inventory: Inventory, batch: Sequence[ReportedProject], known: Known, codes: Codes
) -> tuple[list[ReportedProject], list[tuple[Project, ReportedProject]]]:
    """The reports of records that stand, and those that become an entry of the record that is kept."""
    own: list[ReportedProject] = []
    others: dict[int, ReportedProject] = {}
    reported: set[int] = set()
    for report in batch:
        project = known.get((codes.entities[report.entity], report.reference))
        if project is not None and project.merged_into_id is not None:
            others.setdefault(project.merged_into_id, report)
            continue
        own.append(report)
        if project is not None:
            reported.add(project.pk)
    if not others:
        return own, []
    entries = InventoryEntry.objects.unscoped(_WHY).filter(inventory=inventory, project__in=list(others))
    reported.update(entries.values_list("project_id", flat=True))
    kept = Project.objects.unscoped(_WHY).select_for_update(of=("self",)).filter(pk__in=others.keys() - reported)
    return own, [(project, others[project.pk]) for project in kept.order_by("pk")]


def united_among(projects: Iterable[Project]) -> set[int]:
    """The keys of those into which others were merged: what came with these is not taken away by a report."""
    keys = [project.pk for project in projects]
    merged = Project.objects.unscoped(_WHY).filter(merged_into__in=keys).values_list("merged_into_id", flat=True)
    return {key for key in merged if key is not None}
