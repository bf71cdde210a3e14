"""What a call came to, for those at its desk: days per step, and what was asked, recommended and given.

Every number opens to the proposals that it is made of.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.core.reading import reading_as
from colonnade.review.board_figures import passed_of
from colonnade.review.models import Call
from colonnade.review.passages import MEASURES, Passed, Success, behind, days_per_step, spent_by, success, success_by
from colonnade.review.rules import Rules
from colonnade.web.board.printed import money
from colonnade.web.board.steps import call_at, crumbs
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest

#: What success is told by -> how people call it.
TRAITS: Final = {
    "entity": gettext_noop("Applicant"),
    "group": gettext_noop("Working group"),
    "pillar": gettext_noop("Pillar"),
    "theme": gettext_noop("Theme"),
    "origin": gettext_noop("Origin"),
}
#: What is counted (:data:`~colonnade.review.passages.MEASURES`) -> how people call it.
TITLES: Final = {
    "sent": gettext_noop("Sent"),
    "decided": gettext_noop("Decided"),
    "approved": gettext_noop("Approved"),
    "asked": gettext_noop("Asked (US dollars)"),
    "recommended": gettext_noop("Recommended (US dollars)"),
    "given": gettext_noop("Given (US dollars)"),
}
IN_DOLLARS: Final = ("asked", "recommended", "given")
NOT_SAID: Final = "–"


@require_safe
def call_figures(request: ViewerRequest, code: str) -> HttpResponse:
    """Days per step, and what was asked, recommended and given, over the proposals that the reader may see."""
    call = call_at(request, code)
    with reading_as(request.viewer):
        passed = passed_of(request.viewer, call)
    context = {
        "call": call,
        "days": _days_table(call, passed),
        "tables": [
            {"name": name, "table": _success_table(call, _(title), name, passed)} for name, title in TRAITS.items()
        ],
        "counted": len(passed),
        "crumbs": crumbs(
            Crumb(call.title, reverse("board-call", args=[call.code])),
            Crumb(_("How long it took, and who was given what")),
        ),
    }
    return render(request, "board/figures.html", context)


@require_safe
def figure_records(request: ViewerRequest, code: str) -> HttpResponse:
    """The proposals that a number is made of, and what each adds to it: ``measure``, and with ``by`` and ``of`` only
    those with a trait; or ``step``, and the days that each spent there."""
    call = call_at(request, code)
    with reading_as(request.viewer):
        passed = passed_of(request.viewer, call)
    step, by = request.GET.get("step", ""), request.GET.get("by", "")
    titles = _steps(call)
    if step:
        if step not in titles:
            raise Http404
        title, among, table = titles[step], "", _spent_table(titles[step], step, passed)
    else:
        measure = request.GET.get("measure", "")
        if measure not in MEASURES or (by and by not in TRAITS):
            raise Http404
        of = request.GET.get("of", "")
        found = behind(measure, [each for each in passed if not by or each.traits.get(by, "") == of])
        title, among = _(TITLES[measure]), f"{_(TRAITS[by])}: {of or NOT_SAID}" if by else ""
        table = _behind_table(title, measure, found)
    context = {
        "call": call,
        "title": title,
        "among": among,
        "table": table,
        "crumbs": crumbs(
            Crumb(call.title, reverse("board-call", args=[call.code])),
            Crumb(_("How long it took, and who was given what"), reverse("board-figures", args=[call.code])),
            Crumb(title),
        ),
    }
    return render(request, "board/figure-records.html", context)


def _opens(call: Call, **asked: str) -> str:
    return f"{reverse('board-figure-records', args=[call.code])}?{urlencode(asked)}"


def _steps(call: Call) -> dict[str, str]:
    """Code of each step of the call's process -> its title."""
    return {step.code: step.title for step in Rules.read(call.rules).steps}


def _days_table(call: Call, passed: list[Passed]) -> TableView:
    titles = _steps(call)
    header = (
        HeaderView(_("Step")),
        HeaderView(_("Proposals"), numeric=True),
        HeaderView(_("Fewest days"), numeric=True),
        HeaderView(_("Median"), numeric=True),
        HeaderView(_("Most days"), numeric=True),
    )
    rows = []
    for each in days_per_step(passed):
        href = _opens(call, step=each.step)
        numbers = (grouped(each.proposals), grouped(each.shortest), f"{each.middle:g}", grouped(each.longest))
        rows.append(
            (
                CellView(titles.get(each.step, each.step), header=True),
                *(CellView(number, href, numeric=True) for number in numbers),
            )
        )
    return TableView(_("Days per step"), header, tuple(rows))


def _success_table(call: Call, title: str, name: str, passed: list[Passed]) -> TableView:
    header = (HeaderView(title), *(HeaderView(_(each), numeric=True) for each in TITLES.values()))
    rows = tuple(
        _success_row(call, each, each.trait or NOT_SAID, by=name, of=each.trait) for each in success_by(name, passed)
    )
    totals = _success_row(call, success(passed), _("Total"))
    return TableView(_("By %(trait)s") % {"trait": title.lower()}, header, rows, totals if rows else ())


def _success_row(call: Call, each: Success, title: str, **among: str) -> tuple[CellView, ...]:
    cells = [CellView(title, header=True)]
    for measure in TITLES:
        number: int | Decimal = getattr(each, measure)
        href = _opens(call, measure=measure, **among) if number else ""
        cells.append(CellView(_shown(measure, number), href, numeric=True))
    return tuple(cells)


def _shown(measure: str, number: int | Decimal) -> str:
    return money(Decimal(number)) if measure in IN_DOLLARS else grouped(number)


def _behind_table(title: str, measure: str, found: Sequence[tuple[Passed, int | Decimal]]) -> TableView:
    rows = tuple(
        (*_named(each), CellView(_shown(measure, adds), numeric=True))
        for each, adds in sorted(found, key=lambda pair: (-pair[1], pair[0].title, pair[0].public_id))
    )
    total = _shown(measure, sum((adds for _each, adds in found), 0))
    totals = (CellView(_("Total"), header=True), CellView(""), CellView(total, numeric=True))
    return TableView(title, _header(title), rows, totals)


def _spent_table(title: str, step: str, passed: Sequence[Passed]) -> TableView:
    found = [(each, days) for each in passed for done, days in spent_by(each) if done == step]
    rows = tuple(
        (*_named(each), CellView(grouped(days), numeric=True))
        for each, days in sorted(found, key=lambda pair: (-pair[1], pair[0].title, pair[0].public_id))
    )
    return TableView(title, _header(_("Days")), rows)


def _header(last: str) -> tuple[HeaderView, ...]:
    return (HeaderView(_("Proposal")), HeaderView(_("Applicant")), HeaderView(last, numeric=True))


def _named(each: Passed) -> tuple[CellView, CellView]:
    address = reverse("proposal-way", args=[each.public_id])
    return CellView(each.title, address, header=True), CellView(each.traits["entity"])
