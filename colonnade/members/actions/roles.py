"""Every write about the roles that people hold, and about whether they are let in."""

from datetime import date
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role, Viewer
from colonnade.members.access import (
    why_not_deactivate,
    why_not_end_role,
    why_not_grant,
    why_not_hold,
    why_not_in_time,
    why_not_reactivate,
)
from colonnade.members.models import Entity, ExtraAccess, Invitation, Person, RoleHeld
from colonnade.members.queries import holding, viewer_for
from colonnade.places.models import Country

_WHY = "an action about people"


class PeopleRefused(ValueError):
    """What was asked for may not be done; the text says why."""


class RoleWanted(Protocol):
    """A role that somebody is to hold, and for whom, from a day to a day."""

    @property
    def role(self) -> Role: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def entity(self) -> Entity | None: ...
    @property
    def country(self) -> Country | None: ...


@action
def grant_role(*, person: Person, wanted: RoleWanted, by: Person, actor: Actor) -> RoleHeld:
    """Give ``person`` a role, from the first day to the last. Raises :class:`PeopleRefused`."""
    return grant(Person.objects.select_for_update().get(pk=person.pk), wanted, by)


@action
def end_role(*, role: RoleHeld, last_day: date | None, by: Person, actor: Actor) -> RoleHeld:
    """End a role at once, or after ``last_day``. Raises :class:`PeopleRefused`."""
    _lock_administrators()
    held = RoleHeld.objects.select_for_update(of=("self",)).select_related("person").get(pk=role.pk)
    today = timezone.localdate()
    left = [person.pk for person in holding([Role.ADMINISTRATOR], last_day or today) if person.pk != held.person_id]
    _insist(why_not_end_role(now_as(by), held, left))
    if last_day is None:
        held.ended_at = timezone.now()
    elif last_day < max(today, held.starts_on) or (held.ends_on is not None and last_day > held.ends_on):
        raise PeopleRefused(
            _("The last day is today or later, within the days of the role. To end it now, leave it out.")
        )
    else:
        held.ends_on = last_day
    held.save(update_fields=["ended_at", "ends_on"])
    return held


@action
def deactivate(*, person: Person, by: Person, actor: Actor) -> Person:
    """Withdraw ``person``: from their next request on they are nobody here, links that were sent to them lead nowhere,
    and extra access ends. Their roles stay, for when they are let in again; the caller ends their sessions.

    Raises :class:`PeopleRefused`.
    """
    _lock_administrators()
    held = Person.objects.select_for_update().get(pk=person.pk)
    left = [one.pk for one in holding([Role.ADMINISTRATOR], timezone.localdate()) if one.pk != held.pk]
    _insist(why_not_deactivate(now_as(by), held, left))
    held.is_active = False
    held.save(update_fields=["is_active"])
    now = timezone.now()
    Invitation.objects.unscoped(_WHY).filter(person=held).update(secret_hash="")
    ExtraAccess.objects.unscoped(_WHY).filter(person=held).in_force(now).update(ended_at=now, ended_by=by)
    return held


@action
def reactivate(*, person: Person, by: Person, actor: Actor) -> Person:
    """Let ``person`` in again, with the roles that are in force. Raises :class:`PeopleRefused`."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    _insist(why_not_reactivate(now_as(by), held))
    held.is_active = True
    held.save(update_fields=["is_active"])
    return held


def grant(person: Person, wanted: RoleWanted, by: Person | None) -> RoleHeld:
    """The part of granting that an invitation shares: ``person`` is locked, or new."""
    _insist(why_not_grant(None if by is None else now_as(by), person))
    _insist(why_not_hold(wanted.role, wanted.entity, wanted.country))
    _insist(why_not_in_time(wanted.starts_on, wanted.ends_on, timezone.localdate()))
    same = RoleHeld.objects.filter(
        person=person, role=wanted.role, entity=wanted.entity, country=wanted.country, ended_at__isnull=True
    )
    for held in same:
        after = wanted.ends_on is not None and wanted.ends_on < held.starts_on
        before = held.ends_on is not None and held.ends_on < wanted.starts_on
        if not (after or before):
            raise PeopleRefused(_("This role is held already on some of these days."))
    return RoleHeld.objects.create(
        person=person,
        role=wanted.role,
        entity=wanted.entity,
        country=wanted.country,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
    )


def now_as(person: Person) -> Viewer:
    """The viewer that ``person`` is at this moment, read anew: what was withdrawn meanwhile does not count."""
    return viewer_for(Person.objects.get(pk=person.pk), timezone.localdate())


def _lock_administrators() -> None:
    """Two who end each other come one after the other."""
    list(RoleHeld.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR).order_by("pk"))


def _insist(reason: str | None) -> None:
    if reason:
        raise PeopleRefused(reason)
