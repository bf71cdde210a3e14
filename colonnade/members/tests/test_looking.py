"""An officer looks as another role: who may, as whom, what that viewer is, and what the log says of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.audit.queries import high_water_mark
from colonnade.core.actor import Actor
from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.look_actions import LookRefused, start_looking, stop_looking
from colonnade.members.models import Entity, Look, Person, RoleHeld, SavedView
from colonnade.members.models.standing import LOOKED_AS
from colonnade.members.queries import viewer_looked_as
from colonnade.places.models import Country, Region

pytestmark = pytest.mark.django_db

DAY = date(2019, 1, 1)


def person(name: str, role: Role) -> Person:
    made = Person.objects.create(email=f"{name}@demo.example", name=name)
    RoleHeld.objects.create(person=made, role=role, starts_on=DAY)
    return made


@pytest.fixture
def officer() -> Person:
    return person("officer", Role.SECRETARIAT)


@pytest.fixture
def state() -> Country:
    region = Region.objects.create(code="R", name="The region", fictional=True)
    return Country.objects.create(code="QMA", name="Hereland", region=region, standing="fictional")


@pytest.fixture
def entity() -> Entity:
    return Entity.objects.create(code="WATER", abbreviation="WATER", name="W", kind="x", role="member", source="s")


def look(who: Person, role: str = "", entity: Entity | None = None, country: Country | None = None) -> Look:
    soon = timezone.now() + timedelta(hours=1)
    actor = Actor(who.name, who.pk)
    return start_looking(person=who, role=role, entity=entity, country=country, ends_by=soon, actor=actor)


def test_a_look_is_the_viewer_of_its_role_and_of_nobody_in_particular(
    officer: Person, state: Country, entity: Entity
) -> None:
    assert viewer_looked_as(look(officer), DAY) == PUBLIC
    assert viewer_looked_as(look(officer, Role.STATE, country=state), DAY) == Viewer(
        roles=frozenset({Role.STATE}), country_codes=frozenset({"QMA"})
    )
    assert viewer_looked_as(look(officer, Role.ENTITY, entity), DAY) == Viewer(
        roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"WATER"})
    )
    gives = Viewer(roles=frozenset({Role.DONOR}), gives_states=frozenset({state.code}))
    assert viewer_looked_as(look(officer, Role.DONOR, country=state), DAY) == gives


def test_a_look_owns_nothing_and_is_never_an_administrators(officer: Person, state: Country, entity: Entity) -> None:
    held = Viewer(user_id=officer.pk, roles=frozenset({Role.SECRETARIAT}))
    SavedView.objects.create(person=officer, page="projects", title="Mine", shared_with=entity)
    assert SavedView.objects.visible_to(held).count() == 1
    for role in ("", *LOOKED_AS):
        seen = viewer_looked_as(look(officer, role, entity, state), DAY)
        assert SavedView.objects.visible_to(seen).count() == 0, role
    with pytest.raises(LookRefused, match="administrator"):
        look(officer, Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.SECRETARIAT, Role.ENTITY, Role.STATE, Role.COORDINATOR}]
)
def test_nobody_but_the_secretariat_looks_as_somebody_else(role: Role) -> None:
    with pytest.raises(LookRefused, match="Only the secretariat"):
        look(person("other", role))


def test_a_role_that_is_held_for_somebody_is_looked_as_for_somebody(officer: Person) -> None:
    for role in (Role.ENTITY, Role.STATE, Role.ASSESSOR, Role.COORDINATOR):
        with pytest.raises(LookRefused, match="Choose"):
            look(officer, role)


def test_a_new_look_ends_the_one_before_and_stopping_ends_it(officer: Person, state: Country) -> None:
    first, second = look(officer), look(officer, Role.STATE, country=state)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert stop_looking(person=officer, actor=Actor("officer", officer.pk)) == 1
    second.refresh_from_db()
    assert second.ended_at is not None
    assert stop_looking(person=officer, actor=Actor("officer", officer.pk)) == 0


def test_start_and_end_are_in_the_log_with_as_whom_and_make_no_snapshot_stale(officer: Person, state: Country) -> None:
    before = high_water_mark()
    look(officer, Role.STATE, country=state)
    stop_looking(person=officer, actor=Actor("officer", officer.pk))
    found = list(Event.objects.filter(table_name="members_look").order_by("id"))
    assert [event.action for event in found] == ["start_looking", "stop_looking"]
    assert {event.person_id for event in found} == {officer.pk}
    started = found[0].after
    assert started is not None
    assert (started["role"], started["country_id"]) == (Role.STATE.value, state.pk)
    assert high_water_mark() == before
