"""Views of the people who have an account: the list, and a page for each with what an administrator can do."""

from collections.abc import Callable
from typing import Any, Final

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from colonnade.members.access import (
    why_not_administer,
    why_not_administer_person,
    why_not_grant,
    why_not_invite_again,
    why_not_reactivate,
)
from colonnade.members.actions import PeopleRefused, deactivate, end_role, grant_role, note_signed_out, reactivate
from colonnade.members.models import Invitation, Person, RoleHeld, SignIn
from colonnade.web.administration.forms import LastDayForm, PeopleFilterForm, RoleForm
from colonnade.web.administration.gates import for_administrators, for_those_who_see_people
from colonnade.web.administration.listed import STANDINGS, people_matching, roles_of, row_of, standing_in
from colonnade.web.people.factors import factors_of, forget_second_factors
from colonnade.web.people.sessions import end_sessions, sessions_of
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

#: People on a page.
SIZE: Final = 50
#: Of what happened at the door, how much a person's page shows.
SIGN_INS_SHOWN: Final = 10


@require_safe
@for_those_who_see_people
def people(request: ViewerRequest) -> HttpResponse:
    """Who has an account, in which standing, with which roles today."""
    today = timezone.localdate()
    form = PeopleFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "standing": "", "role": ""}
    found = people_matching(typed=asked["q"], standing=asked["standing"], role=asked["role"], on=today)
    number = page_number(request.GET)
    pages = pages_of(number, SIZE, found.count(), request.GET)
    context = {
        "form": form,
        "rows": [row_of(person, today) for person in found[(number - 1) * SIZE : number * SIZE]],
        "pages": pages,
        "standings": STANDINGS,
        "administers": why_not_administer(request.viewer) is None,
    }
    return render(request, "administration/people.html", context)


@require_safe
@for_those_who_see_people
def person(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Somebody: standing, roles of now, later and before, and what can be done."""
    return _page(request, _person(public_id))


@require_POST
@for_administrators
@confirmed_recently
def grant(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Give somebody a role."""
    found, form = _person(public_id), RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=400)
    try:
        grant_role(person=found, wanted=form.wanted, by=person_of(request), actor=actor_of(request))
    except PeopleRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form=form, status=400)
    messages.success(request, _("The role was granted."))
    return redirect("person", public_id=public_id)


@require_POST
@for_administrators
@confirmed_recently
def end(request: ViewerRequest, public_id: str, role: int) -> HttpResponse:
    """End a role, at once or after a day."""
    found, form = _person(public_id), LastDayForm(request.POST)
    held = RoleHeld.objects.filter(person=found, pk=role).first()
    if held is None:
        raise Http404
    if not form.is_valid():
        return _page(request, found, ending=held, end_form=form, status=400)
    try:
        end_role(role=held, last_day=form.day, by=person_of(request), actor=actor_of(request))
    except PeopleRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, ending=held, end_form=form, status=400)
    if form.day is None:
        messages.success(request, _("The role is ended: from the next page on it counts no more."))
    else:
        messages.success(request, _("The role has a last day now."))
    return redirect("person", public_id=public_id)


@require_POST
@for_administrators
@confirmed_recently
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Withdraw somebody; they are signed out everywhere."""

    def write(found: Person) -> str:
        deactivate(person=found, by=person_of(request), actor=actor_of(request))
        end_sessions(found)
        return _("%(name)s is withdrawn, and signed out everywhere.") % {"name": found.name}

    return _done(request, public_id, write)


@require_POST
@for_administrators
@confirmed_recently
def let_in(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Let somebody in again who was withdrawn."""

    def write(found: Person) -> str:
        reactivate(person=found, by=person_of(request), actor=actor_of(request))
        return _("%(name)s is let in again, with the roles that are in force.") % {"name": found.name}

    return _done(request, public_id, write)


@require_POST
@for_administrators
@confirmed_recently
def forget_factors(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take away the second factors of somebody who lost them."""

    def write(found: Person) -> str:
        if reason := why_not_administer_person(request.viewer, found):
            raise PeopleRefused(reason)
        forget_second_factors(person=found, actor=actor_of(request))
        return _("The second factors are taken away. %(name)s adds a new one at the next sign-in.") % {
            "name": found.name
        }

    return _done(request, public_id, write)


@require_POST
@for_administrators
@confirmed_recently
def sign_out_everywhere(request: ViewerRequest, public_id: str) -> HttpResponse:
    """End every session of somebody; one's own other ones are ended on the page of one's own."""

    def write(found: Person) -> str:
        if reason := why_not_administer_person(request.viewer, found):
            raise PeopleRefused(reason)
        if end_sessions(found):
            note_signed_out(person=found, actor=actor_of(request))
        return _("%(name)s is signed out everywhere.") % {"name": found.name}

    return _done(request, public_id, write)


def _done(request: ViewerRequest, public_id: str, write: Callable[[Person], str]) -> HttpResponse:
    found = _person(public_id)
    try:
        messages.success(request, write(found))
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    return redirect("person", public_id=public_id)


def _person(public_id: str) -> Person:
    found = Person.objects.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: ViewerRequest,
    found: Person,
    *,
    form: RoleForm | None = None,
    ending: RoleHeld | None = None,
    end_form: LastDayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, today = request.viewer, timezone.localdate()
    invitation = Invitation.objects.visible_to(viewer).filter(person_id=found.pk).first()
    if invitation is not None:
        invitation.person = found
    is_outside = invitation is not None and invitation.accepted_at is None
    roles = roles_of(found, today)
    context: dict[str, Any] = {
        "found": found,
        "standing": STANDINGS[standing_in(found, is_outside=is_outside)],
        "invitation": invitation,
        "is_outside": is_outside,
        "expired": is_outside and invitation is not None and timezone.now() >= invitation.expires_at,
        "groups": [
            (_("Roles now"), roles.now, True),
            (_("Roles to come"), roles.future, True),
            (_("Roles before"), roles.past, False),
        ],
        "factors": factors_of(found).count(),
        "has_password": found.has_usable_password(),
        "organisations": SocialAccount.objects.filter(user=found).count(),
        "sessions": sessions_of(found),
        "sign_ins": SignIn.objects.visible_to(viewer).filter(person=found)[:SIGN_INS_SHOWN],
        "form": form or RoleForm(),
        "ending": ending,
        "end_form": end_form,
        "crumbs": [Crumb(_("People and roles"), reverse("people")), Crumb(found.name)],
        "administers": why_not_administer(viewer) is None,
        "why_not_grant": why_not_grant(viewer, found),
        "why_not_administer": why_not_administer_person(viewer, found),
        "may_let_in": why_not_reactivate(viewer, found) is None,
        "may_invite_again": invitation is not None and why_not_invite_again(viewer, invitation) is None,
    }
    return render(request, "administration/person.html", context, status=status)
