"""The fixed words of a report in its own language, and the house style of its numbers.

A report's language is that of its text, not of the person who builds it, so these words do not go through the
interface's translations: a report in another language adds its :class:`Wording` here. The English follows the United
Nations Editorial Manual: numbers below ten in words, tables in Arabic and figures in Roman numerals, "per cent".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.result import Number

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def roman(number: int) -> str:
    """``number`` (1 to 399) in Roman numerals."""
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def letter(number: int) -> str:
    """The ``number``-th letter: 1 is ``a``; after ``z`` comes ``aa``."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


@dataclass(frozen=True, slots=True)
class Wording:
    """Words and number style of one language. ``locale`` is what Word and PDF state as the document's language."""

    language: str
    locale: str
    direction: str
    contents: str
    skip: str
    tables_and_figures: str
    summary: str
    table: str
    figure: str
    note: str
    total: str
    paragraph_one: str
    paragraph_many: str
    definitions: str
    definitions_intro: str
    definition: str
    source: str
    value: str
    unit: str
    of: str
    records: str
    version: str
    query: str
    see_table: str
    page: str
    page_of: str
    as_of: str
    snapshot: str
    audience: str
    not_adding_up: str
    in_dollars: str
    shares_of: str
    per_cent: str
    not_reported: str
    not_released: str
    not_shown: str
    released_totals: str
    released_intro: str
    attested: str
    dash_is_none: str
    chart_most: str
    chart_all: str
    chart_leading: str
    chart_series: str
    chart_target: str
    for_only: str
    needs_changed: str
    needs_unchanged: str
    illustrative: str
    date: Callable[[date], str]
    join: Callable[[Sequence[str]], str]
    number: Callable[[Number, str], str]

    def table_label(self, number: int) -> str:
        return f"{self.table} {number}"

    def figure_label(self, number: int) -> str:
        return f"{self.figure} {roman(number)}"

    def paragraphs(self, first: int, last: int) -> str:
        """``para. 4`` or ``paras. 4–9``."""
        return f"{self.paragraph_one} {first}" if first == last else f"{self.paragraph_many} {first}–{last}"


def join_in_english(parts: Sequence[str]) -> str:
    """``a, b and c``: no comma before the last, as United Nations English has it."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def number_in_english(value: Number, unit: str) -> str:
    """A number in running text: whole counts below ten in words, everything else in numerals."""
    if unit == "count" and value == int(value) and 0 <= value < len(_ONES):
        return _ONES[int(value)]
    return display(value, unit)


def date_in_english(day: date) -> str:
    """``7 February 2020``, whatever the machine's locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


ENGLISH = Wording(
    language="en",
    locale="en-GB",
    direction="ltr",
    contents="Contents",
    skip="Skip to the report",
    tables_and_figures="Tables and figures",
    summary="Summary",
    table="Table",
    figure="Figure",
    note="Note",
    total="Total",
    paragraph_one="para.",
    paragraph_many="paras.",
    definitions="Definitions and sources of the numbers",
    definitions_intro=(
        "Every number in the present report is computed from the records listed with it, by the definition and the "
        "query given below. The entries follow the order in which the numbers first appear."
    ),
    definition="Definition",
    source="Source",
    value="Value",
    unit="Unit",
    of="Share of",
    records="Records",
    version="Version",
    query="Query",
    see_table="The numbers are given in table {number}.",
    page="Page",
    page_of="{page} of {pages}",
    as_of="Position as at",
    snapshot="Snapshot",
    audience="Prepared for",
    not_adding_up="Percentages may not add up to 100 owing to rounding.",
    in_dollars="Amounts are in United States dollars.",
    shares_of="Percentages are shares of {of}.",
    per_cent="per cent",
    not_reported="not reported",
    not_released="Not released to the readers of the present report: {titles}.",
    not_shown="not shown",
    released_totals="Released totals",
    released_intro=(
        "The numbers below count records that the readers of the present report do not see, and cannot be computed "
        "again from what comes with it. Each was proposed by one person and approved by another, after a check that "
        "nothing protected follows from it together with everything else that is known."
    ),
    attested="released on {day}, as at {as_of}, attested by two people of the secretariat",
    dash_is_none="A dash (–) means that there are none.",
    chart_most="Highest: {most}, {most_value}; lowest: {least}, {least_value}.",
    chart_all="In the order shown: {values}.",
    chart_leading="The first {shown} of {all}: {values}.",
    chart_series="{series}: {values}.",
    chart_target="A line marks {label}.",
    illustrative="Illustrative records.",
    for_only="For {audience} only.",
    needs_changed="Since {since}, the confidentiality of technical assistance needs changed: yes. Figures about needs "
    "may therefore differ from those of earlier reports; which needs it concerns is not said.",
    needs_unchanged="Since {since}, the confidentiality of technical assistance needs changed: no.",
    date=date_in_english,
    join=join_in_english,
    number=number_in_english,
)

WORDINGS = {"en": ENGLISH}


def wording(language: str) -> Wording:
    """The wording of ``language``. Raises ``KeyError`` with the known ones where there is none."""
    if language not in WORDINGS:
        raise KeyError(f"no wording for language {language!r}; known: {', '.join(sorted(WORDINGS))}")
    return WORDINGS[language]
