"""Views of handing over: what was handed to somebody, for whom one can do it, and doing it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.viewer import Role, Viewer
from colonnade.members.access import HANDED_OVER, why_not_hand_over
from colonnade.members.models import Handover, RoleHeld
from colonnade.needs.handing_over import HandoverRefused, colleagues_of, hand_over, open_of
from colonnade.web.handing_over.forms import HandoverForm
from colonnade.web.handing_over.shown import shown, taken
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.roles import role_for


@require_safe
def handing_over(request: ViewerRequest) -> HttpResponse:
    """What was handed over to or by the reader, and the roles that they can hand over."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("handing-over"))
    roles = _roles(request.viewer)
    own = [one for one in roles if one.person_id == request.viewer.user_id]
    context = {
        "taken": taken(request.viewer),
        "own": [(one, role_for(one.role, one.entity, one.country)) for one in own],
        "of_others": [(one, role_for(one.role, one.entity, one.country)) for one in roles if one not in own],
        "today": timezone.localdate(),
    }
    return render(request, "handing_over/handing-over.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_role(request: ViewerRequest, key: int) -> HttpResponse:
    """What is open under one role, and to whom it goes. Somebody else's role is not there."""
    role = RoleHeld.objects.select_related("person", "entity", "country").filter(pk=key).first()
    if role is None or why_not_hand_over(request.viewer, role) is not None:
        raise Http404
    found, today = open_of(role), timezone.localdate()
    colleagues = colleagues_of(role, today)
    done = Handover.objects.unscoped("whether it was done").filter(role=role).exists()
    form = HandoverForm(
        request.POST or None,
        colleagues=colleagues,
        proposals=[one.public_id for one in found.proposals],
        last_day=role.ends_on or today,
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = hand_over(
                role=role,
                to=asked["to"],
                last_day=asked["last_day"],
                note=asked["note"],
                take_back=asked["take_back"],
                person=person_of(request),
                actor=actor_of(request),
            )
        except HandoverRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Handed over to %(person)s.") % {"person": made.to_person.name})
            return redirect("handing-over")
    context = {
        "role": role,
        "title": role_for(role.role, role.entity, role.country),
        "own": role.person_id == request.viewer.user_id,
        "open": shown(request.viewer, found, own=role.person_id == request.viewer.user_id),
        "colleagues": colleagues,
        "done": done,
        "form": form,
        "taken_back": request.POST.getlist("take_back"),
        "crumbs": [Crumb(_("Handing over"), reverse("handing-over")), Crumb(role.person.name)],
    }
    return render(request, "handing_over/role.html", context, status=400 if form.errors else 200)


def _roles(viewer: Viewer) -> list[RoleHeld]:
    """The roles that ``viewer`` can hand over, and were not yet: their own; for officers and administrators, all."""
    roles = RoleHeld.objects.filter(role__in=HANDED_OVER).select_related("person", "entity", "country")
    if not viewer.roles & {Role.SECRETARIAT, Role.ADMINISTRATOR}:
        roles = roles.filter(person=viewer.user_id)
    done = Handover.objects.unscoped("which are done").values("role")
    return list(roles.exclude(pk__in=done).order_by("person__name", "pk"))
