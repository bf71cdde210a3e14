"""Filing a request for assistance, or to join a programme. Nobody files twice unawares."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.assistance.access import brings, speaks_for, why_not_file
from colonnade.needs.assistance.actions.writing import (
    WHY,
    Asked,
    RequestRefused,
    TwinsUnseen,
    cut,
    due_at,
    insist,
    insist_on_texts,
    note,
    rules,
)
from colonnade.needs.assistance.clocks import due_after
from colonnade.needs.assistance.missing import what_is_missing
from colonnade.needs.assistance.queries import likely_twins
from colonnade.needs.assistance.rules import Channel, Kind, Rules
from colonnade.needs.assistance.twins import Told
from colonnade.needs.models import (
    AssistanceNotice,
    AssistancePassing,
    AssistanceRequest,
    AssistanceStep,
    Recommendation,
)
from colonnade.places.models import Country
from colonnade.portfolio.models import Programme
from colonnade.strategy.models import Theme

_BY_COORDINATOR: Final = AssistanceRequest.Brought.COORDINATOR.value


@action
def file_request(
    *,
    country: Country,
    asked: Asked,
    twins_seen: Collection[str] = (),
    provenance: str = Provenance.REPORTED,
    person: Person,
    actor: Actor,
) -> AssistanceRequest:
    """File what ``country`` asks for; its channel says to whom it goes and who is told.

    ``twins_seen`` are the public identifiers of requests that the person was shown as likely twins. Raises
    :class:`RequestRefused`, and :class:`TwinsUnseen` where there are others.
    """
    viewer, known = viewer_for(person, timezone.localdate()), rules()
    insist(why_not_file(viewer, country))
    kind, channel = _insist(viewer, country, asked, known)
    told = Told(
        words=f"{asked.title} {asked.what}", kind=kind.code, need=asked.need.pk if asked.need else None,
        theme=asked.theme.pk if asked.theme else None,
    )  # fmt: skip
    _insist_on_twins(viewer, country, told, twins_seen)
    is_open = asked.open_to_compact or channel.readers == "compact"
    brought_by = _brought(viewer, country, asked.brought_by, asked.document)
    made = _create(
        country, person, provenance,
        level=Level.COMPACT.value if is_open else Level.RESTRICTED.value,
        kind=kind.code,
        channel=channel.code,
        title=asked.title.strip()[:200],
        what=cut(asked.what),
        why=cut(asked.why),
        answers_need=asked.need,
        asked_theme=asked.theme or _theme_of(asked.need),
        by_when=asked.by_when,
        document=asked.document.strip()[:200],
        brought_by=brought_by,
        coordinator_reads=asked.coordinator_reads or channel.to == "coordinator" or brought_by == _BY_COORDINATOR,
        touches=asked.touches if kind.safeguards else "",
        with_safeguards=kind.safeguards,
        facilitation=asked.facilitation and bool(kind.facilitation),
        sent_to=asked.sent_to if channel.to == "entity" else None,
    )  # fmt: skip
    note(made, AssistanceStep.Done.FILED, viewer, channel.title)
    _tell(made, known, viewer)
    if made.sent_to is not None:
        _ask_at_once(made, made.sent_to, viewer)
    return made


@action
def ask_to_join(
    *,
    country: Country,
    programme: Programme,
    why: str = "",
    document: str = "",
    brought_by: str = AssistanceRequest.Brought.STATE,
    open_to_compact: bool = False,
    coordinator_reads: bool = False,
    twins_seen: Collection[str] = (),
    provenance: str = Provenance.REPORTED,
    person: Person,
    actor: Actor,
) -> AssistanceRequest:
    """Ask that ``country`` may join ``programme``: whoever leads the programme has it at once.

    Raises :class:`RequestRefused`, and :class:`TwinsUnseen` as :func:`file_request`.
    """
    viewer, known = viewer_for(person, timezone.localdate()), rules()
    insist(why_not_file(viewer, country))
    if known.joining is None or programme.code not in known.joining.programmes:
        raise RequestRefused(_("States cannot ask to join this programme."))
    insist_on_texts(why, document)
    brought_by = _brought(viewer, country, brought_by, document)
    _insist_on_twins(viewer, country, Told(words=programme.title, programme=programme.pk), twins_seen)
    made = _create(
        country, person, provenance,
        level=Level.COMPACT.value if open_to_compact else Level.RESTRICTED.value,
        sort=AssistanceRequest.Sort.JOINING,
        title=programme.title[:200],
        why=cut(why),
        asked_programme=programme,
        document=document.strip()[:200],
        brought_by=brought_by,
        coordinator_reads=coordinator_reads or brought_by == _BY_COORDINATOR,
    )  # fmt: skip
    note(made, AssistanceStep.Done.FILED, viewer)
    lead = programme.lead_entity
    if lead is not None:
        today = timezone.localdate()
        made.standing, made.lead = AssistanceRequest.Standing.LED, lead
        made.due_on = due_after(today, known.joining.days)
        made.save()
        _pass_to(made, lead, _("It leads the programme."), made.due_on)
    return made


def _create(country: Country, person: Person, provenance: str, **values: Any) -> AssistanceRequest:
    today = timezone.localdate()
    return AssistanceRequest.objects.unscoped(WHY).create(
        country=country, filed_by_person=person, filed_on=today, standing_since=today, provenance=provenance,
        due_on=due_at(AssistanceRequest.Standing.FILED, today), **values,
    )  # fmt: skip


def _insist(viewer: Viewer, country: Country, asked: Asked, known: Rules) -> tuple[Kind, Channel]:
    """What is asked for must be whole, and take a channel that its kind may take."""
    if not asked.title.strip() or not asked.what.strip() or not asked.why.strip():
        raise RequestRefused(_("Say in a few words what is asked for, then what exactly, and why."))
    missing = what_is_missing(
        known, kind=asked.kind, channel=asked.channel, to_entity=asked.sent_to is not None, touches=asked.touches,
        by_when=asked.by_when, today=timezone.localdate(),
    )  # fmt: skip
    if wrong := [text for _field, text in missing]:
        raise RequestRefused(" ".join(wrong))
    kind, channel = known.kind(asked.kind), known.channel(asked.channel)
    assert kind is not None
    assert channel is not None
    insist_on_texts(asked.title, asked.what, asked.why, asked.document)
    if asked.need is not None:
        seen = Recommendation.objects.visible_to(viewer).filter(pk=asked.need.pk, country=country)
        if not seen.exists():
            raise RequestRefused(_("There is no such recommendation to this State among those that you may read."))
    return kind, channel


def _brought(viewer: Viewer, country: Country, said: str, document: str) -> str:
    """Who brought the request. A resident coordinator brings what they file, and names the letter in which the State
    asked: nobody asks in a State's name unawares."""
    if said not in AssistanceRequest.Brought.values:
        raise RequestRefused(_("Say who brought the request: the State, or the resident coordinator."))
    if not brings(viewer, country):
        return said
    if not document.strip():
        raise RequestRefused(_("Name the letter or note in which the State asked."))
    return _BY_COORDINATOR


def _insist_on_twins(viewer: Viewer, country: Country, told: Told, seen: Collection[str]) -> None:
    twins = likely_twins(viewer, country, told)
    if any(each.request.public_id not in seen for each in twins):
        raise TwinsUnseen(twins)


def _tell(made: AssistanceRequest, known: Rules, viewer: Viewer) -> None:
    """Write down who is to be told. A listed entity that is consulted reads the request from now on; what the State is
    to do itself it was told by the page on which it filed."""
    today = timezone.localdate()
    told = known.told(made.kind, made.channel, made.touches, facilitation=made.facilitation)
    for position, tell in enumerate(told, start=1):
        was_told = tell.act == AssistanceNotice.Act.APPROACH and speaks_for(viewer, made)
        AssistanceNotice.objects.unscoped(WHY).create(
            of_request=made, position=position, act=tell.act, whom=tell.whom, text=tell.text,
            done_on=today if was_told else None,
            done_note=_("The State was told when it filed the request.") if was_told else "",
        )  # fmt: skip
        entity = Entity.objects.filter(code=tell.entity).first() if tell.entity else None
        if entity is not None and entity.pk != made.sent_to_id:
            _pass_to(made, entity, tell.text, made.due_on, AssistancePassing.AskedAs.CONSULTED)


def _ask_at_once(made: AssistanceRequest, entity: Entity, viewer: Viewer) -> None:
    today = timezone.localdate()
    made.standing = AssistanceRequest.Standing.PASSED
    made.due_on = due_at(made.standing, today)
    made.save()
    _pass_to(made, entity, _("The State turned to it directly."), made.due_on)
    note(made, AssistanceStep.Done.PASSED, viewer, _("The State turned to it directly."), about=entity)


def _pass_to(
    made: AssistanceRequest,
    entity: Entity,
    why: str,
    due_on: date | None,
    asked_as: str = AssistancePassing.AskedAs.ASKED,
) -> None:
    AssistancePassing.objects.unscoped(WHY).create(
        of_request=made, entity=entity, why=why, passed_on=timezone.localdate(), due_on=due_on, asked_as=asked_as
    )


def _theme_of(need: Recommendation | None) -> Theme | None:
    """The theme of the need that is answered. That of a confidential one would tell of it to whoever reads the request
    and not the need."""
    return need.theme if need is not None and need.level != Level.RESTRICTED else None
