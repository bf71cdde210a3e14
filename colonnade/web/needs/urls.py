"""Addresses of needs."""

from django.urls import path

from colonnade.web.needs import intake, recording, remarks, responses, views, wishes

urlpatterns = [
    path("", views.needs, name="needs"),
    path("list.csv", views.needs_separated, name="needs-csv"),
    path("list.xlsx", views.needs_workbook, name="needs-xlsx"),
    path("import/", intake.take_in_workbook, name="needs-import"),
    path("import/workbook.xlsx", intake.workbook, name="needs-workbook"),
    path("waiting/", wishes.waiting, name="needs-waiting"),
    path("openings/<slug:public_id>/", wishes.opening, name="opening"),
    path("openings/<slug:public_id>/approve/", wishes.approve, name="approve-opening"),
    path("openings/<slug:public_id>/refuse/", wishes.refuse, name="refuse-opening"),
    path("openings/<slug:public_id>/take-back/", wishes.take_back, name="take-back-opening"),
    path("consents/<slug:public_id>/withdraw/", wishes.withdraw, name="withdraw-consent"),
    path("assessments/record/", recording.record, name="record-assessment"),
    path("assessments/<slug:public_id>/", recording.assessment, name="assessment"),
    path("assessments/<slug:public_id>/recommend/", recording.recommend, name="recommend"),
    path("responses/<slug:public_id>/", responses.response_page, name="response"),
    path("responses/<slug:public_id>/<slug:step>/", responses.response_step, name="response-step"),
    path("of-project/<slug:public_id>/claim/", responses.claim_for_project, name="claim-for-project"),
    path("<slug:public_id>/", views.need, name="need"),
    path("<slug:public_id>/revise/", recording.revise, name="revise-need"),
    path("<slug:public_id>/say/", remarks.say, name="remark-on-need"),
    path("<slug:public_id>/claim/", responses.claim_for_need, name="claim-for-need"),
    path("<slug:public_id>/keep/", wishes.keep, name="keep-need"),
    path("<slug:public_id>/open/", wishes.propose, name="open-need"),
]
