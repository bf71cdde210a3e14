"""What became of an appeal since its launch, or since another moment that was kept: a flow that adds up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.display import display_cell, grouped
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.funding.appeal_access import why_not_keep_moment
from colonnade.funding.appeal_sums import Change, Flow, Sums, flow
from colonnade.funding.models import Appeal, AppealEntry, AppealMoment
from colonnade.funding.queries import AskedFor, moments_of, seen_appeal, seen_at
from colonnade.web.appeals.page import entry_address
from colonnade.web.fund.audience import seen_as
from colonnade.web.shared.addresses import AUDIENCE
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb, Tab
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.requests import ViewerRequest

MOMENT = "moment"
_MEASURES: tuple[tuple[str, Callable[[Sums], Decimal]], ...] = (
    ("requirement", lambda one: one.requirement),
    ("received", lambda one: one.received),
    ("pledged", lambda one: one.pledged),
    ("shortfall", lambda one: one.shortfall),
    ("surplus", lambda one: one.surplus),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """The flow from a moment to now, and the projects of each step; a table is ``None`` where there is none."""

    flow: TableView
    new: TableView | None
    left: TableView | None
    changed: TableView | None
    nothing: bool


@require_safe
def since(request: ViewerRequest, key: str) -> HttpResponse:
    """An appeal compared with a moment: the launch where no other is asked for."""
    found = get_object_or_404(Appeal, key=key)
    reading = reading_of(request)
    viewer = reading.reader.viewer
    moments = moments_of(found)
    moment = _asked(moments, request.GET.get(MOMENT, ""))
    context = {
        "reading": reading,
        "seen_as": seen_as(reading.reader),
        "appeal": found,
        "moment": moment,
        "tabs": _tabs(request, found, moments, moment),
        "keeps": why_not_keep_moment(request.viewer, found) is None,
        "crumbs": [
            Crumb(_("Money"), reverse("money")),
            Crumb(_("Appeals"), reverse("appeals")),
            Crumb(found.title, reverse("appeal", args=[key])),
            Crumb(_("Since then")),
        ],
    }
    if moment is not None:
        context["told"] = compared(viewer, found, moment)
    return render(request, "appeals/since.html", context)


def compared(
    viewer: Viewer, appeal: Appeal, moment: AppealMoment, *, now: Sequence[AskedFor] | None = None
) -> Compared:
    """The comparison as ``viewer`` may read it; ``now`` where the appeal was read already."""
    with reading_as(viewer):
        before = seen_at(viewer, moment)
        today = seen_appeal(viewer, appeal).asked if now is None else now
    entries = {one.entry.pk: one.entry for one in (*before, *today)}
    changes, whole = flow({one.entry.pk: one.sums for one in before}, {one.entry.pk: one.sums for one in today})

    def table(caption: str, wanted: Callable[[Change], bool]) -> TableView | None:
        return _changes_table(appeal, caption, entries, changes, wanted)

    return Compared(
        flow=_flow_table(whole, moment),
        new=table(_("Projects that joined"), lambda one: one.before is None),
        left=table(_("Projects that left"), lambda one: one.now is None),
        changed=table(
            _("Projects that stayed, where anything changed"),
            lambda one: one.before is not None and one.now is not None and one.before != one.now,
        ),
        nothing=all(one.before == one.now for one in changes.values()),
    )


def _asked(moments: list[AppealMoment], number: str) -> AppealMoment | None:
    if not number:
        return moments[0] if moments else None
    found = next((one for one in moments if str(one.number) == number), None)
    if found is None:
        raise Http404
    return found


def _tabs(
    request: ViewerRequest, appeal: Appeal, moments: list[AppealMoment], current: AppealMoment | None
) -> list[Tab]:
    kept = [(AUDIENCE, request.GET[AUDIENCE])] if request.GET.get(AUDIENCE) else []
    here = reverse("appeal-since", args=[appeal.key])
    return [
        Tab(
            f"{one.title}, {short_day(one.taken_at.date())}",
            address_of([*kept, (MOMENT, str(one.number))], here),
            one == current,
        )
        for one in moments
    ]


def _titles() -> dict[str, str]:
    return {
        "requirement": _("Requirement"),
        "received": _("Received so far"),
        "pledged": _("Pledged"),
        "shortfall": _("Shortfall"),
        "surplus": _("Surplus"),
    }


def _flow_table(whole: Flow, moment: AppealMoment) -> TableView:
    """Then, what joined, what left, what changed, now: each column adds up."""
    titles = _titles()
    header = (HeaderView(_("Step")), *(HeaderView(titles[name], numeric=True) for name, _of in _MEASURES))
    joined, left = _("Projects that joined"), _("Projects that left")
    steps: list[tuple[str, list[Decimal], bool]] = [
        (
            _("%(title)s, %(day)s") % {"title": moment.title, "day": short_day(moment.taken_at.date())},
            [of(whole.before) for _name, of in _MEASURES],
            False,
        ),
        (joined, [of(whole.joined) for _name, of in _MEASURES], True),
        (left, [-of(whole.left) for _name, of in _MEASURES], True),
        (
            _("Changed in those that stayed"),
            [of(whole.carried_now) - of(whole.carried_before) for _name, of in _MEASURES],
            True,
        ),
    ]
    rows = tuple(
        (CellView(title, header=True), *(_moved(usd) if moves else _amount(usd) for usd in amounts))
        for title, amounts, moves in steps
    )
    now = (CellView(_("Now"), header=True), *(_amount(of(whole.now)) for _name, of in _MEASURES))
    return TableView(
        _("From then to now, in US dollars"),
        header,
        rows,
        now,
        note=_("Each column adds up: what was, with what joined, less what left, with what changed, is what is now."),
    )


def _changes_table(
    appeal: Appeal,
    caption: str,
    entries: Mapping[int, AppealEntry],
    changes: Mapping[int, Change],
    wanted: Callable[[Change], bool],
) -> TableView | None:
    chosen = [(entries[key], change) for key, change in changes.items() if wanted(change)]
    if not chosen:
        return None
    titles = _titles()
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Entity")),
        *(HeaderView(titles[name], numeric=True) for name, _of in _MEASURES),
    )
    rows = []
    for entry, change in chosen:
        cells = [
            CellView(entry.title, entry_address(appeal, entry), header=True, aside=entry.left_because),
            CellView(entry.entity.abbreviation),
        ]
        for _name, of in _MEASURES:
            cells.append(_cell(change, of))
        rows.append(tuple(cells))
    return TableView(caption, header, tuple(rows))


def _cell(change: Change, of: Callable[[Sums], Decimal]) -> CellView:
    now = change.now or change.before or Sums()
    if change.now is None or change.before is None:
        return _amount(of(now))
    moved = of(change.now) - of(change.before)
    return CellView(display_cell(of(now), "USD"), numeric=True, aside=_signed(moved) if moved else "")


def _amount(usd: Decimal) -> CellView:
    return CellView(grouped(usd), numeric=True)


def _moved(usd: Decimal) -> CellView:
    return CellView(_signed(usd) if usd else "0", numeric=True)


def _signed(usd: Decimal) -> str:
    """With its sign: ``+1,000`` or ``−1,000``."""
    return f"+{grouped(usd)}" if usd > 0 else f"\u2212{grouped(-usd)}"
