"""What an assessed State wished about its needs, what it consented to, and how that was carried out.

A wish takes effect at once. Lifting it, or showing a need to more people, takes a consent of the State that is
recorded, one person who proposes it and another who approves it. A consent that is withdrawn takes back what was done
under it. Nothing here is deleted.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice
from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, M
from colonnade.members.models import Person
from colonnade.needs.keepable import KEEPABLE
from colonnade.needs.models.need import Recommendation


def _of_their_state(viewer: Viewer) -> Q:
    """What is between a State, its assessors, the secretariat and auditors."""
    return Q() if viewer.sees_restricted else Q(recommendation__country__code__in=viewer.country_codes)


class KeptFieldQuerySet(GuardedQuerySet["KeptField"]):
    """Values that a State keeps: read by whoever reads its restricted needs, and by entities named on the need."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        named = Recommendation.objects.visible_to(viewer).filter(named_entities__code__in=viewer.entity_ids)
        return _of_their_state(viewer) | Q(recommendation__in=named.order_by().values("pk"))


class KeptField(models.Model):
    """The value of one field of a need that its State keeps confidential; a theme or a pillar by its code."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=list(KEEPABLE.items()))
    value = models.TextField(blank=True)
    kept_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = KeptFieldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "field"], condition=Q(ended_at__isnull=True), name="a_field_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.field}"


class OfTheirState(GuardedQuerySet[M]):
    """Rows about a need that its State's people, its assessors, the secretariat and auditors read."""

    def entitled(self, viewer: Viewer) -> Q:
        return _of_their_state(viewer)


class WishQuerySet(OfTheirState["Wish"]):
    """Wishes, read through ``visible_to``."""


class Wish(models.Model):
    """A State's wish that a need, or the ``fields`` of it, be confidential. Without fields it is the whole need."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=20), default=list)
    document = models.TextField(blank=True, help_text="The letter or note in which the State wished it")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.public_id


class ConsentQuerySet(OfTheirState["Consent"]):
    """Consents, read through ``visible_to``."""


class Consent(models.Model):
    """A State's consent that a need be read as far as ``level``, with the ``fields`` that it had kept."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=LevelChoice.choices)
    fields = ArrayField(models.CharField(max_length=20), default=list)
    given_by = models.CharField(max_length=200, help_text="The office of the State that consented")
    given_on = models.DateField()
    document = models.CharField(max_length=200, help_text="The reference of the letter or note")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(given_by="") & ~Q(document=""), name="consent_says_who_and_where"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_by__isnull=False), name="somebody_withdrew_it"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class LiftingQuerySet(OfTheirState["Lifting"]):
    """Proposals to lift, read through ``visible_to``."""


class Lifting(models.Model):
    """A proposal to show a need, or ``fields`` of it, to the readers of ``level``: one proposes, another decides.

    ``need_version`` is the version that was proposed and is previewed; a need that changed since is proposed anew.
    ``handed_to`` is the colleague whom whoever proposed it passed it on to: they answer for it, and do not decide it.
    """

    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for a second person")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=LevelChoice.choices)
    level_before = models.CharField(max_length=10, choices=LevelChoice.choices)
    fields = ArrayField(models.CharField(max_length=20), default=list)
    need_version = models.PositiveIntegerField()
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    handed_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = LiftingQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(standing__in=["approved", "refused"])
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="another_person_decides_a_lifting",
            ),
            models.CheckConstraint(
                condition=Q(handed_to__isnull=True) | Q(decided_by__isnull=True) | ~Q(decided_by=F("handed_to")),
                name="whoever_took_a_lifting_over_does_not_decide_it",
            ),
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(standing="proposed"), name="one_lifting_waits_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ConfidentialityChange(models.Model):
    """A day on which the confidentiality of needs changed: that it did, and of none which. Everybody may know it.

    Reports say from these days alone whether it changed since the inventory before: nothing about a need is asked.
    """

    on = models.DateField(unique=True)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.on.isoformat()
