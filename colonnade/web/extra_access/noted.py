"""What the log noted under an extra access.

Every page that was asked for under it is noted with its address, whatever it showed (by ``ViewerMiddleware``).
Restricted rows that pages note, and what was changed, are those of its person between its beginning and its end.
"""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from colonnade.audit.models import READ, Event
from colonnade.members.models import ExtraAccess

_TABLE = ExtraAccess._meta.db_table


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a table, by what."""

    table: str
    action: str
    number: int


def pages_under(access: ExtraAccess) -> QuerySet[Event]:
    """Every page that was asked for: when, and its address (``action``)."""
    return Event.objects.filter(operation=READ, table_name=_TABLE, row_id=str(access.pk)).order_by("-id")


def restricted_under(access: ExtraAccess) -> list[Counted]:
    """The restricted rows that were shown, counted by table and page."""
    return _counted(_meanwhile(access).filter(operation=READ).exclude(table_name=_TABLE))


def changes_under(access: ExtraAccess) -> list[Counted]:
    """The rows that were changed, counted by table and action."""
    return _counted(_meanwhile(access).exclude(operation=READ))


def _meanwhile(access: ExtraAccess) -> QuerySet[Event]:
    return Event.objects.filter(
        person_id=access.person_id, happened_at__gt=access.begins_at, happened_at__lt=access.over_at
    )


def _counted(events: QuerySet[Event]) -> list[Counted]:
    counted = events.values("table_name", "action").annotate(rows=Count("row_id", distinct=True))
    return [Counted(one["table_name"], one["action"], one["rows"]) for one in counted.order_by("table_name", "action")]
