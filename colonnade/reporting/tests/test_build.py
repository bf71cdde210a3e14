"""Building the analysis of the whole portfolio from a snapshot: every file, whole or not at all, and true to it."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from colonnade.analysis.figures.verification import verify
from colonnade.core.viewer import AUDIENCES
from colonnade.reporting import build as build_module
from colonnade.reporting.build import (
    FolderInUse,
    UnknownInventory,
    WrongAudience,
    build_report,
    compose_report,
)
from colonnade.reporting.document import Document, Paragraph
from colonnade.reporting.tests import snapshots

REPORT = Path(settings.PACK_DIR) / "reports" / "annex-ii"
SECRETARIAT = AUDIENCES["secretariat"]


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return snapshots.write(tmp_path / "snapshot")


def words(document: Document) -> str:
    blocks = [*document.summary, *document.blocks]
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def test_all_formats_appear_and_every_figure_can_be_computed_again(tmp_path: Path, snapshot: Path) -> None:
    out = tmp_path / "out" / "annex-ii"
    built = build_report(REPORT, snapshot, audience=SECRETARIAT, out=out)
    assert sorted(path.name for path in out.iterdir()) == [
        "figures.json", "report.docx", "report.html", "report.pdf", "report.xlsx", "snapshot",
    ]  # fmt: skip
    assert verify(out) == []
    assert set(built.seconds) == {"figures and text", "html", "docx", "pdf", "xlsx", "json and snapshot"}
    assert str(out) in str(built)
    content = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert (content["report"], content["audience"], content["as_of"]) == (
        "annex-ii", "secretariat", "2020-02-07T09:30:00Z",
    )  # fmt: skip
    figures = {figure["key"]: figure for figure in content["figures"]}
    assert figures["projects"]["value"] == 5
    assert figures["projects"]["source"] == "A/74/677 annex II para. 56"
    assert figures["shortfall_total"]["value"] == 3_900_000


def test_the_text_says_what_the_records_say(snapshot: Path) -> None:
    text = words(compose_report(REPORT, snapshot, audience=SECRETARIAT).document)
    assert "the portfolio held five projects, more than the 3 in the previous inventory" in text
    assert "two projects were carried over and one project left the portfolio; three projects are new" in text
    assert "The overall budget of the portfolio is $5.8 million." in text
    assert "falls under pillar III" in text


def test_what_the_snapshot_does_not_hold_is_left_out(snapshot: Path) -> None:
    document = compose_report(REPORT, snapshot, audience=SECRETARIAT).document
    headings = [heading.text for heading in document.headings]
    assert "Technical assistance needs" not in headings
    assert "Multi-year appeal" not in headings
    assert "The portfolio of projects" in headings


def test_another_inventory_is_compared_with_what_the_snapshot_says_and_names_its_own_source(snapshot: Path) -> None:
    composed = compose_report(REPORT, snapshot, audience=SECRETARIAT, inventory="portfolio-2018")
    assert composed.results["projects"].value == 3
    assert composed.results["projects_previous"].value is None
    assert composed.results["projects"].source == "made for a test"
    assert "in the previous inventory" not in words(composed.document)


def test_an_inventory_that_the_snapshot_does_not_hold_is_refused_with_those_it_holds(snapshot: Path) -> None:
    with pytest.raises(UnknownInventory, match="portfolio-2018, portfolio-2019"):
        compose_report(REPORT, snapshot, audience=SECRETARIAT, inventory="portfolio-2030")


def test_a_snapshot_for_another_audience_is_refused(snapshot: Path) -> None:
    with pytest.raises(WrongAudience):
        compose_report(REPORT, snapshot, audience=AUDIENCES["public"])


def test_banners_tell_of_illustration_and_audience(tmp_path: Path) -> None:
    own = compose_report(REPORT, snapshots.write(tmp_path / "own"), audience=SECRETARIAT).document
    assert own.banner == "Illustrative records, made for a test. For the secretariat only."
    assert own.running_banner == "Illustrative records. For the secretariat only."
    tables = snapshots.rows()
    tables["inventory"][1]["provenance"] = "published"
    folder = snapshots.write(tmp_path / "public", audience="public", tables=tables)
    report = tmp_path / "reports" / "annex-ii"
    report.mkdir(parents=True)
    for name in REPORT.rglob("*.*"):
        copy = report / name.relative_to(REPORT)
        copy.parent.mkdir(exist_ok=True)
        text = name.read_text(encoding="utf-8").replace('provenance = "illustrative"\n', "")
        copy.write_text(text.replace("../../pillars.csv", str(settings.PACK_DIR / "pillars.csv")), encoding="utf-8")
    published = compose_report(report, folder, audience=AUDIENCES["public"]).document
    assert published.banner == published.running_banner == ""


def test_a_build_replaces_an_earlier_one_and_nothing_else(tmp_path: Path, snapshot: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderInUse):
        build_report(REPORT, snapshot, audience=SECRETARIAT, out=out)
    assert (out / "letters.txt").read_text(encoding="utf-8") == "mine"
    (out / "letters.txt").rename(out / "figures.json")  # now it looks like an earlier build
    build_report(REPORT, snapshot, audience=SECRETARIAT, out=out)
    assert (out / "report.pdf").is_file()


def test_a_build_that_fails_leaves_the_earlier_one_and_no_remains(
    tmp_path: Path, snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "here" / "out"
    build_report(REPORT, snapshot, audience=SECRETARIAT, out=out)
    before = (out / "report.html").read_bytes()

    def fail(_: Document) -> bytes:
        raise OSError("the disk is full")

    monkeypatch.setattr(build_module, "render_pdf", fail)
    with pytest.raises(OSError, match="disk is full"):
        build_report(REPORT, snapshot, audience=SECRETARIAT, out=out)
    assert (out / "report.html").read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_report_that_is_not_public_is_closed_to_others(tmp_path: Path, snapshot: Path) -> None:
    out = tmp_path / "out"
    build_report(REPORT, snapshot, audience=SECRETARIAT, out=out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_records_of_the_workbook_say_how_many_there_are_beyond_the_limit(snapshot: Path) -> None:
    composed = compose_report(REPORT, snapshot, audience=SECRETARIAT, records_limit=2)
    records = composed.document.records["projects"]
    assert (len(records.rows), records.total) == (2, 5)
    without = compose_report(REPORT, snapshot, audience=SECRETARIAT, records_limit=0)
    assert replace(without.document, records={}) == without.document
