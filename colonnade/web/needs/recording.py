"""Views in which assessors record what they found: an assessment, what it recommends, and its words made better."""

from collections.abc import Callable
from typing import Final

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.analysis.matching.proposing import MANDATE, PILLAR, THEME
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level, Role, Viewer
from colonnade.members.models import Entity
from colonnade.needs.assessments.access import why_never_record, why_not_record, why_not_revise
from colonnade.needs.assessments.actions import (
    AssessmentRefused,
    record_assessment,
    record_recommendation,
    revise_recommendation,
)
from colonnade.needs.assessments.queries import assessment_called, open_recommendations, recommended_by
from colonnade.needs.models import Assessment, Recommendation
from colonnade.needs.queries import seen
from colonnade.places.models import Country
from colonnade.web.needs.card import heading, headings
from colonnade.web.needs.reads import note_reading
from colonnade.web.needs.recording_forms import AssessmentForm, RecommendForm, ReviseForm
from colonnade.web.needs.views import crumbs, need_of
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.proposing import is_asked, propose, record_from, shown, take_over, typed_in
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

FORMS: Final = ["GET", "HEAD", "POST"]
#: Fields for which codes are proposed, each with its dimension.
_PROPOSED: Final = {"theme": THEME, "pillar": PILLAR, "mandates": MANDATE}


@require_safe
def assessment(request: ViewerRequest, public_id: str) -> HttpResponse:
    """An assessment that the reader may see, and what they may see of what it recommends."""
    found = _assessment_of(request, public_id)
    note_if_restricted(request, found, "assessment-page")
    with reading_as(request.viewer):
        table = _recommended(request.viewer, found)
    language = get_language() or "en"
    context = {
        "assessment": found,
        "title": title_of(found),
        "facts": facts(
            (_("State"), Line(found.country.name_in(language), record_address("country", found.country.code))),
            (_("Assessor"), Line(found.assessor.name, record_address("entity", found.assessor.code))),
            (_("Kind"), found.get_kind_display()),
            (_("First day"), found.starts_on),
            (_("Last day"), found.ends_on),
            (
                _("Resolutions"),
                [Line(each.code, record_address("mandate", each.code)) for each in found.mandates.all()],
            ),
            (_("Visible to"), found.get_level_display()),
        ),
        "table": table,
        "records": why_not_record(request.viewer, found.country) is None,
        "crumbs": crumbs(Crumb(title_of(found))),
    }
    return render(request, "needs/assessment.html", context)


@require_http_methods(FORMS)
def record(request: ViewerRequest) -> HttpResponse:
    """Record a visit to a State, or a desk review of it. For whoever records none, there is no such page."""
    if why_never_record(request.viewer) is not None:
        raise Http404
    countries, assessors = _offered(request.viewer)
    initial = {"level": Level.COMPACT.value, "country": request.GET.get("country", "")}
    form = AssessmentForm(request.POST or None, countries=countries, assessors=assessors, initial=initial)

    def write() -> HttpResponse:
        made = record_assessment(
            country=form.cleaned_data["country"],
            mission=form.mission,
            level=form.cleaned_data["level"],
            person=person_of(request),
            actor=actor_of(request),
        )
        messages.success(request, _("The assessment is recorded. Now record what it recommends."))
        return redirect("assessment", public_id=made.public_id)

    title = _("Record an assessment")
    return _page(request, form, write, title=title, of="", button=_("Record it"), steps=[Crumb(title)])


@require_http_methods(FORMS)
def recommend(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Record what an assessment recommends."""
    found = _assessment_of(request, public_id)
    if why_not_record(request.viewer, found.country) is not None:
        raise Http404
    note_if_restricted(request, found, "recommend-page")
    with reading_as(request.viewer):
        open_ones = open_recommendations(request.viewer, found.country)
        titles = headings(request.viewer, open_ones)
    earlier = {each.public_id: (f"{each.reference} {titles[each.pk]}", each) for each in open_ones}
    closed = found.level == Level.RESTRICTED
    initial = {
        "level": found.level,
        "issued_on": found.ends_on,
        "mandates": [each.code for each in found.mandates.all()],
    }
    form = RecommendForm(request.POST or None, earlier=earlier, closed=closed, initial=initial)
    if is_asked(request):
        form = RecommendForm(earlier=earlier, closed=closed, initial=_with_proposals(request, form))
        _propose(request, form)

    def write() -> HttpResponse:
        made = record_recommendation(
            assessment=found,
            advice=form.advice,
            issued_on=form.cleaned_data["issued_on"],
            level=form.cleaned_data["level"],
            person=person_of(request),
            actor=actor_of(request),
        )
        messages.success(request, _("It is recorded as %(reference)s.") % {"reference": made.reference})
        return redirect("assessment", public_id=found.public_id)

    title, own = _("Record a recommendation"), title_of(found)
    steps = [Crumb(own, reverse("assessment", args=[public_id])), Crumb(title)]
    return _page(request, form, write, title=title, of=own, button=_("Record it"), steps=steps, proposes=True)


def _with_proposals(request: ViewerRequest, form: forms.Form) -> dict[str, object]:
    """What was typed, with the proposal that was taken over."""
    typed = typed_in(form, request.POST)
    take_over(typed, request.POST, _PROPOSED, lambda name, code: code if _offers(form, name, code) else "")
    return typed


def _propose(request: ViewerRequest, form: forms.Form, known_as: str = "") -> None:
    record = record_from(form.initial.get("title"), form.initial.get("text"), known_as=known_as)
    found = propose(request, record, tuple(_PROPOSED.values()))
    shown(form, record, found, _PROPOSED, lambda _name, code: code)


def _offers(form: forms.Form, name: str, code: str) -> bool:
    choices = getattr(form.fields[name], "choices", ()) if name in form.fields else ()
    return bool(code) and any(str(value) == code for value, _title in choices)


@require_http_methods(FORMS)
def revise(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Give a recommendation better words, or another standing."""
    need = need_of(request, public_id)
    if why_not_revise(request.viewer, need) is not None:
        raise Http404
    told = seen(request.viewer, need)
    note_reading(request, told, "revise-need")
    form = ReviseForm(request.POST or None, kept=need.confidential_fields, initial=_as_it_stands(need))
    if is_asked(request):
        form = ReviseForm(kept=need.confidential_fields, initial=_with_proposals(request, form))
        _propose(request, form, need.public_id)

    def write() -> HttpResponse:
        revise_recommendation(
            need=need,
            advice=form.advice,
            standing=form.cleaned_data["standing"],
            seen_version=form.cleaned_data["seen_version"],
            person=person_of(request),
            actor=actor_of(request),
        )
        messages.success(request, _("The recommendation is saved."))
        return redirect("need", public_id=public_id)

    title = _("Revise the recommendation")
    steps = [Crumb(need.reference, reverse("need", args=[public_id])), Crumb(title)]
    of = heading(request.viewer, told)
    lead = (
        _("What its State keeps confidential is not offered, and stays as it is.") if need.confidential_fields else ""
    )
    return _page(request, form, write, title=title, of=of, button=_("Save"), steps=steps, lead=lead, proposes=True)


def _page(
    request: ViewerRequest,
    form: forms.Form,
    write: Callable[[], HttpResponse],
    *,
    title: str,
    of: str,
    button: str,
    steps: list[Crumb],
    lead: str = "",
    proposes: bool = False,
) -> HttpResponse:
    """A page with one form; what cannot be written is said above it, with everything that was typed."""
    if request.method == "POST" and not is_asked(request) and form.is_valid():
        try:
            return write()
        except AssessmentRefused as refused:
            form.add_error(None, str(refused))
    context = {
        "title": title,
        "of": of,
        "lead": lead,
        "form": form,
        "button": button,
        "proposes": proposes,
        "crumbs": crumbs(*steps),
    }
    return render(request, "needs/step.html", context, status=400 if form.errors else 200)


def title_of(found: Assessment) -> str:
    """What an assessment is called: its kind, its State and its days."""
    return _("%(kind)s: %(state)s, %(start)s to %(end)s") % {
        "kind": found.get_kind_display(),
        "state": found.country.name_in(get_language() or "en"),
        "start": date_format(found.starts_on, "j F Y"),
        "end": date_format(found.ends_on, "j F Y"),
    }


def _assessment_of(request: ViewerRequest, public_id: str) -> Assessment:
    found = assessment_called(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def _recommended(viewer: Viewer, found: Assessment) -> TableView:
    needs = recommended_by(viewer, found)
    titles = headings(viewer, needs)
    header = (
        HeaderView(_("Recommendation")),
        HeaderView(_("Reference")),
        HeaderView(_("Standing")),
        HeaderView(_("Issued")),
    )
    rows = tuple(
        (
            CellView(titles[each.pk], record_address("recommendation", each.public_id), header=True),
            CellView(each.reference),
            CellView(str(each.get_standing_display())),
            CellView(short_day(each.issued_on)),
        )
        for each in needs
    )
    return TableView(_("What it recommends"), header, rows)


def _offered(viewer: Viewer) -> tuple[QuerySet[Country], QuerySet[Entity]]:
    """The States that the viewer records for, and the entities that they record as."""
    if Role.SECRETARIAT in viewer.roles:
        return Country.objects.all(), Entity.objects.all()
    return Country.objects.filter(code__in=viewer.country_codes), Entity.objects.filter(code__in=viewer.entity_ids)


def _as_it_stands(need: Recommendation) -> dict[str, object]:
    return {
        **{name: getattr(need, name) for name in ("title", "text", "priority", "addressee")},
        "theme": need.theme.code if need.theme else "",
        "pillar": need.pillar.code if need.pillar else "",
        "mandates": list(need.mandates.values_list("code", flat=True)),
        "standing": need.standing,
        "seen_version": need.version,
    }
