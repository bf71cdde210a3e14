"""How much the proof would find: leaks are planted one by one, and the probes of their pages asked.

Beside it stands what a table of status codes finds on the same leaks with the same probes: an answer whose status is
another than without the leak, or another in the twin.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from typing import Final, TextIO

from proof.leaks import LEAKS, Leak
from proof.probes import Probe, every_probe
from proof.running import compared, look_once
from proof.twins import Difference
from proof.worker import Worker
from proof.worlds import Base, World, fresh_base, twin_world

#: Paths and forms of each address that a leak shows on; probes beside, half of them with words typed; and how many
#: there are at most of those that ask for what shows it.
PATHS: Final = 30
ASKED: Final = 100
PROBES: Final = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a leak was caught, and whether the statuses alone would have told."""

    leak: Leak
    probes: int
    caught: bool
    by_status: bool


def probes_for(leak: Leak, every: Sequence[Probe], seed: int) -> list[Probe]:
    """Some probes of the leak's addresses: a plain one of each path and form, up to a number of them (as every reader
    where they are few), and others."""
    random = Random(f"power {seed} {leak.name}")  # noqa: S311  # a sample that can be drawn again
    chosen: list[Probe] = []
    by_name: dict[str, list[Probe]] = defaultdict(list)
    for probe in every:
        if probe.name in leak.addresses and probe.method in ("GET", "POST") and leak.asked in probe.path:
            by_name[probe.name].append(probe)
    for probes in by_name.values():
        plain: dict[str, list[Probe]] = defaultdict(list)
        for probe in probes:
            if "?" not in probe.path and not probe.headers:
                plain[f"{probe.method} {probe.path} {probe.form}"].append(probe)
        whole = [probe for asked in plain.values() for probe in asked]
        some = random.sample(list(plain), min(PATHS, len(plain)))
        chosen += whole if len(whole) <= PATHS else [random.choice(plain[path]) for path in some]
        typed = [probe for probe in probes if "q=" in probe.path]
        for among, most in ((probes, ASKED if leak.asked else PROBES // 2), (typed, PROBES // 2)):
            chosen += random.sample(among, min(most, len(among)))
    return list(dict.fromkeys(chosen))


def power(base: Base, leaks: Iterable[Leak] = LEAKS, *, seed: int = 1, told: TextIO = sys.stderr) -> list[Finding]:
    """Plant each leak and ask."""
    look_once(base)
    findings = []
    by_circle: dict[str, list[Leak]] = defaultdict(list)
    for leak in leaks:
        by_circle[leak.circle].append(leak)
    for circle, planted in by_circle.items():
        every = list(every_probe([circle], [Difference.MIXED]))
        with twin_world(base, circle, Difference.MIXED) as twin:
            worlds = fresh_base(base, f"power-{circle}"), twin
            asked = {leak.name: probes_for(leak, every, seed) for leak in planted}
            clean = _statuses(base, worlds[0], list(dict.fromkeys(p for probes in asked.values() for p in probes)))
            for leak in planted:
                finding = _plant(base, worlds, leak, asked[leak.name], clean)
                findings.append(finding)
                word = "caught" if finding.caught else "MISSED"
                told_by = "; status codes tell" if finding.by_status else ""
                print(f"  {word}: {leak.name} ({leak.kind}, {finding.probes} probes{told_by})", file=told, flush=True)
    return findings


def _statuses(base: Base, world: World, probes: list[Probe]) -> dict[Probe, int]:
    worker = Worker(world, base.cookies, probes, base.secrets)
    found = dict(zip(probes, (one.status for one in worker.outcomes()), strict=True))
    worker.end()
    return found


def _plant(
    base: Base, worlds: tuple[World, World], leak: Leak, probes: list[Probe], clean: dict[Probe, int]
) -> Finding:
    caught = by_status = False
    with ExitStack() as ends:
        workers = [Worker(world, base.cookies, probes, base.secrets, leak.planted()) for world in worlds]
        for worker in workers:
            ends.callback(worker.end)
        answers = zip(probes, *(worker.outcomes() for worker in workers), strict=False)
        for probe, one, other in answers:
            caught = caught or bool(compared(one, other))
            by_status = by_status or one.status != other.status or one.status != clean[probe]
    return Finding(leak, len(probes), caught, by_status)


def sentence(findings: Sequence[Finding]) -> str:
    """The shares, in one line."""
    number = len(findings)
    caught, by_status = sum(one.caught for one in findings), sum(one.by_status for one in findings)
    return (
        f"{number} planted leaks: {caught} caught ({caught / number:.0%}); "
        f"a table of status codes catches {by_status} ({by_status / number:.0%})"
    )
