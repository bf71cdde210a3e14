"""The view in which a plan is begun: where it is, its title and period, and which needs it answers."""

from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.needs.assistance.queries import request_called
from colonnade.needs.models import AssistanceRequest
from colonnade.needs.plans.access import is_officer, why_never_begin, why_not_begin
from colonnade.needs.plans.actions.beginning import begin_plan
from colonnade.needs.plans.actions.writing import PlanRefused
from colonnade.needs.plans.candidates import needs_to_choose
from colonnade.places.models import Country, Region
from colonnade.web.plans.forms import BeginForm, PlaceForm
from colonnade.web.plans.steps import FORMS
from colonnade.web.plans.views import crumbs
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

STATE: Final = "state:"
REGION: Final = "region:"


@require_http_methods(FORMS)
def begin_page(request: ViewerRequest) -> HttpResponse:
    """Begin a plan of a State or a region, perhaps from a request that became one. For whoever never may, there is no
    such page."""
    viewer = request.viewer
    if why_never_begin(viewer) is not None:
        raise Http404
    asked = _request(viewer, request.GET.get("request", ""))
    place = request.GET.get("place", "") or (f"{STATE}{asked.country.code}" if asked is not None else "")
    with reading_as(viewer):
        region, states = _place(viewer, place)
        candidates = needs_to_choose(viewer, list(states)) if states else []
    if not states:
        form = PlaceForm(_places(viewer))
        context = {"title": _("Begin a plan"), "form": form, "crumbs": crumbs(Crumb(_("Begin a plan")))}
        return render(request, "plans/place.html", context)
    initial = {"title": asked.title if asked is not None else ""}
    begun = BeginForm(states, candidates, request.POST or None, initial=initial)
    if request.method == "POST" and begun.is_valid():
        try:
            made = begin_plan(
                frame=begun.frame, states=begun.chosen_states, region=region, needs=begun.chosen, from_request=asked,
                person=person_of(request), actor=actor_of(request),
            )  # fmt: skip
        except PlanRefused as refused:
            begun.add_error(None, str(refused))
        else:
            messages.success(request, _("The plan is begun. Write what it says."))
            return redirect("plan-draft", public_id=made.public_id)
    context = {
        "title": _("Begin a plan"),
        "place": region.name if region is not None else next(iter(states.values())).name,
        "asked": asked,
        "form": begun,
        "crumbs": crumbs(Crumb(_("Begin a plan"))),
    }
    return render(request, "plans/begin.html", context, status=400 if begun.errors else 200)


def _request(viewer: Viewer, public_id: str) -> AssistanceRequest | None:
    """The request that a plan comes of, where the reader sees it and it became one."""
    if not public_id:
        return None
    found = request_called(viewer, public_id)
    if found is None or found.standing != AssistanceRequest.Standing.PLAN:
        raise Http404
    return found


def _place(viewer: Viewer, place: str) -> tuple[Region | None, dict[str, Country]]:
    """The region, where it is one, and its States; nothing where no place was named that the reader may begin in."""
    if place.startswith(REGION):
        region = Region.objects.filter(code=place.removeprefix(REGION)).first()
        found = {each.code: each for each in Country.objects.filter(region=region)} if region is not None else {}
        return (region, found) if found and why_not_begin(viewer, list(found)) is None else (None, {})
    found = {each.code: each for each in _states(viewer).filter(code=place.removeprefix(STATE))}
    return None, found


def _states(viewer: Viewer) -> QuerySet[Country]:
    """The States for which the reader may begin a plan."""
    known = Country.objects.order_by("name")
    return known if is_officer(viewer) else known.filter(code__in=viewer.country_codes)


def _places(viewer: Viewer) -> list[tuple[str, str]]:
    states = list(_states(viewer))
    regions = Region.objects.filter(pk__in={each.region_id for each in states})
    return [
        *((f"{STATE}{each.code}", each.name) for each in states),
        *((f"{REGION}{each.code}", _("Region: %(name)s") % {"name": each.name}) for each in regions),
    ]
