"""The proposals of a call and the needs they would meet, as a reader sees both."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from colonnade.analysis.choosing.asking import Offered, OpenNeed
from colonnade.core.viewer import Viewer
from colonnade.needs.coverage import Said, coverage_of
from colonnade.needs.models import Recommendation, Response
from colonnade.review.given import GIVES
from colonnade.review.models import AgendaItem, Call, Decision, Proposal, Standing

#: Where a proposal is none of the board's.
_NOT_CHOSEN_AMONG: Final = (Standing.DRAFT, Standing.RETURNED, Standing.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Table:
    """What is on the table: proposals, needs of their States, and what the board itself chose so far, by proposal."""

    offered: tuple[Offered, ...]
    needs: tuple[OpenNeed, ...]
    chosen: Mapping[str, Decimal]


def table_of(viewer: Viewer, call: Call) -> Table:
    """Everything that was sent in answer to a call and asks for money; amendments are not chosen among."""
    sent = Proposal.objects.visible_to(viewer).filter(call=call, amends__isnull=True, requested_usd__isnull=False)
    proposals = list(
        sent.exclude(standing__in=_NOT_CHOSEN_AMONG)
        .select_related("entity", "working_group", "pillar", "theme", "requested_by")
        .prefetch_related("countries")
        .order_by("public_id")
    )
    cited = {each.cited_need_id for each in proposals if each.cited_need_id is not None}
    places = {country.pk for each in proposals for country in each.countries.all()}
    seen = Recommendation.objects.visible_to(viewer).filter(standing=Recommendation.Standing.OPEN)
    needs = list((seen.filter(pk__in=cited) | seen.filter(country__in=places)).select_related("country", "theme"))
    answered: dict[int, list[Said]] = defaultdict(list)
    responses = Response.objects.visible_to(viewer).filter(recommendation__in=[need.pk for need in needs])
    for need, strength, standing in responses.values_list("recommendation", "strength", "standing"):
        answered[need].append((strength, standing))
    names = {need.pk: need.public_id for need in needs}
    return Table(
        offered=tuple(_offered(each, names) for each in proposals),
        needs=tuple(
            OpenNeed(
                need.public_id,
                str(need),
                need.priority,
                coverage_of(answered[need.pk]),
                need.country.code,
                need.theme.code if need.theme else "",
            )
            for need in sorted(needs, key=lambda need: need.public_id)
        ),
        chosen=_chosen(viewer, proposals),
    )


def _chosen(viewer: Viewer, proposals: list[Proposal]) -> dict[str, Decimal]:
    """What was decided of each proposal, else what the board last recommended; without those refused."""
    keys = {each.pk: each.public_id for each in proposals}
    said: dict[int, tuple[str, Decimal | None]] = {}
    for rows in (
        AgendaItem.objects.visible_to(viewer).filter(proposal__in=keys).exclude(outcome=""),
        Decision.objects.visible_to(viewer).filter(proposal__in=keys),
    ):
        for proposal, outcome, amount in rows.order_by("pk").values_list("proposal", "outcome", "amount_usd"):
            said[proposal] = outcome, amount
    return {keys[one]: amount for one, (outcome, amount) in said.items() if outcome in GIVES and amount}


def _offered(proposal: Proposal, needs: Mapping[int, str]) -> Offered:
    assert proposal.requested_usd is not None  # those without are not read
    return Offered(
        proposal.public_id,
        proposal.title,
        proposal.requested_usd,
        proposal.entity.code,
        group=proposal.working_group.code if proposal.working_group else "",
        pillar=proposal.pillar.code if proposal.pillar else "",
        theme=proposal.theme.code if proposal.theme else "",
        places=frozenset(country.code for country in proposal.countries.all()),
        cites=needs.get(proposal.cited_need_id or 0, ""),
    )
