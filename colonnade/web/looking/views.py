"""Views of looking as another role: choose one, stop."""

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.core.viewer import Role
from colonnade.members.access import why_not_look
from colonnade.members.look_actions import LookRefused, start_looking, stop_looking
from colonnade.web.looking.forms import LookForm
from colonnade.web.looking.middleware import LOOK
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.roles import role_title
from colonnade.web.shared.signed_in import started_at

#: Roles that are held for nobody in particular, the public's first.
FOR_NOBODY: Final = ("", Role.BOARD, Role.CHAIR, Role.DONOR, Role.AUDITOR)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: ViewerRequest) -> HttpResponse:
    """Choose as whom to look. For everybody but the secretariat there is no such page."""
    if why_not_look(request.own_viewer) is not None:
        raise Http404
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _start(request, form)
        except LookRefused as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "plain": [(role, role_title(role)) for role in FOR_NOBODY],
        "next": _next_of(request),
        "crumbs": [Crumb(_("What you see, and why"), reverse("standing")), Crumb(_("Look as somebody else"))],
    }
    return render(request, "looking/look.html", context, status=400 if form.errors else 200)


@require_POST
def stop(request: ViewerRequest) -> HttpResponse:
    """Back to one's own view, on the page that was looked at."""
    if stop_looking(person=person_of(request), actor=actor_of(request)):
        messages.success(request, _("You see with your own eyes again."))
    request.session.pop(LOOK, None)
    return HttpResponseRedirect(_next_of(request) or reverse("home"))


def _start(request: ViewerRequest, form: LookForm) -> HttpResponse:
    asked = form.cleaned_data
    made = start_looking(
        person=person_of(request),
        role=asked["role"],
        entity=asked["entity"],
        country=asked["country"],
        ends_by=datetime.fromtimestamp(started_at(request.session) + settings.SESSION_COOKIE_AGE, UTC),
        actor=actor_of(request),
    )
    request.session[LOOK] = made.public_id
    return redirect(_next_of(request) or "home")


def _next_of(request: ViewerRequest) -> str:
    """A page of this house to go on with, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""
