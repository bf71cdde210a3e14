"""Coverage in time: how long needs have been unmet, and which are covered less once a project ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.coverage.answering import VerifiedAnswer, verified_answers
from colonnade.analysis.coverage.shares import share_of
from colonnade.analysis.coverage.times import SIX_MONTHS, Band, bands, whole_months
from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.figures.display import display_cell, rounded
from colonnade.web.coverage.asked import Asked
from colonnade.web.listing.asked import COLUMN
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.selections import linked, listing_address, parameters_of, title_of
from colonnade.web.shared.sorting import SORT

#: Rows that the page lists; the list of needs has all of them.
LISTED: Final = 25
NOTHING: Final = "–"
_DAY: Final = timedelta(days=1)
_OLDEST: Final = ("recommendation", "title", "country", "theme", "priority", "issued_on")
_ENDING: Final = ("recommendation", "title", "country", "coverage", "rests_on")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Needs that stand open and unmet, by how long; the oldest of them, and where all are."""

    number: LinkedNumber
    ages: TableView
    oldest: TableView
    every: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Falling:
    """Needs whose verified answers end within six months; ``until`` is the last day of these."""

    number: LinkedNumber
    until: date
    spans: TableView
    table: TableView
    every: str
    downloads: tuple[Download, ...]


def waiting_page(asked: Asked) -> Waiting:
    """How long the unmet needs have been waiting, as of the day that was asked for."""
    whole = asked.unmet
    total = int(asked.reading.total(whole, "needs") or 0)
    rows = [_age(asked, _(band.title), of_band(whole, band), total) for band in bands(asked.day)]
    undated = whole.where("year", None)
    if asked.reading.total(undated, "needs"):
        rows.append(_age(asked, _("Day of issue not reported"), undated, total))
    head = (
        HeaderView(_("Waiting for")),
        HeaderView(_("Open and unmet"), True),
        HeaderView(_("Per cent"), True),
        HeaderView(_("Of high priority"), True),
    )
    ages = TableView(
        _("Open needs that are unmet, by how long"), head, tuple(rows), _age(asked, _("Total"), whole, total)
    )
    columns = ("title", "country", "theme", "priority", "issued_on")
    return Waiting(
        linked(asked.reading, whole, "needs", total),
        ages,
        _oldest(asked, whole),
        _sorted_list(asked, whole, "issued_on"),
        _files(asked, whole, columns, "issued_on"),
    )


def of_band(whole: Selection, band: Band) -> Selection:
    """Those of ``whole`` that were issued in a band."""
    chosen = whole
    if band.first:
        chosen = chosen.where("issued_from", *whole.filters.get("issued_from", ()), band.first.isoformat())
    if band.last:
        chosen = chosen.where("issued_by", *whole.filters.get("issued_by", ()), band.last.isoformat())
    return chosen


def _age(asked: Asked, title: str, chosen: Selection, total: int) -> tuple[CellView, ...]:
    count = int(asked.reading.total(chosen, "needs") or 0)
    answer = asked.reading.ask(Question(chosen, "needs", "priority"))
    high = answer.row_totals.get("high") or 0
    share = share_of(count, total)
    return (
        CellView(title, header=True),
        _number(asked, count, chosen),
        CellView(display_cell(share, "per cent"), numeric=True, bar=int(rounded(share or 0, 0))),
        _number(asked, int(high), chosen.within("priority", "high")),
    )


def _number(asked: Asked, count: int, chosen: Selection) -> CellView:
    return CellView(display_cell(count, "count"), listing_address(chosen, asked.reading) if count else "", numeric=True)


def _oldest(asked: Asked, whole: Selection) -> TableView:
    found = asked.reading.listing(whole, _OLDEST, sort="issued_on", limit=LISTED)
    rows = []
    for need, title, country, theme, priority, issued_on in found.rows:
        months = whole_months(issued_on, asked.day) if isinstance(issued_on, date) else None
        rows.append(
            (
                CellView(str(title or need), record_address("recommendation", str(need)), header=True),
                _code(asked, "country", country, link=True),
                _code(asked, "theme", theme),
                _code(asked, "priority", priority),
                CellView(short_day(issued_on) if isinstance(issued_on, date) else NOTHING),
                CellView(NOTHING if months is None else display_cell(months, "count"), numeric=True),
            )
        )
    head = (_("Need"), _("State"), _("Thematic priority"), _("Priority"), _("Issued"), _("Months"))
    return TableView(
        _("The longest unmet"),
        tuple(HeaderView(text, place == 5) for place, text in enumerate(head)),
        tuple(rows),
        (),
        _cut(len(rows), found.total),
    )


def _code(asked: Asked, dimension: str, code: object, *, link: bool = False) -> CellView:
    if code is None:
        return CellView(NOTHING)
    text = title_of(asked.reading, Subject.NEEDS, dimension, str(code))
    return CellView(text, record_address(dimension, str(code)) if link else "")


def falling_page(asked: Asked) -> Falling:
    """What falls open within six months of the day, and beside it what ended already and what lasts."""
    until = asked.day + SIX_MONTHS
    covered = asked.open_needs.where("coverage", "met", "partly_met")
    ending = _between(covered, asked.day, until)
    spans = (
        (_("Ended already"), _between(covered, None, asked.day - _DAY)),
        (_("Within six months"), ending),
        (_("Later"), _between(covered, until + _DAY, None)),
        (_("No end is reported"), covered.where("rests_until", None)),
    )
    head = (
        HeaderView(_("Verified answers end")),
        HeaderView(_("Met"), True),
        HeaderView(_("Partly met"), True),
        HeaderView(_("Needs"), True),
    )
    return Falling(
        linked(asked.reading, ending, "needs", asked.reading.total(ending, "needs")),
        until,
        TableView(
            _("Open needs that are met or partly met, by until when their verified answers last"),
            head,
            tuple(_span(asked, title, chosen) for title, chosen in spans),
            _span(asked, _("Total"), covered),
        ),
        _ending_table(asked, ending),
        _sorted_list(asked, ending, "rests_on", ("title", "country", "theme", "coverage", "rests_on", "entity")),
        _files(asked, ending, ("title", "country", "theme", "coverage", "rests_on", "entity"), "rests_on"),
    )


def _between(covered: Selection, first: date | None, last: date | None) -> Selection:
    chosen = covered
    if first:
        chosen = chosen.where("rests_from", *covered.filters.get("rests_from", ()), first.isoformat())
    if last:
        chosen = chosen.where("rests_by", *covered.filters.get("rests_by", ()), last.isoformat())
    return chosen


def _span(asked: Asked, title: str, chosen: Selection) -> tuple[CellView, ...]:
    found = asked.reading.ask(Question(chosen, "needs", "coverage"))
    met, partly = (int(found.row_totals.get(code) or 0) for code in ("met", "partly_met"))
    return (
        CellView(title, header=True),
        _number(asked, met, chosen.where("coverage", "met")),
        _number(asked, partly, chosen.where("coverage", "partly_met")),
        _number(asked, met + partly, chosen),
    )


def _ending_table(asked: Asked, ending: Selection) -> TableView:
    found = asked.reading.listing(ending, _ENDING, sort="rests_on", limit=LISTED)
    answers = verified_answers(asked.reading.cursor(), [str(row[0]) for row in found.rows])
    rows = tuple(
        (
            CellView(str(title or need), record_address("recommendation", str(need)), header=True),
            _code(asked, "country", country, link=True),
            _code(asked, "coverage", coverage),
            CellView(short_day(rests_on) if isinstance(rests_on, date) else NOTHING),
            _last_of(answers, str(need), rests_on),
        )
        for need, title, country, coverage, rests_on in found.rows
    )
    head = (_("Need"), _("State"), _("Now"), _("Answers end"), _("Project that ends last"))
    return TableView(
        _("Needs that fall open within six months"),
        tuple(HeaderView(text) for text in head),
        rows,
        (),
        _cut(len(rows), found.total),
    )


def _cut(shown: int, total: int) -> str:
    return _("%(shown)s of %(all)s are shown.") % {"shown": shown, "all": total} if shown < total else ""


def _last_of(answers: Mapping[str, Sequence[VerifiedAnswer]], need: str, rests_on: object) -> CellView:
    """The project with whose end the need is covered less; how many others end before."""
    deciding = [answer for answer in answers.get(need, ()) if answer.ends_on == rests_on]
    if not deciding:
        return CellView(NOTHING)
    last, others = deciding[0], len(answers[need]) - 1
    aside = ngettext("and %(count)d other", "and %(count)d others", others) % {"count": others} if others else ""
    return CellView(last.title or last.project, record_address(PROJECT, last.project), aside=aside)


def _sorted_list(asked: Asked, chosen: Selection, sort: str, columns: Sequence[str] = ()) -> str:
    """The list of exactly these needs, in the order of the page."""
    return address_of(_parameters(asked, chosen, columns, sort), reverse("needs"))


def _files(asked: Asked, chosen: Selection, columns: Sequence[str], sort: str) -> tuple[Download, ...]:
    pairs = _parameters(asked, chosen, columns, sort)
    return (
        Download(_("CSV"), address_of(pairs, reverse("needs-csv"))),
        Download(_("Excel"), address_of(pairs, reverse("needs-xlsx"))),
    )


def _parameters(asked: Asked, chosen: Selection, columns: Sequence[str], sort: str) -> list[tuple[str, str]]:
    return [*parameters_of(chosen, asked.reading), (SORT, sort), *((COLUMN, name) for name in columns)]
