"""The log as a file of JSON lines, which can be verified without the database.

The first line says what the file is; then each head stands before its events; then the events outside the heads; the
last line counts. An event is the list of the eleven texts that are hashed. Personal details stay out of the file.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from colonnade.audit import reading
from colonnade.audit.bits import Bits
from colonnade.audit.canonical import LoggedEvent, SealedHead, leaves_of, time_text

FORMAT: Final = "colonnade-log-1"


class ExportUnreadable(ValueError):
    """The file is no export, or was cut off; the message names the line."""


def write_export(path: Path) -> tuple[int, int]:
    """Write the log to ``path``, which must not exist; return how many heads and events it holds."""
    heads = events = 0
    seen = Bits()
    with path.open("x", encoding="utf-8") as out, reading.one_moment():
        path.chmod(0o600)

        def write(told: dict[str, Any]) -> None:
            out.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")

        write({"log": FORMAT, "sequence": reading.sequence(), "exported_at": time_text(datetime.now(UTC))})
        for head, held in reading.sealed():
            write({"head": _told(head)})
            for event_id, _ in leaves_of(head.leaves):
                seen.add(event_id)
                if event_id in held:
                    write({"event": held[event_id]})
                    events += 1
            heads += 1
        for outside in reading.outside(seen.__contains__):
            for event in outside.events:
                write({"waits" if event.id in outside.waits else "stray": event})
                events += 1
        write({"end": {"heads": heads, "events": events}})
    return heads, events


def _told(head: SealedHead) -> list[Any]:
    return [*head[:4], head.leaves.hex(), head.previous.hex(), head.hash.hex(), time_text(head.sealed_at)]


def read_export(path: Path) -> "Export":
    """The export at ``path``. :raises ExportUnreadable: where it is none."""
    return Export(path)


class Export:
    """An export, read from its beginning to its end once: :meth:`sealed`, then :meth:`outside`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = 0
        self._events = 0
        self._heads = 0
        self._lines = self._read()
        first = next(self._lines, {})
        if first.get("log") != FORMAT:
            raise ExportUnreadable(f"{path}: this is no export of a log ({FORMAT})")
        self.sequence = int(first["sequence"])
        self._next = next(self._lines, None)

    def sealed(self) -> Iterator[tuple[SealedHead, dict[int, LoggedEvent]]]:
        """Every head in the order of the file, with the events that follow it."""
        while self._next is not None and "head" in self._next:
            told = self._next["head"]
            sealed_at = datetime.strptime(told[7], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
            head = SealedHead._make((*told[:4], *(bytes.fromhex(digits) for digits in told[4:7]), sealed_at))
            self._heads += 1
            events = {}
            self._next = next(self._lines, None)
            while self._next is not None and "event" in self._next:
                event = LoggedEvent._make(self._next["event"])
                events[event.id] = event
                self._events += 1
                self._next = next(self._lines, None)
            yield head, events

    def outside(self) -> Iterator[tuple[LoggedEvent, bool]]:
        """Every event outside the heads, and whether it waits to be sealed."""
        while self._next is not None and self._next.keys() & {"waits", "stray"}:
            waits = "waits" in self._next
            self._events += 1
            yield LoggedEvent._make(self._next["waits" if waits else "stray"]), waits
            self._next = next(self._lines, None)
        ending = (self._next or {}).get("end")
        if ending != {"heads": self._heads, "events": self._events}:
            raise ExportUnreadable(f"{self._path}, line {self._number}: the export does not end as it should")

    def _read(self) -> Iterator[dict[str, Any]]:
        with self._path.open(encoding="utf-8") as lines:
            for self._number, line in enumerate(lines, start=1):
                try:
                    told = json.loads(line)
                except ValueError as error:
                    raise ExportUnreadable(f"{self._path}, line {self._number}: this is not JSON") from error
                yield told if isinstance(told, dict) else {}
