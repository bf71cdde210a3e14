"""What a search engine may follow: the pages that everybody sees, whoever asks for the list.

There is one list, the public's: a reader with more rights gets the same bytes, so that neither it nor a copy of it
says anything of what is not published. It carries no times of change, which would tell of edits to fields that are
not public.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.definition import library
from colonnade.core.reading import reading_as
from colonnade.core.viewer import PUBLIC
from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.portfolio.models import Project
from colonnade.results.models import Event
from colonnade.strategy.models import Area, Pillar, Theme
from colonnade.web.shared.press import report_names
from colonnade.web.shared.requests import ViewerRequest

#: Pages that stand by themselves.
PAGES: Final = (
    *("home", "strategy", "projects", "countries", "entities", "events", "library", "figures", "glossary"),
    *("reports", "explore", "money", "needs", "coverage"),
)
#: Addresses of one file; the standard allows 50,000.
A_FILE: Final = 5_000


class _Listed(Sitemap):  # type: ignore[type-arg]  # generic in its stubs only
    """Pages of one kind: the name of their address, and what stands in it."""

    limit = A_FILE
    name = ""

    def location(self, item: Any) -> str:
        return reverse(self.name, args=[item])


class _Pages(_Listed):
    def items(self) -> Sequence[str]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class _Projects(_Listed):
    name = "project"

    def items(self) -> Any:
        return Project.objects.visible_to(PUBLIC).order_by("public_id").values_list("public_id", flat=True)


class _Events(_Listed):
    name = "event"

    def items(self) -> Any:
        return Event.objects.visible_to(PUBLIC).order_by("public_id").values_list("public_id", flat=True)


class _Countries(_Listed):
    name = "country"

    def items(self) -> Any:
        return Country.objects.order_by("code").values_list("code", flat=True)


class _Entities(_Listed):
    name = "entity"

    def items(self) -> Any:
        return Entity.objects.order_by("code").values_list("code", flat=True)


class _Strategy(_Listed):
    def items(self) -> list[tuple[str, str]]:
        kinds = (("pillar", Pillar), ("area", Area), ("theme", Theme))
        return [(name, code) for name, model in kinds for code in model.objects.values_list("code", flat=True)]

    def location(self, item: tuple[str, str]) -> str:
        name, code = item
        return reverse(name, args=[code])


class _Figures(_Listed):
    name = "figure"

    def items(self) -> list[str]:
        return sorted(library())


class _Reports(_Listed):
    name = "report"

    def items(self) -> list[str]:
        return sorted(report_names())


KINDS: "Final[dict[str, type[Sitemap[Any]] | Sitemap[Any]]]" = {
    "pages": _Pages, "projects": _Projects, "events": _Events, "countries": _Countries, "entities": _Entities,
    "strategy": _Strategy, "figures": _Figures, "reports": _Reports,
}  # fmt: skip


@require_safe
def site_index(request: ViewerRequest) -> HttpResponse:
    """The files there are: one or more of each kind."""
    with reading_as(PUBLIC):
        return index(request, KINDS, sitemap_url_name="sitemap").render()


@require_safe
def site_pages(request: ViewerRequest, section: str) -> HttpResponse:
    """The addresses of one kind."""
    with reading_as(PUBLIC):
        return sitemap(request, KINDS, section=section).render()


@require_safe
def robots(request: ViewerRequest) -> HttpResponse:
    """Where the list is, and what is no page of its own."""
    lines = ("User-agent: *", "Disallow: /people/", f"Sitemap: {request.build_absolute_uri(reverse('site-index'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
