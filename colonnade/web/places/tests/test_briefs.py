"""The brief of a State as its readers get it: nothing of what they may not see, and nobody else's copy."""

import io
import time
from collections.abc import Callable

import docx
import pytest
from django.test import Client

Reader = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("places")

#: Titles, by who may read them beside the secretariat.
COMPACT = ("secret-here",)
OWN = ("own-eyes", "A confidential well")


def words_of(client: Client, query: str = "") -> str:
    response = client.get(f"/countries/QMA/brief.docx{query}")
    assert response.status_code == 200
    file = docx.Document(io.BytesIO(response.content))
    return "\n".join(str(text.text) for part in (file.element, file.sections[0].header._element)
                     for text in part.iter("{*}t"))  # fmt: skip


def test_the_public_gets_what_is_public(reader: Reader) -> None:
    words = words_of(reader("public"))
    assert "national-a" in words
    assert "Prepared for the public." in words
    assert "It is not released to the reader of this brief" in words
    for hidden in (*COMPACT, *OWN, "Springs", "A closed meeting"):
        assert hidden not in words


def test_another_states_people_get_no_more_than_the_public(reader: Reader) -> None:
    words = words_of(reader("other_state"))
    for hidden in (*COMPACT, *OWN, "Springs", "A closed meeting"):
        assert hidden not in words


def test_the_states_own_people_get_their_own(reader: Reader) -> None:
    words = words_of(reader("state"))
    for own in (*COMPACT, *OWN, "Springs", "A closed meeting"):
        assert own in words
    assert "Prepared for the people of Hereland." in words


def test_an_entity_gets_what_is_shared_inside_the_compact(reader: Reader) -> None:
    words = words_of(reader("focal"))
    assert "secret-here" in words
    assert "Springs" in words
    assert "own-eyes" not in words


def test_an_officer_can_take_the_brief_of_the_public(reader: Reader) -> None:
    words = words_of(reader("officer"), "?audience=public")
    for hidden in (*COMPACT, *OWN, "Springs"):
        assert hidden not in words


def test_nobody_gets_a_copy_made_for_somebody_else(reader: Reader) -> None:
    own, public = words_of(reader("state")), words_of(reader("public"))
    assert words_of(Client()) == public
    assert own != public


def test_it_comes_as_pdf_and_says_in_its_name_whose_it_is(reader: Reader) -> None:
    response = reader("public").get("/countries/QMA/brief.pdf")
    assert response.content.startswith(b"%PDF-1.7")
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="brief-QMA-wells-2019-' in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith('-public.pdf"')
    assert "@" not in response["Content-Disposition"]


def test_it_is_in_english_whatever_the_interface(reader: Reader) -> None:
    client = reader("public")
    client.post("/people/language/", {"language": "ar", "next": "/"})
    words = words_of(client)
    assert "Who works here" in words
    assert "Prepared for the public." in words


def test_it_is_made_in_less_than_two_seconds_and_then_kept(reader: Reader) -> None:
    client = reader("public")
    client.get("/countries/QMA/")  # the snapshot is not the brief's to wait for
    for kind in ("pdf", "docx"):
        begun = time.perf_counter()
        first = client.get(f"/countries/QMA/brief.{kind}").content
        assert time.perf_counter() - begun < 2
        assert client.get(f"/countries/QMA/brief.{kind}").content == first


def test_the_brief_of_an_empty_state_says_so(reader: Reader) -> None:
    response = reader("public").get("/countries/CIV/brief.docx")
    words = "\n".join(str(text.text) for text in docx.Document(io.BytesIO(response.content)).element.iter("{*}t"))
    assert "No project names this State." in words
