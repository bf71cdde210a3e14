"""Reads of released totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from colonnade.analysis.models import ReleaseCheck, ReleasedTotal
from colonnade.analysis.releases.values import ReleasedValues
from colonnade.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class InForce:
    """A release that stands for a figure: which, since when, and its values."""

    public_id: str
    title: str
    figure: str
    inventory: str
    audience: str
    over: str
    as_of: datetime
    approved_at: datetime
    values: ReleasedValues
    note: str = ""


def released_figures(viewer: Viewer) -> Mapping[str, InForce]:
    """Figure -> the release in force that ``viewer`` may see, the newest; where several speak of one, the widest last.

    A release to the public is everyone's; a newer one takes the place of an older one of the same figure.
    """
    found: dict[str, InForce] = {}
    rows = ReleasedTotal.objects.visible_to(viewer).in_force().exclude(figure="").order_by("approved_at", "pk")
    for release in rows:
        assert release.approved_at is not None  # a constraint of the table
        found[release.figure] = InForce(
            release.public_id,
            release.title,
            release.figure,
            str(release.parameters.get("inventory") or ""),
            release.audience,
            release.over,
            release.as_of,
            release.approved_at,
            ReleasedValues.from_json(release.values),
            release.note,
        )
    return found


def checks_of(viewer: Viewer, release: ReleasedTotal) -> list[ReleaseCheck]:
    """What was found whenever the release was checked; nothing for those who do not see every record."""
    return list(ReleaseCheck.objects.visible_to(viewer).filter(release=release))
