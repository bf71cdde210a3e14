"""What comes of a request: its safeguards answered, then a project, a plan of action, membership of a programme, or a
closing with a reason that the State reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Viewer
from colonnade.members.models import Person
from colonnade.needs.assistance.access import why_not_safeguard
from colonnade.needs.assistance.actions.writing import (
    WHY,
    RequestRefused,
    cut,
    for_step,
    insist,
    insist_on_texts,
    locked,
    move,
    note,
)
from colonnade.needs.assistance.clocks import due_after
from colonnade.needs.assistance.queries import questions_of, rules_now
from colonnade.needs.models import AssistancePassing, AssistanceRequest, AssistanceSafeguard, AssistanceStep
from colonnade.portfolio.creating import Safeguarded, create_project
from colonnade.portfolio.models import Origin, Project, ProjectPartner, Scope, Status
from colonnade.portfolio.reported import ReportedPartner, ReportedPlace, ReportedProject


@dataclass(frozen=True, slots=True)
class SafeguardAnswer:
    """Whether a safeguard is respected, ``None`` where it does not apply, and how, or why not."""

    respected: bool | None
    how: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What a project needs beside what its request says already."""

    reference: str
    title: str
    description: str
    status: str = Status.IN_DEVELOPMENT
    starts_on: date | None = None
    ends_on: date | None = None


@action
def answer_safeguards(
    *,
    asked: AssistanceRequest,
    answers: Mapping[str, SafeguardAnswer],
    person: Person,
    seen_version: int,
    actor: Actor,
) -> AssistanceRequest:
    """Answer questions of the checklist, by the codes of the safeguards. Raises :class:`RequestRefused`."""
    viewer, current = locked(asked, person, seen_version)
    insist(why_not_safeguard(viewer, current))
    questions = {each.safeguard.code: each for each in questions_of(viewer, current)}
    insist_on_texts(*(each.how for each in answers.values()))
    for code, answer in answers.items():
        if code not in questions:
            raise RequestRefused(_("This request does not bring that safeguard with it."))
        if not answer.how.strip():
            raise RequestRefused(_("Say of each safeguard how it is respected, why not, or why it does not apply."))
        rows = AssistanceSafeguard.objects.unscoped(WHY)
        said = questions[code].answer or AssistanceSafeguard(of_request=current, safeguard=questions[code].safeguard)
        if said.pk is None or (said.respected, said.how) != (answer.respected, cut(answer.how)):
            said.respected, said.how = answer.respected, cut(answer.how)
            rows.bulk_create([said]) if said.pk is None else said.save()
    current.version += 1
    current.save()
    left = sum(1 for each in questions_of(viewer, current) if each.answer is None)
    words = _("%(number)s questions are still open.") % {"number": left} if left else _("All are answered.")
    note(current, AssistanceStep.Done.SAFEGUARDS, viewer, words)
    return current


@action
def turn_into_project(
    *, asked: AssistanceRequest, outline: Outline, seen_version: int, person: Person, actor: Actor
) -> Project:
    """Make a request a project of the entity that leads it, with the State, the theme, the entities that take part and
    the answers to the safeguards. It is read by as many as the request. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "project")
    _insist_on_safeguards(viewer, current)
    insist_on_texts(outline.title, outline.description)
    if not outline.reference.strip() or not outline.title.strip():
        raise RequestRefused(_("A project has a reference at its entity, and a title."))
    if outline.starts_on and outline.ends_on and outline.ends_on < outline.starts_on:
        raise RequestRefused(_("It would end before it begins."))
    if outline.status not in Status.values:
        raise RequestRefused(_("Say how far the project has come."))
    answered = [each for each in questions_of(viewer, current) if each.answer is not None]
    safeguards = [
        Safeguarded(each.safeguard, each.answer.respected, each.answer.how) for each in answered if each.answer
    ]
    try:
        with transaction.atomic():
            made = create_project(
                report=_reported(current, outline), working_group=None, safeguards=safeguards,
                provenance=current.provenance, actor=actor,
            )  # fmt: skip
    except IntegrityError:
        raise RequestRefused(_("The entity has a project of that reference already.")) from None
    current.became_project = made
    move(current, "project")
    note(current, AssistanceStep.Done.PROJECT, viewer, about=current.lead)
    return made


@action
def record_plan(
    *, asked: AssistanceRequest, reason: str, seen_version: int, person: Person, actor: Actor
) -> AssistanceRequest:
    """Record that a request became a plan of action, and which. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "plan", reason)
    _insist_on_safeguards(viewer, current)
    return _ended(viewer, current, "plan", AssistanceStep.Done.PLAN, reason)


@action
def record_joined(
    *, asked: AssistanceRequest, reason: str, seen_version: int, person: Person, actor: Actor
) -> AssistanceRequest:
    """Record that the State joined the programme. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "join", reason)
    return _ended(viewer, current, "join", AssistanceStep.Done.JOINED, reason)


@action
def close_request(
    *, asked: AssistanceRequest, reason: str, seen_version: int, person: Person, actor: Actor
) -> AssistanceRequest:
    """Close a request with a reason that the State reads. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "close", reason)
    known = rules_now()
    days = known.objection.days if known is not None and known.objection is not None else 0
    # A State objects once: what was opened again and is closed anew is closed.
    current.object_until = due_after(timezone.localdate(), days) if current.objected_on is None else None
    current.closed_by = person
    return _ended(viewer, current, "close", AssistanceStep.Done.CLOSED, reason)


@action
def object_to_closing(
    *, asked: AssistanceRequest, reason: str, seen_version: int, person: Person, actor: Actor
) -> AssistanceRequest:
    """Object for a State to the closing of its request, once. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "object", reason)
    current.objected_on = timezone.localdate()
    return _ended(viewer, current, "object", AssistanceStep.Done.OBJECTED, reason)


@action
def reopen_request(
    *, asked: AssistanceRequest, reason: str, seen_version: int, person: Person, actor: Actor
) -> AssistanceRequest:
    """Open a request again as its State objects: entities are asked anew. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "reopen", reason)
    current.lead = current.object_until = current.closed_by = None
    return _ended(viewer, current, "reopen", AssistanceStep.Done.REOPENED, reason)


@action
def uphold_closing(
    *, asked: AssistanceRequest, reason: str, seen_version: int, person: Person, actor: Actor
) -> AssistanceRequest:
    """Answer an objection: the closing stands, for a reason that the State reads. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "uphold", reason)
    return _ended(viewer, current, "uphold", AssistanceStep.Done.UPHELD, reason)


@action
def withdraw_request(
    *, asked: AssistanceRequest, reason: str, seen_version: int, person: Person, actor: Actor
) -> AssistanceRequest:
    """Withdraw a request, as its State. Nothing is deleted. Raises :class:`RequestRefused`."""
    viewer, current = for_step(asked, person, seen_version, "withdraw", reason)
    return _ended(viewer, current, "withdraw", AssistanceStep.Done.WITHDRAWN, reason)


def _ended(viewer: Viewer, current: AssistanceRequest, step: str, done: str, reason: str) -> AssistanceRequest:
    move(current, step, reason)
    note(current, done, viewer, reason)
    return current


def _insist_on_safeguards(viewer: Viewer, current: AssistanceRequest) -> None:
    open_questions = [each for each in questions_of(viewer, current) if each.answer is None]
    if open_questions:
        text = _("%(number)s questions of the safeguards are still open: nothing comes of the request before them.")
        raise RequestRefused(text % {"number": len(open_questions)})


def _reported(current: AssistanceRequest, outline: Outline) -> ReportedProject:
    """The project as the portfolio takes it in. Its note of origin stays empty, since it may be read by more people
    one day: the request names the project, and is found from it by those who read both."""
    assert current.lead is not None
    confidential = current.level == Level.RESTRICTED
    passed = AssistancePassing.objects.unscoped(WHY).filter(of_request=current).select_related("entity")
    others = [each for each in passed.order_by("pk") if each.entity_id != current.lead_id]
    partners = [each.entity for each in others if each.answer == AssistancePassing.Answer.INTERESTED]
    theme = current.asked_theme
    return ReportedProject(
        reference=outline.reference.strip(),
        title=outline.title.strip(),
        entity=current.lead.code,
        status=outline.status,
        description=outline.description.strip(),
        scope=Scope.NATIONAL,
        pillar=theme.pillar.code if theme is not None and theme.pillar is not None else None,
        level=Level.RESTRICTED if confidential else Level.COMPACT,
        state=current.country.code if confidential else None,
        named_entities=tuple(each.entity.code for each in others) if confidential else (),
        origin=Origin.REQUEST,
        starts_on=outline.starts_on,
        ends_on=outline.ends_on,
        themes=(theme.code,) if theme is not None else (),
        countries=(ReportedPlace(current.country.code),),
        partners=tuple(
            ReportedPartner(each.name, ProjectPartner.PartnerRole.IMPLEMENTING, each.code) for each in partners
        ),
    )
