"""The brief of a State: two pages whatever there is, no number that was not released, the same in Word and PDF."""

import re
import zlib
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.reporting.briefs import compose_state_brief
from colonnade.reporting.briefs.facts import StateFacts
from colonnade.reporting.briefs.room import LEAST, lines_of, rows_that_fit
from colonnade.reporting.briefs.state import NOT_RELEASED
from colonnade.reporting.briefs.tests import samples
from colonnade.reporting.document import Document, Form
from colonnade.reporting.pdf import render_pdf
from colonnade.reporting.word import render_word


def contents(pdf: bytes) -> bytes:
    """The file with its compressed streams laid open."""
    opened = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream[1]))
        except zlib.error:
            continue
    return b"\n".join(opened)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", contents(pdf)))


def words_in(document: Document) -> str:
    file = docx.Document(BytesIO(render_word(document)))
    return "\n".join(str(text.text) for text in file.element.iter("{*}t"))


@pytest.mark.parametrize("title", ["Wells", samples.TITLE, samples.TITLE * 2, samples.TITLE * 4])
@pytest.mark.parametrize("number", [0, 1, 12, 40, 400])
def test_it_is_of_two_pages(number: int, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "TITLE", title)
    assert pages_of(render_pdf(compose_state_brief(samples.facts(number)))) == 2


def test_the_second_page_begins_with_the_projects_in_word_too() -> None:
    file = docx.Document(BytesIO(render_word(compose_state_brief(samples.facts()))))
    begins = [each.text for each in file.paragraphs if each.paragraph_format.page_break_before]
    assert begins == ["Active projects, the largest first"]


def test_rows_that_are_left_out_are_counted() -> None:
    document = compose_state_brief(samples.facts(40))
    cut = [table for table in document.tables if "more." in table.note]
    assert {table.caption for table in cut} >= {"Who works here", "Active projects, the largest first", "Events"}
    for table in cut:
        printed = len(table.rows) - table.total_rows
        assert f"And {40 - printed} more." in table.note


def test_a_table_that_fits_is_not_cut() -> None:
    document = compose_state_brief(samples.facts(2))
    assert not [table for table in document.tables if "more." in table.note]


def test_needs_that_are_not_released_leave_no_trace_but_a_sentence() -> None:
    secret = "Only the State knows this priority"
    needs = samples.table(3, ("Thematic priority", "Needs"), secret)
    document = compose_state_brief(samples.facts(3, needs=needs, needs_released=False))
    words = words_in(document)
    assert NOT_RELEASED in words
    assert secret not in words
    assert secret in words_in(compose_state_brief(samples.facts(3, needs=needs)))


def test_an_empty_state_is_said_to_be_empty() -> None:
    words = words_in(compose_state_brief(samples.facts(0)))
    assert "No project names this State." in words
    assert "No event is recorded in this State." in words


def test_word_has_a_page_of_a4_no_contents_and_no_annex() -> None:
    file = docx.Document(BytesIO(render_word(compose_state_brief(samples.facts()))))
    section = file.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    text = "\n".join(str(found.text) for found in file.element.iter("{*}t"))
    assert "Contents" not in text
    assert "Definitions" not in text
    assert file.core_properties.title == "Hereland"


def test_pdf_is_tagged_and_titled() -> None:
    pdf = contents(render_pdf(compose_state_brief(samples.facts())))
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid:part>1<" in pdf
    assert b"/TH" in pdf


def test_it_says_who_it_is_for_and_as_of_when() -> None:
    words = words_in(compose_state_brief(samples.facts()))
    assert "Position as at 31 August 2019, The wells of 2019. Prepared for the people of Hereland." in words
    assert f"{samples.facts().notice} For the people of Hereland only." in words
    public = words_in(compose_state_brief(samples.facts(circle="", notice="")))
    assert "only." not in public
    assert "Illustrative" not in public


def test_a_brief_is_a_document_of_that_form() -> None:
    facts: StateFacts = samples.facts()
    assert compose_state_brief(facts).form is Form.BRIEF


def test_a_long_text_takes_more_lines_than_a_short_one() -> None:
    header, numeric = ("Project", "Entity", "Budget"), (False, False, True)
    assert lines_of(("Wells", "WATER", "1"), header, numeric) == 1
    assert lines_of((samples.TITLE * 3, "WATER", "1"), header, numeric) in (3, 4)


@given(
    st.dictionaries(st.sampled_from("abcde"), st.lists(st.integers(1, 4), max_size=50), max_size=5),
    st.integers(0, 150),
)
def test_rows_never_take_more_room_than_there_is_beyond_the_least(wanted: dict[str, list[int]], room: int) -> None:
    given = rows_that_fit(wanted, room)
    least = sum(sum(lines[:LEAST]) for lines in wanted.values())
    assert sum(sum(lines[: given[name]]) for name, lines in wanted.items()) <= max(room, least)
    for name, lines in wanted.items():
        assert min(LEAST, len(lines)) <= given[name] <= len(lines)
