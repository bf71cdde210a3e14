"""What holds of any text that somebody may type."""

from typing import Final

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from colonnade.analysis.folding import folded_sql
from colonnade.analysis.search.conditions import has_all, rank_of, score
from colonnade.analysis.search.everything import find
from colonnade.analysis.search.matching import Reading, matching
from colonnade.analysis.search.named import BY_TITLE
from colonnade.analysis.search.terms import LONGEST, Term, terms_in
from colonnade.analysis.search.tests.examples import tables

TABLES: Final = tables()
KNOWN: Final = ["border", "bord", "sahel", "2396", "S/RES/2396", "kenya", "UNODC", "résumé", "terorism", "of", "victms"]
SIGNS: Final = ['"', "'", "%", "_", "\\", "--", ";", "?", "$1", "\0", "  ", "“", "İ", "ß", "ﬁ", "\ud800", "لإ", "한"]
typed = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=("L", "M", "N")), max_size=30),
    st.lists(st.sampled_from(KNOWN + SIGNS), max_size=8).map(" ".join),
    st.lists(st.sampled_from(KNOWN + SIGNS), max_size=8).map("".join),
    st.text(min_size=LONGEST, max_size=LONGEST * 3),
)


def words_stand_in(folded: str, term: Term) -> bool:
    """Whether the words of a term stand one after the other in a text, the last perhaps only begun."""
    words, wanted = folded.split(), term.reading.split()
    for place in range(len(words) - len(wanted) + 1):
        *before, last = words[place : place + len(wanted)]
        if before == wanted[:-1] and (last == wanted[-1] if term.whole else last.startswith(wanted[-1])):
            return True
    return False


@settings(max_examples=300, deadline=None)
@example("%")
@example("_" * 5000)
@example('"border')
@given(typed)
def test_no_text_fails_and_no_row_is_found_without_a_word_that_was_typed(text: str) -> None:
    found = matching(TABLES, "entry", text)
    rows = TABLES.execute(
        f"SELECT folded, {found.rank} FROM entry WHERE {found.condition} ORDER BY 2 DESC", list(found.parameters)
    ).fetchall()
    readings = {said.reading for said in found.said}
    terms = terms_in(TABLES, text).terms
    for folded, rank in rows:
        assert rank >= 0
        if readings <= {Reading.SHORTENED}:
            assert all(words_stand_in(folded, term) for term in terms)
        elif Reading.NEAR not in readings:
            assert sum(words_stand_in(folded, term) for term in terms) * 2 >= len(terms)


@settings(max_examples=150, deadline=None)
@given(typed)
def test_every_row_with_all_the_words_is_found(text: str) -> None:
    terms = terms_in(TABLES, text).terms
    everything = [row[0] for row in TABLES.execute("SELECT folded FROM entry").fetchall()]
    having = sorted(folded for folded in everything if terms and all(words_stand_in(folded, term) for term in terms))
    found = matching(TABLES, "entry", text)
    sql = f"SELECT folded FROM entry WHERE {found.condition}"
    if having:
        assert sorted(row[0] for row in TABLES.execute(sql, list(found.parameters)).fetchall()) == having


@settings(max_examples=150, deadline=None)
@given(typed)
def test_search_over_everything_answers_any_text(text: str) -> None:
    found = find(TABLES, text, limit=3)
    for group in found.groups:
        assert 0 < len(group.hits) <= 3
        assert group.total >= len(group.hits)
        assert [hit.score for hit in group.hits] == sorted((hit.score for hit in group.hits), reverse=True)
    best = [group.hits[0].score for group in found.groups if group.hits[0].score >= BY_TITLE]
    assert best == sorted(best, reverse=True)
    assert best == [group.hits[0].score for group in found.groups[: len(best)]]


@settings(max_examples=150, deadline=None)
@given(typed)
def test_rows_and_things_in_memory_are_found_and_ranked_alike(text: str) -> None:
    terms = terms_in(TABLES, text).terms
    if not terms:
        return
    rows = TABLES.execute(f"SELECT folded, {rank_of(terms)} FROM entry").fetchall()
    for folded, rank in rows:
        if has_all(folded, terms):
            assert score(folded, terms) == pytest.approx(float(rank))


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(TABLES, text)
    assert folded(TABLES, once) == once


def folded(cursor: duckdb.DuckDBPyConnection, text: str) -> str:
    row = cursor.execute(f"SELECT {folded_sql('?')}", [text]).fetchone()
    assert row is not None
    return str(row[0])
