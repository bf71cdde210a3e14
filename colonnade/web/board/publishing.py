"""Publishing what a closed project achieved, and what of it everybody reads on the page of how projects are chosen."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.analysis.figures.display import grouped
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.review.actions.publishing import publish_result, why_not_publish, withdraw_result
from colonnade.review.board_queries import passage_of
from colonnade.review.models import Output, ProjectResult, Proposal
from colonnade.review.result_queries import achieved, outputs_of, result_of, results_of
from colonnade.web.board.forms import BoardForm
from colonnade.web.board.printed import money
from colonnade.web.board.reviewing import page_of
from colonnade.web.board.steps import FORMS, at_the_desk, do, form_page, proposal_at
from colonnade.web.shared.blocks import Act, Stat
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import LinkedNumber
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of


class ResultForm(BoardForm):
    """What was delivered of each output, and what was learned."""

    def __init__(self, *args: Any, outputs: Sequence[Output], lessons: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outputs = outputs
        for each in outputs:
            label = _("Delivered: %(output)s") % {"output": each.title}
            self.text(f"delivered_{each.position}", label, rows=3)
            self.fields[f"delivered_{each.position}"].help_text = each.target
        self.text("lessons", _("What was learned, as everybody may read it"), rows=6, initial=lessons)

    @property
    def delivered(self) -> dict[int, str]:
        """Position of an output -> what was delivered."""
        return {each.position: self.cleaned_data[f"delivered_{each.position}"] for each in self.outputs}


@require_http_methods(FORMS)
def publish(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Publish what a closed project achieved, as a second person."""
    proposal = proposal_at(request, public_id)
    with reading_as(request.viewer):
        closure, outputs = passage_of(request.viewer, proposal).closure, outputs_of(request.viewer, proposal)
    lessons = closure.lessons if closure else ""
    form = ResultForm(request.POST or None, outputs=outputs, lessons=lessons)
    page = page_of(
        request,
        proposal,
        _("Publish what the project achieved"),
        _("Publish it"),
        _("It is published."),
        why_not_publish(request.viewer, proposal, closure),
        lead=_(
            "Everybody reads this, with what was given and spent. Name no person, and nothing that is confidential."
        ),
    )

    def write() -> object:
        return publish_result(
            proposal=proposal,
            person=person_of(request),
            delivered=form.delivered,
            lessons=form.cleaned_data["lessons"],
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)


@require_POST
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take back what was published."""
    proposal = proposal_at(request, public_id)
    return do(
        request,
        reverse("proposal-way", args=[public_id]),
        lambda: withdraw_result(proposal=proposal, person=person_of(request), actor=actor_of(request)),
        _("It is withdrawn."),
    )


def publishing_acts(viewer: Viewer, proposal: Proposal, closure: Any) -> list[Act]:
    """What the desk can do about publishing a closed project."""
    if closure is None or not at_the_desk(viewer):
        return []
    key = [proposal.public_id]
    if result_of(viewer, proposal) is not None:
        address = reverse("withdraw-result", args=key)
        return [Act("withdraw-result", _("Withdraw what is published of it"), address, sends=True, second=True)]
    why_not = why_not_publish(viewer, proposal, closure) or ""
    return [Act("publish-result", _("Publish what it achieved"), reverse("publish-result", args=key), why_not)]


def what_was_achieved(viewer: Viewer) -> dict[str, Any] | None:
    """Sums over what was published, and each project of it; ``None`` where nothing is."""
    with reading_as(viewer):
        found = results_of(viewer)
    if not found:
        return None
    whole = achieved(found)
    return {
        "stats": [
            Stat(_("Closed projects"), LinkedNumber(grouped(whole.projects), "#projects-closed")),
            Stat(_("Outputs delivered"), LinkedNumber(grouped(whole.outputs), "#projects-closed")),
            Stat(
                _("Spent (US dollars)"),
                LinkedNumber(money(whole.spent_usd), "#projects-closed"),
                _("given"),
                LinkedNumber(money(whole.given_usd), "#projects-closed"),
            ),
        ],
        "projects": [{"result": each, "facts": _facts(each)} for each in found],
    }


def _facts(result: ProjectResult) -> list[Fact]:
    project = result.project
    outputs = [
        Line(f"{each['title']}: {each['delivered']}", aside=_("target: %(target)s") % each if each["target"] else "")
        for each in result.outputs
    ]
    return facts(
        (_("Project"), Line(project.title, record_address(PROJECT, project.public_id))),
        (_("Lead entity"), Line(str(project.lead_entity), record_address("entity", project.lead_entity.code))),
        (_("Call"), result.call.title),
        (_("Given (US dollars)"), money(result.given_usd)),
        (_("Spent (US dollars)"), money(result.spent_usd)),
        (_("Delivered"), outputs),
        (_("What was learned"), result.lessons),
        (_("Closed"), short_day(result.closed_on)),
    )
