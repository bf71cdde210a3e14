"""Events: one row for every row inserted, updated or deleted, whoever did it and however.

The rows are written by triggers (:mod:`colonnade.audit.operations`), so bulk statements and raw SQL are caught too.
The application's login can add events and read them; nothing but a database owner can change one.
"""

from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One change to one row: who, when, through which action, before and after."""

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

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_id"])]

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.row_id}"
