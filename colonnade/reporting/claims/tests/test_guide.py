"""The guide to writing claims: its example is read, and its table names every kind of relation."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.core.problems import Problem, ProblemsFound
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


JUNK: Final = (
    "3", "-1", "1e400", "nan", "true", '""', '"wells"', '"cost"', '"meetings"', "[]", "[[]]", "{}", "[1, true]",
    '{ list = "meetings", in_year = "then" }', "{ sum = 3 }", "{ share = 1, of = {} }", "2019-02-03",
    "2019-02-03T04:05:06",
    '[{ name = "Lima" }]', '{ ratio = ["wells", 0] }', '{ file = ".", column = "a" }', '["meetings", "wells"]',
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_a_key_is_set_to_the_file_is_read_or_refused_with_a_mend(data: st.DataObject) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    lines = example.splitlines()
    places = [place for place, line in enumerate(lines) if re.match(r"\w+ = [^\[]", line)]
    place = data.draw(st.sampled_from(places))
    lines[place] = lines[place].split(" = ")[0] + " = " + data.draw(st.sampled_from(JUNK))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        problems = problems_of(path)
    assert all(problem.message and problem.mend for problem in problems)


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What the file is refused for, if it is."""
    try:
        check_claims(load_claims(path))
    except ProblemsFound as refused:
        return refused.problems
    return ()


def test_the_guide_names_every_kind_of_relation() -> None:
    assert re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE) == list(KINDS)
