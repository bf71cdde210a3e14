"""A contributor in the fund: what they pledged and gave, what money of the same windows went to, and their report."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance
from colonnade.core.fields import shown
from colonnade.core.viewer import Viewer
from colonnade.funding.access import reads_of
from colonnade.funding.fields import WORDS
from colonnade.funding.models import Allocation, Contributor, Entry
from colonnade.funding.queries import Asked, SeenPledge, allocations, entries, lines_of, pledges, turnover
from colonnade.reporting.briefs import BriefTable, ContributorFacts, compose_contributor_report
from colonnade.reporting.wording import date_in_english
from colonnade.strategy.models import Strategy
from colonnade.web.fund.allocations import allocations_table
from colonnade.web.fund.amounts import entries_address, to_the_cent
from colonnade.web.fund.books import entries_table
from colonnade.web.fund.pledges import pledges_table
from colonnade.web.shared.documents import RENDER
from colonnade.web.shared.numbers import TableView

#: How many rows of each stand on the page; the rest are a click away.
FIRST: Final = 10
#: No table of a report has more rows.
_ROWS: Final = 60
#: Standings of allocations that money was set aside under.
_SET_ASIDE: Final = (Allocation.Standing.APPROVED, Allocation.Standing.CLOSED)

RULES: Final = (
    "Amounts in other currencies are counted in United States dollars at the rate of their month, from the table of "
    "rates of the strategy's data pack. The ledger keeps the original amount, the rate, its month and its source.",
    "Money of a window is spent together: an allocation stands here with its whole amount, whoever else gave to the "
    "same window and earmark. Amounts are in United States dollars.",
    "Records that are shared more narrowly than with the reader of this report are left out.",
)
_LISTED: Final = (
    "The published list says in which order contributors stand, and states no amounts. None is estimated here from "
    "that place: what is not recorded is left out."
)


@dataclass(frozen=True, slots=True)
class InTheFund:
    """What the contributor's page says of the fund; a table is ``None`` where there is nothing in it for the reader."""

    whole: bool
    pledges: TableView | None
    given: TableView | None
    every_entry: str
    went_to: TableView | None
    illustrative: bool


def in_the_fund(viewer: Viewer, contributor: Contributor) -> InTheFund:
    """What ``viewer`` may see of what ``contributor`` pledged and gave."""
    promised = pledges(viewer, timezone.localdate(), contributor=contributor)
    found = entries(viewer, Asked(contributor=contributor.code))
    first = list(found[:FIRST])
    went_to = _went_to(viewer, contributor)
    return InTheFund(
        whole=reads_of(viewer, contributor),
        pledges=pledges_table(promised) if promised else None,
        given=entries_table(viewer, first) if first else None,
        every_entry=entries_address(contributor=contributor.code),
        went_to=allocations_table(went_to, _("What money of the same windows was allocated to")) if went_to else None,
        illustrative=_is_made_up(promised, first, went_to),
    )


def report_file(
    viewer: Viewer, contributor: Contributor, kind: str, *, label: str, circle: str, reported: BriefTable
) -> bytes:
    """The report to a contributor as the bytes of a ``docx`` or ``pdf``, in English like every brief."""
    with translation.override("en"):
        facts = contributor_facts(viewer, contributor, label=label, circle=circle, reported=reported)
        return RENDER[kind](compose_contributor_report(facts))


def contributor_facts(
    viewer: Viewer, contributor: Contributor, *, label: str, circle: str, reported: BriefTable
) -> ContributorFacts:
    """What the report says to ``viewer``."""
    today = timezone.localdate()
    strategy = Strategy.objects.get()
    promised = pledges(viewer, today, contributor=contributor)
    given = list(entries(viewer, Asked(contributor=contributor.code))[:_ROWS])
    went_to = _went_to(viewer, contributor)
    return ContributorFacts(
        code=contributor.code,
        name=contributor.name,
        kind=str(contributor.get_kind_display()),
        fund=strategy.fund or strategy.short_title,
        symbol=strategy.document_symbol,
        as_of=date_in_english(today),
        audience=label,
        circle=circle,
        notice=strategy.illustrative_notice if _is_made_up(promised, given, went_to) else "",
        headlines=_headlines(contributor, promised, went_to, whole=reads_of(viewer, contributor)),
        pledges=_pledges(promised),
        given=_given(viewer, given, entries(viewer, Asked(contributor=contributor.code)).count()),
        went_to=_allocated(went_to),
        reported=reported,
        rules=(*((_LISTED,) if contributor.rank and not given else ()), *RULES),
    )


def _is_made_up(promised: list[SeenPledge], given: list[Entry], went_to: list[Allocation]) -> bool:
    """Whether any of it was made to illustrate."""
    told = [one.pledge.provenance for one in promised] + [one.provenance for one in given]
    return Provenance.ILLUSTRATIVE in [*told, *(one.provenance for one in went_to)]


def _went_to(viewer: Viewer, contributor: Contributor) -> list[Allocation]:
    found = allocations(viewer, contributor=contributor).filter(standing__in=_SET_ASIDE)
    return list(found[:FIRST])


def _headlines(
    contributor: Contributor, promised: list[SeenPledge], went_to: list[Allocation], *, whole: bool
) -> tuple[tuple[str, str], ...]:
    """Their place in the published list, and sums of what they pledged for whoever reads all of it (``whole``).

    Where no pledge is recorded there is no sum: nought would say that somebody of the list gave nothing.
    """
    place = (("Place in the published list", str(contributor.rank)),) if contributor.rank else ()
    standing = [one for one in promised if one.pledge.standing != "withdrawn"]
    if not whole or not (standing or went_to):
        return place
    return (
        *place,
        ("Pledges that stand", str(len(standing))),
        ("Pledged, in US dollars", to_the_cent(sum((one.pledge.amount_usd for one in standing), Decimal(0)))),
        ("Projects from the same windows", str(len({one.project_id for one in went_to}))),
    )


def _pledges(promised: list[SeenPledge]) -> BriefTable:
    rows = tuple(
        (
            date_in_english(one.pledge.pledged_on),
            str(one.pledge.window),
            str(one.pledge.get_standing_display()),
            f"{one.pledge.currency} {to_the_cent(one.pledge.amount)}",
            to_the_cent(one.paid) if one.paid is not None else "Not released",
        )
        for one in promised[:_ROWS]
    )
    return BriefTable(
        ("Pledged on", "Window", "Standing", "Amount", "Paid"), (False, False, False, True, True), rows, len(promised)
    )


def _given(viewer: Viewer, found: list[Entry], total: int) -> BriefTable:
    lines = lines_of(viewer, found)
    rows = []
    for one in found:
        own = lines.get(one.pk, ())
        first = own[0] if own else None
        came = f"{first.currency} {to_the_cent(abs(first.amount))}" if first else ""
        rate = f"{first.rate.normalize():f}, {first.rate_source}" if first and first.rate else ""
        document = str(shown(viewer, one, "document", WORDS))
        what = str(one.get_kind_display())
        rows.append((date_in_english(one.on), what, document, came, rate, to_the_cent(turnover(own))))
    return BriefTable(
        ("Day", "What", "Document", "As it came", "Rate", "US dollars"),
        (False, False, False, True, False, True),
        tuple(rows),
        total,
    )


def _allocated(found: list[Allocation]) -> BriefTable:
    rows = tuple(
        (one.project.title, one.entity.abbreviation, str(one.window), to_the_cent(one.amount_usd)) for one in found
    )
    return BriefTable(("Project", "Entity", "Window", "US dollars"), (False, False, False, True), rows, len(rows))
