"""The view in which what member entities share of a project is published, or taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.viewer import Level
from colonnade.portfolio.access import why_not_edit, why_not_publish
from colonnade.portfolio.actions import publish_project
from colonnade.portfolio.editing import ProjectChanged, ProjectRefused
from colonnade.portfolio.models import Project
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def publish(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Publish a project, or take it back. For whoever may not edit it, there is no such page."""
    seen = Project.objects.visible_to(request.viewer).select_related("lead_entity")
    project = seen.filter(public_id=public_id).first()
    if project is None or why_not_edit(request.viewer, project) is not None:
        raise Http404
    note_if_restricted(request, project, "publish-project")
    why_not, status = why_not_publish(request.viewer, project) or "", 200
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            publish_project(
                project=project,
                expected_version=int(version) if version.isdecimal() and len(version) < 9 else 0,
                published=project.level != Level.PUBLIC,
                person=person_of(request),
                actor=actor_of(request),
            )
        except ProjectRefused as refused:
            why_not, status = str(refused), 400
        except ProjectChanged as changed:
            why_not, status = str(changed), CONFLICT
        else:
            done = _("Member entities alone read it again.") if project.level == Level.PUBLIC else _("It is published.")
            messages.success(request, done)
            return redirect("project", public_id=public_id)
    context = {
        "project": project,
        "is_public": project.level == Level.PUBLIC,
        "why_not": why_not,
        "crumbs": [
            Crumb(_("Projects"), reverse("projects")),
            Crumb(project.reference, reverse("project", args=[public_id])),
            Crumb(_("Who reads it")),
        ],
    }
    return render(request, "projects/publish.html", context, status=status)
