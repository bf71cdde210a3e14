"""Views of saved views: the page that lists them, and what is sent from it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from colonnade.members.actions import ViewRefused, end_view, rename_view, save_view
from colonnade.members.models import SavedView
from colonnade.web.saved.addresses import view_address
from colonnade.web.saved.forms import NameForm, SaveForm
from colonnade.web.saved.menu import SavedLink, saved_views
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

Sent = Callable[..., HttpResponse]


def _signed_in(view: Sent) -> Sent:
    """Whoever is not signed in is asked to, and then led to the saved views: a form is not sent twice."""

    @wraps(view)
    def answer(request: ViewerRequest, **named: str) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("saved-views"))
        return view(request, **named)

    return answer


@require_safe
def saved(request: ViewerRequest) -> HttpResponse:
    """Every view that the reader saved, or that is shared with them."""
    return _page(request)


@require_safe
def open_view(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Where the view leads."""
    view = _view(request, public_id)
    address = view_address(view.page, view.query)
    if not address:
        raise Http404
    return redirect(address)


@require_POST
@_signed_in
def save(request: ViewerRequest) -> HttpResponse:
    """Keep what somebody looks at; then show it again."""
    form = SaveForm(request.viewer, request.POST, auto_id="save-%s")
    if not form.is_valid():
        return _page(request, form=form)
    person, asked = person_of(request), form.cleaned_data
    try:
        view = save_view(
            person=person,
            page=SavedView.Page(asked["page"]),
            title=asked["title"],
            query=asked["query"],
            shared_with=asked.get("entity"),
            actor=actor_of(request),
        )
    except ViewRefused as refused:
        form.add_error("title", str(refused))
        return _page(request, form=form)
    messages.success(request, _("Saved as “%(title)s”.") % {"title": view.title})
    return redirect(view_address(view.page, view.query) or "saved-views")


@require_POST
@_signed_in
def rename(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Give a view another name."""
    view, person = _view(request, public_id), person_of(request)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, renaming=view, problems=[str(problem) for problem in form.errors["title"]])
    try:
        renamed = rename_view(view=view, person=person, title=form.cleaned_data["title"], actor=actor_of(request))
    except ViewRefused as refused:
        return _page(request, renaming=view, problems=[str(refused)], typed=request.POST["title"])
    messages.success(request, _("It is now called “%(title)s”.") % {"title": renamed.title})
    return redirect("saved-views")


@require_POST
@_signed_in
def end(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take a view out of everybody's sight."""
    view, person = _view(request, public_id), person_of(request)
    try:
        end_view(view=view, person=person, actor=actor_of(request))
    except ViewRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%(title)s” is no longer among the saved views.") % {"title": view.title})
    return redirect("saved-views")


def _page(
    request: ViewerRequest,
    *,
    form: SaveForm | None = None,
    renaming: SavedView | None = None,
    problems: list[str] | None = None,
    typed: str = "",
) -> HttpResponse:
    links = [
        SavedLink(view, view_address(view.page, view.query), view.person_id == request.user.pk)
        for view in saved_views(request.viewer)
    ]
    context: dict[str, Any] = {
        "own": [link for link in links if link.own],
        "of_others": [link for link in links if not link.own],
        "form": form,
        "renaming": renaming,
        "problems": problems or [],
        "typed": typed,
    }
    return render(request, "saved/views.html", context, status=400 if form or renaming else 200)


def _view(request: ViewerRequest, public_id: str) -> SavedView:
    """A view that the reader may open. Any other is not there."""
    view = SavedView.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if view is None:
        raise Http404
    return view
