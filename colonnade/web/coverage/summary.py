"""The first page: how many needs are how far covered, counted both ways, and the balance of the pillars over time."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.coverage.shares import share_of
from colonnade.analysis.crosstab.coverage import COVERAGES
from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import Answer, Question, Subject
from colonnade.analysis.figures.display import display_cell, rounded
from colonnade.analysis.figures.result import Number, TableValue
from colonnade.reporting.build import Inventory
from colonnade.strategy.models import Pillar
from colonnade.web.coverage.asked import Asked
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.blocks import Counted, Stat
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView, number_of, spoken
from colonnade.web.shared.selections import linked, listing_address, title_of

RULE, HERE = "coverage", "coverage_here"
BALANCE, COVERED_BALANCE = "pillar_balance", "coverage_balance"
#: Inventories that the trend goes back to at most.
LONGEST: Final = 12
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of the pillars now, and at each inventory before it, the latest first."""

    now: LinkedNumber
    definition: str
    covered: LinkedNumber | None
    covered_definition: str
    trend: TableView
    said: str


def coverage_stats(asked: Asked) -> list[Stat]:
    """All needs, and those of each state of coverage; each number opens the list of exactly those."""
    answer = asked.reading.ask(Question(asked.needs, "needs", RULE))
    stats = [Stat(_("Needs"), linked(asked.reading, asked.needs, "needs", answer.total or 0))]
    for code in COVERAGES:
        count = answer.row_totals.get(code) or 0
        number = linked(asked.reading, asked.needs.within(RULE, code), "needs", count)
        stats.append(Stat(title_of(asked.reading, Subject.NEEDS, RULE, code), number, _per_cent(count, answer.total)))
    return stats


def counted(asked: Asked) -> Counted:
    """How coverage is counted, and the figure that states the rule."""
    answer = asked.reading.ask(Question(asked.needs, "needs", RULE))
    place = Place("coverage_of_needs", audience=asked.reading.reader.asked)
    return Counted(_(DIMENSIONS[Subject.NEEDS][RULE].definition), answer.sql, place.page)


def both_ways(asked: Asked) -> TableView:
    """Every response beside those of projects that name the State: needs of each state of coverage."""
    ways = [asked.reading.ask(Question(asked.needs, "needs", name)) for name in (RULE, HERE)]
    head = (
        HeaderView(_("Coverage")),
        HeaderView(_("Every response: the rule"), True),
        HeaderView(_("Per cent"), True),
        HeaderView(_("Only projects that name the State"), True),
        HeaderView(_("Per cent"), True),
    )
    rows = tuple(
        (
            CellView(title_of(asked.reading, Subject.NEEDS, RULE, code), header=True),
            *(cell for answer in ways for cell in _of_way(asked, answer, code)),
        )
        for code in COVERAGES
    )
    whole = listing_address(asked.needs, asked.reading)
    total = [cell for answer in ways for cell in (_linked(answer.total or 0, whole), CellView("", numeric=True))]
    return TableView(
        _("Coverage with and without what global and regional projects do without naming the State"),
        head,
        rows,
        (CellView(_("Total"), header=True), *total),
        _(DIMENSIONS[Subject.NEEDS][HERE].definition),
    )


def _of_way(asked: Asked, answer: Answer, code: str) -> tuple[CellView, CellView]:
    count = answer.row_totals.get(code) or 0
    address = listing_address(asked.needs.within(answer.question.rows, code), asked.reading)
    share = share_of(count, answer.total)
    return _linked(count, address), CellView(
        display_cell(share, "per cent"), numeric=True, bar=int(rounded(share or 0, 0))
    )


def _linked(count: Number, address: str) -> CellView:
    return CellView(display_cell(count, "count"), address if count else "", numeric=True)


def _per_cent(part: Number, whole: Number | None) -> str:
    share = share_of(part, whole)
    return "" if share is None else spoken(rounded(share, 0), "per cent")


def balance(asked: Asked) -> Balance | None:
    """The balance of the pillars; ``None`` where there is no inventory to weigh."""
    reading, audience = asked.reading, asked.reading.reader.asked
    if asked.inventory is None:
        return None
    line = list(islice(_line_of(asked, asked.inventory), LONGEST))
    now = reading.figure(BALANCE, asked.inventory.key)
    covered = None
    if not reading.is_withheld(COVERED_BALANCE):
        found = number_of(reading.figure(COVERED_BALANCE), Place(COVERED_BALANCE, audience=audience))
        covered = found if found.href else None
    return Balance(
        number_of(now, Place(BALANCE, asked.inventory.key, audience)),
        _(now.definition),
        covered,
        _(reading.figure(COVERED_BALANCE).definition),
        _trend(asked, line),
        _said(asked, line),
    )


def _line_of(asked: Asked, inventory: Inventory) -> "list[Inventory]":
    """The inventory and those that it follows on, the latest first; a ring ends where it closes."""
    line: list[Inventory] = []
    step: Inventory | None = inventory
    while step is not None and step not in line:
        line.append(step)
        step = asked.reading.inventories.get(step.previous or "")
    return line


def _trend(asked: Asked, line: "list[Inventory]") -> TableView:
    """A row an inventory: its balance, and the share of its projects that each pillar has."""
    audience = asked.reading.reader.asked
    pillars = list(Pillar.objects.all())
    head = [HeaderView(_("Inventory")), HeaderView(_("As of")), HeaderView(_("Balance (per cent)"), True)]
    head += [HeaderView(_("%(pillar)s (per cent)") % {"pillar": pillar.code}, True) for pillar in pillars]
    rows = []
    for inventory in line:
        result = asked.reading.figure(BALANCE, inventory.key)
        value = result.value if not isinstance(result.value, TableValue) else None
        rows.append(
            (
                CellView(inventory.title, header=True, here=inventory == line[0]),
                CellView(date_format(inventory.as_of, "j F Y") if inventory.as_of else NOTHING),
                CellView(
                    display_cell(value, "per cent"),
                    Place(BALANCE, inventory.key, audience).page if value is not None else "",
                    numeric=True,
                    bar=int(rounded(min(100, value or 0), 0)),
                ),
                *(_share(asked, inventory, pillar.code) for pillar in pillars),
            )
        )
    return TableView(
        _("Balance of the pillars over time, with the share of projects of each pillar"), tuple(head), tuple(rows)
    )


def _share(asked: Asked, inventory: Inventory, pillar: str) -> CellView:
    figure = asked.reading.figure("projects_by_pillar", inventory.key)
    if not isinstance(figure.value, TableValue):
        return CellView(NOTHING, numeric=True)
    try:
        share = figure.value.cell("share", pillar=pillar)
    except KeyError:
        return CellView(NOTHING, numeric=True)
    if share is None or isinstance(share, str):
        return CellView(NOTHING, numeric=True)
    place = Place(figure.key, inventory.key, asked.reading.reader.asked, {"pillar": pillar}, "share")
    return CellView(display_cell(share, "per cent"), place.page, numeric=True)


def _said(asked: Asked, line: "list[Inventory]") -> str:
    """The trend in a sentence; empty where there is nothing to compare with."""
    values = [asked.reading.figure(BALANCE, inventory.key).value for inventory in line[:2]]
    if len(values) < 2 or any(value is None or isinstance(value, TableValue) for value in values):
        return ""
    now, before = (rounded(value, 1) for value in values if value is not None and not isinstance(value, TableValue))
    told = {"points": f"{abs(now - before):,}", "title": line[1].title}
    if now == before:
        return _("As balanced as in “%(title)s”.") % told
    if now > before:
        return _("Better balanced than in “%(title)s”, by %(points)s points.") % told
    return _("Less balanced than in “%(title)s”, by %(points)s points.") % told
