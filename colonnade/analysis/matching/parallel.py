"""Many queries at once, on two processors where there are two.

Workers are forked after the index was made, so that they share it; answers come in the order of the queries, whatever
worker gave them. Where there is one processor, or no fork, one process does all.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from colonnade.analysis.matching.corpus import Corpus
from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.records import Record, Suggestion

WORKERS: Final = 2
#: Below so many queries a second process costs more than it gives.
_FEW: Final = 40
_BATCH: Final = 10
#: What a forked worker answers with: set before the fork, in the parent.
_work: tuple[Index, Sequence[Record], Corpus, int] | None = None


def answers(
    index: Index, records: Sequence[Record], *, top: int, told: Callable[[int], None] = lambda _done: None
) -> Iterator[list[Suggestion]]:
    """The suggestions of each record in turn. ``told`` hears every hundred how many are done."""
    work = (index, records, index.read(records), top)
    numbers = range(len(records))
    forking = "fork" in multiprocessing.get_all_start_methods() and not index.further
    if len(records) < _FEW or (os.cpu_count() or 1) < WORKERS or not forking:
        yield from _counted((_answered(work, number) for number in numbers), told)
        return
    global _work
    _work = work
    try:
        with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
            yield from _counted(pool.imap(_answer, numbers, chunksize=_BATCH), told)
    finally:
        _work = None


def _answer(number: int) -> list[Suggestion]:
    if _work is None:
        raise RuntimeError("a worker was started without work")
    return _answered(_work, number)


def _answered(work: tuple[Index, Sequence[Record], Corpus, int], number: int) -> list[Suggestion]:
    index, records, corpus, top = work
    return index.answer(index.query(records[number], corpus, number), top=top)


def _counted(found: Iterator[list[Suggestion]], told: Callable[[int], None]) -> Iterator[list[Suggestion]]:
    for done, answer in enumerate(found, 1):
        yield answer
        if done % 100 == 0:
            told(done)
