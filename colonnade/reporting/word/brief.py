"""The looks of a brief and of a letter in Word.

Both are A4. A brief has small type and close lines, so that a place fits on two pages; a letter is set to be read.
"""

from typing import Final

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from colonnade.reporting.word.markup import Element, element
from colonnade.reporting.word.styles import QUIET, TEXT_WIDTH, style_of

_PAGE: Final = (Cm(21.0), Cm(29.7))
#: style -> size, space before, space after, in points
_STYLES: Final = {
    "Normal": (9.5, 0, 3),
    "Title": (17, 0, 0),
    "Subtitle": (10.5, 0, 3),
    "Heading 1": (11, 8, 2),
    "Heading 2": (11, 8, 2),
    "Banner": (8.5, 0, 4),
    "Aside": (8.5, 2, 2),
    "Table Text": (8.5, 0.6, 0.6),
    "Table Head": (8.5, 0.6, 0.6),
    "Table Note": (8, 1.5, 0),
    "Running Head": (8, 0, 0),
    "Symbol": (9, 0, 2),
}
#: The same of a letter, where it departs from a brief.
_OF_A_LETTER: Final = {
    "Normal": (11, 0, 8),
    "Title": (18, 0, 4),
    "Subtitle": (12, 0, 14),
    "Heading 1": (12, 14, 4),
    "Symbol": (10, 0, 10),
    "Lettered Item": (11, 0, 4),
}
_HEADLINE: Final = "HeadlineNumber"


def set_as_brief(file: WordFile) -> None:
    """Page and styles of a file that :func:`~colonnade.reporting.word.styles.prepare` prepared.

    The text is as wide as a report's, so that tables are laid out alike.
    """
    section = file.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = Emu((_PAGE[0] - TEXT_WIDTH) // 2)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.7)
    for name, (size, before, after) in _STYLES.items():
        _set(file, name, size, before, after, line=1.0)
    symbol = file.styles["Symbol"]
    symbol.font.bold, symbol.font.color.rgb = False, QUIET
    symbol.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    ruled = symbol.element.get_or_add_pPr()
    ruled.remove(ruled.find(qn("w:pBdr")))
    for name in ("Heading 1", "Heading 2"):
        layout = file.styles[name].paragraph_format
        layout.left_indent = layout.first_line_indent = Cm(0)
    number = style_of(file, "Headline Number", "Table Text")
    number.element.set(qn("w:styleId"), _HEADLINE)
    number.font.size, number.font.bold = Pt(14), True
    style_of(file, "Table Head").font.color.rgb = QUIET


def set_as_letter(file: WordFile) -> None:
    """The same for a letter."""
    set_as_brief(file)
    section = file.sections[0]
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    for name, (size, before, after) in _OF_A_LETTER.items():
        _set(file, name, size, before, after, line=1.15)


def _set(file: WordFile, name: str, size: float, before: float, after: float, *, line: float) -> None:
    style = file.styles[name]
    style.font.size = Pt(size)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), line


def as_headlines(table: Element) -> Element:
    """``table`` with its last row set large."""
    *_, row = table.iter(qn("w:tr"))
    for made in row.iter(qn("w:p")):
        properties = made.get_or_add_pPr()
        properties.find(qn("w:pStyle")).set(qn("w:val"), _HEADLINE)
        for aligned in properties.findall(qn("w:jc")):
            properties.remove(aligned)
    for made in table.iter(qn("w:jc")):
        made.set(qn("w:val"), "left")
    table.find(qn("w:tblPr")).append(element("w:tblDescription", val="Headline numbers"))
    return table
