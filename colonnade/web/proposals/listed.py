"""Tables of calls and of proposals."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance, Record
from colonnade.review.models import Call, Proposal
from colonnade.web.shared.facts import amount
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address


def is_illustrative(record: Record) -> bool:
    """Whether a call or a proposal was made up to illustrate."""
    return record.provenance == Provenance.ILLUSTRATIVE


def calls_table(caption: str, calls: Sequence[Call]) -> TableView | None:
    """Calls with their dates and money; ``None`` where there are none."""
    if not calls:
        return None
    rows = tuple(
        (
            CellView(each.title, reverse("call", args=[each.code]), header=True, aside=each.summary[:200]),
            CellView(str(each.get_standing_display())),
            CellView(date_format(each.closes_on, "j F Y") if each.closes_on else _("Not published")),
            CellView(amount(each.budget_usd) or _("Not published"), numeric=True),
            CellView(amount(each.group_ceiling_usd) or _no_ceiling(each), numeric=True),
        )
        for each in calls
    )
    header = (
        HeaderView(_("Call")),
        HeaderView(_("Standing")),
        HeaderView(_("Closes")),
        HeaderView(_("Money"), numeric=True),
        HeaderView(_("Ceiling per working group"), numeric=True),
    )
    return TableView(caption, header, rows)


def _no_ceiling(call: Call) -> str:
    return _("Not published") if call.seed_round_id else _("None")


def proposals_table(caption: str, proposals: Sequence[Proposal]) -> TableView | None:
    """Proposals with who applies and where they stand; ``None`` where there are none."""
    if not proposals:
        return None
    rows = tuple(
        (
            CellView(each.title, reverse("proposal", args=[each.public_id]), header=True),
            CellView(each.entity.abbreviation, record_address("entity", each.entity.code)),
            CellView(each.call.title, reverse("call", args=[each.call.code])),
            CellView(str(each.get_standing_display())),
            CellView(amount(each.requested_usd) or _("Not yet stated"), numeric=True),
        )
        for each in proposals
    )
    header = (
        HeaderView(_("Proposal")),
        HeaderView(_("Entity")),
        HeaderView(_("Call")),
        HeaderView(_("Standing")),
        HeaderView(_("Asked for"), numeric=True),
    )
    return TableView(caption, header, rows)
