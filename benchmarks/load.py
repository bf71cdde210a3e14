"""Open-loop load: requests leave on a fixed schedule, whether or not those before them were answered.

A latency counts from the moment that a request was due, so that a server which falls behind shows it: waiting in a
queue is part of what a visitor waits (no coordinated omission).
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PATIENCE: Final = 30.0
BROKEN: Final = 0  # the status of a request that no answer came to


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: an address of a ``kind`` of page, by a ``reader`` whose session is ``cookie`` (empty: the public)."""

    kind: str
    address: str
    reader: str
    cookie: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it: status, seconds since it was due, seconds that it left late, bytes received."""

    asked: Asked
    status: int
    seconds: float
    late: float
    size: int


async def ask_all(port: int, requests: Sequence[Asked], *, rate: float) -> list[Answered]:
    """Send ``requests``, ``rate`` a second on an even schedule, and wait for all answers."""
    start = asyncio.get_running_loop().time() + 0.05
    due = [start + place / rate for place in range(len(requests))]
    return await asyncio.gather(*(_at(moment, port, asked) for moment, asked in zip(due, requests, strict=True)))


async def ask_together(port: int, requests: Sequence[Asked]) -> list[Answered]:
    """Send ``requests`` at once, so that every worker gets some."""
    now = asyncio.get_running_loop().time()
    return await asyncio.gather(*(_at(now, port, asked) for asked in requests))


async def _at(due: float, port: int, asked: Asked) -> Answered:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(max(0.0, due - loop.time()))
    late = loop.time() - due
    try:
        async with asyncio.timeout(PATIENCE):
            status, size = await _get(port, asked)
    except (OSError, ValueError, IndexError):  # refused, cut off, too slow, or no HTTP
        status, size = BROKEN, 0
    return Answered(asked, status, loop.time() - due, late, size)


async def _get(port: int, asked: Asked) -> tuple[int, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = [f"GET {asked.address} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip", "Connection: close"]
        if asked.cookie:
            lines.append(f"Cookie: {asked.cookie}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        await writer.drain()
        answer = await reader.read(-1)
        return int(answer.split(b" ", 2)[1]), len(answer)
    finally:
        writer.close()


def at_share(seconds: Sequence[float], share: float) -> float:
    """The time within which ``share`` (0 to 1) of them were answered: the nearest rank, never an average of two."""
    ranked = sorted(seconds)
    return ranked[max(0, math.ceil(len(ranked) * share) - 1)]
