"""Every write about what became of entities: they merge, split, are renamed. Nothing that they reported is touched."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.access import why_not_change_entities
from colonnade.members.models import Entity, FormerName, Person, Succession
from colonnade.members.queries import viewer_for
from colonnade.members.successions import ended_by


class EntityRefused(ValueError):
    """What was asked for may not be done; the text says why."""


@dataclass(frozen=True, slots=True)
class Stated:
    """When something became so, which decision says it, and what is to be known about it."""

    on: date
    source: str
    reason: str = ""


@action
def record_succession(
    *,
    kind: Succession.Kind,
    predecessors: Collection[Entity],
    successors: Collection[Entity],
    stated: Stated,
    person: Person,
    actor: Actor,  # noqa: ARG001  # for the decorator
) -> Succession:
    """Note that ``predecessors`` gave way to ``successors``. From that day on, people of a successor act for those
    that ended. Raises :class:`EntityRefused`.
    """
    _insist(why_not_change_entities(viewer_for(person, timezone.localdate())))
    # Two successions that are recorded at once are one after the other.
    before, after = _locked(predecessors), _locked(successors)
    _insist(_why_not_this(kind, before, after, stated))
    made = Succession.objects.create(
        kind=kind,
        took_effect_on=stated.on,
        source=stated.source.strip(),
        reason=stated.reason.strip(),
        recorded_by=person,
    )
    made.predecessors.set(before)
    made.successors.set(after)
    return made


@action
def withdraw_succession(*, succession: Succession, person: Person, actor: Actor) -> None:  # noqa: ARG001  # as above
    """Take back a succession that was recorded in error, with effect at once. Raises :class:`EntityRefused`."""
    _insist(why_not_change_entities(viewer_for(person, timezone.localdate())))
    standing = Succession.objects.standing().filter(pk=succession.pk)
    if not standing.update(withdrawn_at=Now(), withdrawn_by=person):
        raise EntityRefused(_("This was withdrawn already."))


@action
def rename_entity(
    *,
    entity: Entity,
    abbreviation: str,
    name: str,
    stated: Stated,
    person: Person,
    actor: Actor,  # noqa: ARG001  # as above
) -> FormerName:
    """Give ``entity`` another name and keep the one that it had. Raises :class:`EntityRefused`."""
    _insist(why_not_change_entities(viewer_for(person, timezone.localdate())))
    [held] = _locked([entity])
    abbreviation, name = " ".join(abbreviation.split()), " ".join(name.split())
    if not abbreviation or not name or not stated.source.strip():
        raise EntityRefused(_("Say the new abbreviation, the new name, and which decision or document gives it."))
    if (abbreviation, name) == (held.abbreviation, held.name):
        raise EntityRefused(_("This is what it is called already."))
    if stated.on > timezone.localdate():
        raise EntityRefused(_("The day is still to come: record the name once it is in use."))
    last = FormerName.objects.filter(entity=held).order_by("-renamed_on").first()
    if last is not None and last.renamed_on >= stated.on:
        raise EntityRefused(_("It was renamed on that day or later already. Names are recorded in their order."))
    kept = FormerName.objects.create(
        entity=held,
        abbreviation=held.abbreviation,
        name=held.name,
        renamed_on=stated.on,
        source=stated.source.strip(),
        reason=stated.reason.strip(),
        recorded_by=person,
    )
    held.abbreviation, held.name = abbreviation, name
    held.save(update_fields=["abbreviation", "name"])
    return kept


def _locked(entities: Collection[Entity]) -> list[Entity]:
    keys = [entity.pk for entity in entities]
    return list(Entity.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _why_not_this(
    kind: Succession.Kind, before: Sequence[Entity], after: Sequence[Entity], stated: Stated
) -> str | None:
    """Whether a succession says something, and does not contradict those that are known."""
    if not stated.source.strip():
        return _("Say which decision or document says so.")
    if kind == Succession.Kind.MERGED and (len(after) != 1 or not set(before) - set(after)):
        return _("Entities merge into one, new or one of them: choose those that end, and the one that goes on.")
    if kind == Succession.Kind.SPLIT and (len(before) != 1 or not set(after) - set(before)):
        return _("One entity is split: choose it, and those that it was split into.")
    if kind == Succession.Kind.SPLIT and len(after) < 2:  # two parts make a split
        return _("A split has two parts at least. One that goes on under the old name is chosen as well.")
    ended = ended_by(stated.on)
    if gone := [entity for entity in (*before, *after) if entity.code in ended]:
        return _("%(entities)s: ended before that day already.") % {"entities": ", ".join(map(str, gone))}
    later = ended_by(date.max)
    if gone := [entity for entity in before if entity not in after and entity.code in later]:
        return _("%(entities)s: its end is recorded already.") % {"entities": ", ".join(map(str, gone))}
    return None


def _insist(why_not: str | None) -> None:
    if why_not:
        raise EntityRefused(why_not)
