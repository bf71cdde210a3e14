"""What a report's text consists of once parsed. Every node that can be wrong keeps its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

#: The kinds of charts that a text can ask for (:mod:`colonnade.reporting.charts`).
CHART_KINDS: Final = ("bars", "stacked", "grouped", "shares", "lollipop")
#: ``sort: total`` of a chart puts the longest bar of several parts first.
TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A number of a figure: a single value, a cell, a total; or inside ``each``, a column of the row.

    ``dimensions`` are ``(name, code)`` pairs; ``measure`` is ``None`` for a single value.
    """

    key: str
    line: int
    dimensions: tuple[tuple[str, str], ...] = ()
    measure: str | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A text that the report, its inventory or the build supplies: ``@as_of``."""

    name: str
    line: int


Argument = Reference | Decimal | str


@dataclass(frozen=True, slots=True)
class Call:
    """A text function with its arguments, in the kinds that its signature states (:mod:`.inline`)."""

    name: str
    arguments: tuple[Argument, ...]
    options: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Term:
    """One test. Without an operator it asks whether there is a value."""

    left: Reference | Parameter
    operator: str | None = None
    right: Reference | Parameter | Decimal | str | None = None
    negated: bool = False


#: Terms that must all hold.
Condition = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """``body`` once for each row of a table figure, joined in words."""

    key: str
    options: Mapping[str, str]
    body: "Template"
    line: int


@dataclass(frozen=True, slots=True)
class Choice:
    """``then`` where the condition holds, else ``otherwise``."""

    condition: Condition
    then: "Template"
    otherwise: "Template"
    line: int


Node = Words | Reference | Parameter | Call | Each | Choice
Template = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class HeadingSource:
    level: int
    text: Template
    line: int


@dataclass(frozen=True, slots=True)
class ParagraphSource:
    """``style`` is that of :class:`colonnade.reporting.document.Style`."""

    text: Template
    style: str
    line: int


@dataclass(frozen=True, slots=True)
class TableSource:
    """``settings`` as written, except the texts, which are parsed: ``caption`` and ``note``."""

    key: str
    name: str
    caption: Template
    note: Template
    settings: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class ChartSource:
    key: str
    name: str
    caption: Template
    settings: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class ItemsSource:
    key: str
    text: Template
    options: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class WhenSource:
    condition: Condition
    blocks: "tuple[BlockSource, ...]"
    line: int


BlockSource = HeadingSource | ParagraphSource | TableSource | ChartSource | ItemsSource | WhenSource


@dataclass(frozen=True, slots=True)
class TextSource:
    """A parsed file: its blocks, and its name for problems met later."""

    file: str
    blocks: tuple[BlockSource, ...]
