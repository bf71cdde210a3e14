"""Graded links in a folder of three files, and the split of States that keeps a third of them sealed.

``needs.csv`` and ``responses.csv`` have ``id, country, text``; ``links.csv`` has ``response, need, grade`` (2 strong, 1
partial). The split is by a hash of the State's name, so that nobody chose it.
"""

import csv
import hashlib
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from colonnade.analysis.matching.places import countries_of
from colonnade.analysis.matching.records import Record

#: Names the folder; without it, the folder beside the project is taken.
VARIABLE = "COLONNADE_MATCHING_DATA"
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "matching"
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Graded:
    """Queries, candidates and grades of one part. ``grades`` is by query id, then by candidate id."""

    queries: tuple[Record, ...]
    candidates: tuple[Record, ...]
    grades: dict[str, dict[str, int]]
    state_of: dict[str, str]

    def turned(self, least: int) -> "Graded":
        """The same links the other way, for States with at least so many of what are queries here."""
        counts: defaultdict[str, int] = defaultdict(int)
        for each in self.queries:
            counts[self.state_of[each.id]] += 1
        grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for query, some in self.grades.items():
            for candidate, grade in some.items():
                grades[candidate][query] = grade
        asked = tuple(each for each in self.candidates if each.id in grades and counts[self.state_of[each.id]] >= least)
        return Graded(asked, self.queries, dict(grades), self.state_of)


def folder() -> Path | None:
    """The folder with graded links; ``None`` where there is none."""
    named = os.environ.get(VARIABLE)
    for each in (Path(named),) if named else (BESIDE,):
        if (each / "links.csv").is_file():
            return each
    return None


def is_sealed(state: str) -> bool:
    """Whether a State's links are kept for the end."""
    return int(hashlib.sha256(state.encode()).hexdigest(), 16) % _PARTS == 0


def part(path: Path, *, sealed: bool) -> Graded:
    """One part of the links of a folder."""
    needs, responses = _rows(path / "needs.csv", sealed), _rows(path / "responses.csv", sealed)
    state_of = {each["id"]: each["country"] for each in (*needs, *responses)}
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with (path / "links.csv").open(encoding="utf-8", newline="") as file:
        for each in csv.DictReader(file):
            if each["response"] in state_of:
                grades[each["response"]][each["need"]] = int(each["grade"])
    return Graded(_records(responses), _records(needs), dict(grades), state_of)


def _rows(path: Path, sealed: bool) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [each for each in csv.DictReader(file) if is_sealed(each["country"]) is sealed]


def _records(rows: list[dict[str, str]]) -> tuple[Record, ...]:
    return tuple(Record(each["id"], each["text"], countries=countries_of(each["country"])) for each in rows)
