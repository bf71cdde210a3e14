"""The pages of a registry of 10,000 projects, 550 needs and 200 places, under 20 requests a second for a minute.

Served as ``colonnade serve`` does it; the load is open (:mod:`benchmarks.load`). Three readers in ten are signed in as
secretariat officers, who see every level; the others are the public.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from benchmarks.filling import COUNTRIES, NEEDS, registry_of
from benchmarks.load import Answered, Asked, ask_all, ask_together, at_share
from benchmarks.machine import memory_of, parent_of, seconds_of, seconds_of_family, seconds_of_machine, workers_of
from benchmarks.mix import Kind, codes_of_the_registry, drawn_from, kinds
from benchmarks.serving import NotServed, Server, served
from benchmarks.timing import held
from colonnade.core.viewer import Role
from colonnade.members.models import Person, RoleHeld

PROJECTS: Final = 10_000
RATE: Final = 20
SECONDS: Final = 120
SEED: Final = 20200207
#: Requests to each kind of page before measuring, at once, so that both workers have opened it; then seconds of load
#: on other addresses, after which memory is to stay as it is.
WARMING: Final = 8
WARMING_SECONDS: Final = 10
#: Parts of the load, after each of which memory is read: a server's first minute fills its caches, so that the second
#: half is held against the bound, and all of it is printed.
PARTS: Final = 4
P95: Final = 0.150
GROWTH: Final = 5.0  # per cent that is still flat
PUBLIC, OFFICER = "public", "officer"


def main() -> None:
    """Fill, serve, warm, load, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--rate", type=int, default=RATE, help="requests a second")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--projects", type=int, default=PROJECTS)
    parser.add_argument("--only", help="one kind of page, by name")
    asked = parser.parse_args()
    with registry_of(asked.projects, name="bench_pages") as urls:
        every = kinds(codes_of_the_registry())
        present = [kind for kind in every if kind.there and asked.only in (None, kind.name)]
        cookies = {PUBLIC: "", OFFICER: f"{settings.SESSION_COOKIE_NAME}={officer_session()}"}
        postgres = _postmaster()
        with served(urls) as server:
            absent = _warm(server, present, cookies)
            present = [kind for kind in present if kind.name not in absent]
            _say(asked, every, present)
            mix = drawn_from(present, asked.rate * WARMING_SECONDS, SEED - 2)
            asyncio.run(ask_all(server.port, _as_readers(mix, cookies), rate=asked.rate))
            mix = drawn_from(present, asked.rate * asked.seconds, SEED)
            measured = _load(server, _as_readers(mix, cookies), asked.rate, postgres)
            _print(measured, present)
            _print_errors(measured.answers, server)


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers; memory of the workers in MiB, before and after each part; seconds; shares of the processors in %."""

    answers: list[Answered]
    memory: tuple[float | None, ...]
    lasted: float
    shares: dict[str, float]


def _load(server: Server, requests: Sequence[Asked], rate: int, postgres: int | None) -> Measured:
    workers = workers_of(server.pid)
    memory = [memory_of(workers)]

    def used() -> dict[str, float]:
        return {
            "server": seconds_of((server.pid, *workers)),
            "PostgreSQL": seconds_of_family(postgres),
            "client": time.process_time(),
            "machine": seconds_of_machine() or 0.0,
        }

    before, began = used(), time.monotonic()
    answers: list[Answered] = []
    for part in range(PARTS):
        some = requests[len(requests) * part // PARTS : len(requests) * (part + 1) // PARTS]
        answers += asyncio.run(ask_all(server.port, some, rate=rate))
        memory.append(memory_of(workers))
    lasted = time.monotonic() - began
    shares = {name: 100 * (seconds - before[name]) / lasted / (os.cpu_count() or 1) for name, seconds in used().items()}
    shares["others"] = shares.pop("machine") - sum(shares.values())
    if workers_of(server.pid) != workers:
        raise RuntimeError(f"a worker ended and another came: {server.said()}")
    return Measured(answers, tuple(memory), lasted, shares)


def _warm(server: Server, present: Sequence[Kind], cookies: dict[str, str]) -> set[str]:
    """Open each kind of page for each reader; the kinds that have no page yet, only a way elsewhere."""
    absent = set()
    for kind in present:
        (_name, address), *_more = drawn_from([kind], 1, SEED - 1)
        for reader, cookie in cookies.items():
            asked = [Asked(kind.name, address, reader, cookie)] * WARMING
            answers = asyncio.run(ask_together(server.port, asked))
            if all(300 <= answer.status < 400 for answer in answers):
                absent.add(kind.name)
    return absent


def _as_readers(mix: Sequence[tuple[str, str]], cookies: dict[str, str]) -> list[Asked]:
    readers = [OFFICER if place % 10 in (2, 5, 9) else PUBLIC for place in range(len(mix))]
    return [Asked(name, address, reader, cookies[reader]) for (name, address), reader in zip(mix, readers, strict=True)]


def officer_session() -> str:
    """The key of a secretariat officer's session."""
    person = Person(email="officer@bench.example", name="Officer")
    person.set_unusable_password()
    person.save()
    RoleHeld.objects.create(person=person, role=Role.SECRETARIAT, starts_on=date(2019, 1, 1))
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _postmaster() -> int | None:
    """PostgreSQL's first process, where it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        row = cursor.fetchone()
    return parent_of(int(row[0])) if row else None


def _say(asked: argparse.Namespace, every: Sequence[Kind], present: Sequence[Kind]) -> None:
    print(
        f"Pages: {asked.projects:,} projects in two inventories, {NEEDS} needs, {COUNTRIES} places;"
        f" {asked.rate} requests a second for {asked.seconds} s, three in ten by an officer",
        flush=True,
    )
    missing = [kind.name for kind in every if kind not in present]
    if missing:
        print(f"  not measured, as there is no such page yet: {', '.join(missing)}", flush=True)


def _print(measured: Measured, present: Sequence[Kind]) -> None:
    for kind in present:
        _row(kind.name, [answer for answer in measured.answers if answer.asked.kind == kind.name])
    for reader in (PUBLIC, OFFICER):
        _row(f"all, {reader}", [answer for answer in measured.answers if answer.asked.reader == reader])
    seconds = [answer.seconds for answer in measured.answers]
    p95 = at_share(seconds, 0.95)
    print(f"Pages, p95 of all: {1000 * p95:.0f} ms; bound {1000 * P95:.0f} ms: {held(p95, P95)}", flush=True)
    memory = [mark for mark in measured.memory if mark]
    if len(memory) == PARTS + 1:
        half = memory[PARTS // 2]
        growth = 100 * (memory[-1] - half) / half
        marks = ", ".join(f"{mark:.0f}" for mark in memory)
        print(
            f"Memory of the workers after each quarter: {marks} MiB; over the second half {growth:+.1f} per cent;"
            f" bound {GROWTH:.0f}: {held(growth, GROWTH)}",
            flush=True,
        )
    else:
        print("Memory of the workers: not measured, there is no /proc here", flush=True)
    processors = os.cpu_count() or 1
    shares = ", ".join(f"{name} {share:.0f}" for name, share in measured.shares.items())
    each = 10 * processors * measured.shares["server"] * measured.lasted / len(measured.answers)
    late = max(answer.late for answer in measured.answers)
    print(
        f"Per cent of {processors} processors: {shares}; {each:.0f} ms of the server's processor a request;"
        f" the client was at most {1000 * late:.0f} ms late",
        flush=True,
    )


def _row(name: str, answers: Sequence[Answered]) -> None:
    if not answers:
        return
    seconds = [answer.seconds for answer in answers]
    errors = sum(answer.status != 200 for answer in answers)
    size = sum(answer.size for answer in answers) / len(answers) / 1000
    print(
        f"  {name:14} {len(answers):5} requests  p50 {1000 * at_share(seconds, 0.5):6.0f} ms"
        f"  p95 {1000 * at_share(seconds, 0.95):6.0f} ms  max {1000 * max(seconds):6.0f} ms"
        f"  {size:5.0f} kB sent  errors {errors}",
        flush=True,
    )


def _print_errors(answers: Sequence[Answered], server: Server) -> None:
    wrong = [answer for answer in answers if answer.status != 200]
    for answer in wrong[:8]:
        print(f"  {answer.status} {answer.asked.address} ({answer.asked.reader})", flush=True)
    if wrong:
        print(f"  {len(wrong)} errors; the server's last lines:\n{server.said()}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except NotServed as problem:
        sys.exit(f"Pages: {problem}")
