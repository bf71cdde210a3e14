"""What of requests waits for a reader: answers of their entities, requests to pass on, leads to name, their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.needs.assistance.access import is_officer
from colonnade.needs.assistance.queries import requests_of, waiting_for
from colonnade.needs.models import AssistanceRequest
from colonnade.needs.responses.access import OF_ENTITIES
from colonnade.web.shared.parameters import address_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests wait for the same thing, where they are listed, and what is the matter."""

    number: str
    address: str
    words: str
    why: str


def requests_waiting(viewer: Viewer, today: date) -> list[Waiting]:
    """What waits for ``viewer``; nothing for those who neither answer for an entity nor serve the committee."""
    if viewer.user_id is None or not (viewer.roles & OF_ENTITIES or is_officer(viewer)):
        return []
    with reading_as(viewer):
        return list(_waiting(viewer, today))


def _waiting(viewer: Viewer, today: date) -> Iterator[Waiting]:
    if viewer.roles & OF_ENTITIES and (number := waiting_for(viewer).count()):
        words = ngettext("request waits for your answer", "requests wait for your answer", number)
        why = _("A State asks for help, and your entity was asked: interested, can lead, or cannot.")
        yield Waiting(str(number), _listed(("show", "answer")), words, why)
    if is_officer(viewer):
        asked = (
            requests_of(viewer)
            .order_by()
            .aggregate(
                filed=Count("pk", filter=Q(standing=AssistanceRequest.Standing.FILED)),
                objected=Count("pk", filter=Q(standing=AssistanceRequest.Standing.OBJECTED)),
                overdue=Count("pk", filter=Q(due_on__lt=today)),
            )
        )
        if filed := asked["filed"]:
            words = ngettext("request waits to be passed on", "requests wait to be passed on", filed)
            why = _("Choose the entities that are asked.")
            yield Waiting(str(filed), _listed(("standing", "filed")), words, why)
        if objected := asked["objected"]:
            words = ngettext("closing of a request is objected to", "closings of requests are objected to", objected)
            why = _("Open it again, or say why the closing stands.")
            yield Waiting(str(objected), _listed(("standing", "objected")), words, why)
        if overdue := asked["overdue"]:
            words = ngettext("request is overdue", "requests are overdue", overdue)
            yield Waiting(str(overdue), _listed(("show", "overdue")), words, _("Its clock has run out."))


def _listed(*pairs: tuple[str, str]) -> str:
    return address_of(list(pairs), reverse("requests"))
