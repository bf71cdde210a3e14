"""Views of responses: claiming one from a need or from a project, its page, and each step after the claim."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Role, Viewer
from colonnade.needs.models import Recommendation, Response
from colonnade.needs.queries import need_called, response_called, seen, steps_of
from colonnade.needs.responses.access import why_never_claim
from colonnade.needs.responses.actions import (
    ResponseRefused,
    claim_again,
    claim_response,
    contest_response,
    reject_response,
    return_response,
    verify_response,
    withdraw_response,
)
from colonnade.needs.responses.workflow import WORKFLOW
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.web.needs.card import heading, headings
from colonnade.web.needs.reads import note_reading
from colonnade.web.needs.response_forms import ClaimAgainForm, ClaimForm, ClaimOfForm, StepForm, VerifyForm
from colonnade.web.needs.views import crumbs, need_of
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Line, facts
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.suggestions.known import known_claim

FORMS: Final = ["GET", "HEAD", "POST"]
#: Most choices of a list; whoever has more begins at the page of the other side.
MOST: Final = 300
#: The parameter that names the other side.
OF: Final = "of"
#: The steps that ask for nothing but a reason.
_REASONED: Final[dict[str, Callable[..., Response]]] = {
    "return": return_response,
    "reject": reject_response,
    "contest": contest_response,
    "withdraw": withdraw_response,
}


@require_http_methods(FORMS)
def claim_for_need(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Claim that a project of the reader's answers this need."""
    need = need_of(request, public_id)
    note_reading(request, seen(request.viewer, need), "claim-for-need")
    with reading_as(request.viewer):
        near, others = _own_projects(request.viewer, need)
    suggested = _suggested(request)
    if suggested is not None and all(suggested.public_id != each for each, _title in (*near, *others)):
        others = [(suggested.public_id, suggested.title), *others]
    groups = [(_("In this State"), near), (_("Elsewhere"), others)]
    known = {} if suggested is None else _known(request, need, suggested)
    form = ClaimOfForm(request.POST or None, label=_("Project that responds"), groups=groups, initial=known)

    def write() -> Response:
        project = Project.objects.visible_to(request.viewer).get(public_id=form.cleaned_data["of"])
        return claim_response(
            need=need, project=project, claim=form.claim, person=person_of(request), actor=actor_of(request)
        )

    title = heading(request.viewer, seen(request.viewer, need))
    none = "" if near or others else _("There is no running project of yours that could respond.")
    back = Crumb(need.reference, reverse("need", args=[public_id]))
    return _claiming(request, form, write, title, none, back)


def _suggested(request: ViewerRequest) -> Project | None:
    """The project that the address names where somebody comes from a suggestion."""
    named = request.GET.get(OF, "")
    return Project.objects.visible_to(request.viewer).filter(public_id=named).first() if named else None


def _known(request: ViewerRequest, need: Recommendation, project: Project) -> dict[str, Any]:
    """What the records say of such a claim, to be put into one's own words."""
    claim = known_claim(request.viewer, open_reading(reader_for(request.viewer)), need, project)
    return {OF: project.public_id, **claim.values()}


@require_http_methods(FORMS)
def claim_for_project(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Claim that this project answers a need of the States it works in."""
    with reading_as(request.viewer):
        project = Project.objects.visible_to(request.viewer).filter(public_id=public_id).first()
        if project is None:
            raise Http404
        here = _needs_there(request.viewer, project)
    form = ClaimOfForm(
        request.POST or None, label=_("Recommendation that it answers"), groups=[(_("Where the project works"), here)]
    )

    def write() -> Response:
        need = need_called(request.viewer, form.cleaned_data["of"])
        if need is None:
            raise ResponseRefused(_("There is no such recommendation among those that you may read."))
        return claim_response(
            need=need, project=project, claim=form.claim, person=person_of(request), actor=actor_of(request)
        )

    none = "" if here else _("No open recommendation to a State in which the project works is one that you may read.")
    back = Crumb(project.title, reverse("project", args=[public_id]))
    return _claiming(request, form, write, project.title, none, back)


def _claiming(
    request: ViewerRequest,
    form: ClaimOfForm,
    write: Callable[[], Response],
    of: str,
    none: str,
    back: Crumb,
) -> HttpResponse:
    why_not = why_never_claim(request.viewer) or none
    if request.method == "POST" and form.is_valid():
        try:
            made = write()
        except ResponseRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is claimed. The State's assessor or the secretariat verifies it."))
            return redirect("response", public_id=made.public_id)
    context = {
        "title": _("Claim that a project responds"),
        "of": of,
        "lead": _("A claim says what exactly the project meets, and on what evidence. Somebody else verifies it."),
        "form": form,
        "why_not": why_not,
        "button": _("Claim it"),
        "crumbs": crumbs(back, Crumb(_("Claim"))),
    }
    return render(request, "needs/step.html", context, status=400 if form.errors else 200)


def _own_projects(viewer: Viewer, need: Recommendation) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Running projects in which the reader's entities take part: in the need's State, and elsewhere; for the
    secretariat, all of those in the State."""
    found = Project.objects.visible_to(viewer).exclude(status__in=CLOSED_STATUSES).distinct()
    here = Q(projectcountry__country=need.country_id)
    if Role.SECRETARIAT in viewer.roles:
        return _choices(found.filter(here)), []
    own = Q(lead_entity__code__in=viewer.entity_ids) | Q(projectpartner__entity__code__in=viewer.entity_ids)
    near = _choices(found.filter(own & here))
    known = {public_id for public_id, _title in near}
    return near, [each for each in _choices(found.filter(own)) if each[0] not in known]


def _choices(found: Any) -> list[tuple[str, str]]:
    rows = found.order_by("title", "public_id").values_list("public_id", "title", "lead_entity__abbreviation")[:MOST]
    return [(public_id, f"{title} ({lead})") for public_id, title, lead in rows]


def _needs_there(viewer: Viewer, project: Project) -> list[tuple[str, str]]:
    answered = Response.objects.visible_to(viewer).filter(project=project).values("recommendation")
    places = ProjectCountry.objects.visible_to(viewer).filter(project=project).values("country")
    rows = list(
        Recommendation.objects.visible_to(viewer)
        .filter(standing="open", country__in=places)
        .exclude(pk__in=answered)
        .select_related("country")
        .order_by("country__name", "reference")[:MOST]
    )
    called = headings(viewer, rows)
    return [(need.public_id, f"{need.country.name}: {called[need.pk]} ({need.reference})") for need in rows]


def response_of(request: ViewerRequest, public_id: str) -> Response:
    """The response that an address names. One that the reader may not see is not there."""
    found = response_called(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


@require_safe
def response_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A response: what is claimed, what was done with it, and what the reader can do next."""
    with reading_as(request.viewer):
        found = response_of(request, public_id)
        steps = steps_of(request.viewer, found)
        need = seen(request.viewer, found.recommendation)
    note_reading(request, need, "response")
    title = heading(request.viewer, need)
    period = " – ".join(short_day(day) if day else "…" for day in (found.from_on, found.until_on))
    context = {
        "response": found,
        "title": title,
        "illustrative": found.provenance == "illustrative",
        "facts": facts(
            (_("Recommendation"), Line(title, record_address("recommendation", found.recommendation.public_id))),
            (_("Project"), Line(found.project.title, record_address(PROJECT, found.project.public_id))),
            (_("Strength"), str(found.get_strength_display())),
            (_("What exactly"), found.says),
            (_("Evidence"), found.evidence),
            (_("Meets it"), period if found.from_on or found.until_on else ""),
            (_("Claimed by"), _by_entity(found.claimed_by, found.claimed_on)),
            (_("Verified"), _by_entity(found.verified_by, found.verified_on) if found.verified_on else ""),
            (_("Last reason given"), found.reason),
        ),
        "happened": [
            {
                "day": short_day(timezone.localdate(step.taken_at)),
                "text": str(Response.Standing(step.standing).label),
                "aside": _by_whom(step.entity, step.country),
                "reason": step.reason,
            }
            for step in steps
        ],
        "acts": _acts(request.viewer, found),
        "crumbs": crumbs(
            Crumb(found.recommendation.reference, reverse("need", args=[found.recommendation.public_id])),
            Crumb(_("Response")),
        ),
    }
    return render(request, "needs/response.html", context)


def _by_entity(entity: Any, on: Any) -> Line:
    name = entity.name if entity else _("The secretariat")
    return Line(name, record_address("entity", entity.code) if entity else "", short_day(on))


def _by_whom(entity: Any, country: Any) -> str:
    if country is not None:
        return _("for %(state)s") % {"state": country.name}
    return _("for %(entity)s") % {"entity": entity.abbreviation} if entity is not None else _("by the secretariat")


def _acts(viewer: Viewer, response: Response) -> list[Act]:
    """The steps from here; those that are never the reader's are not offered."""
    return [
        Act(
            step.name,
            _(step.title),
            reverse("response-step", args=[response.public_id, step.name]),
            second=step.name != "verify",
        )
        for step, why_not in WORKFLOW.offered(viewer, response)
        if why_not is None
    ]


@require_http_methods(FORMS)
def response_step(request: ViewerRequest, public_id: str, step: str) -> HttpResponse:
    """Take a step with a response, with what the step needs."""
    found = response_of(request, public_id)
    if step not in WORKFLOW:
        raise Http404
    transition = WORKFLOW[step]
    why_not = transition.why_not(request.viewer, found)
    form = _form_of(request, step, found)
    back = reverse("response", args=[public_id])
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, step, found, form)
        except ResponseRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is recorded."))
            return redirect(back)
    context = {
        "title": _(transition.title),
        "of": found.project.title,
        "form": form,
        "why_not": why_not,
        "button": _(transition.title),
        "crumbs": crumbs(Crumb(_("Response"), back), Crumb(_(transition.title))),
    }
    return render(request, "needs/step.html", context, status=400 if form.errors else 200)


def _form_of(request: ViewerRequest, step: str, response: Response) -> forms.Form:
    sent = request.POST or None
    initial: dict[str, Any] = {"seen_version": response.version}
    if step == "claim":
        initial |= {name: getattr(response, name) for name in ("strength", "says", "evidence", "from_on", "until_on")}
        return ClaimAgainForm(sent, initial=initial)
    if step == "verify":
        return VerifyForm(sent, initial={**initial, "strength": response.strength})
    form = StepForm(sent, initial=initial)
    form.fields["reason"].required = True
    return form


def _take(request: ViewerRequest, step: str, response: Response, form: forms.Form) -> None:
    typed = form.cleaned_data
    by: dict[str, Any] = {
        "response": response,
        "seen_version": typed["seen_version"],
        "person": person_of(request),
        "actor": actor_of(request),
    }
    if isinstance(form, ClaimForm):
        claim_again(**by, claim=form.claim)
    elif step == "verify":
        verify_response(**by, strength=typed["strength"], reason=typed["reason"])
    else:
        _REASONED[step](**by, reason=typed["reason"])
