"""Views of rates of exchange: those that officers entered, and the form on which a missing one is entered."""

from typing import Final

from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.reading import reading_as
from colonnade.funding.access import why_not_keep_books
from colonnade.funding.actions import enter_rate
from colonnade.funding.models import MonthlyRate
from colonnade.funding.queries import names_for
from colonnade.web.fund.forms import RateForm
from colonnade.web.fund.keeping import form_page, insist_on_keeper
from colonnade.web.fund.views import crumbs
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

PAGE_SIZE: Final = 50


@require_safe
def rates_page(request: ViewerRequest) -> HttpResponse:
    """The rates that were entered for months which the data pack does not have, with who published them."""
    number = page_number(request.GET)
    with reading_as(request.viewer):
        rows = MonthlyRate.objects.all()
        pages = pages_of(number, PAGE_SIZE, rows.count(), request.GET)
        found = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        names = names_for(request.viewer, [one.entered_by_id for one in found])
        last = MonthlyRate.objects.order_by().values("currency", "on").annotate(last=Max("pk"))
        counting = set(last.values_list("last", flat=True))
    context = {
        "table": _table(found, names, counting) if found else None,
        "pages": pages,
        "keeps": why_not_keep_books(request.viewer) is None,
        "crumbs": crumbs(Crumb(_("Rates"))),
    }
    return render(request, "fund/rates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: ViewerRequest) -> HttpResponse:
    """Enter the rate of a currency for a month, with its source."""
    insist_on_keeper(request)
    asked = {name: request.GET.get(name, "") for name in ("currency", "month")}
    form = RateForm(request.POST or None, initial=asked)

    def write() -> str:
        typed = form.cleaned_data
        enter_rate(
            currency=typed["currency"],
            month=typed["month"],
            usd_per_unit=typed["usd_per_unit"],
            source=typed["source"],
            sure=typed["sure"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("fund-rates")

    return form_page(
        request,
        form,
        _("Enter a rate"),
        _("Enter it"),
        write,
        _("The rate is entered. Amounts of that month are counted at it from now on."),
        notice=_(
            "Give the rate as it was published for the month, and who published it. Once an amount was counted at it,"
            " it stays; before, another for the same month takes its place, and both stand in the list."
        ),
        steps=[Crumb(_("Rates"), reverse("fund-rates"))],
    )


def _table(found: list[MonthlyRate], names: dict[int, str], counting: set[int]) -> TableView:
    header = (
        HeaderView(_("Month")),
        HeaderView(_("Currency")),
        HeaderView(_("US dollars for one"), numeric=True),
        HeaderView(_("Source")),
        HeaderView(_("Entered")),
        HeaderView(_("Counts")),
    )
    rows = tuple(
        (
            CellView(date_format(one.on, "F Y"), header=True),
            CellView(one.currency),
            CellView(f"{one.usd_per_unit.normalize():f}", numeric=True),
            CellView(one.source),
            CellView(short_day(one.entered_at.date()), aside=names.get(one.entered_by_id, "")),
            CellView(_("Yes") if one.pk in counting else _("No: another was entered after it")),
        )
        for one in found
    )
    return TableView(_("Rates that were entered here, the latest month first"), header, rows)
