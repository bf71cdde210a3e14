"""Addresses of appeals."""

from django.urls import path

from colonnade.web.appeals import coordination, donors, files, running, since, views

_ENTRY = "<slug:key>/projects/<slug:public_id>/"

urlpatterns = [
    path("", views.appeals, name="appeals"),
    path("new/", running.new, name="open-appeal"),
    path("<slug:key>/", views.appeal, name="appeal"),
    path("<slug:key>/appeal.<str:kind>", files.appeal_file, name="appeal-file"),
    path("<slug:key>/since/", since.since, name="appeal-since"),
    path("<slug:key>/add/", running.add, name="add-appeal-entry"),
    path("<slug:key>/launch/", running.launch, name="launch-appeal"),
    path("<slug:key>/keep/", running.keep, name="keep-moment"),
    path("<slug:key>/close/", running.close, name="close-appeal"),
    path("<slug:key>/donors/", coordination.coordination, name="appeal-donors"),
    path("<slug:key>/donors/plan/", donors.plan, name="state-plan"),
    path("<slug:key>/donors/<slug:public_id>/", donors.show, name="show-to-others"),
    path("<slug:key>/donors/<slug:public_id>/end/", donors.end, name="end-plan"),
    path(_ENTRY, views.entry, name="appeal-entry"),
    path(f"{_ENTRY}project.<str:kind>", files.entry_file, name="appeal-entry-file"),
    path(f"{_ENTRY}change/", running.change, name="change-appeal-entry"),
    path(f"{_ENTRY}remove/", running.remove, name="remove-appeal-entry"),
    path(f"{_ENTRY}pledge/", donors.pledge, name="pledge-to-appeal"),
]
