"""Selections and questions as addresses, and numbers over them as links to the records that they count.

    /projects/?pillar=II&country=QMA&country=QMB&inventory=portfolio-2019&q=training
    /explore/?measure=budget&rows=country&columns=pillar&status=ongoing

Every dimension of a subject is a parameter by its own name, repeated for several codes.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.analysis.crosstab.dimensions import DIMENSIONS, MEASURES
from colonnade.analysis.crosstab.model import NOT_REPORTED, Answer, Number, Question, Selection, Subject
from colonnade.analysis.crosstab.sql import dimension_of
from colonnade.analysis.figures.display import display_cell
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView, in_readers_words, spoken
from colonnade.web.shared.reading import Reading

TEXT, ROWS, COLUMNS, MEASURE = "q", "rows", "columns", "measure"
#: The most that somebody can type in search of a record.
LONGEST_TEXT: Final = 200
#: In place of a code: every record, whatever its code.
ALL: Final = "*"
#: Subject -> the name of the address of its list.
LISTS: Final = MappingProxyType({Subject.PROJECTS: "projects", Subject.NEEDS: "needs", Subject.EVENTS: "events"})


def selection_in(query: QueryDict, subject: Subject, reading: Reading) -> Selection:
    """The selection that an address asks for; of projects, in the inventory asked for or the one reported on.

    Codes are kept as they are: one that there is not selects nothing. Parameters of others are passed over. A date
    that is none is refused when the selection is read (``BadSelection``), an inventory that there is not selects
    nothing.
    """
    filters = {
        name: tuple(dict.fromkeys(code for code in query.getlist(name) if code))
        for name in DIMENSIONS[subject]
        if any(query.getlist(name))
    }
    inventory = ""
    if subject is Subject.PROJECTS:
        default = reading.inventory()
        inventory = query.get(INVENTORY, "") or (default.key if default else "")
    return Selection(subject, inventory, filters, query.get(TEXT, "").strip()[:LONGEST_TEXT])


def parameters_of(selection: Selection, reading: Reading) -> list[tuple[str, str]]:
    """The parameters of the selection's address, in a settled order; what the reader would get anyway is left out."""
    default = reading.inventory() if selection.inventory else None
    found = [(TEXT, selection.text)] if selection.text else []
    found += [(name, code) for name in DIMENSIONS[selection.subject] for code in selection.filters.get(name, ())]
    if selection.inventory and (default is None or selection.inventory != default.key):
        found.append((INVENTORY, selection.inventory))
    if reading.reader.asked:
        found.append((AUDIENCE, reading.reader.asked))
    return found


def listing_address(selection: Selection, reading: Reading) -> str:
    """The list of the records selected."""
    return _address(reverse(LISTS[selection.subject]), parameters_of(selection, reading))


def explore_address(question: Question, reading: Reading) -> str:
    """The page of the cross-table."""
    asked = [(MEASURE, question.measure), (ROWS, question.rows), (COLUMNS, question.columns)]
    given = [(name, value) for name, value in asked if value]
    return _address(reverse("explore"), given + parameters_of(question.selection, reading))


def total_over(reading: Reading, selection: Selection, measure: str) -> LinkedNumber:
    """A measure over the selection as running text prints it, leading to the records."""
    return linked(reading, selection, measure, reading.total(selection, measure))


def linked(reading: Reading, selection: Selection, measure: str, value: Number | None) -> LinkedNumber:
    """A value that was asked for already, as running text prints it, leading to the selection's records."""
    if value is None:
        return LinkedNumber(spoken(None, MEASURES[measure].unit))
    return LinkedNumber(spoken(value, MEASURES[measure].unit), listing_address(selection, reading))


def title_of(reading: Reading, subject: Subject, dimension: str, code: str | None, inventory: str = "") -> str:
    """The readable title of a code; with an ``inventory``, that of its day."""
    known = dimension_of(subject, dimension)
    if code is None or code == NOT_REPORTED:
        return _(known.none or gettext_noop("Not reported"))
    if code in known.titles:
        return _(known.titles[code])
    labels = reading.labels_of(inventory) if inventory else reading.labels
    return in_readers_words(labels.get(known.labels, {}).get(code, code))


def in_a_sentence(subject: Subject, dimension: str) -> str:
    """A dimension's title as it stands inside a sentence."""
    title = _(dimension_of(subject, dimension).title)
    # "State" keeps its capital, as the field writes it.
    return title if dimension in ("country", "attending") else title[:1].lower() + title[1:]


def table_over(
    reading: Reading,
    question: Question,
    *,
    caption: str,
    row_link: Callable[[str], str] | None = None,
    note: str = "",
) -> TableView:
    """The answer to ``question`` as a table: every number leads to its records, the totals say what they rest on.

    ``row_link`` gives the page of a row's code, empty where there is none.
    """
    return answer_table(reading, reading.ask(question), caption=caption, row_link=row_link, note=note)


def answer_table(
    reading: Reading,
    answer: Answer,
    *,
    caption: str,
    row_link: Callable[[str], str] | None = None,
    note: str = "",
) -> TableView:
    """An answer as a table, as :func:`table_over`."""
    question, subject = answer.question, answer.question.selection.subject
    address = _cells_of(reading, question)
    rows = []
    for code in answer.row_codes:
        title = title_of(reading, subject, question.rows, code, question.selection.inventory)
        cells = [CellView(title, row_link(code) if row_link and code else "", header=True)]
        cells += [
            _cell(answer, answer.cells.get((code, column)), address(code, column)) for column in answer.column_codes
        ]
        rows.append((*cells, _cell(answer, answer.row_totals.get(code), address(code, ALL))))
    totals = [CellView(_("Total"), header=True)]
    totals += [_cell(answer, answer.column_totals.get(column), address(ALL, column)) for column in answer.column_codes]
    totals.append(_cell(answer, answer.total, address(ALL, ALL)))
    return TableView(
        caption=caption,
        header=_header(reading, answer),
        rows=tuple(rows),
        totals=tuple(totals) if answer.row_codes else (),
        note=" ".join(part for part in (base_of(answer), note) if part),
    )


def base_of(answer: Answer) -> str:
    """What the totals rest on, in words: how many records, each once or once a value, and what reports no amount."""
    question, unit = answer.question, answer.unit
    many = [
        dimension
        for name in (question.rows, question.columns)
        if name and (dimension := dimension_of(question.selection.subject, name)).many
    ]
    said = [
        _("Base: %(count)s %(records)s, each counted once in the totals.")
        % {"count": f"{answer.base:,}", "records": _SUBJECTS[question.selection.subject]()}
    ]
    if many:
        said.append(
            _("One with several values of “%(dimension)s” stands in full under each of them.")
            % {"dimension": "”, “".join(_(dimension.title) for dimension in many)}
        )
    if answer.rows_sum is not None and answer.rows_sum != answer.total:
        said.append(
            _("The rows add up to %(sum)s; the total, without counting twice, is %(total)s.")
            % {"sum": display_cell(answer.rows_sum, unit), "total": display_cell(answer.total, unit)}
        )
    if answer.unreported:
        said.append(_("%(count)s of them report no number here.") % {"count": f"{answer.unreported:,}"})
    return " ".join(said)


#: What the records of a subject are called.
_SUBJECTS: Final[Mapping[Subject, Callable[[], str]]] = MappingProxyType(
    {
        Subject.PROJECTS: lambda: _("projects"),
        Subject.NEEDS: lambda: _("needs"),
        Subject.EVENTS: lambda: _("events"),
    }
)


def _header(reading: Reading, answer: Answer) -> tuple[HeaderView, ...]:
    question, subject = answer.question, answer.question.selection.subject
    measure = MEASURES[question.measure]
    own = _("%(measure)s (US dollars)") % {"measure": _(measure.title)} if measure.unit == "USD" else _(measure.title)
    inventory = question.selection.inventory
    columns = [
        HeaderView(title_of(reading, subject, question.columns, code, inventory), True) for code in answer.column_codes
    ]
    last = _("Total") if columns else own
    return (HeaderView(_(dimension_of(subject, question.rows).title)), *columns, HeaderView(last, True))


def _cell(answer: Answer, value: Number | None, address: str) -> CellView:
    """A number that leads to its records; nothing is a dash that leads nowhere."""
    if value is None:
        return CellView("–", numeric=True)
    return CellView(display_cell(value, answer.unit), address, numeric=True)


def _cells_of(reading: Reading, question: Question) -> Callable[[str | None, str | None], str]:
    """The addresses of a table's cells. The unchanging part is made once: a table can have thousands."""
    whole = question.selection
    rest = replace(
        whole,
        filters={name: codes for name, codes in whole.filters.items() if name not in (question.rows, question.columns)},
    )
    start = listing_address(rest, reading)
    start += "&" if "?" in start else "?"

    @cache
    def of(dimension: str, code: str | None) -> str:
        chosen = whole if code == ALL or not dimension else whole.within(dimension, code)
        return urlencode([(dimension, found) for found in chosen.filters.get(dimension, ())]) if dimension else ""

    def address(row: str | None, column: str | None) -> str:
        return (start + "&".join(filter(None, (of(question.rows, row), of(question.columns, column))))).rstrip("&?")

    return address


def _address(path: str, parameters: list[tuple[str, str]]) -> str:
    query = urlencode(parameters)
    return path + (f"?{query}" if query else "")
