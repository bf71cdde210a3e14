"""Calls, proposals, reviews, meetings, decisions and what follows them."""

from colonnade.review.models.call import Call
from colonnade.review.models.decision import Condition, Decision, Objection
from colonnade.review.models.following import Closure, DueReport
from colonnade.review.models.meeting import AgendaItem, Attendance, Meeting, Outcome, Vote
from colonnade.review.models.parts import BudgetLine, Consultation, Output, ProposedMarker, Risk, SafeguardAnswer
from colonnade.review.models.process import Office, Process
from colonnade.review.models.proposal import AFTER_THE_DECISION, WITH_THE_APPLICANT, Proposal, Standing
from colonnade.review.models.result import ProjectResult
from colonnade.review.models.scoring import Draw, Reviewer, Score, Synthesis
from colonnade.review.models.screening import Question, Screening

__all__ = [
    "AFTER_THE_DECISION",
    "WITH_THE_APPLICANT",
    "AgendaItem",
    "Attendance",
    "BudgetLine",
    "Call",
    "Closure",
    "Condition",
    "Consultation",
    "Decision",
    "Draw",
    "DueReport",
    "Meeting",
    "Objection",
    "Office",
    "Outcome",
    "Output",
    "Process",
    "ProjectResult",
    "Proposal",
    "ProposedMarker",
    "Question",
    "Reviewer",
    "Risk",
    "SafeguardAnswer",
    "Score",
    "Screening",
    "Standing",
    "Synthesis",
    "Vote",
]
