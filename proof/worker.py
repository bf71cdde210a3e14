"""A process that lives in one world and answers probes there, through everything that a server puts around a page."""

import gzip
import logging
import os
import pickle
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core import mail
from django.db import connections, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from colonnade.analysis.snapshot import current_snapshot
from colonnade.audit.models import Event
from colonnade.config.logs import DiscreetFormatter
from colonnade.members.models import Mail
from colonnade.web.people.post import deliver_due
from proof.answers import Answer, settled
from proof.canaries import canaries_in
from proof.noting import NOTING
from proof.probes import Probe
from proof.readers import CONTROL
from proof.stillness import later, repeat_chance
from proof.twins import Difference
from proof.worlds import World, enter

WHY: Final = "what a probe wrote is sent at once"
_LENGTH: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a probe came to, in short: ``digest`` is equal where the whole answer is. ``met``: canaries in it."""

    status: int
    digest: bytes
    met: frozenset[str] = frozenset()
    answer: bytes = b""

    @property
    def whole(self) -> Answer:
        """The answer itself, where it was kept."""
        kept = pickle.loads(zlib.decompress(self.answer))  # written by a process of ours
        assert isinstance(kept, Answer)
        return kept


class _Lines(logging.Handler):
    """The server's log, as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(DiscreetFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class NothingMayBeNoted(RuntimeError):
    """A page left something in the log: the next probe would meet another registry."""


class Asking:
    """Asks probes in the world that this process is in. ``cookies``: reader -> the key of their session."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self._cookies = cookies
        self._log = _Lines()
        self._logged = _last_event()
        # One chain of middleware for every request, as in a server: what it keeps from one reader meets the next.
        self._handler = ClientHandler()
        root = logging.getLogger()
        root.handlers = [self._log]

    def begin(self) -> None:
        """The first who looks in a process sees everything: whatever it keeps from its start is theirs."""
        self._request(CONTROL.name, Probe("", Difference.MIXED, CONTROL.name, "home", "GET", "/"))

    def ask(self, probe: Probe) -> Answer:
        """The answer to a probe. What is sent changes nothing that lasts.

        Now and then the control asks for the same page first, so that what a process keeps between requests
        (figures, tables, a connection) was filled by somebody who sees everything.
        """
        if sha256(probe.key.encode()).digest()[0] < 40:  # about one in six
            self._request(CONTROL.name, probe)
        headers = probe.headers
        if ("if-none-match", "as answered") in headers:
            known = dict(self._request(probe.reader, probe, headers=()).headers).get("ETag", '"none"')
            headers = (("if-none-match", known),)
        return self._request(probe.reader, probe, headers=headers)

    def _request(self, reader: str, probe: Probe, headers: Sequence[tuple[str, str]] = ()) -> Answer:
        repeat_chance(probe.key)
        self._log.lines.clear()
        mail.outbox = []
        client = Client(raise_request_exception=False, headers=dict(headers))
        client.handler = self._handler
        if reader in self._cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._cookies[reader]
        lasts = probe.method in ("GET", "HEAD") and probe.name not in NOTING
        around: AbstractContextManager[Any] = nullcontext() if lasts else _undone()
        sent: dict[str, Any] = {}
        if probe.method == "POST":
            sent = {"data": urlencode(probe.form), "content_type": "application/x-www-form-urlencoded"}
        with around:
            response = client.generic(probe.method, probe.path, **sent)
            body = _content(response)
            if lasts:  # else it would close the connection in the middle of what is put back
                response.close()
            if not lasts:  # what writes nothing sends nothing
                # The database's clock goes on while ours stands, so that what was just written would never be due.
                Mail.objects.unscoped(WHY).filter(next_try_at__isnull=False).update(next_try_at=timezone.now())
                deliver_due()
        if lasts and _last_event() != self._logged:
            raise NothingMayBeNoted(f"{probe} was noted in the log: add {probe.name} to NOTING in proof/noting.py")
        told = [(name, value) for name, value in response.items()]
        told += [("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values()]
        mails = tuple(str(one.message()) for one in mail.outbox)
        return Answer(response.status_code, tuple(told), body, mails, tuple(self._log.lines))


def _last_event() -> int | None:
    last: int | None = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last


def _content(response: HttpResponseBase) -> bytes:
    # ``getvalue`` joins what is streamed as well.
    body: bytes = response.getvalue()
    return gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome_of(answer: Answer, secrets: frozenset[str], asked: str, *, keep: bool) -> Outcome:
    """An answer in short. What the reader typed themselves says nothing."""
    told = repr((answer.status, answer.headers, answer.mails, answer.log)).encode()
    digest = sha256(told + sha256(settled(answer.body)).digest()).digest()
    met = (canaries_in(answer.said) & secrets) - canaries_in(asked)
    kept = zlib.compress(pickle.dumps(answer), 1) if keep else b""
    return Outcome(answer.status, digest, met, kept)


class Worker:
    """The parent's end of a forked process: outcomes come out of it in the order of the probes."""

    def __init__(
        self,
        world: World,
        cookies: dict[str, str],
        probes: Iterable[Probe],
        secrets: dict[str, frozenset[str]],
        around: AbstractContextManager[Any] | None = None,
    ) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            status = 1
            try:
                with os.fdopen(writing, "wb") as out:
                    enter(world)
                    # The change that nobody of the circle may see was made later than everything else.
                    with later(world.later):
                        current_snapshot()
                    with around or nullcontext():
                        _serve(out, Asking(cookies), probes, secrets)
                status = 0
            except BrokenPipeError:
                status = 0  # the parent has seen enough
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                for connection in connections.all():
                    connection.close()
                os._exit(status)
        os.close(writing)
        self._in = os.fdopen(reading, "rb")

    def outcomes(self) -> Iterator[Outcome]:
        """Every outcome, as it comes."""
        while head := self._in.read(_LENGTH.size):
            yield pickle.loads(self._in.read(_LENGTH.unpack(head)[0]))  # written by a process of ours

    def end(self) -> int:
        """Wait for it; its exit status."""
        self._in.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def _serve(out: BinaryIO, asking: Asking, probes: Iterable[Probe], secrets: dict[str, frozenset[str]]) -> None:
    asking.begin()
    for probe in probes:
        answer = asking.ask(probe)
        asked = f"{probe.path} {urlencode(probe.form)}"
        told = pickle.dumps(outcome_of(answer, secrets[probe.circle], asked, keep=True))
        out.write(_LENGTH.pack(len(told)) + told)
        out.flush()
