"""The views in which a lead accepts, a version is proposed or sent back, States consent, and a plan is ended."""

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
from colonnade.needs.models import ActionPlan, PlanActivity, PlanConsent
from colonnade.needs.plans.access import (
    Held,
    why_not_answer,
    why_not_confirm,
    why_not_record,
    why_not_withdraw,
)
from colonnade.needs.plans.actions.consents import confirm_consent, record_consent, withdraw_consent
from colonnade.needs.plans.actions.leading import answer_lead
from colonnade.needs.plans.actions.versions import end_plan, propose_version, redraft_plan, return_version
from colonnade.needs.plans.actions.writing import PlanRefused
from colonnade.needs.plans.queries import consents_of, draft_content, states_of, version_in_force, version_proposed
from colonnade.needs.plans.workflow import REASON, WORKFLOW
from colonnade.web.assistance.views import circle
from colonnade.web.plans.consenting import RECORD, VERSION, lacking, recorded_words
from colonnade.web.plans.forms import ConfirmForm, ConsentForm, LeadForm, ProposeForm, ReasonForm, WithdrawForm
from colonnade.web.plans.tree import outside_period
from colonnade.web.plans.views import crumbs, held_of, is_illustrative, to_plan
from colonnade.web.shared.facts import amount
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

FORMS: Final = ["GET", "HEAD", "POST"]
_REASONED: Final[dict[str, Callable[..., Any]]] = {
    "return": return_version, "redraft": redraft_plan, "end": end_plan,
}  # fmt: skip


@require_http_methods(FORMS)
def lead_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Accept or decline to lead activities. For whoever is named in none, there is no such page."""
    at = held_of(request, public_id, "plan-lead")
    with reading_as(request.viewer):
        rows = PlanActivity.objects.visible_to(request.viewer).filter(of_plan=at.plan).select_related("lead", "of_plan")
        mine = [each for each in rows if why_not_answer(request.viewer, each) is None]
    if not mine:
        raise Http404
    choices = [(each.key, f"{each.lead.abbreviation}: {each.text} ({amount(each.cost)})") for each in mine]
    form = LeadForm(choices, request.POST or None, initial={"keys": [each.key for each in mine if not each.answer]})

    def write() -> None:
        typed = form.cleaned_data
        answer_lead(
            plan=at.plan, keys=typed["keys"], answer=typed["answer"], says=typed["says"], person=person_of(request),
            actor=actor_of(request),
        )  # fmt: skip

    context = {"lead": _("A version is proposed to the State once every lead has accepted.")}
    return form_page(request, at.plan, form, write, _("Accept or decline to lead"), context)


@require_http_methods(FORMS)
def step_page(request: ViewerRequest, public_id: str, step: str) -> HttpResponse:
    """Propose a version, send it back, begin a new one, or end the plan. For whoever may not, there is no such page."""
    if step not in WORKFLOW or (step != "propose" and WORKFLOW[step].needs != REASON):
        raise Http404
    at = open_to(request, public_id, step)
    kind = ProposeForm if step == "propose" else ReasonForm
    form = kind(request.POST or None, initial={"seen_version": at.plan.version})

    def write() -> None:
        typed = form.cleaned_data
        by: dict[str, Any] = {
            "plan": at.plan, "seen_version": typed["seen_version"], "person": person_of(request),
            "actor": actor_of(request),
        }  # fmt: skip
        if step == "propose":
            propose_version(changes=typed["changes"], **by)
        else:
            _REASONED[step](reason=typed["reason"], **by)

    context = {"outside": _outside(request, at.plan)} if step == "propose" else {}
    return form_page(request, at.plan, form, write, _(WORKFLOW[step].title), context)


def _outside(request: ViewerRequest, plan: ActionPlan) -> list[dict[str, str]]:
    with reading_as(request.viewer):
        content = draft_content(plan, request.viewer)
    return outside_period(content, plan.public_id) if content is not None else []


@require_http_methods(FORMS)
def consent_page(request: ViewerRequest, public_id: str, covers: str) -> HttpResponse:
    """Record a State's consent. For whoever may not, or where nothing waits for it, there is no such page; where it is
    recorded already, it says so."""
    if covers not in RECORD:
        raise Http404
    at = held_of(request, public_id, f"plan-consent-{covers}")
    with reading_as(request.viewer):
        states = {each.country.code: each.country for each in states_of(request.viewer, at.plan)}
        theirs = any(why_not_record(request.viewer, at, code) is None for code in states)
        proposed = version_proposed(request.viewer, at.plan) if covers == VERSION else None
        missing = lacking(
            request.viewer, at, consents_of(request.viewer, at.plan), covers, proposed.pk if proposed else None
        )
        agreed = version_in_force(request.viewer, at.plan) is not None
    is_open = at.standing == ActionPlan.Standing.PROPOSED if covers == "version" else agreed
    if not theirs or not is_open:
        raise Http404
    choices = [(code, states[code].name) for code in missing]
    form = ConsentForm(
        choices, request.POST or None,
        initial={"seen_version": at.plan.version, "given_on": timezone.localdate(), "state": next(iter(missing), "")},
    )  # fmt: skip

    def write() -> PlanConsent:
        typed = form.cleaned_data
        return record_consent(
            plan=at.plan, country=states[typed["state"]], covers=PlanConsent.Covers(covers), given=form.given,
            seen_version=typed["seen_version"], person=person_of(request), actor=actor_of(request),
        )  # fmt: skip

    context = {
        "lead": _what_it_opens(covers),
        "regional": covers == VERSION and len(states) > 1,
        "why_not": "" if missing else _("This consent is recorded already."),
    }
    return form_page(request, at.plan, form, write, str(RECORD[covers]), context, said=recorded_words)


def _what_it_opens(covers: str) -> str:
    match covers:
        case "compact":
            return _(
                "Every entity of the %(circle)s reads what is agreed then, now and in later versions, and needs as far "
                "as it may read them anyway. A second person confirms it. It can be withdrawn."
            ) % {"circle": circle()}
        case "costs":
            return _(
                "Donors and the public read outputs, activities, who leads, cost, funded and not, now and in later "
                "versions; nothing of needs, risks or remarks. A second person confirms it. It can be withdrawn."
            )
    return _(
        "A consent that the State's own focal point gives counts at once. One that the secretariat records from a "
        "document waits until that focal point confirms it."
    )


@require_http_methods(FORMS)
def confirm_page(request: ViewerRequest, public_id: str, consent: str) -> HttpResponse:
    """Confirm a consent that somebody else recorded. For whoever may not, there is no such page."""
    at, found = _consent(request, public_id, consent)
    if why_not_confirm(request.viewer, found) is not None:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def write() -> None:
        confirm_consent(consent=found, person=person_of(request), actor=actor_of(request))

    lead = f"{found.country.name}: {found.get_covers_display()}. {found.given_by}, {found.document}"
    return form_page(request, at.plan, form, write, _("Confirm the consent"), {"lead": lead})


@require_http_methods(FORMS)
def withdraw_page(request: ViewerRequest, public_id: str, consent: str) -> HttpResponse:
    """Withdraw a consent. For whoever may not, there is no such page."""
    at, found = _consent(request, public_id, consent)
    if why_not_withdraw(request.viewer, found) is not None:
        raise Http404
    form = WithdrawForm(request.POST or None)

    def write() -> None:
        withdraw_consent(
            consent=found, reason=form.cleaned_data["reason"], person=person_of(request), actor=actor_of(request)
        )

    lead = f"{found.country.name}: {found.get_covers_display()}. {found.given_by}, {found.document}"
    return form_page(request, at.plan, form, write, _("Withdraw the consent"), {"lead": lead})


def _consent(request: ViewerRequest, public_id: str, consent: str) -> tuple[Held, PlanConsent]:
    at = held_of(request, public_id, "plan-consent")
    with reading_as(request.viewer):
        found = [each for each in consents_of(request.viewer, at.plan) if each.public_id == consent]
    if not found:
        raise Http404
    return at, found[0]


def open_to(request: ViewerRequest, public_id: str, step: str) -> Held:
    """The plan, where the step is open to the reader; otherwise the page is not there."""
    at = held_of(request, public_id, f"plan-{step}")
    if WORKFLOW[step].why_not(request.viewer, at) is not None:
        raise Http404
    return at


def form_page(
    request: ViewerRequest,
    plan: ActionPlan,
    form: forms.Form,
    write: Callable[[], Any],
    title: str,
    context: dict[str, Any],
    *,
    template: str = "plans/step.html",
    then: str = "action-plan",
    said: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """A form of one thing: what was typed stays where it is refused, and the page ``then`` follows where it is done,
    with what ``said`` tells of it."""
    if request.method == "POST" and form.is_valid():
        try:
            done = write()
        except PlanRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said(done) if said is not None else _("It is recorded."))
            return redirect(then, public_id=plan.public_id)
    between = [to_plan(plan)]
    if then == "plan-draft":
        between.append(Crumb(_("Draft"), reverse("plan-draft", args=[plan.public_id])))
    given = {
        "title": title,
        "plan": plan,
        "form": form,
        "button": title,
        "illustrative": is_illustrative(plan),
        "crumbs": crumbs(*between, Crumb(title)),
        **context,
    }
    return render(request, template, given, status=400 if form.errors else 200)
