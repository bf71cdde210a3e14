"""A ballot of the board: who counts for the quorum of a proposal, and what the votes allow to recommend. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _


def counting(present: Collection[int], out: Collection[int]) -> set[int]:
    """The members present who have no conflict with the proposal."""
    return set(present) - set(out)


def why_no_quorum(present: Collection[int], out: Collection[int], quorum: int) -> str | None:
    """Why the board cannot recommend: too few members without a conflict; ``None`` where there are enough."""
    here = len(counting(present, out))
    if here >= quorum:
        return None
    return _("The board has no quorum for this proposal: %(here)d of %(quorum)d members without a conflict.") % {
        "here": here,
        "quorum": quorum,
    }


def leading(votes: Iterable[str]) -> set[str]:
    """The outcomes that have the most votes; several where they tie, none where nobody voted."""
    counted = Counter(votes)
    most = max(counted.values(), default=0)
    return {outcome for outcome, number in counted.items() if number == most}


def why_not_the_will(votes: Iterable[str], outcome: str) -> str | None:
    """Why ``outcome`` is not what the board voted; without votes the board decided by consensus."""
    most = leading(votes)
    return None if not most or outcome in most else _("Another outcome has more votes.")
