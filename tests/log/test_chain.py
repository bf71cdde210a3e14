"""What was done to the log is found and named, even when its owner did it with the guards switched off."""

import hashlib
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError

from colonnade.audit.anchors import Anchor
from colonnade.audit.canonical import COLUMNS, EVENT_HASH, LoggedEvent, SealedHead, event_hash, head_hash, part
from colonnade.audit.checking import Kind
from colonnade.audit.exported import ExportUnreadable, write_export
from colonnade.audit.models import Event, Head
from colonnade.audit.personal import revealed
from colonnade.audit.sealing import LOCK, seal_waiting
from colonnade.audit.verification import Verified, verify_database, verify_export
from colonnade.places.models import Region
from tests.log.conftest import CLERK, Registry, add_regions

#: The event of the fifth region, in the second head of regions.
FIFTH = "(SELECT id FROM audit_event WHERE after->>'code' = 'R4')"
ELEVENTH = "(SELECT id FROM audit_event WHERE after->>'code' = 'R10')"
SIXTH = "(SELECT id FROM audit_event WHERE after->>'code' = 'R5')"


def kinds(verified: Verified) -> set[Kind]:
    return {finding.kind for finding in verified.findings}


def check(registry: Registry, tmp_path: Path, anchors: list[Anchor] | None = None) -> Verified:
    """Verify online and offline; both must find the same."""
    saw = registry.anchors if anchors is None else anchors
    online = verify_database(saw)
    path = tmp_path / "events.jsonl"
    path.unlink(missing_ok=True)
    write_export(path)
    offline = verify_export(path, saw)
    found = {str(finding) for finding in online.findings if finding.kind not in (Kind.DETAIL_LOST, Kind.DETAIL_ALTERED)}
    assert {str(finding) for finding in offline.findings} == found
    return online


def rechain(registry: Registry) -> None:
    """Make all heads anew over the events as they stand, as an owner who knows how would."""
    with psycopg.connect(registry.urls.owner) as owner:
        rows = owner.execute(
            "SELECT position, first, last, newest, leaves, previous, hash, sealed_at FROM audit_head ORDER BY position"
        ).fetchall()
        previous = bytes(32)
        owner.execute("ALTER TABLE audit_head DISABLE TRIGGER USER")
        for row in rows:
            head = SealedHead._make(row)
            ids = [int.from_bytes(head.leaves[place : place + 8]) for place in range(0, len(head.leaves), 40)]
            query = f"SELECT int8send(e.id) || {EVENT_HASH} FROM audit_event e WHERE id = ANY(%s) ORDER BY id"
            leaves = b"".join(leaf for (leaf,) in owner.execute(query, [ids]))
            made = head._replace(leaves=leaves, previous=previous)
            previous = head_hash(made)
            owner.execute(
                "UPDATE audit_head SET leaves = %s, previous = %s, hash = %s WHERE position = %s",
                [leaves, made.previous, previous, head.position],
            )
        owner.execute("ALTER TABLE audit_head ENABLE TRIGGER USER")


def test_a_log_that_nobody_touched_holds(registry: Registry, tmp_path: Path) -> None:
    verified = check(registry, tmp_path)
    assert verified.holds
    assert (verified.events, verified.unsealed) == (Event.objects.count(), 0)
    assert verified.anchors == verified.heads == len(registry.anchors)


def test_the_database_and_this_program_hash_alike(registry: Registry) -> None:
    with psycopg.connect(registry.urls.app) as app:
        app.execute(
            "INSERT INTO audit_event (actor, action, request_id, table_name, row_id, operation, before, after) VALUES"
            """ ('Ünï, 3:x', '', '', 't', '1', 'UPDATE', '{"b": 1.50, "a": [1e3, null, "\\u00e9\\n"]}', NULL)"""
        )
        for row in app.execute(f"SELECT {EVENT_HASH}, {COLUMNS} FROM audit_event e"):
            assert event_hash(LoggedEvent._make(row[1:])) == row[0]


def test_the_canonical_form_is_as_stated() -> None:
    event = LoggedEvent(7, "2020-02-07T09:30:00.000000Z", "é", None, "", "r", "t", "1", "INSERT", None, '{"a": 1}')
    stated = '1:7,27:2020-02-07T09:30:00.000000Z,2:é,-,0:,1:r,1:t,1:1,6:INSERT,-,8:{"a": 1},'
    assert event_hash(event) == hashlib.sha256(stated.encode()).digest()
    assert part("") != part(None)


def test_an_altered_event_is_named(registry: Registry, tmp_path: Path) -> None:
    fifth = registry.ask(f"SELECT {FIFTH}")
    registry.as_owner(f"UPDATE audit_event SET after = jsonb_set(after, '{{name}}', '\"x\"') WHERE id = {FIFTH}")
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.event_id) == (Kind.ALTERED, fifth)
    assert finding.position == registry.anchors[-3].position


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'x'",
        "happened_at = happened_at + interval '1 microsecond'",
        "person_id = NULL",
        "action = 'x'",
        "request_id = ''",
        "table_name = 'x'",
        "row_id = '0'",
        "operation = 'DELETE'",
        "before = '{}'",
        "after = NULL",
    ],
)
def test_every_part_of_an_event_is_covered(registry: Registry, change: str) -> None:
    registry.as_owner(f"UPDATE audit_event SET {change} WHERE id = {FIFTH}")
    assert Kind.ALTERED in kinds(verify_database())


def test_a_deleted_event_is_named(registry: Registry, tmp_path: Path) -> None:
    fifth = registry.ask(f"SELECT {FIFTH}")
    registry.as_owner(f"DELETE FROM audit_event WHERE id = {FIFTH}")
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.event_id) == (Kind.DELETED, fifth)


def test_an_event_deleted_before_it_was_sealed_is_named(registry: Registry, tmp_path: Path) -> None:
    add_regions(codes=["late"], actor=CLERK)
    late = registry.ask("SELECT max(id) FROM audit_event")
    registry.as_owner("DELETE FROM audit_event WHERE after->>'code' = 'late'")
    registry.anchors += seal_waiting().heads
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.event_id) == (Kind.DELETED, late)


def test_events_that_changed_places_are_named(registry: Registry, tmp_path: Path) -> None:
    fifth, sixth = registry.ask(f"SELECT {FIFTH}"), registry.ask(f"SELECT {SIXTH}")
    registry.as_owner(
        f"UPDATE audit_event SET id = -1 WHERE id = {fifth}",
        f"UPDATE audit_event SET id = {fifth} WHERE id = {sixth}",
        f"UPDATE audit_event SET id = {sixth} WHERE id = -1",
    )
    verified = check(registry, tmp_path)
    assert kinds(verified) == {Kind.REORDERED}
    assert {finding.event_id for finding in verified.findings} == {fifth, sixth}


def test_heads_that_changed_places_are_named(registry: Registry, tmp_path: Path) -> None:
    registry.as_owner(
        "UPDATE audit_head SET position = -1 WHERE position = 2",
        "UPDATE audit_head SET position = 2 WHERE position = 3",
        "UPDATE audit_head SET position = 3 WHERE position = -1",
    )
    assert Kind.REORDERED in kinds(check(registry, tmp_path))


def test_an_inserted_event_is_named(registry: Registry, tmp_path: Path) -> None:
    registry.as_owner(
        "INSERT INTO audit_event (actor, action, request_id, table_name, row_id, operation)"
        " VALUES ('x', '', '', 'places_region', '1', 'DELETE')"
    )
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.event_id) == (Kind.INSERTED, registry.ask("SELECT max(id) FROM audit_event"))


def test_a_missing_head_is_named(registry: Registry, tmp_path: Path) -> None:
    registry.as_owner("DELETE FROM audit_head WHERE position = 2")
    found = check(registry, tmp_path).findings
    assert (Kind.DELETED, 2) in {(finding.kind, finding.position) for finding in found}


def test_events_cut_off_the_end_are_named_without_an_anchor(registry: Registry, tmp_path: Path) -> None:
    fifth = registry.ask(f"SELECT {FIFTH}")
    registry.as_owner(f"DELETE FROM audit_event WHERE id >= {fifth}")
    [finding] = check(registry, tmp_path, anchors=[]).findings
    assert (finding.kind, finding.event_id) == (Kind.TRUNCATED, fifth)


def test_a_log_cut_with_its_heads_is_named_by_the_anchor(registry: Registry, tmp_path: Path) -> None:
    cut = "DELETE FROM audit_event WHERE id > (SELECT newest FROM audit_head ORDER BY position DESC LIMIT 1)"
    last = len(registry.anchors)
    registry.as_owner(f"DELETE FROM audit_head WHERE position > {last - 2}", cut)
    assert check(registry, tmp_path, anchors=[]).holds, "nothing in the database shows it"
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.position) == (Kind.TRUNCATED, last - 1)


def test_a_log_whose_heads_only_were_cut_off_is_named(registry: Registry, tmp_path: Path) -> None:
    registry.as_owner(f"DELETE FROM audit_head WHERE position > {len(registry.anchors) - 1}")
    assert kinds(check(registry, tmp_path)) == {Kind.TRUNCATED}
    assert kinds(verify_database()) == {Kind.INSERTED}


def test_a_log_chained_anew_is_named_by_the_anchor(registry: Registry, tmp_path: Path) -> None:
    fifth = registry.ask(f"SELECT {FIFTH}")
    registry.as_owner(f"UPDATE audit_event SET actor = 'x' WHERE id = {fifth}")
    rechain(registry)
    assert check(registry, tmp_path, anchors=[]).holds, "nothing in the database shows it"
    found = check(registry, tmp_path).findings
    assert {finding.kind for finding in found} == {Kind.RECHAINED}
    assert found[0].position == registry.anchors[-3].position


def test_a_database_rolled_back_is_named_by_the_anchor(registry: Registry, tmp_path: Path) -> None:
    earlier = list(registry.anchors)
    newest = registry.ask("SELECT max(id) FROM audit_event")
    add_regions(codes=["later"], actor=CLERK)
    registry.anchors += seal_waiting().heads
    # What a dump of before brings back: rows, heads, and the numbers that the sequences had.
    registry.as_owner(
        f"DELETE FROM audit_event WHERE id > {newest}",
        f"DELETE FROM audit_head WHERE position > {len(earlier)}",
        f"SELECT setval('audit_event_id_seq', {newest})",
    )
    assert check(registry, tmp_path, anchors=earlier).holds
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.position) == (Kind.ROLLED_BACK, len(earlier) + 1)


def test_events_that_changed_places_between_heads_are_named(registry: Registry, tmp_path: Path) -> None:
    fifth, other = registry.ask(f"SELECT {FIFTH}"), registry.ask(f"SELECT {ELEVENTH}")
    registry.as_owner(
        f"UPDATE audit_event SET id = -1 WHERE id = {fifth}",
        f"UPDATE audit_event SET id = {fifth} WHERE id = {other}",
        f"UPDATE audit_event SET id = {other} WHERE id = -1",
    )
    verified = check(registry, tmp_path)
    assert kinds(verified) == {Kind.REORDERED}
    assert {finding.event_id for finding in verified.findings} == {fifth, other}


def test_an_altered_head_is_named(registry: Registry, tmp_path: Path) -> None:
    registry.as_owner("UPDATE audit_head SET sealed_at = sealed_at - interval '1 day' WHERE position = 3")
    found = {(finding.kind, finding.position) for finding in check(registry, tmp_path).findings}
    assert (Kind.ALTERED, 3) in found


def test_an_event_that_a_later_head_seals_a_second_time_is_named(registry: Registry, tmp_path: Path) -> None:
    fifth = registry.ask(f"SELECT {FIFTH}")
    registry.as_owner(f"INSERT INTO audit_waiting (event_ids) VALUES (ARRAY[{fifth}])")
    registry.anchors += seal_waiting().heads
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.event_id) == (Kind.INSERTED, fifth)


def test_a_truncated_table_of_events_is_named(registry: Registry, tmp_path: Path) -> None:
    first = registry.ask("SELECT min(id) FROM audit_event")
    registry.as_owner("TRUNCATE audit_event")
    [finding] = check(registry, tmp_path, anchors=[]).findings
    assert (finding.kind, finding.event_id) == (Kind.TRUNCATED, first)


def test_a_log_that_was_truncated_whole_is_named_by_the_anchor(registry: Registry, tmp_path: Path) -> None:
    registry.as_owner("TRUNCATE audit_event, audit_head, audit_personal, audit_waiting")
    assert check(registry, tmp_path, anchors=[]).holds, "nothing in the database shows it"
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.position) == (Kind.TRUNCATED, 1)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM audit_event WHERE id = {fifth}",
        "UPDATE audit_event SET id = CASE id WHEN {fifth} THEN -1 ELSE id END WHERE id = {fifth}",
        "UPDATE audit_event SET before = '{{\"forged\": true}}' WHERE id = {fifth}",
        "UPDATE audit_event SET after = (SELECT after FROM audit_event WHERE id = {sixth}) WHERE id = {fifth}",
    ],
)
def test_whatever_was_done_before_the_log_was_chained_anew_the_anchor_names_it(
    registry: Registry, tmp_path: Path, change: str
) -> None:
    fifth, sixth = registry.ask(f"SELECT {FIFTH}"), registry.ask(f"SELECT {SIXTH}")
    registry.as_owner(change.format(fifth=fifth, sixth=sixth))
    rechain(registry)
    assert Kind.RECHAINED in kinds(check(registry, tmp_path))


def test_a_database_rolled_back_and_written_on_is_named_by_the_anchor(registry: Registry, tmp_path: Path) -> None:
    newest, heads = registry.ask("SELECT max(id) FROM audit_event"), len(registry.anchors)
    add_regions(codes=["later"], actor=CLERK)
    registry.anchors += seal_waiting().heads
    registry.as_owner(
        f"DELETE FROM audit_event WHERE id > {newest}",
        f"DELETE FROM audit_head WHERE position > {heads}",
        f"SELECT setval('audit_event_id_seq', {newest})",
        "DELETE FROM places_region WHERE code = 'later'",
        f"DELETE FROM audit_event WHERE id > {newest}",
        "DELETE FROM audit_waiting",
        f"SELECT setval('audit_event_id_seq', {newest})",
    )
    add_regions(codes=["other"], actor=CLERK)
    seal_waiting()
    assert check(registry, tmp_path, anchors=registry.anchors[:heads]).holds
    [finding] = check(registry, tmp_path).findings
    assert (finding.kind, finding.position) == (Kind.RECHAINED, heads + 1)
    assert "an earlier state was restored" in finding.said


def test_what_is_not_sealed_yet_is_said_and_is_no_finding(registry: Registry, tmp_path: Path) -> None:
    add_regions(codes=["x", "y"], actor=CLERK)
    verified = check(registry, tmp_path)
    assert verified.holds
    assert verified.unsealed == 2
    assert any(line.startswith("unsealed tail: 2 events") for line in verified.lines())


def test_a_transaction_that_commits_late_is_sealed_and_not_skipped(registry: Registry) -> None:
    with psycopg.connect(registry.urls.app) as late:
        late.execute(
            "INSERT INTO places_region (code, name, fictional, position, source, source_kind, note)"
            " VALUES ('late', 'x', false, 0, '', 'public', '')"
        )
        row = late.execute("SELECT max(id) FROM audit_event").fetchone()
        assert row is not None
        add_regions(codes=["early"], actor=CLERK)
        registry.anchors += seal_waiting().heads
        assert Head.objects.latest("position").newest > row[0]
        late.commit()
    sealed = seal_waiting()
    assert sealed.events == 1
    registry.anchors += sealed.heads
    assert verify_database(registry.anchors).holds


def test_the_application_can_only_add_to_the_log(registry: Registry) -> None:
    for statement in (
        "UPDATE audit_event SET actor = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_head SET hash = ''",
        "DELETE FROM audit_head",
        "UPDATE audit_personal SET value = 'x'",
        "DELETE FROM audit_personal",
        "TRUNCATE audit_event, audit_head, audit_personal",
        "DELETE FROM audit_columnrule",
    ):
        with psycopg.connect(registry.urls.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement)


def test_the_guards_refuse_the_owner_as_well(registry: Registry) -> None:
    for statement in ("DELETE FROM audit_head", "UPDATE audit_event SET actor = 'x'", "TRUNCATE audit_head"):
        with psycopg.connect(registry.urls.owner) as owner, pytest.raises(psycopg.errors.RaiseException):
            owner.execute(statement)


def test_a_second_sealer_leaves_the_work_to_the_first(registry: Registry) -> None:
    add_regions(codes=["x"], actor=CLERK)
    with psycopg.connect(registry.urls.app) as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert seal_waiting().events == 0
    assert seal_waiting().events == 1


def test_an_export_that_was_cut_off_is_refused(registry: Registry, tmp_path: Path) -> None:  # noqa: ARG001  # its log
    path = tmp_path / "events.jsonl"
    write_export(path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]))
    with pytest.raises(ExportUnreadable, match="end"):
        verify_export(path)


def test_an_actor_is_shown_by_the_name_they_had(registry: Registry) -> None:  # noqa: ARG001  # its log
    [shown] = revealed(Event.objects.filter(after__code="R4"))
    assert shown.actor == "Ann Clerk"
    assert "Ann" not in shown.event.actor


def test_nothing_is_lost_when_an_action_fails(registry: Registry) -> None:  # noqa: ARG001  # its log
    before = Event.objects.count()
    with pytest.raises(DatabaseError):
        add_regions(codes=["R1"], actor=CLERK)
    assert (Event.objects.count(), seal_waiting().events) == (before, 0)
    assert not Region.objects.filter(code="R12").exists()
