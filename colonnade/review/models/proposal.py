"""A proposal: what an entity asks money for, as annex II, paragraph 65, requires it to be described."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Record
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet, M
from colonnade.members.models import Entity, Person, WorkingGroup
from colonnade.needs.models import Recommendation
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Origin, Project, Scope
from colonnade.review.models.call import Call
from colonnade.strategy.models import Mandate, Pillar, Theme


class Standing(models.TextChoices):
    """Where a proposal is. Which of these a board uses, its process says (:mod:`colonnade.review.workflow`)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned with comments")
    SCREENED = "screened", _("Complete")
    SCORED = "scored", _("Scored")
    RECOMMENDED = "recommended", _("Before the head")
    APPROVED = "approved", _("Approved")
    DEFERRED = "deferred", _("Deferred")
    REJECTED = "rejected", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


#: Where a proposal is its applicants' own.
WITH_THE_APPLICANT: Final = (Standing.DRAFT, Standing.RETURNED)
#: Where the head has decided.
AFTER_THE_DECISION: Final = (Standing.APPROVED, Standing.DEFERRED, Standing.REJECTED, Standing.CLOSED)


#: What others than the applicants may read: it was sent, and is not back with them; a withdrawn draft never was.
_SENT: Final = Q(submitted_at__isnull=False) & ~Q(standing__in=WITH_THE_APPLICANT)


class ProposalQuerySet(GuardedQuerySet["Proposal"]):
    """Proposals: their applicants', and from submission on those who screen, review and recommend.

    What one cites, a need above all, has a rule of its own: it is read through that record's ``visible_to``.
    """

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        everywhere = Proposal._base_manager
        mine = Q(pk__in=[])
        if viewer.entity_ids and viewer.roles & {Role.ENTITY, Role.CHAIR}:
            partnered = everywhere.filter(partners__code__in=viewer.entity_ids)
            mine = Q(entity__code__in=viewer.entity_ids) | Q(pk__in=partnered.values("pk"))
        beyond = Q(pk__in=[])
        if Role.BOARD in viewer.roles:
            beyond = _SENT
        elif viewer.entity_ids and Role.CHAIR in viewer.roles:
            chaired = everywhere.filter(working_group__chairs__code__in=viewer.entity_ids)
            beyond = Q(pk__in=chaired.values("pk")) & _SENT
        if viewer.user_id is not None and viewer.inside_the_compact:
            drawn = everywhere.filter(reviewer__person=viewer.user_id, reviewer__conflict="")
            beyond |= Q(pk__in=drawn.values("pk")) & _SENT
        return mine | beyond


class Proposal(Record):
    """A proposal in answer to a call; its lines, outputs, risks and consultations stand in :mod:`.parts`.

    ``amends`` is the approved proposal whose cost, time or scope this one would change. ``approved_project`` is what
    approval made of it. Texts may be empty in a draft: :mod:`colonnade.review.eligibility` says what is missing.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Entity, related_name="+")
    working_group = models.ForeignKey(WorkingGroup, null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=11, choices=Standing.choices, default=Standing.DRAFT)
    title = models.TextField()
    purpose = models.TextField(blank=True)
    performance = models.TextField(blank=True, help_text="Performance requirements")
    limits = models.TextField(blank=True, help_text="Constraints of cost, time and place")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    requested_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    product_description = models.TextField(blank=True, help_text="The products and services to be delivered")
    outcomes = models.TextField(blank=True, help_text="How the outputs lead to the project's outcomes")
    benefits = models.TextField(blank=True, help_text="How the benefits will be sustained")
    quality = models.TextField(blank=True, help_text="Quality expectations and criteria agreed with beneficiaries")
    origin = models.CharField(max_length=14, choices=Origin.choices, blank=True)
    cited_need = models.ForeignKey(Recommendation, null=True, on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    request_document = models.TextField(blank=True)
    mandate = models.ForeignKey(Mandate, null=True, on_delete=models.PROTECT, related_name="+")
    mandate_note = models.TextField(blank=True)
    programme_alignment = models.TextField(blank=True, help_text="With the joint programme of work")
    group_alignment = models.TextField(blank=True, help_text="With the working group's terms of reference")
    fund_alignment = models.TextField(blank=True, help_text="With the fund's terms of reference")
    cofunding = models.TextField(blank=True)
    sustainability = models.TextField(blank=True)
    due_diligence = models.TextField(blank=True, help_text="Human rights due diligence")
    touches_protected = models.BooleanField(
        default=False, help_text="Women or children linked to listed groups are concerned"
    )
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope.choices, blank=True)
    countries = models.ManyToManyField(Country, related_name="+")
    regions = models.ManyToManyField(Region, related_name="+")
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    approved_project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    standing_since = models.DateTimeField(help_text="When it came to where it stands")
    withdrawn_because = models.TextField(blank=True)
    scores_open_to_board = models.BooleanField(default=False)
    scores_open_to_applicant = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="proposal_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(requested_usd__isnull=True) | Q(requested_usd__gt=0), name="proposal_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["draft", "returned", "withdrawn"])
                | (
                    Q(submitted_at__isnull=False)
                    & (
                        # Which need it is, a reader may not know; that it is one, everybody does.
                        Q(origin="recommendation")
                        | Q(origin="request", requested_by__isnull=False)
                        | (Q(origin="mandate") & (Q(mandate__isnull=False) | ~Q(mandate_note="")))
                    )
                ),
                name="no_proposal_without_its_origin",
            ),
            models.CheckConstraint(
                condition=~Q(standing="returned") | Q(submitted_at__isnull=False), name="returned_after_it_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(cited_need__isnull=True) | Q(origin="recommendation"), name="needs_are_cited_as_origin"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfProposalQuerySet(GuardedQuerySet[M]):
    """Rows that belong to a proposal, and are read with it."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(proposal__in=Proposal.objects.visible_to(viewer).order_by().values("pk"))


class OfProposal(models.Model):
    """A part of a proposal."""

    # No accessor on the proposal, so that nothing reads parts past ``visible_to``; queries may still join by this name.
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+", related_query_name="%(class)s")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"
