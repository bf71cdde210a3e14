"""The way of a merging: a table that renders the buttons and checks the actions."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.analysis.merging import access
from colonnade.analysis.models import Merging
from colonnade.core.workflow import Transition, Workflow

_PROPOSED, _MADE, _DECLINED, _WITHDRAWN = Merging.Standing
REASON: Final = ("reason",)

WORKFLOW: Final = Workflow(
    (
        Transition("agree", gettext_noop("It is the same project"), (_PROPOSED,), _PROPOSED, access.why_not_agree),
        Transition(
            "merge", gettext_noop("Make them one"), (_PROPOSED,), _MADE, access.why_not_merge, needs=("choices",)
        ),
        Transition("decline", gettext_noop("Decline"), (_PROPOSED,), _DECLINED, access.why_not_decline, needs=REASON),
        Transition(
            "withdraw",
            gettext_noop("Withdraw"),
            (_PROPOSED,),
            _WITHDRAWN,
            access.why_not_withdraw_merging,
            needs=REASON,
        ),
    )
)
