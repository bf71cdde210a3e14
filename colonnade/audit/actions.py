"""The shape of every write: one transaction that names its actor to the log.

An action is a keyword-only function decorated with :func:`action`. It takes ``actor``; the triggers find the name in
the transaction's settings. An action called inside another shares its transaction and gives the name back after. One
that is called while somebody reads steps out of the reader's role for as long as it writes.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

from colonnade.core.actor import Actor
from colonnade.core.reading import as_application

P = ParamSpec("P")
R = TypeVar("R")

SETTINGS = ("colonnade.actor", "colonnade.person", "colonnade.action", "colonnade.request")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make ``function`` one atomic, audited write. It must be called with ``actor=``."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        actor = kwargs.get("actor")
        if not isinstance(actor, Actor):
            raise TypeError(f"{function.__name__} needs actor=Actor(...): every write names who does it")
        with transaction.atomic(), as_application(function.__name__):
            before = _current()
            _set((actor.label, str(actor.person_id or ""), function.__name__, actor.request_id))
            result = function(*args, **kwargs)
            _set(before)
            return result

    return run


def _current() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS), SETTINGS)
        row: tuple[str, ...] = cursor.fetchone()
        return row


def _set(values: tuple[str, ...]) -> None:
    pairs = [part for pair in zip(SETTINGS, values, strict=True) for part in pair]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("set_config(%s, %s, true)" for _ in SETTINGS), pairs)
