"""Files with restricted records: whoever takes one confirms that it is they, and the log says which rows they took.

A file of which every row is open to wider circles is handed out as it is asked for.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from django.db.models import Q
from django.http.response import HttpResponseBase

from colonnade.audit.reads import note_reads
from colonnade.core.viewer import Level, Viewer
from colonnade.needs.models import AssistanceRequest, KeptField, Recommendation
from colonnade.portfolio.models import Project
from colonnade.results.models import Event
from colonnade.web.shared.requests import ViewerRequest, actor_of
from colonnade.web.shared.stepping_up import confirmation_first

#: Kinds of records that can be restricted and stand in files, by the names that figures and lists have for them.
CLOSED_KINDS: Final[Mapping[str, type[Project | Recommendation | Event | AssistanceRequest]]] = MappingProxyType(
    {"project": Project, "recommendation": Recommendation, "event": Event, "assistance_request": AssistanceRequest}
)


def closed_records(viewer: Viewer, kind: str) -> dict[str, int]:
    """The records of ``kind`` that are restricted, or of which ``viewer`` reads fields that a State keeps from others.

    Identifier -> key, of those that ``viewer`` may see.
    """
    model = CLOSED_KINDS.get(kind)
    if model is None or viewer.user_id is None:
        return {}
    closed = Q(level=Level.RESTRICTED)
    if model is Recommendation:
        kept = KeptField.objects.visible_to(viewer).filter(ended_at__isnull=True)
        closed |= Q(pk__in=kept.order_by().values("recommendation"))
    return dict(model.objects.visible_to(viewer).filter(closed).values_list("public_id", "pk"))


def taken(closed: Mapping[str, int], identifiers: Iterable[object]) -> list[int]:
    """The keys of the closed records among those that a file holds."""
    return [closed[str(one)] for one in identifiers if str(one) in closed] if closed else []


def before_taking(request: ViewerRequest, what: str, rows: Mapping[str, Collection[int]]) -> HttpResponseBase | None:
    """Before the file ``what`` is handed out that holds ``rows`` (kind -> keys of closed records).

    The question that its person answers first, where they have not just done so; ``None`` where the file may go, and
    the log has been told.
    """
    if not any(rows.values()):
        return None
    if (question := confirmation_first(request)) is not None:
        return question
    for kind, keys in rows.items():
        note_reads(table=CLOSED_KINDS[kind]._meta.db_table, row_ids=keys, what=what, actor=actor_of(request))
    return None
