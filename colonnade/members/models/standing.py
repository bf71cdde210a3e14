"""What people do about their own standing here: an officer looks as somebody else, a focal point hands over."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models.organisations import Entity
from colonnade.members.models.people import Person, RoleHeld
from colonnade.places.models import Country

#: What an officer can look as: every role but the administrator's, whose pages hold people, not records.
LOOKED_AS: Final = tuple(role for role in Role if role != Role.ADMINISTRATOR)


class Look(models.Model):
    """That an officer looked at the pages as a role saw them: from when to when, as which role, held for whom.

    Without a role it was the public's view. ``ends_by`` is when the officer's session is over at the latest.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, role.name.title()) for role in LOOKED_AS])
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    ends_by = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_look_of_a_person_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.ENTITY) | Q(entity__isnull=False), name="look_as_focal_point_has_an_entity"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.STATE, Role.ASSESSOR]) | Q(country__isnull=False),
                name="look_for_a_state_has_one",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.COORDINATOR) | Q(country__isnull=False), name="look_as_coordinator_has_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.role or 'the public'}"


class HandoverQuerySet(GuardedQuerySet["Handover"]):
    """What was handed over, between those whom it concerns."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        if viewer.user_id is None:
            return Q(pk__in=[])
        own = viewer.user_id
        return Q(from_person_id=own) | Q(to_person_id=own) | Q(made_by_id=own)


class Handover(models.Model):
    """That a focal point who leaves passed on what was open to a colleague of the same entity or State."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    role = models.ForeignKey(RoleHeld, on_delete=models.PROTECT, related_name="+")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_person=F("to_person")), name="handed_over_to_somebody_else")
        ]

    def __str__(self) -> str:
        return self.public_id


class HandedOverQuerySet(GuardedQuerySet["HandedOver"]):
    """The parts of a handover are seen with it."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(handover__in=Handover.objects.visible_to(viewer).order_by().values("pk"))


class HandedOver(models.Model):
    """One thing that was open, and what was done with it. ``record`` is its public identifier: what it says is its own
    to show."""

    class Kind(models.TextChoices):
        VIEW = "view", _("Saved view")
        PROPOSAL = "proposal", _("Proposal to open a need")

    class Fate(models.TextChoices):
        PASSED_ON = "passed_on", _("Passed on")
        TAKEN_BACK = "taken_back", _("Taken back")

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    record = models.CharField(max_length=16)
    fate = models.CharField(max_length=10, choices=Fate.choices)

    objects = HandedOverQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"
