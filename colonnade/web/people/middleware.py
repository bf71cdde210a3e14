"""Around every page: sessions that end, people who were withdrawn, and a second factor before anything else."""

import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse

from colonnade.members.models import Person
from colonnade.web.people.noting import refused, sign_out_of
from colonnade.web.people.sessions import SessionStore
from colonnade.web.shared.signed_in import is_complete, started_at

#: What somebody without a second factor reaches: to enrol one, to leave, to read in their language, to find help.
HALF_WAY: Final = frozenset(
    {
        "security",
        "add-code-app",
        "add-passkey",
        "recovery-codes",
        "confirm",
        "sign-out",
        "set_language",
        "help",
    }
)


class SignedInMiddleware:
    """Ends sessions when their time is over, and keeps whoever has no second factor at the pages that enrol one;
    and notes that somebody was refused for asking too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._answer(request)
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            refused(request, person=request.user if isinstance(request.user, Person) else None)
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        session = request.session
        person = request.user
        if not isinstance(person, Person):
            if SESSION_KEY in session:  # withdrawn, or a changed password: what the session held goes too
                session.flush()
            return self.get_response(request)
        if isinstance(session, SessionStore):
            if over(session):
                sign_out_of(request, time_was_over=True)
                return HttpResponseRedirect(f"{reverse('sign-in')}?ended=1")
            session.note_seen()
        if not is_complete(session):
            if is_mfa_enabled(person):
                # Enrolled meanwhile, elsewhere: a session that knows the password alone must not add another factor.
                sign_out_of(request)
                return HttpResponseRedirect(reverse("sign-in"))
            if _name(request.path_info) not in HALF_WAY:
                return HttpResponseRedirect(reverse("security"))
        return self.get_response(request)


def over(session: SessionStore) -> bool:
    """Whether the session is too old, or was left alone too long."""
    too_old = time.time() - started_at(session) >= settings.SESSION_COOKIE_AGE
    return too_old or not session.seen_within(timedelta(seconds=settings.SESSION_IDLE))


def _name(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""
