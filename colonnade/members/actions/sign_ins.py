"""Every write about what happened at the door: an action each, so that the log says it by the action's name."""

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person, SignIn

Kind = SignIn.Kind
Way = SignIn.Way


@action
def note_signed_in(*, person: Person, way: Way, actor: Actor) -> None:  # for the decorator, as below
    """``person`` came in by ``way``."""
    _note(Kind.IN, person, way)


@action
def note_signed_out(*, person: Person, time_was_over: bool = False, actor: Actor) -> None:
    """``person`` left, or was signed out: ``time_was_over`` where the session was too old or left alone."""
    _note(Kind.ENDED if time_was_over else Kind.OUT, person)


@action
def note_sign_in_failed(*, person: Person | None, way: Way, actor: Actor) -> None:
    """Somebody did not come in by ``way``; ``person`` is whose account it was, where that is known."""
    _note(Kind.FAILED, person, way)


@action
def note_refused(*, person: Person | None, way: Way | None, actor: Actor) -> None:
    """Somebody tried too often."""
    _note(Kind.REFUSED, person, way)


@action
def note_confirmed(*, person: Person, way: Way, actor: Actor) -> None:
    """``person`` showed again that it is they."""
    _note(Kind.CONFIRMED, person, way)


@action
def note_not_confirmed(*, person: Person, way: Way, actor: Actor) -> None:
    """Somebody in a session of ``person`` did not show that it is they."""
    _note(Kind.NOT_CONFIRMED, person, way)


def _note(kind: Kind, person: Person | None, way: Way | None = None) -> None:
    SignIn.objects.create(kind=kind, person=person, way=way or "")
