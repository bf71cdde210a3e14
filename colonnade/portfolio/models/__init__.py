"""The portfolio: projects, what was reported of them, and what they are linked to."""

from colonnade.portfolio.models.checks import MarkerCheck, MarkerSample
from colonnade.portfolio.models.inventory import Inventory, InventoryEntry
from colonnade.portfolio.models.links import (
    MappedFact,
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
from colonnade.portfolio.models.project import Origin, Programme, Project, Scope, Status

__all__ = [
    "Inventory",
    "InventoryEntry",
    "MappedFact",
    "MarkerCheck",
    "MarkerSample",
    "Origin",
    "Programme",
    "Project",
    "ProjectArea",
    "ProjectCountry",
    "ProjectMandate",
    "ProjectMarker",
    "ProjectPartner",
    "ProjectPillar",
    "ProjectRegion",
    "ProjectSafeguard",
    "ProjectTheme",
    "ReferenceCode",
    "Scope",
    "Status",
]
