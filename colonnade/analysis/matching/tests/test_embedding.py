"""A language model beside the words: its part of the score, and what is said where it cannot be used."""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from colonnade.analysis.matching.embedding import ModelUnreadable, likeness, load_model
from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.latent import Floats
from colonnade.analysis.matching.records import Kind, Record
from colonnade.analysis.matching.weights import the_weights


def letters(texts: Sequence[str]) -> Floats:
    """A tiny model: how often each letter stands in a text."""
    return np.array(
        [[text.lower().count(each) for each in "abcdefghijklmnopqrstuvwxyz"] for text in texts], dtype=float
    )


def test_a_model_adds_its_part_and_can_change_the_order() -> None:
    candidates = [Record("a", "prison staff zzzzzzzz"), Record("b", "prison"), Record("c", "museum")]
    query = Record("q", "prison staff zzzzzzzzzzzzzzzz")
    plain = {each.candidate: each for each in Index.of(candidates).suggestions(query)}
    told = {each.candidate: each for each in Index.of(candidates, further=[likeness(letters)]).suggestions(query)}
    for name, each in told.items():
        [part] = [some for some in each.contributions if some.kind is Kind.MODEL]
        assert each.score == plain[name].score + part.amount
        assert 0 < part.amount <= the_weights().model * 1e6
        assert part.in_query
        assert part.in_candidate


def test_a_folder_is_read_by_the_library_where_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class SentenceTransformer:
        def __init__(self, path: str, device: str) -> None:
            if not Path(path, "config.json").is_file():
                raise OSError("no config.json")
            self.device = device

        def encode(self, texts: list[str], show_progress_bar: bool) -> Floats:
            assert not show_progress_bar
            return letters(texts)

    library = ModuleType("sentence_transformers")
    library.SentenceTransformer = SentenceTransformer  # type: ignore[attr-defined]  # a library of this test
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    with pytest.raises(ModelUnreadable, match=r"holds no model that sentence-transformers reads: no config\.json"):
        load_model(tmp_path)
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    [suggestion] = Index.of([Record("a", "prison")], further=[load_model(tmp_path)]).suggestions(Record("q", "prisons"))
    assert Kind.MODEL in {each.kind for each in suggestion.contributions}


def test_without_the_library_the_mend_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelUnreadable, match="install it, or leave --model out"):
        load_model(tmp_path)
