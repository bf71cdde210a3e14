"""What the secretariat does with an appeal: forms that nobody else is shown."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.viewer import Viewer
from colonnade.funding.actions import (
    Ask,
    FundRefused,
    add_entry,
    change_entry,
    close_appeal,
    keep_moment,
    launch_appeal,
    open_appeal,
    remove_entry,
)
from colonnade.funding.appeal_access import (
    why_not_change,
    why_not_change_entry,
    why_not_keep_moment,
    why_not_run_appeals,
)
from colonnade.funding.appeal_workflow import APPEALS
from colonnade.funding.models import Appeal, AppealEntry
from colonnade.web.appeals.forms import AppealForm, BecauseForm, EntryForm, MomentForm, SureForm
from colonnade.web.appeals.page import entry_address
from colonnade.web.appeals.views import crumbs
from colonnade.web.fund.forms import FundForm
from colonnade.web.fund.keeping import mend_of, refuse
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def new(request: ViewerRequest) -> HttpResponse:
    """Begin to prepare an appeal."""
    insist_on_secretariat(request)
    form = AppealForm(request.POST or None)

    def write() -> str:
        made = open_appeal(**form.cleaned_data, person=person_of(request), actor=actor_of(request))
        return reverse("appeal", args=[made.key])

    return form_page(request, form, _("Open an appeal"), _("Open it"), write, _("The appeal is being prepared."))


@require_http_methods(METHODS)
def add(request: ViewerRequest, key: str) -> HttpResponse:
    """Ask for money for a project."""
    appeal = _appeal(request, key)
    form = EntryForm(request.POST or None, viewer=request.viewer)

    def write() -> str:
        made = add_entry(
            appeal=appeal, ask=Ask(**form.cleaned_data), person=person_of(request), actor=actor_of(request)
        )
        return entry_address(appeal, made)

    return form_page(
        request,
        form,
        _("Add a project"),
        _("Add it"),
        write,
        _("The project is in the appeal."),
        why_not=why_not_change(request.viewer, appeal),
        steps=[_step(appeal)],
    )


@require_http_methods(METHODS)
def change(request: ViewerRequest, key: str, public_id: str) -> HttpResponse:
    """Ask for something else."""
    appeal = _appeal(request, key)
    entry = _entry(request.viewer, appeal, public_id)
    initial = {name: getattr(entry, name) for name in _WRITTEN} | {
        "entity": entry.entity.code,
        "pillar": entry.pillar.code if entry.pillar else "",
        "level": entry.level_at_launch or entry.level,
    }
    form = EntryForm(request.POST or None, viewer=request.viewer, entry=entry, initial=initial)

    def write() -> str:
        seen = request.POST.get("version", "")
        change_entry(
            entry=entry,
            ask=Ask(**form.cleaned_data),
            seen_version=int(seen) if seen.isdigit() else 0,
            person=person_of(request),
            actor=actor_of(request),
        )
        return entry_address(appeal, entry)

    return form_page(
        request,
        form,
        _("Change what is asked for"),
        _("Save it"),
        write,
        _("It is changed."),
        lead=entry.title,
        version=request.POST.get("version", str(entry.version)),
        why_not=why_not_change_entry(request.viewer, appeal, entry),
        steps=[_step(appeal), Crumb(entry.title, entry_address(appeal, entry))],
    )


@require_http_methods(METHODS)
def remove(request: ViewerRequest, key: str, public_id: str) -> HttpResponse:
    """Take a project out."""
    appeal = _appeal(request, key)
    entry = _entry(request.viewer, appeal, public_id)
    form = BecauseForm(request.POST or None)

    def write() -> str:
        because = form.cleaned_data["because"]
        remove_entry(entry=entry, because=because, person=person_of(request), actor=actor_of(request))
        return reverse("appeal", args=[appeal.key])

    return form_page(
        request,
        form,
        _("Take a project out of the appeal"),
        _("Take it out"),
        write,
        _("The project is taken out."),
        lead=entry.title,
        why_not=why_not_change_entry(request.viewer, appeal, entry),
        steps=[_step(appeal), Crumb(entry.title, entry_address(appeal, entry))],
    )


@require_http_methods(METHODS)
@confirmed_recently
def launch(request: ViewerRequest, key: str) -> HttpResponse:
    """Publish what an appeal asks for, and keep it as it stands at that moment."""
    return _stepped(
        request,
        key,
        "launch",
        launch_appeal,
        _("Launch the appeal"),
        _("The appeal is launched, and kept as it stood."),
        _(
            "Each of its projects is then read by whoever its level says, and what the appeal stands at is kept: the"
            " requirement, and what is received and pledged. There is no way back from a launch."
        ),
    )


@require_http_methods(METHODS)
@confirmed_recently
def close(request: ViewerRequest, key: str) -> HttpResponse:
    """End an appeal."""
    return _stepped(
        request,
        key,
        "close",
        close_appeal,
        _("Close the appeal"),
        _("The appeal is closed, and kept as it stood."),
        _("Nothing is pledged to it any more. It stays to be read, and is kept as it stands."),
    )


@require_http_methods(METHODS)
def keep(request: ViewerRequest, key: str) -> HttpResponse:
    """Keep an appeal as it stands."""
    appeal = _appeal(request, key)
    form = MomentForm(request.POST or None)

    def write() -> str:
        title = form.cleaned_data["title"]
        moment = keep_moment(appeal=appeal, title=title, person=person_of(request), actor=actor_of(request))
        return f"{reverse('appeal-since', args=[appeal.key])}?moment={moment.number}"

    return form_page(
        request,
        form,
        _("Keep the appeal as it stands"),
        _("Keep it"),
        write,
        _("The appeal is kept as it stands."),
        why_not=why_not_keep_moment(request.viewer, appeal),
        steps=[_step(appeal)],
    )


def insist_on_secretariat(request: ViewerRequest) -> None:
    """For whoever runs no appeals, a form of them is not there."""
    if why_not_run_appeals(request.viewer) is not None:
        raise Http404


def form_page(
    request: ViewerRequest,
    form: FundForm,
    title: str,
    button: str,
    write: Callable[[], str],
    done: str,
    **more: Any,
) -> HttpResponse:
    """Show ``form``; where it was sent and holds, ``write`` what it says and go to the address that gives back.

    ``more`` is for the template: ``lead``, ``notice``, ``why_not``, ``version``, ``steps`` (crumbs).
    """
    mend = None
    if request.method == "POST" and form.is_valid():
        try:
            address = write()
        except FundRefused as refused:
            refuse(form, refused)
            mend = mend_of(request, refused)
        else:
            messages.success(request, done)
            return redirect(address)
    context = {
        "form": form,
        "title": title,
        "button": button,
        "mend": mend,
        "crumbs": crumbs(*more.pop("steps", ()), Crumb(title)),
        **more,
    }
    return render(request, "appeals/form.html", context, status=400 if form.errors else 200)


#: Fields of an entry that its form begins with.
_WRITTEN = ("title", "requirement_usd", "priority", "purpose", "partial_sums", "starts_on", "ends_on")


def _stepped(
    request: ViewerRequest, key: str, name: str, act: Callable[..., object], title: str, done: str, notice: str
) -> HttpResponse:
    appeal = _appeal(request, key)
    # A form without a field is bound by anything that was sent.
    form = SureForm(request.POST if request.method == "POST" else None)

    def write() -> str:
        act(appeal=appeal, person=person_of(request), actor=actor_of(request))
        return reverse("appeal", args=[appeal.key])

    return form_page(
        request,
        form,
        title,
        _(APPEALS[name].title),
        write,
        done,
        lead=appeal.title,
        notice=notice,
        why_not=APPEALS[name].why_not(request.viewer, appeal),
        steps=[_step(appeal)],
    )


def _appeal(request: ViewerRequest, key: str) -> Appeal:
    insist_on_secretariat(request)
    return get_object_or_404(Appeal, key=key)


def _entry(viewer: Viewer, appeal: Appeal, public_id: str) -> AppealEntry:
    rows = AppealEntry.objects.visible_to(viewer).select_related("appeal", "entity", "pillar", "project")
    found = rows.filter(appeal=appeal, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _step(appeal: Appeal) -> Crumb:
    return Crumb(appeal.title, reverse("appeal", args=[appeal.key]))
