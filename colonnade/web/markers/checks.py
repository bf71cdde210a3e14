"""Checks of scores: the samples that were drawn, what waits for whom, and one check with what was said of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.core.reading import reading_as
from colonnade.portfolio.access import why_not_answer, why_not_check, why_not_draw
from colonnade.portfolio.marker_actions import (
    MarkerRefused,
    Scales,
    answer_check,
    check_score,
    draw_sample,
    scales,
)
from colonnade.portfolio.marker_queries import check_called, checks_of, markers_of, names_of, samples_of
from colonnade.portfolio.models import MarkerCheck, MarkerSample, ProjectMarker
from colonnade.web.markers.forms import ACCEPT, AnswerForm, CheckForm, DrawForm
from colonnade.web.markers.words import marker_title, score_title
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb, Tab, page_number, pages_of
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

PAGE_SIZE: Final = 50
FORMS: Final = ["GET", "HEAD", "POST"]
STANDING: Final = "standing"
STANDINGS: Final = {
    "": gettext_noop("All"),
    "drawn": gettext_noop("To be checked"),
    "answering": gettext_noop("With the entity"),
    "done": gettext_noop("Done"),
}


@require_safe
def checks_page(request: ViewerRequest) -> HttpResponse:
    """The checks that the reader may see, and to those who see every record the samples that they were drawn in."""
    standing = request.GET.get(STANDING, "")
    if standing not in STANDINGS:
        raise Http404
    number, known = page_number(request.GET), scales()
    with reading_as(request.viewer):
        rows = checks_of(request.viewer, standing)
        pages = pages_of(number, PAGE_SIZE, rows.count(), request.GET)
        found = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        samples = samples_of(request.viewer)
        names = names_of(each.drawn_by_id for each in samples)
    context = {
        "tabs": [
            Tab(_(title), address_of([(STANDING, each)] if each else [], reverse("marker-checks")), each == standing)
            for each, title in STANDINGS.items()
        ],
        "table": _checks_table(found, known) if found else None,
        "samples": _samples_table(samples, names) if samples else None,
        "may_draw": why_not_draw(request.viewer) is None,
        "inside": request.viewer.inside_the_compact,
        "reading": reading_of(request),
        "pages": pages,
        "crumbs": _crumbs(),
    }
    return render(request, "markers/checks.html", context)


def _crumbs(*more: Crumb) -> list[Crumb]:
    here = Crumb(_("Checks of scores"), reverse("marker-checks") if more else "")
    return [Crumb(_("Markers"), reverse("markers")), here, *more]


def _checks_table(found: Iterable[MarkerCheck], known: Scales) -> TableView:
    header = tuple(
        HeaderView(title)
        for title in (_("Project"), _("Entity"), _("Marker"), _("Score"), _("Proposed"), _("Stands"), _("Drawn"))
    )
    rows = tuple(
        (
            CellView(each.project.title, reverse("marker-check", args=[each.public_id]), header=True),
            CellView(each.project.lead_entity.abbreviation),
            CellView(marker_title(each.marker)),
            CellView(score_title(known, each.marker, each.score)),
            CellView("" if each.proposed is None else score_title(known, each.marker, each.proposed)),
            CellView(_stands(each)),
            CellView(short_day(each.drawn_on)),
        )
        for each in found
    )
    return TableView(_("Scores that were drawn, the latest draw first"), header, rows)


def _stands(check: MarkerCheck) -> str:
    if check.answer:
        return str(check.get_answer_display())
    if check.outcome == MarkerCheck.Outcome.AGREES:
        return str(check.get_outcome_display())
    return _(STANDINGS[check.standing])


def _samples_table(samples: Iterable[MarkerSample], names: dict[int, str]) -> TableView:
    header = (
        HeaderView(_("Drawn")),
        HeaderView(_("By")),
        HeaderView(_("Scored from")),
        HeaderView(_("Until")),
        HeaderView(_("Of each entity"), numeric=True),
        HeaderView(_("Entities"), numeric=True),
        HeaderView(_("Scores considered"), numeric=True),
        HeaderView(_("Seed")),
    )
    rows = tuple(
        (
            CellView(short_day(each.drawn_at.date()), header=True),
            CellView(names.get(each.drawn_by_id, "")),
            CellView(short_day(each.first_on)),
            CellView(short_day(each.last_on), aside=_("and those without a day") if each.undated else ""),
            CellView(grouped(each.of_each), numeric=True),
            CellView(grouped(len(each.considered)), numeric=True),
            CellView(grouped(sum(map(len, each.considered.values()))), numeric=True),
            CellView(each.seed, lang="zxx"),
        )
        for each in samples
    )
    return TableView(
        _("Samples"),
        header,
        rows,
        note=_(
            "A draw takes of each entity the scores that come first by SHA-256 of the seed, a space, the project's"
            " identifier, a space and the marker; the same seed draws the same scores."
        ),
    )


@require_http_methods(FORMS)
def draw(request: ViewerRequest) -> HttpResponse:
    """Draw a sample. For whoever may not, there is no such page."""
    if why_not_draw(request.viewer) is not None:
        raise Http404
    known = scales()
    form = DrawForm(request.POST or None, scales=known)

    def write() -> None:
        typed = form.cleaned_data
        draw_sample(
            first_on=typed["first_on"],
            last_on=typed["last_on"],
            undated=typed["undated"],
            of_each=typed["of_each"],
            markers=frozenset(typed["markers"]),
            person=person_of(request),
            actor=actor_of(request),
        )

    context = {
        "title": _("Draw a sample of scores"),
        "lead": _("Of each entity as many scores are drawn by lot, so that each is reached."),
        "button": _("Draw it"),
        "crumbs": _crumbs(Crumb(_("Draw a sample"))),
    }
    return _form_page(request, form, write, reverse("marker-checks"), _("The sample is drawn."), context)


@require_safe
def check_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One check: the score as it was drawn, what a second person says of it, what the entity answers."""
    found = _check(request, public_id)
    viewer, known = request.viewer, scales()
    with reading_as(viewer):
        now = markers_of(viewer, found.project).get(found.marker)
        names = names_of((found.scored_by_id, found.checked_by_id, found.answered_by_id))
    acts = []
    if not found.outcome:
        acts.append(
            Act("check", _("Check it"), reverse("check-marker", args=[public_id]), why_not_check(viewer, found) or "")
        )
    elif found.standing == "answering":
        answering = reverse("answer-marker-check", args=[public_id])
        acts.append(Act("answer", _("Answer"), answering, why_not_answer(viewer, found) or ""))
    context = {
        "check": found,
        "marker": marker_title(found.marker),
        "facts": _scored(found, known, now, names),
        "said": _said(found, known, names),
        "answered": _answered(found, names),
        "acts": acts,
        "crumbs": _crumbs(Crumb(found.project.reference)),
    }
    return render(request, "markers/check.html", context)


def _check(request: ViewerRequest, public_id: str) -> MarkerCheck:
    found = check_called(request.viewer, public_id)
    if found is None:
        raise Http404
    note_if_restricted(request, found.project, "marker-check-page")
    return found


def _scored(found: MarkerCheck, known: Scales, now: ProjectMarker | None, names: dict[int, str]) -> list[Fact]:
    project, lead = found.project, found.project.lead_entity
    anew = now is not None and now.score != found.score
    return facts(
        (_("Project"), Line(project.title, record_address(PROJECT, project.public_id))),
        (_("Lead entity"), Line(lead.name, record_address("entity", lead.code), lead.abbreviation)),
        (_("Marker"), marker_title(found.marker)),
        (_("Score"), score_title(known, found.marker, found.score)),
        (_("Justification"), found.justification or _("None was given.")),
        (_("Scored by"), names.get(found.scored_by_id or 0, "") or _("as reported")),
        (_("Drawn"), found.drawn_on),
        (_("Score now"), score_title(known, found.marker, now.score) if now is not None and anew else ""),
    )


def _said(found: MarkerCheck, known: Scales, names: dict[int, str]) -> list[Fact]:
    if found.checked_at is None:
        return []
    return facts(
        (_("Outcome"), str(found.get_outcome_display())),
        (
            _("Proposed score"),
            "" if found.proposed is None else score_title(known, found.marker, found.proposed),
        ),
        (_("Reason"), found.reason),
        (_("Checked by"), names.get(found.checked_by_id or 0, "")),
        (_("On"), found.checked_at.date()),
    )


def _answered(found: MarkerCheck, names: dict[int, str]) -> list[Fact]:
    if found.answered_at is None:
        return []
    return facts(
        (_("Answer"), str(found.get_answer_display())),
        (_("Reason"), found.answer_reason),
        (_("Answered by"), names.get(found.answered_by_id or 0, "")),
        (_("On"), found.answered_at.date()),
    )


@require_http_methods(FORMS)
def check(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Agree with a score, or propose another one."""
    found, known = _check(request, public_id), scales()
    form = CheckForm(request.POST or None, scales=known, check=found)

    def write() -> None:
        check_score(
            check=found,
            person=person_of(request),
            proposed=form.proposed,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
        )

    context = {
        "title": _("Check a score"),
        "facts": _about(found, known),
        "button": _("Record the check"),
        "why_not": why_not_check(request.viewer, found),
        "crumbs": _crumbs_of(found, _("Check it")),
    }
    return _form_page(request, form, write, _address(found), _("The check is recorded."), context)


@require_http_methods(FORMS)
def answer(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Accept a proposed score, or keep one's own with a reason."""
    found, known = _check(request, public_id), scales()
    form = AnswerForm(request.POST or None)

    def write() -> None:
        answer_check(
            check=found,
            person=person_of(request),
            accepts=form.cleaned_data["answer"] == ACCEPT,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
        )

    proposed = "" if found.proposed is None else score_title(known, found.marker, found.proposed)
    said = facts((_("Proposed score"), proposed), (_("Reason"), found.reason))
    context = {
        "title": _("Answer a check"),
        "facts": [*_about(found, known), *said],
        "button": _("Send the answer"),
        "why_not": why_not_answer(request.viewer, found),
        "crumbs": _crumbs_of(found, _("Answer")),
    }
    return _form_page(request, form, write, _address(found), _("The answer is recorded."), context)


def _about(found: MarkerCheck, known: Scales) -> list[Fact]:
    return facts(
        (_("Project"), Line(found.project.title, record_address(PROJECT, found.project.public_id))),
        (_("Marker"), marker_title(found.marker)),
        (_("Score"), score_title(known, found.marker, found.score)),
        (_("Justification"), found.justification or _("None was given.")),
    )


def _address(found: MarkerCheck) -> str:
    return reverse("marker-check", args=[found.public_id])


def _crumbs_of(found: MarkerCheck, title: str) -> list[Crumb]:
    return _crumbs(Crumb(found.project.reference, _address(found)), Crumb(title))


def _form_page(
    request: ViewerRequest,
    form: forms.Form,
    write: Callable[[], object],
    back: str,
    done: str,
    context: Mapping[str, object],
) -> HttpResponse:
    """Show ``form``, or, sent and sound, do what ``write`` does. What was refused is said by the form."""
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except MarkerRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "markers/form.html", {"form": form, **context}, status=status)
