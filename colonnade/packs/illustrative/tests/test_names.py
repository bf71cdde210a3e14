"""Nothing invented bears the code or the name of a real place, and texts are whole sentences."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from babel import Locale
from django.conf import settings

from colonnade.packs.illustrative.records import IllustrativePortfolio

TABLE = Path(settings.ROOT) / "colonnade" / "places" / "tables" / "countries.csv"


def real_countries() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def real_names() -> set[str]:
    """Names of territories and regions in English, long ones without what follows a comma or bracket too."""
    names = {row["name"] for row in real_countries()} | set(Locale("en").territories.values())
    names |= {re.split(r"[,(]", name)[0].strip() for name in names}
    return {name for name in names if len(name) > 3}  # shorter ones are abbreviations (UN)


def texts(made: IllustrativePortfolio) -> Iterator[str]:
    """Everything that a reader can read."""
    for inventory in made.inventories:
        for project in inventory.projects:
            yield project.title
            yield project.description
    for need in made.recommendations:
        yield need.title
        yield need.text
    for response in made.responses:
        yield response.evidence
        yield response.reason
    yield from (contributor.name for contributor in made.contributors)
    yield from (entry.title for entry in made.appeal_entries)
    yield from (event.title for event in made.events)
    yield from (region.name for region in made.regions)
    yield from (state.name for state in made.states)


def test_codes_are_among_those_that_iso_leaves_to_users(made: IllustrativePortfolio) -> None:
    codes = [state.code for state in made.states]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert re.fullmatch(r"Q[M-Z][A-Z]", code)
    assert not set(codes) & {row["iso3"] for row in real_countries()}


def test_every_place_in_a_record_is_a_fictional_one(made: IllustrativePortfolio) -> None:
    states, regions = {state.code for state in made.states}, {region.code for region in made.regions}
    for inventory in made.inventories:
        for project in inventory.projects:
            assert {place.code for place in project.countries} <= states
            assert {place.code for place in project.regions} <= regions
    for event in made.events:
        assert {event.country, *(state for state, _ in event.attendance)} <= states
    for need in made.recommendations:
        assert need.country in states
    for contributor in made.contributors:
        assert contributor.country in states


def test_the_names_searched_for_would_be_found() -> None:
    names = real_names()
    assert {"France", "Bolivia", "Venezuela", "Africa", "Somalia"} <= names
    assert len(names) > 250


def folded(name: str) -> str:
    """Small letters without accents, spaces and signs."""
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", name).lower())


def test_no_fictional_state_sounds_like_a_territory_or_language(made: IllustrativePortfolio) -> None:
    known: set[str] = set()
    for language in ("en", "fr", "es", "pt", "de", "it"):
        for name in (*Locale(language).territories.values(), *Locale(language).languages.values()):
            known |= {word for word in (folded(name), *map(folded, name.split())) if len(word) > 4}
    alike = {
        (state.name, name)
        for state in made.states
        for name in known
        if SequenceMatcher(None, folded(state.name), name).ratio() >= 0.8
    }
    assert not alike


def test_no_text_names_a_real_country_or_territory(made: IllustrativePortfolio) -> None:
    named = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, real_names()), key=len, reverse=True)) + r")\b")
    found = {(match.group(), text) for text in texts(made) if (match := named.search(text))}
    assert not found


def test_names_of_states_are_unique(made: IllustrativePortfolio) -> None:
    assert len({state.name for state in made.states}) == len(made.states)


def test_no_phrase_is_left_unfilled(made: IllustrativePortfolio) -> None:
    for text in texts(made):
        assert not re.search(r"[{}]|\s\s|^\s|\s$|\s[.,:;]|\.\.", text)
        assert not text or text[0].isupper()
