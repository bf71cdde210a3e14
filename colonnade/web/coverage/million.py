"""What a sum would close: the cheapest proposals and shortfalls that would meet needs, with the proof of the choice."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.allocation.telling import amount
from colonnade.analysis.coverage.closing import Candidate, Closing, Payable, closing, problem_of
from colonnade.analysis.coverage.reading import Table, table_of
from colonnade.analysis.crosstab.model import Subject
from colonnade.analysis.figures.display import grouped
from colonnade.web.coverage.asked import Asked, narrowing
from colonnade.web.coverage.million_needs import NOTHING, SHOW, Opened, beside, candidate_address, closed_needs, opened
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.filters import FilterBar, FilterField
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import title_of

SUM: Final = "sum"
USUAL: Final = Decimal(1_000_000)
#: The largest sum that can be asked for, in US dollars.
MOST: Final = Decimal(100_000_000_000)
LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class MillionPage:
    """The page. ``said`` is empty where there is nothing on the table that money could be given to; ``wrong`` says
    what was no sum."""

    bar: FilterBar
    wrong: str
    said: str
    facts: list[Fact]
    chosen: TableView | None
    closed: TableView | None
    sums: TableView | None
    table: TableView | None
    opened: Opened | None


def million_page(asked: Asked) -> MillionPage:
    """The answer for the sum in the address."""
    sum_, wrong = _sum_in(asked.query.get(SUM, ""))
    bar = narrowing(asked, [FilterField(SUM, _("Sum (US dollars)"), "text", f"{sum_:f}".removesuffix(".00"))], (SHOW,))
    inventory = asked.inventory.key if asked.inventory else ""
    table = table_of(asked.reading.cursor(), asked.reading.reader.viewer, inventory, _narrowed(asked))
    problem = problem_of(table.candidates, sum_)
    if not problem.proposals:
        return MillionPage(bar, wrong, "", beside(asked, table), None, None, None, None, opened(asked, table))
    found = closing(problem)
    return MillionPage(
        bar=bar,
        wrong=wrong,
        said=_said(found, sum_),
        facts=[*_facts(found, table), *beside(asked, table)],
        chosen=_chosen(asked, found, table) if found.chosen else None,
        closed=closed_needs(asked, found, table) if found.chosen else None,
        sums=_sums(found),
        table=_on_the_table(asked, found, table),
        opened=opened(asked, table),
    )


def _sum_in(text: str) -> tuple[Decimal, str]:
    """The sum that was asked for, and what is wrong where that is none: the usual one stands in for it."""
    if not text.strip():
        return USUAL, ""
    wrong = _("“%(text)s” is no sum: write US dollars in digits, up to %(most)s, for example 1000000.") % {
        "text": text[:40],
        "most": grouped(MOST),
    }
    try:
        asked = Decimal(text.replace(",", "").replace(" ", ""))
        cents = asked.quantize(Decimal("0.01"))
    except InvalidOperation:
        return USUAL, wrong
    return (cents, "") if cents.is_finite() and 0 < cents <= MOST else (USUAL, wrong)


def _narrowed(asked: Asked) -> frozenset[str] | None:
    """The needs that the address narrows the page to; ``None`` where it does not."""
    if not asked.needs.filters and not asked.needs.text:
        return None
    return frozenset(str(row[0]) for row in asked.reading.every_row(asked.needs, ["recommendation"]))


def _said(found: Closing, sum_: Decimal) -> str:
    if not found.chosen:
        return _("US$ %(sum)s close no need: everything on the table costs more.") % {"sum": grouped(sum_)}
    told = {"sum": grouped(sum_), "costs": amount(found.costs), "count": found.closed}
    return (
        ngettext(
            "US$ %(sum)s would close %(count)d need, for US$ %(costs)s.",
            "US$ %(sum)s would close %(count)d needs, for US$ %(costs)s.",
            found.closed,
        )
        % told
    )


def _facts(found: Closing, table: Table) -> list[Fact]:
    proof = [
        _("No choice within the sum closes more.")
        if found.is_proven
        else _("The cheapest found: no choice within the sum closes more than %(count)s.") % {"count": found.at_most},
        _("None that closes as many costs a dollar less.")
        if found.cheapest
        else _("A cheaper one that closes as many was not ruled out."),
    ]
    kinds = {each.id: each.kind for each in table.candidates}
    shortfalls = sum(kinds[one] is Payable.SHORTFALL for one in found.chosen)
    per_need = f"{grouped(Decimal(found.costs) / 100 / found.closed)}" if found.closed else NOTHING
    return facts(
        (_("Pays for"), _paid_for(shortfalls, len(found.chosen) - shortfalls) if found.chosen else NOTHING),
        (_("Costs (US dollars)"), [Line(amount(found.costs), aside=_("%(each)s a need") % {"each": per_need})]),
        (_("Proof"), [Line(each) for each in proof]),
    )


def _paid_for(shortfalls: int, proposals: int) -> list[Line]:
    said = []
    if shortfalls:
        said.append(
            ngettext("%(count)d shortfall of a project", "%(count)d shortfalls of projects", shortfalls)
            % {"count": shortfalls}
        )
    if proposals:
        said.append(ngettext("%(count)d proposal", "%(count)d proposals", proposals) % {"count": proposals})
    return [Line(each, "#chosen-caption") for each in said]


def _chosen(asked: Asked, found: Closing, table: Table) -> TableView:
    """What is paid for, the cheapest need first, with what has been spent and closed so far."""
    by_id = {each.id: each for each in table.candidates}
    chosen = sorted((by_id[one] for one in found.chosen), key=_price)
    met: set[str] = set()
    spent = Decimal(0)
    rows = []
    for each in chosen:
        new = each.closes - met
        met |= new
        spent += each.costs
        rows.append(
            (
                _name(each),
                CellView(_kind(each)),
                _entity(asked, each),
                CellView(grouped(each.costs), numeric=True),
                CellView(str(len(new)), numeric=True),
                CellView(grouped(spent), numeric=True),
                CellView(str(len(met)), numeric=True),
            )
        )
    head = (
        _("Paid for"), _("What it is"), _("Entity"), _("Costs (US dollars)"), _("Needs it closes"), _("Spent so far"),
        _("Closed so far"),
    )  # fmt: skip
    return TableView(
        _("What to pay for, the cheapest need first"),
        tuple(HeaderView(text, place > 2) for place, text in enumerate(head)),
        tuple(rows),
    )


def _sums(found: Closing) -> TableView:
    head = (HeaderView(_("Sum (US dollars)")), HeaderView(_("Needs closed"), True))
    most = max((int(step.plan.value) for step in found.other_sums if step.plan), default=0)
    rows = tuple(
        (
            CellView(amount(step.budget), header=True, here=step.percent == 100),
            CellView(
                grouped(int(step.plan.value)) if step.plan else NOTHING,
                numeric=True,
                bar=int(100 * int(step.plan.value) / most) if step.plan and most else 0,
            ),
        )
        for step in found.other_sums
    )
    return TableView(_("What other sums would close"), head, rows)


def _on_the_table(asked: Asked, found: Closing, table: Table) -> TableView:
    """Everything that money could be given to, the cheapest need first."""
    ranked = sorted((each for each in table.candidates if each.closes), key=_price)
    rows = tuple(
        (
            _name(each),
            CellView(_kind(each)),
            _entity(asked, each),
            CellView(grouped(each.costs), numeric=True),
            CellView(str(len(each.closes)), numeric=True),
            CellView(grouped(each.costs / len(each.closes)), numeric=True),
            CellView(_("yes") if each.id in found.chosen else NOTHING),
        )
        for each in ranked[:LISTED]
    )
    head = (
        _("Proposal or project"), _("What it is"), _("Entity"), _("Costs (US dollars)"), _("Needs it would meet"),
        _("Each (US dollars)"), _("Chosen"),
    )  # fmt: skip
    note = _("%(shown)s of %(all)s are shown.") % {"shown": LISTED, "all": len(ranked)} if len(ranked) > LISTED else ""
    return TableView(
        _("Everything on the table, the cheapest need first"),
        tuple(HeaderView(text, 2 < place < 6) for place, text in enumerate(head)),
        rows,
        (),
        note,
    )


def _price(each: Candidate) -> tuple[Decimal, str]:
    return each.costs / max(1, len(each.closes)), each.id


def _name(each: Candidate) -> CellView:
    return CellView(each.title, candidate_address(each), header=True)


def _kind(each: Candidate) -> str:
    return _("Shortfall of a project") if each.kind is Payable.SHORTFALL else _("Proposal")


def _entity(asked: Asked, each: Candidate) -> CellView:
    if not each.entity:
        return CellView(NOTHING)
    return CellView(
        title_of(asked.reading, Subject.PROJECTS, "entity", each.entity), record_address("entity", each.entity)
    )
