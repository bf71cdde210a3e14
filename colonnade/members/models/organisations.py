"""Organisations: entities, working groups, and arrangements of cooperation."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Provenance, Sourced


class Entity(Sourced):
    """An organisation: a member or observer of the compact, or one that contributes, partners or publishes."""

    class EntityRole(models.TextChoices):
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        CONTRIBUTOR = "contributor", _("Contributor to the report")
        PARTNER = "partner", _("Partner")
        PUBLISHER = "publisher", _("Publisher of activities")

    #: Those who coordinate with each other, and whom a State can turn to.
    IN_THE_COMPACT: Final = (EntityRole.MEMBER, EntityRole.OBSERVER)

    code = models.CharField(max_length=60, unique=True)
    abbreviation = models.CharField(max_length=60)
    name = models.TextField()
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=12, choices=EntityRole.choices)
    contributed = models.BooleanField(default=False, help_text="Counted among those that gave the report material")
    governing_body = models.TextField(blank=True)
    governing_source = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    iati_ref = models.CharField(max_length=80, blank=True)
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.PUBLISHED)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "abbreviation"]
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return self.abbreviation


class WorkingGroup(Sourced):
    """A group of entities that works on one field of the strategy."""

    code = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    short_title = models.TextField()
    chairs = models.ManyToManyField(Entity, related_name="chaired_groups")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.short_title


class Arrangement(Sourced):
    """A framework of cooperation with a regional or other organisation."""

    party = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="arrangements")
    organisation = models.OneToOneField(Entity, on_delete=models.PROTECT, related_name="arrangement")
    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return str(self.organisation)
