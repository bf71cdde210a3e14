"""Measuring a step, and printing it."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of several runs of one step."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        return f"{_readable(self.median)} (min {_readable(min(self.seconds))}, max {_readable(max(self.seconds))})"


def timed(step: Callable[[], object], *, runs: int, warm: int = 1) -> Timing:
    """Run ``step`` ``warm`` times unmeasured, then ``runs`` times measured."""
    for _ in range(warm):
        step()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return Timing(tuple(seconds))


def report(name: str, size: str, timing: Timing, bound: float) -> None:
    """One line: what, how much of it, how long, the bound and whether it holds, and this process's peak memory."""
    kept = held(timing.median, bound)
    print(f"{name}: {size}: {timing}; bound {_readable(bound)}: {kept}; peak memory {peak_mib():.0f} MiB", flush=True)


def held(value: float, bound: float) -> str:
    """Whether a value stays within its bound, in a word."""
    return "within" if value <= bound else "MISSED"


def peak_mib() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _readable(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
