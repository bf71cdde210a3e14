"""Forms in Word: what is written is read again, whatever stands around it; what is not taken is refused."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.core.problems import ProblemsFound
from colonnade.reporting.wordform.form import WordField, WordForm, WordGroup, WordSection
from colonnade.reporting.wordform.reading import LONGEST, read_form
from colonnade.reporting.wordform.writing import write_form


def form(texts: dict[str, str], kept: str = "") -> WordForm:
    fields = tuple(WordField(tag, f"What of {tag}?", text) for tag, text in texts.items())
    return WordForm("A form", "Fill it in.", (WordSection("First", (WordGroup(fields, "Row 1"),), "Mind this."),), kept)


def read(content: bytes, name: str = "form.docx") -> dict[str, str]:
    found = read_form(io.BytesIO(content), name)
    assert found.problems == []
    return dict(found.texts)


def test_what_is_written_is_read_again() -> None:
    texts = {"a.title": "Wells", "a.text": "Deep\nand <wide> & ليل\tso", "b.1.amount": "100000.00", "a.empty": ""}
    assert read(write_form(form(texts))) == texts


words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"), max_size=40).map(
    str.strip
)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,10}\.[a-z]{1,10}", fullmatch=True), words, min_size=1, max_size=5), words
)
def test_any_text_comes_back_with_what_travelled_along(texts: dict[str, str], kept: str) -> None:
    found = read_form(io.BytesIO(write_form(form(texts, kept))), "x.docx")
    assert found.texts == texts
    assert found.kept.strip() == kept.strip()


def test_what_people_write_around_the_fields_is_no_field() -> None:
    document = Document(io.BytesIO(write_form(form({"a.b": "kept"}))))
    document.add_paragraph("A remark of a colleague's")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "another"
    file = io.BytesIO()
    document.save(file)
    assert read(file.getvalue()) == {"a.b": "kept"}


def changed(content: bytes, old: str, new: str, part: str = "word/document.xml") -> bytes:
    """The file with text of a part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == part:
                assert old in data.decode()
                data = data.decode().replace(old, new).encode()
            after.writestr(entry.filename, data)
    return file.getvalue()


def test_what_a_reviewer_struck_out_is_not_read_and_what_was_put_in_is() -> None:
    tracked = changed(
        write_form(form({"a.b": "old"})),
        '<w:r><w:t xml:space="preserve">old</w:t></w:r>',
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>",
    )
    assert read(tracked) == {"a.b": "new"}


def test_a_placeholder_is_no_text() -> None:
    shown = changed(
        write_form(form({"a.b": "Click here"})), '<w:tag w:val="a.b"/>', '<w:tag w:val="a.b"/><w:showingPlcHdr/>'
    )
    assert read(shown) == {"a.b": ""}


def test_a_field_that_stands_twice_or_is_too_long_is_named() -> None:
    twice = changed(write_form(form({"a.b": "x", "a.c": "y"})), 'w:val="a.c"', 'w:val="a.b"')
    (problem,) = read_form(io.BytesIO(twice), "x.docx").problems
    assert (problem.column, problem.message) == ("a.b", "the field stands twice")
    (problem,) = read_form(io.BytesIO(write_form(form({"a.b": "x" * (LONGEST + 1)}))), "x.docx").problems
    assert problem.column == "a.b"


def test_files_that_are_no_such_form_are_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<a>" + b" " * 21_000_000 + b"</a>")
    entity = changed(write_form(form({"a.b": "x"})), "<w:document", '<!DOCTYPE d [<!ENTITY e "e">]><w:document')
    broken = changed(write_form(form({"a.b": "x"})), "</w:document>", "</w:documen>")
    for content, name in (
        (b"plain text", "form.docx"), (bomb.getvalue(), "form.docx"), (entity, "form.docx"), (broken, "form.docx"),
        (write_form(form({"a.b": "x"})), "form.xlsx"), (b"", "form.docx"),
    ):  # fmt: skip
        with pytest.raises(ProblemsFound):
            read_form(io.BytesIO(content), name)


def test_tags_that_word_does_not_take_are_refused_when_writing() -> None:
    for texts in ({"x" * 65: ""},):
        with pytest.raises(ValueError, match="tag"):
            write_form(form(texts))
