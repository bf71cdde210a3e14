"""Addresses of calls for proposals, and of proposals."""

from django.urls import path

from colonnade.web.proposals import calls, editing, sending, views, word

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<str:code>/", calls.call, name="call"),
    path("calls/<str:code>/apply/", calls.apply, name="apply"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<str:public_id>/", views.proposal, name="proposal"),
    path("proposals/<str:public_id>/proposal.docx", word.proposal_docx, name="proposal-docx"),
    path("proposals/<str:public_id>/word/", word.import_proposal, name="import-proposal"),
    path("proposals/<str:public_id>/write/<str:section>/", editing.write_proposal, name="write-proposal"),
    path("proposals/<str:public_id>/send/", sending.send_proposal, name="send-proposal"),
    path("proposals/<str:public_id>/amend/", sending.amend, name="amend-proposal"),
    path("proposals/<str:public_id>/withdraw/", sending.withdraw, name="withdraw-proposal"),
]
