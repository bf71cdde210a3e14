"""The steps of a proposal, made from the rules of its process: who may take each, from where to where."""

from django.utils.translation import gettext_noop

from colonnade.core.workflow import Transition, Workflow
from colonnade.review import access
from colonnade.review.models import Standing
from colonnade.review.rules import Rules


def workflow_of(rules: Rules) -> Workflow:
    """The workflow of proposals under ``rules``. A step that the process does not have is not in it."""
    codes = rules.codes
    reached: Standing = Standing.SUBMITTED
    steps = [
        Transition(
            "submit",
            gettext_noop("Submit"),
            (Standing.DRAFT, Standing.RETURNED),
            Standing.SUBMITTED,
            access.why_not_submit,
        ),
        Transition(
            "withdraw",
            gettext_noop("Withdraw"),
            (Standing.DRAFT, Standing.RETURNED, Standing.SUBMITTED, Standing.SCREENED, Standing.SCORED),
            Standing.WITHDRAWN,
            access.why_not_withdraw,
            needs=("reasons",),
        ),
    ]
    if "screening" in codes:
        steps += [
            Transition("complete", gettext_noop("Complete"), (reached,), Standing.SCREENED, access.why_not_screen),
            Transition(
                "return",
                gettext_noop("Return"),
                (reached,),
                Standing.RETURNED,
                access.why_not_screen,
                needs=("comment",),
            ),
        ]
        reached = Standing.SCREENED
    if "scoring" in codes:
        steps.append(
            Transition(
                "score", gettext_noop("All scores are in"), (reached,), Standing.SCORED, access.why_not_close_scoring
            )
        )
        reached = Standing.SCORED
    if "board" in codes:
        steps.append(
            Transition(
                "recommend",
                gettext_noop("Record the recommendation"),
                # What was deferred comes before the board again.
                (reached, Standing.DEFERRED),
                Standing.RECOMMENDED,
                access.why_not_recommend,
                needs=("outcome", "reasons"),
            )
        )
        reached = Standing.RECOMMENDED
    # A decision is followed by another: after a deferral or a refusal by any, after an approval by an approval of
    # something else, once an objection was upheld.
    for name, title, sources, target, may in (
        (
            "approve",
            gettext_noop("Approve"),
            (reached, Standing.DEFERRED, Standing.REJECTED, Standing.APPROVED),
            Standing.APPROVED,
            access.why_not_approve,
        ),
        ("defer", gettext_noop("Defer"), (reached, Standing.REJECTED), Standing.DEFERRED, access.why_not_decide),
        (
            "reject",
            gettext_noop("Do not approve"),
            (reached, Standing.DEFERRED),
            Standing.REJECTED,
            access.why_not_decide,
        ),
    ):
        steps.append(Transition(name, title, sources, target, may, needs=("reasons",)))
    steps.append(
        Transition(
            "close",
            gettext_noop("Close"),
            (Standing.APPROVED,),
            Standing.CLOSED,
            access.why_not_close,
            needs=("lessons",),
        )
    )
    return Workflow(tuple(steps))
