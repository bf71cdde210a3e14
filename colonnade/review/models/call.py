"""A call for proposals: a round of seed money, or any other money that a board advises on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Record
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.funding.models import SeedRound
from colonnade.review.models.process import Process


class CallQuerySet(GuardedQuerySet["Call"]):
    """Calls: everybody reads one that was opened; one in preparation is the secretariat's."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q() if viewer.sees_restricted else ~Q(standing=Call.Standing.PREPARING)


class Call(Record):
    """A call, with the rules of its process as they were when it was opened.

    ``group_ceiling_usd`` bounds what all awards to one working group come to. ``seed_round`` is the round as published:
    of such a call nothing is stated that was not published, so it may lack days and money.
    """

    class Standing(models.TextChoices):
        PREPARING = "preparing", _("In preparation")
        OPEN = "open", _("Open for proposals")
        CLOSED = "closed", _("Closed, under review")
        DECIDED = "decided", _("Decided")

    code = models.SlugField(unique=True)
    title = models.TextField()
    summary = models.TextField(blank=True)
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField()
    seed_round = models.OneToOneField(SeedRound, null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.PREPARING)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    budget_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    group_ceiling_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = [F("opens_on").desc(nulls_last=True), "-code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="call_closes_after_opening",
            ),
            models.CheckConstraint(condition=Q(budget_usd__isnull=True) | Q(budget_usd__gt=0), name="call_has_money"),
            models.CheckConstraint(
                condition=Q(standing="decided")
                | Q(opens_on__isnull=False, closes_on__isnull=False, budget_usd__isnull=False),
                name="a_running_call_has_its_days_and_money",
            ),
            models.CheckConstraint(
                condition=Q(group_ceiling_usd__isnull=True) | Q(group_ceiling_usd__gt=0), name="ceiling_above_0"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether this is a round that was run elsewhere, of which the published awards are all that is here."""
        return self.seed_round_id is not None
