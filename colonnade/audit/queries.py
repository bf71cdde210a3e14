"""What the log can say without its contents being shown."""

from typing import Final

from colonnade.audit.models import Event

#: Tables about who signs in: no figure counts them, so a sign-in makes no snapshot stale.
NOT_COUNTED: Final = ("members_person", "members_roleheld")


def high_water_mark() -> int:
    """The number of the newest event that a figure could depend on, so that a snapshot knows when it is stale."""
    newest = Event.objects.exclude(table_name__in=NOT_COUNTED).order_by("-id").values_list("id", flat=True).first()
    return newest or 0
