"""Views of allocations: what waits for a second person, what was decided, and what became of the money."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level
from colonnade.funding.access import why_not_decide, why_not_keep_books, why_not_spend, why_not_take_back
from colonnade.funding.actions import (
    FundRefused,
    Voucher,
    approve_allocation,
    propose_allocation,
    record_return,
    refuse_allocation,
    release_rest,
    report_expenditure,
    send_advance,
    take_back_allocation,
)
from colonnade.funding.bookkeeping import Allotment
from colonnade.funding.models import Allocation
from colonnade.funding.queries import allocation_called, allocations, allotments, names_for
from colonnade.web.fund.amounts import to_the_cent
from colonnade.web.fund.forms import AllocationForm, ApproveForm, BecauseForm, SpendForm
from colonnade.web.fund.keeping import form_page, insist_on_keeper, note_shown
from colonnade.web.fund.purses import earmark_title
from colonnade.web.fund.views import crumbs
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

PAGE_SIZE: Final = 50


@require_safe
def allocations_page(request: ViewerRequest) -> HttpResponse:
    """Allocations that the reader may see: those that wait for a second person, and all, the latest first."""
    number = page_number(request.GET)
    keeps = why_not_keep_books(request.viewer) is None
    with reading_as(request.viewer):
        rows = allocations(request.viewer)
        pages = pages_of(number, PAGE_SIZE, rows.count(), request.GET)
        found = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        waiting = list(allocations(request.viewer, standing=Allocation.Standing.PROPOSED)) if keeps else []
    context = {
        "waiting": allocations_table(waiting, _("Waiting for a second person")) if waiting else None,
        "table": allocations_table(found, _("Allocations, the latest first")) if found else None,
        "pages": pages,
        "keeps": keeps,
        "illustrative": any(one.provenance == "illustrative" for one in found),
        "crumbs": crumbs(Crumb(_("Allocations"))),
    }
    return render(request, "fund/allocations.html", context)


@require_safe
def allocation(request: ViewerRequest, public_id: str) -> HttpResponse:
    """An allocation: what it is for, who proposed and decided, what became of it."""
    found = _allocation(request, public_id)
    if found.level != Level.PUBLIC:
        note_shown(request, found, "allocation-page")
    return _page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ViewerRequest) -> HttpResponse:
    """Propose that money of a window goes to a project."""
    insist_on_keeper(request)
    initial = {"project": request.GET.get("project", "")}
    form = AllocationForm(request.POST or None, viewer=request.viewer, initial=initial)

    def write() -> str:
        typed, purse = form.cleaned_data, form.chosen
        made = propose_allocation(
            project=typed["project"],
            amount_usd=typed["amount_usd"],
            window=purse.window,
            earmark=purse.earmark,
            entity=typed["entity"],
            decision=typed["decision"],
            reason=typed["reason"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("allocation", args=[made.public_id])

    return form_page(
        request,
        form,
        _("Propose an allocation"),
        _("Propose it"),
        write,
        _("It is proposed. Another person decides about it."),
        notice=_("Programme support at the window's rate comes on top. Nothing is set aside before another approves."),
        steps=[Crumb(_("Allocations"), reverse("fund-allocations"))],
    )


@require_POST
@confirmed_recently
def approve(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Set the money aside, as the second person."""
    found = _allocation(request, public_id)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _page(request, found, approving=form)
    typed = form.cleaned_data

    def act() -> None:
        approve_allocation(
            allocation=found,
            voucher=Voucher(typed["on"], typed["document"]),
            person=person_of(request),
            actor=actor_of(request),
        )

    return _decided(request, found, act, _("It is approved, and the money set aside."))


@require_POST
@confirmed_recently
def refuse(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Decide against it, as the second person."""
    found = _allocation(request, public_id)
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, refusing=form)

    def act() -> None:
        refuse_allocation(
            allocation=found, because=form.cleaned_data["because"], person=person_of(request), actor=actor_of(request)
        )

    return _decided(request, found, act, _("It is refused."))


@require_POST
def take_back(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take a proposal back before it is decided."""
    found = _allocation(request, public_id)

    def act() -> None:
        take_back_allocation(allocation=found, person=person_of(request), actor=actor_of(request))

    return _decided(request, found, act, _("It is taken back."))


@require_http_methods(["GET", "HEAD", "POST"])
def spend(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Record what became of the money: sent, spent, returned, released."""
    insist_on_keeper(request)
    found = _allocation(request, public_id)
    form = SpendForm(request.POST or None, initial={"on": timezone.localdate(), "currency": "USD"})

    def write() -> str:
        typed = form.cleaned_data
        voucher = Voucher(typed["on"], typed["document"], typed["narrative"])
        who: dict[str, Any] = {
            "allocation": found,
            "voucher": voucher,
            "person": person_of(request),
            "actor": actor_of(request),
        }
        match typed["kind"]:
            case "advance":
                send_advance(**who, amount_usd=typed["amount"])
            case "expenditure":
                report_expenditure(**who, amount=typed["amount"], currency=typed["currency"].upper())
            case "return":
                record_return(**who, amount_usd=typed["amount"])
            case _:
                release_rest(**who)
        return reverse("allocation", args=[found.public_id])

    return form_page(
        request,
        form,
        _("Record what became of the money"),
        _("Record it"),
        write,
        _("It is recorded."),
        lead=f"{found.project.title}: USD {to_the_cent(found.amount_usd)}",
        why_not=why_not_spend(request.viewer, found),
        steps=[Crumb(_("Allocations"), reverse("fund-allocations"))],
    )


def allocations_table(found: list[Allocation], caption: str) -> TableView:
    """Allocations, each with its project and standing."""
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Entity")),
        HeaderView(_("Window")),
        HeaderView(_("Standing")),
        HeaderView(_("For the project (US dollars)"), numeric=True),
        HeaderView(_("Programme support"), numeric=True),
    )
    rows = []
    for one in found:
        href = reverse("allocation", args=[one.public_id])
        rows.append(
            (
                CellView(one.project.title, record_address(PROJECT, one.project.public_id), header=True),
                CellView(one.entity.abbreviation, record_address("entity", one.entity.code)),
                CellView(str(one.window), aside=earmark_title(one.earmark) if one.earmark else ""),
                CellView(str(one.get_standing_display()), href),
                CellView(to_the_cent(one.amount_usd), href, numeric=True),
                CellView(to_the_cent(one.support_usd), href, numeric=True),
            )
        )
    return TableView(caption, header, tuple(rows))


def _page(
    request: ViewerRequest,
    found: Allocation,
    *,
    approving: ApproveForm | None = None,
    refusing: BecauseForm | None = None,
    refused: str = "",
) -> HttpResponse:
    viewer = request.viewer
    allotment = allotments(viewer, [found])[found.pk]
    keeps = why_not_keep_books(viewer) is None
    proposed = found.standing == Allocation.Standing.PROPOSED
    context = {
        "allocation": found,
        "facts": _facts(request, found, allotment),
        "keeps": keeps,
        "decide": keeps and proposed,
        "why_not_decide": why_not_decide(viewer, found) if keeps and proposed else None,
        "approving": approving or ApproveForm(initial={"on": timezone.localdate(), "document": found.decision}),
        "refusing": refusing or BecauseForm(),
        "may_take_back": why_not_take_back(viewer, found) is None,
        "may_spend": why_not_spend(viewer, found) is None,
        "refused": refused,
        "illustrative": found.provenance == "illustrative",
        "crumbs": crumbs(Crumb(_("Allocations"), reverse("fund-allocations")), Crumb(found.project.title)),
    }
    failed = approving is not None or refusing is not None or refused
    return render(request, "fund/allocation.html", context, status=400 if failed else 200)


def _decided(request: ViewerRequest, found: Allocation, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except FundRefused as refused:
        return _page(request, found, refused=str(refused))
    messages.success(request, done)
    return redirect("allocation", public_id=found.public_id)


def _facts(request: ViewerRequest, found: Allocation, allotment: Allotment) -> list[Fact]:
    viewer = request.viewer
    # Whoever sees an allocation by its level alone is not told what became of it.
    concerned = viewer.sees_restricted or why_not_keep_books(viewer) is None or found.entity.code in viewer.entity_ids
    moved = concerned and found.standing in {Allocation.Standing.APPROVED, Allocation.Standing.CLOSED}
    percent = _("%(share)s per cent") % {"share": f"{found.support_percent.normalize():f}"}
    names = names_for(viewer, [found.proposed_by_id, found.decided_by_id])
    return facts(
        (_("Project"), Line(found.project.title, record_address(PROJECT, found.project.public_id))),
        (_("Entity"), Line(found.entity.abbreviation, record_address("entity", found.entity.code))),
        (_("Window"), str(found.window)),
        (_("Earmark"), earmark_title(found.earmark)),
        (_("Standing"), str(found.get_standing_display())),
        (_("For the project"), f"USD {to_the_cent(found.amount_usd)}"),
        (_("Programme support"), Line(f"USD {to_the_cent(found.support_usd)}", aside=percent)),
        (_("Decision that it rests on"), found.decision if concerned else ""),
        (_("Why"), found.reason if concerned else ""),
        (_("Proposed by"), names.get(found.proposed_by_id, "")),
        (_("Decided by"), names.get(found.decided_by_id or 0, "")),
        (_("Refused because"), found.decided_because if concerned else ""),
        (_("Spent"), f"USD {to_the_cent(allotment.spent)}" if moved else ""),
        (_("Programme support charged"), f"USD {to_the_cent(allotment.charged)}" if moved else ""),
        (_("Held by the entity"), f"USD {to_the_cent(allotment.advanced)}" if moved else ""),
        (_("Set aside still"), f"USD {to_the_cent(allotment.encumbered)}" if moved else ""),
    )


def _allocation(request: ViewerRequest, public_id: str) -> Allocation:
    found = allocation_called(request.viewer, public_id)
    if found is None:
        raise Http404
    return found
