"""What is short: of the active projects, by pillar and by entity, and the projects that lack most.

Shortfall and surplus are those of :mod:`colonnade.core.money`: budget less funding of an active project, each never
below zero, so that what one project has too much of makes up for no other.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.figures.display import display_cell
from colonnade.web.money.stated import by_pillar, rows_of, stated, stated_table
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.bars import bar_lengths
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.selections import listing_address, title_of
from colonnade.web.shared.sorting import SORT

C = TypeVar("C")

#: How many projects and entities stand on the page; the rest are a click away.
FIRST: Final = 10
_ROW: Final = ("project", "title", "entity", "pillar", "budget_usd", "funding_usd", "shortfall_usd", "surplus_usd")
_MONEY: Final = ("active_budget", "funding", "shortfall", "shortfall_share")
#: The order in which the cells of a row stand: what is short first, so that a narrow window shows it.
_SHORT_FIRST: Final = (0, 3, 4, 1, 2)


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """What the section on shortfalls prints; a table is ``None`` where there is nothing in it."""

    by_pillar: TableView | None
    by_entity: TableView | None
    entities: LinkedNumber | None
    projects: TableView | None
    every_project: str
    beyond: TableView | None
    every_surplus: str
    not_known: tuple[Stat, ...]


def headlines(reading: Reading) -> tuple[Stat, ...]:
    """How much is short, of how many projects, of what."""
    found = (
        _stat(
            _("Funding shortfall"),
            stated(reading, "shortfall_total"),
            _("of the budget of active projects"),
            stated(reading, "shortfall_share"),
        ),
        _stat(
            _("Active projects that are short"),
            stated(reading, "projects_with_shortfall"),
            _("active projects in all"),
            stated(reading, "projects_active"),
        ),
        _stat(
            _("Funding received by active projects"),
            stated(reading, "funding_active"),
            _("budgeted for them"),
            stated(reading, "budget_active"),
        ),
    )
    return tuple(stat for stat in found if stat)


def shortfalls(reading: Reading) -> Shortfalls:
    """The shortfalls of the inventory that is reported on."""
    active = _active(reading)
    address = listing_address(active, reading)
    by_entity = stated_table(reading, "money_by_entity", ("entity", *_MONEY), largest="shortfall", limit=FIRST)
    entities = len(rows_of(reading, "money_by_entity"))
    return Shortfalls(
        by_pillar=_by_pillar(reading, active),
        by_entity=_entities(by_entity, whole=entities <= FIRST) if by_entity else None,
        entities=stated(reading, "money_by_entity") if entities > FIRST else None,
        projects=_projects(reading, active, "shortfall_usd", _("The projects that are short of most")),
        every_project=f"{address}&{SORT}=-shortfall_usd",
        beyond=_projects(reading, active, "surplus_usd", _("Funded beyond their budget"), first=FIRST // 2),
        every_surplus=f"{address}&{SORT}=-surplus_usd",
        not_known=_not_known(reading),
    )


def _active(reading: Reading) -> Selection:
    inventory = reading.inventory()
    return Selection(Subject.PROJECTS, inventory.key if inventory else "").where("active", "yes")


def _by_pillar(reading: Reading, active: Selection) -> TableView | None:
    """The figure by pillar, with how long each shortfall is beside the others, and the surplus as a column more."""
    table = by_pillar(reading, "money_by_pillar", ("pillar", *_MONEY))
    if table is None:
        return None
    surplus = reading.ask(Question(active, "surplus", "pillar"))
    codes = [None if row[0] is None else str(row[0]) for row in rows_of(reading, "money_by_pillar")]
    short = [row[5] for row in rows_of(reading, "money_by_pillar")]
    bars = bar_lengths([None if isinstance(value, str) else value for value in short])
    rows = []
    for code, cells, bar in zip(codes, table.rows, bars, strict=True):
        beyond = surplus.row_totals.get(code)
        href = listing_address(active.within("pillar", code), reading) if beyond is not None else ""
        last = CellView(display_cell(beyond, "USD"), f"{href}&{SORT}=-surplus_usd" if href else "", numeric=True)
        name, budget, funding, shortfall, share = cells
        rows.append((name, replace(shortfall, bar=bar), share, budget, funding, last))
    every = Place("surplus_total", audience=reading.reader.asked).page
    return replace(
        table,
        header=(*_short_first(table.header), HeaderView(_("Surplus (US dollars)"), numeric=True)),
        rows=tuple(rows),
        totals=(*_short_first(table.totals), CellView(display_cell(surplus.total, "USD"), every, numeric=True)),
    )


def _entities(table: TableView, *, whole: bool) -> TableView:
    """The entities, what is short first; totals are of all of them, so stand only under the whole table."""
    return replace(
        table,
        caption=table.caption if whole else _("The entities that are short of most"),
        header=_short_first(table.header),
        rows=tuple(_short_first(row) for row in table.rows),
        totals=_short_first(table.totals) if whole else (),
    )


def _short_first(cells: tuple[C, ...]) -> tuple[C, ...]:
    return tuple(cells[at] for at in _SHORT_FIRST) if cells else ()


def _projects(reading: Reading, active: Selection, by: str, caption: str, *, first: int = FIRST) -> TableView | None:
    """The projects with most of the amount ``by``, each leading to its page; none of which it is nought."""
    if not active.inventory:
        return None
    found = [
        row for row in reading.listing(active, _ROW, sort=f"-{by}", limit=first).rows if (row[_ROW.index(by)] or 0) != 0
    ]
    if not found:
        return None
    amounts = (by, "budget_usd", "funding_usd")
    titles = {
        "budget_usd": _("Budget (US dollars)"),
        "funding_usd": _("Funding received (US dollars)"),
        "shortfall_usd": _("Shortfall (US dollars)"),
        "surplus_usd": _("Surplus (US dollars)"),
    }
    header = (
        HeaderView(_("Project")),
        *(HeaderView(titles[name], numeric=True) for name in amounts),
        HeaderView(_("Lead entity")),
        HeaderView(_("Pillar")),
    )
    rows = []
    for row in found:
        value = dict(zip(_ROW, row, strict=True))
        href = record_address(PROJECT, str(value["project"]))
        rows.append(
            (
                CellView(str(value["title"]), href, header=True),
                *(CellView(display_cell(_amount(value[name]), "USD"), href, numeric=True) for name in amounts),
                CellView(title_of(reading, Subject.PROJECTS, "entity", _code(value["entity"]))),
                CellView(_code(value["pillar"]) or _("Not reported")),
            )
        )
    return TableView(caption, header, tuple(rows))


def _not_known(reading: Reading) -> tuple[Stat, ...]:
    """What is in no sum: projects without amounts, and amounts without a rate. Nothing stands for them."""
    found = (
        _stat(
            _("Active projects that report no budget or no funding"),
            stated(reading, "active_without_amounts"),
            _("their shortfall is not known, and counts as none"),
        ),
        _stat(
            _("Projects with an amount that has no US dollar rate"),
            stated(reading, "amounts_without_rate"),
            _("these amounts are in no sum of dollars"),
        ),
        _stat(
            _("Surplus of active projects"),
            stated(reading, "surplus_total"),
            _("a surplus of one project makes up for no other's shortfall"),
        ),
        _stat(
            _("Budget of completed projects"),
            stated(reading, "budget_completed"),
            _("no shortfall is counted for them"),
        ),
    )
    return tuple(stat for stat in found if stat)


def _stat(title: str, number: LinkedNumber | None, aside: str, beside: LinkedNumber | None = None) -> Stat | None:
    return Stat(title, number, aside, beside) if number else None


def _code(value: object) -> str | None:
    return None if value is None else str(value)


def _amount(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
