"""What happened at the door: who signed in and out, what failed, what was refused."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models.people import Person


class SignInQuerySet(GuardedQuerySet["SignIn"]):
    """What happened at the door is shown to those who administer people, and to auditors."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q() if viewer.roles & {Role.ADMINISTRATOR, Role.AUDITOR} else Q(pk__in=[])


class SignIn(models.Model):
    """One thing that happened at the door. Rows are only ever added; the log has an event of each, with its request.

    ``person`` is whose account it was about, ``None`` where none is known: what was typed there is not kept.
    """

    class Kind(models.TextChoices):
        IN = "in", _("Signed in")
        OUT = "out", _("Signed out")
        ENDED = "ended", _("Signed out: the session’s time was over")
        FAILED = "failed", _("Signing in failed")
        CONFIRMED = "confirmed", _("Confirmed anew")
        NOT_CONFIRMED = "not_confirmed", _("Confirming anew failed")
        REFUSED = "refused", _("Refused after too many attempts")

    class Way(models.TextChoices):
        PASSWORD = "password", _("Password")
        CODE = "code", _("Code")
        PASSKEY = "passkey", _("Passkey")
        ORGANISATION = "organisation", _("An organisation’s own sign-in")
        INVITATION = "invitation", _("Invitation")
        DEMO = "demo", _("Demonstration")

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    way = models.CharField(max_length=12, blank=True, choices=Way.choices)
    noted_at = models.DateTimeField(db_default=Now())

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.way}"
