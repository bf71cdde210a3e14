"""Pages of screening, questions, reviewers and scores, each with one thing to do."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.core.reading import reading_as
from colonnade.review.access import why_not_close_scoring, why_not_screen
from colonnade.review.actions.scoring import (
    close_scoring,
    declare_conflict,
    draw_reviewers,
    excuse_reviewer,
    give_scores,
    scoring_is_open,
)
from colonnade.review.actions.screening import COMMENTED, answer_question, ask_question, screen_proposal
from colonnade.review.board_access import (
    why_not_answer,
    why_not_ask,
    why_not_declare,
    why_not_draw,
    why_not_score,
)
from colonnade.review.board_queries import own_review, passage_of
from colonnade.review.models import Proposal, Question, Reviewer
from colonnade.review.pool import why_not_all_in
from colonnade.review.rules import Rules
from colonnade.review.summaries import cited_need
from colonnade.web.board.beside import said_of
from colonnade.web.board.forms import COMPLETE, ScoreForm, ScreenForm, TextForm
from colonnade.web.board.steps import FORMS, OneForm, crumbs_of, do, form_page, proposal_at
from colonnade.web.proposals.reads import note_needs
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

#: The button that gives scores for good.
FINISH = "finish"


def page_of(
    request: ViewerRequest,
    proposal: Proposal,
    title: str,
    button: str,
    done: str,
    why_not: str | None,
    *,
    warning: str = "",
    lead: str = "",
    second: tuple[str, str] | None = None,
) -> OneForm:
    """A page with one form about a proposal; one comes back to the proposal's way."""
    return OneForm(
        title=title,
        of=proposal.title,
        button=button,
        done=done,
        back=reverse("proposal-way", args=[proposal.public_id]),
        crumbs=crumbs_of(request, proposal, title),
        lead=lead,
        warning=warning,
        why_not=why_not,
        second=second,
    )


@require_http_methods(FORMS)
def screen(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Screen a proposal: complete, or returned with comments on its fields."""
    proposal = proposal_at(request, public_id)
    form = ScreenForm(request.POST or None, initial={"seen_version": proposal.version})
    page = page_of(
        request,
        proposal,
        _("Screening"),
        _("Record the screening"),
        _("The screening is recorded."),
        why_not_screen(request.viewer, proposal),
        lead=_(
            "Read what the proposal says, and comment where something is missing; the applicant reads each comment "
            "beside its field."
        ),
    ).with_more(_beside(request, proposal, form))

    def write() -> object:
        return screen_proposal(
            proposal=proposal,
            person=person_of(request),
            complete=form.cleaned_data["outcome"] == COMPLETE,
            comment=form.cleaned_data["comment"],
            field_comments=form.field_comments,
            seen_version=form.cleaned_data["seen_version"],
            actor=actor_of(request),
        )

    return form_page(request, page, form, write, "board/screen.html")


def _beside(request: ViewerRequest, proposal: Proposal, form: ScreenForm) -> dict[str, object]:
    """Each box for a comment with what the proposal says there, and the boxes on the whole."""
    note_needs(request, [cited_need(request.viewer, proposal)], "screening-page")
    with reading_as(request.viewer):
        said = said_of(request.viewer, proposal)
    return {
        "beside": [(_(title), said[name], form[f"on_{name}"]) for name, title in COMMENTED.items()],
        "on_the_whole": [form["outcome"], form["comment"]],
    }


@require_http_methods(FORMS)
def ask(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Ask the applicant something."""
    proposal = proposal_at(request, public_id)
    form = TextForm(request.POST or None, label=_("Question"))
    page = page_of(
        request,
        proposal,
        _("Ask the applicant"),
        _("Ask"),
        _("The question is with the applicant."),
        why_not_ask(request.viewer, proposal),
        lead=_("The applicant reads the question, and not whose it is."),
    )

    def write() -> object:
        text = form.cleaned_data["text"]
        return ask_question(proposal=proposal, person=person_of(request), text=text, actor=actor_of(request))

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
def answer(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Answer a question as the applicant."""
    question = (
        Question.objects.visible_to(request.viewer).select_related("proposal").filter(public_id=public_id).first()
    )
    if question is None:
        raise Http404
    proposal = proposal_at(request, question.proposal.public_id)
    form = TextForm(request.POST or None, label=_("Answer"))
    page = page_of(
        request,
        proposal,
        _("Answer a question"),
        _("Send the answer"),
        _("The answer is sent."),
        why_not_answer(request.viewer, proposal, question),
        lead=question.text,
    )

    def write() -> object:
        text = form.cleaned_data["text"]
        return answer_question(question=question, person=person_of(request), text=text, actor=actor_of(request))

    return form_page(request, page, form, write)


@require_POST
def draw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Draw the reviewers."""
    proposal = proposal_at(request, public_id)
    return do(
        request,
        reverse("proposal-way", args=[public_id]),
        lambda: draw_reviewers(proposal=proposal, person=person_of(request), actor=actor_of(request)),
        _("The reviewers are drawn."),
    )


@require_http_methods(FORMS)
def excuse(request: ViewerRequest, public_id: str, reviewer: int) -> HttpResponse:
    """Let a reviewer go who does not finish."""
    proposal = proposal_at(request, public_id)
    found = Reviewer.objects.visible_to(request.viewer).filter(proposal=proposal, pk=reviewer).first()
    if found is None:
        raise Http404
    form = TextForm(request.POST or None, label=_("Why"))
    page = page_of(
        request,
        proposal,
        _("Let a reviewer go"),
        _("Let them go"),
        _("The reviewer is let go. Draw another."),
        why_not_draw(request.viewer, proposal),
    )

    def write() -> object:
        reason = form.cleaned_data["text"]
        return excuse_reviewer(reviewer=found, person=person_of(request), reason=reason, actor=actor_of(request))

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
def conflict(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Declare oneself out of a proposal."""
    proposal = proposal_at(request, public_id)
    mine, _given = own_review(request.viewer, proposal)
    form = TextForm(request.POST or None, label=_("What the conflict is"))
    page = page_of(
        request,
        proposal,
        _("Declare a conflict"),
        _("Declare it"),
        _("You are out of this proposal: you neither score it nor count when the board speaks of it."),
        why_not_declare(request.viewer, proposal, mine),
        warning=_("This is not taken back. Scores that you began are not counted."),
    )

    def write() -> object:
        reason = form.cleaned_data["text"]
        return declare_conflict(proposal=proposal, person=person_of(request), reason=reason, actor=actor_of(request))

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
def score(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Score a proposal: save as often as one likes, then give the scores for good."""
    proposal = proposal_at(request, public_id)
    mine, given = own_review(request.viewer, proposal)
    initial: dict[str, object] = {"overall": mine.overall if mine else ""}
    for each in given:
        initial |= {f"value_{each.criterion}": each.value, f"comment_{each.criterion}": each.comment}
    form = ScoreForm(request.POST or None, rules=Rules.read(proposal.call.rules), initial=initial)
    finish = FINISH in request.POST
    why_not = why_not_score(request.viewer, proposal, mine)
    if not why_not and not scoring_is_open(proposal):
        why_not = _("This proposal is not being scored now.")
    page = page_of(
        request,
        proposal,
        _("Score it"),
        _("Save what I have"),
        _("Your scores are given.") if finish else _("Saved. Nobody else reads it before you finish."),
        why_not,
        lead=_("Nobody reads your scores before you finish, and you read nobody’s before the process opens them."),
        second=(FINISH, _("Give these scores for good")),
    )

    def write() -> object:
        return give_scores(
            proposal=proposal,
            person=person_of(request),
            marks=form.marks,
            overall=form.cleaned_data["overall"],
            finish=finish,
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
def synthesis(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Bring the scores before the board."""
    proposal = proposal_at(request, public_id)
    form = TextForm(request.POST or None, label=_("What the board should know of the scores"))
    page = page_of(
        request,
        proposal,
        _("Close the scoring"),
        _("Bring it before the board"),
        _("The scoring is closed."),
        why_not_close_scoring(request.viewer, proposal)
        or why_not_all_in(Rules.read(proposal.call.rules), passage_of(request.viewer, proposal).reviewers),
    )

    def write() -> object:
        text = form.cleaned_data["text"]
        return close_scoring(proposal=proposal, person=person_of(request), text=text, actor=actor_of(request))

    return form_page(request, page, form, write)
