"""Reading a form that was filled in: the text of every content control by its tag, whatever else people wrote around.

A file passes the gate for what comes from outside first (:mod:`colonnade.core.uploads`); nothing of it is run, and
nothing fetched.
"""

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.core.uploads import Kind, admit
from colonnade.reporting.wordform.form import ReadForm
from colonnade.reporting.wordform.writing import NAMESPACE

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN: Final = "word/document.xml"
#: Far above what a form holds: bytes of a part, controls, characters of a field.
LARGEST_PART: Final = 20_000_000
MOST_CONTROLS: Final = 5_000
LONGEST: Final = 20_000


def read_form(stream: BinaryIO, name: str) -> ReadForm:
    """What stands in the form. Where a field is wrong, it is left out and named.

    :raises ProblemsFound: where the file is not taken at all.
    """
    admit(stream, name, Kind.DOCX)
    with zipfile.ZipFile(stream) as packed:
        root = _parsed(packed, _MAIN, name)
        kept = _kept(packed, name)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    controls = list(root.iter(f"{_W}sdt"))
    if len(controls) > MOST_CONTROLS:
        mend = "give the form that was taken from here"
        raise ProblemsFound([Problem(name, None, None, str(len(controls)), "more fields than a form has", mend)])
    for each in controls:
        tag = each.find(f"{_W}sdtPr/{_W}tag")
        key = tag.get(f"{_W}val", "") if tag is not None else ""
        if not key:
            continue
        text = _text_of(each)
        if key in texts:
            problems.append(Problem(name, None, key, key, "the field stands twice", "keep it once"))
        elif len(text) > LONGEST:
            problems.append(Problem(name, None, key, text[:40], f"longer than {LONGEST} characters", "shorten it"))
        else:
            texts[key] = text
    return ReadForm(texts, kept, problems)


def _parsed(packed: zipfile.ZipFile, part: str, name: str) -> Any:
    if packed.getinfo(part).file_size > LARGEST_PART:
        size = str(packed.getinfo(part).file_size)
        mend = "take pictures and other text out of it"
        raise ProblemsFound([Problem(name, None, None, size, "larger than a form that is taken", mend)])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(packed.read(part), parser)
    except etree.XMLSyntaxError as error:
        mend = "open it in Word and save it anew"
        raise ProblemsFound([Problem(name, None, None, "", f"not well-formed: {error.msg}", mend)]) from None


def _kept(packed: zipfile.ZipFile, name: str) -> str:
    """What travelled with the file, wherever the program that saved it put it."""
    for part in packed.namelist():
        if part.startswith("customXml/item") and part.endswith(".xml") and "Props" not in part:
            try:
                root = _parsed(packed, part, name)
            except ProblemsFound:
                continue
            if root.tag == f"{{{NAMESPACE}}}form":
                return root.text or ""
    return ""


def _text_of(control: Any) -> str:
    """The text of a content control: a line a paragraph. What a reviewer struck out is none; a placeholder neither."""
    if control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
        return ""
    content = control.find(f"{_W}sdtContent")
    if content is None:
        return ""
    paragraphs = list(content.iter(f"{_W}p")) or [content]
    return "\n".join("".join(_pieces(each)).rstrip() for each in paragraphs).strip()


def _pieces(paragraph: Any) -> Iterator[str]:
    for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if piece.tag == f"{_W}t":
            yield piece.text or ""
        elif piece.getparent().tag == f"{_W}r":
            yield "\t" if piece.tag == f"{_W}tab" else "\n"
