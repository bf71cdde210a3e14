"""Views of what concerns the books as a whole: money that moves between windows, and the closing of a period."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.funding.actions import Voucher, close_books, reassign
from colonnade.funding.models import Closing
from colonnade.web.fund.forms import CloseForm, MoveForm
from colonnade.web.fund.keeping import form_page, insist_on_keeper
from colonnade.web.fund.purses import chosen
from colonnade.web.shared.days import short_day
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: ViewerRequest) -> HttpResponse:
    """Record that free money moves to another window or earmark, by the consent that its document gives."""
    insist_on_keeper(request)
    form = MoveForm(request.POST or None, initial={"on": timezone.localdate()})

    def write() -> str:
        typed = form.cleaned_data
        source, target = form.chosen, chosen(typed["to_purse"])
        made = reassign(
            amount_usd=typed["amount_usd"],
            voucher=Voucher(typed["on"], typed["document"], typed["narrative"]),
            window=source.window,
            earmark=source.earmark,
            to_window=target.window,
            to_earmark=target.earmark,
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("fund-entry", args=[made.public_id])

    return form_page(
        request,
        form,
        _("Move money between windows"),
        _("Move it"),
        write,
        _("The money is moved."),
        notice=_("It was given once, and is counted once: what came in stays with the window that it came in to."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def close(request: ViewerRequest) -> HttpResponse:
    """Close the books up to a day."""
    insist_on_keeper(request)
    form = CloseForm(request.POST or None)
    last = Closing.objects.order_by("-until").first()

    def write() -> str:
        close_books(until=form.cleaned_data["until"], person=person_of(request), actor=actor_of(request))
        return reverse("fund-statement")

    return form_page(
        request,
        form,
        _("Close the books"),
        _("Close them"),
        write,
        _("The books are closed up to that day."),
        lead=_("They are closed up to %(day)s.") % {"day": short_day(last.until)} if last else "",
        notice=_("No entry is dated on that day or before any more. It cannot be taken back."),
    )
