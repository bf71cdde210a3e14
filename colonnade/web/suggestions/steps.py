"""What is done with a suggestion: claimed in one click, dismissed, or a dismissal taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from colonnade.analysis.suggested import dismissed_called
from colonnade.analysis.suggestion_actions import SuggestionRefused, dismiss_suggestion, take_back_dismissal
from colonnade.needs.responses.actions import ResponseRefused, claim_response
from colonnade.web.needs.views import need_of
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.suggestions import forms
from colonnade.web.suggestions.known import known_claim
from colonnade.web.suggestions.views import insist_on_suggestions, project_of


@require_POST
def claim(request: ViewerRequest, need: str, project: str) -> HttpResponse:
    """Claim what is suggested, with what the records say: it meets part of the need, until somebody says more."""
    insist_on_suggestions(request)
    asked, what = need_of(request, need), project_of(request, project)
    reading = open_reading(reader_for(request.viewer))
    try:
        made = claim_response(
            need=asked,
            project=what,
            claim=known_claim(request.viewer, reading, asked, what),
            person=person_of(request),
            actor=actor_of(request),
        )
    except ResponseRefused as refused:
        messages.error(request, str(refused))
        return redirect(_back(request, need, project))
    messages.success(request, _("It is claimed. The State's assessor or the secretariat verifies it."))
    return redirect("response", public_id=made.public_id)


@require_POST
def dismiss(request: ViewerRequest, need: str, project: str) -> HttpResponse:
    """Say that a project is none to answer a need: nobody is asked about the two again."""
    insist_on_suggestions(request)
    asked, what = need_of(request, need), project_of(request, project)
    form = forms.DismissForm(request.POST)
    if form.is_valid():
        try:
            dismiss_suggestion(
                need=asked,
                project=what,
                reason=form.cleaned_data["reason"],
                person=person_of(request),
                actor=actor_of(request),
            )
        except SuggestionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("It is dismissed, and stays so until somebody takes it back below."))
    else:
        for said in form.errors.values():
            messages.error(request, " ".join(map(str, said)))
    return redirect(_back(request, need, project))


@require_POST
def take_back(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take a dismissal back: the two may be suggested again."""
    insist_on_suggestions(request)
    found = dismissed_called(request.viewer, public_id)
    if found is None:
        raise Http404
    try:
        take_back_dismissal(dismissed=found, person=person_of(request), actor=actor_of(request))
    except SuggestionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is taken back: the two may be suggested again."))
    return redirect(_back(request, found.recommendation.public_id, found.project.public_id))


def _back(request: ViewerRequest, need: str, project: str) -> str:
    """The page that somebody came from."""
    form = forms.FromForm(request.POST)
    page = form.cleaned_data["back"] if form.is_valid() else ""
    if page == forms.OWN:
        return reverse("suggestions")
    if page == forms.PROJECT:
        return reverse("project-suggestions", args=[project])
    return reverse("need-suggestions", args=[need])
