"""The ceiling of a working group beside what its proposals ask and were given, as far as the reader may see them."""

from dataclasses import dataclass
from decimal import Decimal

from colonnade.core.viewer import Viewer
from colonnade.review.models import Proposal
from colonnade.review.summaries import money_of_group
from colonnade.web.shared.facts import amount


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a group can be given in a call, in words: its ceiling, what was given, what others ask, what is left."""

    ceiling: str
    given: str
    asked: str
    left: str


def ceiling_of(viewer: Viewer, proposal: Proposal) -> Ceiling | None:
    """The ceiling for a proposal's group; ``None`` where the call has none."""
    most = proposal.call.group_ceiling_usd
    if most is None:
        return None
    money = money_of_group(viewer, proposal)
    return Ceiling(
        amount(most),
        amount(money.given_usd),
        amount(money.asked_usd),
        amount(max(most - money.given_usd, Decimal(0))),
    )
