"""The views in which something comes of a request: safeguards answered, a project made, or an end with its reason."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.reading import reading_as
from colonnade.needs.assistance.access import speaks_for, why_not_safeguard
from colonnade.needs.assistance.actions.outcomes import (
    answer_safeguards,
    close_request,
    object_to_closing,
    record_joined,
    record_plan,
    reopen_request,
    turn_into_project,
    uphold_closing,
    withdraw_request,
)
from colonnade.needs.assistance.actions.passing import take_lead_back
from colonnade.needs.assistance.queries import questions_of
from colonnade.needs.assistance.workflow import REASON, WORKFLOW
from colonnade.portfolio.models import Status
from colonnade.web.assistance.forms import ProjectForm, SafeguardsForm, StepForm
from colonnade.web.assistance.steps import FORMS, form_page, open_to
from colonnade.web.assistance.views import request_of
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

#: The steps that ask for nothing but a reason.
_REASONED: Final[dict[str, Callable[..., Any]]] = {
    "lead-back": take_lead_back,
    "plan": record_plan,
    "join": record_joined,
    "close": close_request,
    "withdraw": withdraw_request,
    "object": object_to_closing,
    "reopen": reopen_request,
    "uphold": uphold_closing,
}


@require_http_methods(FORMS)
def step_page(request: ViewerRequest, public_id: str, step: str) -> HttpResponse:
    """Take a step that needs a reason. For whoever may not, there is no such page."""
    if step not in WORKFLOW or WORKFLOW[step].needs != REASON:
        raise Http404
    asked = open_to(request, public_id, step)
    form = StepForm(request.POST or None, initial={"seen_version": asked.version})
    if step == "plan":
        form.fields["reason"].label = _("Which plan of action, and where it stands")
    if step == "join":
        form.fields["reason"].label = _("How the State joined, and from when")
    if step == "object":
        form.fields["reason"].label = _("Why your State objects; the secretariat reads it and answers")
    if step == "withdraw" and speaks_for(request.viewer, asked):
        form.fields["reason"].label = _("Why your State withdraws it; whoever reads the request reads this")

    def write() -> None:
        typed = form.cleaned_data
        _REASONED[step](
            asked=asked, reason=typed["reason"], seen_version=typed["seen_version"], person=person_of(request),
            actor=actor_of(request),
        )  # fmt: skip

    return form_page(request, asked, form, write, _(WORKFLOW[step].title), {})


@require_http_methods(FORMS)
def safeguards_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Answer the checklist. For whoever may not, there is no such page."""
    asked = request_of(request, public_id, "request-safeguards")
    if not asked.with_safeguards or why_not_safeguard(request.viewer, asked) is not None:
        raise Http404
    with reading_as(request.viewer):
        questions = questions_of(request.viewer, asked)
    form = SafeguardsForm(questions, request.POST or None, initial={"seen_version": asked.version})

    def write() -> None:
        answer_safeguards(
            asked=asked, answers=form.answers, seen_version=form.cleaned_data["seen_version"],
            person=person_of(request), actor=actor_of(request),
        )  # fmt: skip

    pairs = [
        (each.safeguard, form[f"is_{each.safeguard.code}"], form[f"how_{each.safeguard.code}"]) for each in questions
    ]
    context = {
        "lead": _("Nothing comes of the request before every question is answered. Say nothing about any one person."),
        "button": _("Save the answers"),
        "pairs": pairs,
    }
    return form_page(
        request, asked, form, write, _("Answer the safeguards"), context, template="assistance/safeguards.html"
    )


@require_http_methods(FORMS)
def project_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Make a request a project of its lead; what the request says stands there already. For whoever may not, there is
    no such page."""
    asked = open_to(request, public_id, "project")
    described = "\n\n".join(text for text in (asked.what, asked.why) if text)
    form = ProjectForm(
        request.POST or None,
        initial={
            "reference": f"REQ-{asked.public_id}",
            "title": asked.title,
            "description": described,
            "status": Status.IN_DEVELOPMENT,
            "ends_on": asked.by_when,
            "seen_version": asked.version,
        },
    )

    def write() -> None:
        turn_into_project(
            asked=asked, outline=form.outline, seen_version=form.cleaned_data["seen_version"],
            person=person_of(request), actor=actor_of(request),
        )  # fmt: skip
        messages.success(request, _("The project is made. Its page is linked under “Became”."))

    context = {
        "lead": _(
            "Its lead, State, thematic priority, partners, readers and safeguards are those of the request; its origin "
            "is a State’s request."
        ),
        "button": _("Make the project"),
    }
    return form_page(request, asked, form, write, _("Make it a project"), context)
