"""The PDF, read back: tagged as PDF/UA-1, with title, language, alternative texts, bookmarks and links."""

import re
import zlib
from pathlib import Path

import pytest

from colonnade.reporting.pdf import render_pdf
from colonnade.reporting.tests import samples


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    return render_pdf(samples.document(tmp_path))


def contents(pdf: bytes) -> bytes:
    """The file with its compressed object streams laid open."""
    opened = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream[1]))
        except zlib.error:
            continue
    return b"\n".join(opened)


def test_it_declares_pdf_ua(pdf: bytes) -> None:
    text = contents(pdf)
    assert pdf.startswith(b"%PDF-1.7")
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", text)
    assert b"/StructTreeRoot" in text
    assert re.search(rb"/Marked true", text)


def test_it_has_a_title_that_readers_display_and_a_language(pdf: bytes) -> None:
    text = contents(pdf)
    assert b"The water programme: analysis of the portfolio" in text
    assert re.search(rb"/DisplayDocTitle true", text)
    assert re.search(rb"/Lang ?\(en-GB\)", text)


def test_each_chart_has_its_alternative_text_and_tables_have_headers(pdf: bytes) -> None:
    text = contents(pdf)
    assert text.count(b"/Alt") >= 2
    assert b"Highest: Rivers, 189" in text
    assert b"/TH" in text
    assert b"/Caption" in text


def test_numbers_link_to_the_annex_and_sections_are_bookmarked(pdf: bytes) -> None:
    text = contents(pdf)
    assert len(re.findall(rb"/Subtype ?/Link", text)) > 30
    assert b"/Outlines" in text


def test_the_same_document_gives_the_same_bytes_whatever_fonts_the_system_has(tmp_path: Path) -> None:
    document = samples.document(tmp_path)
    first, second = render_pdf(document), render_pdf(document)
    assert without_identifiers(first) == without_identifiers(second)
    assert b"Libertinus" in contents(first)
    assert b"Liberation" not in contents(first)


def without_identifiers(pdf: bytes) -> bytes:
    return re.sub(rb"/ID ?\[.*?\]|<xmpMM:.*?>.*?</xmpMM:.*?>", b"", pdf, flags=re.DOTALL)
