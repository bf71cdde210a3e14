"""The page on which donors coordinate: who funds what where, planned too, what nobody funds, where many do."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.funding.access import gives_as
from colonnade.funding.appeal_access import (
    is_donor,
    why_not_coordinate,
    why_not_end,
    why_not_run_appeals,
    why_not_speak_for,
)
from colonnade.funding.appeal_sums import CROWDED
from colonnade.funding.models import Appeal, Intention
from colonnade.funding.queries import AskedFor
from colonnade.funding.queries.coordination import (
    Crowd,
    DonorLine,
    How,
    beyond_their_requirement,
    crowds,
    donor_lines,
    without_a_donor,
)
from colonnade.places.models import Country, Region
from colonnade.strategy.models import Pillar
from colonnade.web.appeals.page import amount, entry_address
from colonnade.web.appeals.seen import Seen, seen_by
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.numbers import CellView, HeaderView, TableView, in_readers_words
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.requests import ViewerRequest

#: How many rows of gaps stand on the page; the appeal's own page lists every project.
FIRST: Final = 25
HOW: Final = {
    How.CONTRIBUTED: gettext_lazy("Contributed"),
    How.PLEDGED: gettext_lazy("Pledged"),
    How.PLANNED: gettext_lazy("Planned"),
}


@require_safe
def coordination(request: ViewerRequest, key: str) -> HttpResponse:
    """Who funds what where, as far as donors let each other know it."""
    found = get_object_or_404(Appeal, key=key)
    viewer, why_not = request.viewer, why_not_coordinate(request.viewer)
    context: dict[str, Any] = {
        "appeal": found,
        "why_not": why_not,
        "crumbs": [
            Crumb(_("Money"), reverse("money")),
            Crumb(_("Appeals"), reverse("appeals")),
            Crumb(found.title, reverse("appeal", args=[key])),
            Crumb(_("Donors")),
        ],
    }
    if why_not is None:
        with reading_as(viewer):
            seen = seen_by(viewer, found)
            lines = donor_lines(viewer, found, seen.asked, seen.about)
            named = _names()
        gaps = without_a_donor(seen.asked, lines)
        context |= {
            "lines": donors_table(seen, lines, of_everybody=True) if lines else None,
            "by_pillar": _matrix(
                lines, _("Donors by pillar"), lambda line: [line.pillar] if line.pillar else [], named["pillar"]
            ),
            "by_region": _matrix(lines, _("Donors by region"), lambda line: line.regions, named["region"]),
            "by_country": _by_state(lines, named["country"]),
            "gaps": _gaps_table(seen, gaps) if gaps else None,
            "more_gaps": max(0, len(gaps) - FIRST),
            "crowds": _crowds_table(crowds(lines), named),
            "beyond": _beyond_table(seen, beyond_their_requirement(seen.asked)),
            "own": _own(viewer, found, lines),
            "speaks": is_donor(viewer) or why_not_run_appeals(viewer) is None,
            "open": found.standing == Appeal.Standing.LAUNCHED,
            "crowded": CROWDED,
        }
    return render(request, "appeals/donors.html", context)


def donors_table(seen: Seen, lines: Sequence[DonorLine], *, of_everybody: bool = False) -> TableView:
    """Donors, each with what they fund, where, when and how much, as far as it is said."""
    header = [HeaderView(_("Donor")), HeaderView(_("How"))]
    if of_everybody:
        header += [HeaderView(_("For")), HeaderView(_("Where"))]
    header += [HeaderView(_("Years")), HeaderView(_("US dollars"), numeric=True)]
    rows = []
    for line in lines:
        cells = [
            CellView(line.contributor.name, record_address("contributor", line.contributor.code), header=True),
            CellView(standing_of(line)),
        ]
        if of_everybody:
            cells += [_what(seen, line), CellView(_where(seen, line))]
        href = entry_address(seen.appeal, line.entry) if line.entry else ""
        cells += [
            CellView(_years(line)),
            CellView(grouped(line.usd), href, numeric=True)
            if line.usd is not None
            else CellView(_("Not said"), numeric=True),
        ]
        rows.append(tuple(cells))
    note = _(
        "Plans are in no total of the appeal. Where an amount is not said, its donor lets others see that they are"
        " there, and no more."
    )
    return TableView(_("Who funds it, and who plans to"), tuple(header), tuple(rows), note=note)


def standing_of(line: DonorLine) -> str:
    """In which way a donor is there: of a pledge that the reader may read, its standing in the books."""
    return str(line.pledge.get_standing_display() if line.pledge else HOW[line.how])


def _what(seen: Seen, line: DonorLine) -> CellView:
    if line.entry is not None:
        return CellView(line.entry.title, entry_address(seen.appeal, line.entry))
    return CellView(_("Pillar %(code)s") % {"code": line.pillar} if line.pillar else "–")


def _where(seen: Seen, line: DonorLine) -> str:
    if line.intention is not None and line.entry is None:
        place = line.intention.country or line.intention.region
        return place.name if place else "–"
    countries = [seen.about.titles["countries", code] for code in line.countries]
    return ", ".join(countries or [seen.title("region", code) for code in line.regions]) or "–"


def _years(line: DonorLine) -> str:
    if line.first_year is None or line.first_year == line.last_year:
        return str(line.first_year or "–")
    return f"{line.first_year}–{line.last_year}"


def _names() -> dict[str, dict[str, str]]:
    """Titles of the columns, in their order."""
    return {
        "pillar": {one.code: f"{one.code}. {in_readers_words(one.short_title)}" for one in Pillar.objects.all()},
        "region": {one.code: in_readers_words(one.name) for one in Region.objects.all()},
        "country": dict(Country.objects.order_by("name").values_list("code", "name")),
    }


def _matrix(
    lines: Sequence[DonorLine], caption: str, codes_of: Callable[[DonorLine], Sequence[str]], names: dict[str, str]
) -> TableView | None:
    """A row a donor and a column a place or pillar: how many lines there are, and in which way."""
    cells: dict[tuple[int, str], dict[How, int]] = defaultdict(lambda: defaultdict(int))
    donors = {line.contributor.pk: line.contributor for line in lines}
    for line in lines:
        for code in codes_of(line):
            cells[line.contributor.pk, code][line.how] += 1
    used = [code for code in names if any(code == at for _donor, at in cells)]
    if not used:
        return None
    rows = []
    for key, donor in sorted(donors.items(), key=lambda pair: pair[1].name):
        own = [cells.get((key, code), {}) for code in used]
        if any(own):
            name = CellView(donor.name, record_address("contributor", donor.code), header=True)
            rows.append((name, *(CellView(_in_words(cell)) for cell in own)))
    header = (HeaderView(_("Donor")), *(HeaderView(names[code]) for code in used))
    return TableView(caption, header, tuple(rows), note=_("Each cell says for how many projects or plans."))


def _by_state(lines: Sequence[DonorLine], names: dict[str, str]) -> TableView | None:
    """A row a State: there are too many for columns."""
    there: dict[str, dict[str, set[How]]] = defaultdict(lambda: defaultdict(set))
    for line in lines:
        for code in line.countries:
            there[code][line.contributor.name].add(line.how)
    if not there:
        return None
    rows = []
    for code, name in names.items():
        if code in there:
            donors = [
                f"{donor} ({', '.join(str(HOW[how]).lower() for how in How if how in hows)})"
                for donor, hows in sorted(there[code].items())
            ]
            rows.append((CellView(name, record_address("country", code), header=True), CellView("; ".join(donors))))
    return TableView(_("Donors by State"), (HeaderView(_("State")), HeaderView(_("Who"))), tuple(rows))


def _in_words(cell: dict[How, int]) -> str:
    return ", ".join(f"{HOW[how]}: {cell[how]}" for how in How if cell.get(how)) or "–"


def _gaps_table(seen: Seen, gaps: Sequence[AskedFor]) -> TableView:
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Pillar")),
        HeaderView(_("Where")),
        HeaderView(_("Priority")),
        HeaderView(_("Shortfall (US dollars)"), numeric=True),
    )
    rows = []
    for one in gaps[:FIRST]:
        href = entry_address(seen.appeal, one.entry)
        regions = ", ".join(seen.title("region", code) for code in seen.values("region", one.entry))
        rows.append(
            (
                CellView(one.entry.title, href, header=True, aside=one.entry.entity.abbreviation),
                CellView(one.entry.pillar.code if one.entry.pillar else "–"),
                CellView(regions or "–"),
                CellView(str(one.entry.get_priority_display()) or "–"),
                amount(one.sums.shortfall, href),
            )
        )
    return TableView(_("Projects at which no donor is seen, the largest shortfall first"), header, tuple(rows))


def _crowds_table(found: Sequence[Crowd], named: dict[str, dict[str, str]]) -> TableView | None:
    if not found:
        return None
    kinds = {"pillar": _("Pillar"), "region": _("Region"), "country": _("State")}
    rows = tuple(
        (
            CellView(named[one.dimension].get(one.code, one.code), header=True, aside=kinds[one.dimension]),
            CellView(str(len(one.donors))),
            CellView(", ".join(donor.name for donor in one.donors)),
        )
        for one in found
    )
    header = (HeaderView(_("Where")), HeaderView(_("Donors")), HeaderView(_("Who")))
    return TableView(_("Where %(count)s donors or more are seen") % {"count": CROWDED}, header, rows)


def _beyond_table(seen: Seen, found: Sequence[AskedFor]) -> TableView | None:
    if not found:
        return None
    rows = []
    for one in found:
        href = entry_address(seen.appeal, one.entry)
        came: Decimal = one.sums.received + one.sums.pledged
        rows.append(
            (
                CellView(one.entry.title, href, header=True),
                amount(one.sums.requirement, href),
                amount(came, href),
                amount(one.sums.surplus, href),
            )
        )
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Requirement"), numeric=True),
        HeaderView(_("Received and pledged"), numeric=True),
        HeaderView(_("Surplus"), numeric=True),
    )
    return TableView(_("Projects that are to get more than they ask for, in US dollars"), header, tuple(rows))


def _own(
    viewer: Viewer, appeal: Appeal, lines: Sequence[DonorLine]
) -> list[tuple[Intention, DonorLine, str, list[Act]]]:
    """What the reader's own donors said, with what can be done about it."""
    made = []
    for line in lines:
        one = line.intention
        if one is None or not gives_as(viewer, one.contributor) or why_not_speak_for(viewer, one) is not None:
            continue
        acts = [
            Act(
                f"show-{one.public_id}",
                _("Change what others see"),
                reverse("show-to-others", args=[appeal.key, one.public_id]),
                second=True,
            )
        ]
        if why_not_end(viewer, one) is None:
            acts.append(
                Act(
                    f"end-{one.public_id}",
                    _("End the plan"),
                    reverse("end-plan", args=[appeal.key, one.public_id]),
                    sends=True,
                    second=True,
                )
            )
        if line.pledge is not None:
            href = reverse("pledge", args=[line.pledge.public_id])
            acts.append(Act(f"pledge-{one.public_id}", _("The pledge in the books"), href, second=True))
        made.append((one, line, standing_of(line), acts))
    return made
