"""What the pages of an appeal print: headline sums, totals by dimension, projects, one project for a donor's desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from colonnade.analysis.figures.display import display_cell, grouped
from colonnade.funding.appeal_sums import Line, Sums, together
from colonnade.funding.models import Appeal, AppealEntry
from colonnade.funding.partial_sums import read_partial_sums
from colonnade.funding.queries import AskedFor, counts_from
from colonnade.needs.models import Recommendation
from colonnade.web.appeals.seen import DIMENSIONS, NONE, Seen
from colonnade.web.shared.bars import bar_lengths
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, facts
from colonnade.web.shared.facts import Line as FactLine
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView, spoken
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.partial_dates import in_words
from colonnade.web.shared.record_addresses import PROJECT, record_address

#: How the sums come about, a paragraph each.
RULES: Final = (
    gettext_lazy(
        "Received is what was contributed to the project itself, and what of the fund is the project's, from the day on"
        " which the project joined the appeal, or from the first day of the appeal where that is not known. Of what was"
        " paid to the fund for the project and what the fund allocated to it, the larger counts: it is the same money."
    ),
    gettext_lazy(
        "Pledged is what is still to come under pledges for the project, at the rates of the days of the pledges. Plans"
        " of donors are in no sum. The shortfall is the requirement less both, and never below nothing; what is beyond"
        " a requirement is a surplus, and makes up for no other project's shortfall."
    ),
    gettext_lazy(
        "A sum is made of the records that its reader may read. Where a donor lets others see nothing of a pledge, or"
        " only that there is one, its amount is in the sums of the secretariat, auditors, the board and that donor, and"
        " in nobody else's: to others, the shortfall is by so much larger."
    ),
    gettext_lazy(
        "A project of several regions, themes or needs is divided equally among them, to the cent, so that the rows add"
        " up to the whole; it is counted as one project in each. Needs are those to which a project is a response that"
        " is claimed, verified or contested, as far as the reader may read them."
    ),
)
#: How many rows a breakdown has at most; the others are one row together, and stand each in the workbook.
MOST: Final = 15


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar that a requirement is made of: its place and length in hundredths."""

    name: str
    title: str
    text: str
    starts: Decimal
    length: Decimal


@dataclass(frozen=True, slots=True)
class Heading:
    """A section of the page: a table under an anchor, with what it is a breakdown by."""

    anchor: str
    title: str
    table: TableView


def appeal_address(appeal: Appeal, **asked: str) -> str:
    """The page of an appeal with its projects narrowed."""
    return address_of([(name, value) for name, value in asked.items() if value], reverse("appeal", args=[appeal.key]))


def entry_address(appeal: Appeal, entry: AppealEntry, name: str = "appeal-entry") -> str:
    """The page of an entry, or another of its addresses."""
    return reverse(name, args=[appeal.key, entry.public_id])


def stats(sums: Sums, href: str, *, projects: int | None = None, entities: int = 0) -> tuple[Stat, ...]:
    """Headline numbers; a surplus is said where there is any."""
    found = [
        Stat(_("Requirement"), _dollars(sums.requirement, href), _("asked for in all")),
        Stat(_("Received so far"), _dollars(sums.received, href), _share(sums.received, sums.requirement)),
        Stat(_("Pledged"), _dollars(sums.pledged, href), _share(sums.pledged, sums.requirement)),
        Stat(_("Shortfall"), _dollars(sums.shortfall, href), _share(sums.shortfall, sums.requirement)),
    ]
    if sums.surplus:
        found.append(Stat(_("Surplus"), _dollars(sums.surplus, href), _("beyond requirements; it fills no other gap")))
    if projects is not None:
        aside = ngettext("of %(count)s entity", "of %(count)s entities", entities) % {"count": entities}
        found.append(Stat(_("Projects"), LinkedNumber(str(projects), href), aside))
    return tuple(found)


def parts(sums: Sums) -> tuple[Part, ...]:
    """The bar: received, pledged, shortfall, of the requirement or of what is beyond it as well."""
    whole = sums.received + sums.pledged + sums.shortfall
    if not whole:
        return ()
    made, at = [], Decimal(0)
    for name, title, usd in (
        ("received", _("Received so far"), sums.received),
        ("pledged", _("Pledged"), sums.pledged),
        ("shortfall", _("Shortfall"), sums.shortfall),
    ):
        length = (usd * 100 / whole).quantize(Decimal("0.01"))
        if usd:
            made.append(Part(name, title, spoken(usd, "USD"), at, length))
        at += length
    return tuple(made)


def breakdowns(seen: Seen) -> list[Heading]:
    """Totals by each dimension that any entry has a value of."""
    made = []
    for dimension, title in DIMENSIONS.items():
        lines = seen.lines(dimension)
        if any(code is not None for code, _line in lines):
            table = _breakdown(seen, dimension, str(title), shortened(lines))
            made.append(Heading(f"by-{dimension}", str(title), table))
    return made


#: Stands for the values that are one row together.
REST: Final = "..."


def shortened(lines: list[tuple[str | None, Line]]) -> list[tuple[str | None, Line]]:
    """The first rows, the others as one of them, and what is not reported: they add up as all rows do."""
    known = [one for one in lines if one[0] is not None]
    if len(known) <= MOST:
        return lines
    first, rest = known[: MOST - 1], known[MOST - 1 :]
    whole = Line(sum(line.entries for _code, line in rest), together(line.sums for _code, line in rest))
    return [*first, (REST, whole), *(one for one in lines if one[0] is None)]


def _breakdown(seen: Seen, dimension: str, title: str, lines: Sequence[tuple[str | None, Line]]) -> TableView:
    lengths = bar_lengths([line.sums.shortfall for _code, line in lines])
    rows = []
    for (code, line), length in zip(lines, lengths, strict=True):
        if code == REST:
            rest = _("The other %(count)s") % {"count": len(seen.lines(dimension)) - len(lines) + 1}
            rows.append((CellView(rest, header=True), *_numbers(line, "", length)))
            continue
        href = appeal_address(seen.appeal, **{dimension: NONE if code is None else code}) + "#projects"
        rows.append((_named(seen, dimension, code), *_numbers(line, href, length)))
    whole = appeal_address(seen.appeal) + "#projects"
    totals = _numbers(Line(len(seen.asked), seen.whole), whole, 0)
    divided = dimension in ("region", "theme", "need")
    return TableView(
        caption=_("By %(dimension)s") % {"dimension": title.lower()},
        header=(HeaderView(title), *_headers()),
        rows=tuple(rows),
        totals=(CellView(_("Total"), header=True), *totals),
        note=_("A project of several is divided equally among them, and is one project of each.") if divided else "",
    )


def _named(seen: Seen, dimension: str, code: str | None) -> CellView:
    title = seen.title(dimension, code)
    if code is None:
        return CellView(title, header=True)
    kinds = {"need": "recommendation"}
    aside = ""
    if dimension == "need":
        aside = seen.about.known_needs[code].title
    return CellView(title, record_address(kinds.get(dimension, dimension), code), header=True, aside=aside)


def _headers() -> tuple[HeaderView, ...]:
    return (
        HeaderView(_("Projects"), numeric=True),
        HeaderView(_("Requirement"), numeric=True),
        HeaderView(_("Received so far"), numeric=True),
        HeaderView(_("Pledged"), numeric=True),
        HeaderView(_("Shortfall"), numeric=True),
        HeaderView(_("Surplus"), numeric=True),
    )


def _numbers(line: Line, href: str, length: int) -> tuple[CellView, ...]:
    sums = line.sums
    return (
        CellView(grouped(line.entries), href, numeric=True),
        amount(sums.requirement, href),
        amount(sums.received, href),
        amount(sums.pledged, href),
        amount(sums.shortfall, href, length),
        amount(sums.surplus, href),
    )


def amount(usd: Decimal, href: str, length: int = 0) -> CellView:
    """An amount in a table: whole dollars, that open; nothing has nothing to open."""
    return CellView(display_cell(usd, "USD"), href if usd else "", numeric=True, bar=length)


def projects_table(seen: Seen, shown: Sequence[AskedFor]) -> TableView:
    """Some of the projects, each leading to its page for donors."""
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Entity")),
        HeaderView(_("Pillar")),
        HeaderView(_("Priority")),
        *_headers()[1:],
    )
    rows = []
    for one in shown:
        entry, href = one.entry, entry_address(seen.appeal, one.entry)
        aside = "" if entry.project_id else _("outside the portfolio")
        rows.append(
            (
                CellView(entry.title, href, header=True, aside=aside),
                CellView(entry.entity.abbreviation, record_address("entity", entry.entity.code)),
                CellView(entry.pillar.code if entry.pillar else _("Not reported")),
                CellView(str(entry.get_priority_display()) or "–"),
                amount(entry.requirement_usd, href),
                amount(one.sums.received, href),
                amount(one.sums.pledged, href),
                amount(one.sums.shortfall, href),
                amount(one.sums.surplus, href),
            )
        )
    return TableView(_("Projects of the appeal, the largest requirement first, in US dollars"), header, tuple(rows))


def appeal_facts(appeal: Appeal, at_launch: int) -> list[Fact]:
    """What is known of the appeal itself."""
    return facts(
        (_("Period"), period(appeal)),
        (_("Standing"), str(appeal.get_standing_display())),
        (_("Launched"), in_words(appeal.launched_in)),
        (_("Projects at the launch"), at_launch or ""),
        (_("Source"), appeal.source),
        (_("Note"), appeal.note),
    )


def period(appeal: Appeal) -> str:
    """The years of an appeal."""
    if appeal.first_year == appeal.last_year:
        return str(appeal.first_year)
    return _("%(first)s to %(last)s") % {"first": appeal.first_year, "last": appeal.last_year}


def entry_facts(seen: Seen, one: AskedFor) -> list[Fact]:
    """What a donor asks about a project: who, what, where, when, which needs."""
    entry = one.entry
    days = [short_day(day) for day in (entry.starts_on, entry.ends_on) if day]
    project = entry.project
    return facts(
        (_("Entity to write to"), FactLine(entry.entity.name, record_address("entity", entry.entity.code))),
        (
            _("Pillar"),
            FactLine(seen.title("pillar", entry.pillar.code), record_address("pillar", entry.pillar.code))
            if entry.pillar
            else "",
        ),
        (_("Themes"), _linked(seen, "theme", entry)),
        (_("Regions"), _linked(seen, "region", entry)),
        (
            _("States"),
            [
                FactLine(seen.about.titles["countries", code], record_address("country", code))
                for code in seen.about.of("countries", entry)
            ],
        ),
        (_("Time"), " – ".join(days)),
        (_("Needs that it serves"), needs_served(seen, entry)),
        (
            _("In the portfolio"),
            FactLine(project.title, record_address(PROJECT, project.public_id))
            if project
            else _("No: it is outside the portfolio"),
        ),
        (_("In the appeal"), _("Since its launch") if entry.at_launch else _("It joined later")),
        (_("Money counts from"), counts_from(seen.appeal, entry)),
        (_("Taken out on"), entry.left_on),
        (_("Why"), entry.left_because),
    )


def needs_served(seen: Seen, entry: AppealEntry) -> list[FactLine]:
    """The needs to which its project is a response, with where and how urgent they are."""
    return [_need(seen.about.known_needs[code]) for code in seen.about.of("needs", entry)]


def _need(need: Recommendation) -> FactLine:
    urgent = str(need.get_priority_display()) if need.priority else ""
    aside = ", ".join(filter(None, (need.country.name, urgent)))
    return FactLine(
        " ".join(filter(None, (need.reference, need.title))), record_address("recommendation", need.public_id), aside
    )


def _linked(seen: Seen, dimension: str, entry: AppealEntry) -> list[FactLine]:
    return [
        FactLine(seen.title(dimension, code), record_address(dimension, code)) for code in seen.values(dimension, entry)
    ]


def partial_table(one: AskedFor) -> TableView | None:
    """What partial sums do, and which of them what is received and pledged reaches."""
    several = read_partial_sums(one.entry.partial_sums)
    if not several:
        return None
    covered = one.sums.received + one.sums.pledged
    rows = []
    for part in several:
        missing = part.usd - covered
        reached = _("Reached") if missing <= 0 else _("USD %(usd)s more reach it") % {"usd": grouped(missing)}
        rows.append((CellView(grouped(part.usd), numeric=True), CellView(part.does, header=True), CellView(reached)))
    header = (HeaderView(_("US dollars"), numeric=True), HeaderView(_("What it does")), HeaderView(_("How far it is")))
    return TableView(_("What a partial sum does"), header, tuple(rows))


def _dollars(usd: Decimal, href: str) -> LinkedNumber:
    return LinkedNumber(spoken(usd, "USD"), href)


def _share(part: Decimal, whole: Decimal) -> str:
    if not whole or not part:
        return ""
    return _("%(share)s per cent of the requirement") % {"share": grouped(part * 100 / whole, 1)}
