"""Suggestions over a snapshot: what each reader is suggested, and that nothing of other rows is in it."""

from pathlib import Path

import pytest

from colonnade.analysis.matching.records import Kind, Record
from colonnade.analysis.matching.registry import suggestions_for_need, suggestions_for_project, suggestions_of
from colonnade.analysis.store import OpenSnapshot, open_snapshot
from colonnade.analysis.tests.examples import entry, need, response
from colonnade.analysis.tests.snapshots import SnapshotBuilder
from colonnade.core.viewer import AUDIENCES, PUBLIC

SECRETARIAT = AUDIENCES["secretariat"].viewer


def built(folder: Path, *, hidden: bool = True) -> Path:
    builder = SnapshotBuilder()
    builder.add("entry", entry("prisons", title="Training of prison staff"))
    builder.add("entry", entry("borders", title="Passenger data at airports"))
    builder.add("recommendation", need("n1", title="Train the staff of prisons"))
    builder.add("recommendation", need("n2", title="Use passenger data against foreign terrorist fighters"))
    if hidden:
        builder.add("entry", entry("secret", title="Prison staff, training"), level="restricted", state="XAA")
        builder.add("recommendation", need("n3", title="Prison staff", theme=""), level="restricted", state="XAA")
    return builder.write(folder)


@pytest.fixture
def opened(tmp_path: Path) -> OpenSnapshot:
    return open_snapshot(built(tmp_path / "snapshot"), SECRETARIAT)


def test_a_need_has_projects_and_a_project_has_needs(opened: OpenSnapshot) -> None:
    assert [each.candidate for each in suggestions_for_need(opened, "n1")][:2] == ["prisons", "secret"]
    assert suggestions_for_need(opened, "n2")[0].candidate == "borders"
    assert suggestions_for_project(opened, "borders")[0].candidate == "n2"
    with pytest.raises(KeyError):
        suggestions_for_need(opened, "nobody")


def test_a_record_that_no_snapshot_knows_is_ranked_at_once(opened: OpenSnapshot) -> None:
    new = Record("new", "Advance passenger information at borders", countries=frozenset({"XAA"}))
    assert suggestions_for_need(opened, new)[0].candidate == "borders"
    assert suggestions_for_project(opened, new)[0].candidate == "n2"


def test_what_a_reader_may_not_see_changes_nothing_of_what_they_are_suggested(tmp_path: Path) -> None:
    with_hidden = open_snapshot(built(tmp_path / "one"), PUBLIC)
    without = open_snapshot(built(tmp_path / "two", hidden=False), PUBLIC)
    for name in ("n1", "n2"):
        assert suggestions_for_need(with_hidden, name) == suggestions_for_need(without, name)
    for name in ("prisons", "borders"):
        assert suggestions_for_project(with_hidden, name) == suggestions_for_project(without, name)


def test_an_opened_snapshot_is_indexed_once(opened: OpenSnapshot) -> None:
    assert suggestions_of(opened) is suggestions_of(opened)


def test_an_earlier_link_of_a_likewise_need_counts_for_its_project_and_for_those_like_it(tmp_path: Path) -> None:
    builder = SnapshotBuilder()
    builder.add("entry", entry("linked", title="Support to magistrates"))
    builder.add("entry", entry("likewise", title="Support to magistrates and to harvests"))
    builder.add("entry", entry("other", title="Museum of the magistrates"))
    builder.add("recommendation", need("old", title="Fair trials by trained magistrates", country="XAB"))
    builder.add("recommendation", need("new", title="Fair trials by trained magistrates"))
    builder.add("response", response("old", "linked", "verified"))
    opened = open_snapshot(builder.write(tmp_path / "snapshot"), SECRETARIAT)
    found = {each.candidate: each for each in suggestions_for_need(opened, "new")}
    told = {name: [part for part in each.contributions if part.kind is Kind.EARLIER] for name, each in found.items()}
    assert [part.what for part in told["linked"]] == ["old – linked"]
    assert [part.what for part in told["likewise"]] == ["old – linked"]
    assert told["linked"][0].amount > told["likewise"][0].amount
    assert not suggestions_of(opened).learned.enough
