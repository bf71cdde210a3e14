"""Extra access: a role for hours, in an emergency, announced to everybody who watches."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models.organisations import Entity
from colonnade.members.models.people import Person
from colonnade.places.models import Country


class ExtraAccessQuerySet(GuardedQuerySet["ExtraAccess"]):
    """Extra access is shown to whoever has it, and to those who watch it."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.roles & {Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARIAT}:
            return Q()
        return Q(person_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=[])

    def in_force(self, at: datetime) -> "ExtraAccessQuerySet":
        """Those that count ``at`` this moment."""
        return self.filter(begins_at__lte=at, ends_at__gt=at, ended_at__isnull=True)


class ExtraAccess(models.Model):
    """A role that a person took, with a reason, from one moment to another. It ends by itself, or is ended."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ExtraAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("begins_at")), name="extra_access_ends_after_start"
            ),
            # Who administers people does so by a role that somebody else granted.
            models.CheckConstraint(condition=~Q(role=Role.ADMINISTRATOR), name="extra_access_administers_nobody"),
            models.CheckConstraint(condition=~Q(reason=""), name="extra_access_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} until {self.ends_at}"

    @property
    def over_at(self) -> datetime:
        """When it ends, or ended."""
        return self.ended_at or self.ends_at
