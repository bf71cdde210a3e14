"""People for the tests of administering people."""

from datetime import date, timedelta

from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.access import FOR_A_STATE, FOR_AN_ENTITY
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.places.models import Country, Region

ACTOR = Actor("a test")


def somebody(name: str, *roles: Role) -> Person:
    """A person who came in long ago and holds ``roles``: an entity's for ``OLD``, a State's for ``QZZ``."""
    person = Person.objects.create(email=f"{name}@office.example", name=name.title())
    for role in roles:
        RoleHeld.objects.create(
            person=person,
            role=role,
            entity=_entity() if role == Role.ENTITY else None,
            country=_state() if role in (Role.STATE, Role.COORDINATOR) else None,
            starts_on=timezone.localdate() - timedelta(days=400),
        )
    return person


def hold(person: Person, role: Role, *, since: date) -> RoleHeld:
    """Let ``person`` hold ``role``, for the first entity and State that there are where it is held for one."""
    return RoleHeld.objects.create(
        person=person,
        role=role,
        entity=Entity.objects.first() if role in FOR_AN_ENTITY else None,
        country=Country.objects.first() if role in FOR_A_STATE else None,
        starts_on=since,
    )


def _entity() -> Entity:
    known = {"abbreviation": "OLD", "name": "Old Office", "kind": "office", "role": "member", "source": "s"}
    return Entity.objects.get_or_create(code="OLD", defaults=known)[0]


def _state() -> Country:
    region = Region.objects.get_or_create(code="Z", defaults={"name": "Another region", "fictional": True})[0]
    known = {"name": "Elsewhere", "region": region, "standing": "fictional"}
    return Country.objects.get_or_create(code="QZZ", defaults=known)[0]
