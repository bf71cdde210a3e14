"""Working groups beside their ceiling at a call's desk: what each was given, what it asks, and who asks too much."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from colonnade.members.models import WorkingGroup
from colonnade.review.awards import Award, by_group, in_force
from colonnade.review.given import root_of
from colonnade.review.models import Call, Proposal, Standing
from colonnade.web.board.printed import money
from colonnade.web.shared.numbers import CellView, HeaderView, TableView

#: Where a proposal waits for a decision, with nobody else to mend it first.
_WAITING: Final = (Standing.SUBMITTED, Standing.SCREENED, Standing.SCORED, Standing.RECOMMENDED)
_NONE: Final = Decimal(0)


def groups_table(call: Call, proposals: Sequence[Proposal], awards: Sequence[Award]) -> TableView | None:
    """What each group was given of its ceiling, and what its proposals that are not decided yet ask together.

    A group whose proposals could not all be awarded is flagged. ``None`` where the call has no ceiling.
    """
    ceiling = call.group_ceiling_usd
    if ceiling is None:
        return None
    given, waiting, titles = by_group(awards), _waiting(proposals), _titles(proposals, awards)
    more = _more(proposals, awards)
    header = (
        HeaderView(_("Working group")),
        HeaderView(_("Given"), numeric=True),
        HeaderView(_("Ceiling"), numeric=True),
        HeaderView(_("Free"), numeric=True),
        HeaderView(_("Asked and not decided"), numeric=True),
        HeaderView(_("Together")),
    )
    rows = []
    for group, title in sorted(titles.items(), key=lambda one: one[1]):
        used = given.get(group, _NONE)
        over = used + more.get(group, _NONE) - ceiling
        rows.append(
            (
                CellView(title, header=True),
                CellView(money(used), numeric=True, bar=int(min(Decimal(100), 100 * used / ceiling))),
                CellView(money(ceiling), numeric=True),
                CellView(money(ceiling - used), numeric=True),
                CellView(money(waiting.get(group, _NONE)), numeric=True),
                CellView(
                    _("⚠ %(over)s more than is free: not all can be awarded") % {"over": money(over)}
                    if over > 0 and waiting.get(group)
                    else ""
                ),
            )
        )
    return TableView(_("Ceilings of the working groups, in US dollars"), header, tuple(rows))


def _asking(proposals: Iterable[Proposal]) -> Iterable[tuple[Proposal, Decimal]]:
    for each in proposals:
        if each.requested_usd and each.standing in _WAITING:
            yield each, each.requested_usd


def _waiting(proposals: Iterable[Proposal]) -> dict[int | None, Decimal]:
    waiting: dict[int | None, Decimal] = defaultdict(Decimal)
    for each, asks in _asking(proposals):
        waiting[each.working_group_id] += asks
    return waiting


def _more(proposals: Sequence[Proposal], awards: Iterable[Award]) -> dict[int | None, Decimal]:
    """By how much awards would grow if each group got all that it asks: an amendment replaces what it amends."""
    given = {award.root: award.amount for award in in_force(awards)}
    amended = {each.pk: each.amends_id for each in proposals if each.amends_id is not None}
    more: dict[int | None, Decimal] = defaultdict(Decimal)
    for each, asks in _asking(proposals):
        more[each.working_group_id] += asks - given.get(root_of(each.pk, amended), _NONE)
    return more


def _titles(proposals: Iterable[Proposal], awards: Iterable[Award]) -> dict[int | None, str]:
    titles: dict[int | None, str] = {
        each.working_group_id: str(each.working_group) for each in proposals if each.working_group is not None
    }
    missing = {award.group for award in awards if award.group is not None} - titles.keys()
    return titles | ({group.pk: str(group) for group in WorkingGroup.objects.filter(pk__in=missing)} if missing else {})
