"""A report's files against its figures: what is missing, and each number in Word that reads otherwise."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from colonnade.analysis.figures.published import Published, read_figures
from colonnade.core.viewer import AUDIENCES
from colonnade.reporting.build import build_report
from colonnade.reporting.tests import snapshots
from colonnade.reporting.verify_documents import FILES, verify_documents

REPORT = Path(settings.PACK_DIR) / "reports" / "annex-ii"
CONTENT = "word/document.xml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    snapshot = snapshots.write(tmp_path / "snapshot")
    return build_report(REPORT, snapshot, audience=AUDIENCES["secretariat"], out=tmp_path / "out").folder


def without(published: Published, key: str) -> Published:
    return replace(published, figures=tuple(figure for figure in published.figures if figure.key != key))


def named(folder: Path, published: Published) -> set[tuple[str, str]]:
    return {(each.subject, each.aspect) for each in verify_documents(folder, published).differences}


def test_an_honest_report_agrees_with_its_figures(folder: Path) -> None:
    verified = verify_documents(folder, read_figures(folder))
    assert verified.differences == ()
    assert verified.numbers > 10


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert named(folder, read_figures(folder)) == {(name, "file")}


def test_a_number_changed_in_word_is_named(folder: Path) -> None:
    path = folder / "report.docx"
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert b"$3.9 million" in parts[CONTENT]
    parts[CONTENT] = parts[CONTENT].replace(b"$3.9 million", b"$9.3 million")
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert ("report.docx, shortfall_total", "number") in named(folder, read_figures(folder))


def test_a_figure_that_word_prints_and_the_file_lacks_is_named(folder: Path) -> None:
    published = without(read_figures(folder), "projects")
    assert named(folder, published) == {("report.docx, projects", "figure")}


def test_a_word_file_that_is_none_is_named(folder: Path) -> None:
    (folder / "report.docx").write_bytes(b"PK nothing")
    assert named(folder, read_figures(folder)) == {("report.docx", "file")}
