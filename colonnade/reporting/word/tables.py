"""A table of figures in Word: thin rules, header repeated on each page, rows kept whole, a control in each cell."""

from collections.abc import Mapping, Sequence
from typing import Final

from docx.shared import Emu

from colonnade.reporting.document import TableBlock, TableCell
from colonnade.reporting.widths import column_widths
from colonnade.reporting.word.markup import Element, Identifiers, element, figure_value, paragraph, run
from colonnade.reporting.word.styles import TEXT_WIDTH

_INK: Final = "1A1A1A"
_LINE: Final = "C9CED3"


def word_table(table: TableBlock, titles: Mapping[str, str], identifiers: Identifiers, *, keep_whole: bool) -> Element:
    """The table, not yet in the document. ``titles`` name the figures; ``keep_whole`` sets it on one page."""
    made = element("w:tbl")
    widths = column_widths(table, Emu(TEXT_WIDTH).twips)
    made.append(_properties(table, sum(widths)))
    grid = element("w:tblGrid")
    grid.extend(element("w:gridCol", w=str(width)) for width in widths)
    made.append(grid)
    titled = zip(table.header, table.numeric, strict=True)
    header = [_cell([run(text)], numeric, style="TableHead") for text, numeric in titled]
    made.append(_row(header, widths, top=True, bottom=True, is_header=True))
    last = len(table.rows) - table.total_rows
    for place, cells in enumerate(table.rows):
        total, keep = place >= last, keep_whole and (place < len(table.rows) - 1 or bool(table.note))
        written = [
            _cell(_content(cell, titles, identifiers, bold=total), numeric, keep=keep)
            for cell, numeric in zip(cells, table.numeric, strict=True)
        ]
        made.append(_row(written, widths, top=total, bottom=total or place == len(table.rows) - 1))
    return made


def _properties(table: TableBlock, width: int) -> Element:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=str(width), type="dxa"))
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    margins.append(element("w:left", w="70", type="dxa"))
    margins.append(element("w:right", w="70", type="dxa"))
    properties.append(margins)
    properties.append(element("w:tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="1", noVBand="1"))
    properties.append(element("w:tblCaption", val=table.caption[:255]))
    if table.note:
        properties.append(element("w:tblDescription", val=table.note[:255]))
    return properties


def _content(cell: TableCell, titles: Mapping[str, str], identifiers: Identifiers, *, bold: bool) -> list[Element]:
    if not cell.is_number:
        return [run(cell.text, bold=bold)]
    value = figure_value(cell.text, cell.tag, titles.get(cell.figure, cell.figure), identifiers)
    if bold:
        for properties in value.iter("{*}r"):
            properties.find("{*}rPr").append(element("w:b"))
    return [value]


def _cell(content: Sequence[Element], numeric: bool, *, keep: bool = True, style: str = "TableText") -> Element:
    made = paragraph(style, content)
    properties = made[0]
    if keep:
        properties.append(element("w:keepNext"))
    if numeric:
        properties.append(element("w:jc", val="right"))
    return made


def _row(
    cells: Sequence[Element], widths: Sequence[int], *, top: bool, bottom: bool, is_header: bool = False
) -> Element:
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:cantSplit"))
    if is_header:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    for cell, width in zip(cells, widths, strict=True):
        made = element("w:tc")
        cell_properties = element("w:tcPr")
        cell_properties.append(element("w:tcW", w=str(width), type="dxa"))
        borders = element("w:tcBorders")
        if top:
            borders.append(element("w:top", val="single", sz="8", space="0", color=_INK))
        strong = bottom or is_header
        borders.append(
            element("w:bottom", val="single", sz="8" if strong else "4", space="0", color=_INK if strong else _LINE)
        )
        cell_properties.append(borders)
        cell_properties.append(element("w:vAlign", val="bottom" if is_header else "top"))
        made.append(cell_properties)
        made.append(cell)
        row.append(made)
    return row
