"""What a session knows about its person: since when, whether with a second factor, and when they last confirmed.

Django's session says who it is; these three marks say how far that is to be believed. They are written here and
nowhere else.
"""

import time
from typing import Any, Final, Protocol

from django.http import HttpRequest

from colonnade.members.models import Person

STARTED: Final = "signed_in_at"
CONFIRMED: Final = "confirmed_at"
COMPLETE: Final = "second_factor"


class Marks(Protocol):
    """The part of a session that keeps marks."""

    def get(self, key: str, /) -> Any: ...

    def __setitem__(self, key: str, value: Any, /) -> None: ...


def mark_signed_in(session: Marks, *, complete: bool) -> None:
    """A person just signed in; ``complete`` where a second factor was asked and given, or is not to be asked."""
    now = time.time()
    session[STARTED] = session[CONFIRMED] = now
    session[COMPLETE] = complete


def mark_complete(session: Marks) -> None:
    """The second factor was given, or just enrolled."""
    session[COMPLETE] = True


def mark_confirmed(session: Marks) -> None:
    """The person just showed again that it is they."""
    session[CONFIRMED] = time.time()


def started_at(session: Marks) -> float:
    """When the person signed in, in seconds since 1970; 0 where nobody noted it."""
    return _moment(session.get(STARTED))


def is_complete(session: Marks) -> bool:
    """Whether the person gave their second factor in this session."""
    return session.get(COMPLETE) is True


def confirmed_within(session: Marks, seconds: float) -> bool:
    """Whether the person showed in the last ``seconds`` that it is they."""
    return time.time() - _moment(session.get(CONFIRMED)) < seconds


def _moment(found: object) -> float:
    return float(found) if isinstance(found, (int, float)) else 0.0


def person_signed_in(request: HttpRequest) -> Person | None:
    """Whoever is signed in with both factors; ``None`` for everybody else, also for someone half-way in."""
    person = request.user
    return person if isinstance(person, Person) and is_complete(request.session) else None
