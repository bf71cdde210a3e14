"""The outbox: every mail is a row of the transaction that it tells of, and leaves once that has been committed."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models.people import Person

#: How long after a try that failed the next one comes. After the last of them, a person decides.
RETRIES: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


class MailQuerySet(GuardedQuerySet["Mail"]):
    """Mails are shown to those who administer people, and to auditors."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q() if viewer.roles & {Role.ADMINISTRATOR, Role.AUDITOR} else Q(pk__in=[])


class Mail(models.Model):
    """A mail to one address. It is put into words when it is sent, so that a link's secret never stands here.

    ``context`` is what the words need beside the person; ``site`` is where its links lead (``https://host``).
    ``next_try_at`` is empty once nothing is to be tried any more.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        RESET = "reset", _("Link to a new password")
        CHANGED = "changed", _("Note that signing in was changed")
        EXTRA_ACCESS = "extra_access", _("Announcement of extra access")
        REMINDER = "reminder", _("Reminder of what waits")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("not to be sent any more")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=12)
    site = models.CharField(max_length=300, blank=True)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(db_default=Now())
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True, db_default=Now())

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_to_send", condition=Q(next_try_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
