"""Writing a form: headings, and tables of two columns whose right one holds content controls, or plain text to read."""

import io
from typing import Any, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.shared import Cm
from lxml import etree

from colonnade.reporting.word.markup import Identifiers, control, element, run
from colonnade.reporting.wordform.form import WordField, WordForm, WordGroup

NAMESPACE: Final = "urn:colonnade:form"
#: Word takes no longer tags.
_LONGEST_TAG: Final = 64


def write_form(form: WordForm) -> bytes:
    """``form`` as a Word file. The same form gives a file that reads the same.

    :raises ValueError: where a tag is longer than Word takes, or stands twice.
    """
    tags = [each.tag for section in form.sections for group in section.groups for each in group.fields]
    if len(set(tags)) < len(tags) or any(len(tag) > _LONGEST_TAG for tag in tags):
        raise ValueError("a tag stands twice, or is longer than Word takes")
    document = Document()
    document.core_properties.title = form.title
    document.core_properties.language = form.language
    document.add_heading(form.title, 0)
    document.add_paragraph(form.lead)
    identifiers = Identifiers()
    for section in form.sections:
        document.add_heading(section.title, 1)
        if section.lead:
            document.add_paragraph(section.lead)
        for group in section.groups:
            _group(document, group, None if form.to_read else identifiers)
    if form.kept:
        _keep(document, form.kept)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _group(document: Any, group: WordGroup, identifiers: Identifiers | None) -> None:
    if group.title:
        document.add_heading(group.title, 2)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for each in group.fields:
        asked, given = table.add_row().cells
        asked.width, given.width = Cm(5.5), Cm(11)
        asked.text = each.title
        if identifiers is None:
            given.text = each.text
        else:
            _fill(given, each, identifiers)
    document.add_paragraph()


def _fill(cell: Any, field: WordField, identifiers: Identifiers) -> None:
    """The content control, with a paragraph a line; a cell ends in a paragraph of its own."""
    lines = field.text.split("\n")
    content = []
    for line in lines:
        paragraph = element("w:p")
        paragraph.append(run(line))
        content.append(paragraph)
    cell._tc.insert(len(cell._tc) - 1, control(field.tag, field.title, content, identifiers))


def _keep(document: Any, text: str) -> None:
    root = etree.Element(f"{{{NAMESPACE}}}form")
    root.text = text
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    package = document.part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", blob, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
