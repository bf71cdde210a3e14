"""Views of extra access."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colonnade.core.viewer import Role
from colonnade.members.access import why_not_end_access
from colonnade.members.actions import AccessRefused, end_extra_access, take_extra_access
from colonnade.members.models import ExtraAccess, Person
from colonnade.members.queries import MAY_TAKE, WATCHERS
from colonnade.web.extra_access.forms import TakeForm
from colonnade.web.extra_access.noted import changes_under, pages_under, restricted_under
from colonnade.web.people.post import site_of
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.roles import for_whom, role_title
from colonnade.web.shared.stepping_up import confirmed_recently

#: Rows on a page, of the list and of what was read.
SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """Extra access in words."""

    access: ExtraAccess
    person: str
    role: str
    whom: str
    in_force: bool


@require_safe
def listed(request: ViewerRequest) -> HttpResponse:
    """All extra access there was, the newest first, for those who watch."""
    if not request.viewer.roles & WATCHERS:
        raise Http404
    found = ExtraAccess.objects.visible_to(request.viewer)
    number = page_number(request.GET)
    context = {
        "pages": pages_of(number, SIZE, found.count(), request.GET),
        "rows": _rows(list(found.select_related("entity", "country")[(number - 1) * SIZE : number * SIZE])),
        "may_take": bool(request.viewer.roles & MAY_TAKE),
        "most": settings.EXTRA_ACCESS_HOURS,
    }
    return render(request, "extra_access/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: ViewerRequest) -> HttpResponseBase:
    """Take extra access: at once, for hours, announced to everybody who watches."""
    if not request.viewer.roles & MAY_TAKE:
        raise Http404
    return _take(request)


@confirmed_recently
def _take(request: ViewerRequest) -> HttpResponse:
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            access = take_extra_access(
                person=person_of(request),
                role=Role(asked["role"]),
                entity=asked["entity"],
                country=asked["country"],
                reason=asked["reason"],
                hours=asked["hours"],
                site=site_of(request),
                actor=actor_of(request),
            )
        except AccessRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("You have the access now. Everybody who watches is told by mail."))
            return redirect("extra-access-page", public_id=access.public_id)
    crumbs = [Crumb(_("Extra access"), reverse("extra-access")), Crumb(_("Take extra access"))]
    context = {"form": form, "crumbs": crumbs, "most": settings.EXTRA_ACCESS_HOURS}
    return render(request, "extra_access/take.html", context, status=400 if form.errors else 200)


@require_safe
def access(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One extra access: who, as what, why, until when; what was read and changed under it."""
    found = _access(request, public_id)
    row = _rows([found])[0]
    opened = pages_under(found)
    number = page_number(request.GET)
    context = {
        "row": row,
        "ended_by": Person.objects.filter(pk=found.ended_by_id).first() if found.ended_by_id else None,
        "pages": pages_of(number, SIZE, opened.count(), request.GET),
        "opened": opened[(number - 1) * SIZE : number * SIZE],
        "restricted": restricted_under(found),
        "changes": changes_under(found),
        "may_end": why_not_end_access(request.viewer, found, timezone.now()) is None,
        "crumbs": [Crumb(_("Extra access"), reverse("extra-access")), Crumb(row.person)],
    }
    return render(request, "extra_access/access.html", context)


@require_POST
def end(request: ViewerRequest, public_id: str) -> HttpResponse:
    """End it before its time. Nobody is asked to confirm: less is seen afterwards, not more."""
    found = _access(request, public_id)
    try:
        end_extra_access(access=found, by=person_of(request), actor=actor_of(request))
    except AccessRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The access is ended: from the next page on it counts no more."))
    # Whoever had it may no longer see this page.
    return redirect("home" if found.person_id == request.viewer.user_id else "extra-access")


def _access(request: ViewerRequest, public_id: str) -> ExtraAccess:
    visible = ExtraAccess.objects.visible_to(request.viewer)
    found = visible.select_related("entity", "country").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _rows(found: list[ExtraAccess]) -> list[Row]:
    names = dict(Person.objects.filter(pk__in=[one.person_id for one in found]).values_list("pk", "name"))
    now = timezone.now()
    return [
        Row(one, names[one.person_id], role_title(one.role), for_whom(one), one.begins_at <= now < one.over_at)
        for one in found
    ]
