"""Proposals for a new record: each cites words, and falls without them; where nothing speaks, there is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.matching.classifying import Classifier, Labelled, Term
from colonnade.analysis.matching.naming import Names, meant, resolutions_in, scope_said
from colonnade.analysis.matching.proposing import COUNTRY, MANDATE, SCOPE, THEME, Proposed, Proposer
from colonnade.analysis.matching.records import Record, without

SUBJECTS = {
    "prisons": "prison staff detention inmates rehabilitation",
    "borders": "border passengers customs airport biometrics",
    "victims": "victims survivors compensation memorial solidarity",
}
COUNTRIES = Names.of(
    [
        ("MLI", "Mali"), ("MLI", "مالي"), ("MLI", "马里"), ("CIV", "Côte d’Ivoire"), ("GIN", "Guinea"),
        ("GNQ", "Equatorial Guinea"), ("GEO", "Georgia"), ("XX1", "Twin"), ("XX2", "Twin"),
    ]
)  # fmt: skip
REGIONS = Names.of([("011", "Western Africa")])
MANDATES = frozenset({"S/RES/2396 (2017)", "A/RES/60/288", "S/RES/1373 (2001)"})


def labelled(count: int) -> list[Labelled]:
    draw = np.random.default_rng(4)
    return [
        Labelled(Record(f"r{number}", " ".join(draw.choice(SUBJECTS[code].split(), 3))), {THEME: frozenset({code})})
        for number in range(count)
        for code in [sorted(SUBJECTS)[number % 3]]
    ]


@pytest.fixture(scope="module")
def proposer() -> Proposer:
    terms = [Term(THEME, code, f"Theme of {code}") for code in SUBJECTS]
    return Proposer(Classifier.of(labelled(120), terms), COUNTRIES, REGIONS, MANDATES)


def cited(record: Record, proposed: Proposed) -> set[str]:
    return {getattr(record, at.field)[at.start : at.end] for at in proposed.places}


def blanked(record: Record, proposed: Proposed) -> Record:
    places: dict[str, list[tuple[int, int]]] = {"title": [], "text": []}
    for at in proposed.places:
        places[at.field].append((at.start, at.end))
    return without(record, places)


def test_a_theme_is_proposed_with_the_words_that_speak_for_it(proposer: Proposer) -> None:
    record = Record("", "Rehabilitation of inmates, and of the pumps.", "Detention in the north")
    [proposal] = proposer.propose(record, [THEME])[THEME]
    assert proposal.code == "prisons"
    assert {"Detention", "Rehabilitation of inmates"} == cited(record, proposal)
    assert proposal.like


def test_where_nothing_speaks_nothing_is_proposed(proposer: Proposer) -> None:
    found = proposer.propose(Record("", "Beekeeping."), [THEME, COUNTRY, SCOPE, MANDATE])
    assert found == {THEME: (), COUNTRY: (), SCOPE: (), MANDATE: ()}


def test_one_word_alone_is_no_evidence(proposer: Proposer) -> None:
    """Memorials share a word with one subject of three; that may be chance."""
    assert proposer.propose(Record("", "Memorial of the beekeepers, twice a memorial."), [THEME])[THEME] == ()
    assert proposer.propose(Record("", "Memorial and solidarity of the beekeepers."), [THEME])[THEME] != ()


WORDS = sorted({word for text in SUBJECTS.values() for word in text.split()} | {"beekeeping", "pumps", "the", "Mali"})


@given(words=st.lists(st.sampled_from(WORDS), max_size=9))
def test_without_the_words_that_are_cited_a_proposal_is_gone_or_less_sure(proposer: Proposer, words: list[str]) -> None:
    record = Record("", " ".join(words))
    for dimension, proposals in proposer.propose(record, [THEME, COUNTRY, SCOPE]).items():
        for each in proposals:
            assert each.places
            again = proposer.propose(blanked(record, each), [dimension])[dimension]
            assert all(one.sureness < each.sureness for one in again if one.code == each.code)


def test_countries_of_the_title_come_before_those_that_a_text_mentions() -> None:
    both = Record("", "As in Guinea and in Georgia.", "Judges in Mali and in Equatorial Guinea")
    assert set(meant(COUNTRIES.said_in(both))) == {"MLI", "GNQ"}
    assert set(meant(COUNTRIES.said_in(Record("", "Judges of Côte d’Ivoire.", "Training")))) == {"CIV"}
    assert not meant(COUNTRIES.said_in(Record("", "As in Guinea and in Georgia.", "Training")))


@pytest.mark.parametrize("text", ["تدريب القضاة في مالي", "在马里培训法官", "Juges (Mali)"])
def test_names_are_found_in_other_scripts(text: str) -> None:
    [place] = COUNTRIES.said_in(Record("", text))["MLI"]
    assert text[place.start : place.end] in {"مالي", "马里", "Mali"}


def test_a_name_without_its_capital_and_one_of_two_countries_is_none() -> None:
    assert not COUNTRIES.said_in(Record("", "the guinea fowl and a Twin"))


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("Judges in Mali", "national"), ("Judges in Mali and Georgia", "regional"),
        ("Judges of Western Africa", "regional"), ("Judges in Mali and all of Western Africa", "regional"),
        ("Judges worldwide", ""), ("Judges", ""),
    ],
)  # fmt: skip
def test_names_say_a_scope_or_nothing(title: str, scope: str) -> None:
    record = Record("", "", title)
    found, places = scope_said(meant(COUNTRIES.said_in(record)), REGIONS.said_in(record))
    assert (found, bool(places)) == (scope, bool(scope))


def test_resolutions_are_found_by_symbol_and_by_number() -> None:
    record = Record("", "Under S/RES/2396 (2017), resolution 60/288 and Security Council resolution 1373 (2001).")
    assert set(resolutions_in(record, MANDATES)) == MANDATES
    assert not resolutions_in(Record("", "In 1373 villages, 60 wells and 288 pumps."), MANDATES)
