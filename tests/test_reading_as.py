"""The second ring: what PostgreSQL itself shows a reader, whatever the code asks it for."""

from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from colonnade.analysis.tests.registries import RandomRegistry
from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.reading import AnotherViewer, as_application, nothing_read, reader_role, reading_as, reads_for
from colonnade.core.viewer import AUDIENCES, PUBLIC, Role, Viewer
from colonnade.places.models import Region
from colonnade.portfolio.models import Project

pytestmark = pytest.mark.django_db

OFFICER = AUDIENCES["secretariat"].viewer
FOCAL = Viewer(user_id=3, roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"ALPHA"}))
HERE = "SELECT current_user = session_user, coalesce(current_setting('colonnade.viewer', true), '')"


def asked(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def levels() -> set[object]:
    """The levels of the projects that PostgreSQL gives to a query without any condition."""
    return {level for (level,) in asked("SELECT DISTINCT level FROM portfolio_project")}


@pytest.fixture
def registry() -> RandomRegistry:
    return RandomRegistry(1)


@pytest.mark.usefixtures("registry")
def test_a_query_without_any_filter_gets_the_viewers_rows() -> None:
    with reading_as(PUBLIC):
        assert levels() == {"public"}
        assert {project.level for project in Project._base_manager.all()} == {"public"}
    with reading_as(AUDIENCES["compact"].viewer):
        assert levels() == {"public", "compact"}
    with reading_as(OFFICER):
        assert levels() == {"public", "compact", "restricted"}
    assert levels() == {"public", "compact", "restricted"}


@pytest.mark.parametrize("said", ["", "[]", "null", '"x"'])
@pytest.mark.parametrize("table", ["portfolio_project", "portfolio_projectarea", "needs_response", "results_event"])
@pytest.mark.usefixtures("registry")
def test_a_viewer_that_is_not_set_raises(said: str, table: str) -> None:
    role = reader_role(str(connection.settings_dict["USER"]))
    with pytest.raises(DatabaseError, match="no viewer is set"), transaction.atomic():
        asked(f"SET LOCAL ROLE {role}; SET LOCAL colonnade.viewer = '{said}'; SELECT count(*) FROM {table}")


def test_a_viewer_that_never_was_set_raises() -> None:
    fresh = connection.copy()
    try:
        with fresh.cursor() as cursor:
            cursor.execute(f"SET ROLE {reader_role(str(connection.settings_dict['USER']))}")
            with pytest.raises(DatabaseError, match="no viewer is set"):
                cursor.execute("SELECT reader_is_known()")
    finally:
        fresh.close()


def test_role_and_viewer_are_put_back() -> None:
    before = asked(HERE)
    with reading_as(FOCAL):
        assert reads_for() == FOCAL
        ((same, said),) = asked(HERE)
        assert not same
        assert '"ALPHA"' in str(said)
    assert asked(HERE) == before == [(True, "")]
    assert reads_for() is None


def test_the_same_viewer_may_be_asked_for_inside_and_another_may_not() -> None:
    with reading_as(FOCAL):
        with reading_as(FOCAL):
            assert reads_for() == FOCAL
        assert reads_for() == FOCAL
        assert asked(HERE)[0][0] is False
        with pytest.raises(AnotherViewer), reading_as(OFFICER):
            pass
        with as_application("test"):
            assert asked(HERE) == [(True, "")]
            with reading_as(OFFICER):
                assert '"secretariat"' in str(asked(HERE)[0][1])
            assert asked(HERE) == [(True, "")]
        assert '"ALPHA"' in str(asked(HERE)[0][1])


def test_an_exception_puts_everything_back() -> None:
    with suppress(KeyError), reading_as(FOCAL):
        raise KeyError
    assert asked(HERE) == [(True, "")]
    with suppress(KeyError), reading_as(FOCAL), as_application("test"):
        raise KeyError
    assert asked(HERE) == [(True, "")]


def test_a_savepoint_that_is_rolled_back_puts_everything_back() -> None:
    with suppress(DatabaseError), transaction.atomic(), reading_as(FOCAL):
        asked("SELECT 1 / 0")
    assert asked(HERE) == [(True, "")]
    with reading_as(FOCAL):
        with suppress(DatabaseError), transaction.atomic():
            asked("SELECT 1 / 0")
        assert asked(HERE)[0][0] is False
        with suppress(DatabaseError), transaction.atomic(), as_application("test"):
            asked("SELECT 1 / 0")
        ((same, said),) = asked(HERE)
        assert not same
        assert '"ALPHA"' in str(said)
    assert asked(HERE) == [(True, "")]


@action
def name_region(*, code: str, actor: Actor) -> Region:  # noqa: ARG001  # for the decorator
    if code == "bad":
        raise ValueError(code)
    return Region.objects.create(code=code, name=code)


def test_an_action_writes_although_somebody_reads() -> None:
    with reading_as(PUBLIC):
        name_region(code="R", actor=Actor("a clerk"))
        with suppress(ValueError):
            name_region(code="bad", actor=Actor("a clerk"))
        assert asked(HERE)[0][0] is False
        assert Region.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO places_region (code, name) VALUES ('R', 'x')",
        "UPDATE portfolio_project SET title = 'x'",
        "DELETE FROM needs_recommendation",
        "TRUNCATE portfolio_project CASCADE",
        "SELECT * FROM portfolio_project FOR UPDATE",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "ALTER TABLE portfolio_project DISABLE ROW LEVEL SECURITY",
        "DROP POLICY readers ON portfolio_project",
        "SELECT password FROM members_person",
        "SELECT email FROM members_person",
        "SELECT * FROM members_person",
        "SELECT * FROM audit_event",
        "SELECT * FROM django_session",
        "SELECT nextval('portfolio_project_id_seq')",
        "SET ROLE colonnade_owner",
        "SET ROLE colonnade_superuser",
        "SET LOCAL row_security = off; SELECT * FROM portfolio_project",
    ],
)
@pytest.mark.usefixtures("registry")
def test_a_reader_can_read_and_nothing_else(statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner|row-level")
    with reading_as(PUBLIC), refused, transaction.atomic():
        asked(statement)


def test_a_reader_is_no_superuser_owns_nothing_and_cannot_sign_in() -> None:
    with reading_as(PUBLIC):
        assert asked(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,"
            " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid) FROM pg_roles WHERE rolname = current_user"
        ) == [(False, False, False, False, False, False, 0)]


def test_nothing_is_read_while_an_answer_is_sent() -> None:
    with pytest.raises(RuntimeError, match="being sent"), nothing_read():
        Region.objects.count()
    assert Region.objects.count() == 0


@pytest.mark.usefixtures("registry")
def test_what_is_visible_to_somebody_is_fetched_inside_the_ring_of_its_own() -> None:
    seen = Project.objects.visible_to(PUBLIC)
    # A mistake in the first ring: its condition is lost on the way.
    seen.query.where = type(seen.query.where)()
    assert {project.level for project in seen} == {"public"}
    assert seen.all().count() == len(seen)
    with as_application("test"):
        assert seen.all().count() > len(seen)
    assert asked(HERE) == [(True, "")]
