"""Phrases are found whatever the accents, case, punctuation and attached articles, and only as whole words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.exchange.iati.mapping.phrases import pattern_of, plain, term_of


def found(phrase: str, language: str, text: str) -> bool:
    return bool(term_of("t", [(language, phrase)]).found_in(plain(text)))


@pytest.mark.parametrize(
    ("phrase", "language", "text"),
    [
        ("counter terroris*", "en", "Support to Counter-Terrorism"),
        ("counter terroris*", "en", "COUNTER TERRORIST financing"),
        ("prevent* ... extremis*", "en", "preventing and countering violent extremism"),
        ("prevent* ... extremis*", "en", "prevent extremism"),
        ("extremisme violent", "fr", "prévention de lextrémisme violent"),
        ("extremisme violent", "fr", "la lutte contre l’extrémisme violent."),
        ("securite ... frontiere*", "fr", "Sécurité et gestion des frontières"),
        ("valdsbejakande extremis*", "sv", "våldsbejakande extremism"),
        ("مكافحة الإرهاب", "ar", "برنامج لمكافحة الإرهاب في المنطقة"),
        ("反恐", "zh", "支持国家反恐能力建设"),
        ("борьб* с ... терроризм*", "ru", "Борьба с международным терроризмом"),
    ],
)
def test_a_phrase_is_found_in_running_text(phrase: str, language: str, text: str) -> None:
    assert found(phrase, language, text)


@pytest.mark.parametrize(
    ("phrase", "language", "text"),
    [
        ("pve", "en", "improve the supvery"),
        ("isis", "en", "crisis response"),
        ("prevent* ... extremis*", "en", "prevent one two three four five six extremism"),
        ("cve", "en", "CVEs are listed"),
        ("counter terroris*", "en", "terrorist counter"),
        ("extremisme violent", "en", "lextremisme violent"),
    ],
)
def test_a_phrase_is_not_found_inside_words_or_across_too_many(phrase: str, language: str, text: str) -> None:
    assert not found(phrase, language, text)


@pytest.mark.parametrize("empty", ["", "...", "... word", "word ...", "* word", "- word"])
def test_a_phrase_that_says_nothing_is_refused(empty: str) -> None:
    with pytest.raises(ValueError, match=r"letters|nothing"):
        pattern_of(empty, "en")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_plain_text_is_plain_already(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert "  " not in once.strip()


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=9), min_size=1, max_size=6))
def test_every_text_of_letters_is_found_in_itself(words: list[str]) -> None:
    phrase = " ".join(words)
    assert found(phrase, "en", f"before, {phrase}; after")
