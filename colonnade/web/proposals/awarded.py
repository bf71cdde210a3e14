"""What a published round awarded, on the page of its call and at its desk."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from colonnade.funding.models import SeedAward
from colonnade.review.models import Call
from colonnade.web.shared.facts import amount
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address


def awards_of_round(call: Call) -> QuerySet[SeedAward]:
    """The awards that were published of the round that ``call`` is; none where it is no such round."""
    if call.seed_round_id is None:
        return SeedAward.objects.none()
    return SeedAward.objects.filter(round=call.seed_round_id).select_related("entity")


def awards_table(awards: Sequence[SeedAward]) -> TableView | None:
    """Each award with its entity and sum; ``None`` where there are none."""
    if not awards:
        return None
    rows = tuple(
        (
            CellView(each.title, record_address("seed_award", each.public_id), header=True),
            CellView(each.entity.abbreviation if each.entity else _("Not reported")),
            CellView(amount(each.amount_usd), record_address("seed_award", each.public_id), numeric=True),
        )
        for each in awards
    )
    header = (HeaderView(_("Project")), HeaderView(_("Entity")), HeaderView(_("Awarded"), numeric=True))
    return TableView(_("Awards"), header, rows)
