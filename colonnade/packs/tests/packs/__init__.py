"""Data packs for tests, and the edits that tests make to copies of them."""

import csv
import shutil
from pathlib import Path

import pytest

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.packs.reading import read_pack

WATER = Path(__file__).parent / "water"


def copy_of(pack: Path, into: Path) -> Path:
    """A copy of the files of ``pack`` that a test may spoil."""
    folder = into / pack.name
    shutil.copytree(pack, folder)
    return folder


def read_rows(path: Path) -> list[list[str]]:
    """The cells of a CSV file, its header first."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write the cells of a CSV file, its header first."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


def set_cell(folder: Path, file: str, row: int, column: str, value: str) -> None:
    """Put ``value`` into a cell; ``row`` counts as in problems, the header being row 1."""
    rows = read_rows(folder / file)
    rows[row - 1][rows[0].index(column)] = value
    write_rows(folder / file, rows)


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace text that occurs exactly once in the file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(folder: Path) -> list[Problem]:
    """Everything that is wrong with the pack."""
    with pytest.raises(ProblemsFound) as refused:
        read_pack(folder)
    return list(refused.value.problems)
