"""Files of the board: the letter that follows a decision, and the papers of a meeting."""

from typing import Final

from django.http import HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.core.viewer import Viewer
from colonnade.reporting.board import (
    LetterFacts,
    PaperFacts,
    ProposalPaper,
    SimpleTable,
    compose_letter,
    compose_papers,
)
from colonnade.reporting.document import Document
from colonnade.reporting.wording import date_in_english
from colonnade.review.actions.screening import COMMENTED
from colonnade.review.board_access import last_day_to_object
from colonnade.review.board_queries import Passage, items_of, papers_of, passage_of, scores_of
from colonnade.review.models import Decision, Meeting, Proposal
from colonnade.review.rules import Rules
from colonnade.strategy.models import Strategy
from colonnade.web.board.deciding import decision_at
from colonnade.web.board.meeting import meeting_at
from colonnade.web.board.printed import mean, money
from colonnade.web.shared.documents import CONTENT_TYPES, RENDER
from colonnade.web.shared.facts import amount
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.stepping_up import confirmed_recently

#: The texts of a proposal, in the order in which members read them.
TEXTS: Final = (
    "purpose", "product_description", "outcomes", "benefits", "quality", "performance", "limits",
    "programme_alignment", "group_alignment", "fund_alignment", "cofunding", "sustainability", "due_diligence",
)  # fmt: skip


@require_safe
def letter_pdf(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The letter as PDF."""
    return _letter(request, public_id, "pdf")


@require_safe
def letter_docx(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The letter for Word."""
    return _letter(request, public_id, "docx")


def _letter(request: ViewerRequest, public_id: str, kind: str) -> HttpResponse:
    decision, proposal = decision_at(request, public_id)
    with translation.override("en"):
        facts = letter_facts(request.viewer, decision, proposal)
    return _file(compose_letter(facts), kind, f"letter-{decision.public_id}")


def letter_facts(viewer: Viewer, decision: Decision, proposal: Proposal) -> LetterFacts:
    """What the letter says, in English, read for ``viewer``."""
    rules, passage = Rules.read(proposal.call.rules), passage_of(viewer, proposal)
    scored = scores_of(viewer, proposal) if proposal.scores_open_to_applicant else None
    last = last_day_to_object(rules, decision)
    newest = passage.decision == decision
    strategy = Strategy.objects.get()
    return LetterFacts(
        strategy=strategy.short_title,
        symbol=strategy.document_symbol,
        call=proposal.call.title,
        proposal=proposal.title,
        entity=proposal.entity.name,
        outcome=decision.outcome,
        amount=amount(decision.amount_usd),
        decided_on=date_in_english(timezone.localdate(decision.decided_at)),
        decided_by=rules.decided_by,
        reasons=decision.reasons,
        feedback=decision.feedback,
        conditions=tuple(
            (each.text, date_in_english(each.due_on) if each.due_on else "")
            for each in passage.conditions
            if each.decision_id == decision.pk
        ),
        reports=tuple((str(each.get_kind_display()), date_in_english(each.due_on)) for each in passage.reports)
        if newest and decision.amount_usd is not None
        else (),
        scores=tuple((each.criterion.title, f"{mean(each.mean)} of {rules.most}") for each in scored.means.criteria)
        if scored and scored.means
        else (),
        object_until=date_in_english(last) if last and newest else "",
        notice=strategy.illustrative_notice if proposal.provenance == Provenance.ILLUSTRATIVE else "",
        texts=rules.letter,
    )


@require_safe
@confirmed_recently
def papers(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The papers of a meeting, without what the reader has a part in."""
    meeting = meeting_at(request, public_id)
    with translation.override("en"):
        facts = paper_facts(request.viewer, meeting)
    return _file(compose_papers(facts), "pdf", f"papers-{meeting.public_id}")


def paper_facts(viewer: Viewer, meeting: Meeting) -> PaperFacts:
    """What the papers say, in English, read for ``viewer``."""
    strategy = Strategy.objects.get()
    items = items_of(viewer, meeting)
    agenda, proposals, illustrative = [], [], False
    for item in items:
        proposal, scored = item.proposal, scores_of(viewer, item.proposal)
        illustrative |= proposal.provenance == Provenance.ILLUSTRATIVE
        weighted = mean(scored.means.weighted) if scored.means else "–"
        group = str(proposal.working_group or "–")
        agenda.append((proposal.title, str(proposal.entity), group, money(proposal.requested_usd), weighted))
        proposals.append(_paper(viewer, proposal))
    return PaperFacts(
        strategy=strategy.short_title,
        call=meeting.call.title,
        meeting=meeting.title,
        held_on=date_in_english(meeting.held_on),
        place=meeting.place,
        agenda=SimpleTable(
            "Agenda",
            ("Proposal", "Applicant", "Working group", "Asks (US dollars)", "Weighted mean"),
            tuple(agenda),
            (False, False, False, True, True),
        ),
        proposals=tuple(proposals),
        notice=strategy.illustrative_notice if illustrative else "",
    )


def _paper(viewer: Viewer, proposal: Proposal) -> ProposalPaper:
    passage, scored = passage_of(viewer, proposal), scores_of(viewer, proposal)
    rules = Rules.read(proposal.call.rules)
    scores: tuple[tuple[str, ...], ...] = ()
    if scored.means:
        scores = tuple(
            (each.criterion.title, str(each.criterion.weight), mean(each.mean), str(each.lowest), str(each.highest))
            for each in scored.means.criteria
        )
        low, high = mean(min(scored.means.reviewers)), mean(max(scored.means.reviewers))
        scores += (("Weighted mean", "", mean(scored.means.weighted), low, high),)
    said = (
        *tuple(
            (f"Reviewers on {each.title}", "\n\n".join(scored.comments.get(each.code, []))) for each in rules.criteria
        ),
        ("Reviewers on the whole", "\n\n".join(scored.overall)),
    )
    period = " to ".join(date_in_english(day) for day in (proposal.starts_on, proposal.ends_on) if day)
    return ProposalPaper(
        title=proposal.title,
        facts=(
            ("Applicant", proposal.entity.name),
            ("Partners", ", ".join(each.name for each in proposal.partners.all())),
            ("Working group", str(proposal.working_group or "")),
            ("Asks for", amount(proposal.requested_usd)),
            ("Time", period),
            ("Origin", str(proposal.get_origin_display())),
        ),
        texts=(
            *((COMMENTED[name], getattr(proposal, name)) for name in TEXTS),
            ("Synthesis of the scores", passage.syntheses[0].text if passage.syntheses else ""),
            *said,
        ),
        tables=(
            SimpleTable(
                "Scores",
                ("Criterion", "Weight", "Mean", "Lowest", "Highest"),
                scores,
                (False, True, True, True, True),
                total_rows=1 if scores else 0,
            ),
            *_parts(viewer, proposal),
            _questions(passage),
        ),
    )


def _parts(viewer: Viewer, proposal: Proposal) -> tuple[SimpleTable, ...]:
    parts = papers_of(viewer, proposal)
    return (
        SimpleTable(
            "Budget",
            ("Line", "Description", "Asked (US dollars)", "Paid by others (US dollars)"),
            tuple(
                (each.category, each.description, money(each.amount_usd), money(each.cofunded_usd))
                for each in parts.lines
            ),
            (False, False, True, True),
        ),
        SimpleTable(
            "Outputs",
            ("Output", "Kind", "Indicator", "Baseline", "Target"),
            tuple(
                (each.title, str(each.get_kind_display()), each.indicator, each.baseline, each.target)
                for each in parts.outputs
            ),
            (False,) * 5,
        ),
        SimpleTable(
            "Risks",
            ("Risk", "Likelihood", "Impact", "What is done about it"),
            tuple(
                (each.title, str(each.get_likelihood_display()), str(each.get_impact_display()), each.mitigation)
                for each in parts.risks
            ),
            (False,) * 4,
        ),
        SimpleTable(
            "Consultations",
            ("With", "What came of it"),
            tuple((str(each.entity), each.outcome) for each in parts.consultations),
            (False, False),
        ),
    )


def _questions(passage: Passage) -> SimpleTable:
    rows = tuple((each.text, each.answer or "Not answered yet") for each in passage.questions)
    return SimpleTable("Questions and answers", ("Question", "Answer"), rows, (False, False))


def _file(document: Document, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(RENDER[kind](document), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
