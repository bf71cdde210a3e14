"""Released totals.

A released total is one over records that its readers may not see, made by one person and approved by another.

What was computed stands in the release; which records are behind it (:class:`ReleaseBasis`) and what was found when it
was checked (:class:`ReleaseCheck`) are for those who see every record. A release is never taken back: a withdrawn one
is no longer shown as a number of today, and still counts as known whenever another is checked.
"""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Record
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person


class ReleasedTotalQuerySet(GuardedQuerySet["ReleasedTotal"]):
    """Released totals, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        reached = [ReleasedTotal.Audience.PUBLIC]
        if viewer.inside_the_compact:
            reached.append(ReleasedTotal.Audience.COMPACT)
        return Q(audience__in=reached, standing__in=KNOWN_STANDINGS)

    def known(self) -> "ReleasedTotalQuerySet":
        """Those that were released, whether or not they still are: what was said once is known."""
        return self.filter(standing__in=KNOWN_STANDINGS)

    def in_force(self) -> "ReleasedTotalQuerySet":
        """Those that stand as numbers of today."""
        return self.filter(standing=ReleasedTotal.Standing.APPROVED)


class ReleasedTotal(Record):
    """A named total, or table of totals, that was released to an audience.

    It counts a ``figure`` of the library with ``parameters``, or the ``question`` of a cross-table, over the records
    of a circle (``over``). ``values`` are as computed over ``snapshot``, suppressed cells without a value.
    """

    class Audience(models.TextChoices):
        PUBLIC = "public", _("The public")
        COMPACT = "compact", _("Member entities of the compact")

    class Over(models.TextChoices):
        COMPACT = "compact", _("Records that are shared inside the compact")
        EVERY = "every", _("Every record, restricted ones too")

    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = models.TextField()
    figure = models.CharField(max_length=80, blank=True)
    question = models.JSONField(null=True)
    parameters = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    over = models.CharField(max_length=10, choices=Over.choices, default=Over.COMPACT)
    values = models.JSONField()
    policy = models.JSONField()
    snapshot = models.CharField(max_length=100)
    as_of = models.DateTimeField()
    reason = models.TextField(help_text="Why it is released: what its readers need it for")
    note = models.TextField(blank=True, help_text="What its readers should know when they use it")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PROPOSED)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    objects = ReleasedTotalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="who_releases_does_not_approve",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing__in=("approved", "withdrawn"), approved_by__isnull=False, approved_at__isnull=False
                )
                | Q(standing__in=("proposed", "refused"), approved_by__isnull=True, approved_at__isnull=True),
                name="release_in_force_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=("refused", "withdrawn"), ended_by__isnull=False, ended_at__isnull=False)
                | Q(standing__in=("proposed", "approved"), ended_by__isnull=True, ended_at__isnull=True),
                name="release_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(figure="") ^ Q(question__isnull=True), name="release_of_a_figure_or_a_question"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(reason=""), name="release_says_what_and_why"),
        ]

    def __str__(self) -> str:
        return self.title


#: Standings of a release whose values its audience has seen.
KNOWN_STANDINGS: Final = (ReleasedTotal.Standing.APPROVED, ReleasedTotal.Standing.WITHDRAWN)


def _who_sees_everything(viewer: Viewer) -> Q:
    """Rows that name records, or say what was found about them."""
    return Q() if viewer.sees_restricted else Q(pk__in=[])


class ReleaseBasisQuerySet(GuardedQuerySet["ReleaseBasis"]):
    """The records behind releases, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        return _who_sees_everything(viewer)


class ReleaseCheckQuerySet(GuardedQuerySet["ReleaseCheck"]):
    """What checks found, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        return _who_sees_everything(viewer)


class ReleaseBasis(models.Model):
    """The records behind a release as they stood: ``[identifier, contributor, row, column, weight]`` each.

    Later releases are checked against these sets: that is how a difference of one record is found.
    """

    release = models.OneToOneField(ReleasedTotal, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    measure = models.CharField(max_length=40)
    records = models.JSONField()

    objects = ReleaseBasisQuerySet.as_manager()

    def __str__(self) -> str:
        return f"behind {self.release_id}"


class ReleaseCheck(models.Model):
    """What was checked before a release was proposed or approved, for one circle of readers, and what was found.

    ``against`` names the releases and published figures that counted as known, ``findings`` what could be derived.
    """

    class Stage(models.TextChoices):
        PROPOSAL = "proposal", _("When it was proposed")
        APPROVAL = "approval", _("When it was approved")

    release = models.ForeignKey(ReleasedTotal, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    audience = models.CharField(max_length=10)
    checked_at = models.DateTimeField(db_default=Now())
    passed = models.BooleanField()
    hidden_records = models.PositiveIntegerField()
    unknowns = models.PositiveIntegerField()
    statements = models.PositiveIntegerField()
    sensitive = models.PositiveIntegerField()
    against = models.JSONField()
    findings = models.JSONField()

    objects = ReleaseCheckQuerySet.as_manager()

    class Meta:
        ordering = ["checked_at", "id"]

    def __str__(self) -> str:
        return f"{self.release_id} for {self.audience}: {'passed' if self.passed else 'failed'}"


class KnownFigure(models.Model):
    """A number that somebody published outside: whoever read it knows it. ``low`` to ``high``, either may be open.

    Noted from the claims of a data pack, or by a person. What was published is no secret, so everyone may read it.
    """

    class Origin(models.TextChoices):
        CLAIMS = "claims", _("From the data pack's claims")
        PERSON = "person", _("Noted by a person")

    key = models.CharField(max_length=80, unique=True)
    title = models.TextField()
    source = models.TextField()
    figure = models.CharField(max_length=80)
    cell = models.JSONField(default=dict)
    low = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    printed = models.CharField(max_length=80)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="known_figure_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False), name="known_figure_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.printed}"
