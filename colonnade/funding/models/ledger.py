"""The books of the fund: entries and their postings, which are only ever added to, and what was allocated.

Triggers (migration 0004) refuse an entry whose debits and credits differ in any window and earmark, more than is free
there, another wording of what stands, and a day of a period that was closed. What is wrong is corrected by an entry
that turns it round.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Provenance, Record
from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.funding.bookkeeping import Account
from colonnade.funding.models.circle import by_its_level, gives, in_the_books, with_its_project
from colonnade.funding.models.contributors import Contributor
from colonnade.funding.models.pledges import Pledge
from colonnade.funding.models.windows import Earmark, Window
from colonnade.members.models import Entity, Person
from colonnade.portfolio.models import Project


class AccountChoice(models.TextChoices):
    """The accounts of :mod:`colonnade.funding.bookkeeping`, as choices of a field."""

    CASH = Account.CASH, _("Cash")
    ADVANCES = Account.ADVANCES, _("Advances to entities")
    CONTRIBUTIONS = Account.CONTRIBUTIONS, _("Contributions")
    TRANSFERS_RECEIVED = Account.TRANSFERS_RECEIVED, _("Transfers from other entities")
    IN_KIND_RECEIVED = Account.IN_KIND_RECEIVED, _("Contributions in kind")
    IN_KIND_USED = Account.IN_KIND_USED, _("Goods and services in kind")
    EXPENDITURE = Account.EXPENDITURE, _("Expenditure of projects")
    SUPPORT_COSTS = Account.SUPPORT_COSTS, _("Programme support costs")
    REFUNDS = Account.REFUNDS, _("Refunds to contributors")
    REASSIGNED = Account.REASSIGNED, _("Moved between windows")
    ENCUMBERED = Account.ENCUMBERED, _("Allocated and not spent")
    RESERVED = Account.RESERVED, _("Reserve for what is allocated")


class AllocationQuerySet(GuardedQuerySet["Allocation"]):
    """Allocations: seen with their project, by the fund's circle and by the entity that they are for."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        own = Q(entity__code__in=viewer.entity_ids) if viewer.entity_ids else Q(pk__in=[])
        whole = Q() if Role.BOARD in viewer.roles else own | by_its_level(viewer)
        return whole & with_its_project(viewer, "project")


class Allocation(Record):
    """Money of a window that is to go to a project: one proposes it, another decides.

    ``amount_usd`` is for the project, ``support_usd`` for programme support on top of it. ``decision`` names what it
    rests on, such as the board's recommendation.
    """

    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for a second person")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")
        CLOSED = "closed", _("Closed, the rest released")

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.RESTRICTED)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PROPOSED)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="+")
    earmark = models.ForeignKey(Earmark, null=True, on_delete=models.PROTECT, related_name="+")
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2)
    support_usd = models.DecimalField(max_digits=18, decimal_places=2)
    support_percent = models.DecimalField(max_digits=7, decimal_places=4)
    decision = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_because = models.TextField(blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_usd__gt=0, support_usd__gte=0), name="an_allocation_is_above_zero"
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=["approved", "refused", "closed"])
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="another_person_decides_an_allocation",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class EntryQuerySet(GuardedQuerySet["Entry"]):
    """Entries: the fund's circle reads them, a donor their own, an entity those of what it was allocated."""

    def entitled(self, viewer: Viewer) -> Q:
        own = gives(viewer)
        if viewer.entity_ids:
            own |= Q(entity__code__in=viewer.entity_ids)
        return in_the_books(viewer, own=own)


class Entry(models.Model):
    """Something that happened to the fund's money on a day. It is never changed: ``corrects`` turns another round."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Money received")
        TRANSFER_IN = "transfer_in", _("Transfer from another entity")
        IN_KIND = "in_kind", _("Contribution in kind")
        ALLOCATION = "allocation", _("Allocation to a project")
        ADVANCE = "advance", _("Transfer to an entity")
        EXPENDITURE = "expenditure", _("Expenditure report")
        RETURN = "return", _("Money returned by an entity")
        RELEASE = "release", _("Rest of an allocation released")
        REFUND = "refund", _("Refund to a contributor")
        REASSIGNMENT = "reassignment", _("Move between windows")
        CORRECTION = "correction", _("Correction")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.REPORTED)
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    narrative = models.TextField()
    document = models.CharField(max_length=200)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    contributor = models.ForeignKey(Contributor, null=True, on_delete=models.PROTECT, related_name="+")
    pledge = models.ForeignKey(Pledge, null=True, on_delete=models.PROTECT, related_name="+")
    for_project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    allocation = models.ForeignKey(Allocation, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="correction", corrects__isnull=False)
                | (~Q(kind="correction") & Q(corrects__isnull=True)),
                name="a_correction_names_what_it_corrects",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class PostingQuerySet(GuardedQuerySet["Posting"]):
    """Postings, read with their entry."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(entry__in=Entry.objects.visible_to(viewer).order_by().values("pk"))


class Posting(models.Model):
    """One line of an entry. Debits are above zero and credits below; what it came to in US dollars is ``usd``."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=20, choices=AccountChoice.choices)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="+")
    earmark = models.ForeignKey(Earmark, null=True, on_delete=models.PROTECT, related_name="+")
    contributor = models.ForeignKey(Contributor, null=True, on_delete=models.PROTECT, related_name="+")
    for_project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    rate = models.DecimalField(max_digits=24, decimal_places=12, null=True)
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=200, blank=True)
    usd = models.DecimalField(max_digits=18, decimal_places=2)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["entry", "id"]
        indexes = [models.Index(fields=["window", "earmark", "account"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(currency="USD", rate__isnull=True, usd=F("amount"))
                | (~Q(currency="USD") & Q(rate__gt=0, rate_on__isnull=False) & ~Q(rate_source="")),
                name="a_posting_has_its_rate",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, usd__gte=0) | Q(amount__lte=0, usd__lte=0), name="both_amounts_on_one_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.usd}"


class Closing(models.Model):
    """A day up to which the books are closed: no entry is dated on it or before."""

    until = models.DateField(unique=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return self.until.isoformat()
