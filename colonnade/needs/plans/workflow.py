"""The way of a plan of action: a table that renders the buttons, checks the actions and draws the diagram.

While a new version is drafted and proposed, the one that was agreed stays what others read.
"""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.core.workflow import Transition, Workflow
from colonnade.needs.models import ActionPlan
from colonnade.needs.plans import access

_DRAFTING, _PROPOSED, _AGREED, _ENDED = ActionPlan.Standing
REASON: Final = ("reason",)

WORKFLOW: Final = Workflow(
    (
        Transition(
            "propose", gettext_noop("Propose it to the State"), (_DRAFTING,), _PROPOSED, access.why_not_propose
        ),
        Transition(
            "agree", gettext_noop("Consent, or record a consent"), (_PROPOSED,), _AGREED, access.why_not_agree,
            needs=("consent of every State",),
        ),
        Transition(
            "return", gettext_noop("Send it back"), (_PROPOSED,), _DRAFTING, access.why_not_return, needs=REASON
        ),
        Transition(
            "redraft", gettext_noop("Begin a new version"), (_AGREED,), _DRAFTING, access.why_not_redraft, needs=REASON
        ),
        Transition(
            "end", gettext_noop("End the plan"), (_DRAFTING, _AGREED), _ENDED, access.why_not_end, needs=REASON
        ),
    )
)  # fmt: skip
