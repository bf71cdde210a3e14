"""WordprocessingML that python-docx has no words for: content controls, fields, bookmarks, links, borders."""

import re
from collections.abc import Sequence
from hashlib import sha256
from itertools import count
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from colonnade.reporting import tags

#: Elements of lxml, for which python-docx ships no types.
Element = Any

#: Word refuses longer names of bookmarks.
BOOKMARK_LIMIT: Final = 40
VALUE_STYLE: Final = "FigureValue"


#: The order in which the schema wants the children of properties; Word refuses some files that keep another.
_ORDER: Final = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
}


class Identifiers:
    """Numbers for content controls and bookmarks, unique in one document."""

    def __init__(self) -> None:
        self._controls, self._bookmarks = count(1_000_001), count(1)

    def control(self) -> int:
        return next(self._controls)

    def bookmark(self) -> int:
        return next(self._bookmarks)


def element(name: str, /, **attributes: str) -> Element:
    """``element("w:tab", val="right")``: attributes are in the same namespace as the element."""
    made = OxmlElement(name)
    prefix = name.split(":", maxsplit=1)[0]
    for attribute, value in attributes.items():
        made.set(qn(f"{prefix}:{attribute}"), value)
    return made


def bookmark_name(anchor: str) -> str:
    """``anchor`` as Word accepts it: letters, digits and underscores, up to 40; longer ones end in a digest."""
    name = re.sub(r"\W", "_", anchor)
    if not name[0].isalpha():
        name = f"b_{name}"
    if len(name) > BOOKMARK_LIMIT:
        name = f"{name[: BOOKMARK_LIMIT - 9]}_{sha256(anchor.encode()).hexdigest()[:8]}"
    return name


def bookmark(start_before: Element, end_after: Element, anchor: str, identifiers: Identifiers) -> None:
    """Puts a bookmark around the elements from one to the other, which share a parent."""
    number = str(identifiers.bookmark())
    start_before.addprevious(element("w:bookmarkStart", id=number, name=bookmark_name(anchor)))
    end_after.addnext(element("w:bookmarkEnd", id=number))


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> Element:
    """A run of text. Tabs and line breaks in it become such."""
    made = element("w:r")
    properties = element("w:rPr")
    if style:
        properties.append(element("w:rStyle", val=style))
    if bold:
        properties.append(element("w:b"))
    if italic:
        properties.append(element("w:i"))
    if len(properties):
        made.append(properties)
    for piece in re.split(r"([\t\n])", text):
        if piece == "\t":
            made.append(element("w:tab"))
        elif piece == "\n":
            made.append(element("w:br"))
        elif piece:
            words = element("w:t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            made.append(words)
    return made


def link(anchor: str, runs: Sequence[Element], tooltip: str = "") -> Element:
    """A link to a bookmark of the same document."""
    made = element("w:hyperlink", anchor=bookmark_name(anchor), history="1")
    if tooltip:
        made.set(qn("w:tooltip"), tooltip[:255])
    made.extend(runs)
    return made


def control(tag: str, title: str, content: Sequence[Element], identifiers: Identifiers) -> Element:
    """A content control around runs, or around whole paragraphs and tables."""
    made = element("w:sdt")
    properties = element("w:sdtPr")
    properties.append(element("w:alias", val=title[: tags.WORD_LIMIT]))
    properties.append(element("w:tag", val=tags.control_tag(tag)))
    properties.append(element("w:id", val=str(identifiers.control())))
    made.append(properties)
    inside = element("w:sdtContent")
    inside.extend(content)
    made.append(inside)
    return made


def figure_value(text: str, tag: str, title: str, identifiers: Identifiers) -> Element:
    """A number: a content control that holds a link to the figure's definition."""
    anchor = tags.annex_anchor(tags.figure_key(tag))
    return control(tag, title, [link(anchor, [run(text, style=VALUE_STYLE)], title)], identifiers)


def field(instruction: str, shown: str) -> list[Element]:
    """A field with the result that it has now."""
    instructed = element("w:r")
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    instructed.append(code)
    return [_mark("begin"), instructed, _mark("separate"), run(shown), _mark("end")]


def field_opening(instruction: str) -> list[Element]:
    """The opening of a field whose result spans paragraphs; :func:`field_closing` closes it."""
    return field(instruction, "")[:3]


def field_closing() -> Element:
    return _mark("end")


def paragraph(style: str, content: Sequence[Element] = ()) -> Element:
    """A paragraph that is not yet in the document. ``style`` is the style's identifier."""
    made = element("w:p")
    properties = element("w:pPr")
    properties.append(element("w:pStyle", val=style))
    made.append(properties)
    made.extend(content)
    return made


def _mark(kind: str) -> Element:
    made = element("w:r")
    made.append(element("w:fldChar", fldCharType=kind))
    return made


def order_children(*roots: Element) -> None:
    """Puts the children of every paragraph's, run's and style's properties in the schema's order."""
    for root in roots:
        for name, order in _ORDER.items():
            places = {qn(f"w:{child}"): place for place, child in enumerate(order.split())}
            for properties in root.iter(qn(f"w:{name}")):
                properties[:] = sorted(properties, key=lambda child: places.get(child.tag, len(places)))
