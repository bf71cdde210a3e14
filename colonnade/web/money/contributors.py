"""Contributors: the published list in its order, without amounts where none were published, and what is recorded.

A contribution is recorded with its amount; a place in the published list has none, and none is made up for it.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import display_cell
from colonnade.audit.records import Provenance
from colonnade.core.viewer import Viewer
from colonnade.funding.models import Contribution, Contributor
from colonnade.reporting.briefs import BriefTable
from colonnade.web.money.stated import rows_of, stated, stated_cell, stated_table
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import PROJECT, record_address

#: How many contributors with recorded contributions stand on the page of the money.
FIRST = 10
#: How many contributions stand in the report to a contributor.
IN_THE_REPORT = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """A contributor in the published order."""

    name: str
    href: str
    in_kind: str = ""


@dataclass(frozen=True, slots=True)
class TrustFund:
    """The fund at a glance. ``recorded`` is ``None`` where no contribution is recorded and open to the reader."""

    listed: tuple[Listed, ...]
    count: LinkedNumber | None
    in_kind: LinkedNumber | None
    received: LinkedNumber | None
    recorded: TableView | None
    more: LinkedNumber | None


def trust_fund(reading: Reading) -> TrustFund:
    """Contributors, contributions in kind, and contributions recorded."""
    recorded = stated_table(reading, "contributions_by_contributor", limit=FIRST)
    rows = rows_of(reading, "contributions_by_contributor")
    return TrustFund(
        listed=_listed(reading),
        count=stated(reading, "trust_fund_contributors"),
        in_kind=stated(reading, "in_kind"),
        received=stated(reading, "contributions_total"),
        recorded=_linked(recorded, [str(row[0]) for row in rows]) if recorded else None,
        more=stated(reading, "contributions_by_contributor") if len(rows) > FIRST else None,
    )


def contributor_facts(reading: Reading, contributor: Contributor) -> list[Fact]:
    """What is known of a contributor."""
    in_kind = Line(amount(contributor.in_kind_usd), aside=str(contributor.in_kind_year or ""))
    return facts(
        (_("Kind"), contributor.get_kind_display()),
        (_("Place in the published list"), str(contributor.rank) if contributor.rank else ""),
        (
            _("Amount behind that place"),
            _("Not published: the list says in which order contributors stand, and no amounts")
            if contributor.rank
            else "",
        ),
        (_("In kind"), [in_kind, contributor.in_kind_note]),
        (_("Contributions recorded"), _recorded(reading, contributor)),
        (_("Source"), _source(contributor)),
        (_("Note"), contributor.note),
    )


def _source(contributor: Contributor) -> str:
    if contributor.provenance == Provenance.ILLUSTRATIVE:
        return _("Illustrative: invented to show how these pages work, and nobody who exists")
    return contributor.source


def contributions_of(viewer: Viewer, contributor: Contributor) -> QuerySet[Contribution, Any]:
    """What they gave and ``viewer`` may see, the latest first."""
    return (
        Contribution.objects.visible_to(viewer)
        .filter(contributor=contributor)
        .select_related("project")
        .order_by("-received_on", "pk")
    )


def contributions_table(given: list[Contribution]) -> TableView:
    """Contributions, each with the project that it went to and how that stands."""
    header = (
        HeaderView(_("Received")),
        HeaderView(_("Project")),
        HeaderView(_("Status")),
        HeaderView(_("Kind")),
        HeaderView(_("Amount"), numeric=True),
        HeaderView(_("Amount (US dollars)"), numeric=True),
    )
    rows = []
    for row in given:
        href = record_address("contribution", row.public_id)
        project = row.project
        rows.append(
            (
                CellView(short_day(row.received_on), href, header=True),
                CellView(project.title, record_address(PROJECT, project.public_id))
                if project
                else CellView(_("To no one project")),
                CellView(str(project.get_status_display()) if project else "–"),
                CellView(str(row.get_kind_display())),
                CellView(amount(row.amount, row.currency), href, numeric=True),
                CellView(display_cell(row.amount_usd, "USD"), href if row.amount_usd is not None else "", numeric=True),
            )
        )
    return TableView(_("Contributions, the latest first"), header, tuple(rows))


def contributions_brief(viewer: Viewer, contributor: Contributor) -> BriefTable:
    """The same for the report to a contributor."""
    given = contributions_of(viewer, contributor)
    rows = tuple(
        (
            row.project.title if row.project else "To no one project",
            str(row.project.get_status_display()) if row.project else "",
            amount(row.amount, row.currency),
            display_cell(row.amount_usd, "USD"),
        )
        for row in given[:IN_THE_REPORT]
    )
    header = ("Project", "Status", "As it came", "US dollars")
    return BriefTable(header, (False, False, True, True), rows, given.count())


def _listed(reading: Reading) -> tuple[Listed, ...]:
    in_kind = {giver.code: amount(giver.in_kind_usd) for giver in Contributor.objects.filter(in_kind_usd__isnull=False)}
    names = reading.labels.get("contributor", {})
    codes = [str(code) for _rank, code in rows_of(reading, "trust_fund_list")]
    return tuple(
        Listed(names.get(code, code), reverse("contributor-page", args=[code]), in_kind.get(code, "")) for code in codes
    )


def _linked(table: TableView, codes: list[str]) -> TableView:
    """The same, each contributor leading to their page; totals are of all of them, so stand only where all do."""
    rows = tuple(
        (replace(row[0], href=reverse("contributor-page", args=[code])), *row[1:])
        for row, code in zip(table.rows, codes, strict=False)
    )
    return replace(table, rows=rows, totals=table.totals if len(codes) <= FIRST else ())


def _recorded(reading: Reading, contributor: Contributor) -> Line:
    cell = {"contributor": contributor.code}
    total = stated_cell(reading, "contributions_by_contributor", "amount", cell)
    count = stated_cell(reading, "contributions_by_contributor", "contributions", cell)
    if total is None or count is None:
        return Line(_("None that is recorded and open to you"))
    return Line(total.text, total.href, _("contributions: %(count)s") % {"count": count.text})
