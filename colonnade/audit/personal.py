"""Personal details beside the log: showing them where they stand, and erasing them.

An event holds a commitment in the place of a detail: the SHA-256 of a random salt and the detail. Both stand in
``audit_personal``; erasing takes them away, and the commitment, which the chain's hashes cover, stays.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from colonnade.audit.actions import action
from colonnade.audit.models import Event, PersonalDetail
from colonnade.audit.triggers import MARK
from colonnade.core.actor import Actor

#: What stands where a detail was.
ERASED: Final = _("a person whose details were erased")


class NotErased(ValueError):
    """Details are not erased without a reason, nor by the person whose they are."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """An event as a reader may be shown it: personal details by what they say, or :data:`ERASED`."""

    event: Event
    actor: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def revealed(events: Iterable[Event]) -> list[Revealed]:
    """``events`` with the personal details that they commit to, in one query."""
    shown = list(events)
    wanted = {value for event in shown for value in _commitments(event)}
    known: dict[str, Any] = {}
    if wanted:
        rows = PersonalDetail.objects.filter(commitment__in=wanted).values_list("commitment", "value")
        known = {commitment: json.loads(value) for commitment, value in rows}

    def say(value: Any) -> Any:
        commitment = commitment_in(value)
        return value if commitment is None else known.get(commitment, str(ERASED))

    def row(values: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        return None if values is None else {name: say(value) for name, value in values.items()}

    return [Revealed(event, str(say(event.actor)), row(event.before), row(event.after)) for event in shown]


def commitment_in(value: object) -> str | None:
    """The commitment that ``value`` is, without its mark; ``None`` where it is something else."""
    if isinstance(value, str) and value.startswith(MARK):
        return value.removeprefix(MARK)
    return None


@action
def erase_personal_details(*, person_id: int, reason: str, actor: Actor) -> int:
    """Erase what the log knows of a person, an event for each detail; return how many details went.

    The registry's own rows of the person are another action's. Takes effect in the log at once; the rows that backups
    hold go with the backups. :raises NotErased: without a reason, or by the person: their own act would name them anew.
    """
    if not reason.strip():
        raise NotErased("Say why the details are erased.")
    if actor.person_id == person_id:
        raise NotErased("Somebody else erases a person's details.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_erase_personal(%s, %s)", [person_id, reason])
        return int(cursor.fetchone()[0])


def _commitments(event: Event) -> Iterator[str]:
    for value in (event.actor, *(event.before or {}).values(), *(event.after or {}).values()):
        commitment = commitment_in(value)
        if commitment is not None:
            yield commitment
