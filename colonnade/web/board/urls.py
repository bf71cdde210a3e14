"""Addresses of calls, the board, decisions and what follows them."""

from django.urls import path

from colonnade.web.board import (
    call_figures,
    choosing,
    deciding,
    desk,
    figures,
    files,
    following,
    meeting,
    publishing,
    reviewing,
    way,
)

PROPOSAL = "proposals/<slug:public_id>/"
MEETING = "meetings/<slug:public_id>/"

urlpatterns = [
    path("", desk.board, name="board"),
    path("how-projects-are-chosen/", figures.how_chosen, name="how-chosen"),
    path("calls/prepare/", desk.prepare, name="prepare-call"),
    path("calls/<slug:code>/", desk.call_desk, name="board-call"),
    path("calls/<slug:code>/offices/", desk.appoint_somebody, name="appoint"),
    path("calls/<slug:code>/open/", desk.open_it, name="open-call"),
    path("calls/<slug:code>/close/", desk.close_it, name="close-call"),
    path("calls/<slug:code>/meetings/plan/", desk.plan, name="plan-meeting"),
    path("calls/<slug:code>/figures/", call_figures.call_figures, name="board-figures"),
    path("calls/<slug:code>/figures/records/", call_figures.figure_records, name="board-figure-records"),
    path("calls/<slug:code>/choosing/", choosing.choosing, name="board-choosing"),
    path(MEETING, meeting.meeting, name="board-meeting"),
    path(f"{MEETING}agenda/", meeting.agenda, name="set-agenda"),
    path(f"{MEETING}attendance/", meeting.attendance, name="record-attendance"),
    path(f"{MEETING}papers.pdf", files.papers, name="meeting-papers"),
    path(f"{MEETING}<slug:proposal>/vote/", meeting.vote, name="record-vote"),
    path(f"{MEETING}<slug:proposal>/recommend/", meeting.recommend, name="record-recommendation"),
    path(PROPOSAL, way.way, name="proposal-way"),
    path(f"{PROPOSAL}screen/", reviewing.screen, name="screen-proposal"),
    path(f"{PROPOSAL}ask/", reviewing.ask, name="ask-question"),
    path(f"{PROPOSAL}draw/", reviewing.draw, name="draw-reviewers"),
    path(f"{PROPOSAL}reviewers/<int:reviewer>/let-go/", reviewing.excuse, name="excuse-reviewer"),
    path(f"{PROPOSAL}conflict/", reviewing.conflict, name="declare-conflict"),
    path(f"{PROPOSAL}score/", reviewing.score, name="score-proposal"),
    path(f"{PROPOSAL}synthesis/", reviewing.synthesis, name="close-scoring"),
    path(f"{PROPOSAL}decide/", deciding.decide_it, name="decide-proposal"),
    path(f"{PROPOSAL}close/", deciding.close_it, name="close-project"),
    path(f"{PROPOSAL}publish/", publishing.publish, name="publish-result"),
    path(f"{PROPOSAL}withdraw-result/", publishing.withdraw, name="withdraw-result"),
    path(f"{PROPOSAL}conditions/<int:position>/report/", following.report_it, name="report-condition"),
    path(f"{PROPOSAL}conditions/<int:position>/confirm/", following.confirm_it, name="confirm-condition"),
    path("questions/<slug:public_id>/answer/", reviewing.answer, name="answer-question"),
    path("decisions/<slug:public_id>/letter.pdf", files.letter_pdf, name="letter-pdf"),
    path("decisions/<slug:public_id>/letter.docx", files.letter_docx, name="letter-docx"),
    path("decisions/<slug:public_id>/object/", deciding.object_to, name="raise-objection"),
    path("decisions/<slug:public_id>/answer/", deciding.answer_it, name="answer-objection"),
    path("reports/<slug:public_id>/send/", following.send_it, name="send-report"),
    path("reports/<slug:public_id>/accept/", following.accept_it, name="accept-report"),
    path("reports/<slug:public_id>/return/", following.return_it, name="return-report"),
]
