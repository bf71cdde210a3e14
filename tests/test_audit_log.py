"""Every change leaves an event, however it is made, and no event can be changed."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from colonnade.audit.actions import action
from colonnade.audit.models import Event
from colonnade.audit.personal import revealed
from colonnade.audit.queries import high_water_mark
from colonnade.core.actor import Actor
from colonnade.places.models import Region

pytestmark = pytest.mark.django_db

CLERK = Actor("a clerk", person_id=7, request_id="r-1")
#: Apps whose tables are not the registry's: sessions, permissions, and the log itself.
NOT_AUDITED = {"audit", "contenttypes", "auth", "sessions", "messages", "staticfiles", "humanize", "web"}


@action
def name_region(*, code: str, name: str, actor: Actor) -> Region:  # noqa: ARG001  # for the decorator
    return Region.objects.create(code=code, name=name)


@action
def name_two(*, actor: Actor) -> None:  # noqa: ARG001  # for the decorator
    name_region(code="A", name="a", actor=Actor("somebody else"))
    Region.objects.create(code="B", name="b")


def test_an_insert_names_its_actor_and_what_was_written() -> None:
    region = name_region(code="R", name="North", actor=CLERK)
    event = Event.objects.get(table_name="places_region")
    assert (event.person_id, event.action, event.request_id) == (7, "name_region", "r-1")
    assert [shown.actor for shown in revealed([event])] == ["a clerk"]
    assert (event.operation, event.row_id, event.before) == ("INSERT", str(region.pk), None)
    assert event.after is not None
    assert event.after["name"] == "North"


def test_a_bulk_update_leaves_one_event_for_each_row() -> None:
    Region.objects.bulk_create([Region(code=str(number), name="old") for number in range(3)])
    Region.objects.update(name="new")
    events = Event.objects.filter(table_name="places_region", operation="UPDATE")
    assert list(events.values_list("before__name", "after__name")) == [("old", "new")] * 3


def test_raw_sql_is_caught_and_said_to_come_from_outside() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_region (code, name, fictional, position, source, source_kind, note)"
            " VALUES ('R', 'x', false, 0, '', 'public', '')",
        )
        cursor.execute("DELETE FROM places_region")
    assert list(Event.objects.order_by("id").values_list("actor", "operation")) == [
        ("outside the application", "INSERT"),
        ("outside the application", "DELETE"),
    ]


def test_an_action_inside_another_gives_the_name_back() -> None:
    name_two(actor=CLERK)
    shown = revealed(Event.objects.all())
    assert {(one.after or {})["code"]: one.actor for one in shown} == {"A": "somebody else", "B": "a clerk"}


def test_an_action_without_an_actor_is_refused() -> None:
    with pytest.raises(TypeError, match="actor"):
        name_region(code="R", name="x")  # type: ignore[call-arg]  # the missing argument is what is tested


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_log_is_only_ever_added_to(statement: str) -> None:
    name_region(code="R", name="x", actor=CLERK)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 1


def test_every_change_moves_the_high_water_mark() -> None:
    before = high_water_mark()
    name_region(code="R", name="x", actor=CLERK)
    assert high_water_mark() > before


def test_every_table_of_the_registry_is_under_audit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_object_table, event_manipulation FROM information_schema.triggers")
        watched = set(cursor.fetchall())
    expected = {
        (model._meta.db_table, change)
        for app in apps.get_app_configs()
        if app.label not in NOT_AUDITED
        for model in app.get_models(include_auto_created=True)
        for change in ("INSERT", "UPDATE", "DELETE")
    }
    assert expected - watched == set()


def test_a_password_never_reaches_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_person (password, email, name, is_active, public_id)"
            " VALUES ('hash', 'a@demo.example', 'A', true, 'a')"
        )
    [shown] = revealed([Event.objects.get(table_name="members_person")])
    assert shown.after is not None
    assert "password" not in shown.after
    assert shown.after["email"] == "a@demo.example"


def test_a_sign_in_makes_no_snapshot_stale() -> None:
    name_region(code="R", name="x", actor=CLERK)
    before = high_water_mark()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_person (password, email, name, is_active, public_id)"
            " VALUES ('x', 'b@demo.example', 'B', true, 'b')"
        )
    assert high_water_mark() == before
