"""What processes hold and use, as Linux tells it in ``/proc``. Elsewhere nothing is measured."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
#: Places in ``/proc/<pid>/stat`` after the name: own and waited-for children's time, in ticks.
_OWN, _WITH_CHILDREN = slice(11, 13), slice(11, 15)
_PARENT: Final = 1


def workers_of(pid: int) -> tuple[int, ...]:
    """The children of a process."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        fields = _stat(int(entry.name))
        if fields and int(fields[_PARENT]) == pid:
            found.append(int(entry.name))
    return tuple(sorted(found))


def parent_of(pid: int) -> int | None:
    """Its parent; ``None`` where it is no process of this machine."""
    fields = _stat(pid)
    return int(fields[_PARENT]) if fields else None


def memory_of(pids: Iterable[int]) -> float | None:
    """MiB that the processes hold together, what they share counted once (PSS)."""
    total = 0
    for pid in pids:
        try:
            rolled = (PROC / str(pid) / "smaps_rollup").read_text()
        except OSError:
            return None
        total += next(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:"))
    return total / 1024


def seconds_of(pids: Iterable[int]) -> float:
    """Processor time that the processes have used."""
    return sum(_ticks(pid, _OWN) for pid in pids) / _TICKS


def seconds_of_family(pid: int | None) -> float:
    """Processor time of a process, of its children now, and of those that ended."""
    if pid is None:
        return 0.0
    return (_ticks(pid, _WITH_CHILDREN) + sum(_ticks(child, _OWN) for child in workers_of(pid))) / _TICKS


def seconds_of_machine() -> float | None:
    """Processor time that all processes of the machine have used since it started."""
    try:
        first = (PROC / "stat").read_text().splitlines()[0].split()
    except OSError:
        return None
    user, nice, system, _idle, _wait, irq, softirq = (int(field) for field in first[1:8])
    return (user + nice + system + irq + softirq) / _TICKS


def _ticks(pid: int, places: slice) -> int:
    fields = _stat(pid)
    return sum(int(field) for field in fields[places]) if fields else 0


def _stat(pid: int) -> list[str]:
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()
