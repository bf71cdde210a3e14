"""Addresses of requests."""

from django.urls import path

from colonnade.web.assistance import files, filing, outcomes, steps, views

urlpatterns = [
    path("", views.requests_page, name="requests"),
    path("list.csv", files.requests_separated, name="requests-csv"),
    path("list.xlsx", files.requests_workbook, name="requests-xlsx"),
    path("file/", filing.file_request_page, name="file-request"),
    path("join/", filing.join_page, name="ask-to-join"),
    path("<slug:public_id>/", views.request_page, name="assistance-request"),
    path("<slug:public_id>/pass/", steps.pass_page, name="pass-request"),
    path("<slug:public_id>/answer/", steps.answer_page, name="answer-request"),
    path("<slug:public_id>/lead/", steps.lead_page, name="name-request-lead"),
    path("<slug:public_id>/readers/", steps.readers_page, name="request-readers"),
    path("<slug:public_id>/told/<int:position>/", steps.told_page, name="tell-of-request"),
    path("<slug:public_id>/safeguards/", outcomes.safeguards_page, name="request-safeguards"),
    path("<slug:public_id>/project/", outcomes.project_page, name="request-project"),
    path("<slug:public_id>/<slug:step>/", outcomes.step_page, name="request-step"),
]
