"""Markers as a snapshot takes them: scales, targets, and the scores that a second person was to check."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import NullIf

from colonnade.core.viewer import Level, Viewer
from colonnade.portfolio.marker_actions import scales
from colonnade.portfolio.models import MarkerCheck
from colonnade.strategy.models import Target

_RESTRICTED: Final = Q(project__level=Level.RESTRICTED)


def marker_titles() -> Iterator[tuple[str, str, str, int]]:
    """Each marker with its name, and its place among markers."""
    for position, marker in enumerate(scales(), start=1):
        title = marker.replace("_", " ").capitalize()
        yield marker, title, title, position


def marker_levels(viewer: Viewer) -> Iterable[Sequence[Any]]:  # noqa: ARG001  # one signature for every table
    """What each score of each marker means."""
    for position, (marker, levels) in enumerate(scales().items(), start=1):
        for score, title in levels.items():
            yield marker, score, title, position


def targets(viewer: Viewer) -> "QuerySet[Any, Any]":  # noqa: ARG001  # one signature for every table
    """The shares that the work is measured against."""
    return Target.objects.order_by("code").values_list(
        "code", "title", "percent", "of", NullIf("marker", Value("")), "level"
    )


def marker_checks(viewer: Viewer) -> "QuerySet[Any, Any]":
    """Scores that were drawn, with what became of each. What is of a public project is compact."""
    level = Case(
        When(_RESTRICTED, then=Value(Level.RESTRICTED.value)),
        default=Value(Level.COMPACT.value),
        output_field=CharField(),
    )
    state = Case(When(_RESTRICTED, then=F("project__state__code")), output_field=CharField())
    return MarkerCheck.objects.visible_to(viewer).values_list(
        "public_id",
        "project__public_id",
        level,
        state,
        "project__title",
        "project__lead_entity__code",
        "marker",
        "score",
        NullIf("outcome", Value("")),
        "proposed",
        NullIf("answer", Value("")),
        "drawn_on",
    )
