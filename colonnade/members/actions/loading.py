"""Writing what a strategy or a demonstration brings along: publishers, demo people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.places.models import Country


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whom a visitor of a demonstration can step in as. Nobody real."""

    email: str
    name: str
    role: Role
    entity: str | None = None
    country: str | None = None


@action
def welcome_demo_people(*, people: Sequence[DemoPerson], password: str, on: date, actor: Actor) -> int:
    """Make the demo people that are not there yet, each with one role from ``on``; return how many were made."""
    known = set(Person.objects.filter(email__in=[person.email for person in people]).values_list("email", flat=True))
    entities = dict(Entity.objects.values_list("code", "pk"))
    countries = dict(Country.objects.values_list("code", "pk"))
    new = [person for person in people if person.email not in known]
    for demo in new:
        person = Person(email=demo.email, name=demo.name)
        person.set_password(password)
        person.save()
        RoleHeld.objects.create(
            person=person,
            role=demo.role,
            entity_id=entities[demo.entity] if demo.entity else None,
            country_id=countries[demo.country] if demo.country else None,
            starts_on=on,
        )
    return len(new)


@dataclass(frozen=True, slots=True)
class PublishingOrganisation:
    """An organisation outside the strategy that publishes activities. ``code`` is its reference in the standard."""

    code: str
    name: str
    kind: str


@action
def list_publishers(*, publishers: Sequence[PublishingOrganisation], source: str, actor: Actor) -> int:
    """List the organisations that are not listed yet, and return how many they were. Listed ones keep what they say."""
    listed = set(Entity.objects.filter(code__in=[one.code for one in publishers]).values_list("code", flat=True))
    new = [
        Entity(
            code=one.code,
            abbreviation=one.code,
            name=one.name,
            kind=one.kind,
            role=Entity.EntityRole.PUBLISHER,
            iati_ref=one.code,
            source=source,
            source_kind=Entity.SourceKind.PUBLIC,
        )
        for one in publishers
        if one.code not in listed
    ]
    Entity.objects.bulk_create(new)
    return len(new)
