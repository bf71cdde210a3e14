"""``colonnade match``: candidates for queries, ranked with reasons, from files to a file.

The exit status is 0 where there are suggestions (how many queries have none is said), 1 where no query has any, 2 where
it could not run.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Final

from colonnade.analysis.matching.embedding import load_model
from colonnade.analysis.matching.index import DEFAULT_TOP, Index
from colonnade.analysis.matching.parallel import answers
from colonnade.analysis.matching.rank_file import read_records, rows_of, write_ranks
from colonnade.config.cli.grammar import command

FINE, FOUND = 0, 1
#: Of up to so many suggestions the places of all evidence are told, of more those of the first of each query.
MANY, FIRST = 20_000, 20
#: The largest number that ``--top`` takes.
MOST: Final = 10_000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(
        commands, "match", "suggest candidates for queries, ranked, each with what its score rests on", run
    )
    columns = "CSV with the columns id, text, optionally title, country, theme, mandates, start, end, language"
    parser.add_argument("--queries", type=Path, required=True, metavar="FILE", help=columns)
    parser.add_argument("--candidates", type=Path, required=True, metavar="FILE", help="the same columns")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="query, candidate, rank, score, reasons"
    )
    parser.add_argument(
        "--top", type=_count, default=DEFAULT_TOP, metavar="N", help=f"suggestions a query (default: {DEFAULT_TOP})"
    )
    parser.add_argument(
        "--placed",
        type=_count,
        metavar="N",
        help=f"tell the places of evidence of the first N of each query (default: all, beyond {MANY:,} rows {FIRST})",
    )
    parser.add_argument(
        "--model",
        type=Path,
        metavar="PATH",
        help="a sentence-transformers model on this machine, counted beside the rest",
    )


def _count(value: str) -> int:
    if not value.isdigit() or not 1 <= int(value) <= MOST:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from 1 to {MOST}")
    return int(value)


def run(arguments: argparse.Namespace) -> int:
    """Rank, and write."""
    if not arguments.out.parent.is_dir():
        raise FileNotFoundError(f"{arguments.out.parent} is no folder; make it, or name another for --out")
    if arguments.out.resolve() in (arguments.queries.resolve(), arguments.candidates.resolve()):
        raise FileExistsError(f"{arguments.out} is one of the files to read; name another file for --out")
    model = load_model(arguments.model) if arguments.model else None
    start = time.monotonic()
    queries, candidates = read_records(arguments.queries), read_records(arguments.candidates)
    _say(f"{len(queries):,} queries, {len(candidates):,} candidates: read")
    placed = arguments.placed
    if placed is None and len(queries) * arguments.top > MANY:
        placed = FIRST
        _say(f"places are told of the first {FIRST} of each query (--placed {arguments.top} tells all)")
    index = Index.of(candidates, queries, further=(model,) if model else ())
    _say(f"indexed after {time.monotonic() - start:.1f} s")
    step = -(-len(queries) // 1_000) * 100  # some ten lines at most

    def heard(done: int) -> None:
        if done % step == 0:
            _say(f"{done:,} of {len(queries):,} queries")

    found, without = write_ranks(
        arguments.out,
        answers(index, queries, top=arguments.top, placed=placed, form=rows_of, heard=heard),
    )
    _say(f"{found:,} queries with suggestions, {without:,} without, after {time.monotonic() - start:.1f} s")
    return FINE if found else FOUND


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
