"""The versions of a plan: a list, each as it was agreed, and what changed from one to the next in plain words."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.core.reading import reading_as
from colonnade.needs.models import PlanVersion
from colonnade.needs.plans.differences import Difference, differences
from colonnade.needs.plans.queries import version_content, versions_of
from colonnade.web.plans.tree import money_words
from colonnade.web.plans.views import crumbs, is_illustrative, plan_of, says, to_plan
from colonnade.web.plans.words import change_words, difference_words
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def versions_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The versions of a plan that the reader may see."""
    plan = plan_of(request, public_id, "plan-versions")
    with reading_as(request.viewer):
        found = versions_of(request.viewer, plan)
    context = {
        "plan": plan,
        "illustrative": is_illustrative(plan),
        "title": _("Versions"),
        "table": _versions_table(public_id, found),
        "crumbs": crumbs(to_plan(plan), Crumb(_("Versions"))),
    }
    return render(request, "plans/versions.html", context)


@require_safe
def version_page(request: ViewerRequest, public_id: str, number: int) -> HttpResponse:
    """One version as it was proposed; of its needs, those that the reader sees now."""
    plan = plan_of(request, public_id, "plan-version")
    with reading_as(request.viewer):
        version = _version(versions_of(request.viewer, plan), number)
        content = version_content(request.viewer, plan, version, as_frozen=True)
        context = {
            "plan": plan,
            "illustrative": is_illustrative(plan),
            "title": _("Version %(number)s") % {"number": number},
            "version": version,
            "content": content,
            "money": money_words(content.money),
            "proposed": short_day(timezone.localdate(version.proposed_at)),
            **says(content),
            "crumbs": crumbs(to_plan(plan), _to_versions(public_id), Crumb(str(number))),
        }
    return render(request, "plans/version.html", context)


@require_safe
def changes_page(request: ViewerRequest, public_id: str, number: int) -> HttpResponse:
    """What is new in a version, against the one before it, in plain words."""
    plan = plan_of(request, public_id, "plan-changes")
    with reading_as(request.viewer):
        found = versions_of(request.viewer, plan)
        after, before = _version(found, number), _version(found, number - 1)
        changed = differences(
            *(version_content(request.viewer, plan, each, as_frozen=True) for each in (before, after))
        )
    context = {
        "plan": plan,
        "illustrative": is_illustrative(plan),
        "title": _("What is new in version %(number)s") % {"number": number},
        "changed": [_spoken(each) for each in changed],
        "crumbs": crumbs(to_plan(plan), _to_versions(public_id), Crumb(_("What is new"))),
    }
    return render(request, "plans/changes.html", context)


def _spoken(one: Difference) -> dict[str, object]:
    return {"what": difference_words(one), "text": one.text, "changes": [change_words(each) for each in one.changes]}


def _to_versions(public_id: str) -> Crumb:
    return Crumb(_("Versions"), reverse("plan-versions", args=[public_id]))


def _version(found: list[PlanVersion], number: int) -> PlanVersion:
    """The version of that number that is agreed or proposed."""
    for each in found:
        if each.number == number and each.standing != PlanVersion.Standing.RETURNED:
            return each
    raise Http404


def _versions_table(public_id: str, found: list[PlanVersion]) -> TableView | None:
    if not found:
        return None
    standing = {each.number for each in found if each.standing != PlanVersion.Standing.RETURNED}
    header = tuple(
        HeaderView(title)
        for title in (_("Version"), _("Standing"), _("Proposed"), _("Agreed"), _("What is new"), _("Changes"))
    )
    rows = []
    for each in found:
        is_there = each.standing != PlanVersion.Standing.RETURNED
        address = reverse("plan-version", args=[public_id, each.number]) if is_there else ""
        changes = reverse("plan-changes", args=[public_id, each.number])
        rows.append(
            (
                CellView(str(each.number), address, header=True),
                CellView(str(each.get_standing_display()), aside=each.returned_because),
                CellView(short_day(timezone.localdate(each.proposed_at))),
                CellView(short_day(each.agreed_on) if each.agreed_on else "–"),
                CellView(each.changes or "–"),
                CellView(_("Compare"), changes) if is_there and each.number - 1 in standing else CellView("–"),
            )
        )
    return TableView(_("Versions of this plan"), header, tuple(rows))
