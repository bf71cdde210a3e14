"""What a call has given so far, read for those who may decide: one query for its approvals."""

from django.db.models import QuerySet

from colonnade.core.viewer import Viewer
from colonnade.review.awards import Award, Limits
from colonnade.review.models import Call, Decision, Outcome, Proposal

#: Outcomes that give money.
GIVES = (Outcome.APPROVE, Outcome.APPROVE_WITH_CONDITIONS)
_WHY = "what a call gave altogether, for whoever decides under a lock of it"


def limits_of(call: Call) -> Limits:
    """The most that a call gives."""
    return Limits(call.budget_usd, call.group_ceiling_usd)


def awards_of(call: Call) -> list[Award]:
    """Every approval of a call, those that others followed too; :mod:`colonnade.review.awards` takes those that count.

    An amendment stands under the first proposal of its line.
    """
    return _awards(call, Proposal.objects.unscoped(_WHY), Decision.objects.unscoped(_WHY))


def awards_seen(viewer: Viewer, call: Call) -> list[Award]:
    """Those of them that the viewer may read."""
    return _awards(call, Proposal.objects.visible_to(viewer), Decision.objects.visible_to(viewer))


def _awards(call: Call, proposals: QuerySet[Proposal], decisions: QuerySet[Decision]) -> list[Award]:
    amended = dict(proposals.filter(call=call, amends__isnull=False).values_list("pk", "amends_id"))
    given = decisions.filter(proposal__call=call, outcome__in=GIVES).order_by("pk")
    return [
        Award(root_of(proposal, amended), group, amount, decision)
        for decision, proposal, group, amount in given.values_list(
            "pk", "proposal", "proposal__working_group", "amount_usd"
        )
        if amount is not None
    ]


def root_of(proposal: int, amended: dict[int, int]) -> int:
    """The first proposal of the line that ``proposal`` ends; ``amended`` is proposal -> the one that it amends."""
    while proposal in amended:
        proposal = amended[proposal]
    return proposal


def first_of(proposal: Proposal) -> Proposal:
    """The proposal that ``proposal`` amends in the end, itself where it amends none."""
    while proposal.amends_id is not None:
        seen = Proposal.objects.unscoped(_WHY).select_related("entity", "call", "working_group")
        proposal = seen.get(pk=proposal.amends_id)
    return proposal


def latest_approved(root: Proposal) -> tuple[Proposal, Decision] | None:
    """Of a proposal and its amendments the one approved last, with that decision."""
    amended = dict(
        Proposal.objects.unscoped(_WHY).filter(call=root.call_id, amends__isnull=False).values_list("pk", "amends_id")
    )
    line = [root.pk, *(one for one in amended if root_of(one, amended) == root.pk)]
    given = Decision.objects.unscoped(_WHY).filter(proposal__in=line, outcome__in=GIVES)
    newest = given.select_related("proposal__entity", "proposal__call", "proposal__working_group").order_by("pk").last()
    return None if newest is None else (newest.proposal, newest)
