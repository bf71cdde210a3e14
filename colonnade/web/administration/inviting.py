"""Views of inviting somebody."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.members.actions import PeopleRefused, invite, invite_again
from colonnade.members.models import Invitation, Person
from colonnade.web.administration.forms import InviteForm, RoleForms
from colonnade.web.administration.gates import for_administrators
from colonnade.web.people.post import site_of
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@confirmed_recently
def invite_person(request: ViewerRequest) -> HttpResponse:
    """Ask somebody in, with up to three roles."""
    sent = request.POST if request.method == "POST" else None
    form, roles = InviteForm(sent), RoleForms(sent, prefix="roles")
    if sent is None or not (form.is_valid() and roles.is_valid()):
        return _page(request, form, roles, status=200 if sent is None else 400)
    wanted = [each.wanted for each in roles if each.has_changed()]
    try:
        invitation = invite(
            name=form.cleaned_data["name"],
            address=form.cleaned_data["address"],
            roles=wanted,
            by=person_of(request),
            site=site_of(request),
            actor=actor_of(request),
        )
    except PeopleRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, roles, status=400)
    person = invitation.person
    messages.success(request, _("%(name)s is invited; the mail is on its way.") % {"name": person.name})
    return redirect("person", public_id=person.public_id)


@require_POST
@for_administrators
@confirmed_recently
def again(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Send another mail with another link."""
    person = Person.objects.filter(public_id=public_id).first()
    invitation = Invitation.objects.visible_to(request.viewer).filter(person=person).first() if person else None
    if invitation is None:
        raise Http404
    try:
        invite_again(invitation=invitation, by=person_of(request), site=site_of(request), actor=actor_of(request))
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Another mail is on its way. The link before it does not work any more."))
    return redirect("person", public_id=public_id)


def _page(request: ViewerRequest, form: InviteForm, roles: "RoleForms", *, status: int) -> HttpResponse:  # type: ignore[valid-type]  # a class that Django makes
    context = {
        "form": form,
        "roles": roles,
        "crumbs": [Crumb(_("People and roles"), reverse("people")), Crumb(_("Invite somebody"))],
    }
    return render(request, "administration/invite.html", context, status=status)
