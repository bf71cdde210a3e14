"""Views of appeals that everybody reads: the list, one appeal, one of its projects."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.funding.appeal_access import (
    is_donor,
    why_not_change,
    why_not_change_entry,
    why_not_coordinate,
    why_not_keep_moment,
    why_not_run_appeals,
)
from colonnade.funding.appeal_workflow import APPEALS
from colonnade.funding.models import Appeal
from colonnade.funding.queries import AskedFor, about, moments_of, seen_entry
from colonnade.funding.queries.coordination import donor_lines
from colonnade.web.appeals import page as of_page
from colonnade.web.appeals.coordination import donors_table
from colonnade.web.appeals.seen import Seen, bar, narrowed, seen_by
from colonnade.web.fund.audience import seen_as
from colonnade.web.shared.addresses import AUDIENCE
from colonnade.web.shared.blocks import Act, Download
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.partial_dates import in_words
from colonnade.web.shared.requests import ViewerRequest

PAGE_SIZE: Final = 20
KINDS: Final = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"))


@require_safe
def appeals(request: ViewerRequest) -> HttpResponse:
    """Every appeal, the latest first."""
    found = list(Appeal.objects.order_by("-first_year", "key"))
    context = {
        "table": _appeals_table(found) if found else None,
        "runs": why_not_run_appeals(request.viewer) is None,
        "crumbs": crumbs(),
    }
    return render(request, "appeals/appeals.html", context)


@require_safe
def appeal(request: ViewerRequest, key: str) -> HttpResponse:
    """One appeal: what it asks for, what came, what is short, and of whom; and its projects."""
    found = get_object_or_404(Appeal, key=key)
    reading = reading_of(request)
    viewer = reading.reader.viewer
    with reading_as(viewer):
        seen = seen_by(viewer, found)
    here = of_page.appeal_address(found)
    shown = narrowed(seen, request.GET)
    number = page_number(request.GET)
    pages = pages_of(number, PAGE_SIZE, len(shown), request.GET)
    entities = {one.entry.entity_id for one in seen.asked}
    context = {
        "reading": reading,
        "seen_as": seen_as(reading.reader),
        "appeal": found,
        "stats": of_page.stats(seen.whole, f"{here}#projects", projects=len(seen.asked), entities=len(entities)),
        "parts": of_page.parts(seen.whole),
        "breakdowns": of_page.breakdowns(seen),
        "bar": bar(seen, request.GET, here) if seen.asked else None,
        "projects": of_page.projects_table(seen, shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
        "narrowed": len(shown) != len(seen.asked),
        "found": len(shown),
        "pages": pages,
        "facts": of_page.appeal_facts(found, sum(one.entry.at_launch for one in seen.asked)),
        "rules": of_page.RULES,
        "acts": _acts(request.viewer, found),
        "has_moments": bool(moments_of(found)),
        "coordinates": why_not_coordinate(request.viewer) is None,
        "downloads": downloads(request, "appeal-file", [found.key], KINDS) if seen.asked else [],
        "illustrative": is_illustrative(seen.asked),
        "crumbs": crumbs(Crumb(found.title)),
    }
    return render(request, "appeals/appeal.html", context)


@require_safe
def entry(request: ViewerRequest, key: str, public_id: str) -> HttpResponse:
    """One project of an appeal, made for a donor's desk: what, where, who, which needs, what a sum would do."""
    found = get_object_or_404(Appeal, key=key)
    reading = reading_of(request)
    seen, one = entry_seen(reading.reader.viewer, found, public_id)
    with reading_as(reading.reader.viewer):
        lines = donor_lines(reading.reader.viewer, found, [one], seen.about)
    mine = [line for line in lines if line.entry == one.entry]
    viewer = request.viewer
    context = {
        "reading": reading,
        "seen_as": seen_as(reading.reader),
        "appeal": found,
        "one": one,
        "lead": one.entry.purpose or (one.entry.project.description if one.entry.project else ""),
        "stats": of_page.stats(one.sums, "#money"),
        "parts": of_page.parts(one.sums),
        "partial": of_page.partial_table(one),
        "facts": of_page.entry_facts(seen, one),
        "donors": donors_table(seen, mine) if mine else None,
        "rules": of_page.RULES,
        "pledges": (is_donor(viewer) or why_not_run_appeals(viewer) is None)
        and found.standing == Appeal.Standing.LAUNCHED
        and one.entry.left_on is None,
        "changes": why_not_change_entry(viewer, found, one.entry) is None,
        "downloads": downloads(request, "appeal-entry-file", [found.key, public_id], KINDS[:2]),
        "illustrative": is_illustrative([one]),
        "crumbs": crumbs(Crumb(found.title, reverse("appeal", args=[found.key])), Crumb(one.entry.title)),
    }
    return render(request, "appeals/entry.html", context)


def entry_seen(viewer: Viewer, appeal: Appeal, public_id: str) -> tuple[Seen, AskedFor]:
    """An entry as ``viewer`` sees it, with what it is about. Somebody else's is not there."""
    with reading_as(viewer):
        one = seen_entry(viewer, appeal, public_id)
        if one is None:
            raise Http404
        whole = seen_by(viewer, appeal) if one.entry.left_on is None else None
        # One that left is no longer among the others.
        return (whole or Seen(appeal, (one,), about(viewer, [one.entry]))), one


def crumbs(*steps: Crumb) -> list[Crumb]:
    """The way to a page of this area."""
    whole = Crumb(_("Appeals"), reverse("appeals") if steps else "")
    return [Crumb(_("Money"), reverse("money")), whole, *steps]


def is_illustrative(asked: Any) -> bool:
    """Whether any of these was made to illustrate."""
    return any(one.entry.provenance == Provenance.ILLUSTRATIVE for one in asked)


def downloads(request: ViewerRequest, name: str, args: list[str], kinds: Any) -> list[Download]:
    """The files of a page, as the audience that it is looked at as."""
    asked = [(AUDIENCE, request.GET[AUDIENCE])] if request.GET.get(AUDIENCE) else []
    return [Download(title, address_of(asked, reverse(name, args=[*args, kind]))) for kind, title in kinds]


def _acts(viewer: Viewer, found: Appeal) -> list[Act]:
    """What the secretariat can do with the appeal now."""
    if why_not_run_appeals(viewer) is not None:
        return []
    acts = []
    if why_not_change(viewer, found) is None:
        acts.append(Act("add", _("Add a project"), reverse("add-appeal-entry", args=[found.key]), second=True))
    for step, why_not in APPEALS.offered(viewer, found):
        acts.append(Act(step.name, _(step.title), reverse(f"{step.name}-appeal", args=[found.key]), why_not or ""))
    if why_not_keep_moment(viewer, found) is None:
        acts.append(Act("keep", _("Keep it as it stands"), reverse("keep-moment", args=[found.key]), second=True))
    return acts


def _appeals_table(found: list[Appeal]) -> TableView:
    header = (HeaderView(_("Appeal")), HeaderView(_("Period")), HeaderView(_("Standing")), HeaderView(_("Launched")))
    rows = tuple(
        (
            CellView(one.title, reverse("appeal", args=[one.key]), header=True),
            CellView(of_page.period(one)),
            CellView(str(one.get_standing_display())),
            CellView(in_words(one.launched_in) or "–"),
        )
        for one in found
    )
    return TableView(_("Appeals, the latest first"), header, rows)
