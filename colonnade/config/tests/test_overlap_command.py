"""``colonnade overlap``: its exit status, what it writes, and what it refuses."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from colonnade.analysis.overlap.record_file import write_records
from colonnade.analysis.overlap.tests.projects import BORDER, BORDER_AGAIN, PORTS, PRISONS
from colonnade.config.cli.main import COULD_NOT_RUN, FINE, FOUND, main


def written(folder: Path) -> Path:
    path = folder / "records.csv"
    write_records(path, [BORDER, BORDER_AGAIN, PRISONS, PORTS])
    return path


def test_pairs_are_written_most_likely_first_with_kind_and_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pairs.csv"
    assert main(["overlap", "--records", str(written(tmp_path)), "--out", str(out)]) == FOUND
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["a", "b", "probability", "kind", "reasons"]
    assert (rows[0]["a"], rows[0]["b"], rows[0]["kind"]) == ("A1", "B1", "likely duplicate record")
    assert "both in MLI" in rows[0]["reasons"]
    chances = [float(row["probability"]) for row in rows]
    assert chances == sorted(chances, reverse=True)
    told = capsys.readouterr()
    assert "4 records" in told.out
    assert "sketching 4 records" in told.err


def test_the_same_file_has_the_same_pairs_to_the_byte(tmp_path: Path) -> None:
    records = written(tmp_path)
    for name in ("one.csv", "two.csv"):
        main(["overlap", "--records", str(records), "--out", str(tmp_path / name), "--quiet"])
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_no_pairs_is_status_0(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    write_records(path, [BORDER, PORTS])
    assert main(["overlap", "--records", str(path), "--out", str(tmp_path / "pairs.csv")]) == FINE


def test_only_pairs_of_changed_records_are_written_where_so_asked(tmp_path: Path) -> None:
    changed, out = tmp_path / "changed.csv", tmp_path / "pairs.csv"
    write_records(changed, [replace(BORDER_AGAIN, id="E1", entity="Five")])
    arguments = ["overlap", "--records", str(written(tmp_path)), "--changed", str(changed), "--out", str(out)]
    assert main(arguments) == FOUND
    with out.open(encoding="utf-8", newline="") as file:
        assert all("E1" in (row["a"], row["b"]) for row in csv.DictReader(file))


def test_pairs_of_a_file_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "pairs.txt", tmp_path / "judged.csv"
    same = "COL title VAL screening of containers in ports COL year VAL 2019"
    path.write_text(f"{same}\t{same}\t1\n{same}\tCOL title VAL prisons COL year VAL 2001\t0\n", encoding="utf-8")
    assert main(["overlap", "--pairs", str(path), "--out", str(out)]) == FINE
    assert "precision 1.0000, recall 1.0000, F1 1.0000" in capsys.readouterr().out


def test_what_cannot_be_read_or_written_is_status_2_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records, out = written(tmp_path), tmp_path / "pairs.csv"
    broken = tmp_path / "broken.csv"
    broken.write_text("id,title,start\nA,T,yesterday\n", encoding="utf-8")
    assert main(["overlap", "--records", str(broken), "--out", str(out)]) == COULD_NOT_RUN
    assert "row 2, column start: this is not a date (met: 'yesterday')" in capsys.readouterr().err
    assert not out.exists()
    assert main(["overlap", "--records", str(tmp_path / "none.csv"), "--out", str(out)]) == COULD_NOT_RUN
    assert main(["overlap", "--records", str(records), "--out", str(records)]) == COULD_NOT_RUN
    assert main(["overlap", "--records", str(records), "--out", str(tmp_path / "no" / "pairs.csv")]) == COULD_NOT_RUN
    with pytest.raises(SystemExit):
        main(["overlap", "--records", str(records), "--out", str(out), "--top", "0"])
    assert not list(tmp_path.glob("*.unfinished"))
