"""Invitations: the one way in for somebody new."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models.people import Person


class InvitationQuerySet(GuardedQuerySet["Invitation"]):
    """Invitations are shown to those who administer people, and to auditors."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q() if viewer.roles & {Role.ADMINISTRATOR, Role.AUDITOR} else Q(pk__in=[])


class Invitation(models.Model):
    """Somebody is asked in, with the roles that stand ready for them.

    The link of its mail holds a secret. Here stands its SHA-256, and an empty text while no link works: before the
    first mail has left, and after the link was used. Each mail has a secret of its own, which voids the one before.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation of {self.person}"

    def why_closed(self, at: datetime) -> str:
        """``accepted``, ``withdrawn`` or ``expired``; empty where it can be accepted ``at`` this moment."""
        if self.accepted_at is not None:
            return "accepted"
        if not self.person.is_active:
            return "withdrawn"
        return "expired" if at >= self.expires_at else ""
