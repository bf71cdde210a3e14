"""Events: one row for every row inserted, updated or deleted, whoever did it and however; and the heads that seal them.

The rows are written by triggers (:mod:`colonnade.audit.triggers`), so bulk statements and raw SQL are caught too.
The application's login can add events and read them; nothing but a database owner can change one, and then the chain
of heads shows it (:mod:`colonnade.audit.checking`). Personal details stand beside the events, where they can be erased.
"""

from typing import Final, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Now

#: The operation of an event that says that a row was read, not changed.
READ: Final = "READ"


class EventQuerySet(models.QuerySet["Event"]):
    """Events; most readers want the changes only."""

    def changes(self) -> Self:
        """The events that changed a row."""
        return self.exclude(operation=READ)


class Event(models.Model):
    """One change to one row (or one read of it): who, when, through which action, before and after.

    Personal details in ``actor``, ``before`` and ``after`` are commitments (``personal:`` and 64 hexadecimal digits);
    :func:`colonnade.audit.personal.revealed` gives what they stand for.
    """

    id = models.BigAutoField(primary_key=True)
    happened_at = models.DateTimeField(db_default=Now())
    actor = models.TextField()
    person_id = models.BigIntegerField(null=True)
    action = models.TextField()
    request_id = models.TextField()
    table_name = models.TextField()
    row_id = models.TextField()
    operation = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["table_name", "row_id"]),
            # Pages of the log go on from a moment.
            models.Index(fields=["-happened_at", "-id"], name="audit_event_newest"),
            # Rows that a project no longer has: nothing else leads from the project to them.
            models.Index(fields=["-id"], name="audit_event_changes", condition=~Q(operation=READ)),
            models.Index(
                KeyTransform("project_id", "before"), name="audit_event_left_a_project", condition=Q(operation="DELETE")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.row_id}"


class Waiting(models.Model):
    """Events that no head seals yet: one row for each statement that wrote some, with at most 4,096 of them.

    The transaction that writes events adds the row; the sealer takes it away.
    """

    id = models.BigAutoField(primary_key=True)
    event_ids = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "audit_waiting"


class Head(models.Model):
    """Events sealed at once, chained to those sealed before. :mod:`colonnade.audit.canonical` says how it is hashed.

    ``position`` counts heads from 1; ``first`` and ``last`` count events from 1 in the order of their sealing.
    ``leaves`` holds 40 bytes for each of them: its id (big-endian) and its SHA-256.
    """

    position = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    newest = models.BigIntegerField(help_text="The highest id of an event sealed so far")
    leaves = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"head {self.position}: events {self.first} to {self.last}"


class PersonalDetail(models.Model):
    """A personal detail that events commit to: ``commitment`` is the SHA-256 of ``salt`` and ``value``.

    ``value`` is the detail as JSON text (PostgreSQL's ``jsonb``). Erasing deletes the row: without salt and value, the
    commitment says nothing.
    """

    commitment = models.CharField(max_length=64, primary_key=True)
    salt = models.BinaryField()
    value = models.TextField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "audit_personal"
        indexes = [models.Index(fields=["person_id"]), HashIndex(fields=["value"], name="audit_personal_value")]

    def __str__(self) -> str:
        return self.commitment


class ColumnRule(models.Model):
    """What the log does with a column: leaves it out, or commits to it as a personal detail of ``person_column``."""

    class Treatment(models.TextChoices):
        COMMIT = "commit"
        OMIT = "omit"

    table_name = models.TextField()
    column_name = models.TextField()
    treatment = models.CharField(max_length=6, choices=Treatment.choices)
    person_column = models.TextField(blank=True, help_text="The column that names whose detail it is, where one does")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table_name", "column_name"], name="one_rule_a_column")]

    def __str__(self) -> str:
        return f"{self.treatment} {self.table_name}.{self.column_name}"
