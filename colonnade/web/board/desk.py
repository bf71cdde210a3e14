"""The desks: every call, a call with its proposals, clocks and ceilings, and what waits for somebody in particular."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Role
from colonnade.members.queries import holding
from colonnade.review.actions.calls import appoint, close_call, open_call, prepare_call
from colonnade.review.actions.meetings import plan_meeting, why_not_plan
from colonnade.review.awards import Award, total
from colonnade.review.board_access import why_not_appoint, why_not_run_calls, why_not_run_meetings
from colonnade.review.board_queries import (
    Reviewing,
    calls_of,
    drawn_for,
    meetings_of,
    officers_of,
    own_proposals,
    proposals_of,
    reviewing_of,
    waiting_for_the_head,
    weighted_of,
)
from colonnade.review.clocks import clock
from colonnade.review.given import awards_seen
from colonnade.review.models import Call, Process, Proposal
from colonnade.review.rules import Rules
from colonnade.web.board.ceilings import groups_table
from colonnade.web.board.forms import CallForm, MeetingForm, OfficeForm
from colonnade.web.board.printed import NOTHING, mean, money
from colonnade.web.board.steps import FORMS, OneForm, at_the_desk, call_at, crumbs, do, form_page
from colonnade.web.proposals.awarded import awards_of_round, awards_table
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.days import clock_in_words, short_day
from colonnade.web.shared.facts import Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently


@require_safe
def board(request: ViewerRequest) -> HttpResponse:
    """The calls, and what waits for the reader: to be scored, to be decided, of their own entity."""
    viewer = request.viewer
    with reading_as(viewer):
        calls, drawn = calls_of(viewer), drawn_for(viewer)
        before_the_head, own = waiting_for_the_head(viewer), own_proposals(viewer)
    context = {
        "calls": _calls_table(calls, desk=at_the_desk(viewer)),
        "to_score": [
            _waiting(each.proposal, reverse("score-proposal", args=[each.proposal.public_id])) for each in drawn
        ],
        "to_decide": [_waiting(each, reverse("decide-proposal", args=[each.public_id])) for each in before_the_head],
        "own": [_waiting(each, reverse("proposal-way", args=[each.public_id])) for each in own],
        "prepares": why_not_run_calls(viewer) is None,
    }
    return render(request, "board/board.html", context)


def _waiting(proposal: Proposal, address: str) -> Line:
    return Line(proposal.title, address, f"{proposal.entity} · {proposal.get_standing_display()}")


def _calls_table(calls: list[Call], *, desk: bool) -> TableView:
    header = (
        HeaderView(_("Call")),
        HeaderView(_("Standing")),
        HeaderView(_("Closes")),
        HeaderView(_("Budget (US dollars)"), numeric=True),
        HeaderView(_("Ceiling per group (US dollars)"), numeric=True),
        HeaderView(_("Who decides")),
    )
    rows = tuple(
        (
            CellView(each.title, reverse("board-call", args=[each.code]) if desk else "", header=True),
            CellView(str(each.get_standing_display())),
            CellView(short_day(each.closes_on) if each.closes_on else NOTHING),
            CellView(money(each.budget_usd), numeric=True),
            CellView(money(each.group_ceiling_usd), numeric=True),
            CellView(Rules.read(each.rules).decided_by),
        )
        for each in calls
    )
    return TableView(_("Calls for proposals"), header, rows)


@require_safe
def call_desk(request: ViewerRequest, code: str) -> HttpResponse:
    """A call: its proposals with their steps and clocks, what each group was given, its meetings and offices.

    Of a round that was run outside, and published, its awards.
    """
    call = call_at(request, code)
    viewer, rules, today = request.viewer, Rules.read(call.rules), timezone.localdate()
    with reading_as(viewer):
        proposals, meetings = proposals_of(viewer, call), meetings_of(viewer, call)
        awards = awards_seen(viewer, call)
        reviewing, weighted = reviewing_of(viewer, call), weighted_of(viewer, call)
    context = {
        "call": call,
        "illustrative": call.provenance == Provenance.ILLUSTRATIVE,
        "facts": _call_facts(call, rules, awards),
        "proposals": _proposals_table(proposals, rules, today, reviewing, weighted),
        "groups": groups_table(call, proposals, awards) if not call.is_published else None,
        "published": _published(call) if call.is_published else None,
        "meetings": [
            Line(each.title, reverse("board-meeting", args=[each.public_id]), short_day(each.held_on))
            for each in meetings
        ],
        "acts": [] if call.is_published else _acts(request, call),
        "crumbs": crumbs(Crumb(call.title)),
    }
    return render(request, "board/call.html", context)


def _published(call: Call) -> dict[str, Any]:
    """The awards of a round as they were published: that is all that is known of how it went."""
    awards = list(awards_of_round(call))
    return {
        "awards": awards_table(awards),
        "facts": facts(
            (_("Standing"), str(call.get_standing_display())),
            (_("Awards"), len(awards) or None),
            (_("Given"), amount(sum((each.amount_usd for each in awards), Decimal(0))) if awards else ""),
            (_("Ceiling per working group"), amount(call.group_ceiling_usd)),
            (_("Who decides"), Rules.read(call.rules).decided_by),
        ),
    }


def _call_facts(call: Call, rules: Rules, awards: list[Award]) -> list[object]:
    given = total(awards)
    steps = [
        Line(step.title, aside=ngettext("%(days)d day", "%(days)d days", step.days) % {"days": step.days})
        if step.days
        else Line(step.title)
        for step in rules.steps
    ]
    officers = [Line(name, aside=office) for office, name in officers_of(call)]
    free = None if call.budget_usd is None else call.budget_usd - given
    return list(
        facts(
            (_("Standing"), str(call.get_standing_display())),
            (_("Open"), _("%(first)s to %(last)s") % {"first": _day(call.opens_on), "last": _day(call.closes_on)}),
            (_("Budget"), amount(call.budget_usd)),
            (_("Given"), amount(given)),
            (_("Free"), amount(free)),
            (_("Steps"), steps),
            (_("Reviewers of a proposal"), rules.reviewers or None),
            (_("Quorum"), rules.quorum if rules.step("board") else None),
            (_("Who decides"), rules.decided_by),
            (_("Offices today"), officers),
        )
    )


def _day(day: date | None) -> str:
    return short_day(day) if day else NOTHING


def _proposals_table(
    proposals: list[Proposal],
    rules: Rules,
    today: date,
    reviewing: dict[int, Reviewing],
    weighted: dict[int, Fraction],
) -> TableView:
    header = [
        HeaderView(_("Proposal")),
        HeaderView(_("Applicant")),
        HeaderView(_("Working group")),
        HeaderView(_("Asks (US dollars)"), numeric=True),
        HeaderView(_("Standing")),
        HeaderView(_("Days in it"), numeric=True),
        HeaderView(_("Clock")),
    ]
    if rules.criteria:
        header += [HeaderView(_("Scores"), numeric=True), HeaderView(_("Weighted mean"), numeric=True)]
    rows = []
    for each in proposals:
        running = clock(rules, each.standing, timezone.localdate(each.standing_since), today)
        cells = [
            CellView(each.title, reverse("proposal-way", args=[each.public_id]), header=True),
            CellView(str(each.entity)),
            CellView(str(each.working_group or NOTHING)),
            CellView(money(each.requested_usd), numeric=True),
            CellView(str(each.get_standing_display()), aside=_("amendment") if each.amends_id else ""),
            CellView(grouped(running.days) if running else NOTHING, numeric=True),
            CellView(clock_in_words(running.overdue(today), running.due_on) if running else NOTHING),
        ]
        if rules.criteria:
            done = reviewing.get(each.pk, Reviewing(0, 0))
            cells += [
                CellView(f"{done.finished} / {done.drawn or rules.reviewers}", numeric=True),
                CellView(mean(weighted.get(each.pk)), numeric=True),
            ]
        rows.append(tuple(cells))
    return TableView(_("Proposals, those that wait longest first"), tuple(header), tuple(rows))


def _acts(request: ViewerRequest, call: Call) -> list[Act]:
    acts = []
    if call.standing == Call.Standing.PREPARING:
        why = why_not_run_calls(request.viewer) or ""
        acts.append(Act("open", _("Open the call"), reverse("open-call", args=[call.code]), why, sends=True))
    if call.standing == Call.Standing.OPEN:
        why = why_not_run_calls(request.viewer) or ""
        if not why and call.closes_on and timezone.localdate() < call.closes_on:
            why = _("Applicants were promised time until %(day)s.") % {"day": date_format(call.closes_on, "j F Y")}
        acts.append(Act("close", _("Close the call"), reverse("close-call", args=[call.code]), why, sends=True))
    if Rules.read(call.rules).step("board"):
        why = why_not_run_meetings(request.viewer, call) or why_not_plan(call) or ""
        address = reverse("plan-meeting", args=[call.code])
        acts.append(Act("meeting", _("Plan a meeting"), address, why, second=True))
    if why_not_appoint(request.viewer) is None:
        address = reverse("appoint", args=[call.code])
        acts.append(Act("appoint", _("Record who holds an office"), address, second=True))
    address = reverse("board-choosing", args=[call.code])
    acts.append(Act("choosing", _("Choose under the budget"), address, second=True))
    address = reverse("board-figures", args=[call.code])
    acts.append(Act("figures", _("How long it took, and who was given what"), address, second=True))
    return acts


@require_POST
def open_it(request: ViewerRequest, code: str) -> HttpResponse:
    """Open a call."""
    call = call_at(request, code)
    return do(
        request,
        reverse("board-call", args=[code]),
        lambda: open_call(call=call, person=person_of(request), actor=actor_of(request)),
        _("The call is open, under the rules of its process as they are today."),
    )


@require_POST
def close_it(request: ViewerRequest, code: str) -> HttpResponse:
    """Close a call."""
    call = call_at(request, code)
    return do(
        request,
        reverse("board-call", args=[code]),
        lambda: close_call(call=call, person=person_of(request), actor=actor_of(request)),
        _("The call is closed."),
    )


@require_http_methods(FORMS)
def prepare(request: ViewerRequest) -> HttpResponse:
    """Prepare a call."""
    if not at_the_desk(request.viewer):
        raise Http404
    form = CallForm(request.POST or None, processes=list(Process.objects.all()))
    page = OneForm(
        title=_("Prepare a call"),
        of=_("Nobody else sees it before it is opened."),
        button=_("Prepare it"),
        done=_("The call is prepared."),
        back=reverse("board"),
        crumbs=crumbs(Crumb(_("Prepare a call"))),
        why_not=why_not_run_calls(request.viewer),
    )

    def write() -> Any:
        asked = form.cleaned_data
        return prepare_call(
            **{**asked, "process": form.processes[asked["process"]]},
            person=person_of(request),
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
@confirmed_recently
def appoint_somebody(request: ViewerRequest, code: str) -> HttpResponse:
    """Record who holds an office of the call's board."""
    call = call_at(request, code)
    holders = list(holding([Role.BOARD, Role.SECRETARIAT], timezone.localdate()))
    form = OfficeForm(request.POST or None, holders=holders, initial={"starts_on": timezone.localdate()})
    title, desk = _("Record who holds an office"), reverse("board-call", args=[code])
    page = OneForm(
        title=title,
        of=call.process.title,
        button=_("Record it"),
        done=_("The office is recorded."),
        back=desk,
        crumbs=crumbs(Crumb(call.title, desk), Crumb(title)),
        lead=_("Whoever held it before holds it until the day before. It holds for every call of this process."),
        why_not=why_not_appoint(request.viewer),
    )

    def write() -> Any:
        asked = form.cleaned_data
        return appoint(
            process=call.process,
            holder=form.holders[asked["holder"]],
            kind=asked["kind"],
            starts_on=asked["starts_on"],
            person=person_of(request),
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
def plan(request: ViewerRequest, code: str) -> HttpResponse:
    """Plan a meeting of the board."""
    call = call_at(request, code)
    form = MeetingForm(request.POST or None)
    page = OneForm(
        title=_("Plan a meeting"),
        of=call.title,
        button=_("Plan it"),
        done=_("The meeting is planned."),
        back=reverse("board-call", args=[code]),
        crumbs=crumbs(Crumb(call.title, reverse("board-call", args=[code])), Crumb(_("Plan a meeting"))),
        why_not=why_not_run_meetings(request.viewer, call) or why_not_plan(call),
    )

    def write() -> Any:
        asked = form.cleaned_data
        return plan_meeting(
            call=call,
            person=person_of(request),
            title=asked["title"],
            held_on=asked["held_on"],
            place=asked["place"],
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)
