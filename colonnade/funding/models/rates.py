"""Rates of exchange that an officer entered for a month which the data pack's table does not have."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from colonnade.members.models import Person


class MonthlyRate(models.Model):
    """US dollars for one unit of ``currency`` in the month that begins ``on``, as ``source`` published it.

    Rows are only ever added; of several for a month, the last counts. One that an amount was counted at has no other
    after it (:func:`colonnade.funding.actions.enter_rate`).
    """

    currency = models.CharField(max_length=3)
    on = models.DateField()
    usd_per_unit = models.DecimalField(max_digits=24, decimal_places=12)
    source = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-on", "currency", "-id"]
        indexes = [models.Index(fields=["currency", "on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(usd_per_unit__gt=0, on__day=1) & ~Q(currency="USD") & ~Q(source=""),
                name="a_rate_is_of_a_month_and_has_its_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on:%Y-%m}"
