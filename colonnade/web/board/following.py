"""Pages of what follows an approval: conditions, and the reports that fall due."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.review.actions.following import (
    accept_report,
    confirm_condition,
    report_condition,
    return_report,
    send_report,
)
from colonnade.review.board_access import why_not_accept, why_not_report_condition, why_not_send
from colonnade.review.board_queries import passage_of
from colonnade.review.models import Condition, DueReport, Proposal
from colonnade.web.board.forms import ReportForm, TextForm
from colonnade.web.board.reviewing import page_of
from colonnade.web.board.steps import FORMS, do, form_page, proposal_at
from colonnade.web.shared.days import short_day
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of


def _condition(request: ViewerRequest, public_id: str, position: int) -> tuple[Proposal, Condition]:
    """The condition at a place of the latest decision on a proposal."""
    proposal = proposal_at(request, public_id)
    standing = passage_of(request.viewer, proposal).open_conditions
    condition = next((each for each in standing if each.position == position), None)
    if condition is None:
        raise Http404
    return proposal, condition


def _report(request: ViewerRequest, public_id: str) -> tuple[Proposal, DueReport]:
    seen = DueReport.objects.visible_to(request.viewer).select_related("proposal")
    report = seen.filter(public_id=public_id, dropped_at__isnull=True).first()
    if report is None:
        raise Http404
    return proposal_at(request, report.proposal.public_id), report


@require_http_methods(FORMS)
def report_it(request: ViewerRequest, public_id: str, position: int) -> HttpResponse:
    """Report that a condition is met."""
    proposal, condition = _condition(request, public_id, position)
    form = TextForm(request.POST or None, label=_("What shows that it is met"))
    page = page_of(
        request,
        proposal,
        _("Report that a condition is met"),
        _("Report it"),
        _("Reported. A second person has to confirm it."),
        why_not_report_condition(request.viewer, proposal, condition),
        lead=condition.text,
    )

    def write() -> object:
        evidence = form.cleaned_data["text"]
        return report_condition(
            condition=condition, person=person_of(request), evidence=evidence, actor=actor_of(request)
        )

    return form_page(request, page, form, write)


@require_POST
def confirm_it(request: ViewerRequest, public_id: str, position: int) -> HttpResponse:
    """Confirm that a condition is met."""
    _proposal, condition = _condition(request, public_id, position)
    return do(
        request,
        reverse("proposal-way", args=[public_id]),
        lambda: confirm_condition(condition=condition, person=person_of(request), actor=actor_of(request)),
        _("The condition is met."),
    )


@require_http_methods(FORMS)
def send_it(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Send a report that is due."""
    proposal, report = _report(request, public_id)
    money = report.kind != DueReport.Kind.PROGRESS
    form = ReportForm(request.POST or None, money=money, initial={"text": report.text, "spent_usd": report.spent_usd})
    page = page_of(
        request,
        proposal,
        str(report.get_kind_display()),
        _("Send the report"),
        _("The report is sent."),
        why_not_send(request.viewer, proposal, report),
        lead=_("Due on %(day)s.") % {"day": short_day(report.due_on)},
    )

    def write() -> object:
        return send_report(
            report=report,
            person=person_of(request),
            text=form.cleaned_data["text"],
            spent_usd=form.cleaned_data["spent_usd"],
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)


@require_POST
def accept_it(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Accept a report."""
    proposal, report = _report(request, public_id)
    return do(
        request,
        reverse("proposal-way", args=[proposal.public_id]),
        lambda: accept_report(report=report, person=person_of(request), actor=actor_of(request)),
        _("The report is accepted."),
    )


@require_http_methods(FORMS)
def return_it(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Send a report back with a comment."""
    proposal, report = _report(request, public_id)
    form = TextForm(request.POST or None, label=_("What is missing"))
    page = page_of(
        request,
        proposal,
        _("Send a report back"),
        _("Send it back"),
        _("The report is with the applicant again."),
        why_not_accept(request.viewer, proposal, report),
        lead=f"{report.get_kind_display()}, {short_day(report.due_on)}",
    )

    def write() -> object:
        comment = form.cleaned_data["text"]
        return return_report(report=report, person=person_of(request), comment=comment, actor=actor_of(request))

    return form_page(request, page, form, write)
