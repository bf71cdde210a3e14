"""Views of the coverage of needs. Each reader's numbers are those of the records that they may see."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.web.coverage.asked import DAY, Asked, address_in, asked_of, narrowing, tabs
from colonnade.web.coverage.heat import heat_page
from colonnade.web.coverage.million import million_page
from colonnade.web.coverage.rollups import rollup_page
from colonnade.web.coverage.summary import balance, both_ways, counted, coverage_stats
from colonnade.web.coverage.waiting import falling_page, waiting_page
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.filters import FilterField
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def summary(request: ViewerRequest) -> HttpResponse:
    """How many needs are how far covered, both ways, and the balance of the pillars with its trend."""
    asked = asked_of(request)
    context = _context(asked, "coverage", _("Coverage of needs"))
    if context["counts"]:
        context |= {
            "stats": coverage_stats(asked),
            "counted": counted(asked),
            "ways": both_ways(asked),
            "summaries": () if asked.are_kept else _summaries(asked),
        }
    return render(request, "coverage/summary.html", {**context, "balance": balance(asked)})


@require_safe
def by(request: ViewerRequest) -> HttpResponse:
    """Coverage rolled up by a dimension."""
    return _tab(request, "coverage-by", _("Coverage by State, theme, entity"), "by", rollup_page)


@require_safe
def heat_map(request: ViewerRequest) -> HttpResponse:
    """States by themes, each cell opening its needs."""
    return _tab(request, "coverage-map", _("Needs by State and theme"), "map", heat_page)


@require_safe
def in_time(request: ViewerRequest) -> HttpResponse:
    """How long needs have been unmet, and which fall open when a project ends."""
    asked = asked_of(request)
    context = _context(asked, "coverage-time", _("Coverage in time"))
    if context["counts"]:
        context |= {"waiting": waiting_page(asked), "falling": falling_page(asked)}
    return render(request, "coverage/time.html", context)


@require_safe
def next_million(request: ViewerRequest) -> HttpResponse:
    """What a sum of money would close, and at what price."""
    return _tab(request, "coverage-next", _("What the next million would close"), "next", million_page)


def _tab(request: ViewerRequest, name: str, title: str, template: str, page: Callable[[Asked], object]) -> HttpResponse:
    """A tab of one part, which is counted only where there is a need to count."""
    asked = asked_of(request)
    context = _context(asked, name, title)
    if context["counts"]:
        context["page"] = page(asked)
    return render(request, f"coverage/{template}.html", context)


def _summaries(asked: Asked) -> tuple[Download, ...]:
    """The thematic summary of gaps, as files."""
    kinds = (("docx", _("Word")), ("pdf", _("PDF")))
    return tuple(Download(title, address_in(asked, "thematic-summary", kind)) for kind, title in kinds)


def _context(asked: Asked, name: str, title: str) -> dict[str, Any]:
    """What every page receives. ``counts``: whether there is a need to count; ``kept``: whether others may be."""
    return {
        "title": title,
        "reading": asked.reading,
        "illustrative": asked.reading.is_illustrative(asked.inventory.key if asked.inventory else ""),
        "inventory": asked.inventory,
        "day": asked.day,
        "tabs": tabs(asked, name),
        "counts": asked.base > 0,
        "bar": narrowing(asked, [FilterField(DAY, _("Counted from"), "date", asked.day.isoformat())]),
        "kept": asked.are_kept,
        "narrowed": bool(asked.needs.filters or asked.needs.text),
    }
