"""Rounds of seed money and what they awarded."""

from django.db import models

from colonnade.audit.records import Record, Sourced
from colonnade.members.models import Entity, WorkingGroup


class SeedRound(Sourced):
    """A call for seed money, with the most that one working group can be given."""

    code = models.CharField(max_length=20, unique=True)
    title = models.TextField()
    year = models.PositiveIntegerField()
    ceiling_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    published_count = models.PositiveIntegerField(null=True)
    published_total_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return self.title


class SeedAward(Sourced, Record):
    """A project that a seed round paid for. Published, so visible to everyone."""

    round = models.ForeignKey(SeedRound, on_delete=models.PROTECT, related_name="awards")
    number = models.PositiveIntegerField()
    title = models.TextField()
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    working_group = models.ForeignKey(WorkingGroup, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_award_a_number")]

    def __str__(self) -> str:
        return self.title
