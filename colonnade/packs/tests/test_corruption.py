"""Whichever single cell of a key or a reference is spoiled, the refusal points at that cell."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.packs.columns import Column, Kind, Table
from colonnade.packs.reading import read_pack
from colonnade.packs.tables import TABLES
from colonnade.packs.tests.packs import WATER, copy_of, read_rows, set_cell

#: Every cell of the water pack that is a key or names one: its table, its row as a spreadsheet counts, its column.
CELLS = [
    (table, number, column)
    for table in TABLES
    for number, _ in enumerate(read_rows(WATER / table.file)[1:], start=2)
    for column in table.columns
    if column.refers_to or column.key
]
REFERENCES = [cell for cell in CELLS if cell[2].refers_to]
KEYS = [cell for cell in CELLS if cell[2].key and cell[2].kind is Kind.CODE]

#: Codes that no list of the pack holds, and texts that are no code at all.
STRANGERS = st.from_regex(r"\A[a-z]{4,8}-[0-9]{3}\Z")
NO_CODES = st.text(alphabet="äß漢é#*?!,\"'\x00\x1f|<>", min_size=1, max_size=8)


def places(table: Table, row: int, column: Column, value: str) -> list[tuple[str, int | None, str | None]]:
    """Where the reader sees problems once ``value`` stands in that cell."""
    with TemporaryDirectory() as folder:
        pack = copy_of(WATER, Path(folder))
        set_cell(pack, table.file, row, column.name, value)
        with pytest.raises(ProblemsFound) as refused:
            read_pack(pack)
    problems: tuple[Problem, ...] = refused.value.problems
    assert all(problem.message and problem.mend for problem in problems)
    return [(problem.file, problem.row, problem.column) for problem in problems]


@settings(max_examples=150, deadline=None)
@example(REFERENCES[0], "\x1f")
@given(st.sampled_from(REFERENCES), STRANGERS | NO_CODES)
def test_a_spoiled_reference_is_the_only_thing_that_is_named(cell: tuple[Table, int, Column], value: str) -> None:
    table, row, column = cell
    assert set(places(table, row, column, value)) == {(table.file, row, column.name)}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KEYS), NO_CODES)
def test_a_spoiled_key_is_named(cell: tuple[Table, int, Column], value: str) -> None:
    table, row, column = cell
    assert (table.file, row, column.name) in places(table, row, column, value)


def users(table: Table) -> set[tuple[str, int | None, str | None]]:
    """The cells that name the first row of ``table``; of the entities, that is the secretariat."""
    code = read_rows(WATER / table.file)[1][0]
    found: set[tuple[str, int | None, str | None]] = set()
    if table.name == "entities":
        found.add(("strategy.toml", None, "coordination.secretariat"))
    for other in TABLES:
        head, *rows = read_rows(WATER / other.file)
        for column in (column for column in other.columns if column.refers_to == table.name):
            cells = [row[head.index(column.name)].split(";") for row in rows]
            found |= {(other.file, number, column.name) for number, cell in enumerate(cells, 2) if code in cell}
    return found


REFERRED_TO = [table for table in TABLES if table.key and table.key.unique and users(table)]


@pytest.mark.parametrize("table", REFERRED_TO, ids=lambda table: table.name)
def test_a_key_that_is_renamed_is_missed_wherever_it_is_referred_to(table: Table) -> None:
    assert table.key is not None
    new = "QMC" if table.name == "countries" else "other-1"
    assert set(places(table, 2, table.key, new)) == users(table)


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell[2].required], ids=str)
def test_an_emptied_key_or_required_reference_is_named(cell: tuple[Table, int, Column]) -> None:
    table, row, column = cell
    assert (table.file, row, column.name) in places(table, row, column, "")
