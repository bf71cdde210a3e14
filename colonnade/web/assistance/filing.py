"""The views in which a request is filed: for assistance, or to join a programme. Likely twins are shown before."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Role, Viewer
from colonnade.needs.assistance.access import files_for, why_never_file
from colonnade.needs.assistance.actions.filing import ask_to_join, file_request
from colonnade.needs.assistance.actions.writing import RequestRefused, TwinsUnseen
from colonnade.needs.assistance.queries import Twin, rules_now
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.models import AssistanceRequest, Recommendation
from colonnade.needs.queries import need_called
from colonnade.places.models import Country
from colonnade.web.assistance.card import twins_list
from colonnade.web.assistance.forms import BETWEEN, FilingForm, JoiningForm, TwinsForm
from colonnade.web.assistance.views import circle, crumbs
from colonnade.web.needs.card import headings
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

FORMS: Final = ["GET", "HEAD", "POST"]
#: Something else was filed already: the page says what.
CONFLICT: Final = 409
#: Most recommendations that can be chosen from.
MOST: Final = 300
STATE, NEED, PROGRAMME = "state", "need", "programme"


@require_http_methods(FORMS)
def file_request_page(request: ViewerRequest) -> HttpResponse:
    """File a request for assistance. For whoever never may, there is no such page."""
    rules = _rules(request)
    need = need_called(request.viewer, request.GET.get(NEED, "")) if request.GET.get(NEED) else None
    with reading_as(request.viewer):
        states = states_of(request.viewer)
        state = _state(request, states, need.country.code if need else "")
        if state is None:
            return _which_state(request, states, _("File a request"))
        needs = _needs_of(request.viewer, state)
    initial = {NEED: need.public_id if need is not None and need.public_id in needs else ""}
    form = FilingForm(request.viewer, circle(), rules, needs, request.POST or None, initial=initial)

    def write() -> AssistanceRequest:
        return file_request(
            country=state, asked=form.asked, twins_seen=form.twins, person=person_of(request), actor=actor_of(request)
        )

    context = {
        "title": _("File a request"),
        "lead": _("Say what is needed, why and by when. Nothing about any one person is kept here."),
        "state": state,
        "kinds": [
            {
                "title": each.title,
                "channels": [channel for channel in rules.channels if channel.code in each.channels],
                "safeguards": each.safeguards,
                "source": each.source,
                "assumed": each.assumed,
                "tells": [tell for tell in rules.tells if not tell.kinds or each.code in tell.kinds],
            }
            for each in rules.kinds
        ],
        "crumbs": crumbs(Crumb(_("File a request"))),
    }
    return _filing(request, form, write, context)


@require_http_methods(FORMS)
def join_page(request: ViewerRequest) -> HttpResponse:
    """Ask to join a programme, in one form. For whoever never may, there is no such page."""
    rules = _rules(request)
    if rules.joining is None:
        raise Http404
    with reading_as(request.viewer):
        states = states_of(request.viewer)
        state = _state(request, states, "")
        if state is None:
            return _which_state(request, states, _("Ask to join a programme"))
    initial = {PROGRAMME: request.GET.get(PROGRAMME, "")}
    form = JoiningForm(request.viewer, circle(), rules.joining.programmes, request.POST or None, initial=initial)

    def write() -> AssistanceRequest:
        typed = form.cleaned_data
        return ask_to_join(
            country=state,
            programme=typed["programme"],
            why=typed["why"],
            document=typed["document"],
            brought_by=form.brought,
            open_to_compact=typed["open_to_compact"],
            coordinator_reads=typed.get("coordinator_reads", False),
            twins_seen=form.twins,
            person=person_of(request),
            actor=actor_of(request),
        )

    context = {
        "title": _("Ask to join a programme"),
        "lead": _("It goes to the entity that leads the programme at once."),
        "state": state,
        "crumbs": crumbs(Crumb(_("Ask to join a programme"))),
    }
    return _filing(request, form, write, context)


def _rules(request: ViewerRequest) -> Rules:
    rules = rules_now()
    if rules is None or why_never_file(request.viewer) is not None:
        raise Http404
    return rules


def states_of(viewer: Viewer) -> list[Country]:
    """The States that the viewer files for: their own, or any for the secretariat."""
    found = Country.objects.order_by("name")
    if Role.SECRETARIAT not in viewer.roles:
        found = found.filter(code__in=files_for(viewer))
    return list(found)


def _state(request: ViewerRequest, states: Sequence[Country], of_need: str) -> Country | None:
    """The State that is filed for; ``None`` where it must be chosen first. Another's is not there."""
    code = request.GET.get(STATE, "") or of_need
    if not code:
        return states[0] if len(states) == 1 else None
    found = next((each for each in states if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _which_state(request: ViewerRequest, states: Sequence[Country], title: str) -> HttpResponse:
    kept = [(name, value) for name, value in request.GET.items() if name != STATE]
    context = {"title": title, "states": states, "kept": kept, "crumbs": crumbs(Crumb(title))}
    return render(request, "assistance/which-state.html", context)


def _needs_of(viewer: Viewer, state: Country) -> dict[str, Recommendation]:
    """The State's open recommendations that the viewer sees, by public identifier, as the viewer may call them."""
    rows = Recommendation.objects.visible_to(viewer).filter(country=state, standing=Recommendation.Standing.OPEN)
    found = list(rows.select_related("theme").order_by("reference")[:MOST])
    called = headings(viewer, found)
    for need in found:
        need.title = called[need.pk]
    return {need.public_id: need for need in found}


def _filing(
    request: ViewerRequest, form: TwinsForm, write: Callable[[], AssistanceRequest], context: dict[str, Any]
) -> HttpResponse:
    """The form, with what was typed and, before it is sent, the requests that may be the same."""
    twins: Sequence[Twin] = ()
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = write()
            except TwinsUnseen as unseen:
                twins, status = unseen.twins, CONFLICT
                sent = request.POST.copy()
                shown = {*form.twins, *(each.request.public_id for each in twins)}
                sent["twins_seen"] = BETWEEN.join(sorted(shown)).strip()
                form.data = sent
            except RequestRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The request is filed."))
                return redirect("assistance-request", public_id=made.public_id)
    context |= {
        "form": form,
        "twins": twins_list(list(twins)),
        "button": _("It is another request: send it") if twins else _("Send it"),
    }
    return render(request, "assistance/file.html", context, status=status)
