"""``colonnade overlap``: its exit status, what it writes, and what it refuses."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from colonnade.analysis.overlap.record_file import write_records
from colonnade.analysis.overlap.tests.projects import BORDER, BORDER_AGAIN, PORTS, PRISONS
from colonnade.analysis.tests.test_overlaps import Registry
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
    assert "likely duplicate record: 1" in told.out
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


def test_pairs_that_were_decided_about_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decided, out = tmp_path / "decided.csv", tmp_path / "pairs.csv"
    decided.write_text("a,b,why\nB1,A1,the same work\n", encoding="utf-8")
    arguments = ["overlap", "--records", str(written(tmp_path)), "--decided", str(decided), "--out", str(out)]
    main(arguments)
    assert "A1,B1" not in out.read_text(encoding="utf-8")
    out.unlink()
    decided.write_text("a,b\nB1,\n", encoding="utf-8")
    assert main(arguments) == COULD_NOT_RUN
    assert "row 2: a pair lacks an identifier (met: 'B1, ')" in capsys.readouterr().err
    decided.write_text("one,other\n", encoding="utf-8")
    assert main(arguments) == COULD_NOT_RUN
    assert "no header of pairs" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_portfolio_is_looked_at_for_an_audience_and_against_a_corpus(tmp_path: Path) -> None:
    Registry()
    out, corpus = tmp_path / "pairs.csv", tmp_path / "corpus.csv"
    assert main(["overlap", "--portfolio", "--audience", "public", "--out", str(out)]) == FINE
    out.unlink()
    assert main(["overlap", "--portfolio", "--out", str(out)]) == FOUND
    assert "likely duplicate record" in out.read_text(encoding="utf-8")
    out.unlink()
    write_records(corpus, [BORDER])
    assert main(["overlap", "--portfolio", "--records", str(corpus), "--out", str(out)]) == FOUND
    with out.open(encoding="utf-8", newline="") as file:
        assert all("A1" in (row["a"], row["b"]) for row in csv.DictReader(file))


@pytest.mark.parametrize("named", [[], ["--pairs", "x", "--portfolio"], ["--changed", "x", "--portfolio"]])
def test_what_does_not_go_together_is_status_2(tmp_path: Path, named: list[str]) -> None:
    assert main(["overlap", *named, "--out", str(tmp_path / "pairs.csv")]) == COULD_NOT_RUN


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
