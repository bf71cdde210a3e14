"""What became confidential since the earlier side is counted and never named."""

import json
from pathlib import Path
from typing import Any

import pytest

from colonnade.analysis.figures.definition import library
from colonnade.reporting.comparison.builds import Build, open_builds
from colonnade.reporting.comparison.figures import compare_figures
from colonnade.reporting.comparison.openness import Openness, closed_since
from colonnade.reporting.comparison.records import Rows, Weight, compare_records, without_names
from colonnade.reporting.comparison.sides import explain
from colonnade.reporting.comparison.telling import as_json, as_lines
from colonnade.reporting.comparison.tests.folders import built
from colonnade.reporting.tests import snapshots

NEEDS = [("n1", "Wells for the north", "QMA"), ("n2", "Pipes for the south", "QMB"), ("n3", "Taps", "QMB")]


def need(name: str, title: str, country: str, theme: str | None = "dig", kept: str = "") -> dict[str, Any]:
    return {
        "recommendation": name,
        "level": "compact",
        "country": country,
        "theme": theme,
        "pillar": "I",
        "priority": "high",
        "issued_on": "2019-06-01",
        "title": title,
        "reference": name,
        "standing": "open",
        "kept": kept,
        "provenance": "illustrative",
        "mandates": [],
        "concerns": [country],
        "named": [],
    }


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Build, Build]:
    """Two builds for member entities: since the first, one State closed its need, another the theme of one of its."""
    plain = snapshots.rows()

    def build(folder: str, *needs: dict[str, Any]) -> Path:
        answers = [
            {"recommendation": each["recommendation"], "project": "p1", "level": "compact", "strength": "full",
             "standing": "claimed", "claimed_on": "2019-07-01", "concerns": [], "named": []}
            for each in needs if each["recommendation"] == "n1"
        ]  # fmt: skip
        filled = {**plain, "recommendation": list(needs), "response": answers}
        monkeypatch.setattr(snapshots, "rows", lambda: filled)
        return built(tmp_path / folder, "portfolio-2019", audience="compact")

    before = build("before", *(need(*each) for each in NEEDS))
    after = build("after", need("n2", "n2", "QMB", theme=None, kept="title,theme"), need(*NEEDS[2]))
    return open_builds(before, after)


def test_a_figure_changed_and_it_is_not_said_which_need_it_was(builds: tuple[Build, Build]) -> None:
    changes = compare_figures(builds[0].figures, builds[1].figures)
    told = "\n".join(as_lines(changes, *builds, listed=50)) + json.dumps(as_json(changes, *builds), default=str)
    assert "needs_count" in told
    assert "no longer open to these readers, not named" in told
    for hidden in ("Wells for the north", "Pipes for the south", "n1", "n2"):
        assert hidden not in told


def test_the_parts_still_add_up(builds: tuple[Build, Build]) -> None:
    explained = explain(library()["needs_count"], *builds)
    assert explained.parts.adds_up
    assert (explained.before, explained.after) == (3, 2)
    assert [(met.closed, met.told.id, met.told.title) for met in explained.parts.left] == [(True, "", "")]


@pytest.mark.parametrize("key", ["assessed_states", "needs_linked_projects"])
def test_neither_its_state_nor_the_projects_that_respond_are_named(builds: tuple[Build, Build], key: str) -> None:
    (gone,) = explain(library()[key], *builds).parts.left
    assert gone.closed
    assert (gone.told.id, gone.told.title, dict(gone.told.fields)) == ("", "", {})


def test_what_is_closed_is_what_was_open_before_and_is_not_or_not_whole() -> None:
    before = Openness(
        kept={"a": frozenset(), "b": frozenset({"text"}), "c": frozenset()},
        states={"a": "QMA", "b": "QMB", "c": "QMC"},
        answers={"a": frozenset({"p"})},
        projects=frozenset({"p", "q"}),
    )
    after = Openness(kept={"b": frozenset({"text"}), "c": frozenset({"title"})}, projects=frozenset({"p"}))
    closed = {("recommendation", "a"), ("recommendation", "c"), ("project", "q")}
    assert closed_since(before, after, "portfolio") == closed
    assert closed_since(before, after, "needs") == closed | {("country", "QMA"), ("country", "QMC"), ("project", "p")}
    assert closed_since(after, before, "needs") == frozenset()
    assert closed_since(before, before, "needs") == frozenset()


def test_records_without_names_keep_their_sums() -> None:
    rows = Rows(("kind", "id", "title", "usd"), [("project", name, name, 5) for name in "ab"])
    parts = compare_records(rows, Rows(rows.columns, []), Weight("usd"))
    hidden = without_names(parts, {("project", "a")})
    assert hidden.adds_up
    assert [met.told.title for met in hidden.left] == ["b", ""]
    assert hidden.amount_left == parts.amount_left == 10
