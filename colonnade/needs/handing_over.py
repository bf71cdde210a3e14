"""A focal point who leaves passes on what is open to a colleague: what it is, and the action that does it.

Open are the views that they saved and the proposals to open a need that they made and nobody decided yet. Roles end
with it, on a day. It stands here, above members, because proposals are part of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.access import why_not_hand_over, why_not_take_over
from colonnade.members.models import HandedOver, Handover, Person, RoleHeld, SavedView
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Lifting

_WHY: Final = "an action that hands over what is open"


class HandoverRefused(ValueError):
    """It cannot be handed over like this; the text says why."""


@dataclass(frozen=True, slots=True)
class Open:
    """What of somebody's is open: the views that they saved, the proposals that wait for a second person."""

    views: list[SavedView]
    proposals: list[Lifting]


def open_of(role: RoleHeld) -> Open:
    """What is open of the person who holds ``role``, as far as it goes with that role."""
    return Open(list(_views(role)), list(_proposals(role).select_related("recommendation__country")))


def colleagues_of(role: RoleHeld, on: date) -> list[Person]:
    """Those to whom it can be passed on: the people with the same role for the same entity or State on ``on``."""
    same = RoleHeld.objects.filter(role=role.role, entity=role.entity_id, country=role.country_id)
    held = same.filter(person__is_active=True).exclude(person=role.person_id).select_related("person")
    return list({one.person_id: one.person for one in held.order_by("person__name") if one.held_on(on)}.values())


@action
def hand_over(
    *,
    role: RoleHeld,
    to: Person,
    last_day: date,
    note: str,
    take_back: Collection[str] = (),
    person: Person,
    actor: Actor,  # noqa: ARG001  # for the decorator
) -> Handover:
    """Pass on what is open under ``role`` to the colleague ``to``, and end the role after ``last_day``.

    Proposals whose public identifiers are in ``take_back`` are taken back; the colleague answers for the others from
    now on, and does not decide them. Raises :class:`HandoverRefused`.
    """
    held = RoleHeld.objects.select_for_update(of=("self",)).select_related("person").get(pk=role.pk)
    # Names of the colleague's own views stay free until this is done.
    to = Person.objects.select_for_update().get(pk=to.pk)
    today = timezone.localdate()
    _insist(why_not_hand_over(viewer_for(person, today), held))
    _insist(why_not_take_over(held, to, list(to.roles_held.all()), today))
    if Handover.objects.unscoped(_WHY).filter(role=held).exists():
        raise HandoverRefused(_("What was open under this role was handed over already."))
    _end_role(held, last_day)
    made = Handover.objects.unscoped(_WHY).create(
        role=held, from_person=held.person, to_person=to, note=note.strip(), made_by=person
    )
    for view in _views(held).select_for_update():
        _pass_view(view, to)
        _note(made, HandedOver.Kind.VIEW, view.public_id, HandedOver.Fate.PASSED_ON)
    for proposal in _proposals(held).select_for_update():
        back = proposal.public_id in take_back
        one = Lifting.objects.unscoped(_WHY).filter(pk=proposal.pk)
        if back:
            one.update(standing=Lifting.Standing.TAKEN_BACK, decided_at=Now())
        else:
            one.update(handed_to=to)
        fate = HandedOver.Fate.TAKEN_BACK if back else HandedOver.Fate.PASSED_ON
        _note(made, HandedOver.Kind.PROPOSAL, proposal.public_id, fate)
    return made


def _views(role: RoleHeld) -> QuerySet[SavedView]:
    """The person's views that go with the role: those shared with its entity, and those that are theirs alone."""
    own = SavedView.objects.unscoped(_WHY).filter(person=role.person_id, ended_at__isnull=True)
    return own.filter(Q(shared_with__isnull=True) | Q(shared_with=role.entity_id)) if role.entity_id else own


def _proposals(role: RoleHeld) -> QuerySet[Lifting]:
    """The proposals that wait and that the person made or took over; a State's focal point's are about that State."""
    mine = Q(proposed_by=role.person_id, handed_to__isnull=True) | Q(handed_to=role.person_id)
    waiting = Lifting.objects.unscoped(_WHY).filter(mine, standing=Lifting.Standing.PROPOSED)
    return waiting.filter(recommendation__country=role.country_id) if role.country_id else waiting


def _end_role(role: RoleHeld, last_day: date) -> None:
    """A role that ends earlier anyway keeps its end."""
    if last_day < role.starts_on:
        raise HandoverRefused(_("The last day lies before the first day of the role."))
    if role.ends_on is None or last_day < role.ends_on:
        role.ends_on = last_day
        role.save(update_fields=["ends_on"])


def _pass_view(view: SavedView, to: Person) -> None:
    """The view is the colleague's from now on, under a name that they do not have yet."""
    taken = set(
        SavedView.objects.unscoped(_WHY)
        .filter(person=to, page=view.page, ended_at__isnull=True)
        .values_list("title", flat=True)
    )
    title, number = view.title, 2
    while title in taken:
        mark = f" ({number})"
        title, number = view.title[: SavedView.TITLE_LENGTH - len(mark)] + mark, number + 1
    SavedView.objects.unscoped(_WHY).filter(pk=view.pk).update(person=to, title=title)


def _note(handover: Handover, kind: HandedOver.Kind, record: str, fate: HandedOver.Fate) -> None:
    HandedOver.objects.unscoped(_WHY).create(handover=handover, kind=kind, record=record, fate=fate)


def _insist(why_not: str | None) -> None:
    if why_not:
        raise HandoverRefused(why_not)
