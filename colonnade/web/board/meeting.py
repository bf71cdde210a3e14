"""A meeting of the board: agenda, papers, attendance, votes, recommendations."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.members.models import Person
from colonnade.review.access import why_not_recommend
from colonnade.review.actions.meetings import (
    members_of_the_board,
    record_attendance,
    record_recommendation,
    record_recusal,
    record_vote,
    set_agenda,
)
from colonnade.review.ballots import leading
from colonnade.review.board_access import why_not_run_meetings
from colonnade.review.board_queries import (
    attendance_of,
    items_of,
    meeting_called,
    names_of,
    proposals_of,
    votes_of,
)
from colonnade.review.models import AgendaItem, Meeting, Proposal, Vote
from colonnade.review.rules import Rules
from colonnade.review.workflow import workflow_of
from colonnade.web.board.forms import RECUSED, AgendaForm, AttendanceForm, OfferForm, VoteForm
from colonnade.web.board.next_steps import where_members_are_recorded
from colonnade.web.board.steps import FORMS, OneForm, crumbs, form_page
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of


def meeting_at(request: ViewerRequest, public_id: str) -> Meeting:
    """The meeting that an address names. For those outside the board it is not there."""
    meeting = meeting_called(request.viewer, public_id)
    if meeting is None:
        raise Http404
    return meeting


def _item(request: ViewerRequest, public_id: str, proposal: str) -> tuple[Meeting, AgendaItem]:
    meeting = meeting_at(request, public_id)
    item = next((each for each in items_of(request.viewer, meeting) if each.proposal.public_id == proposal), None)
    if item is None:
        raise Http404
    return meeting, item


@require_safe
def meeting(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A meeting with everything that was recorded of it."""
    found = meeting_at(request, public_id)
    attended = attendance_of(request.viewer, found)
    votes = votes_of(request.viewer, found)
    keys = [each.person_id for each in attended] + [vote.person_id for cast in votes.values() for vote in cast]
    names = names_of(keys)
    runs = why_not_run_meetings(request.viewer, found.call)
    place = [found.public_id]
    context = {
        "meeting": found,
        "facts": facts(
            (_("Day"), short_day(found.held_on)),
            (_("Place"), found.place),
            (_("Standing"), str(found.get_standing_display())),
            (_("Quorum"), Rules.read(found.call.rules).quorum),
            (_("There"), sorted(names[each.person_id] for each in attended if each.present)),
            (_("Not there"), sorted(names[each.person_id] for each in attended if not each.present)),
            (_("Minutes"), found.minutes),
        ),
        "items": [
            _shown(request, found, each, votes.get(each.pk, []), names) for each in items_of(request.viewer, found)
        ],
        "acts": [
            Act("agenda", _("Set the agenda"), reverse("set-agenda", args=place), runs or ""),
            Act("attendance", _("Record who is there"), reverse("record-attendance", args=place), runs or ""),
            Act("papers", _("Papers of the meeting, PDF"), reverse("meeting-papers", args=place), second=True),
        ],
        "crumbs": _crumbs(found),
    }
    return render(request, "board/meeting.html", context)


def _crumbs(found: Meeting, here: str = "") -> list[Crumb]:
    call = Crumb(found.call.title, reverse("board-call", args=[found.call.code]))
    page = reverse("board-meeting", args=[found.public_id]) if here else ""
    return crumbs(call, Crumb(found.title, page), *([Crumb(here)] if here else []))


def _shown(
    request: ViewerRequest, found: Meeting, item: AgendaItem, votes: list[Vote], names: dict[int, str]
) -> dict[str, Any]:
    header = (HeaderView(_("Member")), HeaderView(_("Vote")))
    rows = tuple(
        (
            CellView(names[each.person_id], header=True),
            CellView(str(each.get_outcome_display()) if each.outcome else _("stepped out"), aside=each.recused),
        )
        for each in votes
    )
    acts = []
    if not item.outcome:
        held = "" if found.standing == Meeting.Standing.HELD else _("Record who attended first.")
        place = [found.public_id, item.proposal.public_id]
        acts.append(Act(f"vote-{item.pk}", _("Record a vote"), reverse("record-vote", args=place), held, second=True))
        why = held or why_not_recommend(request.viewer, item.proposal) or ""
        address = reverse("record-recommendation", args=place)
        acts.append(Act(f"recommend-{item.pk}", _("Record the recommendation"), address, why))
    return {
        "item": item,
        "votes": TableView(_("Votes"), header, rows) if rows else None,
        "acts": acts,
    }


def _page(found: Meeting, title: str, of: str, button: str, done: str, why_not: str | None) -> OneForm:
    back = reverse("board-meeting", args=[found.public_id])
    return OneForm(title, of, button, done, back, _crumbs(found, title), why_not=why_not)


@require_http_methods(FORMS)
def agenda(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Say which proposals stand on the agenda, in which order."""
    found = meeting_at(request, public_id)
    standing = {each.proposal_id: each.position for each in items_of(request.viewer, found)}
    steps = workflow_of(Rules.read(found.call.rules))
    ready = steps["recommend"].sources if "recommend" in steps else ()
    proposals: list[Proposal] = [
        each for each in proposals_of(request.viewer, found.call) if each.standing in ready or each.pk in standing
    ]
    initial = {f"place_{each.public_id}": standing.get(each.pk) for each in proposals}
    form = AgendaForm(request.POST or None, proposals=proposals, initial=initial)
    why_not = why_not_run_meetings(request.viewer, found.call)
    if not why_not and not proposals:
        why_not = _("No proposal of this call is ready for the board.")
    page = _page(found, _("Set the agenda"), found.title, _("Set it"), _("The agenda is set."), why_not)

    def write() -> object:
        return set_agenda(meeting=found, person=person_of(request), proposals=form.ordered, actor=actor_of(request))

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
def attendance(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Record which members of the board are there."""
    found = meeting_at(request, public_id)
    here = [str(each.person_id) for each in attendance_of(request.viewer, found) if each.present]
    members = members_of_the_board(found.call, found.held_on)
    form = AttendanceForm(request.POST or None, members=members, initial={"present": here, "minutes": found.minutes})
    why_not, mends = why_not_run_meetings(request.viewer, found.call), []
    if not why_not and not members:
        said = {"day": date_format(found.held_on, "j F Y")}
        why_not = _("Nobody was a member of the board on %(day)s, so that nobody can have been there.") % said
        mends = where_members_are_recorded(request.viewer, found.call)
    page = _page(found, _("Record who is there"), found.title, _("Record it"), _("Recorded."), why_not)
    page = replace(page, mends=mends)

    def write() -> object:
        return record_attendance(
            meeting=found,
            person=person_of(request),
            present=form.present,
            minutes=form.cleaned_data["minutes"],
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
def vote(request: ViewerRequest, public_id: str, proposal: str) -> HttpResponse:
    """Record how a member votes, or that they step out."""
    found, item = _item(request, public_id, proposal)
    here = {each.person_id for each in attendance_of(request.viewer, found) if each.present}
    members = [each for each in members_of_the_board(found.call, found.held_on) if each.pk in here]
    if why_not_run_meetings(request.viewer, found.call):
        members = [each for each in members if each.pk == request.viewer.user_id]
    form = VoteForm(request.POST or None, members=members)
    why_not = None if members else _("Only members who were there vote.")
    page = _page(found, _("Record a vote"), item.proposal.title, _("Record it"), _("The vote is recorded."), why_not)

    def write() -> object:
        return _cast(request, item, form.member, form)

    return form_page(request, page, form, write)


def _cast(request: ViewerRequest, item: AgendaItem, member: Person, form: forms.Form) -> object:
    outcome, person, actor = form.cleaned_data["outcome"], person_of(request), actor_of(request)
    if outcome == RECUSED:
        reason = form.cleaned_data["reason"]
        return record_recusal(item=item, member=member, person=person, reason=reason, actor=actor)
    return record_vote(item=item, member=member, person=person, outcome=outcome, actor=actor)


@require_http_methods(FORMS)
def recommend(request: ViewerRequest, public_id: str, proposal: str) -> HttpResponse:
    """Record what the board recommends."""
    found, item = _item(request, public_id, proposal)
    cast = [each.outcome for each in votes_of(request.viewer, found).get(item.pk, []) if each.outcome]
    most = leading(cast)
    initial = {"outcome": next(iter(most)), "amount_usd": item.proposal.requested_usd} if len(most) == 1 else {}
    form = OfferForm(request.POST or None, initial=initial)
    why_not = why_not_recommend(request.viewer, item.proposal)
    page = _page(
        found,
        _("Record the recommendation"),
        item.proposal.title,
        _("Record it"),
        _("The recommendation is recorded."),
        why_not,
    )

    def write() -> object:
        asked = form.cleaned_data
        return record_recommendation(
            item=item,
            person=person_of(request),
            outcome=asked["outcome"],
            amount_usd=asked["amount_usd"],
            reasons=asked["reasons"],
            terms=form.terms,
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)
