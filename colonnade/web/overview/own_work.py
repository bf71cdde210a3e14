"""What waits for the reader: pairs of projects to be coordinated by a day, and suggestions for their records."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.access import why_never_suggest
from colonnade.analysis.models import OverlapDecision
from colonnade.core.viewer import Role, Viewer
from colonnade.web.shared.days import short_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: what, where it is done, and what a reader should know."""

    title: str
    address: str
    aside: str = ""


def own_work(viewer: Viewer) -> list[Waiting]:
    """What waits for ``viewer``; nothing for whoever neither coordinates nor is shown suggestions."""
    return [*_coordination(viewer), *_suggestions(viewer)]


def _coordination(viewer: Viewer) -> list[Waiting]:
    if viewer.user_id is None or not viewer.inside_the_compact:
        return []
    rows = OverlapDecision.objects.visible_to(viewer).in_force().filter(verdict=OverlapDecision.Verdict.COORDINATE)
    if Role.SECRETARIAT not in viewer.roles:
        rows = rows.filter(coordinator__code__in=viewer.entity_ids)
    days = sorted(day for day in rows.order_by().values_list("due_on", flat=True) if day is not None)
    if not days:
        return []
    title = ngettext(
        "%(count)s pair of projects to be coordinated", "%(count)s pairs of projects to be coordinated", len(days)
    )
    past = sum(day < timezone.localdate() for day in days)
    first = _("The first by %(day)s.") % {"day": short_day(days[0])}
    late = ngettext("%(count)s is past its day.", "%(count)s are past their day.", past) % {"count": past}
    aside = f"{first} {late}" if past else first
    return [Waiting(title % {"count": len(days)}, f"{reverse('overlaps')}?standing=coordinate", aside)]


def _suggestions(viewer: Viewer) -> list[Waiting]:
    if why_never_suggest(viewer) is not None:
        return []
    if viewer.country_codes or Role.SECRETARIAT in viewer.roles:
        return [Waiting(_("Projects that may answer needs which nothing answers"), reverse("suggestions"))]
    if viewer.entity_ids:
        return [Waiting(_("Needs that your projects may answer"), reverse("suggestions"))]
    return []
