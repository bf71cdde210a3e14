"""What the log can say without its contents being shown."""

from django.db.models import Max

from colonnade.audit.models import Event


def high_water_mark() -> int:
    """The number of the newest event: it moves with every change, so that a snapshot knows when it is stale."""
    newest: int | None = Event.objects.aggregate(newest=Max("id"))["newest"]
    return newest or 0
