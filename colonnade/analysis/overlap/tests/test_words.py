"""Words and places, in any script and language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.overlap.places import codes_in, is_known
from colonnade.analysis.overlap.words import folded, words_of


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("ML", ("MLI",)),
        ("MLI", ("MLI",)),
        ("466", ("MLI",)),
        ("Mali; Niger", ("MLI", "NER")),
        ("Mali, Niger", ("MLI", "NER")),
        ("Мали|尼日尔", ("MLI", "NER")),
        ("Congo, Democratic Republic of the", ("COD",)),
        ("جمهورية الكونغو الديمقراطية", ("COD",)),
        ("Côte d'Ivoire", ("CIV",)),
        ("CÔTE D’IVOIRE", ("CIV",)),
        ("Viet Nam", ("VNM",)),
        ("Turkey", ("TUR",)),
        ("Turquie", ("TUR",)),
        ("Sahel", ("sahel",)),
        ("", ()),
        (" ; ", ()),
    ],
)
def test_countries_are_known_by_codes_and_by_names_in_many_languages(cell: str, codes: tuple[str, ...]) -> None:
    assert codes_in(cell) == codes


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_member_is_known_by_its_name_in_the_six_languages(language: str) -> None:
    from babel import Locale

    unknown = {
        two: name
        for two, name in Locale(language).territories.items()
        if len(two) == 2 and is_known("".join(codes_in(two))) and codes_in(name) != codes_in(two)
    }
    assert unknown == {}


def test_what_is_no_country_is_not_known() -> None:
    assert is_known("MLI")
    assert not is_known("sahel")
    assert not is_known("mli")


def test_letters_are_folded() -> None:
    assert folded("Öffentliche SØKNAD, Łódź") == "offentliche soknad, lodz"
    assert folded("p &#244; ssas") == "possas"


def test_names_of_countries_become_the_country_in_texts() -> None:
    assert words_of("Borders of Burkina Faso and Côte d’Ivoire") == ["borders", "of", "@BFA", "and", "@CIV"]
    assert words_of("Papua New Guinea, Guinea") == ["@PNG", "@GIN"]
    assert words_of("支持马里") == ["支持", "@MLI"]


def test_scripts_without_spaces_give_neighbouring_letters() -> None:
    assert words_of("边境管理") == ["边境", "境管", "管理"]


def test_codes_come_whole_as_well() -> None:
    assert words_of("Pump AF-2019") == ["pump", "af", "2019", "af2019"]


@given(st.text(max_size=60))
def test_words_are_of_letters_and_digits_alone(text: str) -> None:
    for word in words_of(text):
        assert word.removeprefix("@").isalnum()


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_for_words(text: str) -> None:
    once = [word for word in words_of(text) if not word.startswith("@")]
    assert all(word == word.lower() or not word.isascii() for word in once)
