"""The part of a need's page that is between its State and its assessors: what they said to each other."""

from dataclasses import dataclass

from django.utils import timezone

from colonnade.core.viewer import Viewer
from colonnade.needs.access import concerned
from colonnade.needs.models import Recommendation
from colonnade.needs.remarks.access import why_not_say
from colonnade.needs.remarks.queries import follow_ups, remarks_on
from colonnade.web.shared.days import short_day
from colonnade.web.shared.record_addresses import record_address


@dataclass(frozen=True, slots=True)
class Said:
    """A remark in words: the day, whose it is and of what kind, what it says, and the visit that it comes from."""

    day: str
    who: str
    text: str
    visit: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """The part of a need's page that is between its State and its assessors."""

    remarks: list[Said]
    speaks: bool


def between_them(viewer: Viewer, need: Recommendation) -> Between | None:
    """That part for ``viewer``; ``None`` where they are not concerned."""
    if not concerned(viewer, need):
        return None
    visits = {each.pk: record_address("assessment", each.public_id) for each in follow_ups(viewer, need)}
    said = [
        Said(
            short_day(timezone.localdate(each.said_at)),
            f"{each.get_side_display()} · {each.get_kind_display()}",
            each.text,
            visits.get(each.assessment_id or 0, ""),
        )
        for each in remarks_on(viewer, need)
    ]
    return Between(said, why_not_say(viewer, need) is None)
