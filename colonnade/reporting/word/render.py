"""Sets a :class:`~colonnade.reporting.document.Document` as a Word file."""

from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from colonnade.reporting import tags
from colonnade.reporting.annex import facts_of
from colonnade.reporting.charts.drawing import draw_png
from colonnade.reporting.document import (
    ChartBlock,
    Document,
    Form,
    Heading,
    Inline,
    Link,
    Paragraph,
    Style,
    TableBlock,
    Text,
    paragraph_ranges,
)
from colonnade.reporting.word.brief import as_headlines, set_as_brief, set_as_letter
from colonnade.reporting.word.markup import (
    Element,
    Identifiers,
    bookmark,
    control,
    element,
    field,
    field_closing,
    field_opening,
    figure_value,
    link,
    order_children,
    paragraph,
    run,
)
from colonnade.reporting.word.styles import TEXT_WIDTH, Numbering, numbered, prepare
from colonnade.reporting.word.tables import word_table
from colonnade.reporting.wording import roman, wording

_CONTENTS_LEVELS = 2
#: Longer tables may break between pages; shorter ones stay whole.
_KEPT_WHOLE = 16
_ANNEX = "definitions"
#: A chart fits on a page with its caption and note.
_TALLEST = Cm(18.5)


def render_word(document: Document) -> bytes:
    """The report as the bytes of a ``.docx`` file."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document, self.words = document, wording(document.language)
        self.file: WordFile = docx.Document()
        prepare(self.file, self.words.locale)
        self.is_brief = document.form is not Form.REPORT
        if document.form is Form.BRIEF:
            set_as_brief(self.file)
        elif document.form is Form.LETTER:
            set_as_letter(self.file)
        self.numbering = Numbering(self.file)
        self.identifiers = Identifiers()
        self.titles = {figure.key: figure.title for figure in document.figures}
        self.letters = ""
        self.after_table = False
        self.body = self.file.element.body

    def write(self) -> bytes:
        self._properties()
        self._running_heads()
        self._title_block()
        self._summary()
        if not self.is_brief:
            self._contents()
        for block in self.document.blocks:
            if not (isinstance(block, Paragraph) and block.style is Style.ITEM):
                self.letters = ""
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, TableBlock):
                self._table(block)
            else:
                self._chart(block)
        if self.document.figures and not self.is_brief:
            self._annex()
        order_children(self.body, self.file.styles.element, self.numbering.part)
        written = BytesIO()
        self.file.save(written)
        return written.getvalue()

    # --- pieces ------------------------------------------------------------------------------------------------------

    def _add(self, style: str, *content: Element) -> Element:
        """A paragraph at the end of the document."""
        made = paragraph(style, content)
        if self.after_table and style == "NumberedParagraph":
            made[0].append(element("w:spacing", before="240"))
        self.after_table = False
        self._append(made)
        return made

    def _append(self, made: Element) -> None:
        self.body.insert(len(self.body) - 1, made)  # before the section's properties

    def _inline(self, inline: Inline) -> Element:
        if isinstance(inline, Text):
            return run(inline.text, bold=inline.bold, italic=inline.italic)
        if isinstance(inline, Link):
            return link(inline.anchor, [run(inline.text, style="ReferenceLink")])
        return figure_value(inline.text, inline.tag, self.titles.get(inline.figure, inline.figure), self.identifiers)

    def _bookmarked(self, made: Element, anchor: str) -> Element:
        """``made``, its content inside a bookmark."""
        first, last = made[1], made[-1]
        bookmark(first, last, anchor, self.identifiers)
        return made

    def _properties(self) -> None:
        document, properties = self.document, self.file.core_properties
        properties.title, properties.subject = document.title, document.subtitle
        properties.author, properties.language = "Colonnade", self.words.locale
        properties.keywords = " ".join(filter(None, (document.symbol, document.name, document.audience)))
        properties.comments = document.banner

    def _running_heads(self) -> None:
        section = self.file.sections[0]
        section.different_first_page_header_footer = True
        for header in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            header.is_linked_to_previous = False
        self._running(section.header, [run(f"{self.document.symbol}\t"), run(self.document.running_banner, bold=True)])
        for footer in (section.footer, section.first_page_footer):
            pages = [*field("PAGE", "1"), run("/"), *field("NUMPAGES", "1")]
            self._running(footer, [run(f"{self.document.title}\t"), *pages])

    @staticmethod
    def _running(place: Any, content: list[Element]) -> None:
        made = place.paragraphs[0]._p
        properties = made.get_or_add_pPr()
        for met in list(properties):
            properties.remove(met)
        properties.append(element("w:pStyle", val="RunningHead"))
        for piece in content:
            made.append(piece)

    def _title_block(self) -> None:
        document = self.document
        if document.banner:
            self._add("Banner", run(document.banner))
        if document.symbol:
            self._add("Symbol", run(document.symbol))
        for line in document.masthead:
            self._add("Masthead", run(line))
        self._add("Title", run(document.title))
        if document.subtitle:
            self._add("Subtitle", run(document.subtitle))
        if document.form is Form.LETTER:
            return
        standing = f"{self.words.as_of} {document.as_of}. {self.words.audience} {document.audience}."
        self._add("Normal", run(standing))

    def _summary(self) -> None:
        if not self.document.summary:
            return
        heading = self._add("Summary", run(self.words.summary, bold=True, italic=True))
        heading[0].append(element("w:keepNext"))
        for block in self.document.summary:
            self._add("Summary", *(self._inline(inline) for inline in block.inlines))

    def _contents(self) -> None:
        """A field with its entries filled in, so that it is right before anyone refreshes it.

        The entries give paragraphs, which are right wherever the pages break; a refresh in Word puts pages instead.
        """
        ranges = paragraph_ranges(self.document.blocks)
        entries = [
            self._entry(heading.level, heading.number, heading.text, heading.anchor, ranges.get(heading.anchor))
            for heading in self.document.headings
            if heading.level <= _CONTENTS_LEVELS
        ]
        if self.document.figures:
            entries.append(self._entry(1, "", self.words.definitions, _ANNEX, None))
        if not entries:
            return
        opening = field_opening(f'TOC \\o "1-{_CONTENTS_LEVELS}" \\h \\z \\u')
        for piece in reversed(opening):
            entries[0].insert(1, piece)
        entries[-1].append(field_closing())
        made = element("w:sdt")
        properties = element("w:sdtPr")
        gallery = element("w:docPartObj")
        gallery.append(element("w:docPartGallery", val="Table of Contents"))
        gallery.append(element("w:docPartUnique"))
        properties.append(gallery)
        made.append(properties)
        inside = element("w:sdtContent")
        inside.append(paragraph("TOCHeading", [run(self.words.contents)]))
        inside.extend(entries)
        made.append(inside)
        self._append(made)

    def _entry(self, level: int, number: str, text: str, anchor: str, paragraphs: tuple[int, int] | None) -> Element:
        where = f"\t{self.words.paragraphs(*paragraphs)}" if paragraphs else ""
        label = f"{number}\t" if number else ""
        made = paragraph(f"TOC{level}", [link(anchor, [run(f"{label}{text}{where}")])])
        if not number:
            made[0].append(element("w:ind", left="0", firstLine="0"))
        return made

    def _heading(self, heading: Heading) -> None:
        made = self._add(f"Heading{heading.level}", run(heading.text))
        if self.is_brief:
            _unnumbered(made)
        else:
            numbered(made[0], self.numbering.headings, heading.level - 1)
        if heading.new_page:
            made.get_or_add_pPr().get_or_add_pageBreakBefore()
        self._bookmarked(made, heading.anchor)

    def _paragraph(self, block: Paragraph) -> None:
        content = [self._inline(inline) for inline in block.inlines]
        if block.style is Style.NOTE:
            self._add("Aside", *content)
        elif block.style is Style.ITEM:
            self.letters = self.letters or self.numbering.letters()
            numbered(self._add("LetteredItem", *content)[0], self.letters)
        elif block.number is not None:
            numbered(self._add("NumberedParagraph", *content)[0], self.numbering.paragraphs)
        else:
            self._add("Normal", *content)

    def _caption(self, label: str, sequence: list[Element], caption: str, anchor: str) -> None:
        name = run(f"{label} ")
        self._add("Caption", name, *sequence, run(f"\n{caption}"))
        for piece in (name, *sequence):
            piece.get_or_add_rPr().append(element("w:b", val="0"))
        bookmark(name, sequence[-1], anchor, self.identifiers)

    def _table(self, block: TableBlock) -> None:
        table = word_table(block, self.titles, self.identifiers, keep_whole=len(block.rows) <= _KEPT_WHOLE)
        if self.is_brief:
            self._append(as_headlines(table) if block.strip else table)
        else:
            title = self.titles.get(block.figure, block.figure)
            sequence = field("SEQ Table \\* ARABIC", str(block.number))
            self._caption(self.words.table, sequence, block.caption, block.anchor)
            self._append(control(block.figure, title, [table], self.identifiers))
        if block.note:
            self._add("TableNote", run(block.note))
        else:
            self.after_table = True

    def _chart(self, block: ChartBlock) -> None:
        title = self.titles.get(block.figure, block.figure)
        self._caption(
            self.words.figure, field("SEQ Figure \\* ROMAN", roman(block.number)), block.caption, block.anchor
        )
        picture = self.file.add_paragraph(style="Chart")
        width = min(TEXT_WIDTH, _TALLEST * block.width // block.height)
        picture.add_run().add_picture(BytesIO(draw_png(block.svg)), width=Emu(width))
        drawn = picture._p
        inline = next(drawn.iter(qn("wp:inline")))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice sets some distance where none is stated
        named = next(drawn.iter(qn("wp:docPr")))
        named.set("descr", block.alt)
        named.set("title", f"{self.words.figure_label(block.number)}. {block.caption}")
        self._append(control(block.figure, title, [drawn], self.identifiers))
        see = link(block.table_anchor, [run(self.words.see_table.format(number=block.table_number))])
        self._add("TableNote", see)

    # --- annex -------------------------------------------------------------------------------------------------------

    def _annex(self) -> None:
        words = self.words
        heading = self._add("Heading1", run(words.definitions))
        heading[0].append(element("w:pageBreakBefore"))
        _unnumbered(heading)
        self._bookmarked(heading, _ANNEX)
        self._add("Normal", run(words.definitions_intro))
        for figure in self.document.figures:
            title = self._add("DefinitionTitle", run(figure.title))
            self._bookmarked(title, tags.annex_anchor(figure.key))
            for name, text in facts_of(figure, self.document, words):
                self._add("DefinitionLine", run(f"{name}\t"), run(text))
            self._add("Query", run(figure.sql))


def _unnumbered(heading: Element) -> None:
    """Takes the number of its style from a heading, and the room that was left for it."""
    numbered(heading[0], "0")
    heading[0].append(element("w:ind", left="0", firstLine="0"))
