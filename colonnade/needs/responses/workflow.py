"""The way of a response: a table that renders the buttons, checks the actions and draws the diagram.

What was verified can be contested, and is looked at again; what was rejected or withdrawn can be claimed anew.
"""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.core.workflow import Transition, Workflow
from colonnade.needs.models import Response
from colonnade.needs.responses import access

_CLAIMED, _VERIFIED, _RETURNED, _REJECTED, _CONTESTED, _WITHDRAWN = (
    Response.Standing.CLAIMED,
    Response.Standing.VERIFIED,
    Response.Standing.RETURNED,
    Response.Standing.REJECTED,
    Response.Standing.CONTESTED,
    Response.Standing.WITHDRAWN,
)
REASON: Final = ("reason",)
#: What is claimed may be verified as less than was claimed.
STRENGTH: Final = ("strength",)
CLAIM: Final = ("strength", "says", "evidence", "from_on", "until_on")

WORKFLOW: Final = Workflow(
    (
        Transition(
            "verify", gettext_noop("Verify"), (_CLAIMED, _CONTESTED), _VERIFIED, access.why_not_judge, needs=STRENGTH
        ),
        Transition(
            "return", gettext_noop("Return with a question"), (_CLAIMED,), _RETURNED, access.why_not_judge, needs=REASON
        ),
        Transition(
            "reject",
            gettext_noop("Reject"),
            (_CLAIMED, _CONTESTED, _VERIFIED),
            _REJECTED,
            access.why_not_judge,
            needs=REASON,
        ),
        Transition(
            "contest",
            gettext_noop("Contest"),
            (_CLAIMED, _VERIFIED),
            _CONTESTED,
            access.why_not_contest,
            needs=REASON,
        ),
        Transition(
            "claim",
            gettext_noop("Claim again"),
            (_RETURNED, _REJECTED, _WITHDRAWN),
            _CLAIMED,
            access.why_not_answer,
            needs=CLAIM,
        ),
        Transition(
            "withdraw",
            gettext_noop("Withdraw"),
            (_CLAIMED, _RETURNED, _CONTESTED, _VERIFIED),
            _WITHDRAWN,
            access.why_not_answer,
            needs=REASON,
        ),
    )
)
