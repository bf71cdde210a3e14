"""Files of labelled pairs: ``COL name VAL value ...``, a tab, the other record, a tab, 1 (same) or 0 (different).

The format of the entity matching literature (Ditto, DeepMatcher). Columns whose names speak of a title, a time, an
amount or a country become that; all others are text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.judging import Pair, Table, told
from colonnade.analysis.overlap.likeness import Statistics
from colonnade.analysis.overlap.model import Model, the_model
from colonnade.analysis.overlap.record import Record
from colonnade.core.problems import Problem, ProblemsFound

_COLUMN: Final = re.compile(r"(?:^|\s)COL\s+(.*?)\s+VAL(?=\s|$)")
_TITLES: Final = re.compile(r"title|name|song|label", re.IGNORECASE)
_TIMES: Final = re.compile(r"year|date|released|time", re.IGNORECASE)
_AMOUNTS: Final = re.compile(r"price|amount|budget|cost|value", re.IGNORECASE)
_COUNTRIES: Final = re.compile(r"countr", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MEND: Final = "write COL name VAL value ..., a tab, the other record in the same way, a tab, and 1 or 0"


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two records, and whether a person found them to be the same (``None``: nobody has said)."""

    left: Record
    right: Record
    same: bool | None


def read_pairs(path: Path) -> list[LabelledPair]:
    """The pairs of a file, in its order; what is written alike on one side is one record. Raises ``ProblemsFound``."""
    pairs: list[LabelledPair] = []
    problems: list[Problem] = []
    lefts: dict[str, Record] = {}
    rights: dict[str, Record] = {}
    for row, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        parts = line.split("\t")
        if len(parts) not in (2, 3) or not all(_COLUMN.search(part) for part in parts[:2]):
            problems.append(Problem(str(path), row, None, line[:60], "this is not a pair", _MEND))
        elif len(parts) == 3 and parts[2].strip() not in ("0", "1", ""):
            problems.append(Problem(str(path), row, "label", parts[2][:60], "this is not a label", "write 1 or 0"))
        else:
            label = parts[2].strip() if len(parts) == 3 else ""
            for known, entity, side in ((lefts, "a", parts[0]), (rights, "b", parts[1])):
                if side not in known:
                    known[side] = _record(f"{entity}{row}", entity, side)
            left, right = lefts[parts[0]], rights[parts[1]]
            pairs.append(LabelledPair(left, right, label == "1" if label else None))
    if problems:
        raise ProblemsFound(problems)
    return pairs


def _record(id_: str, entity: str, side: str) -> Record:
    pieces = _COLUMN.split(side)
    fields = [(name, value.strip()) for name, value in zip(pieces[1::2], pieces[2::2], strict=True)]
    named = next((name for name, _ in fields if _TITLES.search(name)), fields[0][0])
    title, texts, start, amount = "", [], None, None
    countries: tuple[str, ...] = ()
    for name, value in fields:
        if name == named and not title:
            title = value
        elif _TIMES.search(name) and start is None and (year := _YEAR.search(value)):
            start = date(int(year[0]), 1, 1)
        elif _AMOUNTS.search(name) and amount is None and (number := _NUMBER.search(value)):
            amount = float(number[0].replace(",", "")) or None
        elif _COUNTRIES.search(name) and not countries:
            countries = (value,) if value else ()
        else:
            texts.append(value)
    end = None if start is None else date(start.year, 12, 31)
    return Record(id_, entity, title, " ".join(texts), countries, start, end, amount)


def judged_pairs(pairs: Sequence[LabelledPair], model: Model | None = None) -> list[Pair]:
    """The pairs with probability, kind and reasons, in their order; words are counted over all records of the pairs."""
    records = {each.id: each for pair in pairs for each in (pair.left, pair.right)}
    corpus = Corpus.of(records.values())
    rows = {id_: row for row, id_ in enumerate(corpus.columns.ids)}
    left, right = (np.array([rows[each] for each in ids], dtype=np.int64) for ids in _ids(pairs))
    table = Table(corpus.columns, corpus.words.texts, corpus.places.texts, Statistics.of(corpus))
    return list(told(table, left, right, model or the_model()))


def _ids(pairs: Sequence[LabelledPair]) -> tuple[list[str], list[str]]:
    return [pair.left.id for pair in pairs], [pair.right.id for pair in pairs]
