"""Reads of restricted rows are in the log, beside the changes: who opened what, when, on which page.

A read is an event whose operation is ``READ``, with neither ``before`` nor ``after``. It changes nothing, so that it
makes no snapshot stale and stands in no history of changes (``Event.objects.changes()`` leaves it out).
"""

from collections.abc import Collection

from django.db import connection

from colonnade.audit.actions import action
from colonnade.core.actor import Actor

_NOTE = """
WITH noted AS (
    INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation)
    SELECT who, nullif(current_setting('colonnade.person', true), '')::bigint, %s,
           coalesce(current_setting('colonnade.request', true), ''), %s, row_id, 'READ'
    FROM (SELECT audit_actor() AS who OFFSET 0) AS actor, unnest(%s::text[]) AS row_id
    RETURNING id
)
INSERT INTO audit_waiting (event_ids) SELECT array_agg(id) FROM noted GROUP BY id / 4096
"""


@action
def note_reads(*, table: str, row_ids: Collection[int | str], what: str, actor: Actor) -> int:  # noqa: ARG001  # as in actions
    """Note that ``actor`` was shown the rows ``row_ids`` of ``table`` by ``what`` (a page's name, such as
    ``need-page``); return how many reads were noted. One statement, however many rows."""
    rows = list(dict.fromkeys(str(row) for row in row_ids))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [what, table, rows])
    return len(rows)
