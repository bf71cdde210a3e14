"""Views of the outbox: which mails left, which did not and why, and sending one again."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from colonnade.members.access import why_not_administer
from colonnade.members.actions import send_again
from colonnade.members.models import Mail
from colonnade.web.administration.forms import MailFilterForm
from colonnade.web.administration.gates import for_administrators, for_those_who_see_people
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.requests import ViewerRequest, actor_of

#: Mails on a page.
SIZE: Final = 50


@require_safe
@for_those_who_see_people
def mails(request: ViewerRequest) -> HttpResponse:
    """The outbox, the newest first."""
    form = MailFilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = Mail.objects.visible_to(request.viewer)
    failed = found.filter(state=Mail.State.FAILED).count()
    if state:
        found = found.filter(state=state)
    number = page_number(request.GET)
    context = {
        "form": form,
        "failed": failed,
        "pages": pages_of(number, SIZE, found.count(), request.GET),
        "rows": found[(number - 1) * SIZE : number * SIZE],
        "administers": why_not_administer(request.viewer) is None,
        "crumbs": [Crumb(_("People and roles"), reverse("people")), Crumb(_("Mails"))],
    }
    return render(request, "administration/mails.html", context)


@require_POST
@for_administrators
def again(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Send a mail again that failed."""
    mail = Mail.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if mail is None:
        raise Http404
    if send_again(mail=mail, actor=actor_of(request)):
        messages.success(request, _("It is being sent again."))
    else:
        messages.error(request, _("This mail did not fail: there is nothing to send again."))
    return redirect("mails")
