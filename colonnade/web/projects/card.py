"""A project's page in words: its facts, what each inventory says of it, its money, the needs it answers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.portfolio.models import Project
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.web.projects.queries import KnownProject, known_project
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """What the template of a project's page receives."""

    project: Project
    closed: bool
    what: list[Fact]
    money: list[Fact]
    where_from: list[Fact]
    inventories: TableView
    needs: TableView


def project_card(viewer: Viewer, public_id: str) -> ProjectCard:
    """The page of the project, as ``viewer`` may see it. One that they may not see is not there."""
    known = known_project(viewer, public_id)
    if known is None:
        raise Http404
    return ProjectCard(
        project=known.project,
        closed=known.project.status in CLOSED_STATUSES,
        what=_what(known),
        money=_money(known),
        where_from=_where_from(known),
        inventories=_inventories(known),
        needs=_needs(known),
    )


def _what(known: KnownProject) -> list[Fact]:
    project, language = known.project, get_language() or "en"
    lead = project.lead_entity
    pillars = [Line(f"{project.pillar.code} {project.pillar.short_title}")] if project.pillar else []
    pillars += [
        Line(f"{link.pillar.code} {link.pillar.short_title}", aside=_share(link.share) or _("further pillar"))
        for link in known.pillars
    ]
    return facts(
        (_("Lead entity"), Line(lead.name, record_address("entity", lead.code), lead.abbreviation)),
        (_("Partners"), [Line(link.name, aside=str(link.get_role_display())) for link in known.partners]),
        (_("Pillar"), pillars),
        (_("Areas"), [link.area.short_title for link in known.areas]),
        (_("Thematic priorities"), [link.theme.short_title for link in known.themes]),
        (_("Scope"), project.get_scope_display() if project.scope else _("Not reported")),
        (
            _("States"),
            [
                Line(link.country.name_in(language), record_address("country", link.country.code), _share(link.share))
                for link in known.countries
            ],
        ),
        (_("Regions"), [Line(link.region.name, aside=_share(link.share)) for link in known.regions]),
        (_("Begins"), project.starts_on),
        (_("Ends"), project.ends_on),
        (_("Programme"), project.programme.title if project.programme else ""),
        (_("Working group"), project.working_group.title if project.working_group else ""),
        (_("Origin"), Line(str(project.get_origin_display()), aside=project.origin_note) if project.origin else ""),
        (
            _("Mandates"),
            [Line(link.mandate.code, aside=f"{link.mandate.subject} {link.paragraph}") for link in known.mandates],
        ),
        (
            _("Markers"),
            [
                Line(f"{link.marker.replace('_', ' ').capitalize()}: {link.score}", aside=link.justification)
                for link in known.markers
            ],
        ),
        (
            _("Safeguards"),
            [
                Line(link.safeguard.question, aside=": ".join(filter(None, [_respected(link.respected), link.how])))
                for link in known.safeguards
            ],
        ),
    )


def _money(known: KnownProject) -> list[Fact]:
    project = known.project
    return facts(
        (_("Budget"), _in_both(project.budget, project.currency, project.budget_usd)),
        (_("Funding received"), _in_both(project.funding, project.currency, project.funding_usd)),
        (
            _("Contributions"),
            [
                Line(
                    link.contributor.name,
                    record_address("contributor", link.contributor.code),
                    ", ".join((amount(link.amount, link.currency), link.get_kind_display(), _day(link.received_on))),
                )
                for link in known.contributions
            ],
        ),
        (
            _("Appeals"),
            [Line(entry.appeal.title, aside=amount(entry.requirement_usd)) for entry in known.appeals],
        ),
    )


def _where_from(known: KnownProject) -> list[Fact]:
    project = known.project
    return facts(
        (_("Reference"), project.reference),
        (_("Other references"), [Line(code.code, aside=code.scheme) for code in known.codes]),
        (_("Identifier here"), project.public_id),
        (_("Provenance"), project.get_provenance_display()),
        (_("Visible to"), project.get_level_display()),
        (_("Version"), str(project.version)),
        (
            _("Mapped facts"),
            [
                Line(
                    f"{fact.field}: {_said(fact.value)}",
                    aside=" · ".join(
                        filter(None, [fact.rule, fact.evidence, f"{fact.file}:{fact.row}" if fact.row else fact.file])
                    ),
                )
                for fact in known.mapped
            ],
        ),
    )


def _inventories(known: KnownProject) -> TableView:
    header = (
        HeaderView(_("Inventory")),
        HeaderView(_("Status")),
        HeaderView(_("Scope")),
        HeaderView(_("Pillar")),
        HeaderView(_("Budget (US dollars)"), numeric=True),
        HeaderView(_("Funding (US dollars)"), numeric=True),
    )
    rows = tuple(
        (
            CellView(entry.inventory.title, header=True),
            CellView(str(entry.get_status_display())),
            CellView(str(entry.get_scope_display()) if entry.scope else _("Not reported")),
            CellView(entry.pillar.code if entry.pillar else _("Not reported")),
            CellView(_dollars(entry.budget_usd), numeric=True),
            CellView(_dollars(entry.funding_usd), numeric=True),
        )
        for entry in known.entries
    )
    return TableView(_("What each inventory says of it"), header, rows)


def _needs(known: KnownProject) -> TableView:
    header = (
        HeaderView(_("Need")),
        HeaderView(_("State")),
        HeaderView(_("Strength")),
        HeaderView(_("Standing")),
        HeaderView(_("Claimed by")),
    )
    rows = tuple(
        (
            CellView(
                link.recommendation.title, record_address("recommendation", link.recommendation.public_id), header=True
            ),
            CellView(link.recommendation.country.name),
            CellView(str(link.get_strength_display())),
            CellView(str(link.get_standing_display())),
            CellView(link.claimed_by.abbreviation),
        )
        for link in known.responses
    )
    return TableView(_("Needs that it responds to"), header, rows)


def _in_both(own: Decimal | None, currency: str, dollars: Decimal | None) -> Line:
    """An amount in its own currency, with its equivalent; or that there is none."""
    if own is None:
        return Line(_("Not reported"))
    if currency == "USD":
        return Line(amount(own, currency))
    return Line(amount(own, currency), aside=amount(dollars) or _("no US dollar rate is known"))


def _dollars(value: Decimal | None) -> str:
    return amount(value).removeprefix("USD ") or "–"


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _said(value: str) -> str:
    """A mapped value; a date in the form of the page's other dates."""
    try:
        return _day(date.fromisoformat(value))
    except ValueError:
        return value


def _share(share: object) -> str:
    return _("%(share)s per cent") % {"share": f"{Decimal(str(share)):f}".rstrip("0").rstrip(".")} if share else ""


def _respected(answer: bool | None) -> str:
    return {True: _("Yes"), False: _("No"), None: _("Not answered")}[answer]
