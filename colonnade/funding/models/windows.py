"""What money of the fund is for: windows, which the data pack states, and earmarks within them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Sourced
from colonnade.core.identifiers import new_public_id
from colonnade.portfolio.models import Programme
from colonnade.strategy.models import Pillar, Theme


class Window(Sourced):
    """A part of the fund that money is given to, for a pillar, for a theme or for all of the strategy.

    ``support_percent`` is what the office charges on direct expenditure for programme support.
    """

    code = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    position = models.PositiveIntegerField()
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+")
    support_percent = models.DecimalField(max_digits=7, decimal_places=4)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(support_percent__gte=0, support_percent__lte=100), name="support_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Earmark(models.Model):
    """What money of a window is kept for; money without one is free for anything in the window.

    An earmark says what money is for, never who gave it or on what terms: everybody may read it.
    """

    class Kind(models.TextChoices):
        SOFT = "soft", _("Soft earmark")
        HARD = "hard", _("Hard earmark")
        RING_FENCED = "ring_fenced", _("Ring-fenced to a programme of work")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()

    class Meta:
        ordering = ["window", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["window", "title"], name="one_earmark_a_title"),
            models.CheckConstraint(
                condition=~Q(kind="ring_fenced") | Q(programme__isnull=False), name="ring_fenced_to_a_programme"
            ),
        ]

    def __str__(self) -> str:
        return self.title
