"""An inventory: a named set of projects, with what was reported of each at one time.

The same project can stand in several, with another status or budget in each; that is how one year is compared with
another. An entry is as visible as its project.
"""

from django.db import models
from django.db.models import Q

from colonnade.audit.records import Provenance
from colonnade.portfolio.models.links import OfProjectQuerySet
from colonnade.portfolio.models.project import Project, Reported


class Inventory(models.Model):
    """A named set of projects as of a day. ``previous`` is the one it is compared with."""

    key = models.SlugField(unique=True)
    title = models.TextField()
    as_of = models.DateField()
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    provenance = models.CharField(max_length=12, choices=Provenance.choices)
    source = models.TextField()

    class Meta:
        ordering = ["as_of", "key"]
        verbose_name_plural = "inventories"

    def __str__(self) -> str:
        return self.title


class InventoryEntry(Reported):
    """What was reported of one project in one inventory."""

    inventory = models.ForeignKey(Inventory, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")

    objects = OfProjectQuerySet["InventoryEntry"].as_manager()

    class Meta:
        verbose_name_plural = "inventory entries"
        constraints = [
            models.UniqueConstraint(fields=["inventory", "project"], name="a_project_once_an_inventory"),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0), name="entry_budget_not_below_0"
            ),
            models.CheckConstraint(
                condition=Q(funding__isnull=True) | Q(funding__gte=0), name="entry_funding_not_below_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inventory_id}/{self.project_id}"
