"""``colonnade overlap``: pairs of records of different entities that do nearly the same, from a file.

The exit status is 0 where no pair was found (or pairs of a file were judged), 1 where some were, 2 where it could not
run.
"""

import argparse
import csv
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import numpy as np

from colonnade.analysis.overlap.index import Index, pairs_of, propose
from colonnade.analysis.overlap.judging import LEAST, TOP, Pair
from colonnade.analysis.overlap.pair_file import LabelledPair, judged_pairs, read_pairs
from colonnade.analysis.overlap.record_file import read_corpus, read_decided, read_records
from colonnade.analysis.overlaps import overlaps_of, overlaps_with
from colonnade.config.cli.grammar import add_audience, command
from colonnade.core.viewer import AUDIENCES

FINE, FOUND = 0, 1
HEADER: Final = ("a", "b", "probability", "kind", "reasons")
_MOST: Final = 1_000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "overlap", "pairs of projects of different entities that do nearly the same", run)
    parser.add_argument(
        "--records",
        type=Path,
        metavar="FILE",
        help="records (CSV: id, entity, title, text, countries, start, end, amount, parent; id and title must be)",
    )
    parser.add_argument(
        "--portfolio",
        action="store_true",
        help="the projects of the registry, without pairs that were decided about; with --records, against these",
    )
    parser.add_argument(
        "--pairs",
        type=Path,
        metavar="FILE",
        help="judge these pairs instead of looking for some (COL name VAL value ..., tab, the other, tab, 1 or 0)",
    )
    parser.add_argument(
        "--changed", type=Path, metavar="FILE", help="only pairs of these records, new or changed (CSV)"
    )
    parser.add_argument("--decided", type=Path, metavar="FILE", help="leave out the pairs of this file (CSV: a, b)")
    add_audience(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="write the pairs here (CSV); must not exist yet"
    )
    parser.add_argument("--top", type=_top, default=TOP, metavar="N", help=f"pairs of each record (default: {TOP})")
    parser.add_argument(
        "--least",
        type=_share,
        default=LEAST,
        metavar="P",
        help=f"the least probability of a pair, unless one is the other's parent (default: {LEAST})",
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing while working")


def _top(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {_MOST}")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0.0 < share < 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a probability between 0 and 1")
    return share


def run(arguments: argparse.Namespace) -> int:
    """Find pairs, or judge some."""
    if arguments.pairs is None and arguments.records is None and not arguments.portfolio:
        raise FileNotFoundError("nothing to look at: name a file by --records or --pairs, or say --portfolio")
    if arguments.pairs is not None and (arguments.records is not None or arguments.portfolio):
        raise FileExistsError("--pairs are judged alone: leave out --records and --portfolio")
    if arguments.changed is not None and (arguments.records is None or arguments.portfolio):
        raise FileNotFoundError("--changed is of the records that --records names")
    if arguments.out.exists():
        raise FileExistsError(f"{arguments.out} exists; name a file that does not, or take it away")
    if not arguments.out.parent.is_dir():
        raise FileNotFoundError(f"{arguments.out.parent} is not a folder; make it, or write elsewhere")
    if arguments.pairs is not None:
        return _judge(arguments)
    say = _progress(quiet=arguments.quiet)
    decided = frozenset[frozenset[str]]() if arguments.decided is None else read_decided(arguments.decided)
    found = (pair for pair in _found(arguments, say) if frozenset((pair.a, pair.b)) not in decided)
    kinds = write_pairs(arguments.out, found)
    say("done")
    print(f"{kinds.total():,} pair(s) in {arguments.out}")
    for kind, count in sorted(kinds.items()):
        print(f"  {kind}: {count:,}")
    return FOUND if kinds.total() else FINE


def _found(arguments: argparse.Namespace, say: Callable[[str], None]) -> Iterable[Pair]:
    """The pairs of what was named."""
    viewer = AUDIENCES[arguments.audience].viewer
    if arguments.records is None:
        say("reading the portfolio")
        return (each.pair for each in overlaps_of(viewer, top=arguments.top, least=arguments.least))
    say(f"reading {arguments.records}")
    index = Index.of(read_corpus(arguments.records), say)
    if arguments.portfolio:
        return overlaps_with(viewer, index, top=arguments.top, least=arguments.least)
    if arguments.changed is not None:
        return pairs_of(read_records(arguments.changed), index, top=arguments.top, least=arguments.least)
    return propose(index, top=arguments.top, least=arguments.least, progress=say)


def write_pairs(path: Path, pairs: Iterable[Pair]) -> Counter[str]:
    """Write the pairs, whole or not at all; how many there are of each kind."""
    kinds: Counter[str] = Counter()
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(HEADER)
            for pair in pairs:
                rows.writerow((pair.a, pair.b, f"{pair.probability:.6f}", pair.kind, "; ".join(map(str, pair.reasons))))
                kinds[pair.kind.value] += 1
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return kinds


def _judge(arguments: argparse.Namespace) -> int:
    """Judge the pairs of a file, in its order, and print F1 where they are labelled."""
    pairs = read_pairs(arguments.pairs)
    judged = judged_pairs(pairs)
    write_pairs(arguments.out, judged)
    _tell(pairs, judged)
    return FINE


def _tell(pairs: list[LabelledPair], judged: list[Pair]) -> None:
    said = np.array([pair.probability >= 0.5 for pair in judged])
    print(f"{len(pairs):,} pairs, {int(said.sum()):,} of them judged the same")
    known = np.array([pair.same is not None for pair in pairs])
    if known.any():
        same = np.array([bool(pair.same) for pair in pairs])[known]
        right = int((said[known] & same).sum())
        precision, recall = right / max(1, int(said[known].sum())), right / max(1, int(same.sum()))
        f1 = 2 * precision * recall / max(precision + recall, 1e-12)
        print(f"of {int(known.sum()):,} labelled: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")


def _progress(*, quiet: bool) -> Callable[[str], None]:
    """Says what is being done, after how long, and how much memory was held, on the error stream."""
    start = time.monotonic()

    def say(doing: str) -> None:
        if not quiet:
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"[{time.monotonic() - start:6.1f} s, {held:,.0f} MiB] {doing}", file=sys.stderr, flush=True)

    return say
