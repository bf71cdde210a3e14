"""Addresses of plans of action."""

from django.urls import path

from colonnade.web.plans import beginning, documents, drafting, parts, progress, steps, versions, views

urlpatterns = [
    path("", views.plans_page, name="plans"),
    path("begin/", beginning.begin_page, name="begin-plan"),
    path("costs/<slug:public_id>/", views.costs_page, name="plan-costs"),
    path("costs/<slug:public_id>.<slug:kind>", documents.costs_file, name="plan-costs-file"),
    path("<slug:public_id>/", views.plan_page, name="action-plan"),
    path("<slug:public_id>/files/<slug:what>.<slug:kind>", documents.plan_file, name="plan-file"),
    path("<slug:public_id>/draft/", drafting.draft_page, name="plan-draft"),
    path("<slug:public_id>/frame/", drafting.frame_page, name="plan-frame"),
    path("<slug:public_id>/needs/", drafting.needs_page, name="plan-needs"),
    path("<slug:public_id>/add/<slug:kind>/", parts.add_page, name="plan-add"),
    path("<slug:public_id>/part/<slug:kind>/<slug:key>/", parts.part_page, name="plan-part"),
    path("<slug:public_id>/part/<slug:kind>/<slug:key>/drop/", parts.drop_page, name="plan-drop"),
    path("<slug:public_id>/lead/", steps.lead_page, name="plan-lead"),
    path("<slug:public_id>/consent/<slug:covers>/", steps.consent_page, name="plan-consent"),
    path("<slug:public_id>/consents/<slug:consent>/confirm/", steps.confirm_page, name="confirm-plan-consent"),
    path("<slug:public_id>/consents/<slug:consent>/withdraw/", steps.withdraw_page, name="withdraw-plan-consent"),
    path("<slug:public_id>/step/<slug:step>/", steps.step_page, name="plan-step"),
    path("<slug:public_id>/versions/", versions.versions_page, name="plan-versions"),
    path("<slug:public_id>/versions/<int:number>/", versions.version_page, name="plan-version"),
    path("<slug:public_id>/versions/<int:number>/changes/", versions.changes_page, name="plan-changes"),
    path("<slug:public_id>/progress/", progress.progress_page, name="plan-progress"),
    path("<slug:public_id>/progress/activity/<slug:key>/", progress.activity_page, name="report-plan-activity"),
    path("<slug:public_id>/progress/indicator/<slug:key>/", progress.indicator_page, name="report-plan-indicator"),
]
