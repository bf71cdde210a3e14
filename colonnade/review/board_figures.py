"""The way of a call's proposals as plain rows for :mod:`colonnade.review.passages`, a query for each kind of step."""

from datetime import date

from django.utils import timezone

from colonnade.core.viewer import Viewer
from colonnade.review.models import AgendaItem, Call, Decision, Proposal, Screening, Standing, Synthesis
from colonnade.review.passages import NOTHING, Passed


def passed_of(viewer: Viewer, call: Call) -> list[Passed]:
    """Of every proposal of a call that was sent and that the viewer may see; amendments are not counted."""
    sent = Proposal.objects.visible_to(viewer).filter(call=call, amends__isnull=True, submitted_at__isnull=False)
    proposals = list(
        sent.exclude(standing__in=[Standing.DRAFT, Standing.WITHDRAWN])
        .select_related("entity", "working_group", "pillar", "theme")
        .order_by("pk")
    )
    keys = [each.pk for each in proposals]
    complete = Screening.objects.visible_to(viewer).filter(proposal__in=keys, outcome=Screening.Outcome.COMPLETE)
    screened = dict(complete.order_by("pk").values_list("proposal", "screened_at"))
    scored = dict(
        Synthesis.objects.visible_to(viewer)
        .filter(proposal__in=keys)
        .order_by("pk")
        .values_list("proposal", "written_at")
    )
    items = AgendaItem.objects.visible_to(viewer).filter(proposal__in=keys).exclude(outcome="").order_by("pk")
    recommended = {
        proposal: (at, amount) for proposal, at, amount in items.values_list("proposal", "recorded_at", "amount_usd")
    }
    decisions = Decision.objects.visible_to(viewer).filter(proposal__in=keys).order_by("pk")
    decided = {
        proposal: (at, outcome, amount)
        for proposal, at, outcome, amount in decisions.values_list("proposal", "decided_at", "outcome", "amount_usd")
    }
    found = []
    for each in proposals:
        at, outcome, amount = decided.get(each.pk, (None, "", None))
        said = recommended.get(each.pk, (None, None))
        steps = (
            ("submitted", each.submitted_at),
            ("screening", screened.get(each.pk)),
            ("scoring", scored.get(each.pk)),
            ("board", said[0]),
            ("decision", at),
        )
        reached: tuple[tuple[str, date], ...] = tuple((step, timezone.localdate(then)) for step, then in steps if then)
        found.append(
            Passed(
                public_id=each.public_id,
                title=each.title,
                reached=reached,
                outcome=outcome,
                asked=each.requested_usd or NOTHING,
                recommended=said[1],
                given=amount or NOTHING,
                traits={
                    "entity": str(each.entity),
                    "group": str(each.working_group or ""),
                    "pillar": str(each.pillar or ""),
                    "theme": str(each.theme or ""),
                    "origin": str(each.get_origin_display()),
                },
            )
        )
    return found
