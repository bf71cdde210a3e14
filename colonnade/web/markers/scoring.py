"""The page on which a project's markers are scored, each with its justification."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.reading import reading_as
from colonnade.portfolio.access import why_not_score
from colonnade.portfolio.marker_actions import MarkerRefused, Scales, scales, score_markers
from colonnade.portfolio.marker_queries import markers_of, names_of
from colonnade.portfolio.models import Project, ProjectMarker
from colonnade.web.markers.forms import ScoresForm
from colonnade.web.markers.words import marker_title, score_title
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

CONFLICT: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
def score(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Score a project's markers. For whoever may not, there is no such page."""
    project = _project(request, public_id)
    if project is None or why_not_score(request.viewer, project) is not None:
        raise Http404
    note_if_restricted(request, project, "score-markers-page")
    known, standing = scales(), markers_of(request.viewer, project)
    initial = {"version": project.version}
    form = ScoresForm(request.POST or None, scales=known, standing=standing, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, project, form, known, standing, 400 if form.is_bound else 200)
    try:
        score_markers(
            project=project,
            expected_version=form.cleaned_data["version"],
            scores=form.scores,
            person=person_of(request),
            actor=actor_of(request),
        )
    except MarkerRefused as refused:
        # What was typed stays; sent once more, it is over what stands now, which the page shows.
        again = ScoresForm({**request.POST.dict(), "version": project.version}, scales=known, standing=standing)
        again.add_error(None, str(refused))
        stale = form.cleaned_data["version"] != project.version
        return _shown(request, project, again, known, standing, CONFLICT if stale else 400)
    messages.success(request, _("The markers are scored."))
    return redirect("project", public_id=project.public_id)


def _project(request: ViewerRequest, public_id: str) -> Project | None:
    rows = Project.objects.visible_to(request.viewer).select_related("lead_entity")
    return rows.filter(public_id=public_id).first()


def _shown(
    request: ViewerRequest,
    project: Project,
    form: ScoresForm,
    known: Scales,
    standing: dict[str, ProjectMarker],
    status: int,
) -> HttpResponse:
    context = {
        "project": project,
        "form": form,
        "scores": [(marker_title(marker), form[f"score_{marker}"], form[f"why_{marker}"]) for marker in known],
        "standing": _standing(request, known, standing),
        "crumbs": [
            Crumb(_("Projects"), reverse("projects")),
            Crumb(project.reference, reverse("project", args=[project.public_id])),
            Crumb(_("Score the markers")),
        ],
    }
    return render(request, "markers/score.html", context, status=status)


def _standing(request: ViewerRequest, known: Scales, standing: dict[str, ProjectMarker]) -> list[Fact]:
    """What stands now, with who scored it and when."""
    with reading_as(request.viewer):
        names = names_of(row.scored_by_id for row in standing.values())
    return facts(
        *(
            (
                marker_title(marker),
                Line(score_title(known, marker, row.score), aside=_by_whom(row, names)),
            )
            for marker in known
            if (row := standing.get(marker))
        )
    )


def _by_whom(row: ProjectMarker, names: dict[int, str]) -> str:
    if row.scored_at is None or row.scored_by_id is None:
        return _("as reported")
    name = names.get(row.scored_by_id, "")
    return _("%(name)s, %(day)s") % {"name": name, "day": short_day(row.scored_at.date())}
