"""``colonnade match``: its exit status, what it writes, and what it refuses."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from colonnade.config.cli.main import COULD_NOT_RUN, FINE, FOUND, main

NEEDS = """id,text,country,theme,start
n1,Train prison staff to prevent torture,Mali,Prisons,2024-01-01
n2,"Ratify the Convention against Torture, and its protocol",Kenya,,
"""
PROJECTS = """id,title,text,country,theme,start,end
p1,Prisons,Training of prison staff,ML,prisons,2023-01-01,2025-01-01
p2,,Support to ratification of OPCAT,Global,,,
p3,,Prison staff in another country,Chad,,,
"""


def files(folder: Path, needs: str = NEEDS, projects: str = PROJECTS) -> list[str]:
    """The command's arguments, over files with these lines."""
    (folder / "needs.csv").write_text(needs, encoding="utf-8")
    (folder / "projects.csv").write_text(projects, encoding="utf-8")
    names = {"--queries": "needs.csv", "--candidates": "projects.csv", "--out": "ranks.csv"}
    return ["match", *(part for name, file in names.items() for part in (name, str(folder / file)))]


def test_ranks_are_written_with_reasons_that_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files(tmp_path)) == FINE
    with (tmp_path / "ranks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["query", "candidate", "rank", "score", "reasons"]
    assert [(each["query"], each["candidate"], each["rank"]) for each in rows] == [
        ("n1", "p1", "1"),
        ("n1", "p2", "2"),
        ("n2", "p2", "1"),
    ]
    for row in rows:
        reasons = json.loads(row["reasons"], parse_float=Decimal)
        assert sum(each["contribution"] for each in reasons) == Decimal(row["score"])
    first = {each["kind"]: each for each in json.loads(rows[0]["reasons"])}
    assert {"country", "theme", "dates", "words", "concept"} <= set(first)
    assert first["country"]["what"] == "ML"
    assert "2 queries with suggestions, 0 without" in capsys.readouterr().err


def test_the_same_files_give_the_same_ranks_to_the_byte(tmp_path: Path) -> None:
    arguments = files(tmp_path)
    assert main(arguments) == FINE
    once = (tmp_path / "ranks.csv").read_bytes()
    assert main(arguments) == FINE
    assert (tmp_path / "ranks.csv").read_bytes() == once


def test_many_queries_on_two_processors_come_in_their_order(tmp_path: Path) -> None:
    needs = "id,text\n" + "".join(f"n{number},prison staff {number}\n" for number in range(60))
    assert main([*files(tmp_path, needs=needs), "--top", "1"]) == FINE
    with (tmp_path / "ranks.csv").open(encoding="utf-8", newline="") as file:
        assert [each["query"] for each in csv.DictReader(file)] == [f"n{number}" for number in range(60)]


def test_queries_without_suggestions_are_counted_and_none_at_all_is_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(files(tmp_path, needs="id,text\nn1,prison\nn2,beekeeping\n")) == FINE
    assert "1 queries with suggestions, 1 without" in capsys.readouterr().err
    assert main(files(tmp_path, needs="id,text\nn2,beekeeping\n")) == FOUND


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ("id,country\nn1,Mali\n", "needs.csv, row 1, column text: the column is missing. Mend: name"),
        ("id,text\n", "needs.csv: has no records. Mend: write one a row below the header"),
        ("id,text\n,prison\n", "needs.csv, row 2, column id: is empty. Mend: give each record an id"),
        ("id,text\nn1,  \n", "needs.csv, row 2, column text: is empty, and so is the title. Mend:"),
        ("id,text\nn1,a\nn1,b\n", "needs.csv, row 3, column id: is the id of row 2 as well (met: 'n1'). Mend:"),
        ("id,text,start\nn1,a,May\n", "needs.csv, row 2, column start: is not a date (met: 'May'). Mend: write"),
        (
            "id,text,start,end\nn1,a,2024-02-01,2024-01-01\n",
            "needs.csv, row 2, column end: is before the start (met: '2024-01-01'). Mend: write the later date",
        ),
        ("id,text\nn1,a,b\n", "needs.csv, row 2: has 3 cells where the header has 2. Mend: quote cells"),
        ("id,text,text\nn1,a,b\n", "is there twice (met: 'text'). Mend: keep"),
        ('id,text\nn1,"a\n', "is not CSV: unexpected end of data. Mend: close quotation marks"),
    ],
)
def test_a_wrong_file_is_refused_whole_with_the_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], needs: str, told: str
) -> None:
    assert main(files(tmp_path, needs=needs)) == COULD_NOT_RUN
    assert told in capsys.readouterr().err
    assert not (tmp_path / "ranks.csv").exists()


def test_other_refusals_name_the_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = files(tmp_path)
    (tmp_path / "needs.csv").write_bytes(b"id,text\nn1,caf\xe9\n")
    assert main(arguments) == COULD_NOT_RUN
    assert "is not text in UTF-8 (at byte" in capsys.readouterr().err
    arguments = files(tmp_path)
    assert main([*arguments[:-1], str(tmp_path / "needs.csv")]) == COULD_NOT_RUN
    assert "name another file for --out" in capsys.readouterr().err
    assert main([*arguments[:-1], str(tmp_path / "no" / "ranks.csv")]) == COULD_NOT_RUN
    assert "is no folder; make it" in capsys.readouterr().err
    assert main([*arguments, "--model", str(tmp_path / "model")]) == COULD_NOT_RUN
    assert "is no folder; name the folder of a sentence-transformers model" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*arguments, "--top", "0"])
    assert "'0' is not a whole number from 1 to" in capsys.readouterr().err
    (tmp_path / "needs.csv").unlink()
    assert main(arguments) == COULD_NOT_RUN
    assert "needs.csv" in capsys.readouterr().err
