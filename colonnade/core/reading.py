"""Reading for somebody: the second ring behind ``visible_to``, held by PostgreSQL itself.

Inside :func:`reading_as` the connection works as the *reader*, a role that owns nothing, writes nothing and reads, of
every confidential table, the rows that the policies of ``<app>/policies.py`` give to the viewer. The role and the
viewer are local to one transaction, so that nothing of either is left on a connection that another request, or another
client of a pooler, gets next. :func:`as_application` steps out again for what the application itself has to do.
"""

import getpass
import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, Final, TypeVar

from django.db import connection, transaction
from psycopg import pq, sql

from colonnade.core.viewer import Viewer

Part = TypeVar("Part")

#: The setting in which the policies find the viewer.
VIEWER_SETTING: Final = "colonnade.viewer"
#: PostgreSQL cuts longer names.
_LONGEST_NAME: Final = 63


class AnotherViewer(RuntimeError):
    """A block that reads for one viewer was asked to read for another."""


class ReadTooLate(RuntimeError):
    """The registry was asked while an answer was already being sent: there is no viewer any more."""


class _Application:
    """The application itself, inside an action or :func:`as_application`."""


_standing: ContextVar[Viewer | _Application | None] = ContextVar("standing", default=None)


def reader_role(login: str) -> str:
    """The role that ``login`` reads as: ``colonnade_app`` reads as ``colonnade_reader``, ``alice`` as
    ``alice_reader``. Roles belong to the whole server, so two registries on one server have two."""
    suffix = "_reader"
    return login.removesuffix("_app")[: _LONGEST_NAME - len(suffix)] + suffix


def reads_for() -> Viewer | None:
    """The viewer that the registry is being read for right now, or ``None`` outside of :func:`reading_as`."""
    standing = _standing.get()
    return standing if isinstance(standing, Viewer) else None


def is_inside() -> bool:
    """Whether somebody reads here already: a viewer, or the application itself."""
    return _standing.get() is not None


@contextmanager
def reading_as(viewer: Viewer) -> Iterator[None]:
    """Read the registry as ``viewer`` and change nothing: one transaction, one moment of the registry.

    Where a transaction is open already (an action, a test), the block shares it and puts back what it found. Whatever
    is read has to be fetched inside. Inside another block for the same viewer it changes nothing.

    :raises AnotherViewer: inside a block for another viewer.
    """
    standing = _standing.get()
    if isinstance(standing, Viewer):
        if standing != viewer:
            raise AnotherViewer("this block reads for somebody else already; leave it with as_application() first")
        yield
        return
    alone = not connection.in_atomic_block
    with transaction.atomic() if alone else nullcontext():
        # A page that is made of several queries shows one moment; so does a snapshot.
        _say(("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " if alone else "") + _entering(viewer))
        token = _standing.set(viewer)
        try:
            yield
        finally:
            _standing.reset(token)
            _say_if_possible(_leaving())


@contextmanager
def as_application(reason: str) -> Iterator[None]:  # noqa: ARG001  # the reason is for whoever reads the code
    """Inside :func:`reading_as`, be the application again, for a named ``reason``: an action that writes, the log.

    Reads in here are not held by the second ring unless another :func:`reading_as` is opened.
    """
    standing = _standing.get()
    inside = isinstance(standing, Viewer)
    if inside:
        _say(_leaving())
    token = _standing.set(_Application())
    try:
        yield
    finally:
        _standing.reset(token)
        if isinstance(standing, Viewer):
            _say_if_possible(_entering(standing))


def ring_around(viewer: Viewer | None) -> AbstractContextManager[None]:
    """The second ring around one read for ``viewer``, where neither a reading nor the application stands around it."""
    if viewer is None or _standing.get() is not None:
        return nullcontext()
    return reading_as(viewer)


@contextmanager
def nothing_read() -> Iterator[None]:
    """Around the parts of an answer that are made while it is sent: the registry may no longer be asked.

    :raises ReadTooLate: when it is.
    """

    def refuse(execute: Any, statement: Any, *rest: Any) -> Any:  # noqa: ARG001  # the shape of Django's wrappers
        raise ReadTooLate("the answer is being sent; fetch what it needs before, inside reading_as()")

    with connection.execute_wrapper(refuse):
        yield


def sent(parts: Iterable[Part]) -> Iterator[Part]:
    """``parts`` of an answer, one by one as they are sent, none of which may ask the registry any more.

    :raises ReadTooLate: where one does.
    """
    remaining = iter(parts)
    while True:
        with nothing_read():
            try:
                part = next(remaining)
            except StopIteration:
                return
        yield part


def viewer_as_json(viewer: Viewer) -> str:
    """The viewer as the policies read it."""
    return json.dumps(
        {
            "person": viewer.user_id,
            "roles": sorted(viewer.roles),
            "entities": sorted(viewer.entity_ids),
            "states": sorted(viewer.country_codes),
            "gives_states": sorted(viewer.gives_states),
            "gives_entities": sorted(viewer.gives_entities),
            "coordinates": sorted(viewer.coordinates),
        }
    )


def _entering(viewer: Viewer) -> str:
    connection.ensure_connection()
    return (
        sql.SQL("SET LOCAL {setting} = {viewer}; SET LOCAL ROLE {role}")
        .format(
            setting=sql.SQL(VIEWER_SETTING),
            viewer=sql.Literal(viewer_as_json(viewer)),
            role=sql.Identifier(reader_role(connection.settings_dict["USER"] or getpass.getuser())),
        )
        .as_string(connection.connection)
    )


def _leaving() -> str:
    return f"SET LOCAL ROLE NONE; SET LOCAL {VIEWER_SETTING} = ''"


def _say(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)  # one message: without parameters, several statements may be in it


def _say_if_possible(statements: str) -> None:
    """A transaction that failed takes no statement any more; whoever rolls it back gets the earlier role with it."""
    raw = connection.connection
    if raw is None or raw.closed or connection.needs_rollback:
        return
    if raw.info.transaction_status == pq.TransactionStatus.INTRANS:
        _say(statements)
