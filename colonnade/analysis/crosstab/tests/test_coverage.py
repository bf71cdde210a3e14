"""When the answers of a need end: the rule in SQL held against the rule in Python, over any responses."""

from __future__ import annotations  # pytest outlives DuckDB's types; held in signatures, they are called leaks

from datetime import date, timedelta

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.crosstab.coverage import ANSWERING_ENTITIES, RESTS_UNTIL
from colonnade.needs.coverage import ANSWERS, Coverage, coverage_of
from colonnade.needs.models import Response

DAY = date(2019, 8, 31)
ends = st.none() | st.integers(-3, 3).map(lambda step: DAY + timedelta(days=step))
#: Strength, standing, until when the response says, the end of its project.
said = st.tuples(
    st.sampled_from(Response.Strength.values), st.sampled_from(Response.Standing.values), ends, ends
)  # fmt: skip
Said = tuple[str, str, date | None, date | None]


def last_day(answer: Said) -> date | None:
    given_days = [day for day in answer[2:] if day is not None]
    return min(given_days) if given_days else None


def lessens_after(answers: list[Said]) -> date | None:
    """The day after which the need is covered less than now: found by letting one answer after the other end."""

    def covered(on: date) -> Coverage:
        return coverage_of(
            (strength, standing)
            for strength, standing, *days in answers
            if standing != "verified"
            or (last := last_day((strength, standing, days[0], days[1]))) is None
            or last >= on
        )

    order = list(Coverage)
    # An answer that ended long ago still counts today: the days begin before every end.
    first = DAY - timedelta(days=9)
    now = covered(first)
    if now not in (Coverage.PARTLY_MET, Coverage.MET):
        return None
    for step in range(20):
        if order.index(covered(first + timedelta(days=step))) < order.index(now):
            return first + timedelta(days=step - 1)
    return None


def registry(answers: list[Said]) -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("CREATE TABLE recommendation (recommendation VARCHAR, country VARCHAR)")
    made.execute("CREATE TABLE response (recommendation VARCHAR, project VARCHAR, strength VARCHAR, standing VARCHAR,"
                 " until_on DATE)")  # fmt: skip
    made.execute("CREATE TABLE entry (inventory VARCHAR, project VARCHAR, ends_on DATE)")
    made.execute("CREATE TABLE project (project VARCHAR, entity VARCHAR)")
    made.execute("INSERT INTO recommendation VALUES ('n', 'QMA'), ('other', 'QMB')")
    for place, (strength, standing, until_on, ends_on) in enumerate(answers):
        project = f"p{place}"
        made.execute("INSERT INTO response VALUES ('n', ?, ?, ?, ?)", [project, strength, standing, until_on])
        made.execute("INSERT INTO entry VALUES ('now', ?, ?), ('before', ?, ?)", [project, ends_on, project, ends_on])
        made.execute("INSERT INTO project VALUES (?, ?)", [project, f"E{place % 2}"])
    return made


@settings(max_examples=60, deadline=None)
@given(st.lists(said, max_size=4))
def test_a_need_rests_until_the_day_after_which_it_is_covered_less(answers: list[Said]) -> None:
    made = registry(answers)
    found = dict(made.execute(f"SELECT recommendation, {RESTS_UNTIL} FROM recommendation").fetchall())
    assert found["n"] == lessens_after(answers)
    assert found["other"] is None


@settings(max_examples=30, deadline=None)
@given(st.lists(said, max_size=4))
def test_the_entities_that_respond_are_those_of_answers(answers: list[Said]) -> None:
    made = registry(answers)
    found = dict(made.execute(f"SELECT recommendation, {ANSWERING_ENTITIES} FROM recommendation").fetchall())
    expected = {f"E{place % 2}" for place, answer in enumerate(answers) if answer[1] in ANSWERS}
    assert found["n"] == sorted(expected)
    assert found["other"] == []
