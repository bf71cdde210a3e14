"""The look of the Word file: page, styles and numbering, after the printed documents of the United Nations."""

from typing import Any, Final

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from colonnade.reporting.word.markup import VALUE_STYLE, Element, element

FONT: Final = "Times New Roman"
CODE_FONT: Final = "Courier New"
#: Inside the margins of the page.
TEXT_WIDTH: Final = Cm(16.59)
INK: Final = RGBColor(0x1A, 0x1A, 0x1A)
QUIET: Final = RGBColor(0x4D, 0x56, 0x5E)
ACCENT: Final = RGBColor(0x0B, 0x5C, 0x94)
WARNING: Final = "8A4B00"

_HEADINGS: Final = ((1, 14, False), (2, 12, False), (3, 11, True))
_INDENT: Final = Cm(1.1)


def prepare(file: WordFile, locale: str) -> None:
    """Sets page, styles, language and compatibility of an empty file."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)  # letter, as the Organization prints in New York
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    _language(file, locale)
    _compatibility(file)
    _base(file)
    _headings(file)
    _paragraphs(file)
    _contents(file)


def style_of(file: WordFile, name: str, base: str = "Normal", kind: Any = WD_STYLE_TYPE.PARAGRAPH) -> Any:
    """The style called ``name``, added where the template lacks it."""
    if name in [style.name for style in file.styles]:
        return file.styles[name]
    style = file.styles.add_style(name, kind, builtin=name.lower().startswith("toc "))
    if kind is WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = file.styles[base]
    style.quick_style = True
    return style


def _language(file: WordFile, locale: str) -> None:
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for met in defaults.findall(qn("w:lang")):
        defaults.remove(met)
    defaults.append(element("w:lang", val=locale, eastAsia=locale, bidi="ar-SA"))
    fonts = defaults.find(qn("w:rFonts"))
    if fonts is not None:
        defaults.remove(fonts)
    defaults.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))


def _compatibility(file: WordFile) -> None:
    """Without this, Word opens the file as one of its 2007 version."""
    settings = file.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = element("w:compat")
        settings.append(compat)
    for met in compat.findall(qn("w:compatSetting")):
        compat.remove(met)
    compat.append(
        element("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    )


def _font(style: Any, size: float, *, bold: bool = False, italic: bool = False, colour: RGBColor = INK) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic, style.font.color.rgb = bold, italic, colour
    properties = style.element.get_or_add_rPr()
    for spaced in properties.findall(qn("w:spacing")) + properties.findall(qn("w:kern")):
        properties.remove(spaced)
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _spacing(style: Any, before: float, after: float, *, with_next: bool = False) -> None:
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.1
    layout.keep_with_next, layout.widow_control = with_next, True


def _base(file: WordFile) -> None:
    _font(file.styles["Normal"], 11)
    _spacing(file.styles["Normal"], 0, 7)
    title = file.styles["Title"]
    _font(title, 17, bold=True)
    _spacing(title, 14, 4)
    border = title.element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    subtitle = file.styles["Subtitle"]
    _font(subtitle, 13, colour=QUIET)
    _spacing(subtitle, 0, 10)
    value = style_of(file, VALUE_STYLE, kind=WD_STYLE_TYPE.CHARACTER)
    value.element.set(qn("w:styleId"), VALUE_STYLE)
    link = style_of(file, "Reference Link", kind=WD_STYLE_TYPE.CHARACTER)
    link.element.set(qn("w:styleId"), "ReferenceLink")
    link.font.color.rgb = ACCENT


def _headings(file: WordFile) -> None:
    for level, size, italic in _HEADINGS:
        style = file.styles[f"Heading {level}"]
        _font(style, size, bold=True, italic=italic)
        _spacing(style, 18 if level == 1 else 12, 6, with_next=True)
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = _INDENT, -_INDENT


def _paragraphs(file: WordFile) -> None:
    body = style_of(file, "Numbered Paragraph")
    _spacing(body, 0, 7)
    item = style_of(file, "Lettered Item")
    _spacing(item, 0, 4)
    note = style_of(file, "Aside")
    _font(note, 10.5, colour=QUIET)
    _spacing(note, 4, 10)
    note.paragraph_format.left_indent = Cm(0.4)
    _border(note, "left", "C9CED3", 18, 8)
    summary = style_of(file, "Summary")
    _spacing(summary, 0, 6)
    summary.paragraph_format.left_indent = summary.paragraph_format.right_indent = Cm(0.4)
    shading = element("w:shd", val="clear", color="auto", fill="F2F5F7")
    summary.element.get_or_add_pPr().append(shading)
    banner = style_of(file, "Banner")
    _font(banner, 10.5, bold=True, colour=RGBColor.from_string(WARNING))
    _spacing(banner, 0, 8)
    for side in ("top", "left", "bottom", "right"):
        _border(banner, side, WARNING, 8, 4)
    masthead = style_of(file, "Masthead")
    _font(masthead, 10)
    _spacing(masthead, 0, 0)
    masthead.paragraph_format.left_indent = Cm(11)
    symbol = style_of(file, "Symbol")
    _font(symbol, 14, bold=True)
    _spacing(symbol, 0, 6)
    symbol.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _border(symbol, "bottom", "1A1A1A", 12, 4)
    caption = file.styles["Caption"]
    _font(caption, 10.5, bold=True)
    _spacing(caption, 12, 4, with_next=True)
    table_note = style_of(file, "Table Note")
    _font(table_note, 9, colour=QUIET)
    _spacing(table_note, 3, 14)
    cell = style_of(file, "Table Text")
    _font(cell, 9.5)
    _spacing(cell, 1.5, 1.5)
    head = style_of(file, "Table Head")
    _font(head, 9.5, italic=True)
    _spacing(head, 1.5, 1.5)
    definition = style_of(file, "Definition Title")
    _font(definition, 11, bold=True)
    _spacing(definition, 12, 3, with_next=True)
    fact = style_of(file, "Definition Line")
    _font(fact, 10)
    _spacing(fact, 0, 2)
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Cm(2.6), Cm(-2.6)
    fact.paragraph_format.tab_stops.add_tab_stop(Cm(2.6))
    query = style_of(file, "Query")
    _font(query, 7.5)
    query.font.name = CODE_FONT
    query.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), CODE_FONT)
    _spacing(query, 2, 8)
    query.paragraph_format.left_indent = Cm(0.4)
    query.paragraph_format.line_spacing = 1.0
    query.element.get_or_add_pPr().append(element("w:shd", val="clear", color="auto", fill="F2F5F7"))
    running = style_of(file, "Running Head")
    _font(running, 8.5, colour=QUIET)
    _spacing(running, 0, 0)
    running.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    picture = style_of(file, "Chart")
    _spacing(picture, 0, 2, with_next=True)


def _contents(file: WordFile) -> None:
    heading = style_of(file, "TOC Heading")
    _font(heading, 14, bold=True)
    _spacing(heading, 16, 6, with_next=True)
    for level in (1, 2, 3):
        style = style_of(file, f"toc {level}")
        style.element.set(qn("w:styleId"), f"TOC{level}")
        _spacing(style, 0, 3)
        indent = Cm(0.9 * level)
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = indent, Cm(-0.9)
        style.paragraph_format.tab_stops.add_tab_stop(indent)
        tabs = style.element.get_or_add_pPr().find(qn("w:tabs"))
        tabs.append(element("w:tab", val="right", leader="dot", pos=str(Emu(TEXT_WIDTH).twips)))


def _border(style: Any, side: str, colour: str, eighths: int, space: int) -> None:
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("w:pBdr")
        properties.append(borders)
    borders.append(element(f"w:{side}", val="single", sz=str(eighths), space=str(space), color=colour))


class Numbering:
    """The file's lists: one for headings, one for paragraphs, and one restarted for each run of lettered items."""

    def __init__(self, file: WordFile) -> None:
        self.part = file.part.numbering_part.element
        self.headings = self._add(
            [("upperRoman", "%1.", 0, _INDENT), ("upperLetter", "%2.", 0, _INDENT), ("decimal", "%3.", 0, _INDENT)],
            ["Heading1", "Heading2", "Heading3"],
        )
        self.paragraphs = self._add([("decimal", "%1.", 0, _INDENT)], [])
        self._letters = self._abstract([("lowerLetter", "(%1)", Cm(1.1), Cm(0.9))], [])

    def letters(self) -> str:
        """A list of items that begins at (a)."""
        return self._number(self._letters, restart=True)

    def _add(self, levels: list[tuple[str, str, int, int]], styles: list[str]) -> str:
        return self._number(self._abstract(levels, styles), restart=False)

    def _abstract(self, levels: list[tuple[str, str, int, int]], styles: list[str]) -> str:
        taken = [int(met.get(qn("w:abstractNumId"))) for met in self.part.findall(qn("w:abstractNum"))]
        identifier = str(max(taken, default=-1) + 1)
        abstract = element("w:abstractNum", abstractNumId=identifier)
        abstract.append(element("w:multiLevelType", val="multilevel" if len(levels) > 1 else "singleLevel"))
        for place, (form, text, left, hanging) in enumerate(levels):
            abstract.append(_level(place, form, text, left, hanging, styles[place] if styles else ""))
        first = self.part.find(qn("w:num"))
        if first is None:
            self.part.append(abstract)
        else:
            first.addprevious(abstract)
        return identifier

    def _number(self, abstract: str, *, restart: bool) -> str:
        taken = [int(met.get(qn("w:numId"))) for met in self.part.findall(qn("w:num"))]
        identifier = str(max(taken, default=0) + 1)
        number = element("w:num", numId=identifier)
        number.append(element("w:abstractNumId", val=abstract))
        if restart:
            override = element("w:lvlOverride", ilvl="0")
            override.append(element("w:startOverride", val="1"))
            number.append(override)
        self.part.append(number)
        return identifier


def _level(place: int, form: str, text: str, left: int, hanging: int, style: str) -> Element:
    level = element("w:lvl", ilvl=str(place))
    level.append(element("w:start", val="1"))
    level.append(element("w:numFmt", val=form))
    if style:
        level.append(element("w:pStyle", val=style))
    level.append(element("w:lvlText", val=text))
    level.append(element("w:lvlJc", val="left"))
    properties = element("w:pPr")
    indent = Emu(left + hanging).twips
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="num", pos=str(indent)))
    properties.append(tabs)
    # Paragraphs hang nothing out: their number stands in the first line, and the text runs on below it.
    if form == "decimal" and place == 0:
        properties.append(element("w:ind", left="0", firstLine="0"))
    else:
        properties.append(element("w:ind", left=str(indent), hanging=str(Emu(hanging).twips)))
    level.append(properties)
    return level


def numbered(properties: Element, number: str, level: int = 0) -> None:
    """Makes the paragraph of ``properties`` an entry of a list."""
    entry = element("w:numPr")
    entry.append(element("w:ilvl", val=str(level)))
    entry.append(element("w:numId", val=number))
    style = properties.find(qn("w:pStyle"))
    if style is None:
        properties.insert(0, entry)
    else:
        style.addnext(entry)
