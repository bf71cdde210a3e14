"""Pages that show restricted needs, as origins of proposals, say so to the log."""

from collections.abc import Iterable

from colonnade.audit.reads import note_reads
from colonnade.core.viewer import Level
from colonnade.needs.models import Recommendation
from colonnade.web.shared.requests import ViewerRequest, actor_of


def note_needs(request: ViewerRequest, needs: Iterable[Recommendation | None], what: str) -> None:
    """Note that the reader was shown those of ``needs`` that are restricted, by the page ``what``."""
    restricted = [need.pk for need in needs if need is not None and need.level == Level.RESTRICTED]
    if restricted and request.viewer.user_id is not None:
        note_reads(table=Recommendation._meta.db_table, row_ids=restricted, what=what, actor=actor_of(request))
