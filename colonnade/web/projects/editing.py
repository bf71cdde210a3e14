"""The view in which a project is edited. Whoever saves over somebody else's edit gets a page that shows both."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.funding.bookkeeping import RateMissing
from colonnade.funding.rates import dollars_of, why_no_rate
from colonnade.portfolio.access import why_not_edit
from colonnade.portfolio.actions import update_project
from colonnade.portfolio.editing import ProjectChanged, ProjectRefused
from colonnade.portfolio.models import Project
from colonnade.web.history.record import find, row_at_version
from colonnade.web.projects.forms import FIELDS, ProjectForm, typed
from colonnade.web.projects.merging import CHOOSE, choose, compare
from colonnade.web.projects.proposing import with_proposals
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.proposing import is_asked
from colonnade.web.shared.record_addresses import PROJECT
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

#: The version that a merge was made against, and the button that goes on editing instead of saving.
AGAINST: Final = "against"
EDIT_FURTHER: Final = "edit-further"
CONFLICT: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
def edit_project(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Edit a project. For whoever may not, there is no such page."""
    project = (
        Project.objects.visible_to(request.viewer).select_related("lead_entity").filter(public_id=public_id).first()
    )
    if project is None or why_not_edit(request.viewer, project) is not None:
        raise Http404
    note_if_restricted(request, project, "edit-project-page")
    if request.method != "POST":
        return _form_page(request, project, ProjectForm(initial=_initial(typed(vars(project)), project.version)))
    if AGAINST in request.POST:
        return _merged(request, project)
    if is_asked(request):
        return _form_page(request, project, with_proposals(request, project))
    form = ProjectForm(request.POST, before=vars(project))
    return _saved(request, project, form) if form.is_valid() else _form_page(request, project, form, status=400)


def _saved(request: ViewerRequest, project: Project, form: ProjectForm) -> HttpResponse:
    """Save what was typed, or show it beside what somebody else saved meanwhile."""
    try:
        update_project(
            project=project,
            expected_version=form.cleaned_data["version"],
            changes=form.changes,
            in_dollars=dollars_of,
            person=person_of(request),
            actor=actor_of(request),
        )
    except ProjectChanged as stale:
        return _merge_page(request, stale.current, form, typed(form.changes), form.cleaned_data["version"], {})
    except ProjectRefused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, project, form, status=400)
    except RateMissing as missing:
        form.add_error("currency", why_no_rate(missing))
        return _form_page(request, project, form, status=400)
    messages.success(request, _("The project is saved."))
    return redirect("project", public_id=project.public_id)


def _merged(request: ViewerRequest, project: Project) -> HttpResponse:
    """A merge was sent: what was typed, what it was made over, and the choices, field by field."""
    sent = request.POST
    form = ProjectForm(sent)
    against, base = _number(sent, AGAINST), _number(sent, "version")
    mine = {name: sent.get(name, "").replace("\r\n", "\n") for name in FIELDS}
    theirs = _at(request, project, against)
    if theirs is None:
        return _form_page(request, project, form, status=400)
    comparison = compare(form, _at(request, project, base), theirs, mine, sent.dict())
    result = choose(comparison, theirs, mine)
    if EDIT_FURTHER in sent:
        return _form_page(request, project, ProjectForm(initial=_initial(result, against)))
    if comparison.undecided:
        return _merge_page(request, project, form, mine, base, sent.dict(), against=against)
    whole = ProjectForm({**result, "version": against}, before=vars(project))
    return _saved(request, project, whole) if whole.is_valid() else _form_page(request, project, whole, status=400)


def _form_page(request: ViewerRequest, project: Project, form: ProjectForm, *, status: int = 200) -> HttpResponse:
    context = {"project": project, "form": form, "crumbs": _crumbs(project, _("Edit"))}
    return render(request, "projects/edit.html", context, status=status)


def _merge_page(
    request: ViewerRequest,
    project: Project,
    form: ProjectForm,
    mine: Mapping[str, str],
    base: int,
    chosen: Mapping[str, str],
    *,
    against: int | None = None,
) -> HttpResponse:
    """Both edits, over what both began with. ``against`` is the version of theirs; without it, what stands now."""
    shown = against if against is not None else project.version
    theirs = _at(request, project, shown) or typed(vars(project))
    context = {
        "project": project,
        "form": form,
        "mine": list(mine.items()),
        "version": base,
        "against": shown,
        "comparison": compare(form, _at(request, project, base), theirs, mine, chosen),
        "asked_to_choose": bool(chosen),
        "choose": CHOOSE,
        "crumbs": _crumbs(project, _("Merge two edits")),
    }
    return render(request, "projects/merge.html", context, status=CONFLICT)


def _at(request: ViewerRequest, project: Project, version: int) -> dict[str, str] | None:
    """The project as it was at a version, as far as it was this person's to read then."""
    found = find(request.viewer, PROJECT, project.public_id)
    row = row_at_version(found, version) if found else None
    return typed(row) if row is not None else None


def _initial(values: Mapping[str, Any], version: int) -> dict[str, Any]:
    return {**values, "version": version}


def _number(sent: QueryDict, name: str) -> int:
    text = sent.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404
    return int(text)


def _crumbs(project: Project, title: str) -> list[Crumb]:
    own = Crumb(project.reference, reverse("project", args=[project.public_id]))
    return [Crumb(_("Projects"), reverse("projects")), own, Crumb(title)]
