"""The views in which a request is passed on, answered, given a lead; that somebody was told; who reads it."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.reading import reading_as
from colonnade.needs.assistance.access import why_not_answer, why_not_name, why_not_set_readers, why_not_tell
from colonnade.needs.assistance.actions.passing import (
    Recipient,
    answer_request,
    name_lead,
    pass_on,
    record_told,
    set_readers,
)
from colonnade.needs.assistance.actions.writing import RequestRefused
from colonnade.needs.assistance.queries import notices_of, passings_of, proposals_for, rules_now
from colonnade.needs.assistance.workflow import OPEN, WORKFLOW
from colonnade.needs.models import AssistancePassing, AssistanceRequest
from colonnade.web.assistance.card import proposals_table
from colonnade.web.assistance.forms import AnswerForm, LeadForm, PassForm, ReadersForm, ToldForm
from colonnade.web.assistance.views import circle, crumbs, request_of
from colonnade.web.assistance.words import why_proposed
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

FORMS: Final = ["GET", "HEAD", "POST"]


@require_http_methods(FORMS)
def pass_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Pass a request on to the entities that are proposed, or to others. For whoever may not, there is no such page."""
    asked, rules = open_to(request, public_id, "pass"), rules_now()
    with reading_as(request.viewer):
        proposed = proposals_for(request.viewer, asked, rules) if rules else []
    channel = rules.channel(asked.channel) if rules else None
    form = PassForm(
        [(entity, why_proposed(each.facts)) for entity, each in proposed],
        request.POST or None,
        everybody=channel is not None and channel.to == "chair",
        initial={"seen_version": asked.version},
    )

    def write() -> None:
        pass_on(
            asked=asked, to=[Recipient(entity, why) for entity, why in form.recipients],
            seen_version=form.cleaned_data["seen_version"], person=person_of(request), actor=actor_of(request),
        )  # fmt: skip

    context = {
        "lead": _("Each entity reads the request from then on, and sees why it was passed to it."),
        "table": proposals_table(proposed),
    }
    return form_page(request, asked, form, write, _("Pass on to entities"), context)


@require_http_methods(FORMS)
def answer_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Answer for an entity that has the request. For whoever may not, there is no such page."""
    asked = request_of(request, public_id, "answer-request")
    with reading_as(request.viewer):
        mine = [each for each in passings_of(request.viewer, asked) if why_not_answer(request.viewer, each) is None]
    if not mine:
        raise Http404
    by_code = {each.entity.code: each for each in mine}
    first = next((each for each in mine if not each.answer), mine[0])
    form = AnswerForm(
        [(code, f"{each.entity.abbreviation} · {each.entity.name}") for code, each in by_code.items()],
        request.POST or None,
        initial={"entity": first.entity.code, "answer": first.answer, "says": first.says},
    )

    def write() -> None:
        typed = form.cleaned_data
        answer_request(
            asked=asked, entity=by_code[typed["entity"]].entity, answer=typed["answer"], says=typed["says"],
            person=person_of(request), actor=actor_of(request),
        )  # fmt: skip

    context = {"lead": _("The State and everybody who reads the request reads the answer. It can be changed later.")}
    return form_page(request, asked, form, write, _("Answer"), context)


@require_http_methods(FORMS)
def lead_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Name who leads. For whoever may not, there is no such page."""
    asked = open_to(request, public_id, "lead")
    with reading_as(request.viewer):
        passings = passings_of(request.viewer, asked)
    can = [each for each in passings if each.answer == AssistancePassing.Answer.CAN_LEAD]
    mine = [each for each in can if why_not_name(request.viewer, each) is not None]
    by_code = {each.entity.code: each.entity for each in can if each not in mine}
    form = LeadForm(
        [(code, f"{each.abbreviation} · {each.name}") for code, each in by_code.items()],
        request.POST or None,
        initial={"seen_version": asked.version},
    )

    def write() -> None:
        typed = form.cleaned_data
        name_lead(
            asked=asked, entity=by_code[typed["lead"]], reason=typed["reason"], seen_version=typed["seen_version"],
            person=person_of(request), actor=actor_of(request),
        )  # fmt: skip

    none = _("No entity has answered that it can lead.")
    if mine:
        none = why_not_name(request.viewer, mine[0]) or none
    return form_page(request, asked, form, write, _("Name who leads"), {"why_not": "" if by_code else none})


@require_http_methods(FORMS)
def told_page(request: ViewerRequest, public_id: str, position: int) -> HttpResponse:
    """Record that somebody was told. For whoever may not, or where it is recorded, there is no such page."""
    asked = request_of(request, public_id, "tell-of-request")
    with reading_as(request.viewer):
        found = [each for each in notices_of(request.viewer, asked) if each.position == position]
    if not found or found[0].done_on is not None or why_not_tell(request.viewer, asked) is not None:
        raise Http404
    form = ToldForm(request.POST or None, initial={"on": timezone.localdate()})

    def write() -> None:
        typed = form.cleaned_data
        record_told(
            notice=found[0], on=typed["on"], says=typed["says"], person=person_of(request), actor=actor_of(request)
        )

    context = {"lead": f"{found[0].get_act_display()}: {found[0].whom}. {found[0].text}", "button": _("Record it")}
    return form_page(request, asked, form, write, _("Record that they were told"), context)


@require_http_methods(FORMS)
def readers_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Say whether the whole compact reads a request, and the resident coordinator. For whoever may not, there is no
    such page."""
    asked = request_of(request, public_id, "request-readers")
    if why_not_set_readers(request.viewer, asked) is not None or asked.standing not in OPEN:
        raise Http404
    now = {"open_to_compact": asked.level == "compact", "coordinator_reads": asked.coordinator_reads}
    form = ReadersForm(asked, circle(), request.POST or None, initial={"seen_version": asked.version, **now})

    def write() -> None:
        typed = form.cleaned_data
        set_readers(
            asked=asked, open_to_compact=typed["open_to_compact"], coordinator_reads=form.lets_coordinator,
            reason=typed["reason"], seen_version=typed["seen_version"], person=person_of(request),
            actor=actor_of(request),
        )  # fmt: skip

    lead = _(
        "The State, the secretariat, auditors and the entities that it was passed to read it in any case."
        " It never becomes public."
    )
    return form_page(request, asked, form, write, _("Say who reads it"), {"lead": lead})


def open_to(request: ViewerRequest, public_id: str, step: str) -> AssistanceRequest:
    """The request, where the step is open to the reader; otherwise the page is not there."""
    found = request_of(request, public_id, f"request-{step}")
    if WORKFLOW[step].why_not(request.viewer, found) is not None:
        raise Http404
    return found


def form_page(
    request: ViewerRequest,
    asked: AssistanceRequest,
    form: forms.Form,
    write: Callable[[], Any],
    title: str,
    context: dict[str, Any],
    template: str = "assistance/step.html",
) -> HttpResponse:
    """A form of one step: what was typed stays where it is refused, and the request's page follows where it is done."""
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except RequestRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is recorded."))
            return redirect("assistance-request", public_id=asked.public_id)
    back = reverse("assistance-request", args=[asked.public_id])
    given = {
        "title": title,
        "asked": asked,
        "form": form,
        "button": title,
        "illustrative": asked.provenance == "illustrative",
        "crumbs": crumbs(Crumb(asked.title, back), Crumb(title)),
        **context,
    }
    return render(request, template, given, status=400 if form.errors else 200)
