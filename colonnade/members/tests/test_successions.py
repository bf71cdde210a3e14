"""Entities merge, split and are renamed: who answers for what from which day, and what stays as it was."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.entity_actions import (
    EntityRefused,
    Stated,
    record_succession,
    rename_entity,
    withdraw_succession,
)
from colonnade.members.models import Entity, FormerName, Person, RoleHeld, Succession
from colonnade.members.queries import viewer_for
from colonnade.members.successions import chain_after, chain_before, ended_by, names_on

pytestmark = pytest.mark.django_db

START, DAY = date(2019, 1, 1), date(2020, 6, 1)
BEFORE = DAY - timedelta(days=1)
MERGED, SPLIT = Succession.Kind.MERGED, Succession.Kind.SPLIT


def entity(code: str) -> Entity:
    found, _ = Entity.objects.get_or_create(
        code=code, defaults={"abbreviation": code, "name": code.title(), "kind": "x", "role": "member", "source": "s"}
    )
    return found


def entities(codes: str) -> list[Entity]:
    return [entity(code) for code in codes.split()]


def person(name: str, role: Role, code: str = "") -> Person:
    made = Person.objects.create(email=f"{name}@demo.example", name=name)
    RoleHeld.objects.create(person=made, role=role, entity=entity(code) if code else None, starts_on=START)
    return made


@pytest.fixture
def officer() -> Person:
    return person("officer", Role.SECRETARIAT)


def record(officer: Person, kind: Succession.Kind, before: str, after: str, on: date = DAY) -> Succession:
    return record_succession(
        kind=kind,
        predecessors=entities(before),
        successors=entities(after),
        stated=Stated(on, "Resolution 1"),
        person=officer,
        actor=Actor("officer", officer.pk),
    )


def acted_for(who: Person, on: date) -> set[str]:
    return set(viewer_for(who, on).entity_ids)


def test_people_of_a_successor_act_for_what_merged_into_it_from_that_day_on(officer: Person) -> None:
    successor, predecessor = person("new", Role.ENTITY, "NEW"), person("old", Role.ENTITY, "OLD")
    record(officer, MERGED, "OLD OTHER", "NEW")
    assert acted_for(successor, BEFORE) == {"NEW"}
    assert acted_for(successor, DAY) == {"NEW", "OLD", "OTHER"}
    assert acted_for(predecessor, DAY) == {"OLD"}


def test_it_goes_through_several_successions(officer: Person) -> None:
    record(officer, MERGED, "FIRST", "SECOND", START)
    record(officer, MERGED, "SECOND", "THIRD", DAY)
    assert acted_for(person("third", Role.ENTITY, "THIRD"), DAY) == {"FIRST", "SECOND", "THIRD"}
    assert acted_for(person("second", Role.ENTITY, "SECOND"), BEFORE) == {"FIRST", "SECOND"}


def test_whoever_takes_others_in_goes_on_and_does_not_follow_itself(officer: Person) -> None:
    record(officer, MERGED, "SMALL LARGE", "LARGE")
    assert ended_by(DAY) == {"SMALL": DAY}
    assert acted_for(person("large", Role.ENTITY, "LARGE"), DAY) == {"LARGE", "SMALL"}


def test_every_part_of_a_split_answers_for_the_whole_unless_the_whole_goes_on(officer: Person) -> None:
    record(officer, SPLIT, "WHOLE", "EAST WEST")
    record(officer, SPLIT, "MOTHER", "MOTHER CHILD")
    assert acted_for(person("east", Role.ENTITY, "EAST"), DAY) == {"EAST", "WHOLE"}
    assert acted_for(person("child", Role.ENTITY, "CHILD"), DAY) == {"CHILD"}
    assert ended_by(DAY) == {"WHOLE": DAY}


def test_a_succession_withdrawn_gives_nothing_at_once(officer: Person) -> None:
    successor = person("new", Role.ENTITY, "NEW")
    made = record(officer, MERGED, "OLD", "NEW")
    withdraw_succession(succession=made, person=officer, actor=Actor("officer", officer.pk))
    assert acted_for(successor, DAY) == {"NEW"}
    assert ended_by(DAY) == {}
    with pytest.raises(EntityRefused, match="withdrawn already"):
        withdraw_succession(succession=made, person=officer, actor=Actor("officer", officer.pk))
    assert Succession.objects.filter(pk=made.pk).exists()


def test_the_chain_is_told_in_both_directions(officer: Person) -> None:
    first = record(officer, MERGED, "A B", "C", START)
    second = record(officer, SPLIT, "C", "D E", DAY)
    assert chain_after(entity("A")) == [first, second]
    assert chain_before(entity("D")) == [second, first]
    assert chain_before(entity("A")) == chain_after(entity("E")) == []


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [(MERGED, "A", "A"), (MERGED, "A B", "C D"), (MERGED, "", "C"), (SPLIT, "A B", "C D"), (SPLIT, "A", "B")],
)
def test_a_succession_that_says_nothing_is_refused(
    officer: Person, kind: Succession.Kind, before: str, after: str
) -> None:
    with pytest.raises(EntityRefused):
        record(officer, kind, before, after)
    assert not Succession.objects.exists()


def test_what_ended_does_not_end_again_and_nothing_merges_into_it(officer: Person) -> None:
    record(officer, MERGED, "A", "B")
    with pytest.raises(EntityRefused, match="ended before that day"):
        record(officer, MERGED, "C", "A", DAY + timedelta(days=1))
    with pytest.raises(EntityRefused, match="recorded already"):
        record(officer, MERGED, "A", "C", START)


@pytest.mark.parametrize("role", [Role.ENTITY, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_but_the_secretariat_records_it(role: Role) -> None:
    outsider = person("outsider", role, "A" if role == Role.ENTITY else "")
    with pytest.raises(EntityRefused, match="Only the secretariat"):
        record(outsider, MERGED, "B", "A")


def rename(officer: Person, to: str, on: date = DAY) -> FormerName:
    return rename_entity(
        entity=entity("A"),
        abbreviation=to,
        name=f"The {to}",
        stated=Stated(on, "Resolution 2"),
        person=officer,
        actor=Actor("officer", officer.pk),
    )


def test_a_renamed_entity_keeps_its_code_and_its_former_names_with_their_days(officer: Person) -> None:
    entity("A")
    rename(officer, "ALPHA", START)
    rename(officer, "OMEGA", DAY)
    assert (entity("A").abbreviation, entity("A").name) == ("OMEGA", "The OMEGA")
    assert {code: each.abbreviation for code, each in names_on(BEFORE).items()} == {"A": "ALPHA"}
    assert {code: each.abbreviation for code, each in names_on(START - timedelta(days=1)).items()} == {"A": "A"}
    assert names_on(DAY) == {}


def test_names_are_recorded_in_their_order_and_once_they_are_in_use(officer: Person) -> None:
    rename(officer, "ALPHA")
    for to, on in (("OMEGA", DAY), ("OMEGA", START), ("OMEGA", timezone.localdate() + timedelta(days=1))):
        with pytest.raises(EntityRefused):
            rename(officer, to, on)
    with pytest.raises(EntityRefused, match="already"):
        rename(officer, "ALPHA", DAY + timedelta(days=1))


def test_all_of_it_is_in_the_log(officer: Person) -> None:
    record(officer, MERGED, "A", "B")
    rename(officer, "OMEGA")
    found = Event.objects.filter(person_id=officer.pk).values_list("action", "table_name")
    assert {
        ("record_succession", "members_succession"),
        ("record_succession", "members_succession_predecessors"),
        ("record_succession", "members_succession_successors"),
        ("rename_entity", "members_formername"),
        ("rename_entity", "members_entity"),
    } <= set(found)
