"""Reads across the portfolio."""

from decimal import Decimal

from django.db.models import Count

from colonnade.audit.records import Provenance
from colonnade.core.viewer import Viewer
from colonnade.portfolio.link_tables import TABLES, shares_of, standing_links
from colonnade.portfolio.linked import Key, Linked
from colonnade.portfolio.models import Project


def busiest_entities(viewer: Viewer, number: int, *, provenance: Provenance) -> list[str]:
    """The codes of the entities that lead most projects of one provenance that ``viewer`` sees, the busiest first."""
    counted = (
        Project.objects.visible_to(viewer)
        .filter(provenance=provenance)
        .order_by()
        .values_list("lead_entity__code")
        .annotate(projects=Count("pk"))
        .order_by("-projects", "lead_entity__code")
    )
    return [code for code, _ in counted[:number]]


def links_of(viewer: Viewer, project: Project) -> dict[Linked, dict[Key, Decimal | None]]:
    """What ``project`` is linked to, as its people state it: a query a kind."""
    return {
        of: shares_of(standing_links(table.model.objects.visible_to(viewer).filter(project=project), table))
        for of, table in TABLES.items()
    }
