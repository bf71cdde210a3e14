"""Holding a built report's files against its ``figures.json``: all are there, and Word prints the same numbers.

Each number in ``report.docx`` stands in a content control that names its figure. Single numbers are compared as they
are printed; of the cells of tables, only that their figure exists. HTML, PDF and workbook are not read.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.published import Published
from colonnade.analysis.figures.result import Number, TableValue
from colonnade.analysis.figures.verification import Difference
from colonnade.core.uploads import Kind, admit_file
from colonnade.reporting.tags import figure_key
from colonnade.reporting.wording import WORDINGS

WORD_FILE: Final = "report.docx"
FILES: Final = ("report.html", WORD_FILE, "report.pdf", "report.xlsx")
_CONTENT: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class DocumentsVerified:
    """What differs, and how many single numbers of ``report.docx`` were compared."""

    differences: tuple[Difference, ...]
    numbers: int


def verify_documents(folder: Path, published: Published) -> DocumentsVerified:
    """Compare the files in the report's ``folder`` with its figures."""
    differences = [
        Difference(name, "file", "part of a report", "missing") for name in FILES if not (folder / name).is_file()
    ]
    numbers = 0
    if (folder / WORD_FILE).is_file():
        try:
            controls = list(_controls(folder / WORD_FILE))
        except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, OSError, ValueError) as error:
            differences.append(Difference(WORD_FILE, "file", "a Word document", f"unreadable: {error}"))
        else:
            found, numbers = _compare(controls, published)
            differences += found
    return DocumentsVerified(tuple(differences), numbers)


def _controls(path: Path) -> Iterator[tuple[str, str]]:
    """The tag and the text of every tagged content control of the document."""
    admit_file(path, Kind.DOCX)
    with zipfile.ZipFile(path) as packed:
        content = packed.read(_CONTENT)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for control in etree.fromstring(content, parser).iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            yield str(tag.get(f"{_W}val")), "".join(text.text or "" for text in control.iter(f"{_W}t"))


def _compare(controls: list[tuple[str, str]], published: Published) -> tuple[list[Difference], int]:
    figures = {figure.key: figure for figure in published.figures}
    differences = []
    numbers = 0
    tagged = set()
    for tag, text in controls:
        key = figure_key(tag).split("#", 1)[0]
        tagged.add(key)
        figure = figures.get(key)
        # A long tag is cut before its digest, and its key may be cut with it.
        if figure is None and not ("#" in tag and any(known.startswith(key) for known in figures)):
            differences.append(Difference(f"{WORD_FILE}, {tag}", "figure", "missing from figures.json", text[:80]))
        elif figure is not None and tag == key and not isinstance(figure.value, TableValue):
            numbers += 1
            if text not in _printings(figure.value, figure.unit):
                printed = display(figure.value, figure.unit)
                differences.append(Difference(f"{WORD_FILE}, {tag}", "number", printed, text[:80]))
    if not tagged & figures.keys():
        differences.append(Difference(WORD_FILE, "numbers", "tagged with their figures", "none"))
    return list(dict.fromkeys(differences)), numbers


def _printings(value: Number | None, unit: str) -> frozenset[str]:
    """The ways in which a report's text prints a value: in numerals or words, and a change by its size."""
    if value is None:
        return frozenset({display(None, unit)})
    size = value.copy_abs() if not isinstance(value, int) else abs(value)
    printed = {display(each, unit) for each in (value, size)}
    printed |= {words.number(each, unit) for words in WORDINGS.values() for each in (value, size)}
    return frozenset(printed | ({"no"} if value == 0 else set()))
