"""The way of a request: a table that renders the buttons, checks the actions and draws the diagram.

A request to join a programme has its lead from the beginning, where the programme has one.
"""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.core.workflow import Transition, Workflow
from colonnade.needs.assistance import access
from colonnade.needs.models import AssistanceRequest

_FILED, _PASSED, _LED, _PROJECT, _PLAN, _JOINED, _CLOSED, _WITHDRAWN, _OBJECTED = AssistanceRequest.Standing
#: Where something is still to be done.
OPEN: Final = (_FILED, _PASSED, _LED)
#: Where it is not over: something is to be done, or the State objects to its closing.
NOT_OVER: Final = (*OPEN, _OBJECTED)
#: Where the secretariat is to do something: pass it on, or answer an objection.
WAITS_FOR_OFFICERS: Final = (_FILED, _OBJECTED)
REASON: Final = ("reason",)
#: Standing -> the step of the rules whose clock runs there.
STEP_AT: Final = {_FILED: "triage", _PASSED: "answers", _LED: "outcome", _OBJECTED: "triage"}

WORKFLOW: Final = Workflow(
    (
        Transition(
            "pass", gettext_noop("Pass on to entities"), (_FILED, _PASSED), _PASSED, access.why_not_pass,
            needs=("entities",),
        ),
        Transition("lead", gettext_noop("Name who leads"), (_PASSED,), _LED, access.why_not_name_lead, needs=("lead",)),
        Transition(
            "lead-back", gettext_noop("Take the lead back"), (_LED,), _PASSED, access.why_not_lead, needs=REASON
        ),
        Transition("project", gettext_noop("Make it a project"), (_LED,), _PROJECT, access.why_not_project,
                   needs=("project",)),
        Transition("plan", gettext_noop("It became a plan of action"), (_LED,), _PLAN, access.why_not_project,
                   needs=REASON),
        Transition("join", gettext_noop("The State joined"), (_LED,), _JOINED, access.why_not_join, needs=REASON),
        Transition("close", gettext_noop("Close it with a reason"), OPEN, _CLOSED, access.why_not_close, needs=REASON),
        Transition("withdraw", gettext_noop("Withdraw"), NOT_OVER, _WITHDRAWN, access.why_not_withdraw, needs=REASON),
        Transition("object", gettext_noop("Object to the closing"), (_CLOSED,), _OBJECTED, access.why_not_object,
                   needs=REASON),
        Transition("reopen", gettext_noop("Open it again"), (_OBJECTED,), _FILED, access.why_not_settle, needs=REASON),
        Transition("uphold", gettext_noop("The closing stands, with a reason"), (_OBJECTED,), _CLOSED,
                   access.why_not_uphold, needs=REASON),
    )
)  # fmt: skip
