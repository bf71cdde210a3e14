"""The steps of an appeal: drafted, launched, closed."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.core.workflow import Transition, Workflow
from colonnade.funding.appeal_access import why_not_step
from colonnade.funding.models import Appeal

#: A launch keeps what the appeal stands at; nothing leads back from it.
APPEALS: Final = Workflow(
    (
        Transition(
            "launch",
            gettext_noop("Launch it"),
            (Appeal.Standing.DRAFTED,),
            Appeal.Standing.LAUNCHED,
            why_not_step,
            needs=("entries",),
        ),
        Transition(
            "close", gettext_noop("Close it"), (Appeal.Standing.LAUNCHED,), Appeal.Standing.CLOSED, why_not_step
        ),
    )
)
