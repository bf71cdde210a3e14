"""Requests whose clock runs out, or has run out, for those they wait for.

A request is named by its identifier and its day alone: whoever asks, and for what, stays on its page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from colonnade.core.viewer import Viewer
from colonnade.needs.assistance.access import is_officer
from colonnade.needs.assistance.queries import waiting_for
from colonnade.needs.models import AssistanceRequest
from colonnade.needs.responses.access import OF_ENTITIES

#: So many days before a clock runs out somebody is reminded.
AHEAD: Final = 3
#: Standing -> what is to be done there: by the secretariat, or by the entity that leads.
TO_BE_DONE: Final = {
    AssistanceRequest.Standing.FILED: "pass",
    AssistanceRequest.Standing.PASSED: "lead",
    AssistanceRequest.Standing.LED: "outcome",
    AssistanceRequest.Standing.OBJECTED: "objection",
}


@dataclass(frozen=True, slots=True)
class RequestDue:
    """A request, what is to be done (``answer``, ``pass``, ``lead``, ``outcome``, ``objection``), and by when."""

    done: str
    public_id: str
    due_on: date


def requests_due(viewer: Viewer, today: date) -> Iterator[RequestDue]:
    """What waits for ``viewer`` and is due within :data:`AHEAD` days of ``today``, or overdue. Two queries."""
    if viewer.user_id is None:
        return
    soon = today + timedelta(days=AHEAD)
    if viewer.roles & OF_ENTITIES:
        answers = waiting_for(viewer).filter(due_on__lte=soon).values_list("of_request__public_id", "due_on")
        yield from (RequestDue("answer", name, due_on) for name, due_on in dict(answers).items() if due_on)
    own = Q(pk__in=[])
    if is_officer(viewer):
        own |= Q(standing__in=[each for each, done in TO_BE_DONE.items() if done != "outcome"])
    if viewer.roles & OF_ENTITIES and viewer.entity_ids:
        own |= Q(standing=AssistanceRequest.Standing.LED, lead__code__in=viewer.entity_ids)
    rows = AssistanceRequest.objects.visible_to(viewer).filter(own, due_on__lte=soon).order_by("due_on", "pk")
    for name, standing, due_on in rows.values_list("public_id", "standing", "due_on"):
        if due_on is not None:
            yield RequestDue(TO_BE_DONE[AssistanceRequest.Standing(standing)], name, due_on)
