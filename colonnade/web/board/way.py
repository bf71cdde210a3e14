"""A proposal's way: where it stands, what happened, what comes next, for its applicant and for those who review it.

What a reader may not see is not there; a step that they cannot take stands there with its reason.
"""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.core.viewer import Role, Viewer
from colonnade.review.access import acts_for
from colonnade.review.actions.scoring import scoring_is_open
from colonnade.review.actions.screening import COMMENTED
from colonnade.review.board_access import (
    why_not_accept,
    why_not_answer,
    why_not_answer_objection,
    why_not_confirm_condition,
    why_not_draw,
    why_not_object,
    why_not_report_condition,
    why_not_send,
)
from colonnade.review.board_queries import Passage, Scored, names_of, passage_of, project_of, scores_of
from colonnade.review.clocks import clock
from colonnade.review.models import Decision, Proposal
from colonnade.review.rules import Rules
from colonnade.web.board.next_steps import acts_of, short_of_reviewers
from colonnade.web.board.printed import mean
from colonnade.web.board.publishing import publishing_acts
from colonnade.web.board.steps import at_the_desk, crumbs_of, proposal_at
from colonnade.web.shared.blocks import Act, Download, Moment, timeline
from colonnade.web.shared.days import clock_in_words, short_day
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def way(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The way of one proposal."""
    proposal = proposal_at(request, public_id)
    viewer, rules = request.viewer, Rules.read(proposal.call.rules)
    passage, scored = passage_of(viewer, proposal), scores_of(viewer, proposal)
    inside, short = at_the_desk(viewer), short_of_reviewers(viewer, proposal, rules, passage)
    context = {
        "proposal": proposal,
        "illustrative": proposal.provenance == Provenance.ILLUSTRATIVE,
        "facts": _facts(viewer, proposal, rules),
        "acts": acts_of(viewer, proposal, rules, passage, short),
        "short": short,
        "years": timeline(_moments(proposal, passage), newest_first=False),
        "screening": _screening(passage),
        "questions": [
            {"question": each, "why_not": why_not_answer(viewer, proposal, each)} for each in passage.questions
        ],
        "answers": acts_for(viewer, proposal),
        "review": _review(viewer, proposal, passage) if inside else None,
        "scores": _scores_table(scored, rules),
        "comments": _comments(scored, rules),
        "spread": mean(scored.means.spread) if scored.means else "",
        "synthesis": passage.syntheses[0] if passage.syntheses else None,
        "recommendation": passage.recommendation,
        "decisions": [_decided(viewer, proposal, each, passage) for each in reversed(passage.decisions)],
        "conditions": [_condition(viewer, proposal, each) for each in passage.open_conditions],
        "reports": [_report(viewer, proposal, each) for each in passage.reports],
        "closure": passage.closure,
        "publishing": publishing_acts(viewer, proposal, passage.closure),
        "amendments": [
            Line(each.title, reverse("proposal-way", args=[each.public_id]), str(each.get_standing_display()))
            for each in passage.amendments
        ],
        "inside": inside,
        "today": timezone.localdate(),
        "crumbs": crumbs_of(request, proposal),
    }
    return render(request, "board/way.html", context)


def _facts(viewer: Viewer, proposal: Proposal, rules: Rules) -> list[Fact]:
    today = timezone.localdate()
    running = clock(rules, proposal.standing, timezone.localdate(proposal.standing_since), today)
    amended = None
    if proposal.amends is not None:
        amended = Line(proposal.amends.title, reverse("proposal-way", args=[proposal.amends.public_id]))
    made = None
    if (project := project_of(viewer, proposal)) is not None:
        made = Line(project.title, record_address(PROJECT, project.public_id))
    return facts(
        (_("Applicant"), str(proposal.entity)),
        (_("Partners"), [str(each) for each in proposal.partners.all()]),
        (_("Working group"), str(proposal.working_group or "")),
        (_("Asks for"), amount(proposal.requested_usd)),
        (_("Begins"), proposal.starts_on),
        (_("Ends"), proposal.ends_on),
        (_("Pillar"), str(proposal.pillar or "")),
        (_("Theme"), str(proposal.theme or "")),
        (_("Places"), [str(each) for each in (*proposal.countries.all(), *proposal.regions.all())]),
        (_("Amends"), amended),
        (_("Project"), made),
        (_("Waits for"), running.step.title if running else ""),
        (_("Days in this step"), running.days if running else None),
        (_("Clock"), clock_in_words(running.overdue(today), running.due_on) if running and running.due_on else ""),
        (_("Purpose"), proposal.purpose if at_the_desk(viewer) else ""),
    )


def _moments(proposal: Proposal, passage: Passage) -> list[Moment]:
    """What happened on the way, in the order in which it did, and what falls due."""
    found = [_moment(_("Begun"), proposal.begun_at)]
    if proposal.submitted_at:
        found.append(_moment(_("Sent"), proposal.submitted_at))
    found += [
        _moment(str(each.get_outcome_display()), each.screened_at, kind=_("Screening")) for each in passage.screenings
    ]
    found += [_moment(_("All scores are in"), each.written_at, kind=_("Scoring")) for each in passage.syntheses]
    found += [
        _moment(str(each.get_outcome_display()), each.recorded_at, kind=_("Recommendation"))
        for each in passage.items
        if each.recorded_at
    ]
    found += [
        _moment(str(each.get_outcome_display()), each.decided_at, kind=_("Decision"), aside=amount(each.amount_usd))
        for each in passage.decisions
    ]
    found += [_moment(_("Objection"), each.raised_at) for each in passage.objections]
    today = timezone.localdate()
    for report in passage.reports:
        title = str(report.get_kind_display())
        if report.sent_at:
            found.append(_moment(title, report.sent_at, kind=_("Sent")))
        else:
            found.append(Moment(title, report.due_on, kind=_("Due"), upcoming=report.due_on > today))
    if passage.closure:
        found.append(_moment(_("Closed"), passage.closure.closed_at))
    return found


def _moment(title: str, at: datetime, *, kind: str = "", aside: str = "") -> Moment:
    return Moment(title, timezone.localdate(at), kind=kind, aside=aside, at=at)


def _screening(passage: Passage) -> dict[str, Any] | None:
    """The latest screening, with its comments by field."""
    if not passage.screenings:
        return None
    latest = passage.screenings[-1]
    rows = tuple(
        (CellView(_(COMMENTED[name]), header=True), CellView(text))
        for name, text in latest.field_comments.items()
        if name in COMMENTED
    )
    header = (HeaderView(_("Field")), HeaderView(_("Comment")))
    return {"screening": latest, "table": TableView(_("Comments on fields"), header, rows) if rows else None}


def _review(viewer: Viewer, proposal: Proposal, passage: Passage) -> dict[str, Any]:
    """The reviewers by name, and how they were drawn, for those who may know."""
    names = names_of(each.person_id for each in passage.reviewers)
    why_not_excuse = why_not_draw(viewer, proposal)
    header = (HeaderView(_("Member")), HeaderView(_("Why left out")))
    return {
        "reviewers": [
            {
                "name": names.get(each.person_id, ""),
                "reviewer": each,
                "excuse": Role.SECRETARIAT in viewer.roles
                and not why_not_excuse
                and not each.conflict
                and scoring_is_open(proposal),
            }
            for each in passage.reviewers
        ],
        "draws": [
            {
                "draw": each,
                "table": TableView(
                    _("Who was left out of draw %(seed)s") % {"seed": each.seed},
                    header,
                    tuple(
                        (CellView(one["name"], header=True), CellView(one["excluded"]))
                        for one in each.considered
                        if one["excluded"]
                    ),
                ),
            }
            for each in passage.draws
        ],
    }


def _scores_table(scored: Scored, rules: Rules) -> TableView | None:
    if scored.means is None:
        return None
    header = (
        HeaderView(_("Criterion")),
        HeaderView(_("Weight"), numeric=True),
        HeaderView(_("Mean"), numeric=True),
        HeaderView(_("Lowest"), numeric=True),
        HeaderView(_("Highest"), numeric=True),
    )
    rows = tuple(
        (
            CellView(each.criterion.title, header=True),
            CellView(str(each.criterion.weight), numeric=True),
            CellView(mean(each.mean), numeric=True),
            CellView(str(each.lowest), numeric=True),
            CellView(str(each.highest), numeric=True),
        )
        for each in scored.means.criteria
    )
    low, high = min(scored.means.reviewers), max(scored.means.reviewers)
    totals = (
        CellView(_("Weighted mean"), header=True),
        CellView(""),
        CellView(mean(scored.means.weighted), numeric=True),
        CellView(mean(low), numeric=True),
        CellView(mean(high), numeric=True),
    )
    caption = _("Scores of %(number)d reviewers, from 0 to %(most)d") % {
        "number": len(scored.means.reviewers),
        "most": rules.most,
    }
    return TableView(caption, header, rows, totals)


def _comments(scored: Scored, rules: Rules) -> list[Fact]:
    said = [(each.title, scored.comments.get(each.code, [])) for each in rules.criteria]
    return facts(*said, (_("On the whole"), scored.overall))


def _decided(viewer: Viewer, proposal: Proposal, decision: Decision, passage: Passage) -> dict[str, Any]:
    newest = decision == passage.decision
    objection = next((each for each in passage.objections if each.decision_id == decision.pk), None)
    acts = []
    why = why_not_object(viewer, proposal, decision, newest=newest, objected=objection is not None)
    if acts_for(viewer, proposal) and newest and objection is None:
        address = reverse("raise-objection", args=[decision.public_id])
        acts.append(Act(f"object-{decision.pk}", _("Object to this decision"), address, why or "", second=True))
    if objection is not None and objection.standing == "open" and at_the_desk(viewer):
        address = reverse("answer-objection", args=[decision.public_id])
        refused = why_not_answer_objection(viewer, proposal, objection, decision.decided_by_id)
        acts.append(Act(f"answer-{decision.pk}", _("Answer the objection"), address, refused or ""))
    return {
        "decision": decision,
        "amount": amount(decision.amount_usd),
        "objection": objection,
        "acts": acts,
        "downloads": [
            Download(_("Letter, PDF"), reverse("letter-pdf", args=[decision.public_id])),
            Download(_("Letter, Word"), reverse("letter-docx", args=[decision.public_id])),
        ],
    }


def _condition(viewer: Viewer, proposal: Proposal, condition: Any) -> dict[str, Any]:
    place = [proposal.public_id, condition.position]
    report = why_not_report_condition(viewer, proposal, condition)
    confirm = why_not_confirm_condition(viewer, proposal, condition)
    acts = []
    if acts_for(viewer, proposal) and not condition.met_at:
        address = reverse("report-condition", args=place)
        acts.append(Act(f"report-{condition.pk}", _("Report that it is met"), address, report or ""))
    if Role.SECRETARIAT in viewer.roles and not condition.met_at:
        address = reverse("confirm-condition", args=place)
        acts.append(Act(f"confirm-{condition.pk}", _("Confirm that it is met"), address, confirm or "", sends=True))
    return {"condition": condition, "acts": acts}


def _report(viewer: Viewer, proposal: Proposal, report: Any) -> dict[str, Any]:
    send, accept = why_not_send(viewer, proposal, report), why_not_accept(viewer, proposal, report)
    acts = []
    if acts_for(viewer, proposal) and not report.sent_at:
        address = reverse("send-report", args=[report.public_id])
        acts.append(Act(f"send-{report.pk}", _("Send this report"), address, send or "", second=True))
    if Role.SECRETARIAT in viewer.roles and report.sent_at and not report.accepted_at:
        address = reverse("accept-report", args=[report.public_id])
        acts.append(Act(f"accept-{report.pk}", _("Accept it"), address, accept or "", sends=True))
        address = reverse("return-report", args=[report.public_id])
        acts.append(Act(f"return-{report.pk}", _("Send it back"), address, accept or "", second=True))
    return {
        "report": report,
        "due": short_day(report.due_on),
        "overdue": not report.sent_at and report.due_on < timezone.localdate(),
        "spent": amount(report.spent_usd),
        "acts": acts,
    }
