"""What contributors promised: pledges, the agreements about them, and what falls due when."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, M
from colonnade.funding.models.circle import by_its_level, gives, in_the_books
from colonnade.funding.models.contributors import Contributor
from colonnade.funding.models.windows import Earmark, Window
from colonnade.members.models import Person
from colonnade.portfolio.models import Project


class PledgeQuerySet(GuardedQuerySet["Pledge"]):
    """Pledges: the fund's circle reads them, a donor their own, others those whose level lets them."""

    def entitled(self, viewer: Viewer) -> Q:
        return in_the_books(viewer, own=gives(viewer) | by_its_level(viewer))


class Pledge(Record):
    """A promise of money: how much, in which currency, for what, by when. ``amount_usd`` is at the rate of its day.

    One that a donor entered is announced until the secretariat acknowledged it; so long it is restricted.
    """

    class Standing(models.TextChoices):
        ANNOUNCED = "announced", _("Announced, not acknowledged yet")
        PLEDGED = "pledged", _("Pledged")
        AGREED = "agreed", _("Agreement signed")
        PAID = "paid", _("Paid in full")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.RESTRICTED)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PLEDGED)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2)
    rate = models.DecimalField(max_digits=24, decimal_places=12, null=True)
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=200, blank=True)
    pledged_on = models.DateField()
    due_on = models.DateField(null=True)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="+")
    earmark = models.ForeignKey(Earmark, null=True, on_delete=models.PROTECT, related_name="+")
    for_project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["-pledged_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount_usd__gte=0), name="a_pledge_is_above_zero"),
            models.CheckConstraint(
                condition=Q(currency="USD", rate__isnull=True, amount_usd=F("amount"))
                | (~Q(currency="USD") & Q(rate__gt=0, rate_on__isnull=False) & ~Q(rate_source="")),
                name="a_pledge_has_its_rate",
            ),
            models.CheckConstraint(
                condition=~Q(standing="announced") | Q(level="restricted"), name="what_is_announced_is_restricted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class OfPledge(GuardedQuerySet[M]):
    """Rows that are read with their pledge."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(pledge__in=Pledge.objects.visible_to(viewer).order_by().values("pk"))


class AgreementQuerySet(OfPledge["Agreement"]):
    """Agreements, read with their pledge."""


class Agreement(models.Model):
    """What was signed about a pledge. Its terms are kept apart, in :class:`AgreementTerms`."""

    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=200)
    signed_on = models.DateField()
    ends_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("signed_on")), name="agreement_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class InstalmentQuerySet(OfPledge["Instalment"]):
    """Instalments, read with their pledge."""


class Instalment(models.Model):
    """A part of a pledge that falls due on a day, in the pledge's currency."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="one_instalment_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_instalment_is_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount}"


class AgreementTermsQuerySet(GuardedQuerySet["AgreementTerms"]):
    """Terms: the donor's own, the secretariat's and auditors'; the board does not read them."""

    def entitled(self, viewer: Viewer) -> Q:
        return (
            Q()
            if viewer.sees_restricted
            else gives(viewer, "pledge__contributor")
            & Q(pledge__in=Pledge.objects.visible_to(viewer).order_by().values("pk"))
        )


class AgreementTerms(models.Model):
    """On what terms money was agreed, in a row of its own, so that whatever reads agreements does not meet it."""

    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    objects = AgreementTermsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agreement terms"

    def __str__(self) -> str:
        return f"terms of {self.pledge_id}"
