"""Suggestions: that their parts add up, that evidence taken away lowers them, and in what order they come."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.places import countries_of
from colonnade.analysis.matching.records import Kind, Record, Suggestion, without
from colonnade.analysis.matching.scoring import EXACT, exact, rough
from colonnade.analysis.matching.thesaurus import the_thesaurus
from colonnade.analysis.matching.words import stop_words, words

SOME = """
ratify the optional protocol to the convention against torture train prison staff on human rights border security
passenger data financing of terrorism victims of terrorism women children police training investigate prosecute
la lutte contre le terrorisme formation des juges frontières ayudar a las víctimas prevenir la tortura
water wells bakery football harvest museum
""".split()  # noqa: SIM905  # a list of words reads best as lines
TEXTS = st.lists(st.sampled_from(SOME), min_size=1, max_size=14).map(" ".join)
RECORDS = st.builds(lambda title, text: (title, text), st.just("") | TEXTS, TEXTS)


def index_of(*texts: tuple[str, str]) -> Index:
    return Index.of([Record(f"c{number}", text, title, language="en") for number, (title, text) in enumerate(texts)])


@given(RECORDS, st.lists(RECORDS, min_size=1, max_size=5))
@settings(deadline=None)
def test_contributions_add_up_to_the_score_that_the_arrays_give(
    query: tuple[str, str], texts: list[tuple[str, str]]
) -> None:
    index = index_of(*texts)
    record = Record("q", query[1], query[0])
    part = index.parts[0]
    scored = exact(
        index.queries([record])[0], np.arange(len(texts)), part.corpus, part.postings, index.statistics, index.weights
    )
    told = {each.candidate: each for each in index.suggestions(record)}
    for number, score in enumerate(scored.scores.tolist()):
        suggestion = told.get(f"c{number}")
        assert abs((suggestion.score if suggestion else 0) / 1e6 - score) < 2e-5
        assert 0 <= score <= 1 + 1e-9


def covered(record: Record) -> set[tuple[int, str]]:
    """Where each concept is named: by the place of each word that a mention covers."""
    content = [each for each in words(record.whole) if each.form not in stop_words()["en"]]
    return {
        (content[place].start, mention.concept)
        for mention in the_thesaurus().mentions([each.form for each in content])
        for place in range(mention.first, mention.end)
    }


@given(RECORDS, st.lists(RECORDS, min_size=1, max_size=4))
@settings(deadline=None)
def test_taking_away_the_evidence_of_any_contribution_lowers_the_score(
    query: tuple[str, str], texts: list[tuple[str, str]]
) -> None:
    index = index_of(*texts)
    record = Record("q", query[1], query[0])
    candidates = {each.id: each for each in index.parts[0].records}
    for suggestion in index.suggestions(record):
        for contribution in suggestion.contributions:
            assert contribution.in_query
            assert contribution.in_candidate
            places: dict[str, list[tuple[int, int]]] = {}
            for place in contribution.in_candidate:
                places.setdefault(place.field, []).append((place.start, place.end))
            rest = without(candidates[suggestion.candidate], places)
            if not covered(rest) <= covered(candidates[suggestion.candidate]):
                continue  # words that now stand side by side have become a term
            poorer = index.changed(rest).suggestions(record)
            left = next((each.score for each in poorer if each.candidate == suggestion.candidate), 0)
            assert left < suggestion.score


@given(RECORDS, st.lists(RECORDS, min_size=1, max_size=6))
@settings(deadline=None)
def test_the_rough_score_never_falls_short(query: tuple[str, str], texts: list[tuple[str, str]]) -> None:
    index = index_of(*texts)
    part = index.parts[0]
    asked = index.queries([Record("q", query[1], query[0])])[0]
    fine = exact(asked, np.arange(len(texts)), part.corpus, part.postings, index.statistics, index.weights)
    coarse = rough(asked, part.postings, index.statistics, index.weights)
    assert (coarse >= fine.scores - 1e-9).all()


def test_places_quote_what_is_shared() -> None:
    candidate = Record("c", "Ratify the Optional Protocol, and pay the staff.", "Prison staff")
    [suggestion] = Index.of([candidate]).suggestions(Record("q", "the optional protocol for prison staff"))
    shared = [each for each in suggestion.contributions if each.kind is Kind.WORDS]
    quoted = {
        each.what: {getattr(candidate, at.field)[at.start : at.end] for at in each.in_candidate} for each in shared
    }
    assert quoted == {"Optional Protocol": {"Optional Protocol"}, "Prison staff": {"Prison staff", "staff"}}


def ranked(answer: list[Suggestion]) -> list[str]:
    return [each.candidate for each in answer]


def test_the_country_comes_first_then_what_is_wider_and_others_are_left_out() -> None:
    text = "training of prison staff"
    places = {"own": "Mali", "wider": "Global", "none": "", "other": "Chad"}
    index = Index.of([Record(name, text, countries=countries_of(place)) for name, place in places.items()])
    weak = Record("weak", "staff and much else of other matters", countries=countries_of("ML"))
    query = Record("q", text, countries=countries_of("mali"))
    assert ranked(index.changed(weak).suggestions(query)) == ["own", "weak", "none", "wider"]


def test_where_nothing_is_of_the_country_the_rest_is_ranked_without_a_part_for_place() -> None:
    index = Index.of([Record("other", "training of prison staff", countries=countries_of("Chad"))])
    [only] = index.suggestions(Record("q", "prison staff", countries=countries_of("Mali")))
    assert Kind.COUNTRY not in {each.kind for each in only.contributions}


def test_theme_mandates_and_dates_add_their_part() -> None:
    text = "training of prison staff"
    common = {"theme": "Prisons", "mandates": frozenset({"S/RES/2396"})}
    full = Record("full", text, start=date(2020, 1, 1), end=date(2021, 1, 1), **common)  # type: ignore[arg-type]  # a dict of mixed values
    bare = Record("bare", text)
    query = Record("q", text, start=date(2020, 6, 1), **common)  # type: ignore[arg-type]  # as above
    first, second = Index.of([bare, full]).suggestions(query)
    assert (first.candidate, second.candidate) == ("full", "bare")
    assert {each.kind for each in first.contributions} - {each.kind for each in second.contributions} == {
        Kind.THEME,
        Kind.MANDATE,
        Kind.DATES,
    }


def test_a_changed_record_takes_the_place_of_the_old_one_and_a_new_one_comes_in_at_once() -> None:
    index = Index.of([Record("a", "prison staff"), Record("b", "museum"), Record("c", "football")])
    query = Record("q", "training for prison staff")
    assert ranked(index.suggestions(query)) == ["a"]
    changed = index.changed(Record("b", "prison staff training"), Record("n", "prison")).changed(Record("a", "harvest"))
    assert ranked(changed.suggestions(query)) == ["b", "n"]
    assert ranked(changed.without("b").suggestions(query)) == ["n"]


def test_a_record_is_never_suggested_for_itself() -> None:
    assert not Index.of([Record("a", "prison staff")]).suggestions(Record("a", "prison staff"))


def test_languages_meet_in_concepts() -> None:
    index = Index.of([Record("fr", "Lutte contre le financement du terrorisme"), Record("no", "Recettes de cuisine")])
    [only] = index.suggestions(Record("q", "countering the financing of terrorism"))
    assert only.candidate == "fr"
    assert "Financing of terrorism and money-laundering" in {each.what for each in only.contributions}


def test_many_texts_are_found_by_their_postings() -> None:
    texts = [
        Record(f"c{number}", f"{SOME[number % 40]} {SOME[number % 37]} {SOME[number % 29]}")
        for number in range(EXACT + 500)
    ]
    index = Index.of(texts)
    query = Record("q", "ratify the optional protocol against torture")
    part = index.parts[0]
    every = exact(
        index.queries([query])[0], np.arange(len(texts)), part.corpus, part.postings, index.statistics, index.weights
    )
    best = sorted(range(len(texts)), key=lambda each: (-every.scores[each], texts[each].id))[:20]
    answer = index.suggestions(query, top=20)
    assert [round(each.score, -2) for each in answer] == [round(every.scores[each] * 1e6, -2) for each in best]


def test_nothing_shared_is_nothing_suggested() -> None:
    assert not Index.of([Record("a", "bakery")]).suggestions(Record("q", "torture"))
    assert not Index.of([Record("a", "")]).suggestions(Record("q", "..."))
    assert not Index.of([]).suggestions(Record("q", "x"))


@given(RECORDS, st.lists(RECORDS, min_size=1, max_size=5))
@settings(deadline=None)
def test_sums_say_what_the_places_say_together(query: tuple[str, str], texts: list[tuple[str, str]]) -> None:
    index = index_of(*texts)
    [asked] = index.queries([Record("q", query[1], query[0])])
    told, summed = index.answer(asked), index.answer(asked, placed=0)
    assert {each.candidate for each in told} == {each.candidate for each in summed}
    for one in told:
        other = next(each for each in summed if each.candidate == one.candidate)
        for kind in (Kind.WORDS, Kind.CONCEPT, Kind.RELATED):
            amounts = [sum(part.amount for part in each.contributions if part.kind is kind) for each in (one, other)]
            assert abs(amounts[0] - amounts[1]) <= len(one.contributions) + 1
