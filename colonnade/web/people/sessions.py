"""The store of sessions: keys as digests, contents sealed, and beside each the person, the browser and the times.

``settings.SESSION_ENGINE`` names this module. It is Django's store in the database with four differences: the three
above, and that the row once read stays at hand, so that its times cost no query of their own.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db.models import QuerySet
from django.utils import timezone

from colonnade.core.sealing import NotSealedHere, seal, unseal
from colonnade.members.models import Person
from colonnade.web.models import Session
from colonnade.web.shared.signed_in import started_at

_PURPOSE: Final = "sessions"
#: Where the browser's own name stands in the session.
DEVICE: Final = "device"
#: How exact ``seen_at`` is: one write a minute, however much somebody reads.
SEEN_EVERY: Final = timedelta(minutes=1)


def digest(session_key: str) -> str:
    """What stands in the table for a key: whoever reads the table cannot make the cookie of it."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionStore(InDatabase):
    """One browser's session."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal(super().encode(session_dict), _PURPOSE)

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            opened = unseal(str(session_data), _PURPOSE)
        except NotSealedHere:  # the key was changed: everybody signs in anew
            return {}
        return super().decode(opened)

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(session_key=digest(self.session_key or ""), expire_date__gt=timezone.now())
        self.row = found.first()
        if self.row is None:
            self._session_key = None
        return self.row

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        person = data.get("_auth_user_id")
        started = started_at(data)
        now = timezone.now()
        self.row = Session(
            session_key=digest(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # the stubs leave it out
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=int(person) if person else None,
            started_at=datetime.fromtimestamp(started, UTC) if started else now,
            seen_at=now,
            device=str(data.get(DEVICE, ""))[:80],
        )
        return self.row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=digest(key)).delete()

    def note_seen(self) -> None:
        """Somebody asks for a page in this session; written at most once a minute."""
        now = timezone.now()
        if self.row is not None and now - self.row.seen_at >= SEEN_EVERY:
            Session.objects.filter(pk=self.row.pk).update(seen_at=now)
            self.row.seen_at = now

    def seen_within(self, span: timedelta) -> bool:
        """Whether somebody asked for a page in this session in the last ``span``."""
        return self.row is None or timezone.now() - self.row.seen_at < span


def sessions_of(person: Person) -> QuerySet[Session]:
    """Where ``person`` is signed in, the newest first."""
    return Session.objects.filter(person=person, expire_date__gt=timezone.now())


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """Sign ``person`` out everywhere, except in the session whose key is ``but``. Returns how many ended."""
    others = Session.objects.filter(person=person)
    if but:
        others = others.exclude(pk=digest(but))
    return others.delete()[0]
