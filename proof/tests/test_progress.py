"""Going on where the proof stopped."""

from pathlib import Path

import pytest

from proof.command import parser
from proof.progress import Progress, record


def test_what_was_done_is_known_at_the_next_run_of_the_same_commit(tmp_path: Path) -> None:
    path = tmp_path / "part.json"
    progress = Progress.read(path, "abc", 1)
    progress.add("outside, from 0", 4_000, 0)
    progress.add("board, from 0", 100, 2)
    again = Progress.read(path, "abc", 1)
    assert (again.probes, again.differences) == (4_100, 2)
    assert Progress.read(path, "abd", 1).done == Progress.read(path, "abc", 2).done == {}


def test_a_damaged_file_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "part.json"
    path.write_text('{"commit": "abc"')
    assert Progress.read(path, "abc", 1).done == {}


def test_a_run_gets_a_line_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "proofs.md"
    progress = Progress(tmp_path / "part.json", "abc", 7, {"one": (1_234, 0)})
    record(page, progress, "1 of 8", 5_000)
    record(page, progress, "2 of 8", 5_000)
    first, second = page.read_text().splitlines()[-2:]
    assert "| `abc` | 7 | 1 of 8 | 1,234 | 5,000 | 0 |" in first
    assert "2 of 8" in second
    assert page.read_text().count("# Proofs") == 1


@pytest.mark.parametrize("text", ["0/8", "9/8", "x", "1/", "1/0"])
def test_a_part_that_is_none_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["--shard", text])
    assert "is no part" in capsys.readouterr().err
