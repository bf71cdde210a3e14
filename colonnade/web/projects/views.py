"""Views of projects."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.web.projects.card import project_card
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def projects(request: ViewerRequest) -> HttpResponse:  # noqa: ARG001  # every view takes one
    """The projects of the inventory reported on: the records behind their number."""
    return redirect(Place("projects").records)


@require_safe
def project(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Everything known of one project."""
    card = project_card(request.viewer, public_id)
    illustrative = card.project.provenance == Provenance.ILLUSTRATIVE
    return render(request, "projects/project.html", {"card": card, "illustrative": illustrative})
