"""The head's page, objections to what was decided, and the end of a project."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.review.access import decides_by_board, why_not_approve, why_not_close, why_not_decide
from colonnade.review.actions.decisions import answer_objection, decide, raise_objection
from colonnade.review.actions.following import close_project
from colonnade.review.awards import NOTHING, by_group, total
from colonnade.review.board_access import last_day_to_object, why_not_answer_objection, why_not_object
from colonnade.review.board_queries import Passage, passage_of
from colonnade.review.given import awards_seen
from colonnade.review.models import Decision, Proposal, Standing
from colonnade.review.rules import Rules
from colonnade.web.board.forms import UPHELD, AnswerObjectionForm, CloseForm, DecideForm, OfferForm, TextForm
from colonnade.web.board.reviewing import page_of
from colonnade.web.board.steps import FORMS, form_page, proposal_at
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, amount, facts
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently


@require_http_methods(FORMS)
@confirmed_recently
def decide_it(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What the board recommends, what is left of the money, and the decision."""
    proposal = proposal_at(request, public_id)
    passage = passage_of(request.viewer, proposal)
    item = passage.recommendation
    initial: dict[str, object] = {"seen_version": proposal.version}
    if item is not None:
        initial |= {"outcome": item.outcome, "amount_usd": item.amount_usd}
        initial |= OfferForm.terms_as_initial(item.conditions)
    form = DecideForm(request.POST or None, initial=initial)
    approved = proposal.standing == Standing.APPROVED
    by_board = decides_by_board(proposal.call)
    page = page_of(
        request,
        proposal,
        _("Decide"),
        _("Decide so"),
        _("It is decided."),
        (why_not_approve if approved else why_not_decide)(request.viewer, proposal),
        warning=_("A decision is not edited: it can only be followed by another. An approval makes the project."),
        lead=_("The board decides here: confirm what it recommended.") if by_board else "",
    )

    def write() -> object:
        asked = form.cleaned_data
        return decide(
            proposal=proposal,
            person=person_of(request),
            outcome=asked["outcome"],
            amount_usd=asked["amount_usd"],
            reasons=asked["reasons"],
            feedback=asked["feedback"],
            terms=form.terms,
            seen_version=asked["seen_version"],
            actor=actor_of(request),
        )

    extended = {"facts": _before_deciding(request, proposal, passage), "item": item}
    return form_page(request, page.with_more(extended), form, write, "board/decide.html")


def _before_deciding(request: ViewerRequest, proposal: Proposal, passage: Passage) -> list[Fact]:
    call = proposal.call
    awards = awards_seen(request.viewer, call)
    free = None if call.budget_usd is None else call.budget_usd - total(awards)
    of_group = None
    if call.group_ceiling_usd is not None and proposal.working_group is not None:
        of_group = call.group_ceiling_usd - by_group(awards).get(proposal.working_group_id, NOTHING)
    return facts(
        (_("Applicant"), str(proposal.entity)),
        (_("Asks for"), amount(proposal.requested_usd)),
        (_("Free in the call"), amount(free)),
        (_("Free below the ceiling of its group"), amount(of_group)),
        (_("Synthesis of the scores"), passage.syntheses[0].text if passage.syntheses else ""),
    )


def decision_at(request: ViewerRequest, public_id: str) -> tuple[Decision, Proposal]:
    """The decision that an address names, with its proposal. One that the reader may not see is not there."""
    seen = Decision.objects.visible_to(request.viewer).select_related("proposal")
    decision = seen.filter(public_id=public_id).first()
    if decision is None:
        raise Http404
    return decision, proposal_at(request, decision.proposal.public_id)


@require_http_methods(FORMS)
def object_to(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Object to a decision."""
    decision, proposal = decision_at(request, public_id)
    passage = passage_of(request.viewer, proposal)
    objected = any(each.decision_id == decision.pk for each in passage.objections)
    last = last_day_to_object(Rules.read(proposal.call.rules), decision)
    form = TextForm(request.POST or None, label=_("What the objection rests on"))
    page = page_of(
        request,
        proposal,
        _("Object to this decision"),
        _("Send the objection"),
        _("The objection is raised."),
        why_not_object(request.viewer, proposal, decision, newest=passage.decision == decision, objected=objected),
        lead=_("Objections can be raised until %(day)s.") % {"day": short_day(last)} if last else "",
    )

    def write() -> object:
        grounds = form.cleaned_data["text"]
        return raise_objection(decision=decision, person=person_of(request), grounds=grounds, actor=actor_of(request))

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
@confirmed_recently
def answer_it(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Uphold an objection or dismiss it."""
    decision, proposal = decision_at(request, public_id)
    passage = passage_of(request.viewer, proposal)
    objection = next((each for each in passage.objections if each.decision_id == decision.pk), None)
    if objection is None:
        raise Http404
    form = AnswerObjectionForm(request.POST or None)
    page = page_of(
        request,
        proposal,
        _("Answer the objection"),
        _("Answer it"),
        _("The objection is answered."),
        why_not_answer_objection(request.viewer, proposal, objection, decision.decided_by_id),
        lead=objection.grounds,
    )

    def write() -> object:
        asked = form.cleaned_data
        return answer_objection(
            objection=objection,
            person=person_of(request),
            upheld=asked["standing"] == UPHELD,
            answer=asked["answer"],
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)


@require_http_methods(FORMS)
@confirmed_recently
def close_it(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Close an approved project with its lessons and the refund."""
    proposal = proposal_at(request, public_id)
    passage = passage_of(request.viewer, proposal)
    given = passage.decision.amount_usd if passage.decision else None
    spent = [each.spent_usd for each in passage.reports if each.accepted_at and each.spent_usd is not None]
    form = CloseForm(request.POST or None, initial={"seen_version": proposal.version})
    page = page_of(
        request,
        proposal,
        _("Close"),
        _("Close the project"),
        _("The project is closed."),
        why_not_close(request.viewer, proposal),
        lead=_("Given: %(given)s. Spent by the last accepted report: %(spent)s. The refund is the difference.")
        % {"given": amount(given) or "–", "spent": amount(spent[-1]) if spent else "–"},
    )

    def write() -> object:
        asked = form.cleaned_data
        return close_project(
            proposal=proposal,
            person=person_of(request),
            lessons=asked["lessons"],
            refunded_usd=asked["refunded_usd"],
            seen_version=asked["seen_version"],
            actor=actor_of(request),
        )

    return form_page(request, page, form, write)
