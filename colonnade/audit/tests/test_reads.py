"""Reads of restricted rows leave events that count as no change."""

import pytest

from colonnade.audit.models import Event
from colonnade.audit.queries import high_water_mark, last_event_at
from colonnade.audit.reads import note_reads
from colonnade.core.actor import Actor

pytestmark = pytest.mark.django_db

READER = Actor("a reader", person_id=7, request_id="r-9")


def test_a_read_says_who_read_which_rows_on_which_page() -> None:
    assert note_reads(table="needs_recommendation", row_ids=[4, 5, 4], what="need-page", actor=READER) == 2
    events = Event.objects.filter(operation="READ").order_by("row_id")
    assert [
        (event.person_id, event.action, event.request_id, event.table_name, event.row_id, event.before, event.after)
        for event in events
    ] == [
        (7, "need-page", "r-9", "needs_recommendation", "4", None, None),
        (7, "need-page", "r-9", "needs_recommendation", "5", None, None),
    ]


def test_reading_nothing_leaves_nothing() -> None:
    assert note_reads(table="needs_recommendation", row_ids=[], what="needs", actor=READER) == 0
    assert not Event.objects.exists()


def test_a_read_makes_no_snapshot_stale_and_is_no_change() -> None:
    before, last = high_water_mark(), last_event_at()
    note_reads(table="needs_recommendation", row_ids=[4], what="need-page", actor=READER)
    assert (high_water_mark(), last_event_at()) == (before, last)
    assert not Event.objects.changes().exists()


def test_many_reads_are_one_statement(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]  # a fixture
    with django_assert_max_num_queries(6):  # a savepoint, the actor's settings before, during and after, the statement
        note_reads(table="needs_recommendation", row_ids=range(500), what="needs", actor=READER)
