"""An appeal as it stood at a moment: at its launch, and as often after as the secretariat wishes.

What is kept is a row an entry with its requirement, and a row a record of money with what it came to. So whoever may
not read a record now is not told of it by a moment either, and received, pledged and shortfall are counted from the
same arithmetic as today's. Triggers (migration 0006) refuse changes.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.funding.models.appeals import Appeal, AppealEntry
from colonnade.funding.models.circle import gives
from colonnade.funding.models.contributors import Contribution
from colonnade.funding.models.ledger import Allocation
from colonnade.funding.models.pledges import Pledge
from colonnade.members.models import Person


class AppealMoment(models.Model):
    """A moment at which an appeal was kept as it stood."""

    class Kind(models.TextChoices):
        LAUNCH = "launch", _("Launch")
        LATER = "later", _("Later")

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    title = models.CharField(max_length=200)
    taken_at = models.DateTimeField(db_default=Now())
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["appeal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="one_moment_a_number"),
            models.UniqueConstraint(fields=["appeal"], condition=Q(kind="launch"), name="an_appeal_is_launched_once"),
        ]

    def __str__(self) -> str:
        return self.title


class FrozenEntryQuerySet(GuardedQuerySet["FrozenEntry"]):
    """What an entry asked for at a moment: read with the entry."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(entry__in=AppealEntry.objects.visible_to(viewer).order_by().values("pk"))


class FrozenEntry(models.Model):
    """An entry that was in the appeal at a moment, and what it asked for."""

    moment = models.ForeignKey(AppealMoment, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(AppealEntry, on_delete=models.PROTECT, related_name="+")
    requirement_usd = models.DecimalField(max_digits=18, decimal_places=2)

    objects = FrozenEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "frozen entries"
        constraints = [models.UniqueConstraint(fields=["moment", "entry"], name="an_entry_is_frozen_once_a_moment")]

    def __str__(self) -> str:
        return f"{self.moment_id} {self.entry_id}"


class FrozenSumQuerySet(GuardedQuerySet["FrozenSum"]):
    """Money at a moment: read by whoever reads the entry and the record that it is of; what of a pledge was paid, and
    what was open, by the books' circle and the donor."""

    def entitled(self, viewer: Viewer) -> Q:
        given = Contribution.objects.visible_to(viewer).order_by().values("pk")
        allocated = Allocation.objects.visible_to(viewer).order_by().values("pk")
        promised = Pledge.objects.visible_to(viewer).order_by().values("pk")
        seen = (
            Q(entry__in=AppealEntry.objects.visible_to(viewer).order_by().values("pk"))
            & (Q(contribution__isnull=True) | Q(contribution__in=given))
            & (Q(allocation__isnull=True) | Q(allocation__in=allocated))
            & (Q(pledge__isnull=True) | Q(pledge__in=promised))
        )
        if viewer.sees_restricted or Role.BOARD in viewer.roles:
            return seen
        return seen & (~Q(kind__in=FrozenSum.OF_THE_BOOKS) | gives(viewer, "pledge__contributor"))


class FrozenSum(models.Model):
    """What one record of money came to for an entry at a moment, in US dollars.

    ``contributed`` and ``allocated`` are whole. Of a pledge there is ``pledged``, the whole of it (``settled`` where it
    was paid in full), and for those who read what came in ``paid`` and ``open``.
    """

    class Kind(models.TextChoices):
        CONTRIBUTED = "contributed", _("Contributed")
        ALLOCATED = "allocated", _("Allocated")
        PLEDGED = "pledged", _("Pledged")
        PAID = "paid", _("Paid")
        OPEN = "open", _("Still to come")

    #: Kinds that say what came in under a pledge.
    OF_THE_BOOKS = (Kind.PAID, Kind.OPEN)

    moment = models.ForeignKey(AppealMoment, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(AppealEntry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    contribution = models.ForeignKey(Contribution, null=True, on_delete=models.PROTECT, related_name="+")
    allocation = models.ForeignKey(Allocation, null=True, on_delete=models.PROTECT, related_name="+")
    pledge = models.ForeignKey(Pledge, null=True, on_delete=models.PROTECT, related_name="+")
    usd = models.DecimalField(max_digits=18, decimal_places=2)
    settled = models.BooleanField(default=False)

    objects = FrozenSumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="contributed", contribution__isnull=False, allocation__isnull=True, pledge__isnull=True
                )
                | Q(kind="allocated", contribution__isnull=True, allocation__isnull=False, pledge__isnull=True)
                | Q(
                    kind__in=["pledged", "paid", "open"],
                    contribution__isnull=True,
                    allocation__isnull=True,
                    pledge__isnull=False,
                ),
                name="a_frozen_sum_is_of_one_record",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.usd}"
