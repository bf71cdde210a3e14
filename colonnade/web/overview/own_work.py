"""What waits for the reader: openings to approve, claims to verify, projects to coordinate, records to make one, plans
to answer, suggestions to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.access import why_never_suggest
from colonnade.analysis.coordination_access import SIDES, why_not_accept
from colonnade.analysis.merging.access import why_not_agree, why_not_merge
from colonnade.analysis.merging.queries import mergings_waiting
from colonnade.analysis.models import OverlapDecision
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Role, Viewer
from colonnade.needs.access import why_never_decide
from colonnade.needs.queries import claims_waiting, liftings_waiting
from colonnade.needs.responses.access import why_never_judge
from colonnade.web.plans.waiting import plans_waiting
from colonnade.web.shared.days import short_day

#: Plans that are named one by one; more of them are one line, which leads to their list.
_NAMED: Final = 3


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
        return [
            *_openings(viewer),
            *_claims(viewer),
            *_plans(viewer),
            *_coordination(viewer),
            *_mergings(viewer),
            *_suggestions(viewer),
        ]


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


def _plans(viewer: Viewer) -> list[Waiting]:
    """Plans that ask the viewer's consent, a lead to accept, or a second person: one query for each of the three."""
    found = plans_waiting(viewer)
    if len(found) <= _NAMED:
        return [Waiting(each.title, each.address, each.words) for each in found]
    title = ngettext("%(count)s plan waits for you", "%(count)s plans wait for you", len(found))
    return [Waiting(title % {"count": len(found)}, reverse("plans"))]


def _coordination(viewer: Viewer) -> list[Waiting]:
    """What is said of two projects and the viewer's side has not answered, what is to be coordinated, and what was
    declined: one query."""
    if not viewer.inside_the_compact:
        return []
    rows = OverlapDecision.objects.visible_to(viewer).in_force().exclude(verdict=OverlapDecision.Verdict.FINE)
    if Role.SECRETARIAT not in viewer.roles:
        own = Q(coordinator__code__in=viewer.entity_ids)
        for side in SIDES:
            own |= Q(**{f"{side}__lead_entity__code__in": viewer.entity_ids})
        rows = rows.filter(own)
    found = list(rows.order_by().select_related("one__lead_entity", "other__lead_entity", "coordinator"))
    standing = [each for each in found if each.standing != "declined"]
    return [
        *_to_answer(viewer, standing),
        *_to_coordinate(viewer, [each for each in standing if each.verdict == each.Verdict.COORDINATE]),
        *_declined(len(found) - len(standing)),
    ]


def _to_answer(viewer: Viewer, found: list[OverlapDecision]) -> Iterator[Waiting]:
    waiting = [each.verdict for each in found if each.standing == "proposed" and why_not_accept(viewer, each) is None]
    if number := waiting.count(OverlapDecision.Verdict.COORDINATE):
        title = ngettext(
            "%(count)s proposal to coordinate waits for your side",
            "%(count)s proposals to coordinate wait for your side",
            number,
        )
        yield Waiting(title % {"count": number}, f"{reverse('overlaps')}?standing=coordinate")
    if number := waiting.count(OverlapDecision.Verdict.SAME):
        title = ngettext(
            "%(count)s of your records is said to be of the same project as another's",
            "%(count)s of your records are said to be of the same projects as others'",
            number,
        )
        yield Waiting(title % {"count": number}, f"{reverse('overlaps')}?standing=same", _("Does your side agree?"))


def _declined(number: int) -> list[Waiting]:
    title = ngettext(
        "%(count)s pair of projects was declined, and is to be decided again",
        "%(count)s pairs of projects were declined, and are to be decided again",
        number,
    )
    return [Waiting(title % {"count": number}, reverse("overlaps"))] if number else []


def _to_coordinate(viewer: Viewer, found: list[OverlapDecision]) -> list[Waiting]:
    if Role.SECRETARIAT not in viewer.roles:
        found = [each for each in found if each.coordinator and each.coordinator.code in viewer.entity_ids]
    days = sorted(each.due_on for each in found if each.due_on is not None)
    if not days:
        return []
    title = ngettext(
        "%(count)s pair of projects to be coordinated", "%(count)s pairs of projects to be coordinated", len(days)
    )
    past = sum(day < timezone.localdate() for day in days)
    first = _("The first by %(day)s.") % {"day": short_day(days[0])}
    late = ngettext("%(count)s is past its day.", "%(count)s are past their day.", past) % {"count": past}
    aside = " ".join([first, *([late] if past else [])])
    return [Waiting(title % {"count": len(days)}, f"{reverse('overlaps')}?standing=coordinate", aside)]


def _mergings(viewer: Viewer) -> list[Waiting]:
    """Records to be made one, where the viewer's entity has not agreed, or a second officer is asked: one query."""
    proposed = mergings_waiting(viewer)
    found = []
    if asked := sum(1 for each in proposed if why_not_agree(viewer, each) is None):
        title = ngettext(
            "%(count)s merging of two records waits for your side",
            "%(count)s mergings of two records wait for your side",
            asked,
        )
        found.append(Waiting(title % {"count": asked}, reverse("mergings"), _("Is it the same project?")))
    if ready := sum(1 for each in proposed if why_not_merge(viewer, each) is None):
        title = ngettext("%(count)s pair of records to be made one", "%(count)s pairs of records to be made one", ready)
        found.append(Waiting(title % {"count": ready}, reverse("mergings"), _("Both sides agreed.")))
    return found


def _suggestions(viewer: Viewer) -> list[Waiting]:
    if why_never_suggest(viewer) is not None:
        return []
    if viewer.country_codes or Role.SECRETARIAT in viewer.roles:
        return [Waiting(_("Projects that may answer needs which nothing answers"), reverse("suggestions"))]
    if viewer.entity_ids:
        return [Waiting(_("Needs that your projects may answer"), reverse("suggestions"))]
    return []
