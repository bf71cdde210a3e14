"""Addresses of the pages: each area brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from colonnade.web.figures.views import glossary

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("colonnade.web.overview.urls")),
    path("", include("colonnade.web.house.urls")),
    path("reports/", include("colonnade.web.reports.urls")),
    path("figures/", include("colonnade.web.figures.urls")),
    path("releases/", include("colonnade.web.releases.urls")),
    path("glossary/", glossary, name="glossary"),
    path("projects/", include("colonnade.web.projects.urls")),
    path("needs/", include("colonnade.web.needs.urls")),
    path("requests/", include("colonnade.web.assistance.urls")),
    path("plans/", include("colonnade.web.plans.urls")),
    path("coverage/", include("colonnade.web.coverage.urls")),
    path("", include("colonnade.web.suggestions.urls")),
    path("overlaps/", include("colonnade.web.overlaps.urls")),
    path("mergings/", include("colonnade.web.merging.urls")),
    path("explore/", include("colonnade.web.explore.urls")),
    path("money/fund/", include("colonnade.web.fund.urls")),
    path("money/appeals/", include("colonnade.web.appeals.urls")),
    path("money/", include("colonnade.web.money.urls")),
    path("", include("colonnade.web.proposals.urls")),
    path("board/", include("colonnade.web.board.urls")),
    path("markers/", include("colonnade.web.markers.urls")),
    path("", include("colonnade.web.places.urls")),
    path("entities/", include("colonnade.web.succession.urls")),
    path("", include("colonnade.web.strategy.urls")),
    path("search/", include("colonnade.web.search.urls")),
    path("events/", include("colonnade.web.events.urls")),
    path("library/", include("colonnade.web.library.urls")),
    path("history/", include("colonnade.web.history.urls")),
    path("records/", include("colonnade.web.records.urls")),
    path("people/views/", include("colonnade.web.saved.urls")),
    path("people/administration/", include("colonnade.web.administration.urls")),
    path("people/extra-access/", include("colonnade.web.extra_access.urls")),
    path("people/looking/", include("colonnade.web.looking.urls")),
    path("people/standing/", include("colonnade.web.standing.urls")),
    path("people/handing-over/", include("colonnade.web.handing_over.urls")),
    path("people/", include("colonnade.web.people.urls")),
]
