"""How a board works, as data of the strategy, and who holds an office in it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Sourced
from colonnade.members.models import Person


class Process(Sourced):
    """The rules of one board: its steps and clocks, criteria, rules of eligibility, outcomes and reports.

    ``rules`` is what :class:`colonnade.review.rules.Rules` reads; a call keeps a copy of what it was opened with.
    """

    code = models.SlugField(unique=True)
    title = models.TextField()
    rules = models.JSONField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class Office(models.Model):
    """An office that somebody holds in a process: the head decides, the chair leads the board's meetings."""

    class Kind(models.TextChoices):
        HEAD = "head", _("Head, who decides")
        CHAIR = "chair", _("Chair of the board")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="office_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
