"""Views of history. Nobody but people of the registry reads it: for everybody else it is not there."""

from datetime import date

from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.models import Head
from colonnade.core.viewer import Role
from colonnade.web.history.changes import (
    BEFORE,
    MOST_IN_A_FILE,
    Row,
    asked_in,
    changes_for,
    every_change,
    fields_of_the_filter,
)
from colonnade.web.history.record import find, history_of, standing_on
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.facts import facts
from colonnade.web.shared.filters import filter_bar
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.parameters import address_of, address_with, pairs_in
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.separated import download
from colonnade.web.shared.stepping_up import confirmed_recently


@require_safe
def record_history(request: ViewerRequest, kind: str, identifier: str) -> HttpResponse:
    """How one record came to say what it says; with ``on``, how it stood at the end of that day."""
    found = find(request.viewer, kind, identifier) if request.viewer.user_id is not None else None
    if found is None:
        raise Http404
    note_if_restricted(request, found.record, "history-page")
    address = record_address(kind, identifier)
    asked = request.GET.get("on", "")
    try:
        on = date.fromisoformat(asked) if asked else None
    except ValueError:
        on = None
    context = {
        "found": found,
        "kind": _(found.kind.title),
        "crumbs": [
            Crumb(_("Recent changes"), reverse("changes")),
            *([Crumb(found.title, address)] if address else []),
            Crumb(_("History")),
        ],
        "history": history_of(found),
        "asked": asked,
        "not_a_day": bool(asked) and on is None,
        "standing": standing_on(found, on) if on else None,
    }
    return render(request, "history/record.html", context, status=400 if context["not_a_day"] else 200)


@require_safe
def changes(request: ViewerRequest) -> HttpResponse:
    """What changed lately, as far as the reader may see it."""
    viewer = request.viewer
    if viewer.user_id is None:
        raise Http404
    asked = asked_in(request.GET)
    found = changes_for(viewer, asked)
    csv = address_of(pairs_in(request.GET, without=[BEFORE]), reverse("changes-csv"))
    fields = fields_of_the_filter(found, audits=Role.AUDITOR in request.viewer.roles)
    context = {
        "bar": filter_bar(_without_place(request), fields=fields, path=reverse("changes")),
        "rows": found.rows,
        "older": address_with(request.GET, BEFORE, str(found.older)) if found.older else "",
        "newest": address_of(pairs_in(request.GET, without=[BEFORE]), reverse("changes")) if asked.before else "",
        "downloads": [Download("CSV", csv, _("the newest %(most)s") % {"most": f"{MOST_IN_A_FILE:,}"})],
        "seals": viewer.sees_restricted,
    }
    return render(request, "history/changes.html", context)


@require_safe
@confirmed_recently
def changes_separated(request: ViewerRequest) -> StreamingHttpResponse:
    """The same as CSV; with the numbers of events and their seals for those who see everything."""
    rows = every_change(request.viewer, asked_in(request.GET))
    header = ["at", "kind", "record", "operation", "action", "by", "changes"]
    lines = [_line(row) for row in rows]
    if request.viewer.sees_restricted:
        header += ["event", "sealed_in_head"]
        lines = [[*line, row.number, row.seal or None] for line, row in zip(lines, rows, strict=True)]
    return download("changes", header, lines)


@require_safe
def seal(request: ViewerRequest, position: int) -> HttpResponse:
    """One head of the sealed log: what it seals and how, and nothing of what was written."""
    if not request.viewer.sees_restricted:
        raise Http404
    head = get_object_or_404(Head.objects.defer("leaves"), position=position)
    newest = Head.objects.order_by("-position").values_list("position", flat=True).first() or 0
    known = facts(
        (_("Position"), str(head.position)),
        (_("Sealed"), head.sealed_at.strftime("%Y-%m-%d %H:%M:%S UTC")),
        (_("Events"), str(head.last - head.first + 1)),
        (_("Counted from the first"), f"{head.first}–{head.last}"),
        (_("Highest number sealed so far"), str(head.newest)),
        (_("Hash"), bytes(head.hash).hex()),
        (_("Hash of the head before"), bytes(head.previous).hex()),
    )
    context = {
        "head": head,
        "facts": known,
        "before": reverse("seal", args=[position - 1]) if position > 1 else "",
        "after": reverse("seal", args=[position + 1]) if position < newest else "",
        "crumbs": [Crumb(_("Recent changes"), reverse("changes")), Crumb(_("Seal %(number)s") % {"number": position})],
    }
    return render(request, "history/seal.html", context)


def _without_place(request: ViewerRequest) -> QueryDict:
    query = request.GET.copy()
    query.pop(BEFORE, None)
    return query


def _line(row: Row) -> list[str | int | None]:
    said = "; ".join(f"{each.what}: {each.before or '–'} → {each.after or '–'}" for each in row.changes)
    return [
        row.at.isoformat(timespec="seconds"),
        row.kind,
        row.title,
        row.operation,
        row.action,
        row.who,
        said,
    ]
