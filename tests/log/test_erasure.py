"""Personal details are erased out of the log, and its chain holds."""

import psycopg
import pytest

from colonnade.audit.checking import Kind
from colonnade.audit.models import Event, PersonalDetail
from colonnade.audit.personal import ERASED, NotErased, erase_personal_details, revealed
from colonnade.audit.sealing import seal_waiting
from colonnade.audit.verification import verify_database
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from tests.log.conftest import CLERK, Registry

OFFICER = Actor("Olu Officer", person_id=8)


@pytest.fixture
def person(registry: Registry) -> Person:
    """Somebody who was renamed once; sealed."""
    person = Person.objects.create(email="bo@demo.example", name="Bo Before")
    person.name = "Bo After"
    person.save()
    registry.anchors += seal_waiting().heads
    return person


def test_details_are_shown_as_they_were_and_not_held_by_the_events(person: Person) -> None:
    _made, renamed = revealed(Event.objects.filter(table_name="members_person").order_by("id"))
    assert (renamed.before or {})["name"] == "Bo Before"
    assert (renamed.after or {})["name"] == "Bo After"
    held = renamed.event
    before, after = held.before or {}, held.after or {}
    assert before["email"] == after["email"] != "bo@demo.example", "what stayed the same shows as the same"
    assert str(person.pk) == held.row_id


def test_the_chain_holds_after_an_erasure_which_is_itself_in_it(registry: Registry, person: Person) -> None:
    gone = erase_personal_details(person_id=person.pk, reason="Asked for on 3 May", actor=OFFICER)
    assert gone == 3
    registry.anchors += seal_waiting().heads
    verified = verify_database(registry.anchors)
    assert verified.holds
    assert "3 personal details erased, each with its erasure event" in set(verified.lines())
    erasures = Event.objects.filter(operation="ERASE")
    assert {(event.after or {})["reason"] for event in erasures} == {"Asked for on 3 May"}
    assert {shown.actor for shown in revealed(erasures)} == {"Olu Officer"}
    assert registry.ask("SELECT count(*) FROM audit_personal WHERE value LIKE '%Bo %' OR value LIKE '%bo@%'") == 0


def test_what_was_erased_is_shown_as_erased(person: Person) -> None:
    erase_personal_details(person_id=person.pk, reason="Asked for", actor=OFFICER)
    for shown in revealed(Event.objects.filter(table_name="members_person")):
        assert (shown.after or {})["name"] == str(ERASED)


def test_the_name_of_an_actor_is_erased_as_well(registry: Registry) -> None:
    assert erase_personal_details(person_id=CLERK.person_id or 0, reason="Left", actor=OFFICER) == 1
    [shown] = revealed(Event.objects.filter(after__code="R4"))
    assert shown.actor == str(ERASED)
    seal_waiting()
    assert verify_database(registry.anchors).holds


def test_nobody_erases_without_a_reason_or_their_own_details(person: Person) -> None:
    with pytest.raises(NotErased):
        erase_personal_details(person_id=person.pk, reason=" ", actor=OFFICER)
    with pytest.raises(NotErased):
        erase_personal_details(person_id=8, reason="x", actor=OFFICER)
    assert PersonalDetail.objects.filter(person_id=person.pk).count() == 3


def test_a_detail_that_went_another_way_is_named(registry: Registry, person: Person) -> None:
    with psycopg.connect(registry.urls.owner) as owner:
        owner.execute("ALTER TABLE audit_personal DISABLE TRIGGER USER")
        owner.execute("DELETE FROM audit_personal WHERE person_id = %s", [person.pk])
        owner.execute("ALTER TABLE audit_personal ENABLE TRIGGER USER")
    verified = verify_database(registry.anchors)
    assert {finding.kind for finding in verified.findings} == {Kind.DETAIL_LOST}


def test_a_detail_that_was_altered_is_named(registry: Registry, person: Person) -> None:  # noqa: ARG001  # has details
    registry.as_owner("UPDATE audit_personal SET value = '\"Eve\"' WHERE value = '\"Bo After\"'")
    [finding] = verify_database(registry.anchors).findings
    assert finding.kind is Kind.DETAIL_ALTERED
