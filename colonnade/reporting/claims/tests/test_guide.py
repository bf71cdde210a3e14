"""The guide to writing claims: its example is read, and its table names every kind of relation."""

import re
from pathlib import Path
from typing import Final

from colonnade.reporting.claims.check import check_claims
from colonnade.reporting.claims.loading import load_claims
from colonnade.reporting.claims.relation_loading import KINDS

GUIDE: Final = (Path(__file__).parents[4] / "docs" / "how-to" / "write-claims.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide_is_read_and_finds_the_wells_without_a_place(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    path = tmp_path / "claims.toml"
    path.write_text(example, encoding="utf-8")
    (found,) = check_claims(load_claims(path))
    assert found.relation == "places"
    assert found.explained_by == ("The place of some wells was not reported",)


def test_the_guide_names_every_kind_of_relation() -> None:
    assert re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE) == list(KINDS)
