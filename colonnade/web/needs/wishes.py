"""Views of a State's wish and its consent: keep, propose, look, and decide as a second person."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colonnade.core.viewer import Level
from colonnade.members.models import Person
from colonnade.needs.access import (
    concerned,
    why_not_decide,
    why_not_follow,
    why_not_mark,
    why_not_open,
    why_not_propose,
)
from colonnade.needs.actions import (
    Given,
    NeedRefused,
    approve_lifting,
    keep_confidential,
    propose_lifting,
    refuse_lifting,
    take_back_lifting,
    withdraw_consent,
)
from colonnade.needs.models import Lifting, Recommendation
from colonnade.needs.queries import consent_called, lifting_called, liftings_of, liftings_waiting, seen
from colonnade.web.needs.card import heading
from colonnade.web.needs.confidentiality import acts_on, opening_in_words, standing_of
from colonnade.web.needs.forms import KeepForm, LookForm, OpenForm
from colonnade.web.needs.preview import preview_of
from colonnade.web.needs.reads import note_reading
from colonnade.web.needs.views import crumbs, need_of
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

#: The button that only shows what would be opened.
LOOK: Final = "look"


@require_safe
def waiting(request: ViewerRequest) -> HttpResponse:
    """Everything that waits for a second person and concerns the reader."""
    if why_not_follow(request.viewer) is not None:
        raise Http404
    table = _waiting_table(request, liftings_waiting(request.viewer))
    return render(request, "needs/waiting.html", {"table": table, "crumbs": crumbs(Crumb(_("Waiting")))})


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Make a need, or fields of it, confidential. It takes effect as soon as it is sent."""
    need = _concerning(request, public_id)
    why_not = why_not_mark(request.viewer, need)
    form = KeepForm(request.POST or None, need=need)
    if request.method == "POST" and form.is_valid():
        try:
            keep_confidential(
                need=need,
                person=person_of(request),
                fields=form.chosen,
                document=form.cleaned_data["document"],
                actor=actor_of(request),
            )
        except NeedRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is confidential from now on."))
            return redirect("need", public_id=need.public_id)
    context = {**_of(request, need, _("Make confidential")), "form": form, "why_not": why_not}
    return render(request, "needs/keep.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Choose what to open, look at it as its readers will see it, and propose it with the State's consent."""
    need = _concerning(request, public_id)
    proposals = liftings_of(request.viewer, need)
    open_one = next((each for each in proposals if each.standing == Lifting.Standing.PROPOSED), None)
    why_not = why_not_propose(request.viewer, need, open_one)
    context = {**_of(request, need, _("Propose to lift or to publish")), "why_not": why_not}
    if request.method != "POST":
        form: LookForm = OpenForm(need=need, initial={"seen_version": need.version})
        return render(request, "needs/propose.html", {**context, "form": form})
    asked = LookForm(request.POST, need=need)
    form = OpenForm(request.POST, need=need)
    if LOOK in request.POST:
        # Looking takes no consent yet: what is missing of it is asked for afterwards.
        initial = {**request.POST.dict(), "seen_version": need.version}
        initial["fields_opened"] = request.POST.getlist("fields_opened")
        form = OpenForm(need=need, initial=initial) if asked.is_valid() else asked
    elif form.is_valid() and (proposed := _proposed(request, need, form)) is not None:
        messages.success(request, _("It is proposed. Nothing is shown before another person has approved it."))
        return redirect("opening", public_id=proposed.public_id)
    if asked.is_valid():
        context |= _previewed(request, need, asked.cleaned_data["level"], asked.cleaned_data["fields_opened"])
    status = 400 if form.errors else 200
    return render(request, "needs/propose.html", {**context, "form": form}, status=status)


@require_safe
def opening(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A proposal: the State's consent, the need as its readers will see it, and the decision."""
    lifting = _lifting(request, public_id)
    need = lifting.recommendation
    waits = lifting.standing == Lifting.Standing.PROPOSED
    context = {
        **_of(request, need, _("Proposal")),
        "lifting": lifting,
        "opens": opening_in_words(lifting),
        "acts": acts_on(request.viewer, lifting) if waits else (),
        "changed": waits and need.version != lifting.need_version,
        "people": _people(lifting),
        "decided_on": date_format(lifting.decided_at, "j F Y, H:i") if lifting.decided_at else "",
    }
    if waits:
        context |= _previewed(request, need, lifting.level, lifting.fields)
    return render(request, "needs/opening.html", context)


@require_POST
@confirmed_recently
def approve(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Carry a proposal out, as the second person."""

    def write(lifting: Lifting, person: Person) -> str:
        approve_lifting(lifting=lifting, person=person, actor=actor_of(request))
        return _("It is approved, and shown from now on.")

    return _decided(request, public_id, write)


@require_POST
def refuse(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Decide against a proposal, as the second person."""

    def write(lifting: Lifting, person: Person) -> str:
        refuse_lifting(lifting=lifting, person=person, actor=actor_of(request))
        return _("It is refused. Nothing was shown.")

    return _decided(request, public_id, write)


@require_POST
def take_back(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take a proposal back before it is decided."""

    def write(lifting: Lifting, person: Person) -> str:
        take_back_lifting(lifting=lifting, person=person, actor=actor_of(request))
        return _("It is taken back. Nothing was shown.")

    return _decided(request, public_id, write)


@require_POST
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Withdraw a consent of the State: what was shown under it is closed again at once."""
    consent = consent_called(request.viewer, public_id)
    if consent is None:
        raise Http404
    try:
        withdraw_consent(consent=consent, person=person_of(request), actor=actor_of(request))
        messages.success(request, _("The consent is withdrawn, and what was shown under it is closed again."))
    except NeedRefused as refused:
        messages.error(request, str(refused))
    return redirect("need", public_id=consent.recommendation.public_id)


def _decided(request: ViewerRequest, public_id: str, write: Callable[[Lifting, Person], str]) -> HttpResponse:
    lifting = _lifting(request, public_id)
    try:
        messages.success(request, write(lifting, person_of(request)))
    except NeedRefused as refused:
        messages.error(request, str(refused))
    return redirect("opening", public_id=lifting.public_id)


def _proposed(request: ViewerRequest, need: Recommendation, form: OpenForm) -> Lifting | None:
    """The proposal that was made; ``None`` where it was refused, which the form then says."""
    asked = form.cleaned_data
    try:
        return propose_lifting(
            need=need,
            person=person_of(request),
            level=Level(asked["level"]),
            fields=asked["fields_opened"],
            given=Given(asked["given_by"], asked["given_on"], asked["document"]),
            seen_version=asked["seen_version"],
            actor=actor_of(request),
        )
    except NeedRefused as refused:
        form.add_error(None, str(refused))
        return None


def _previewed(request: ViewerRequest, need: Recommendation, level: str, fields: list[str]) -> dict[str, Any]:
    """The preview, or why there would be nothing to see."""
    if (nothing := why_not_open(need, level, frozenset(fields))) is not None:
        return {"nothing": nothing}
    return {"preview": preview_of(request.viewer, need, level, fields)}


def _of(request: ViewerRequest, need: Recommendation, here: str) -> dict[str, Any]:
    """What every page about the confidentiality of one need says. What it shows of it is noted."""
    shown = seen(request.viewer, need)
    note_reading(request, shown, "need-confidentiality")
    return {
        "need": need,
        "title": heading(request.viewer, shown),
        "stands": standing_of(need),
        "illustrative": need.provenance == "illustrative",
        "crumbs": crumbs(Crumb(need.reference, reverse("need", args=[need.public_id])), Crumb(here)),
    }


def _concerning(request: ViewerRequest, public_id: str) -> Recommendation:
    """A need whose confidentiality concerns the reader. For others these pages are not there."""
    need = need_of(request, public_id)
    if not concerned(request.viewer, need):
        raise Http404
    return need


def _lifting(request: ViewerRequest, public_id: str) -> Lifting:
    lifting = lifting_called(request.viewer, public_id)
    if lifting is None:
        raise Http404
    return lifting


def _people(lifting: Lifting) -> dict[str, str]:
    """Who proposed and who decided, by name: those concerned answer to one another."""
    keys = [key for key in (lifting.proposed_by_id, lifting.decided_by_id) if key]
    names = dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
    return {
        "proposed_by": names.get(lifting.proposed_by_id, ""),
        "decided_by": names.get(lifting.decided_by_id, "") if lifting.decided_by_id else "",
    }


def _waiting_table(request: ViewerRequest, found: list[Lifting]) -> TableView:
    header = (
        HeaderView(_("Recommendation")),
        HeaderView(_("State")),
        HeaderView(_("To be shown")),
        HeaderView(_("Since")),
        HeaderView(_("You")),
    )
    rows = tuple(
        (
            CellView(lifting.recommendation.reference, reverse("opening", args=[lifting.public_id]), header=True),
            CellView(lifting.recommendation.country.name),
            CellView(opening_in_words(lifting)),
            CellView(date_format(timezone.localtime(lifting.proposed_at), "j F Y")),
            CellView(why_not_decide(request.viewer, lifting) or _("can approve or refuse it")),
        )
        for lifting in found
    )
    return TableView(_("Waiting for a second person"), header, rows)
