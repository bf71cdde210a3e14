"""Cross-tables, totals, facets and lists over tables made by hand, against the same counted in Python."""

from collections.abc import Callable
from itertools import product

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.crosstab.asking import answer, answers, facets, read_order, totals
from colonnade.analysis.crosstab.listing import every_row, listing
from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.crosstab.sql import BadSelection, Sql, Typed, relation

Row = dict[str, object]

ROWS: list[Row] = [
    {"project": "a", "title": "Bêta", "pillar": "II", "countries": ["QMA", "QMB"], "budget_usd": 10, "areas": []},
    {"project": "b", "title": "alpha", "pillar": "I", "countries": ["QMA"], "budget_usd": None, "areas": ["x"]},
    {"project": "c", "title": "Gamma", "pillar": None, "countries": [], "budget_usd": 5, "areas": ["x", "y"]},
    {"project": "d", "title": "O'Neill; DROP", "pillar": "I", "countries": ["QMB"], "budget_usd": 7, "areas": ["y"]},
]
PROJECTS = Selection(Subject.PROJECTS, "now")


def tables(rows: list[Row]) -> duckdb.DuckDBPyConnection:
    """A snapshot's tables with these projects in the inventory ``now``."""
    cursor = duckdb.connect()
    cursor.execute(
        "CREATE TABLE entry (inventory VARCHAR, project VARCHAR, title VARCHAR, pillar VARCHAR, countries VARCHAR[],"
        " areas VARCHAR[], budget_usd DECIMAL(18,2), ends_on DATE)"
    )
    cursor.execute(
        "CREATE TABLE label (dimension VARCHAR, code VARCHAR, title VARCHAR, short_title VARCHAR, position INT)"
    )
    cursor.execute(
        "INSERT INTO label VALUES ('pillar','I','One','One',1),('pillar','II','Two','Two',2),"
        "('country','QMB','B','B',1),('country','QMA','A','A',2)"
    )
    for row in rows:
        cursor.execute(
            "INSERT INTO entry VALUES ('now', ?, ?, ?, ?, ?, ?, DATE '2020-06-30')",
            [row[name] for name in ("project", "title", "pillar", "countries", "areas", "budget_usd")],
        )
    cursor.execute("INSERT INTO entry SELECT * REPLACE ('before' AS inventory) FROM entry WHERE project = 'a'")
    return cursor


def test_a_record_counts_under_each_of_its_values_and_once_in_the_total() -> None:
    cursor = tables(ROWS)
    found = answer(cursor, Question(PROJECTS, "projects", "country", "pillar"), read_order(cursor))
    assert found.row_codes == ("QMB", "QMA", None)
    assert found.column_codes == ("I", "II", None)
    assert found.cells == {("QMA", "I"): 1, ("QMA", "II"): 1, ("QMB", "I"): 1, ("QMB", "II"): 1, (None, None): 1}
    assert found.row_totals == {"QMA": 2, "QMB": 2, None: 1}
    assert found.column_totals == {"I": 2, "II": 1, None: 1}
    assert (found.total, found.base, found.rows_sum) == (4, 4, 5)


def test_amounts_say_how_many_report_none() -> None:
    cursor = tables(ROWS)
    found = answer(cursor, Question(PROJECTS, "budget", "pillar"), {})
    assert found.row_totals == {"I": 7, "II": 10, None: 5}
    assert (found.total, found.base, found.unreported, found.rows_sum) == (22, 4, 1, None)
    assert found.cells["I", None] == 7


def test_rows_are_those_that_the_filter_asks_for_and_a_cell_is_the_list_within_it() -> None:
    cursor = tables(ROWS)
    chosen = PROJECTS.where("country", "QMA")
    found = answer(cursor, Question(chosen, "projects", "country"), {})
    assert (found.row_totals, found.total, found.rows_sum) == ({"QMA": 2}, 2, 2)
    without = Selection(Subject.PROJECTS, "now", {"country": ("!QMA",)})
    found = answer(cursor, Question(without, "projects", "country"), {})
    assert found.row_totals == {"QMB": 1, None: 1}
    assert without.within("country", "QMB").filters == {"country": ("QMB", "!QMA")}
    assert totals(cursor, without.within("country", "QMB"), ["projects"]).values == {"projects": 1}


def test_several_measures_of_one_table_are_what_each_is_alone() -> None:
    cursor = tables(ROWS)
    question = Question(PROJECTS, "projects", "country", "area")
    together = answers(cursor, question, ("projects", "budget"), {})
    alone = [answer(cursor, Question(PROJECTS, measure, "country", "area"), {}) for measure in ("projects", "budget")]
    for one, other in zip(together, alone, strict=True):
        assert (one.cells, one.row_totals, one.column_totals) == (other.cells, other.row_totals, other.column_totals)
        assert (one.question, one.total, one.base, one.unreported) == (
            other.question,
            other.total,
            other.base,
            other.unreported,
        )


def test_two_multi_valued_dimensions_are_crossed_not_zipped() -> None:
    cursor = tables(ROWS)
    found = answer(cursor, Question(PROJECTS, "projects", "country", "area"), {})
    assert found.cells == {
        ("QMA", None): 1,
        ("QMB", None): 1,
        ("QMA", "x"): 1,
        (None, "x"): 1,
        (None, "y"): 1,
        ("QMB", "y"): 1,
    }
    assert found.column_totals == {None: 1, "x": 2, "y": 2}
    assert found.total == 4


def test_codes_are_any_of_and_except_and_not_reported() -> None:
    cursor = tables(ROWS)

    def ids(**filters: tuple[str, ...]) -> list[object]:
        page = listing(cursor, Selection(Subject.PROJECTS, "now", filters), ["project"], sort="project")
        return [row[0] for row in page.rows]

    assert ids(country=("QMA", "-")) == ["a", "b", "c"]
    assert ids(country=("!QMA",)) == ["c", "d"]
    assert ids(pillar=("!I",)) == ["a", "c"]
    assert ids(pillar=("-",)) == ["c"]
    assert ids(pillar=("I", "!II"), country=("QMB",)) == ["d"]
    assert ids(ends_by=("2020-06-30",), ends_from=("2020-06-30",)) == ["a", "b", "c", "d"]
    assert ids(ends_by=("2020-06-29",)) == []
    assert ids(pillar=("no such'; DROP TABLE entry",)) == []


def test_a_facet_leaves_its_own_filter_out_and_keeps_the_others() -> None:
    cursor = tables(ROWS)
    chosen = Selection(Subject.PROJECTS, "now", {"pillar": ("I",), "country": ("QMA",)})
    found = facets(cursor, chosen, ["pillar", "country", "inventory"], read_order(cursor))
    assert found["pillar"].counts == (("I", 1), ("II", 1))
    assert found["country"].counts == (("QMB", 1), ("QMA", 1))
    assert found["inventory"].counts == (("now", 1),)


def test_lists_sort_as_the_strategy_orders_and_what_is_not_reported_comes_last() -> None:
    cursor = tables(ROWS)

    def ids(sort: str) -> list[object]:
        return [row[0] for row in listing(cursor, PROJECTS, ["project"], sort=sort).rows]

    assert ids("pillar") == ["d", "b", "a", "c"]
    assert ids("-pillar") == ["a", "d", "b", "c"]
    assert ids("budget_usd") == ["c", "d", "a", "b"]
    assert ids("-budget_usd") == ["a", "d", "c", "b"]
    assert [row[0] for row in every_row(cursor, PROJECTS, ["project"], sort="-pillar")] == ids("-pillar")


def test_counts_of_nothing_are_nought_and_amounts_of_nothing_are_unknown() -> None:
    cursor = tables([])
    assert totals(cursor, PROJECTS, ["projects", "budget"]).values == {"projects": 0, "budget": None}
    assert answer(cursor, Question(PROJECTS, "projects", "country", "pillar"), {}).total == 0


def test_what_was_typed_filters_and_ranks() -> None:
    cursor = tables(ROWS)
    typed = Typed(Sql("contains(lower(title), ?)", ("a",)), "position('a' IN title)")
    page = listing(cursor, PROJECTS, ["title"], typed=typed, limit=1, offset=1)
    assert page.total == 3
    found = totals(cursor, PROJECTS, ["projects", "budget"], typed)
    assert (found.base, found.values, found.unreported) == (
        3,
        {"projects": 3, "budget": 15},
        {"projects": 0, "budget": 1},
    )


@pytest.mark.parametrize(
    "question",
    [
        Question(PROJECTS, "needs", "pillar"),
        Question(PROJECTS, "nothing", "pillar"),
        Question(PROJECTS, "projects", "kind"),
        Question(PROJECTS, "projects", "ends_by"),
        Question(PROJECTS.where("ends_by", "soon"), "projects", "pillar"),
        Question(PROJECTS.where("colour", "red"), "projects", "pillar"),
    ],
)
def test_what_cannot_be_asked_is_refused(question: Question) -> None:
    with pytest.raises(BadSelection):
        answer(tables([]), question, {})


def test_the_printed_query_runs_as_it_stands() -> None:
    cursor = tables(ROWS)
    chosen = PROJECTS.where("pillar", "I", None).where("country", "QMA", "O'Hara?")
    found = answer(cursor, Question(chosen, "projects", "country", "pillar"), {})
    assert sorted(map(str, cursor.execute(found.sql).fetchall())) == sorted(
        map(str, cursor.execute(found.sql).fetchall())
    )
    assert "O''Hara?" in found.sql
    again = {(row[1], row[3]): row[5] for row in cursor.execute(found.sql).fetchall() if row[0] and row[2]}
    assert again == found.cells


codes = st.sampled_from(["I", "II", None])
places = st.lists(st.sampled_from(["QMA", "QMB", "QMC"]), unique=True, max_size=3).map(sorted)
amounts = st.one_of(st.none(), st.integers(0, 1000))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(codes, places, places, amounts), max_size=8))
def test_every_cross_table_is_what_counting_by_hand_gives(
    made: list[tuple[str | None, list[str], list[str], int]],
) -> None:
    rows: list[Row] = [
        {"project": str(at), "title": "t", "pillar": pillar, "countries": here, "areas": areas, "budget_usd": budget}
        for at, (pillar, here, areas, budget) in enumerate(made)
    ]
    cursor = tables(rows)
    of: dict[str, Callable[[Row], list[object]]] = {
        "pillar": lambda row: [row["pillar"]],
        "country": lambda row: list(row["countries"]) or [None],  # type: ignore[call-overload]  # a list, as made
        "area": lambda row: list(row["areas"]) or [None],  # type: ignore[call-overload]  # a list, as made
    }
    for across, down in product(of, of):
        if across == down:
            continue
        found = answer(cursor, Question(PROJECTS, "projects", across, down), {})
        pairs = [(a, b) for row in rows for a in of[across](row) for b in of[down](row)]
        assert found.cells == {pair: pairs.count(pair) for pair in pairs}
        singles = [code for row in rows for code in of[across](row)]
        assert found.row_totals == {code: singles.count(code) for code in singles}
        assert found.base == len(rows)
        budget = answer(cursor, Question(PROJECTS, "budget", across, down), {})
        reported = [row["budget_usd"] for row in rows if row["budget_usd"] is not None]
        assert budget.total == (sum(reported) if reported else None)  # type: ignore[arg-type]  # integers, as made
        assert budget.unreported == len(rows) - len(reported)


def test_the_readable_text_keeps_question_marks_inside_values() -> None:
    assert (
        relation(PROJECTS.where("pillar", "what?")).readable().endswith("('what?'), false))\n  AND inventory = 'now'")
    )
