"""Views of what became of entities: the page of it, which is public, and the secretariat's forms."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colonnade.members.access import why_not_change_entities
from colonnade.members.entity_actions import EntityRefused, record_succession, rename_entity, withdraw_succession
from colonnade.members.models import FormerName, Succession
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently
from colonnade.web.succession.forms import RenamingForm, StatedForm, SuccessionForm
from colonnade.web.succession.lines import sentence

F = TypeVar("F", bound=StatedForm)


@require_safe
def successions(request: ViewerRequest) -> HttpResponse:
    """Every merger, split and renaming, the latest first."""
    found = Succession.objects.standing().prefetch_related("predecessors", "successors").order_by("-took_effect_on")
    context = {
        "successions": [(each, sentence(each)) for each in found],
        "names": FormerName.objects.select_related("entity").order_by("-renamed_on"),
        "may_record": why_not_change_entities(request.viewer) is None,
        "crumbs": _crumbs(),
    }
    return render(request, "succession/successions.html", context)


@confirmed_recently
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ViewerRequest) -> HttpResponse:
    """Record that entities merged, or that one was split."""

    def write(form: SuccessionForm) -> str:
        typed = form.cleaned_data
        made = record_succession(
            kind=Succession.Kind(typed["kind"]),
            predecessors=typed["predecessors"],
            successors=typed["successors"],
            stated=form.stated,
            person=person_of(request),
            actor=actor_of(request),
        )
        return sentence(made)

    return _form_page(request, SuccessionForm(request.POST or None), write, _("Record a merger or a split"))


@confirmed_recently
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: ViewerRequest) -> HttpResponse:
    """Record that an entity has another name."""

    def write(form: RenamingForm) -> str:
        typed = form.cleaned_data
        rename_entity(
            entity=typed["entity"],
            abbreviation=typed["abbreviation"],
            name=typed["name"],
            stated=form.stated,
            person=person_of(request),
            actor=actor_of(request),
        )
        return _("It is called %(name)s now. The former name is kept, and found.") % {"name": typed["name"]}

    form = RenamingForm(request.POST or None, initial={"entity": request.GET.get("entity", "")})
    return _form_page(request, form, write, _("Rename an entity"))


@require_POST
@confirmed_recently
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take back what was recorded in error."""
    found = Succession.objects.filter(public_id=public_id).first()
    if found is None or why_not_change_entities(request.viewer) is not None:
        raise Http404
    try:
        withdraw_succession(succession=found, person=person_of(request), actor=actor_of(request))
    except EntityRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. Nobody acts for anybody through it any more."))
    return redirect("entity-successions")


def _form_page(request: ViewerRequest, form: F, write: Callable[[F], str], title: str) -> HttpResponse:
    if why_not_change_entities(request.viewer) is not None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, write(form))
        except EntityRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("entity-successions")
    context = {"form": form, "title": title, "crumbs": [*_crumbs(reverse("entity-successions")), Crumb(title)]}
    return render(request, "succession/form.html", context, status=400 if form.errors else 200)


def _crumbs(address: str = "") -> list[Crumb]:
    return [Crumb(_("Entities"), reverse("entities")), Crumb(_("What became of entities"), address)]
