"""Every write about an officer's looking as somebody else. The log keeps both ends of a look, and as whom it was."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.access import why_not_look_as
from colonnade.members.models import Entity, Look, Person
from colonnade.members.queries import viewer_for
from colonnade.places.models import Country


class LookRefused(ValueError):
    """Nobody may look like this; the text says why."""


@action
def start_looking(
    *,
    person: Person,
    role: str,
    entity: Entity | None = None,
    country: Country | None = None,
    ends_by: datetime,
    actor: Actor,  # noqa: ARG001  # for the decorator
) -> Look:
    """Let ``person`` look as ``role`` (empty for the public) until they stop, or ``ends_by``.

    A look that goes on elsewhere ends. Raises :class:`LookRefused`.
    """
    held = Person.objects.select_for_update().get(pk=person.pk)
    if reason := why_not_look_as(viewer_for(held, timezone.localdate()), role, entity, country):
        raise LookRefused(reason)
    _going_on(held).update(ended_at=Now())
    return Look.objects.create(person=held, role=role, entity=entity, country=country, ends_by=ends_by)


@action
def stop_looking(*, person: Person, actor: Actor) -> int:  # noqa: ARG001  # as above
    """End what ``person`` looks as; return how many looks that were."""
    return _going_on(person).update(ended_at=Now())


def _going_on(person: Person) -> QuerySet[Look]:
    return Look.objects.filter(person=person, ended_at__isnull=True)
