"""Cells and sheets, whatever they hold: a value, or a fault that says what to write instead; never a crash."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.packs.cells import Fault, WrongCell, parse_cell
from colonnade.packs.columns import Column
from colonnade.packs.header import parse_strategy
from colonnade.packs.sheets import read_sheet
from colonnade.packs.tables import BY_NAME, TABLES

COLUMNS = [column for table in TABLES for column in table.columns]


def column(file: str, name: str) -> Column:
    """A column of the declarations."""
    return BY_NAME[file].column(name)


def faults(column: Column, text: str) -> tuple[Fault, ...]:
    """What is wrong with ``text`` in ``column``; nothing else may be raised."""
    try:
        parse_cell(column, text)
    except WrongCell as wrong:
        return wrong.faults or (Fault(text, "", ""),)
    return ()


@given(st.sampled_from(COLUMNS), st.text(max_size=80) | st.from_regex(r"\A[-0-9.:;# yesno]{0,20}\Z"))
def test_any_text_in_any_cell_is_a_value_or_a_fault_with_its_mend(column: Column, text: str) -> None:
    found = faults(column, text)
    assert all(fault.message and fault.mend for fault in found)
    assert found or parse_cell(column, text) is not None or not column.required


@given(st.decimals(min_value=0, max_value=10**15, places=2))
def test_an_amount_is_read_to_the_cent(amount: Decimal) -> None:
    assert parse_cell(column("seed_awards", "amount_usd"), f"{amount:f}") == amount


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_is_read_as_it_is_written(day: date) -> None:
    assert parse_cell(column("conferences", "starts_on"), day.isoformat()) == day


@given(st.decimals(min_value="100.0001", max_value=10**6, places=4))
def test_no_share_above_100_passes(share: Decimal) -> None:
    with pytest.raises(WrongCell, match="above 100"):
        parse_cell(column("targets", "percent"), f"{share:f}")


def test_digits_of_other_scripts_are_no_numbers_here() -> None:
    for name, text in (("number", "٣"), ("amount_usd", "٣.٥"), ("amount_usd", "１００")):
        with pytest.raises(WrongCell):
            parse_cell(column("seed_awards", name), text)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_sheet_or_problems(content: bytes) -> None:
    sheet = read_sheet(BY_NAME["pillars"], content)
    assert sheet.problems  # no such bytes have the columns of pillars.csv


@given(st.binary(max_size=200))
def test_any_bytes_are_a_strategy_or_problems(content: bytes) -> None:
    strategy, problems = parse_strategy(content)
    assert strategy is None
    assert problems


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS).filter(lambda row: any(cell.strip() for cell in row)), max_size=6))
def test_what_a_csv_writer_wrote_is_read_back_row_by_row(rows: list[tuple[str, str, str]]) -> None:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([("code", "title", "position"), *rows])
    sheet = read_sheet(BY_NAME["areas"], lines.getvalue().encode("utf-8"))
    assert [tuple(cells.values()) for _, cells in sheet.rows] == rows
    assert [number for number, _ in sheet.rows] == list(range(2, len(rows) + 2))
