"""Many queries at once, on two processors where there are two.

Workers are forked after the index was made, so that they share it; answers come in the order of the queries, whatever
worker gave them. Where there is one processor, or no fork, one process does all.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from colonnade.analysis.matching.corpus import Corpus
from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.records import Record, Suggestion

WORKERS: Final = 2
#: Below so many queries a second process costs more than it gives.
_FEW: Final = 40
_BATCH: Final = 10
_Work = tuple[Index, Sequence[Record], Corpus, int, int | None, Callable[[list[Suggestion]], object]]
#: What a forked worker answers with: set before the fork, in the parent.
_work: _Work | None = None


Told = TypeVar("Told")


def answers(
    index: Index,
    records: Sequence[Record],
    *,
    top: int,
    placed: int | None = None,
    form: Callable[[list[Suggestion]], Told],
    heard: Callable[[int], None] = lambda _done: None,
) -> Iterator[Told]:
    """What ``form`` makes of the suggestions of each record, in turn; it runs where they are made.

    ``placed`` is as in :meth:`Index.answer`; ``heard`` is told every hundred how many are done.
    """
    work = (index, records, index.read(records), top, placed, form)
    batches = [range(first, min(first + _BATCH, len(records))) for first in range(0, len(records), _BATCH)]
    forking = "fork" in multiprocessing.get_all_start_methods() and not index.further
    if len(records) < _FEW or (os.cpu_count() or 1) < WORKERS or not forking:
        yield from _counted(map(partial(_answered, work), batches), heard)
        return
    global _work
    _work = work
    gc.freeze()  # so that workers share pages that no collection touches
    try:
        with multiprocessing.get_context("fork").Pool(WORKERS, initializer=gc.disable) as pool:
            yield from _counted(pool.imap(_answer, batches), heard)
    finally:
        gc.unfreeze()
        _work = None


def _answer(batch: range) -> list[Any]:  # what ``form`` makes, which the caller of ``answers`` knows
    if _work is None:
        raise RuntimeError("a worker was started without work")
    return _answered(_work, batch)


def _answered(work: _Work, batch: range) -> list[Any]:
    index, records, corpus, top, placed, form = work
    queries = index.prepared([records[number] for number in batch], corpus, batch)
    return [form(index.answer(each, top=top, placed=placed)) for each in queries]


def _counted(batches: Iterable[list[Told]], heard: Callable[[int], None]) -> Iterator[Told]:
    done = 0
    for batch in batches:
        yield from batch
        done += len(batch)
        if done % 100 == 0:
            heard(done)
