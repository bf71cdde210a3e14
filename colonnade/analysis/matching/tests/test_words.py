"""Words with their places, and the thesaurus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.matching.corpus import Vocabulary, read
from colonnade.analysis.matching.reasons import spans_of
from colonnade.analysis.matching.thesaurus import the_thesaurus, thesaurus_from
from colonnade.analysis.matching.words import folded, languages, stop_words, words

TEXTS = st.text(max_size=80) | st.text(alphabet="aé ١ب恐怖主义 ЁйİßſǅŒ-’'.\u0301\u064b\u0640\U0001f600", max_size=40)


@given(TEXTS)
def test_a_place_quotes_the_word_that_it_is_of(text: str) -> None:
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        quoted = text[word.start : word.end]
        assert word.form == (quoted if word.form == quoted else folded(quoted))


@given(st.lists(TEXTS, max_size=4))
def test_arrays_and_places_count_the_same_words(texts: list[str]) -> None:
    corpus = read(texts, [""] * len(texts), Vocabulary(the_thesaurus()))
    for number, text in enumerate(texts):
        assert corpus.token_starts[number + 1] - corpus.token_starts[number] == len(words(text)) == len(spans_of(text))


@given(
    st.lists(
        TEXTS | st.sampled_from(["national human rights institution of Mali", "lutte contre le terrorisme"]), max_size=4
    )
)
def test_concepts_in_arrays_are_those_of_the_plain_reading(texts: list[str]) -> None:
    vocabulary = Vocabulary(the_thesaurus())
    corpus = read(texts, ["en"] * len(texts), vocabulary)
    for number, text in enumerate(texts):
        content = [(place, each.form) for place, each in enumerate(words(text)) if each.form not in stop_words()["en"]]
        plain = {
            (content[place][0], mention.concept)
            for mention in the_thesaurus().mentions([form for _, form in content])
            for place in range(mention.first, mention.end)
        }
        offset = corpus.token_starts[number]
        within = (corpus.pair_word >= offset) & (corpus.pair_word < corpus.token_starts[number + 1])
        direct = within & corpus.pair_direct
        assert plain == {
            (int(word - offset), vocabulary.keys[concept])
            for word, concept in zip(corpus.pair_word[direct], corpus.pair_concept[direct], strict=True)
        }


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("ratify OPCAT", "cat"),
        ("protocole facultatif à la Convention contre la torture", "cat"),
        ("la financiación del terrorismo", "terrorist_financing"),
        ("предупреждение насильственного экстремизма", "violent_extremism"),
        ("تعزيز أمن الحدود", "border_security"),
        ("打击恐怖主义", "terrorism"),
        ("women's shelters", "gender_violence"),
        ("Establish a national human-rights institution", "national_institution"),
    ],
)
def test_a_concept_is_found_in_its_language(text: str, concept: str) -> None:
    vocabulary = Vocabulary(the_thesaurus())
    corpus = read([text], [""], vocabulary)
    assert vocabulary.concepts[concept] in corpus.pair_concept


def test_a_mention_of_a_narrower_concept_speaks_of_the_broader_one_as_well() -> None:
    vocabulary = Vocabulary(the_thesaurus())
    corpus = read(["ratify CEDAW"], [""], vocabulary)
    direct = dict(zip(corpus.pair_concept.tolist(), corpus.pair_direct.tolist(), strict=True))
    assert direct[vocabulary.concepts["cedaw"]]
    assert not direct[vocabulary.concepts["women"]]


def test_every_concept_has_a_label_and_terms_in_english_and_broader_ones_that_exist() -> None:
    thesaurus = the_thesaurus()
    assert all(each.label for each in thesaurus.concepts.values())
    assert not {key for each in thesaurus.concepts.values() for key in each.broader} - set(thesaurus.concepts)
    assert {key for form in ("women", "aviation", "victims") for key in thesaurus.named_by(form)} == {
        "women",
        "aviation",
        "victims",
    }


def test_a_broader_concept_that_is_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="broader names water"):
        thesaurus_from({"wells": {"label": "Wells", "en": "well*", "broader": "water"}})


def test_a_question_mark_is_any_letter_or_none() -> None:
    thesaurus = thesaurus_from({"work": {"label": "Work", "en": "labo?r force"}})
    for text in (("labour", "force"), ("labor", "force")):
        assert [each.end for each in thesaurus.mentions(text)] == [2]
    assert not thesaurus.mentions(("labouur", "force"))


def test_a_declared_language_outweighs_what_the_words_tell() -> None:
    vocabulary = Vocabulary(the_thesaurus())
    declared = read(["the of la prison"], ["fr-FR"], vocabulary)
    told = read(["the of la prison"], [""], vocabulary)
    assert (declared.slot_of >= 0).tolist() == [True, True, False, True]
    assert (told.slot_of >= 0).tolist() == [False, False, True, True]
    assert languages()[0] == "en"
