"""Views of the fund as a whole: at a glance, and a statement of any period."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.funding.access import why_not_keep_books, why_not_read_books
from colonnade.funding.models import Entry, Window
from colonnade.funding.queries import standing, statement
from colonnade.strategy.models import Strategy
from colonnade.web.fund.audience import seen_as
from colonnade.web.fund.glance import glance_stats, purses_table, resources, windows_table
from colonnade.web.fund.statements import (
    PeriodForm,
    statement_about,
    statement_heads,
    statement_rows,
    statement_table,
)
from colonnade.web.listing.files import EXCEL
from colonnade.web.listing.spreadsheet import write_workbook
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.separated import download
from colonnade.web.shared.stepping_up import confirmation_first


@require_safe
def fund(request: ViewerRequest) -> HttpResponse:
    """What the fund holds, what is committed and free; to everybody, its windows and what is published."""
    viewer, strategy = request.viewer, Strategy.objects.first()
    why_not = why_not_read_books(viewer)
    with reading_as(viewer):
        rows = standing(viewer) if why_not is None else []
        context = {
            "name": strategy.fund if strategy else "",
            "resources": resources(strategy),
            "why_not": why_not,
            "stats": glance_stats(viewer, rows) if rows else (),
            "purses": purses_table(rows) if rows else None,
            "windows": windows_table(list(Window.objects.select_related("pillar"))),
            "keeps": why_not_keep_books(viewer) is None,
            "gives": bool(viewer.gives_states or viewer.gives_entities),
            "illustrative": is_illustrative(request) if why_not is None else False,
            "crumbs": crumbs(),
        }
    return render(request, "fund/fund.html", context)


@require_safe
def statement_page(request: ViewerRequest) -> HttpResponse:
    """The fund over a period."""
    why_not = why_not_read_books(request.viewer)
    form = _period(request)
    context: dict[str, Any] = {"form": form, "why_not": why_not, "crumbs": crumbs(Crumb(_("Statement")))}
    if why_not is None and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        with reading_as(request.viewer):
            rows = statement(request.viewer, first, last)
            context["illustrative"] = is_illustrative(request)
        context |= {
            "table": statement_table(rows, first, last) if rows else None,
            "first": first,
            "last": last,
            "downloads": [
                Download(title, reverse(f"fund-statement-{kind}") + f"?first={first}&last={last}")
                for kind, title in (("csv", "CSV"), ("xlsx", "Excel"))
            ],
        }
    return render(request, "fund/statement.html", context, status=400 if form.errors else 200)


@require_safe
def statement_file(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Those rows and their total, as CSV or Excel, for whoever reads the books and confirmed that it is they."""
    if why_not_read_books(request.viewer) is not None:
        raise Http404
    if (question := confirmation_first(request)) is not None:
        return question
    form = _period(request)
    if not form.is_valid():
        raise Http404
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    name = f"statement-{first}-{last}"
    heads = statement_heads()
    rows = statement_rows(statement(request.viewer, first, last), first, last)
    if kind == "csv":
        return download(name, [head.title for head in heads], rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xlsx"
        about = statement_about(first, last, seen_as(reader_for(request.viewer)))
        write_workbook(path, sheet=_("Statement"), heads=heads, rows=rows, about=about)
        # The open file outlives its name, and is gone once it was sent.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL)


def crumbs(*steps: Crumb) -> list[Crumb]:
    """The way to a page of this area."""
    whole = Crumb(_("Fund"), reverse("fund") if steps else "")
    return [Crumb(_("Money"), reverse("money")), whole, *steps]


def is_illustrative(request: ViewerRequest) -> bool:
    """Whether any entry that the reader sees was made to illustrate."""
    return Entry.objects.visible_to(request.viewer).filter(provenance=Provenance.ILLUSTRATIVE).exists()


def _period(request: ViewerRequest) -> PeriodForm:
    """The period asked for; this year until today where none is."""
    today = timezone.localdate()
    asked = {"first": date(today.year, 1, 1).isoformat(), "last": today.isoformat()}
    if "first" in request.GET or "last" in request.GET:
        asked = {"first": request.GET.get("first", ""), "last": request.GET.get("last", "")}
    filled = request.GET.copy()
    for name, value in asked.items():
        filled[name] = value
    return PeriodForm(filled)
