"""The proof's command line."""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from proof import addresses
from proof.leaks import LEAKS, Leak
from proof.power import power, sentence
from proof.probes import Probe, by_circle, every_probe, sample, shard
from proof.progress import Progress, commit, record
from proof.readers import CIRCLES
from proof.running import Result, look_once, run, run_twins, show
from proof.twins import Difference
from proof.worlds import base_world, workplace

FINE, FOUND, COULD_NOT = 0, 1, 2
#: How many probes a leak check makes, at least.
SAMPLE: Final = 3_000
#: How many requests are sent to the base and to every twin before the progress is noted.
CHUNK: Final = 2_000
ROOT: Final = Path(__file__).resolve().parent.parent


def parser() -> argparse.ArgumentParser:
    """The grammar."""
    made = argparse.ArgumentParser(prog="python -m proof", description="Worlds that differ only in what is hidden.")
    made.add_argument("what", nargs="?", default="all", choices=("all", "leakcheck", "power", "addresses"))
    made.add_argument("--seed", type=int, default=1, help="of the samples")
    made.add_argument("--probes", type=int, default=SAMPLE, help="of a leak check, at least")
    made.add_argument("--circle", action="append", choices=tuple(CIRCLES), help="only this pair of worlds; repeated")
    made.add_argument("--shard", type=_part, default=(1, 1), help="only part I of N (I/N)")
    made.add_argument("--minutes", type=float, default=float("inf"), help="stop after so long; the next run goes on")
    made.add_argument("--record", action="store_true", help="note the run in docs/proofs.md")
    made.add_argument("--leaks", type=int, help="plant only so many, of every kind in turn")
    made.add_argument("--leak", action="append", default=[], help="plant only those with this in their name; repeated")
    return made


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; the exit status says whether anything differed, or was missed."""
    asked = parser().parse_args(arguments)
    circles = tuple(asked.circle or CIRCLES)
    try:
        addresses.insist()
    except addresses.Unprobed as unprobed:
        print(unprobed, file=sys.stderr)
        return COULD_NOT
    if asked.what == "addresses":
        print(f"{len(addresses.ADDRESSES)} names, all of them asked for")
        return FINE
    if asked.what == "leakcheck":
        return told(leakcheck(asked.probes, asked.seed, circles))
    if asked.what == "power":
        named = [leak for leak in LEAKS if any(part in leak.name for part in asked.leak)] if asked.leak else LEAKS
        return plant(named, asked.leaks or len(named), asked.shard, asked.seed)
    return everything(circles, asked.shard, asked.seed, asked.minutes, noted=asked.record)


def leakcheck(number: int, seed: int, circles: Sequence[str]) -> Result:
    """A sample over every address and reader, hidden rows taken away, changed and doubled in turn."""
    probes = sample(list(every_probe(circles, [Difference.MIXED])), number, seed)
    with workplace() as folder, base_world(folder) as base:
        return run(base, probes)


def plant(leaks: Sequence[Leak], number: int, part: tuple[int, int], seed: int) -> int:
    """Plant ``number`` of the leaks, or a part of them, and print how many were caught."""
    step = max(1, len(leaks) // max(1, number))
    chosen = leaks[::step][:number][part[0] - 1 :: part[1]]
    if not chosen:
        print("no leak has such a name", file=sys.stderr)
        return COULD_NOT
    with workplace() as folder, base_world(folder) as base:
        findings = power(base, chosen, seed=seed)
    print(sentence(findings), flush=True)
    return FINE if all(finding.caught for finding in findings) else FOUND


def everything(circles: Sequence[str], part: tuple[int, int], seed: int, minutes: float, *, noted: bool) -> int:
    """Every probe of a part, a chunk at a time, from where it stopped.

    A request is sent to the base once, and to its twins: it is a probe with each of them.
    """
    ends = time.monotonic() + minutes * 60
    progress = Progress.read(ROOT / ".colonnade" / "proof" / f"part-{part[0]}-of-{part[1]}.json", commit(ROOT), seed)
    chunks = list(_chunks(circles, part))
    with workplace() as folder, base_world(folder) as base:
        look_once(base)
        for name, circle, probes in chunks:
            if name in progress.done:
                continue
            if time.monotonic() > ends:
                break
            result = run_twins(base, circle, list(Difference), probes)
            show(result, name, sys.stderr)
            progress.add(name, result.probes, len(result.found))
    whole = len(Difference) * sum(len(probes) for _name, _circle, probes in chunks)
    if noted:
        record(ROOT / "docs" / "proofs.md", progress, f"{part[0]} of {part[1]}", whole)
    if progress.probes < whole:
        print(f"{whole - progress.probes} probes of this part are left; the next run goes on", file=sys.stderr)
    print(f"{progress.probes} probes, {progress.differences} differences", flush=True)
    return FOUND if progress.differences else FINE


def _chunks(circles: Sequence[str], part: tuple[int, int]) -> Iterator[tuple[str, str, list[Probe]]]:
    for circle, probes in by_circle(shard(every_probe(circles, [Difference.MIXED]), *part)).items():
        for start in range(0, len(probes), CHUNK):
            yield f"{circle}, from {start}", circle, probes[start : start + CHUNK]


def _part(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError(f"{text} is no part: say 2/8 for the second of eight")
    return int(number), int(of)


def told(result: Result) -> int:
    """Print the last line."""
    print(result.sentence, flush=True)
    return FOUND if result.found else FINE
