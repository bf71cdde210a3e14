"""Views of projects."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.access import why_never_compare, why_never_suggest
from colonnade.analysis.merging.queries import Led, merged_record
from colonnade.analysis.overlaps import recorded_twice, superseded
from colonnade.audit.records import Provenance
from colonnade.needs.assistance.queries import request_behind
from colonnade.needs.responses.access import why_never_claim
from colonnade.portfolio.access import why_not_edit
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.web.listing.views import list_page, list_separated, list_workbook
from colonnade.web.projects.card import project_card
from colonnade.web.projects.listed import PROJECTS
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def projects(request: ViewerRequest) -> HttpResponse:
    """The projects of an inventory, filtered and sorted as the address says."""
    compares = why_never_compare(request.viewer) is None
    gone = superseded(request.viewer) if compares else ()
    beside = {record_address(PROJECT, public_id): _("recorded twice, not kept") for public_id in gone}
    return list_page(request, PROJECTS, "projects/projects.html", {"compares": compares}, beside)


@require_safe
def projects_separated(request: ViewerRequest) -> HttpResponseBase:
    """Exactly those, as CSV."""
    return list_separated(request, PROJECTS)


@require_safe
def projects_workbook(request: ViewerRequest) -> HttpResponseBase:
    """Exactly those, as Excel."""
    return list_workbook(request, PROJECTS)


@require_safe
def project(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Everything known of one project. A record that was merged leads to the one that is kept."""
    reading = reading_of(request)
    try:
        card = project_card(request.viewer, public_id, reading)
    except Http404:
        if (led := merged_record(request.viewer, public_id)) is None:
            raise
        return _merged(request, led)
    note_if_restricted(request, card.project, "project-page")
    illustrative = card.project.provenance == Provenance.ILLUSTRATIVE
    crumbs = [Crumb(_("Projects"), reverse("projects")), Crumb(card.project.reference)]
    context = {"card": card, "illustrative": illustrative, "crumbs": crumbs, "reading": reading}
    context["may_claim"] = why_never_claim(request.viewer) is None and card.project.status not in CLOSED_STATUSES
    context["suggests"] = why_never_suggest(request.viewer) is None and card.project.status not in CLOSED_STATUSES
    if why_never_compare(request.viewer) is None:
        context["compares"] = True
        context["twice"] = recorded_twice(request.viewer, card.project)
    context["may_edit"] = why_not_edit(request.viewer, card.project) is None
    context["asked_for"] = request_behind(request.viewer, card.project)
    return render(request, "projects/project.html", context)


def _merged(request: ViewerRequest, led: Led) -> HttpResponse:
    note_if_restricted(request, led.merged, "merged-project")
    crumbs = [Crumb(_("Projects"), reverse("projects")), Crumb(led.merged.reference)]
    return render(request, "projects/merged.html", {"led": led, "crumbs": crumbs})
