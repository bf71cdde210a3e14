"""The address of a number inside a report: its figure's key and, for a cell of a table figure, its place.

    projects                               a single figure
    projects_by_pillar/pillar=I/share      a cell: dimensions in the table's order, then the measure
    projects_by_pillar/total/projects      the total of a measure
    projects_by_pillar/rows                how many rows the table has

The same address is the link's target in HTML, the content control's tag in Word and the bookmark in PDF.
"""

from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

from colonnade.analysis.figures.result import Cell

#: What a dimension's code reads where none was reported.
NOT_REPORTED = "-"
#: Word refuses longer tags and titles of content controls.
WORD_LIMIT = 64


def cell_tag(key: str, dimensions: Iterable[tuple[str, Cell]], measure: str) -> str:
    """The tag of one cell. Characters of a code that have a meaning here are percent-encoded."""
    places = "/".join(f"{name}={_code(code)}" for name, code in dimensions)
    return f"{key}/{places}/{measure}" if places else f"{key}/{measure}"


def total_tag(key: str, measure: str) -> str:
    """The tag of a measure's total."""
    return f"{key}/total/{measure}"


def rows_tag(key: str) -> str:
    """The tag of the number of rows of a table figure."""
    return f"{key}/rows"


def figure_key(tag: str) -> str:
    """The key of the figure that ``tag`` points into."""
    return tag.split("/", 1)[0]


def annex_anchor(key: str) -> str:
    """The anchor of a figure's entry in the annex of definitions."""
    return f"figure-{key}"


def control_tag(tag: str) -> str:
    """``tag`` as Word accepts it: as it is up to 64 characters, else its key and a digest of the whole.

    The digest is stable, so that a later refresh finds the control by computing it from the figure's cells again.
    """
    if len(tag) <= WORD_LIMIT:
        return tag
    digest = sha256(tag.encode()).hexdigest()[:12]
    return f"{figure_key(tag)[: WORD_LIMIT - 13]}#{digest}"


def _code(code: Cell) -> str:
    return NOT_REPORTED if code is None else quote(str(code), safe=" .,()&+")
