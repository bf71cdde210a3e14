"""The table of OWASP ASVS 5.0, levels 1 and 2, is whole and names only what is there."""

import ast
import csv
import re
from functools import cache

import pytest

from tests.conftest import ROOT

TABLE = ROOT / "docs" / "asvs.csv"
#: The numbers of the requirements and their levels.
NUMBERS = ROOT / "tests" / "asvs_numbers.csv"
STANDINGS = {"met", "not applicable", "open"}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, those of classes as ``Class::test``."""
    tree = ast.parse((ROOT / path).read_text())
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return frozenset(name for name in found if name.rsplit("::", 1)[-1].startswith("test_"))


@cache
def chapters(path: str) -> frozenset[str]:
    """The anchors of a document."""
    return frozenset(re.findall(r'<a id="([\w-]+)">', (ROOT / path).read_text()))


def is_there(shown_by: str) -> bool:
    """Whether a test, a chapter or a file is there."""
    path, test = shown_by.split("::", 1) if "::" in shown_by else (shown_by, "")
    path, _, chapter = path.partition("#")
    if not (ROOT / path).is_file():
        return False
    return (not test or test in names_in(path)) and (not chapter or chapter in chapters(path))


def test_every_requirement_of_levels_1_and_2_stands_in_the_table_once() -> None:
    with NUMBERS.open(newline="") as file:
        expected = [(row["requirement"], row["level"]) for row in csv.DictReader(file)]
    assert len(expected) == 253
    assert [(row["requirement"], row["level"]) for row in rows()] == expected


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["requirement"])
def test_a_requirement_names_only_what_is_there(row: dict[str, str]) -> None:
    assert row["standing"] in STANDINGS
    assert len(row["how"]) > 3
    shown_by = row["shown_by"].split()
    assert bool(shown_by) == (row["standing"] == "met"), "what is met is shown by something, and nothing else is"
    assert [one for one in shown_by if not is_there(one)] == []
    for chapter in re.findall(r"docs/security\.md, (\w+)", row["how"]):
        assert chapter in chapters("docs/security.md")


def test_what_is_not_there_would_be_found() -> None:
    assert not is_there("tests/test_asvs.py::test_that_is_not_here")
    assert not is_there("tests/test_that_is_not_here.py::test_x")
    assert not is_there("docs/security.md#nothing")
    assert is_there("tests/test_asvs.py::test_what_is_not_there_would_be_found")


def test_the_documents_count_of_what_is_open_is_right() -> None:
    said = re.search(r"(\d+) are met, (\d+) do not apply, (\d+) are open", (ROOT / "docs" / "security.md").read_text())
    assert said is not None
    counted = [sum(row["standing"] == standing for row in rows()) for standing in ("met", "not applicable", "open")]
    assert [int(number) for number in said.groups()] == counted
