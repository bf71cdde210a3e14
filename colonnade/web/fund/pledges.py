"""Views of pledges: all that the reader may see with their age, one with its agreement, and forms of them."""

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.fields import shown
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level
from colonnade.funding.access import (
    gives_as,
    why_not_acknowledge,
    why_not_change_pledge,
    why_not_keep_books,
    why_not_read_books,
    why_not_sign,
    why_not_withdraw,
)
from colonnade.funding.actions import acknowledge_pledge, record_pledge, sign_agreement, withdraw_pledge
from colonnade.funding.ageing import CLASSES
from colonnade.funding.appeal_access import is_donor
from colonnade.funding.fields import TERMS
from colonnade.funding.models import Pledge
from colonnade.funding.queries import SeenPledge, aged, agreement_of, instalments_of, pledge_called, pledges
from colonnade.funding.queries.promised import seen
from colonnade.portfolio.models import Project
from colonnade.web.fund.amounts import entries_address, to_the_cent
from colonnade.web.fund.forms import AgreementForm, BecauseForm, FundForm, PledgeForm
from colonnade.web.fund.keeping import form_page, insist_on_keeper, note_shown
from colonnade.web.fund.purses import earmark_title
from colonnade.web.fund.views import crumbs
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

PAGE_SIZE: Final = 50


@require_safe
def pledges_page(request: ViewerRequest) -> HttpResponse:
    """Pledges that the reader may see, those that have been due longest first, and what is outstanding by age."""
    with reading_as(request.viewer):
        found = pledges(request.viewer, timezone.localdate())
    by_age = sorted(found, key=lambda one: (-one.days_overdue, -one.pledge.pledged_on.toordinal(), -one.pledge.pk))
    # A donor's own stand apart from what others published.
    gives = is_donor(request.viewer) and why_not_read_books(request.viewer) is not None
    own = [one for one in by_age if gives_as(request.viewer, one.pledge.contributor)] if gives else []
    listed = [one for one in by_age if one not in own]
    number = page_number(request.GET)
    pages = pages_of(number, PAGE_SIZE, len(listed), request.GET)
    known = any(one.paid is not None for one in found)
    shown_here = listed[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    title = _("Pledges of others that you may read, the latest first") if gives else ""
    keeps = why_not_keep_books(request.viewer) is None
    waiting = [one for one in by_age if keeps and one.pledge.standing == Pledge.Standing.ANNOUNCED]
    context = {
        "gives": gives,
        "waiting": pledges_table(waiting, _("Announced by donors: to be acknowledged")) if waiting else None,
        "own": pledges_table(own, _("Your pledges, those that have been due longest first")) if own else None,
        "table": pledges_table(shown_here, title) if listed else None,
        "ageing": _ageing_table(found) if known else None,
        "pages": pages,
        "keeps": keeps,
        "illustrative": any(one.pledge.provenance == "illustrative" for one in found),
        "crumbs": crumbs(Crumb(_("Pledges"))),
    }
    return render(request, "fund/pledges.html", context)


@require_safe
def pledge(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A pledge: what was promised and paid, the agreement, its instalments."""
    found = _pledge(request, public_id)
    if found.level != Level.PUBLIC:
        note_shown(request, found, "pledge-page")
    (one,) = seen(request.viewer, [found], timezone.localdate())
    announced = found.standing == Pledge.Standing.ANNOUNCED
    context = {
        "pledge": found,
        "facts": _facts(request, one),
        "instalments": _instalments_table(request, one),
        "may_sign": why_not_sign(request.viewer, found) is None,
        "may_withdraw": why_not_withdraw(request.viewer, found) is None,
        "may_receive": announced is False and why_not_change_pledge(request.viewer, found) is None,
        "announced": announced,
        "may_acknowledge": announced and why_not_acknowledge(request.viewer, found) is None,
        "illustrative": found.provenance == "illustrative",
        "crumbs": crumbs(Crumb(_("Pledges"), reverse("fund-pledges")), Crumb(found.contributor.name)),
    }
    return render(request, "fund/pledge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ViewerRequest) -> HttpResponse:
    """Record what a contributor promised."""
    insist_on_keeper(request)
    initial = {"pledged_on": timezone.localdate(), "currency": "USD", "contributor": request.GET.get("contributor", "")}
    form = PledgeForm(request.POST or None, initial=initial)

    def write() -> str:
        typed, purse = form.cleaned_data, form.chosen
        made = record_pledge(
            contributor=typed["contributor"],
            amount=typed["amount"],
            currency=typed["currency"],
            pledged_on=typed["pledged_on"],
            due_on=typed["due_on"],
            window=purse.window,
            earmark=purse.earmark,
            level=typed["level"],
            document=typed["document"],
            note=typed["note"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("pledge", args=[made.public_id])

    return form_page(
        request,
        form,
        _("Record a pledge"),
        _("Record it"),
        write,
        _("The pledge is recorded."),
        look=_("Look what it comes to"),
        counted_on="pledged_on",
        steps=[Crumb(_("Pledges"), reverse("fund-pledges"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Record the agreement about a pledge."""
    insist_on_keeper(request)
    found = _pledge(request, public_id)
    form = AgreementForm(request.POST or None, initial={"signed_on": timezone.localdate()})

    def write() -> str:
        typed = form.cleaned_data
        sign_agreement(
            pledge=found,
            reference=typed["reference"],
            signed_on=typed["signed_on"],
            ends_on=typed["ends_on"],
            instalments=typed["instalments"],
            terms=typed["terms"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("pledge", args=[found.public_id])

    return form_page(
        request,
        form,
        _("Record an agreement"),
        _("Record it"),
        write,
        _("The agreement is recorded."),
        lead=_called(found),
        why_not=why_not_sign(request.viewer, found),
        steps=[Crumb(_("Pledges"), reverse("fund-pledges"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def acknowledge(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take what a donor announced into the books."""
    insist_on_keeper(request)
    found = _pledge(request, public_id)
    # A form without a field is bound by anything that was sent.
    form = FundForm(request.POST if request.method == "POST" else None)

    def write() -> str:
        acknowledge_pledge(pledge=found, person=person_of(request), actor=actor_of(request))
        return reverse("pledge", args=[found.public_id])

    return form_page(
        request,
        form,
        _("Acknowledge a pledge"),
        _("Acknowledge it"),
        write,
        _("The pledge is acknowledged."),
        lead=_called(found),
        notice=_("From now on others see of it what its donor lets them, and totals that they read count it."),
        why_not=why_not_acknowledge(request.viewer, found),
        steps=[Crumb(_("Pledges"), reverse("fund-pledges"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Record that a contributor took a pledge back; a donor takes back what they announced."""
    found = _pledge(request, public_id)
    if why_not_withdraw(request.viewer, found) is not None:
        insist_on_keeper(request)
    form = BecauseForm(request.POST or None)

    def write() -> str:
        withdraw_pledge(
            pledge=found, reason=form.cleaned_data["because"], person=person_of(request), actor=actor_of(request)
        )
        return reverse("pledge", args=[found.public_id])

    return form_page(
        request,
        form,
        _("Withdraw a pledge"),
        _("Withdraw it"),
        write,
        _("The pledge is withdrawn."),
        lead=_called(found),
        why_not=why_not_withdraw(request.viewer, found),
        steps=[Crumb(_("Pledges"), reverse("fund-pledges"))],
    )


def pledges_table(found: list[SeenPledge], caption: str = "") -> TableView:
    """Pledges, each with what is still to come and for how long it has been due."""
    caption = caption or _("Pledges, those that have been due longest first")
    header = (
        HeaderView(_("Pledged on")),
        HeaderView(_("Contributor")),
        HeaderView(_("Window")),
        HeaderView(_("Standing")),
        HeaderView(_("Pledged"), numeric=True),
        HeaderView(_("Paid"), numeric=True),
        HeaderView(_("Still to come"), numeric=True),
        HeaderView(_("Days overdue"), numeric=True),
    )
    rows = []
    for one in found:
        row, href = one.pledge, reverse("pledge", args=[one.pledge.public_id])
        rows.append(
            (
                CellView(short_day(row.pledged_on), href, header=True),
                CellView(row.contributor.name, record_address("contributor", row.contributor.code)),
                CellView(str(row.window), aside=earmark_title(row.earmark) if row.earmark else ""),
                CellView(str(row.get_standing_display())),
                CellView(f"{row.currency} {to_the_cent(row.amount)}", href, numeric=True),
                _known(to_the_cent(one.paid) if one.paid is not None else "", href),
                _known(to_the_cent(one.left) if one.paid is not None else "", href),
                _known(str(one.days_overdue) if one.days_overdue else "", href),
            )
        )
    return TableView(caption, header, tuple(rows))


def _known(text: str, href: str) -> CellView:
    """A number that opens, or a dash where nothing is said."""
    return CellView(text or "–", href if text else "", numeric=True)


def _ageing_table(found: list[SeenPledge]) -> TableView:
    classes = aged(found)
    firsts = [1, *(last + 1 for last in CLASSES)]
    titles = [_("Not due yet")]
    titles += [
        _("%(first)s to %(last)s days overdue") % {"first": first, "last": last}
        for first, last in zip(firsts, CLASSES, strict=False)
    ]
    titles.append(_("More than %(last)s days overdue") % {"last": CLASSES[-1]})
    titles.append(_("No due date"))
    here = reverse("fund-pledges")
    rows = tuple(
        (
            CellView(title, header=True),
            CellView(to_the_cent(amount), f"{here}#pledges-caption" if amount else "", numeric=True),
        )
        for title, amount in zip(titles, classes, strict=True)
    )
    whole = sum(classes)
    totals = (
        CellView(_("Total"), header=True),
        CellView(to_the_cent(whole) if whole else "0.00", f"{here}#pledges-caption" if whole else "", numeric=True),
    )
    note = _("In US dollars at the rates of the days of the pledges. What was paid went to what fell due first.")
    header = (HeaderView(_("Age")), HeaderView(_("Still to come (US dollars)"), numeric=True))
    return TableView(_("Still to come, by age"), header, rows, totals, note)


def _facts(request: ViewerRequest, one: SeenPledge) -> list[Fact]:
    row = one.pledge
    agreement = agreement_of(request.viewer, row)
    signed = agreement.agreement if agreement else None
    terms = str(shown(request.viewer, agreement, "terms", TERMS)) if agreement else ""
    rate = ""
    if row.rate is not None and row.rate_on is not None:
        rate = f"{row.rate.normalize():f} ({row.rate_source}, {short_day(row.rate_on)})"
    paid = f"{row.currency} {to_the_cent(one.paid)}" if one.paid is not None else ""
    return facts(
        (_("Contributor"), Line(row.contributor.name, record_address("contributor", row.contributor.code))),
        (_("Pledged"), f"{row.currency} {to_the_cent(row.amount)}"),
        (_("In US dollars"), Line(to_the_cent(row.amount_usd), aside=rate)),
        (_("Day of the pledge"), row.pledged_on),
        (_("Window"), str(row.window)),
        (_("Earmark"), earmark_title(row.earmark)),
        (_("Project that it is for"), _project(request, row)),
        (_("Standing"), str(row.get_standing_display())),
        (_("Paid"), Line(paid, entries_address(contributor=row.contributor.code))),
        (_("Still to come"), f"{row.currency} {to_the_cent(one.left)}" if one.paid is not None else ""),
        (_("More than was pledged"), f"{row.currency} {to_the_cent(one.excess)}" if one.excess else ""),
        (_("Document"), row.document if one.paid is not None else ""),
        (_("Note"), row.note if one.paid is not None else ""),
        (_("Agreement"), signed.reference if signed else ""),
        (_("Signed on"), signed.signed_on if signed else None),
        (_("Ends on"), signed.ends_on if signed else None),
        (_("Terms"), terms),
    )


def _project(request: ViewerRequest, row: Pledge) -> Line | str:
    """The project that a pledge is for, where the reader sees it too."""
    found = Project.objects.visible_to(request.viewer).filter(pk=row.for_project_id or 0).first()
    return Line(found.title, record_address(PROJECT, found.public_id)) if found else ""


def _instalments_table(request: ViewerRequest, one: SeenPledge) -> TableView | None:
    rows = instalments_of(request.viewer, one.pledge)
    if not rows:
        return None
    header = (
        HeaderView(_("No."), numeric=True),
        HeaderView(_("Due on")),
        HeaderView(_("Amount (%(currency)s)") % {"currency": one.pledge.currency}, numeric=True),
    )
    made = tuple(
        (
            CellView(str(row.number), numeric=True),
            CellView(short_day(row.due_on), header=True),
            CellView(to_the_cent(row.amount), numeric=True),
        )
        for row in rows
    )
    return TableView(_("Instalments"), header, made)


def _pledge(request: ViewerRequest, public_id: str) -> Pledge:
    found = pledge_called(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def _called(found: Pledge) -> str:
    return f"{found.contributor.name}: {found.currency} {to_the_cent(found.amount)}, {short_day(found.pledged_on)}"
