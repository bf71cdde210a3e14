"""The reader on real published files: every activity, and the same sums as plain XPath finds.

The files are not part of the project; they lie in ``shared/data/iati`` beside the checkout. Where that folder is
missing these tests are not collected, and the run says so.
"""

import re
import warnings
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from colonnade.core.problems import ProblemsFound
from colonnade.exchange.iati.reading import read_file
from colonnade.exchange.iati.tests.making import SHARED, file_of, peak_memory

#: A row of the folder's README: | file | bytes | activities | version | ...
ROW = re.compile(r"\| ([^|]+\.xml) \| \d+ \| (\d+) \| ([^|]+) \|")


def _listed() -> dict[str, tuple[int, str]]:
    """File name to the number of activities and the version that the folder's README states."""
    if not SHARED.is_dir():
        warnings.warn(f"{SHARED} is not there: the reader is not tested on published files", stacklevel=1)
        return {}
    rows = ROW.findall((SHARED / "README.md").read_text(encoding="utf-8"))
    return {name: (int(count), version.strip()) for name, count, version in rows}


LISTED = _listed()
OLD = [name for name, (_, version) in LISTED.items() if version.startswith("1.")]
CURRENT = [name for name in LISTED if name not in OLD]

BETWEEN_WORDS = re.compile(r"[\s'\"(),;:<>]+")
read_once = cache(read_file)


def addresses(text: str) -> set[str]:
    """Every word that looks like an address of electronic mail."""
    return {word for word in BETWEEN_WORDS.split(text) if "@" in word}


def found(node: Any, path: str) -> Any:
    """What plain XPath finds: the rival that the reader is held against."""
    return node.xpath(path)


def test_every_file_of_the_folder_is_listed() -> None:
    assert sorted(LISTED) == sorted(path.name for path in SHARED.glob("*.xml"))


@pytest.mark.parametrize("name", CURRENT)
def test_every_activity_of_a_file_is_read(name: str) -> None:
    reading = read_once(SHARED / name)
    assert len(reading.activities) == LISTED[name][0]
    assert reading.version.startswith("2.0")


@pytest.mark.parametrize("name", OLD)
def test_files_of_version_1_are_refused_whole(name: str) -> None:
    with pytest.raises(ProblemsFound, match=r"only 2\.0x"):
        read_once(SHARED / name)


@pytest.mark.parametrize("name", CURRENT)
@pytest.mark.parametrize("element", ["budget", "transaction"])
def test_amounts_add_up_to_what_plain_xpath_finds(name: str, element: str) -> None:
    expected: dict[str, Decimal] = defaultdict(Decimal)
    left_out = 0
    for value in found(etree.parse(SHARED / name), f"/iati-activities/iati-activity/{element}/value"):
        amount, currency = found(value, "normalize-space(.)"), found(value, "string(@currency)")
        if re.fullmatch(r"-?\d+(\.\d*)?", amount):
            expected[currency or found(value, "string(../../@default-currency)")] += Decimal(amount)
        else:
            left_out += 1
    read: dict[str, Decimal] = defaultdict(Decimal)
    reading = read_once(SHARED / name)
    for activity in reading.activities:
        for one in activity.budgets if element == "budget" else activity.transactions:
            read[one.value.money.currency] += one.value.money.amount
    assert read == expected
    noted = [
        problem for problem in reading.problems if re.fullmatch(rf"{element}(\[\d+\])?/value", problem.column or "")
    ]
    assert len(noted) == left_out


@pytest.mark.parametrize("name", CURRENT)
def test_titles_countries_and_sectors_are_as_many_as_plain_xpath_finds(name: str) -> None:
    root = etree.parse(SHARED / name).getroot()
    reading = read_once(SHARED / name)
    noted = [problem.column or "" for problem in reading.problems]
    for path, read in (
        ("title/narrative", [text for activity in reading.activities for text in activity.titles]),
        ("recipient-country", [place for activity in reading.activities for place in activity.countries]),
        ("sector", [sector for activity in reading.activities for sector in activity.sectors]),
    ):
        dropped = {column for column in noted if column.startswith(path.split("/")[0]) and "percentage" not in column}
        published = int(found(root, f"count(/iati-activities/iati-activity/{path})"))
        assert published - len(read) == sum(column in dropped for column in noted)


@pytest.mark.parametrize("name", CURRENT)
def test_each_problem_names_its_file_line_and_path(name: str) -> None:
    lines = (SHARED / name).read_text(encoding="utf-8").count("\n") + 1
    for problem in read_once(SHARED / name).problems:
        assert problem.file == name
        assert problem.row is not None
        assert 1 <= problem.row <= lines
        assert problem.column
        assert problem.mend


@pytest.mark.parametrize("name", CURRENT)
def test_no_address_of_a_contact_is_in_what_is_read(name: str) -> None:
    of_contacts, elsewhere = set[str](), set[str]()
    for element in etree.parse(SHARED / name).getroot().iter("iati-activity"):
        for family in element.iterchildren(tag=etree.Element):
            words = addresses(" ".join(str(text) for text in family.itertext()))
            (of_contacts if family.tag == "contact-info" else elsewhere).update(words)
    assert not addresses(repr(read_once(SHARED / name))) & (of_contacts - elsewhere)


@pytest.mark.skipif(not LISTED, reason="shared/data/iati is not there: memory is measured on made files only")
def test_the_largest_file_is_read_in_little_memory(tmp_path: Path) -> None:
    largest = max(SHARED.glob("*.xml"), key=lambda path: path.stat().st_size)
    nothing = file_of(tmp_path)
    assert peak_memory(largest) < peak_memory(nothing) + largest.stat().st_size
