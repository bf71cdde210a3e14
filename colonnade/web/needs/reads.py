"""Pages that show what a State keeps say so to the log: who was shown which need, by which page."""

from colonnade.audit.reads import note_reads
from colonnade.core.viewer import Level
from colonnade.needs.models import Recommendation
from colonnade.needs.queries import SeenNeed
from colonnade.web.shared.requests import ViewerRequest, actor_of


def note_reading(request: ViewerRequest, shown: SeenNeed, what: str) -> None:
    """Note that the reader was shown a need that is restricted, or fields that its State keeps from others."""
    if shown.need.level == Level.RESTRICTED or shown.kept:
        table = Recommendation._meta.db_table
        note_reads(table=table, row_ids=[shown.need.pk], what=what, actor=actor_of(request))
