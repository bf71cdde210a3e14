"""The Word file, read back: controls, contents, captions, tables, pictures, language."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from colonnade.reporting.tags import WORD_LIMIT, control_tag
from colonnade.reporting.tests import samples
from colonnade.reporting.word import render_word
from colonnade.reporting.word.markup import BOOKMARK_LIMIT, bookmark_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture
def written(tmp_path: Path) -> bytes:
    return render_word(samples.document(tmp_path))


@pytest.fixture
def body(written: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(written)).read("word/document.xml"))


@pytest.fixture
def file(written: bytes) -> WordFile:
    return docx.Document(BytesIO(written))


def tag_of(control: etree._Element) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val"))


def text_of(element: etree._Element) -> str:
    return "".join(str(text.text) for text in element.iter(f"{W}t"))


def controls(body: etree._Element) -> list[tuple[str, str]]:
    return [(tag_of(control), text_of(control)) for control in body.iter(f"{W}sdt")]


def test_every_number_is_a_content_control_with_its_tag_and_title(body: etree._Element) -> None:
    found = controls(body)
    assert ("projects", "314") in found
    assert ("projects_by_pillar/pillar=S/share", "33 per cent") in found
    assert ("projects_by_pillar/pillar=S/share", "33.1") in found  # the cell of the table
    assert ("projects_by_entity_and_pillar/entity=ALPHA/pillar=R/projects", "186") in found
    titles = {e.get(f"{W}val") for e in body.iter(f"{W}alias")}
    assert {"Projects in the portfolio", "Projects by pillar"} <= titles


def test_tables_and_charts_are_inside_controls_of_their_figure(body: etree._Element) -> None:
    around_tables = [tag_of(c) for c in body.iter(f"{W}sdt") if c.find(f"{W}sdtContent/{W}tbl") is not None]
    around_charts = [
        tag_of(c)
        for c in body.iter(f"{W}sdt")
        if c.find(f"{W}sdtContent/{W}p") is not None and next(c.iter(f"{W}drawing"), None) is not None
    ]
    assert around_tables == around_charts == ["projects_by_pillar", "projects_by_entity_and_pillar"]


def test_control_identifiers_and_bookmarks_are_unique(body: etree._Element) -> None:
    for path in (f"{W}sdtPr/{W}id", f"{W}bookmarkStart"):
        values = [e.get(f"{W}val") or e.get(f"{W}name") for e in body.iterfind(f".//{path}")]
        assert values
        assert len(values) == len(set(values))


def test_every_link_leads_to_a_bookmark(body: etree._Element) -> None:
    bookmarks = {e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")}
    anchors = {e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink")}
    assert "figure_projects" in anchors
    assert anchors <= bookmarks


def test_the_contents_are_a_field_with_its_entries_filled_in(body: etree._Element) -> None:
    contents = next(c for c in body.iter(f"{W}sdt") if c.find(f"{W}sdtPr/{W}docPartObj") is not None)
    instructions = [str(e.text).split()[0] for e in contents.iter(f"{W}instrText")]
    assert instructions == ["TOC"]
    kinds = [e.get(f"{W}fldCharType") for e in contents.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    entries = [text_of(p) for p in contents.iter(f"{W}p")][1:]
    assert entries == ["I.Portfolioparas. 1–3", "A.Entitiespara. 3", "Definitions and sources of the numbers"]


def test_captions_number_themselves_by_sequence_fields(body: etree._Element, file: WordFile) -> None:
    instructions = [str(e.text).strip() for e in body.iter(f"{W}instrText") if "SEQ" in str(e.text)]
    assert instructions == ["SEQ Figure \\* ROMAN", "SEQ Table \\* ARABIC"] * 2
    captions = [text_of(p) for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='Caption']") is not None]
    assert captions[:2] == ["Figure IProjects by pillar, 1 February 2026", "Table 1Projects by pillar, 1 February 2026"]
    assert file.styles["Caption"].paragraph_format.keep_with_next


def test_tables_repeat_their_header_set_numbers_right_and_keep_rows_whole(body: etree._Element) -> None:
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == 2
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
        last_cell = list(rows[1].iter(f"{W}tc"))[-1]
        alignment = last_cell.find(f"{W}p/{W}pPr/{W}jc")
        assert alignment is not None
        assert alignment.get(f"{W}val") == "right"


def test_pictures_have_alternative_texts(body: etree._Element) -> None:
    pictures = list(body.iter(f"{WP}docPr"))
    assert len(pictures) == 2
    assert "Highest: Rivers, 189 (60 per cent)" in str(pictures[0].get("descr"))


def test_headings_and_paragraphs_are_numbered_by_word(file: WordFile, body: etree._Element) -> None:
    headings = [p.text for p in file.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == ["Portfolio", "Definitions and sources of the numbers"]
    lists = {e.get(f"{W}val") for e in body.iter(f"{W}numId")}
    assert len(lists) == 4  # headings, paragraphs, the items, and none for the annex


def test_title_language_and_heads(written: bytes, file: WordFile) -> None:
    assert file.core_properties.title == "The water programme: analysis of the portfolio"
    styles = zipfile.ZipFile(BytesIO(written)).read("word/styles.xml").decode()
    assert 'w:lang w:val="en-GB"' in styles
    assert "Illustrative records." in "".join(p.text for p in file.sections[0].header.paragraphs)
    assert "PAGE" in file.sections[0].footer._element.xml


def test_properties_stand_in_the_order_of_the_schema(body: etree._Element) -> None:
    order = ["pStyle", "keepNext", "pageBreakBefore", "numPr", "spacing", "ind", "jc"]
    for properties in body.iter(f"{W}pPr"):
        met = [etree.QName(child).localname for child in properties]
        assert met == sorted(met, key=order.index)


def test_the_annex_gives_each_figure_with_its_query(file: WordFile) -> None:
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert texts.count("SELECT count(*) AS value FROM entry") == 6
    assert "Source\tWP/2026/3 para. 4" in texts


@given(st.text(min_size=1, max_size=200))
def test_control_tags_fit_word_and_stay_apart(tag: str) -> None:
    assert len(control_tag(tag)) <= WORD_LIMIT
    assert control_tag(tag) == control_tag(tag)
    assert control_tag(tag) != control_tag(tag + "x")


@given(st.text(min_size=1, max_size=80))
def test_bookmark_names_fit_word(anchor: str) -> None:
    name = bookmark_name(anchor)
    assert 0 < len(name) <= BOOKMARK_LIMIT
    assert name[0].isalpha()
