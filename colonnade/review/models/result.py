"""What a closed project achieved, as it was published: the one row of the board's work that everybody reads.

It names no proposal. A second person publishes what another closed, and only of a project that is public.
"""

from django.db import models
from django.db.models import F, Q

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.portfolio.models import Project
from colonnade.review.models.call import Call


class ProjectResultQuerySet(GuardedQuerySet["ProjectResult"]):
    """Results: of projects that the viewer may see, until they are withdrawn."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        return Q(withdrawn_at__isnull=True, project__in=Project.objects.visible_to(viewer).order_by().values("pk"))


class ProjectResult(models.Model):
    """What was given and spent, what was delivered of each output that was proposed, and what was learned.

    ``outputs`` are objects of ``title``, ``target`` and ``delivered``, texts all.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    # No accessor on the project, so that nothing reads results past ``visible_to``.
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    given_usd = models.DecimalField(max_digits=18, decimal_places=2)
    spent_usd = models.DecimalField(max_digits=18, decimal_places=2)
    outputs = models.JSONField(default=list)
    lessons = models.TextField()
    closed_on = models.DateField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ProjectResultQuerySet.as_manager()

    class Meta:
        ordering = ["-closed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(withdrawn_at__isnull=True), name="one_published_result_a_project"
            ),
            models.CheckConstraint(condition=~Q(published_by=F("closed_by")), name="who_closes_does_not_publish"),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="a_withdrawal_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
