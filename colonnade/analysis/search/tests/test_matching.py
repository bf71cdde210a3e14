"""Words as typed, near words, half-remembered titles."""

from typing import Any

import duckdb
import pytest

from colonnade.analysis.search import vocabulary
from colonnade.analysis.search.matching import Matching, Reading, Said, matching
from colonnade.analysis.search.tests.examples import tables


def rows(cursor: duckdb.DuckDBPyConnection, found: Matching, table: str = "entry") -> list[str]:
    """The titles that a list would show, in its order."""
    sql = f"SELECT title FROM {table} WHERE {found.condition} GROUP BY title ORDER BY max({found.rank}) DESC, title"
    return [str(row[0]) for row in cursor.execute(sql, list(found.parameters)).fetchall()]


def titles(text: str, table: str = "entry", **given: Any) -> list[str]:
    cursor = tables(**given)
    return rows(cursor, matching(cursor, table, text), table)


def test_every_word_must_be_found_as_the_beginning_of_a_word() -> None:
    assert titles("border sahel") == ["Border management in the Sahel"]
    assert titles("bord manag") == ["Border management in the Sahel"]
    assert titles("agement") == []


def test_accents_and_capitals_make_no_difference() -> None:
    assert titles("RESUME") == ["Résumé of border controls"]
    assert titles("résumé") == ["Résumé of border controls"]


def test_words_in_quotes_stand_together_and_whole() -> None:
    assert titles('"border controls"') == ["Résumé of border controls"]
    assert titles("“border controls”") == ["Résumé of border controls"]
    assert titles('"border control"') == []
    assert titles('"controls border"') == []


@pytest.mark.parametrize("code", ["S/RES/2396", "s res 2396", "2396", "RES/2396"])
def test_a_code_is_found_with_and_without_its_signs(code: str) -> None:
    assert titles(code) == ["Implementing S/RES/2396 on returning fighters"]


@pytest.mark.parametrize("reference", ["XM-DAC-41304-123", "xm-dac-41304", "41304-123", "41304"])
def test_a_reference_is_found_by_its_parts(reference: str) -> None:
    assert titles(reference) == ["Young people, peace and terrorism"]


def test_entities_and_states_are_found_by_their_names() -> None:
    assert titles("unesco kenya") == ["Young people, peace and terrorism"]


def test_a_title_that_begins_with_what_was_typed_comes_first() -> None:
    assert titles("border")[0] == "Border management in the Sahel"
    assert len(titles("border")) == 3


def test_a_whole_word_comes_before_the_beginning_of_one() -> None:
    given = [("1", "R", "The land of wellingtons", "E", "KEN"), ("2", "R", "The land of a well", "E", "KEN")]
    assert titles("well", projects=given) == ["The land of a well", "The land of wellingtons"]


def test_a_word_that_is_nowhere_is_read_as_the_nearest_and_that_is_said() -> None:
    cursor = tables()
    found = matching(cursor, "entry", "terorism")
    assert found.said == (Said(Reading.NEAR, "terorism", ("terrorism",)),)
    assert len(rows(cursor, found)) == 2


def test_letters_that_changed_places_are_one_mistake() -> None:
    assert titles("shael") == ["Border management in the Sahel"]


def test_a_short_word_may_differ_in_one_letter_only() -> None:
    assert titles("sxhxl") == []
    assert titles("mxnxgement") == ["Border management in the Sahel"]


def test_a_word_that_somebody_wrote_is_never_corrected() -> None:
    found = matching(tables(), "entry", "towns")
    assert found.said == ()


def test_a_name_that_no_record_mentions_finds_nothing_rather_than_another() -> None:
    given = [("1", "R", "A melon", "E", "KEN")]
    cursor = tables(projects=given)
    found = matching(cursor, "entry", "Mali")
    assert (rows(cursor, found), found.said) == ([], ())


def test_years_and_codes_are_never_corrected() -> None:
    cursor = tables()
    found = matching(cursor, "entry", "2395")
    assert (rows(cursor, found), found.said) == ([], ())


def test_words_in_quotes_are_never_corrected() -> None:
    found = matching(tables(), "entry", '"terorism"')
    assert found.said == ()


def test_a_mistake_inside_a_compound_is_mended_there() -> None:
    assert titles("bordr-management") == ["Border management in the Sahel"]


def test_a_half_remembered_title_is_found_and_that_is_said() -> None:
    cursor = tables()
    found = matching(cursor, "entry", "legal aid for families of victims")
    assert rows(cursor, found)[0] == "Legal aid for victims of terrorism in border towns"
    assert [said.reading for said in found.said] == [Reading.MOST]


def test_rare_words_weigh_more_than_common_ones() -> None:
    given = [(f"{n}", "R", "Support to states", "E", "KEN") for n in range(20)]
    given += [("w", "R", "Airports and harbours", "E", "KEN")]
    assert titles("airports support states harbours", projects=given) == ["Airports and harbours"]


def test_one_word_alone_is_no_half_of_a_title() -> None:
    assert titles("zzzzzz qqqqqq") == []
    assert matching(tables(), "entry", "zzzzzz qqqqqq").said == ()


def test_nothing_typed_leaves_the_list_as_it_is_and_signs_alone_find_nothing() -> None:
    assert len(titles("")) == 6
    assert len(titles("   ")) == 6
    assert titles("%") == titles("'") == titles("\\") == titles('"') == []


def test_signs_of_sql_are_only_signs() -> None:
    assert titles("100%") == ["100% of wells_and pipes"]
    assert titles("wells_and") == ["100% of wells_and pipes"]
    assert titles("'; DROP TABLE entry; --") == []


def test_needs_and_events_are_matched_alike() -> None:
    assert titles("land", "recommendation") == ["Controls at the land border"]
    assert titles("nairobi", "event") == ["Workshop on airports"]


def test_more_than_is_looked_at_is_said() -> None:
    found = matching(tables(), "entry", "border " + " ".join(f"word{n}" for n in range(40)))
    assert Said(Reading.SHORTENED) in found.said


def test_the_words_kept_are_bounded_and_those_not_kept_are_still_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "BOUND", 3)
    cursor = tables()
    assert rows(cursor, matching(cursor, "entry", "fighters")) == ["Implementing S/RES/2396 on returning fighters"]
    assert matching(cursor, "entry", "fighters").said == ()
    kept = cursor.execute("SELECT count(*) FROM search_words_entry").fetchone()
    assert kept == (3,)
