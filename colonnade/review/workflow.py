"""The steps of a proposal, made from the rules of its process: who may take each, from where to where."""

from colonnade.core.workflow import Transition, Workflow
from colonnade.review import access
from colonnade.review.models import Standing
from colonnade.review.rules import Rules

#: Where a proposal stands when a step of the process is done, and what leads on from there.
_DONE = {"screening": Standing.SCREENED, "scoring": Standing.SCORED, "board": Standing.RECOMMENDED}


def workflow_of(rules: Rules) -> Workflow:
    """The workflow of proposals under ``rules``. A step that the process does not have is not in it."""
    codes = rules.codes
    reached: Standing = Standing.SUBMITTED
    steps = [
        Transition("submit", "Submit", (Standing.DRAFT, Standing.RETURNED), Standing.SUBMITTED, access.why_not_submit),
        Transition(
            "withdraw",
            "Withdraw",
            (Standing.DRAFT, Standing.RETURNED, Standing.SUBMITTED, Standing.SCREENED, Standing.SCORED),
            Standing.WITHDRAWN,
            access.why_not_withdraw,
            needs=("reasons",),
        ),
    ]
    if "screening" in codes:
        steps += [
            Transition("complete", "Complete", (reached,), Standing.SCREENED, access.why_not_screen),
            Transition("return", "Return", (reached,), Standing.RETURNED, access.why_not_screen, needs=("comment",)),
        ]
        reached = Standing.SCREENED
    if "scoring" in codes:
        steps.append(
            Transition("score", "All scores are in", (reached,), Standing.SCORED, access.why_not_close_scoring)
        )
        reached = Standing.SCORED
    if "board" in codes:
        steps.append(
            Transition(
                "recommend",
                "Record the recommendation",
                (reached,),
                Standing.RECOMMENDED,
                access.why_not_recommend,
                needs=("outcome", "reasons"),
            )
        )
        reached = Standing.RECOMMENDED
    decided = (reached, Standing.DEFERRED, Standing.REJECTED)
    for name, title, target in (
        ("approve", "Approve", Standing.APPROVED),
        ("defer", "Defer", Standing.DEFERRED),
        ("reject", "Do not approve", Standing.REJECTED),
    ):
        sources = tuple(each for each in decided if each != target)
        steps.append(Transition(name, title, sources, target, access.why_not_decide, needs=("reasons",)))
    steps.append(
        Transition("close", "Close", (Standing.APPROVED,), Standing.CLOSED, access.why_not_close, needs=("lessons",))
    )
    return Workflow(tuple(steps))
