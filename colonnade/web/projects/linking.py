"""The view in which a project's States, regions, partners, areas and thematic priorities are stated."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.portfolio.access import why_not_edit
from colonnade.portfolio.link_actions import link_project
from colonnade.portfolio.linked import LinksChanged, LinksRefused
from colonnade.portfolio.models import Project
from colonnade.portfolio.queries import links_of
from colonnade.web.projects.link_forms import LinksForm, Standing
from colonnade.web.projects.proposing import links_with_proposals
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.proposing import OfField, is_asked
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: ViewerRequest, public_id: str) -> HttpResponse:
    """State what a project is linked to. For whoever may not edit it, there is no such page."""
    visible = Project.objects.visible_to(request.viewer).select_related("lead_entity")
    project = visible.filter(public_id=public_id).first()
    if project is None or why_not_edit(request.viewer, project) is not None:
        raise Http404
    note_if_restricted(request, project, "link-project-page")
    standing = links_of(request.viewer, project)
    if request.method != "POST":
        return _page(request, project, LinksForm(standing))
    if is_asked(request):
        form, states = links_with_proposals(request, project, standing)
        return _page(request, project, form, proposed_states=states)
    form = LinksForm(standing, request.POST)
    if not form.is_valid():
        return _page(request, project, form, status=400)
    try:
        link_project(
            project=project, seen=form.seen, stated=form.stated, person=person_of(request), actor=actor_of(request)
        )
    except LinksRefused as refused:
        return _page(request, project, form, why_not=str(refused), status=400)
    except LinksChanged as changed:
        again, standing_now = form.over(changed.torn)
        return _page(request, project, again, why_not=str(changed), standing=standing_now, status=CONFLICT)
    messages.success(request, _("The project is saved."))
    return redirect("project", public_id=public_id)


def _page(
    request: ViewerRequest,
    project: Project,
    form: LinksForm,
    *,
    why_not: str = "",
    standing: Sequence[Standing] = (),
    proposed_states: OfField | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "project": project,
        "form": form,
        "why_not": why_not,
        "standing": standing,
        "proposed_states": proposed_states,
        "crumbs": [
            Crumb(_("Projects"), reverse("projects")),
            Crumb(project.reference, reverse("project", args=[project.public_id])),
            Crumb(_("Places and partners")),
        ],
    }
    return render(request, "projects/link.html", context, status=status)
