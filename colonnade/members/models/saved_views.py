"""Views of lists that people keep under names of their own."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models.organisations import Entity
from colonnade.members.models.people import Person


class SavedViewQuerySet(GuardedQuerySet["SavedView"]):
    """Saved views, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.user_id is None:
            return Q(pk__in=[])
        shared = Q(shared_with__code__in=viewer.entity_ids) if viewer.entity_ids else Q(pk__in=[])
        return Q(ended_at__isnull=True) & (Q(person_id=viewer.user_id) | shared)


class SavedView(models.Model):
    """The address of a list or of a question, kept under a name: by one person, or for everyone of an entity.

    ``query`` is the part of the address behind the question mark. What the view shows is counted afresh for whoever
    opens it, so that sharing one shares no records. An ended view is kept, and seen by nobody.
    """

    class Page(models.TextChoices):
        PROJECTS = "projects", _("Projects")
        NEEDS = "needs", _("Needs")
        EVENTS = "events", _("Events")
        EXPLORE = "explore", _("Explore")

    TITLE_LENGTH = 120
    QUERY_LENGTH = 2000

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    shared_with = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_LENGTH)
    page = models.CharField(max_length=10, choices=Page.choices)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["page", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "title"],
                condition=Q(ended_at__isnull=True),
                name="one_view_of_a_name",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="view_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title
