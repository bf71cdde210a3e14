"""Matching: 550 needs against 100,000 projects, from two files to ranks with reasons, and one edited record.

Texts are drawn with a fixed seed: terms of the thesaurus in English, French and Spanish among words that follow Zipf's
law, some 50 words a project and 25 a need. Once each need has a country (as in the registry), once none has, so that
each is ranked against all projects.
"""

import csv
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.timing import Timing, held, peak_mib, report, timed
from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.parallel import answers
from colonnade.analysis.matching.rank_file import read_records, rows_of, write_ranks
from colonnade.analysis.matching.records import Record
from colonnade.analysis.matching.thesaurus import the_thesaurus
from colonnade.analysis.matching.words import stop_words
from colonnade.config.cli.match import FIRST

NEEDS, PROJECTS, COUNTRIES, TOP = 550, 100_000, 150, 100
WORDS: Final = 40_000
BOUND, EDIT_BOUND = 10.0, 0.1
_RUNS = 3


def main() -> None:
    """Both kinds of needs, then edits."""
    with tempfile.TemporaryDirectory() as folder:
        needs, projects = Path(folder, "needs.csv"), Path(folder, "projects.csv")
        written(projects, PROJECTS, words=50, seed=1, countries=True)
        for countries in (True, False):
            written(needs, NEEDS, words=25, seed=2, countries=countries)
            seconds, busy = [], []
            for _ in range(_RUNS):
                start, used = time.perf_counter(), processors()
                ranked(needs, projects, Path(folder, "ranks.csv"))
                seconds.append(time.perf_counter() - start)
                busy.append(processors() - used)
            among = "within their countries" if countries else "among all projects"
            report(
                "Matching", f"{NEEDS} needs, {PROJECTS:,} projects, {among}, top {TOP}", Timing(tuple(seconds)), BOUND
            )
            print(f"  of processors: median {statistics.median(busy):.1f} s")
        edits(read_records(needs)[:50], Index.of(read_records(projects)))


def processors() -> float:
    """Seconds of processors that this process and those it waited for have used."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def ranked(needs: Path, projects: Path, out: Path) -> None:
    """What ``colonnade match`` does."""
    queries, candidates = read_records(needs), read_records(projects)
    index = Index.of(candidates, queries)
    write_ranks(out, answers(index, queries, top=TOP, placed=FIRST, form=rows_of))


def edits(needs: list[Record], index: Index) -> None:
    """One need that was edited, ranked against all; one project that was edited, taken in and found."""
    place = iter(range(10**9))

    def need() -> None:
        index.suggestions(needs[next(place) % len(needs)], top=10)

    def project() -> None:
        number = next(place) % PROJECTS
        other = index.parts[0].records[number]
        changed = index.changed(replace(other, text=needs[number % len(needs)].text))
        if not changed.suggestions(needs[number % len(needs)], top=10):
            raise SystemExit("an edited project was not found")

    for name, step in (
        ("one edited need, ranked among all projects", need),
        ("one edited project, taken in, found", project),
    ):
        timing = timed(step, runs=30, warm=3)
        print(f"  {name}: {timing}; slowest {held(max(timing.seconds), EDIT_BOUND)} 100 ms")
    print(f"  peak memory {peak_mib():.0f} MiB")


def written(path: Path, count: int, *, words: int, seed: int, countries: bool) -> None:
    """A file of drawn records."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "title", "text", "country"))
        for number, (title, text, country) in enumerate(drawn(count, words, seed)):
            writer.writerow((f"{path.stem[0]}{number}", title, text, country if countries else ""))


def drawn(count: int, words: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Titles, texts and countries."""
    draw = np.random.default_rng(seed)
    names = np.random.default_rng(0)
    syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
    vocabulary = ["".join(names.choice(syllables, names.integers(2, 5))) for _ in range(WORDS)]
    terms = [
        [term.replace("*", "").replace("?", "") for term in the_thesaurus().terms[language]]
        for language in ("en", "fr", "es")
    ]
    functions = [sorted(stop_words()[language]) for language in ("en", "fr", "es")]
    zipf = 1.0 / np.arange(1, WORDS + 1)
    zipf /= zipf.sum()
    for _ in range(count):
        language = int(draw.choice(3, p=[0.6, 0.25, 0.15]))
        size = max(5, int(draw.normal(words, words / 4)))
        chosen = [vocabulary[each] for each in draw.choice(WORDS, size // 2, p=zipf)]
        chosen += [functions[language][each] for each in draw.integers(0, len(functions[language]), size // 4)]
        chosen += [terms[language][each] for each in draw.integers(0, len(terms[language]), max(2, size // 6))]
        order = draw.permutation(len(chosen))
        text = [chosen[each] for each in order]
        yield " ".join(text[:6]), " ".join(text[6:]), f"State {draw.integers(0, COUNTRIES)}"


if __name__ == "__main__":
    main()
