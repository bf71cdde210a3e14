"""A problem tells a person where to look and what to do."""

import pytest

from colonnade.core.problems import Problem, ProblemsFound


def test_a_problem_names_file_row_column_value_and_mend() -> None:
    problem = Problem("pillars.csv", 3, "code", "V", "no such pillar", "use I to IV")
    assert str(problem) == "pillars.csv, row 3, column code: no such pillar (met: 'V'). Mend: use I to IV"


def test_a_problem_of_a_whole_file_names_no_row() -> None:
    assert str(Problem("a.csv", None, None, "", "is missing", "add it")) == "a.csv: is missing. Mend: add it"


def test_all_problems_are_raised_together() -> None:
    both = [Problem("a.csv", row, "x", "", "empty", "fill it in") for row in (2, 5)]
    with pytest.raises(ProblemsFound) as raised:
        raise ProblemsFound(both)
    assert raised.value.problems == tuple(both)
