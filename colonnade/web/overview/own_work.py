"""What waits for the reader: openings to approve, claims to verify, projects to coordinate, suggestions to look at."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.access import why_never_suggest
from colonnade.analysis.models import OverlapDecision
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Role, Viewer
from colonnade.needs.access import why_never_decide
from colonnade.needs.queries import claims_waiting, liftings_waiting
from colonnade.needs.responses.access import why_never_judge
from colonnade.web.shared.days import short_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: what, where it is done, and what a reader should know."""

    title: str
    address: str
    aside: str = ""


def own_work(viewer: Viewer) -> list[Waiting]:
    """What waits for ``viewer``; nothing for whoever does nothing of it, and for them nothing is asked."""
    if not (viewer.inside_the_compact or viewer.country_codes):
        return []
    with reading_as(viewer):
        return [*_openings(viewer), *_claims(viewer), *_coordination(viewer), *_suggestions(viewer)]


def _openings(viewer: Viewer) -> list[Waiting]:
    """Proposals to show a need to more people: its State and the secretariat decide about them."""
    if why_never_decide(viewer) is not None:
        return []
    waiting = len(liftings_waiting(viewer))
    title = ngettext(
        "%(count)s proposal to show a recommendation to more people",
        "%(count)s proposals to show recommendations to more people",
        waiting,
    )
    return [Waiting(title % {"count": waiting}, reverse("needs-waiting"))] if waiting else []


def _claims(viewer: Viewer) -> list[Waiting]:
    """Claims that nobody has looked at, for those who verify them."""
    if why_never_judge(viewer) is not None:
        return []
    waiting = claims_waiting(viewer)
    title = ngettext("%(count)s claim to be verified", "%(count)s claims to be verified", waiting)
    address = f"{reverse('needs')}?coverage=claimed"
    return [Waiting(title % {"count": waiting}, address, _("Needs with a claim."))] if waiting else []


def _coordination(viewer: Viewer) -> list[Waiting]:
    if not viewer.inside_the_compact:
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
