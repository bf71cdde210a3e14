"""What happens at the door, noted: by the person where there is one, and never by what somebody typed.

Whoever tries without end must not fill the log: what is refused, and what fails before anybody is named, is noted
once in five minutes for an address and for a network.
"""

import hashlib
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib.auth import logout
from django.core.cache import cache
from django.forms import Form
from django.http import HttpRequest

from colonnade.core.actor import Actor
from colonnade.members.actions import (
    note_not_confirmed,
    note_refused,
    note_sign_in_failed,
    note_signed_in,
    note_signed_out,
)
from colonnade.members.models import Person, SignIn

Way = SignIn.Way
#: Seconds in which the same is noted once.
ONCE_IN: Final = 300
_TOO_MANY: Final = "too_many_login_attempts"


def actor_for(request: HttpRequest, person: Person) -> Actor:
    """``person`` as who writes, also before they are signed in."""
    return Actor(person.name, person.pk, getattr(request, "request_id", ""))


def somebody(request: HttpRequest) -> Actor:
    """Whoever is at the door and has not shown who they are."""
    return Actor("somebody at signing in", None, getattr(request, "request_id", ""))


def person_at(address: str) -> Person | None:
    """Whose address was typed, where somebody has it."""
    return Person.objects.filter(email__iexact=address).first()


def came_in(request: HttpRequest, person: Person) -> None:
    """``person`` is signed in: note by which way."""
    note_signed_in(person=person, way=_way_of(request, person), actor=actor_for(request, person))


def failed(request: HttpRequest, person: Person | None, way: Way) -> None:
    """Somebody did not come in."""
    note_sign_in_failed(person=person, way=way, actor=somebody(request))


def failed_there(request: HttpRequest, person: Person | None = None) -> None:
    """Somebody did not come in through an organisation; without a person, noted now and then."""
    if person is not None or _for_the_first_time("organisation", _network(request)):
        failed(request, person, Way.ORGANISATION)


def refused(request: HttpRequest, *, address: str = "", person: Person | None = None, way: Way | None = None) -> None:
    """Somebody tried too often: at an address, in the session of ``person``, or from one network."""
    about = address.lower() or (str(person.pk) if person else _network(request))
    if _for_the_first_time("refused", about):
        whose = person_at(address) if address else person
        note_refused(person=whose, way=way, actor=somebody(request))


def wrong_factor(request: HttpRequest, person: Person, form: Form, way: Way, *, confirming: bool = False) -> None:
    """A code or passkey of ``person`` was wrong, or one too many."""
    if any(error.code == _TOO_MANY for errors in form.errors.as_data().values() for error in errors):
        refused(request, person=person, way=way)
    elif confirming:
        note_not_confirmed(person=person, way=way, actor=actor_for(request, person))
    else:
        failed(request, person, way)


def sign_out_of(request: HttpRequest, *, time_was_over: bool = False) -> None:
    """End the session, and note that its person left."""
    if isinstance(request.user, Person):
        actor = actor_for(request, request.user)
        note_signed_out(person=request.user, time_was_over=time_was_over, actor=actor)
    logout(request)


def _way_of(request: HttpRequest, person: Person) -> Way:
    records: list[dict[str, Any]] = get_authentication_records(request, person)
    methods = {record["method"] for record in records}
    if any(record.get("passwordless") for record in records):
        return Way.PASSKEY
    if "socialaccount" in methods:
        return Way.ORGANISATION
    return Way.INVITATION if "invitation" in methods else Way.PASSWORD


def _network(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


def _for_the_first_time(what: str, about: str) -> bool:
    """Whether this was not noted lately. What it is about is kept as a digest, and not for long."""
    return bool(cache.add(f"noted:{what}:{hashlib.sha256(about.encode()).hexdigest()}", True, timeout=ONCE_IN))
