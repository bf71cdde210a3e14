"""Noughts that would mislead: a figure that counts records which are kept from its readers says nothing to them."""

from typing import Final

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.result import Number, TableValue
from colonnade.core.viewer import Viewer

#: The subject of figures that count needs: those are shared inside the compact.
NEEDS: Final = "needs"


def is_withheld(definition: FigureDefinition, value: Number | TableValue | None, viewer: Viewer) -> bool:
    """Whether ``value``, as ``viewer`` counts the figure, is a nought that does not say that there are none."""
    return definition.subject == NEEDS and not viewer.inside_the_compact and is_nought(value)


def is_nought(value: Number | TableValue | None) -> bool:
    """Whether a figure counts nothing: no number, nought, or a table without any other number."""
    if not isinstance(value, TableValue):
        return not value
    measures = [place for place, column in enumerate(value.columns) if not column.is_dimension]
    return not any(row[place] for row in value.rows for place in measures)
