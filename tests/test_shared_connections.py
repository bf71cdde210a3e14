"""The second ring where connections outlive what is read on them: persistent, pooled, in threads, while sending."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import InternalError

from colonnade.analysis.tests.registries import RandomRegistry
from colonnade.core.reading import ReadTooLate, as_application, reader_role, reading_as, reads_for, sent
from colonnade.core.viewer import AUDIENCES, PUBLIC, Role, Viewer
from colonnade.core.visibility import ReadOutside, ViewerMissing
from colonnade.places.models import Region
from colonnade.portfolio.models import Project
from colonnade.web.shared.separated import download

pytestmark = pytest.mark.django_db

OFFICER = AUDIENCES["secretariat"].viewer
FOCAL = Viewer(user_id=3, roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"ALPHA"}))
T = TypeVar("T")
HERE = "SELECT current_user = session_user, coalesce(current_setting('colonnade.viewer', true), '')"
NOBODY = [(True, "")]


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def on_a_connection_of_its_own(work: Callable[[], T]) -> T:
    """``work`` in a thread: on a connection without a test's transaction around it, as a server has."""
    answer: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(work())
        except BaseException as error:  # it is raised again below
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return answer[0]


def server() -> int:
    """The process of PostgreSQL's that answers."""
    ((process,),) = asked("SELECT pg_backend_pid()")
    return int(process)


def test_a_connection_that_is_kept_forgets_each_of_its_readers() -> None:
    def requests() -> None:
        first = server()
        for viewer in (OFFICER, PUBLIC, FOCAL):
            with reading_as(viewer):
                assert asked(HERE)[0][0] is False
            assert server() == first
            assert asked(HERE) == NOBODY

    on_a_connection_of_its_own(requests)


def test_a_transaction_that_failed_leaves_nothing_for_the_next_request() -> None:
    def requests() -> None:
        first = server()
        with suppress(DatabaseError), reading_as(OFFICER):
            asked("SELECT 1 / 0")
        assert server() == first
        assert asked(HERE) == NOBODY
        with suppress(KeyError), reading_as(OFFICER), as_application("test"):
            raise KeyError
        assert asked(HERE) == NOBODY
        with reading_as(PUBLIC):
            with suppress(DatabaseError), transaction.atomic():
                asked("SELECT 1 / 0")
            assert '"roles": []' in asked(HERE)[0][1]
        assert (server(), asked(HERE)) == (first, NOBODY)

    on_a_connection_of_its_own(requests)


def test_a_failure_that_is_swallowed_inside_ends_with_the_block() -> None:
    def requests() -> None:
        with reading_as(OFFICER):
            with suppress(DatabaseError):
                asked("SELECT 1 / 0")
            with pytest.raises(InternalError):  # the transaction takes nothing any more
                asked("SELECT 1")
        assert asked(HERE) == NOBODY

    on_a_connection_of_its_own(requests)


def test_two_clients_that_share_a_server_connection_by_transactions_do_not_read_as_one_another() -> None:
    """A pooler hands the server's connection on between transactions; whoever gets it next has no viewer."""
    role = reader_role(str(connection.settings_dict["USER"]))

    def clients() -> None:
        connection.ensure_connection()
        handed_on = connection.connection  # the second client's, whenever the first is between transactions

        def second_reads(*statements: str) -> list[tuple[Any, ...]]:
            with handed_on.transaction(), handed_on.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return list(cursor.fetchall())

        for viewer in (OFFICER, FOCAL):
            with reading_as(viewer):
                assert reads_for() == viewer
            assert second_reads(HERE) == NOBODY
            with pytest.raises(Exception, match="no viewer is set"):
                second_reads(f"SET LOCAL ROLE {role}", "SELECT reader_person()")
            assert second_reads(HERE) == NOBODY

    on_a_connection_of_its_own(clients)


def test_a_pooler_that_discards_nothing_still_hands_on_no_reader() -> None:
    """The settings are local to the transaction: nothing of them is a session's, so there is nothing to reset."""

    def sessions() -> None:
        with reading_as(OFFICER):
            pass
        assert asked("SELECT name FROM pg_settings WHERE name = 'role' AND setting <> 'none'") == []
        assert asked("SELECT coalesce(current_setting('colonnade.viewer', true), '')") == [("",)]

    on_a_connection_of_its_own(sessions)


def test_threads_read_each_for_their_own() -> None:
    barrier = threading.Barrier(2)

    def reads(viewer: Viewer) -> Callable[[], bool]:
        def work() -> bool:
            with reading_as(viewer):
                barrier.wait(30)
                same = reads_for() == viewer
                barrier.wait(30)
            return same and reads_for() is None

        return work

    found: list[bool] = []
    works = [reads(viewer) for viewer in (OFFICER, PUBLIC)]
    workers = [threading.Thread(target=lambda: found.append(on_a_connection_of_its_own(works.pop()))) for _n in (0, 1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [True, True]


def test_a_thread_that_is_started_inside_has_no_viewer_of_its_starters() -> None:
    """A job says for whom it reads; it inherits nothing."""
    with reading_as(OFFICER):
        assert on_a_connection_of_its_own(reads_for) is None
        with pytest.raises(ViewerMissing):
            on_a_connection_of_its_own(lambda: list(Project.objects.all()))


def test_an_export_is_fetched_before_it_is_sent() -> None:
    def late() -> Iterator[tuple[object, ...]]:
        yield ("first",)
        yield (Region.objects.count(),)

    early = download("x", ["n"], [(Region.objects.count(),)])
    assert b"".join(early.streaming_content).decode().splitlines()[-1] == "0"  # type: ignore[arg-type]  # it is one
    answer = download("x", ["n"], late())  # type: ignore[arg-type]  # as above
    with pytest.raises(ReadTooLate):
        list(answer.streaming_content)  # type: ignore[arg-type]  # as above
    assert Region.objects.count() == 0


def test_an_answer_that_is_broken_off_refuses_nobody_else() -> None:
    parts = sent(["a", "b"])
    assert next(parts) == "a"
    assert Region.objects.count() == 0
    parts.close()  # type: ignore[attr-defined]  # it is a generator
    assert Region.objects.count() == 0


def test_rows_that_come_one_by_one_are_read_inside() -> None:
    RandomRegistry(1)
    with pytest.raises(ReadOutside):
        Project.objects.visible_to(PUBLIC).iterator()
    with reading_as(PUBLIC):
        assert {each.level for each in Project.objects.visible_to(PUBLIC).iterator(chunk_size=10)} == {"public"}


@pytest.mark.parametrize("together", ["union", "intersection", "difference", "__or__", "__and__"])
def test_what_is_read_together_with_others_says_for_whom_too(together: str) -> None:
    seen = Project.objects.visible_to(PUBLIC)
    with pytest.raises(ViewerMissing):
        getattr(seen, together)(Project.objects.all())
    assert list(getattr(seen, together)(Project.objects.visible_to(PUBLIC))) == []
