"""Files of records and of pairs: what is read, and what is refused and how."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from colonnade.analysis.overlap import record_file
from colonnade.analysis.overlap.index import Index, propose
from colonnade.analysis.overlap.pair_file import judged_pairs, read_pairs
from colonnade.analysis.overlap.record_file import read_corpus, read_records, write_records
from colonnade.analysis.overlap.tests.projects import BORDER, BORDER_AGAIN, PORTS, PRISONS
from colonnade.core.problems import ProblemsFound

HEADER = "id,entity,title,text,countries,start,end,amount,parent\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "records.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read_corpus(path)
    return [str(problem).removeprefix(f"{path}, ") for problem in found.value.problems]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    records = [BORDER, replace(BORDER_AGAIN, countries=("Mali", "Niger"), parent="A1", text='a "b", c\nd'), PORTS]
    write_records(path, records)
    read = read_records(path)
    assert [replace(each, countries=()) for each in read] == [replace(each, countries=()) for each in records]
    assert read_corpus(path).columns.ids == ["A1", "B1", "D1"]


def test_two_processes_read_the_same_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "records.csv"
    write_records(path, [BORDER, BORDER_AGAIN, PRISONS, PORTS])
    alone = list(propose(Index.of(read_corpus(path))))
    monkeypatch.setattr(record_file, "_LARGE", 0)
    monkeypatch.setattr(record_file, "_BLOCK", 1)
    together = list(propose(Index.of(read_corpus(path))))
    assert [(each.a, each.b, each.kind, round(each.log_odds, 9)) for each in together] == [
        (each.a, each.b, each.kind, round(each.log_odds, 9)) for each in alone
    ]


def test_dates_may_be_years_and_months_and_amounts_have_separators(tmp_path: Path) -> None:
    rows = 'x,,T,,,2019,2020-02,"1,250,000.50",\ny,,T,,,2019-03-04T00:00:00,,7,\n'
    one, other = read_records(written(tmp_path, HEADER + rows))
    assert (one.start, one.end, one.amount) == (date(2019, 1, 1), date(2020, 2, 29), 1_250_000.5)
    assert (other.start, other.end, other.amount) == (date(2019, 3, 4), None, 7.0)


def test_columns_that_are_not_there_are_empty(tmp_path: Path) -> None:
    (record,) = read_records(written(tmp_path, "title,id,more\nBorder,A,x\n"))
    assert (record.id, record.title, record.entity, record.start) == ("A", "Border", "", None)


def test_everything_wrong_is_told_with_row_column_value_and_mend(tmp_path: Path) -> None:
    rows = ",One,T,,,,,,\nB,One,T,,,31/12/2019,,1e9,\nC,One\nD,One,T,,,,2019-13,,\n"
    told = refused(written(tmp_path, HEADER + rows))
    assert told[0].startswith("row 2, column id: a record has no identifier. Mend: ")
    assert told[1].startswith(
        "row 3, column start: this is not a date (met: '31/12/2019'). Mend: write it as 2024-03-31"
    )
    assert told[2].startswith("row 3, column amount: this is not an amount (met: '1e9'). Mend: ")
    assert told[3].startswith("row 4: 2 cells under 9 columns")
    assert told[4].startswith("row 5, column end: this is not a date (met: '2019-13')")


def test_an_identifier_that_stands_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    (told,) = refused(written(tmp_path, HEADER + "A,,T,,,,,,\nB,,T,,,,,,\nA,,U,,,,,,\n"))
    assert told.startswith("row 4, column id: it is the identifier of row 2 too (met: 'A')")


@pytest.mark.parametrize("text", ["", "title,text\nx,y\n", "id,id,title\n", "id;title\n"])
def test_a_file_without_the_header_is_refused(tmp_path: Path, text: str) -> None:
    (told,) = refused(written(tmp_path, text))
    assert "no header of records" in told


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(b"id,title\nA,Fronti\xe8re\n")
    assert "not UTF-8" in refused(path)[0]


def test_pairs_are_read_and_judged_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    border = "COL title VAL border posts in mali COL year VAL 2019 "
    prisons = "COL title VAL prisons COL year VAL 2001 COL x VAL"
    path.write_text(f"{border}\t{border}\t1\n{border}\t{prisons}\t0\n", encoding="utf-8")
    pairs = read_pairs(path)
    assert [pair.same for pair in pairs] == [True, False]
    assert pairs[0].left is pairs[1].left
    one, other = judged_pairs(pairs)
    assert one.probability > other.probability


def test_a_line_that_is_no_pair_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text("COL title VAL a\tCOL title VAL b\t2\nnothing\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        read_pairs(path)
    assert [(problem.row, problem.value) for problem in found.value.problems] == [(1, "2"), (2, "nothing")]
