"""Reading the rules of a pack: what is wrong is listed with file, row and column, and nothing is used."""

import csv
import shutil
from pathlib import Path

import pytest

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.exchange.iati import codes
from colonnade.exchange.iati.mapping.rulebook import COLUMNS, load_rules
from colonnade.exchange.iati.mapping.tests.examples import rules
from colonnade.exchange.iati.tests.making import PACK


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the pack whose rules may be spoiled."""
    for name in ("pillars.csv", "themes.csv", "areas.csv"):
        shutil.copy(PACK / name, tmp_path)
    shutil.copytree(PACK / "mapping", tmp_path / "mapping")
    return tmp_path


def spoil(pack: Path, file: str, column: str, value: str, row: int = 2) -> None:
    path = pack / "mapping" / file
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[row - 1][COLUMNS[file].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def refusals(pack: Path) -> list[Problem]:
    with pytest.raises(ProblemsFound) as refused:
        load_rules(pack)
    return list(refused.value.problems)


def test_the_rules_of_the_pack_can_be_used() -> None:
    found = rules()
    assert [rule.order for rule in found.pillars] == sorted(rule.order for rule in found.pillars)
    assert set(found.statuses) == set(codes.ACTIVITY_STATUS)
    assert {rule.value for rule in found.pillars} == {"I", "II", "III", "IV"}


def test_every_rule_and_term_of_the_pack_is_used() -> None:
    found = rules()
    texts = (*found.pillars, *found.themes, *found.areas)
    used = {term for rule in texts for term in (*rule.any_of, *rule.also, *rule.unless)}
    assert set(found.terms) == used
    for file in ("pillars.csv", "themes.csv", "areas.csv"):
        with (PACK / file).open(encoding="utf-8") as stream:
            listed = {row["code"] for row in csv.DictReader(stream)}
        assert {rule.value for rule in getattr(found, file.removesuffix(".csv"))} == listed


def test_every_rule_states_its_source() -> None:
    for path in (PACK / "mapping").glob("*.csv"):
        with path.open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                assert path.name == "terms.csv" or row["source"]


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        ("pillars.csv", "value", "V"),
        ("pillars.csv", "order", "first"),
        ("pillars.csv", "where", "somewhere"),
        ("pillars.csv", "any_of", "victims-of-terrorism; nothing"),
        ("pillars.csv", "also", "nothing"),
        ("pillars.csv", "unless", "nothing"),
        ("pillars.csv", "least_share", "101"),
        ("pillars.csv", "places", "XX"),
        ("pillars.csv", "id", "P-IV-rights"),
        ("areas.csv", "pillars", "V"),
        ("themes.csv", "value", "nothing"),
        ("scopes.csv", "value", "worldwide"),
        ("scopes.csv", "codes", "9"),
        ("scopes.csv", "countries", "two"),
        ("statuses.csv", "code", "7"),
        ("statuses.csv", "value", "done"),
        ("markers.csv", "score", "4"),
        ("markers.csv", "significance", "9"),
        ("terms.csv", "phrases", "... prevention"),
    ],
)
def test_a_wrong_cell_is_named_with_file_row_and_column(pack: Path, file: str, column: str, value: str) -> None:
    spoil(pack, file, column, value)
    problems = refusals(pack)
    row = 3 if column == "id" else 2
    assert (f"mapping/{file}", row, column) in {(one.file, one.row, one.column) for one in problems}
    assert all(one.mend for one in problems)


def test_a_rule_that_would_hold_for_everything_is_refused(pack: Path) -> None:
    spoil(pack, "pillars.csv", "any_of", "")
    assert "holds for everything" in refusals(pack)[0].message


def test_everything_that_is_wrong_is_listed_at_once(pack: Path) -> None:
    spoil(pack, "pillars.csv", "value", "V")
    spoil(pack, "scopes.csv", "codes", "9")
    (pack / "mapping" / "markers.csv").unlink()
    (pack / "mapping" / "regions.csv").write_text("id,code\n")
    assert {one.file for one in refusals(pack)} == {
        "mapping/pillars.csv",
        "mapping/scopes.csv",
        "mapping/markers.csv",
        "mapping/regions.csv",
    }


def test_a_row_of_another_width_and_another_encoding_are_refused(pack: Path) -> None:
    with (pack / "mapping" / "statuses.csv").open("a", encoding="utf-8") as stream:
        stream.write("ST-more,1\n")
    (pack / "mapping" / "areas.csv").write_bytes("é".encode("latin-1"))
    messages = {one.file: one.message for one in refusals(pack)}
    assert messages["mapping/statuses.csv"] == "not as wide as the header"
    assert messages["mapping/areas.csv"] == "not a CSV file in UTF-8"
