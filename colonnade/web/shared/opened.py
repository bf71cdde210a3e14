"""Noting in the log that somebody opened a restricted record: its State, and whoever audits, can see who did."""

from django.db.models import Model

from colonnade.audit.reads import note_reads
from colonnade.core.viewer import Level
from colonnade.web.shared.requests import ViewerRequest, actor_of


def note_if_restricted(request: ViewerRequest, record: Model, what: str) -> None:
    """Note that the request's person is shown ``record`` by the page ``what``, where it is restricted."""
    if getattr(record, "level", "") == Level.RESTRICTED and request.viewer.user_id is not None:
        note_reads(table=record._meta.db_table, row_ids=[record.pk], what=what, actor=actor_of(request))
