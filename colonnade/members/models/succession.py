"""What became of entities: they merge, split and are renamed, and their past stays theirs.

Nothing that an entity reported moves. A succession says who answers for it from a day on; a former name says what an
entity was called before a day. A succession that was recorded in error is withdrawn, not deleted.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.members.models.organisations import Entity
from colonnade.members.models.people import Person


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Successions. All of them are public."""

    def standing(self) -> Self:
        """Those that were not withdrawn, also of days that are still to come."""
        return self.filter(withdrawn_at__isnull=True)

    def in_force(self, on: date) -> Self:
        """Those that have taken effect by ``on``."""
        return self.standing().filter(took_effect_on__lte=on)


class Succession(models.Model):
    """Entities that gave way to others on a day. A predecessor that is no successor as well has ended that day.

    Whoever acts for a successor acts, from that day on, for the predecessors that ended.
    """

    class Kind(models.TextChoices):
        MERGED = "merged", _("Merged")
        SPLIT = "split", _("Split")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    predecessors = models.ManyToManyField(Entity, related_name="given_way")
    successors = models.ManyToManyField(Entity, related_name="followed")
    took_effect_on = models.DateField()
    source = models.TextField(help_text="The decision or document that says so")
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["took_effect_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="succession_says_its_source"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_by__isnull=False),
                name="somebody_withdrew_the_succession",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.took_effect_on}"

    @property
    def ended(self) -> list[Entity]:
        """The predecessors that are no more."""
        kept = {entity.pk for entity in self.successors.all()}
        return [entity for entity in self.predecessors.all() if entity.pk not in kept]


class FormerName(models.Model):
    """What an entity was called until ``renamed_on``, the first day of the name that followed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="former_names")
    abbreviation = models.CharField(max_length=60)
    name = models.TextField()
    renamed_on = models.DateField()
    source = models.TextField(help_text="The decision or document that says so")
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["renamed_on"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "renamed_on"], name="one_renaming_a_day"),
            models.CheckConstraint(condition=~Q(source=""), name="renaming_says_its_source"),
        ]

    def __str__(self) -> str:
        return self.abbreviation
