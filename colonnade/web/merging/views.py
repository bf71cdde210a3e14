"""The views of mergings: which wait, two records side by side with what is to stand, and what is done about it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.analysis.merging.access import SIDES, why_never_merge, why_not_propose_merging
from colonnade.analysis.merging.actions import (
    MergingChanged,
    MergingRefused,
    Seen,
    agree_to_merging,
    decline_merging,
    merge_projects,
    propose_merging,
    withdraw_merging,
)
from colonnade.analysis.merging.comparing import Question, shared, undecided
from colonnade.analysis.merging.queries import (
    merging_called,
    mergings_of,
    moving_with,
    seen_questions,
    waiting_about,
)
from colonnade.analysis.merging.workflow import WORKFLOW
from colonnade.analysis.models import Merging
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.portfolio.marker_queries import names_of
from colonnade.portfolio.models import Project
from colonnade.web.merging.forms import AgreeForm, BeginForm, EndForm, ProposeForm, VersionsForm
from colonnade.web.merging.telling import CHOOSE, asked, moving_table
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

FORMS: Final = ["GET", "HEAD", "POST"]
CONFLICT: Final = 409
_ENDS: Final[Mapping[str, Callable[..., Merging]]] = {"decline": decline_merging, "withdraw": withdraw_merging}


@require_safe
def mergings(request: ViewerRequest) -> HttpResponse:
    """Mergings that the reader may read, those that wait first. For whoever is shown none, there is no such page."""
    _insist(request.viewer)
    with reading_as(request.viewer):
        found = mergings_of(request.viewer)
    header = (
        HeaderView(_("Kept")),
        HeaderView(_("Merged into it")),
        HeaderView(_("Standing")),
        HeaderView(_("Proposed")),
    )
    rows = tuple(
        (
            CellView(
                each.kept.title,
                reverse("merging", args=[each.public_id]),
                header=True,
                aside=each.kept.lead_entity.abbreviation,
                lang=each.kept.language,
            ),
            CellView(
                each.merged.title,
                record_address(PROJECT, each.merged.public_id),
                aside=each.merged.lead_entity.abbreviation,
                lang=each.merged.language,
            ),
            CellView(str(each.get_standing_display())),
            CellView(short_day(timezone.localdate(each.proposed_at))),
        )
        for each in found
    )
    context = {
        "table": TableView(_("Records of one project"), header, rows) if rows else None,
        "crumbs": [Crumb(_("Projects"), reverse("projects")), Crumb(_("Mergings"))],
    }
    return render(request, "merging/mergings.html", context)


@require_http_methods(FORMS)
def begin(request: ViewerRequest, kept: str) -> HttpResponse:
    """Name the other record of a project. For whoever proposes none, there is no such page."""
    _insist(request.viewer)
    project = _project(request.viewer, kept)
    if project is None or why_not_propose_merging(request.viewer, project, project) is not None:
        raise Http404
    note_if_restricted(request, project, "begin-merging")
    form = BeginForm(request.POST or None)
    if form.is_valid():
        named = form.cleaned_data["other"].strip().rstrip("/").rsplit("/", 1)[-1]
        with reading_as(request.viewer):
            seen = Project.objects.visible_to(request.viewer).exclude(pk=project.pk)
            found = list(seen.filter(public_id=named)[:1]) or list(seen.filter(reference=named).order_by("pk")[:2])
        if len(found) == 1:
            return redirect("propose-merging", kept=kept, merged=found[0].public_id)
        form.add_error(
            "other",
            _("Several projects have this reference: give the identifier or the address of its page.")
            if found
            else _("No other project that you may see is called so."),
        )
    context = {
        "project": project,
        "form": form,
        "crumbs": [*_crumbs(project), Crumb(_("Merge with another record"))],
    }
    return render(request, "merging/begin.html", context, status=400 if form.errors else 200)


@require_http_methods(FORMS)
def propose(request: ViewerRequest, kept: str, merged: str) -> HttpResponse:
    """Two records side by side, field by field, and a proposal to make them one. For whoever may not, there is no such
    page."""
    viewer = request.viewer
    _insist(viewer)
    one, other = _project(viewer, kept), _project(viewer, merged)
    if one is None or other is None or one.pk == other.pk or why_not_propose_merging(viewer, one, other) is not None:
        raise Http404
    for each in (one, other):
        note_if_restricted(request, each, "propose-merging")
    waiting = waiting_about(viewer, one, other)
    if waiting is not None and request.method != "POST":
        return redirect("merging", public_id=waiting.public_id)
    with reading_as(viewer):
        questions = shared(seen_questions(viewer, one, other))
    form = ProposeForm(request.POST or None, initial=_versions(one, other))
    choices, status = _chosen(request.POST, questions), 200
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = propose_merging(
                kept=one, merged=other, reason=typed["reason"], choices=choices,
                seen=Seen(typed["kept_version"], typed["merged_version"]), person=person_of(request),
                actor=actor_of(request),
            )  # fmt: skip
        except MergingRefused as refused:
            form.add_error(None, str(refused))
            status = 400
        except MergingChanged as changed:
            form = ProposeForm(initial={**_versions(one, other), "reason": typed["reason"]})
            messages.error(request, str(changed))
            status = CONFLICT
        else:
            messages.success(request, _("It is proposed. Each lead entity says for its side that it is one project."))
            return redirect("merging", public_id=made.public_id)
    elif form.is_bound:
        status = 400
    context = {
        **_beside(viewer, one, other, questions, choices),
        "form": form,
        "swap": reverse("propose-merging", args=[merged, kept]),
        "crumbs": [*_crumbs(one), Crumb(_("Merge with another record"))],
    }
    return render(request, "merging/propose.html", context, status=status)


@require_http_methods(FORMS)
def merging(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A merging: what is to stand, who agreed, and what the reader can do about it. What they may not read is not
    there."""
    viewer = request.viewer
    _insist(viewer)
    found = merging_called(viewer, public_id)
    if found is None:
        raise Http404
    for each in (found.kept, found.merged):
        note_if_restricted(request, each, "merging")
    forms_of, status = _forms(request, found), 200
    waits = found.standing == Merging.Standing.PROPOSED
    may = {step.name: why_not for step, why_not in WORKFLOW.offered(viewer, found)}
    with reading_as(viewer):
        questions = seen_questions(viewer, found.kept, found.merged) if waits else []
    if may.get("merge", "") is not None:
        questions = shared(questions)  # what fewer see is asked whoever makes the two one
    choices = _chosen(request.POST, questions) or found.choices
    if request.method == "POST":
        step = request.POST.get("step", "")
        if may.get(step, "") is not None or step not in forms_of:
            raise Http404
        if forms_of[step].is_valid():
            status = _done(request, found, step, forms_of, choices)
            if status == 302:
                return redirect("merging", public_id=public_id)
        else:
            status = 400
    with reading_as(viewer):
        names = names_of((found.proposed_by_id, found.kept_agreed_by_id, found.merged_agreed_by_id, found.ended_by_id))
    context = {
        **(_beside(viewer, found.kept, found.merged, questions, choices) if waits else {}),
        "kept": found.kept,
        "merged": found.merged,
        "merging": found,
        "facts": _facts(found, names),
        "may": may,
        "forms": forms_of,
        "undecided": undecided(questions, choices),
        "crumbs": [
            Crumb(_("Projects"), reverse("projects")),
            Crumb(_("Mergings"), reverse("mergings")),
            Crumb(_("Two records of one project")),
        ],
    }
    return render(request, "merging/merging.html", context, status=status)


def _done(
    request: ViewerRequest, found: Merging, step: str, forms_of: dict[str, forms.Form], choices: Mapping[str, str]
) -> int:
    """Take a step; 302 where it was taken, else the status of the page that says why not."""
    typed, form = forms_of[step].cleaned_data, forms_of[step]
    told: dict[str, Any] = {
        "merging": found,
        "seen_version": typed["seen_version"],
        "person": person_of(request),
        "actor": actor_of(request),
    }
    try:
        if step == "agree":
            agree_to_merging(**told)
            said = _("You agreed. When both sides have, a second person of the secretariat makes them one.")
        elif step == "merge":
            merge_projects(choices=choices, seen=Seen(typed["kept_version"], typed["merged_version"]), **told)
            said = _("The two records are one.")
        else:
            _ENDS[step](reason=typed["reason"], **told)
            said = _("It is recorded.")
    except MergingRefused as refused:
        form.add_error(None, str(refused))
        return 400
    except MergingChanged as changed:
        forms_of[step] = _forms_fresh(found)[step]
        messages.error(request, str(changed))
        return CONFLICT
    messages.success(request, said)
    return 302


def _forms(request: ViewerRequest, found: Merging) -> dict[str, forms.Form]:
    """A form for each step; the one that was sent holds what was typed."""
    step = request.POST.get("step", "")
    fresh = _forms_fresh(found)
    if step in _ENDS:
        fresh[step] = EndForm(request.POST, step=step)
    elif step == "merge":
        fresh[step] = VersionsForm(request.POST)
    elif step == "agree":
        fresh[step] = AgreeForm(request.POST)
    return fresh


def _forms_fresh(found: Merging) -> dict[str, forms.Form]:
    seen = {"seen_version": found.version}
    whole = {**_versions(found.kept, found.merged), **seen}
    ends = {step: EndForm(initial=seen, step=step) for step in _ENDS}
    return {
        "agree": AgreeForm(initial=seen, auto_id=False),
        "merge": VersionsForm(initial=whole, auto_id=False),
        **ends,
    }


def _versions(one: Project, other: Project) -> dict[str, int]:
    return {"kept_version": one.version, "merged_version": other.version, "seen_version": 0}


def _chosen(sent: QueryDict, questions: list[Question]) -> dict[str, str]:
    return {each.key: str(sent[CHOOSE + each.key]) for each in questions if CHOOSE + each.key in sent}


def _beside(
    viewer: Viewer, one: Project, other: Project, questions: list[Question], choices: Mapping[str, str]
) -> dict[str, Any]:
    """What the page shows of the two: the questions, and what else moves."""
    with reading_as(viewer):
        return {
            "kept": one,
            "merged": other,
            "questions": asked(questions, choices, one, other),
            "choose": CHOOSE,
            "moving": moving_table(moving_with(viewer, other)),
        }


def _facts(found: Merging, names: dict[int, str]) -> list[Fact]:
    told: list[tuple[str, object]] = []
    for side, project in zip(SIDES, (found.kept, found.merged), strict=True):
        person, at = getattr(found, f"{side}_agreed_by_id"), getattr(found, f"{side}_agreed_at")
        title = _("%(entity)s agrees") % {"entity": project.lead_entity.abbreviation}
        if found.kept.lead_entity_id == found.merged.lead_entity_id:
            continue
        said = Line(names.get(person, ""), aside=short_day(timezone.localdate(at))) if person else _("not yet")
        told.append((title, said))
    return facts(
        (_("Standing"), str(found.get_standing_display())),
        (_("Kept"), _record_line(found.kept)),
        (_("Merged into it"), _record_line(found.merged)),
        (_("Why"), found.reason),
        (
            _("Proposed by"),
            Line(names.get(found.proposed_by_id, ""), aside=short_day(timezone.localdate(found.proposed_at))),
        ),
        *told,
        (
            _("Ended by"),
            Line(names.get(found.ended_by_id or 0, ""), aside=short_day(timezone.localdate(found.ended_at)))
            if found.ended_at
            else "",
        ),
        (_("Because"), found.ended_because),
    )


def _record_line(project: Project) -> Line:
    return Line(
        project.title,
        record_address(PROJECT, project.public_id),
        f"{project.lead_entity.abbreviation} · {project.reference}",
    )


def _project(viewer: Viewer, public_id: str) -> Project | None:
    rows = Project.objects.visible_to(viewer).select_related("lead_entity", "pillar", "programme", "working_group")
    return rows.filter(public_id=public_id).first()


def _crumbs(project: Project) -> list[Crumb]:
    own = Crumb(project.reference, reverse("project", args=[project.public_id]))
    return [Crumb(_("Projects"), reverse("projects")), own]


def _insist(viewer: Viewer) -> None:
    if why_never_merge(viewer) is not None:
        raise Http404
