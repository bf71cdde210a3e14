"""What the forms of those who keep the books share: nobody else is shown one, and a refusal stays on the form."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.audit.reads import note_reads
from colonnade.core.money import Money
from colonnade.funding.access import why_not_keep_books
from colonnade.funding.actions import ConfirmFirst, FundRefused, RateUnknown
from colonnade.funding.bookkeeping import RateMissing
from colonnade.funding.rates import in_dollars
from colonnade.web.fund.amounts import to_the_cent
from colonnade.web.fund.forms import FundForm
from colonnade.web.fund.views import crumbs
from colonnade.web.shared.facts import Line
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.requests import ViewerRequest, actor_of

#: The button that only shows what an amount comes to.
LOOK = "look"


def insist_on_keeper(request: ViewerRequest) -> None:
    """For whoever does not keep the books, a form of them is not there."""
    if why_not_keep_books(request.viewer) is not None:
        raise Http404


def form_page(
    request: ViewerRequest,
    form: FundForm,
    title: str,
    button: str,
    write: Callable[[], str],
    done: str,
    **more: Any,
) -> HttpResponse:
    """Show ``form``; where it was sent and holds, ``write`` what it says and go to the address that gives back.

    ``more`` is for the template: ``lead``, ``notice``, ``look`` (the button that shows what an amount comes to, at the
    rate of the day in the field ``counted_on``), ``steps`` (crumbs).
    """
    mend: Line | None = None
    if request.method == "POST" and LOOK not in request.POST and form.is_valid():
        try:
            address = write()
        except FundRefused as refused:
            refuse(form, refused)
            mend = mend_of(request, refused)
        else:
            messages.success(request, done)
            return redirect(address)
    looked = ""
    if (day := more.pop("counted_on", "")) and not form.non_field_errors():
        try:
            looked = _comes_to(form, day)
        except RateUnknown as unknown:
            refuse(form, unknown)
            mend = mend_of(request, unknown)
    context = {
        "form": form,
        "title": title,
        "button": button,
        "comes_to": looked,
        "mend": mend,
        "crumbs": crumbs(*more.pop("steps", ()), Crumb(title)),
        **more,
    }
    failed = bool(form.errors) and LOOK not in request.POST
    return render(request, "fund/form.html", context, status=400 if failed else 200)


def refuse(form: FundForm, refused: FundRefused) -> None:
    """Say on the form why something was refused, and ask there for what would let it be done."""
    form.add_error(None, str(refused))
    if isinstance(refused, ConfirmFirst):
        form.ask(*refused.says)


def mend_of(request: ViewerRequest, refused: FundRefused) -> Line | None:
    """Where a keeper of the books does what a refusal asks for."""
    if not isinstance(refused, RateUnknown) or why_not_keep_books(request.viewer) is not None:
        return None
    named = {"currency": refused.missing.currency, "month": refused.missing.month}
    title = _("Enter the rate of %(currency)s for %(month)s") % named
    return Line(title, address_of(list(named.items()), reverse("enter-rate")))


def _comes_to(form: FundForm, day: str) -> str:
    """What the amount on a form comes to in dollars, at which rate and whose; empty where that cannot be said yet.

    Raises :class:`RateUnknown`.
    """
    if not form.is_bound:
        return ""
    form.is_valid()
    amount, currency, on = (form.cleaned_data.get(name) for name in ("amount", "currency", day))
    if not (isinstance(amount, Decimal) and isinstance(currency, str) and isinstance(on, date)):
        return _("Say the amount, the currency and the day: what it comes to is then shown here.")
    try:
        found = in_dollars(Money(amount, currency), on)
    except RateMissing as missing:
        raise RateUnknown(missing) from missing
    usd = to_the_cent(found.usd)
    if found.rate is None:
        return _("USD %(usd)s.") % {"usd": usd}
    return _("USD %(usd)s, at %(rate)s US dollars for one %(currency)s in %(month)s (%(source)s).") % {
        "usd": usd,
        "rate": f"{found.rate.usd_per_unit.normalize():f}",
        "currency": currency,
        "month": date_format(found.rate.on, "F Y"),
        "source": found.rate.source,
    }


def note_shown(request: ViewerRequest, shown: Model, what: str) -> None:
    """Note in the log that somebody was shown a row of the books that is not everybody's."""
    if request.viewer.user_id is not None:
        note_reads(table=shown._meta.db_table, row_ids=[shown.pk], what=what, actor=actor_of(request))
