"""A request's page in words: what is asked, by which channel, who is told, who answered, what was done."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity
from colonnade.needs.assistance.access import why_not_answer, why_not_pass, why_not_safeguard, why_not_set_readers
from colonnade.needs.assistance.access import why_not_tell as _why_not_tell
from colonnade.needs.assistance.queries import (
    Question,
    Twin,
    need_answered,
    project_made,
)
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.assistance.triage import Proposal
from colonnade.needs.assistance.workflow import OPEN, WORKFLOW
from colonnade.needs.models import AssistanceNotice, AssistancePassing, AssistanceRequest, AssistanceStep
from colonnade.needs.plans.access import why_not_begin
from colonnade.needs.plans.queries import plans_of
from colonnade.needs.queries import seen
from colonnade.web.assistance.listed import KIND
from colonnade.web.assistance.words import PARTS, channel_title, clock_words, kind_title, reasons, shared_words
from colonnade.web.needs.card import heading
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import PROJECT, record_address

#: Steps with a page of their own -> its name.
_PAGES = {"pass": "pass-request", "lead": "name-request-lead", "project": "request-project"}


def request_facts(viewer: Viewer, asked: AssistanceRequest, rules: Rules | None, circle: str) -> list[Fact]:
    """What is asked for, why, by when, and by which channel; need and project where the reader sees them."""
    need, project = need_answered(viewer, asked), project_made(viewer, asked)
    programme, theme = asked.asked_programme, asked.asked_theme
    brought = asked.brought_by != AssistanceRequest.Brought.STATE
    readers = [
        _("every entity of the %(circle)s, and the State") % {"circle": circle}
        if asked.level == "compact"
        else _("the State, the secretariat, auditors, and the entities named below"),
        *([_("the resident coordinator")] if asked.coordinator_reads else []),
    ]
    return facts(
        (_("State"), Line(asked.country.name, record_address("country", asked.country.code))),
        (_("Programme"), Line(programme.title, record_address("programme", programme.code)) if programme else ""),
        (_("What is asked for"), asked.what),
        (_("Why"), asked.why),
        (
            _("Recommendation that it answers"),
            Line(heading(viewer, seen(viewer, need)), record_address("recommendation", need.public_id)) if need else "",
        ),
        (_("Thematic priority"), Line(theme.title, record_address("theme", theme.code)) if theme else ""),
        (_("Needed by"), asked.by_when),
        (_("Whom it touches"), asked.get_touches_display() if asked.touches else ""),
        (_("Kind"), kind_title(rules, asked)),
        (_("Channel"), channel_title(rules, asked)),
        (_("The State turned to"), _entity(asked.sent_to)),
        (_("Filed"), Line(short_day(asked.filed_on), aside=str(asked.get_brought_by_display()) if brought else "")),
        (_("Letter or note"), asked.document),
        (_("Who leads"), _entity(asked.lead)),
        (_("Plans of action"), _plans(viewer, asked)),
        (_("The State can object until"), _object_until(asked)),
        (_("Became"), Line(project.title, record_address(PROJECT, project.public_id)) if project else ""),
        (_("Read by"), readers),
    )


def _plans(viewer: Viewer, asked: AssistanceRequest) -> list[Line]:
    """The plans that were begun from a request, where the reader sees them."""
    if asked.standing != AssistanceRequest.Standing.PLAN:
        return []
    found = plans_of(viewer).filter(from_request=asked)
    return [Line(each.title, record_address("action_plan", each.public_id)) for each in found]


def _entity(entity: Entity | None) -> Line | str:
    return Line(entity.name, record_address("entity", entity.code), entity.abbreviation) if entity is not None else ""


def _object_until(asked: AssistanceRequest) -> date | None:
    """The day until which the State can object to the closing, where it has not."""
    open_to_it = asked.standing == AssistanceRequest.Standing.CLOSED and asked.objected_on is None
    return asked.object_until if open_to_it else None


def acts_of(viewer: Viewer, asked: AssistanceRequest, passings: list[AssistancePassing]) -> list[Act]:
    """What the reader can do from here; what never is theirs is not offered."""
    found = []
    mine = [each for each in passings if why_not_answer(viewer, each) is None]
    if mine:
        again = all(each.answer for each in mine)
        title = _("Change the answer") if again else _("Answer")
        found.append(Act("answer", title, reverse("answer-request", args=[asked.public_id]), second=again))
    if asked.with_safeguards and why_not_safeguard(viewer, asked) is None:
        found.append(
            Act("safeguards", _("Answer the safeguards"), reverse("request-safeguards", args=[asked.public_id]))
        )
    for step, why_not in WORKFLOW.offered(viewer, asked):
        if why_not is not None or not _fits(step.name, passings):
            continue
        name, args = _PAGES.get(step.name, "request-step"), [asked.public_id]
        address = reverse(name, args=args if step.name in _PAGES else [*args, step.name])
        found.append(
            Act(step.name, _(step.title), address, second=step.name not in ("pass", "lead", "project", "join"))
        )
    if asked.standing == AssistanceRequest.Standing.PLAN and why_not_begin(viewer, [asked.country.code]) is None:
        address = f"{reverse('begin-plan')}?request={asked.public_id}"
        found.append(Act("begin-plan", _("Begin the plan of action"), address))
    if asked.standing in OPEN and why_not_set_readers(viewer, asked) is None:
        found.append(
            Act("readers", _("Say who reads it"), reverse("request-readers", args=[asked.public_id]), second=True)
        )
    return found


def _fits(step: str, passings: list[AssistancePassing]) -> bool:
    """Whether a step has anything to begin with: a lead is named of those who can."""
    return step != "lead" or any(each.answer == AssistancePassing.Answer.CAN_LEAD for each in passings)


def passings_table(passings: list[AssistancePassing], today: date, *, is_open: bool) -> TableView | None:
    """The entities that have the request: why, what they answered, and how long there is."""
    if not passings:
        return None
    header = tuple(
        HeaderView(title)
        for title in (_("Entity"), _("As"), _("Why to it"), _("Answer"), _("What it says"), _("Answered, or due"))
    )
    rows = tuple(
        (
            CellView(each.entity.name, record_address("entity", each.entity.code), header=True),
            CellView(str(each.get_asked_as_display())),
            CellView(each.why or "–"),
            CellView(str(each.get_answer_display())),
            CellView(each.says or "–"),
            CellView(_answered_or_due(each, today, is_open=is_open)),
        )
        for each in passings
    )
    return TableView(_("Entities that have it"), header, rows)


def _answered_or_due(passing: AssistancePassing, today: date, *, is_open: bool) -> str:
    if passing.answered_on is not None:
        return short_day(passing.answered_on)
    waits = is_open and passing.asked_as == AssistancePassing.AskedAs.ASKED
    return clock_words(passing.due_on, today) or "–" if waits else "–"


def told_of(viewer: Viewer, asked: AssistanceRequest, notices: list[AssistanceNotice]) -> list[dict[str, Any]]:
    """Who is to be told, what the rules say of it, and when they were; for who may, the way to record it."""
    may = _why_not_tell(viewer, asked) is None
    return [
        {
            "act": str(each.get_act_display()),
            "whom": each.whom,
            "text": each.text,
            "done": short_day(each.done_on) if each.done_on else "",
            "note": each.done_note,
            "address": reverse("tell-of-request", args=[asked.public_id, each.position])
            if may and each.done_on is None
            else "",
        }
        for each in notices
    ]


def proposals_table(proposed: list[tuple[Entity, Proposal]]) -> TableView | None:
    """The entities that triage proposes, with the points of each part and why."""
    if not proposed:
        return None
    header = (
        HeaderView(_("Entity")),
        HeaderView(_("Points"), numeric=True),
        *(HeaderView(_(title)) for title in PARTS.values()),
    )
    rows = tuple(
        (
            CellView(entity.name, record_address("entity", entity.code), header=True),
            CellView(grouped(each.score), numeric=True),
            *(_part(each, name, words) for name, words in reasons(each.facts).items()),
        )
        for entity, each in proposed
    )
    note = _("The points of the parts add up. They rest on programmes and projects in this registry; a person decides.")
    return TableView(_("Entities to pass it on to, the likeliest first"), header, rows, note=note)


def _part(proposal: Proposal, name: str, words: str) -> CellView:
    return CellView(grouped(proposal.parts[name]), aside=words)


def twins_list(twins: list[Twin]) -> list[dict[str, str]]:
    """Requests that may be the same, with what they have in common."""
    return [
        {
            "title": each.request.title,
            "address": record_address(KIND, each.request.public_id),
            "standing": str(each.request.get_standing_display()),
            "filed": short_day(each.request.filed_on),
            "shared": shared_words(each.likeness),
        }
        for each in twins
    ]


def questions_list(questions: list[Question]) -> list[dict[str, Any]]:
    """The checklist by its headings, each question with its answer."""
    groups: dict[str, list[dict[str, str]]] = {}
    for each in questions:
        said = each.answer
        word = "" if said is None else {True: _("Yes"), False: _("No"), None: _("Does not apply")}[said.respected]
        entry = {"question": each.safeguard.question, "word": word, "how": said.how if said else ""}
        groups.setdefault(each.safeguard.group, []).append(entry)
    return [{"title": title, "questions": found} for title, found in groups.items()]


def happened(steps: list[AssistanceStep]) -> list[dict[str, str]]:
    """What was done, the first step first."""
    return [
        {
            "day": short_day(timezone.localdate(step.taken_at)),
            "text": str(step.get_done_display()),
            "about": step.about.abbreviation if step.about is not None and step.about_id != step.entity_id else "",
            "aside": _by_whom(step),
            "says": step.says,
        }
        for step in steps
    ]


def _by_whom(step: AssistanceStep) -> str:
    if step.country is not None:
        return _("for %(state)s") % {"state": step.country.name}
    return _("for %(entity)s") % {"entity": step.entity.abbreviation} if step.entity else _("by the secretariat")


def may_triage(viewer: Viewer, asked: AssistanceRequest) -> bool:
    """Whether proposals are worked out for the reader: they may pass the request on, and it can be."""
    return asked.standing in WORKFLOW["pass"].sources and why_not_pass(viewer, asked) is None
