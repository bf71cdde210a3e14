"""Views of what somebody sees here and why, and of what differs from reader to reader."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.core.viewer import Viewer
from colonnade.members.access import why_not_look
from colonnade.members.models import Handover
from colonnade.members.queries import viewer_of_role
from colonnade.web.shared.audiences import Reader, label_of, reader_for
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.reading import Reading, open_reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.roles import role_for
from colonnade.web.shared.signed_in import person_signed_in
from colonnade.web.standing.acts import acts_of, general_duty
from colonnade.web.standing.circle import Held, by_role_table, circles, kept_back, seen_table, states_of
from colonnade.web.standing.readers import audiences, columns, line_of, readers_of_the_demo


@require_safe
def standing(request: ViewerRequest) -> HttpResponse:
    """Each role in force; what is seen of each level, how much, through what; what may be done; what is kept back."""
    viewer = request.viewer
    held = _held(request)
    reading = open_reading(reader_for(viewer))
    states = states_of(viewer)
    context = {
        "reading": reading,
        "held": held,
        "circles": list(circles(viewer, held, states)),
        "seen": seen_table(viewer, reading),
        "by_role": by_role_table(held, _open_as) if len(held) > 1 else None,
        "acts": list(acts_of(viewer)),
        "duty": general_duty(),
        "kept_back": list(kept_back(viewer, states)),
        "may_look": request.look is None and why_not_look(viewer) is None,
        "may_compare": _may_compare(request),
        "taken_over": Handover.objects.visible_to(viewer).filter(to_person=viewer.user_id).exists()
        if viewer.user_id
        else False,
    }
    return render(request, "standing/standing.html", context)


@require_safe
def readers(request: ViewerRequest) -> HttpResponse:
    """The same numbers for several readers: in a demonstration for everyone, elsewhere for the secretariat."""
    if not _may_compare(request):
        raise Http404
    found = readers_of_the_demo(timezone.localdate()) if settings.DEMO else audiences()
    context = {
        "columns": columns(reading_of(request)),
        "lines": [line_of(reader) for reader in found],
        "crumbs": [Crumb(_("What you see, and why"), reverse("standing")), Crumb(_("Side by side"))],
    }
    return render(request, "standing/readers.html", context)


def _held(request: ViewerRequest) -> list[Held]:
    """The roles in force; while an officer looks as somebody else, the role looked as."""
    if request.look is not None:
        look = request.look
        title = role_for(look.role, look.entity, look.country)
        return [Held(title, None, None, request.viewer)] if look.role else []
    person, today = person_signed_in(request), timezone.localdate()
    if person is None:
        return []
    roles = person.roles_held.select_related("entity", "country").order_by("starts_on", "pk")
    return [
        Held(role_for(one.role, one.entity, one.country), one.starts_on, one.ends_on, viewer_of_role(one, today))
        for one in roles
        if one.held_on(today)
    ]


def _open_as(viewer: Viewer) -> Reading:
    return open_reading(Reader(viewer, label_of(viewer)))


def _may_compare(request: ViewerRequest) -> bool:
    return settings.DEMO or why_not_look(request.viewer) is None
