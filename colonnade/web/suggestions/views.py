"""The pages of suggestions: projects for a need, needs for a project."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.access import why_never_suggest
from colonnade.analysis.suggested import dismissed_of, needs_for, projects_for
from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.needs.queries import seen
from colonnade.portfolio.models import Project
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.web.needs.card import heading
from colonnade.web.needs.reads import note_reading
from colonnade.web.needs.views import crumbs as need_crumbs
from colonnade.web.needs.views import need_of
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.suggestions import forms
from colonnade.web.suggestions.card import dismissed_rows, need_cards, project_cards


@require_safe
def for_need(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Projects that may answer a need, each with why, to be claimed or dismissed."""
    insist_on_suggestions(request)
    need = need_of(request, public_id)
    shown = seen(request.viewer, need)
    note_reading(request, shown, "need-suggestions")
    reading = open_reading(reader_for(request.viewer))
    with reading_as(request.viewer):
        found = projects_for(request.viewer, reading.suggestions, need)
        context = {
            "cards": project_cards(request.viewer, reading, need, found),
            "dismissed": dismissed_rows(request.viewer, dismissed_of(request.viewer, need=need), of_need=True),
        }
    title = heading(request.viewer, shown)
    context |= {
        "title": _("Projects that may answer this need"),
        "of": title,
        "text": shown.text,
        "back": forms.NEED,
        "open": need.standing == "open",
        "reading": reading,
        "illustrative": need.provenance == Provenance.ILLUSTRATIVE,
        "crumbs": need_crumbs(Crumb(need.reference, reverse("need", args=[public_id])), Crumb(_("Suggestions"))),
    }
    return render(request, "suggestions/suggestions.html", context)


@require_safe
def for_project(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Needs that a project may answer, each with why, to be claimed or dismissed."""
    insist_on_suggestions(request)
    project = project_of(request, public_id)
    note_if_restricted(request, project, "project-suggestions")
    reading = open_reading(reader_for(request.viewer))
    with reading_as(request.viewer):
        found = needs_for(request.viewer, reading.suggestions, project)
        context = {
            "cards": need_cards(request.viewer, reading, project, found),
            "dismissed": dismissed_rows(request.viewer, dismissed_of(request.viewer, project=project), of_need=False),
        }
    context |= {
        "title": _("Needs that this project may answer"),
        "of": project.title,
        "text": project.description,
        "back": forms.PROJECT,
        "open": project.status not in CLOSED_STATUSES,
        "reading": reading,
        "illustrative": project.provenance == Provenance.ILLUSTRATIVE,
        "crumbs": [
            Crumb(_("Projects"), reverse("projects")),
            Crumb(project.reference, reverse("project", args=[public_id])),
            Crumb(_("Suggestions")),
        ],
    }
    return render(request, "suggestions/suggestions.html", context)


def insist_on_suggestions(request: ViewerRequest) -> None:
    """For whoever is shown no suggestions the page is not there (``Http404``)."""
    if why_never_suggest(request.viewer) is not None:
        raise Http404


def project_of(request: ViewerRequest, public_id: str) -> Project:
    """The project that an address names. One that the reader may not see is not there."""
    rows = Project.objects.visible_to(request.viewer).select_related("lead_entity")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
