"""Forms of donors: a pledge to a project of an appeal, a plan, and what others see of either."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.core.viewer import Viewer
from colonnade.funding.access import gives_as, why_not_keep_books
from colonnade.funding.actions import FundRefused, end_plan, pledge_to_appeal, show_to_others, state_plan
from colonnade.funding.appeal_access import is_donor, why_not_end, why_not_speak_for
from colonnade.funding.models import Appeal, AppealEntry, Contributor, Intention, Window
from colonnade.funding.queries.appealing import entries_in
from colonnade.funding.queries.coordination import intention_called
from colonnade.web.appeals.forms import PlanForm, PledgeToAppealForm, ShownForm
from colonnade.web.appeals.page import entry_address
from colonnade.web.appeals.running import METHODS, form_page
from colonnade.web.fund.purses import value_of
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently


@require_http_methods(METHODS)
@confirmed_recently
def pledge(request: ViewerRequest, key: str, public_id: str) -> HttpResponse:
    """Promise money for a project of an appeal."""
    appeal, donors = _speaking(request, key)
    rows = AppealEntry.objects.visible_to(request.viewer).select_related("appeal", "pillar", "project")
    entry = rows.filter(appeal=appeal, public_id=public_id, left_on__isnull=True).first()
    if entry is None:
        raise Http404
    form = PledgeToAppealForm(request.POST or None, donors=donors, appeal=appeal, initial={"purse": _purse_of(entry)})

    def write() -> str:
        typed, purse = form.cleaned_data, form.chosen
        pledge_to_appeal(
            entry=entry,
            contributor=typed["contributor"],
            amount=typed["amount"],
            currency=typed["currency"],
            years=form.years,
            shown=typed["shown"],
            window=purse.window,
            earmark=purse.earmark,
            note=typed["note"],
            beyond=typed["beyond"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return entry_address(appeal, entry)

    told = _("The pledge is recorded in the books of the fund.")
    announced = _("The pledge is announced. The secretariat acknowledges it; until then you can withdraw it.")
    done = told if why_not_keep_books(request.viewer) is None else announced

    return form_page(
        request,
        form,
        _("Pledge to this project"),
        _("Pledge it"),
        write,
        done,
        lead=entry.title,
        notice=_about_consent(),
        why_not=_why_not(appeal),
        steps=[_step(appeal), Crumb(entry.title, entry_address(appeal, entry))],
    )


@require_http_methods(METHODS)
def plan(request: ViewerRequest, key: str) -> HttpResponse:
    """Say what a donor plans to fund."""
    appeal, donors = _speaking(request, key)
    entries = entries_in(request.viewer, appeal)
    asked = request.GET.get("project", "")
    form = PlanForm(request.POST or None, donors=donors, appeal=appeal, entries=entries, initial={"entry": asked})

    def write() -> str:
        typed = form.cleaned_data
        state_plan(
            appeal=appeal,
            contributor=typed["contributor"],
            years=form.years,
            shown=typed["shown"],
            entry=form.chosen_entry,
            pillar=None if form.chosen_entry else typed["pillar"],
            country=None if form.chosen_entry else typed["country"],
            region=None if form.chosen_entry else typed["region"],
            amount=typed["amount"],
            currency=typed["currency"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("appeal-donors", args=[appeal.key])

    return form_page(
        request,
        form,
        _("State a plan"),
        _("State it"),
        write,
        _("The plan is written down."),
        notice=_(
            "A plan is no pledge: no total counts it. It tells other donors, as far as you let it, where you are going."
        ),
        why_not=_why_not(appeal),
        steps=[_step(appeal), Crumb(_("Donors"), reverse("appeal-donors", args=[appeal.key]))],
    )


@require_http_methods(METHODS)
def show(request: ViewerRequest, key: str, public_id: str) -> HttpResponse:
    """Change what others see of a pledge or a plan."""
    appeal, found = _intention(request, key, public_id)
    form = ShownForm(request.POST or None, initial={"shown": found.shown})

    def write() -> str:
        show_to_others(
            intention=found, shown=form.cleaned_data["shown"], person=person_of(request), actor=actor_of(request)
        )
        return reverse("appeal-donors", args=[appeal.key])

    return form_page(
        request,
        form,
        _("What others see"),
        _("Save it"),
        write,
        _("It takes effect at once."),
        lead=found.entry.title if found.entry else found.contributor.name,
        notice=_about_consent(),
        steps=[_step(appeal), Crumb(_("Donors"), reverse("appeal-donors", args=[appeal.key]))],
    )


@require_POST
def end(request: ViewerRequest, key: str, public_id: str) -> HttpResponse:
    """Say that a plan came to nothing, or to a pledge."""
    appeal, found = _intention(request, key, public_id)
    if why_not_end(request.viewer, found) is not None:
        raise Http404
    try:
        end_plan(intention=found, person=person_of(request), actor=actor_of(request))
    except FundRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The plan is ended."))
    return redirect("appeal-donors", appeal.key)


def donors_of(viewer: Viewer) -> list[Contributor]:
    """For whom the viewer may speak: their own; the secretariat for any donor, as it was told."""
    rows = Contributor.objects.select_related("country", "entity").order_by("name")
    if why_not_keep_books(viewer) is None:
        return list(rows)
    return [one for one in rows if is_donor(viewer) and gives_as(viewer, one)]


def _about_consent() -> str:
    return _(
        "What you let others see takes effect once the secretariat acknowledged the pledge, and you can change it."
        " Where you let them see the amount, it is in the totals of the appeal that everybody reads; otherwise in those"
        " of the secretariat, auditors, the board and yourself alone."
    )


def _why_not(appeal: Appeal) -> str | None:
    """Why nothing can be pledged or planned now, whoever asks."""
    if appeal.standing == Appeal.Standing.DRAFTED:
        return _("This appeal is not launched yet.")
    return _("This appeal is closed.") if appeal.standing == Appeal.Standing.CLOSED else None


def _speaking(request: ViewerRequest, key: str) -> tuple[Appeal, list[Contributor]]:
    donors = donors_of(request.viewer)
    if not donors:
        raise Http404
    return get_object_or_404(Appeal, key=key), donors


def _intention(request: ViewerRequest, key: str, public_id: str) -> tuple[Appeal, Intention]:
    appeal = get_object_or_404(Appeal, key=key)
    found = intention_called(request.viewer, appeal, public_id)
    if found is None or why_not_speak_for(request.viewer, found) is not None:
        raise Http404
    return appeal, found


def _purse_of(entry: AppealEntry) -> str:
    windows = list(Window.objects.all())
    own = [one for one in windows if one.pillar_id is not None and one.pillar_id == entry.pillar_id]
    return value_of((own or windows)[0], None) if windows else ""


def _step(appeal: Appeal) -> Crumb:
    return Crumb(appeal.title, reverse("appeal", args=[appeal.key]))
