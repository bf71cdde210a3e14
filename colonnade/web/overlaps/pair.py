"""The page of two projects: side by side, why they seem to do the same, and what is decided about them.

Where one was merged into the other since, it says so, leads to the kept one, and nothing is decided any more.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.analysis.access import why_never_compare, why_not_decide_overlap
from colonnade.analysis.coordination_access import COORDINATION
from colonnade.analysis.merging.queries import Led, merged_record, mergings_about
from colonnade.analysis.models import OverlapDecision
from colonnade.analysis.overlap.judging import Pair
from colonnade.analysis.overlap_actions import (
    OverlapRefused,
    accept_coordination,
    decide_overlap,
    decline_coordination,
)
from colonnade.analysis.overlaps import decided_on
from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.portfolio.marker_queries import names_of
from colonnade.portfolio.models import Project
from colonnade.web.overlaps.consent import consents, said_by
from colonnade.web.overlaps.forms import FORMS, AnswerForm, CoordinateForm, DecisionForm
from colonnade.web.overlaps.found import found_for
from colonnade.web.overlaps.telling import kind_title, percent, reasons_table, side_by_side
from colonnade.web.overlaps.views import TITLES, due
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, facts
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

_ANSWERS: Final = ("accept", "decline")


@require_http_methods(["GET", "HEAD", "POST"])
def overlap(request: ViewerRequest, one: str, other: str) -> HttpResponse:
    """Two projects of different entities, compared and decided about. What the reader may not see is not there."""
    viewer = request.viewer
    if why_never_compare(viewer) is not None:
        raise Http404
    first, second = projects = _both(viewer, one, other)
    led = _merged(viewer, projects)
    if led is not None and request.method == "POST":
        raise Http404
    for each in projects:
        note_if_restricted(request, each, "overlap-page")
    reading = open_reading(reader_for(viewer))
    found = found_for(viewer, reading)
    pair = found.pair(one, other)
    sent = request.POST if request.method == "POST" else None
    with reading_as(viewer):
        decisions = decided_on(viewer, first, second)
    standing = _standing(decisions, led)
    answer = AnswerForm(initial={"seen_version": standing.version if standing else 1}, auto_id="answer-%s")
    forms = _forms(projects, sent, standing)
    if sent is not None and "step" in sent:
        answer = AnswerForm(sent, auto_id="answer-%s", says_why=sent["step"] == "decline")
        if standing is None or sent["step"] not in _ANSWERS:
            raise Http404
        if answer.is_valid() and _answered(request, standing, sent["step"], answer):
            return redirect("overlap", one=one, other=other)
    elif sent is not None:
        chosen = next((form for form in forms if form.is_bound), None)
        if chosen is None:
            raise Http404
        if chosen.is_valid() and _decide(request, projects, chosen, pair):
            return redirect("overlap", one=one, other=other)
    with reading_as(viewer):
        decisions, mergings = decided_on(viewer, first, second), mergings_about(viewer, first, second)
        names = names_of(
            key
            for each in decisions
            for key in (each.decided_by_id, each.one_accepted_by_id, each.other_accepted_by_id, each.declined_by_id)
        )
    ends = tuple(found.records.get(each.public_id) for each in projects)
    states = reading.labels.get("country", {})
    known = ends[0] is not None and ends[1] is not None
    standing = _standing(decisions, led)
    offered = {step.name: why_not for step, why_not in COORDINATION.offered(viewer, standing)} if standing else {}
    context: dict[str, Any] = {
        "projects": projects,
        "pair": pair,
        "kind": kind_title(pair.kind) if pair else "",
        "probability": percent(pair.probability) if pair else "",
        "table": side_by_side(projects, ends, states) if known else None,  # type: ignore[arg-type]  # both are there
        "reasons": reasons_table(pair, ends, states) if pair and known else None,  # type: ignore[arg-type]  # as above
        "standing": standing,
        "led": led,
        "not_kept": next((each.public_id for each in projects if standing and each.pk != standing.kept_id), ""),
        "said": [(each, _heading(each), _said(each, names, last=each is decisions[0])) for each in decisions],
        "mergings": [
            (each, short_day(timezone.localdate(each.ended_at or each.proposed_at)), each.ended_because or each.reason)
            for each in mergings
        ],
        "forms": forms,
        "answer": answer,
        "refused": [form for form in (answer, *forms) if form.is_bound and form.errors],
        "offered": offered,
        "why_not": why_not_decide_overlap(viewer, first, second),
        "reading": reading,
        "illustrative": Provenance.ILLUSTRATIVE in {each.provenance for each in projects},
        "crumbs": [
            Crumb(_("Projects"), reverse("projects")),
            Crumb(_("Overlaps"), reverse("overlaps")),
            Crumb(_("Two projects")),
        ],
    }
    status = 400 if any(form.is_bound and form.errors for form in (*forms, answer)) else 200
    return render(request, "overlaps/overlap.html", context, status=status)


def _both(viewer: Viewer, one: str, other: str) -> tuple[Project, Project]:
    """The two projects; one that was merged into the other is read as its history is."""
    with reading_as(viewer):
        rows = Project.objects.readable_by(viewer).filter(public_id__in=(one, other)).select_related("lead_entity")
        known = {each.public_id: each for each in rows}
    if len(known) < 2 or known[one].lead_entity_id == known[other].lead_entity_id:
        raise Http404
    return known[one], known[other]


def _merged(viewer: Viewer, projects: tuple[Project, Project]) -> Led | None:
    """Where one of the two was merged, where it leads. What leads where the reader does not see is not there."""
    merged = next((each for each in projects if each.merged_into_id is not None), None)
    if merged is None:
        return None
    with reading_as(viewer):
        led = merged_record(viewer, merged.public_id)
    if led is None:
        raise Http404
    return led


def _standing(decisions: Sequence[OverlapDecision], led: Led | None) -> OverlapDecision | None:
    """The decision in force; none about a record that is no more."""
    return None if led else next((each for each in decisions if each.ended_at is None), None)


def _forms(projects: tuple[Project, Project], sent: Any, standing: OverlapDecision | None) -> list[DecisionForm]:
    """A form for each verdict; the one that was sent holds what was typed, that of coordination what stands."""
    proposed: dict[str, Any] = {"coordinator": projects[0].lead_entity}
    if standing is not None and standing.coordinator is not None:
        proposed = {"coordinator": standing.coordinator, "due_on": standing.due_on}
    verdict = sent.get("verdict", "") if sent is not None else ""
    return [
        form(
            sent if name == verdict else None,
            projects=projects,
            initial=proposed if form is CoordinateForm else {},
        )
        for name, form in FORMS.items()
    ]


def _answered(request: ViewerRequest, standing: OverlapDecision, step: str, form: AnswerForm) -> bool:
    """Accept or decline to coordinate; where it is refused, the form says why."""
    told = {"seen_version": form.cleaned_data["seen_version"], "person": person_of(request), "actor": actor_of(request)}
    try:
        if step == "accept":
            accept_coordination(decision=standing, **told)
        else:
            decline_coordination(decision=standing, reason=form.cleaned_data["reason"], **told)
    except OverlapRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Your answer is recorded; the other side sees it."))
    return True


def _decide(request: ViewerRequest, projects: tuple[Project, Project], form: DecisionForm, pair: Pair | None) -> bool:
    """Record what was chosen; where it is refused, the form says why."""
    try:
        decide_overlap(
            person=person_of(request),
            one=projects[0],
            other=projects[1],
            verdict=form.verdict,
            reason=form.cleaned_data["reason"],
            pair=pair,
            actor=actor_of(request),
            **form.needed,
        )
    except OverlapRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("The decision is recorded. The two are not proposed again."))
    return True


def _heading(decision: OverlapDecision) -> str:
    if decision.ended_at is not None:
        return _("Decided before")
    if decision.standing == "declined":
        return _("Declined: to be decided")
    return _("Decided") if decision.standing in ("accepted", "decided") else _("Said, and not agreed to yet")


def _decision(decision: OverlapDecision) -> str:
    """What was decided; that two records are one project is one side's word until the other agrees."""
    if decision.verdict == decision.Verdict.SAME and decision.standing in ("proposed", "declined"):
        return _("Said to be the same project by %(entities)s") % {"entities": said_by(decision)}
    return _(TITLES[decision.verdict])


def _said(decision: OverlapDecision, names: dict[int, str], *, last: bool) -> Sequence[Fact]:
    on = timezone.localdate(decision.decided_at)
    ended = timezone.localdate(decision.ended_at) if decision.ended_at else None
    return facts(
        (_("Decision"), _decision(decision)),
        (_("The record to keep"), f"{decision.kept.reference}: {decision.kept.title}" if decision.kept else ""),
        (_("Who coordinates"), decision.coordinator.name if decision.coordinator else ""),
        (_("By when"), due(decision) if ended is None else (short_day(decision.due_on) if decision.due_on else "")),
        (_("Why"), decision.reason),
        *consents(decision, names),
        (_("Decided by"), names.get(decision.decided_by_id, "")),
        (_("On"), on),
        (_("Taken back") if last else _("Another decision took its place"), ended),
        (_("Probability then"), percent(float(decision.probability)) if decision.probability is not None else ""),
    )
