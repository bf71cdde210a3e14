"""Overlap: near-copies planted among 100,000 and 1,000,000 records, found by the command line from file to file.

Records are of 800 themes with words of their own among words that all use, in titles of a few patterns, so that
whatever is not planted has neighbours too. One in a hundred has a near-copy of another entity: three tenths of its
words dropped, the rest shuffled, its country in another language, other dates. Found is a copy that stands among the
ten most likely pairs of its record. Beside it every pair of a sample is compared, and 1,000 changed records are
looked up.

``python -m benchmarks.overlap 100000`` runs one size alone.
"""

import csv
import itertools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import Timing, held, peak_mib, report
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.index import Index, pairs_of, propose
from colonnade.analysis.overlap.judging import LEAST, TOP, Table, judged
from colonnade.analysis.overlap.likeness import Statistics
from colonnade.analysis.overlap.model import the_model
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap.record_file import read_corpus, write_records
from evaluation.planting import near_copy

#: Records, seconds and MiB that are promised.
SIZES: Final = ((100_000, 60.0, 8_192), (1_000_000, 900.0, 8_192))
RECALL: Final = 0.99
SAMPLE: Final = 2_000
CHANGED, CHANGED_BOUND = 1_000, 5.0
THEMES, THEME_WORDS, COMMON_WORDS = 800, 60, 3_000
ONE_IN: Final = 100
COUNTRIES: Final = [
    "Kenya",
    "Mali",
    "Niger",
    "Chad",
    "Ghana",
    "Togo",
    "Benin",
    "Somalia",
    "Uganda",
    "Malawi",
    "Morocco",
    "Tunisia",
    "Egypt",
    "Jordan",
    "Iraq",
    "Yemen",
    "Nepal",
    "Peru",
    "Bolivia",
    "Ecuador",
    "Colombia",
    "Honduras",
    "Guatemala",
    "Haiti",
    "Jamaica",
    "Fiji",
    "Samoa",
    "Vanuatu",
    "Indonesia",
    "Philippines",
    "Viet Nam",
    "Cambodia",
    "Thailand",
    "Malaysia",
    "Sri Lanka",
    "Bangladesh",
    "Pakistan",
    "Afghanistan",
    "Tajikistan",
    "Kyrgyzstan",
    "Kazakhstan",
    "Georgia",
    "Armenia",
    "Ukraine",
    "Albania",
    "Serbia",
    "Burkina Faso",
    "Mauritania",
    "Senegal",
    "Nigeria",
    "Cameroon",
    "Ethiopia",
    "Sudan",
    "Mozambique",
    "Zambia",
    "Tanzania",
]
PATTERNS: Final = (
    "Strengthening the {} {} capacities of {} in {}",
    "Support to {} {} and {} in {}",
    "{} {} programme for {} {}",
    "Improved {}: {} of {} in {}",
    "Technical assistance on {} {} to {} of {}",
)
_SYLLABLES: Final = [one + two for one in "bcdfghjklmnprstvz" for two in ("a", "e", "i", "o", "u", "an", "er", "is")]


def records(count: int, seed: int) -> Iterator[Record]:
    """``count`` records, of which each hundredth is followed by its near-copy (``C...`` of ``R...``)."""
    draw = np.random.default_rng(seed)
    names = _words(THEMES * THEME_WORDS // 2 + COMMON_WORDS, draw)
    common, special = names[:COMMON_WORDS], names[COMMON_WORDS:]
    themes = draw.integers(0, len(special), (THEMES, THEME_WORDS)).tolist()
    usual, in_theme = _cumulated(COMMON_WORDS, 1.0), _cumulated(THEME_WORDS, 0.5)
    for number in range(count * ONE_IN // (ONE_IN + 1)):
        theme = themes[draw.integers(THEMES)]
        own = [special[theme[at]] for at in in_theme.searchsorted(draw.random(draw.integers(12, 40))).tolist()]
        others = [common[at] for at in usual.searchsorted(draw.random(draw.integers(20, 50))).tolist()]
        country = COUNTRIES[draw.integers(len(COUNTRIES))]
        title = PATTERNS[draw.integers(len(PATTERNS))].format(*own[:3], country).capitalize()
        words = [*own, *others]
        start = date(2015, 1, 1) + timedelta(days=int(draw.integers(0, 3_600)))
        record = Record(
            id=f"R{number:07d}",
            entity=f"E{draw.integers(0, 42):02d}",
            title=title,
            text=" ".join(words[at] for at in draw.permutation(len(words)).tolist()),
            countries=(country,),
            start=start,
            end=start + timedelta(days=int(draw.integers(200, 1_800))),
            amount=round(float(np.exp(draw.normal(13, 1.2))), 2),
        )
        yield record
        if number % ONE_IN == 0:
            yield near_copy(record, draw, id_=f"C{number:07d}", entity="F00")


def _cumulated(count: int, power: float) -> NDArray[np.float64]:
    """The chances of the first, the first two ... of ``count`` words, the later ones being rarer."""
    chances = np.cumsum(1.0 / np.arange(1, count + 1) ** power)
    return np.append(chances[:-1] / chances[-1], 1.0)


def _words(count: int, draw: np.random.Generator) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(_SYLLABLES[at] for at in draw.integers(0, len(_SYLLABLES), int(draw.integers(2, 5))))] = None
    return list(found)


def main() -> None:
    """Every size, with the sample and the changed records."""
    for count, bound, memory in (size for size in SIZES if len(sys.argv) < 2 or str(size[0]) in sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "records.csv"
            write_records(source, records(count, seed=count))
            copies = [each for each in records(count, seed=count) if each.id[0] == "C"]
            _whole(source, count, [each.id for each in copies], bound, memory)
            _beside_naive(list(itertools.islice(records(count, seed=count), SAMPLE)), count)
            _changed(source, count, copies[:CHANGED])


def _whole(source: Path, count: int, planted: Sequence[str], bound: float, memory: int) -> None:
    out = source.with_name("pairs.csv")
    words = [sys.executable, "-m", "colonnade.config.cli", "overlap", "--records", str(source), "--out", str(out)]
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen([*words, "--quiet"], stdout=subprocess.DEVNULL)
    most = _MostMemory(process.pid)
    process.wait()
    seconds, after = time.perf_counter() - start, os.times()
    peak = most.stopped()
    if process.returncode != 1:
        raise SystemExit(f"the command ended with {process.returncode}")
    report("Overlap, from file to file", f"{count:,} records", Timing((seconds,)), bound)
    print(f"  memory of the command and its processes: {peak:,.0f} MiB, bound {memory:,}: {held(peak, memory)}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"  processor time {used:.0f} s")
    with out.open(encoding="utf-8", newline="") as file:
        pairs = [(row["a"], row["b"]) for row in csv.DictReader(file)]
    told(f"  {len(pairs):,} pairs; {len(planted):,} planted copies, among the first {TOP}", recall(pairs, planted))


def recall(pairs: Sequence[tuple[str, str]], copies: Sequence[str]) -> float:
    """The share of ``copies`` that stand among the ten first pairs of their record and of themselves."""
    places: dict[str, int] = defaultdict(int)
    found = set()
    for a, b in pairs:
        places[a] += 1
        places[b] += 1
        if a[0] != b[0] and a[1:] == b[1:] and min(places[a], places[b]) <= TOP:
            found.add(a if a[0] == "C" else b)
    return len(found.intersection(copies)) / len(copies)


def told(what: str, found: float) -> None:
    """A recall beside its bound."""
    print(f"{what}: {found:.4f}, bound {RECALL}: {held(-found, -RECALL)}", flush=True)


class _MostMemory:
    """Watches the memory that a process and those it started hold together (Linux; elsewhere it stays zero)."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stopped(self) -> float:
        self._over.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            self._most = max(self._most, sum(map(_resident, _family(self._pid))))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _beside_naive(sample: list[Record], count: int) -> None:
    """Every pair of a sample, compared in the same way, beside the candidates alone."""
    corpus = Corpus.of(sample)
    start = time.perf_counter()
    left, right = np.triu_indices(len(sample), 1)
    table = Table(corpus.columns, corpus.words.texts, corpus.places.texts, Statistics.of(corpus))
    every = list(judged(table, left, right, top=TOP, least=LEAST, model=the_model()))
    naive = time.perf_counter() - start
    start = time.perf_counter()
    quick = {(pair.a, pair.b) for pair in propose(Index.of(corpus))}
    seconds = time.perf_counter() - start
    hours = naive * (count / len(sample)) ** 2 / 3_600
    print(
        f"  every pair of {len(sample):,}: {naive:.2f} s, so {hours:,.0f} hours for {count:,}; candidates:"
        f" {seconds:.2f} s"
    )
    held_too = sum((pair.a, pair.b) in quick for pair in every)
    print(
        f"  of the {len(every):,} pairs that every comparison proposes, the candidates propose {held_too:,}", flush=True
    )


def _changed(source: Path, count: int, copies: Sequence[Record]) -> None:
    """The pairs of copies that came in new, and of further records that changed: a thousand in all."""
    wanted = {each.id for each in copies}
    index = Index.of(read_corpus(source))
    others = (each for each in records(count, seed=count) if each.id not in wanted)
    changed = [*copies, *itertools.islice(others, CHANGED - len(copies))]
    start = time.perf_counter()
    pairs = pairs_of(changed, index)
    seconds = time.perf_counter() - start
    report("Overlap of changed records", f"{len(changed):,} of {count:,}", Timing((seconds,)), CHANGED_BOUND)
    told("  planted copies among the first ten", recall([(pair.a, pair.b) for pair in pairs], sorted(wanted)))
    print(f"  peak memory of the measuring process {peak_mib():.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
