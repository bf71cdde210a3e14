"""Views of released totals."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colonnade.analysis.access import why_not_approve, why_not_propose, why_not_refuse, why_not_withdraw
from colonnade.analysis.actions import (
    ReleaseRefused,
    approve_release,
    propose_release,
    refuse_release,
    why_it_fails,
    withdraw_release,
)
from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.models import KnownFigure, ReleasedTotal
from colonnade.analysis.queries import checks_of
from colonnade.analysis.releases.basis import NotReleasable
from colonnade.analysis.releases.preparing import Prepared, Wanted, prepare, wanted_by
from colonnade.analysis.releases.values import ReleasedValues
from colonnade.audit.records import Provenance
from colonnade.members.models import Person
from colonnade.web.releases.forms import BecauseForm, ProposalForm, WantedForm
from colonnade.web.releases.shown import (
    check_view,
    circle_view,
    facts_of,
    kept_out,
    listed,
    said,
    table_of_values,
)
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

_Standing = ReleasedTotal.Standing
#: The button that only shows what would be released.
LOOK: Final = "look"


@require_safe
def releases(request: ViewerRequest) -> HttpResponse:
    """Every released total that the reader may see; proposals for those who decide on them."""
    found = list(ReleasedTotal.objects.visible_to(request.viewer).defer("question", "policy"))
    groups = (
        (_("Proposed, for another person to approve"), _Standing.PROPOSED),
        (_("In force"), _Standing.APPROVED),
        (_("Withdrawn"), _Standing.WITHDRAWN),
        (_("Refused"), _Standing.REFUSED),
    )
    context = {
        "groups": [
            (title, [listed(each) for each in found if each.standing == standing])
            for title, standing in groups
            if any(each.standing == standing for each in found)
        ],
        "may_propose": why_not_propose(request.viewer) is None,
        "known": KnownFigure.objects.filter(ended_at__isnull=True).count() if request.viewer.sees_restricted else 0,
    }
    return render(request, "releases/releases.html", context)


@require_safe
def release(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One release: its values, what they count, by which rule; for those who see every record, its checks."""
    return _page(request, _release(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ViewerRequest) -> HttpResponse:
    """Choose what to release, look at it with what stays out and what could be derived, and propose it."""
    if why_not_propose(request.viewer) is not None:
        raise Http404
    if request.method != "POST":
        return _form_page(request, ProposalForm(initial=request.GET.dict()), None)
    if LOOK in request.POST:
        asked = WantedForm(request.POST)
        told = {name: request.POST.get(name, "") for name in ("title", "reason", "note")}
        initial = {**{name: asked.data.get(name) for name in asked.fields}, **told}
        form = ProposalForm(initial={**initial, "title": told["title"] or _title(asked)})
        return _form_page(request, form if asked.is_valid() else asked, asked)
    form = ProposalForm(request.POST)
    if form.is_valid():
        return _proposed(request, form)
    return _form_page(request, form, WantedForm(request.POST), status=400)


@require_POST
@confirmed_recently
def approve(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Put a proposal in force, by another person than made it."""

    def write(found: ReleasedTotal, person: Person) -> str:
        seen = request.POST.get("seen", "")
        done = approve_release(release=found, person=person, seen=seen, actor=actor_of(request))
        return _("“%(title)s” is released.") % {"title": done.title}

    return _decided(request, public_id, write)


@require_POST
def refuse(request: ViewerRequest, public_id: str) -> HttpResponse:
    """End a proposal."""

    def write(found: ReleasedTotal, person: Person) -> str:
        done = refuse_release(release=found, person=person, because=_because(request.POST), actor=actor_of(request))
        return _("“%(title)s” is refused.") % {"title": done.title}

    return _decided(request, public_id, write)


@require_POST
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Stop showing a release as a number of today."""

    def write(found: ReleasedTotal, person: Person) -> str:
        done = withdraw_release(release=found, person=person, because=_because(request.POST), actor=actor_of(request))
        return _("“%(title)s” is withdrawn. Later checks still count it as known.") % {"title": done.title}

    return _decided(request, public_id, write)


def _decided(request: ViewerRequest, public_id: str, write: Callable[[ReleasedTotal, Person], str]) -> HttpResponse:
    found = _release(request, public_id)
    if why_not_propose(request.viewer) is not None:
        raise Http404
    try:
        messages.success(request, write(found, person_of(request)))
    except ReleaseRefused as refused:
        messages.error(request, str(refused))
    return redirect("release", public_id=found.public_id)


def _because(sent: QueryDict) -> str:
    return str(sent.get("because", ""))


def _proposed(request: ViewerRequest, form: ProposalForm) -> HttpResponse:
    asked = form.cleaned_data
    reading = open_reading(reader_for(request.viewer))
    try:
        made = propose_release(
            person=person_of(request),
            wanted=_wanted(request, form),
            policy=form.policy,
            title=asked["title"],
            reason=asked["reason"],
            note=asked["note"],
            provenance=Provenance.ILLUSTRATIVE if reading.is_illustrative() else Provenance.REPORTED,
            actor=actor_of(request),
        )
    except ReleaseRefused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, form, status=400)
    messages.success(request, _("“%(title)s” is proposed: another person approves it.") % {"title": made.title})
    return redirect("release", public_id=made.public_id)


def _wanted(request: ViewerRequest, form: WantedForm) -> Wanted:
    asked = form.cleaned_data
    parameters = open_reading(reader_for(request.viewer)).parameters()
    return Wanted(asked["audience"], asked["over"], asked["figure"], form.question, parameters)


def _title(form: WantedForm) -> str:
    return str(dict(getattr(form.fields["figure"], "choices", ())).get(form.data.get("figure") or None, ""))


def _form_page(
    request: ViewerRequest, form: WantedForm, asked: WantedForm | None, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "asked": asked, "crumbs": _crumbs(_("Propose a release"))}
    if asked is not None and asked.is_valid():
        try:
            context |= _preview(prepare(_wanted(request, asked), asked.policy))
        except NotReleasable as none:
            context["none"] = str(none)
    return render(request, "releases/propose.html", context, status=status)


def _preview(prepared: Prepared) -> dict[str, Any]:
    """What would be released, and what was found."""
    return {
        "preview": prepared,
        "total": said(prepared.values.total, prepared.values.unit),
        "table": table_of_values(prepared.values, _("As it would be released")),
        "kept_out": kept_out(prepared),
        "checks": [circle_view(circle) for circle in prepared.checked.circles],
        "fails": "" if prepared.passes else why_it_fails(prepared),
        "digest": prepared.values.digest,
    }


def _page(request: ViewerRequest, found: ReleasedTotal) -> HttpResponse:
    viewer = request.viewer
    insider = viewer.sees_restricted
    values = ReleasedValues.from_json(found.values)
    decides = why_not_refuse(viewer, found) is None
    context: dict[str, Any] = {
        "release": found,
        "crumbs": _crumbs(found.title),
        "number": said(values.total, values.unit),
        "values": table_of_values(values, found.title),
        "facts": facts_of(found, names=insider),
        "checks_made": [check_view(check) for check in checks_of(viewer, found)],
        "illustrative": found.provenance == Provenance.ILLUSTRATIVE,
        "decides": decides,
        "why_not_approve": why_not_approve(viewer, found) if decides else "",
        "may_withdraw": why_not_withdraw(viewer, found) is None,
        "form": BecauseForm(),
    }
    if decides and not context["why_not_approve"]:
        try:
            context |= _preview(prepare(wanted_by(found), Policy.from_json(found.policy)))
        except NotReleasable as none:
            context["none"] = str(none)
    return render(request, "releases/release.html", context)


def _release(request: ViewerRequest, public_id: str) -> ReleasedTotal:
    """A release that the reader may open. Any other is not there."""
    # The people are not joined: whoever reads a release reads no more of a person than the name.
    found = ReleasedTotal.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _crumbs(title: str) -> list[Crumb]:
    return [Crumb(_("Released totals"), reverse("releases")), Crumb(title)]
