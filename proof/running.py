"""Running probes in the base world and in its twins side by side, and telling what differed."""

import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Final, TextIO

from proof.answers import differences
from proof.probes import Probe, by_worlds
from proof.readers import BY_NAME
from proof.remains import left_behind
from proof.twins import Difference
from proof.worker import Outcome, Worker
from proof.worlds import Base, being_a_twin, fresh_base, twin_world

#: The status of a page that failed.
FAILED: Final = 500
#: How many differences of a pair of worlds are printed.
SHOWN: Final = 12


class WorkerFailed(RuntimeError):
    """A process that asks ended before it was done."""


@dataclass(slots=True)
class Result:
    """How many probes were made, and what differed."""

    probes: int = 0
    found: list[tuple[Probe, list[str]]] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The line that the proof ends with."""
        return f"{self.probes} probes, {len(self.found)} differences"

    def add(self, other: "Result") -> None:
        """Count another run's result with this one."""
        self.probes += other.probes
        self.found += other.found
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count


def compared(base: Outcome, twin: Outcome) -> list[str]:
    """What is wrong with a pair of answers: a difference, something hidden in the base world's, or none at all."""
    wrong = [f"hidden words: {', '.join(sorted(base.met))}"] if base.met else []
    if base.status == FAILED:
        wrong.append(f"the page failed, so that nothing was compared: {base.whole.log}")
    if base.digest != twin.digest:
        wrong += differences(base.whole, twin.whole) or ["digest"]
    return wrong


def run(base: Base, probes: Iterable[Probe], *, told: TextIO = sys.stderr) -> Result:
    """Ask every probe in the base world and in its twin, one pair of worlds after another."""
    result = Result()
    look_once(base)
    for (circle, difference), asked in by_worlds(probes).items():
        started = time.perf_counter()
        one = run_twins(base, circle, [difference], asked)
        result.add(one)
        show(one, f"{circle}, {difference}, {time.perf_counter() - started:.0f} s", told)
    return result


def show(result: Result, name: str, told: TextIO) -> None:
    """Say what came of a pair of worlds, with the first differences."""
    answered = ", ".join(f"{count} {status}" for status, count in sorted(result.statuses.items()))
    print(f"  {name}: {result.sentence} ({answered})", file=told, flush=True)
    for probe, wrong in result.found[:SHOWN]:
        print(f"    {probe}\n      " + "\n      ".join(wrong), file=told, flush=True)


def look_once(base: Base) -> None:
    """Let everybody look at the base world, so that it has its snapshot, and what is noted of each entitlement."""
    probes = [Probe("outside", Difference.ABSENT, reader, "home", "GET", "/") for reader in BY_NAME]
    worker = Worker(base.world, base.cookies, probes, base.secrets)
    statuses = [one.status for one in worker.outcomes()]
    if worker.end() or len(statuses) != len(probes):
        raise WorkerFailed(f"the base world cannot be looked at: {statuses}")


def run_twins(base: Base, circle: str, differences: Sequence[Difference], probes: Sequence[Probe]) -> Result:
    """Ask in the base, once, and in a twin for each of ``differences``, all at the same time: a process each."""
    result = Result()
    with ExitStack() as worlds:
        twins = [worlds.enter_context(twin_world(base, circle, difference)) for difference in differences]
        seat = fresh_base(base, f"{circle}-{'-'.join(differences)}")
        here = Worker(seat, base.cookies, probes, base.secrets)
        there = [Worker(twin, base.cookies, probes, base.secrets, being_a_twin(base, circle)) for twin in twins]
        answered = zip(here.outcomes(), *(worker.outcomes() for worker in there), strict=False)
        for probe, (one, *others) in zip(probes, answered, strict=False):
            for difference, other in zip(differences, others, strict=True):
                result.probes += 1
                result.statuses[one.status] = result.statuses.get(one.status, 0) + 1
                if wrong := compared(one, other):
                    result.found.append((replace(probe, difference=difference), wrong))
        ended = [worker.end() for worker in (here, *there)]
        if lying := left_behind(seat.folder, seat.urls.owner, base.secrets["outside"]):
            result.found.append((probes[-1], lying))
        if any(ended) or result.probes != len(probes) * len(differences):
            raise WorkerFailed(
                f"{circle}, {', '.join(differences)}: {result.probes} of {len(probes) * len(differences)} probes were"
                " answered"
            )
    return result
