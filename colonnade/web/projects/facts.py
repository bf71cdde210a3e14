"""What is known of a project, each value with where it came from beside it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colonnade.portfolio.models import ProjectMarker
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.web.projects.amounts import balance_of, in_both, share_in_words
from colonnade.web.projects.origins import Origin, Origins
from colonnade.web.projects.queries import KnownProject
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.record_addresses import record_address

#: How many places the first lines of the page name; the others stand below.
PLACES_NAMED = 3


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A value, what is said beside it, and where it came from."""

    line: Line
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A title and its values."""

    title: str
    lines: tuple[KnownLine, ...]


def what_it_is(known: KnownProject) -> list[KnownFact]:
    """Who does what, for whom and why; nothing that was not reported takes up room, but its scope."""
    project, origins, language = known.project, Origins(known.mapped), get_language() or "en"
    lead, group = project.lead_entity, project.working_group
    found = [
        _fact(
            _("Lead entity"),
            KnownLine(Line(lead.name, record_address("entity", lead.code), lead.abbreviation), origins.of("entity")),
        ),
        _fact(_("Partners"), *_partners(known)),
        _fact(_("Status"), KnownLine(Line(str(project.get_status_display())), origins.of("status"))),
        _fact(_("Pillar"), *_pillars(known, origins)),
        _fact(
            _("Areas"),
            *(
                KnownLine(
                    Line(link.area.short_title, record_address("area", link.area.code)),
                    origins.of("area", link.area.code),
                )
                for link in known.areas
            ),
        ),
        _fact(
            _("Thematic priorities"),
            *(
                KnownLine(
                    Line(link.theme.short_title, record_address("theme", link.theme.code)),
                    origins.of("theme", link.theme.code),
                )
                for link in known.themes
            ),
        ),
        _fact(
            _("Scope"),
            KnownLine(Line(str(project.get_scope_display() or _("Not reported"))), origins.of("scope")),
        ),
        _fact(
            _("States"),
            *(
                KnownLine(
                    Line(
                        link.country.name_in(language),
                        record_address("country", link.country.code),
                        share_in_words(link.share),
                    )
                )
                for link in known.countries
            ),
        ),
        _fact(
            _("Regions"),
            *(
                KnownLine(
                    Line(link.region.name, record_address("region", link.region.code), share_in_words(link.share)),
                    origins.of("region", link.region.code),
                )
                for link in known.regions
            ),
        ),
        *_plain((_("Begins"), project.starts_on), (_("Ends"), project.ends_on)),
        *_plain((_("Programme"), project.programme.title if project.programme else "")),
        _fact(
            _("Working group"),
            *([KnownLine(Line(group.title, record_address("working_group", group.code)))] if group else []),
        ),
        *_plain(
            (
                _("Origin"),
                Line(str(project.get_origin_display()), aside=project.origin_note) if project.origin else "",
            ),
            (
                _("Resolutions"),
                [
                    Line(
                        link.mandate.code,
                        record_address("mandate", link.mandate.code),
                        f"{link.mandate.subject} {link.paragraph}".strip(),
                    )
                    for link in known.mandates
                ],
            ),
        ),
        _fact(
            _("Markers"),
            *(
                KnownLine(
                    Line(f"{link.marker.replace('_', ' ').capitalize()}: {link.score}", aside=_scored(link)),
                    origins.of(f"marker {link.marker}"),
                )
                for link in known.markers
            ),
        ),
        *_plain(
            (
                _("Safeguards"),
                [
                    Line(link.safeguard.question, aside=": ".join(filter(None, [_respected(link.respected), link.how])))
                    for link in known.safeguards
                ],
            ),
        ),
    ]
    return [fact for fact in found if fact.lines]


def money_of(known: KnownProject) -> list[KnownFact]:
    """Its amounts, each in the currency that it was reported in, and who gave what."""
    project, origins = known.project, Origins(known.mapped)
    return [
        _fact(
            _("Budget"),
            KnownLine(in_both(project.budget, project.currency, project.budget_usd), origins.of("budget")),
        ),
        _fact(
            _("Funding received"),
            KnownLine(in_both(project.funding, project.currency, project.funding_usd), origins.of("funding")),
        ),
        *_plain(
            *balance_of(project),
            (
                _("Appeals"),
                [Line(entry.appeal.title, aside=amount(entry.requirement_usd)) for entry in known.appeals],
            ),
        ),
    ]


def identified_as(known: KnownProject) -> list[Fact]:
    """How it is called here and elsewhere, and who sees it."""
    project = known.project
    return facts(
        (_("Reference"), project.reference),
        (_("Other references"), [Line(code.code, aside=code.scheme) for code in known.codes]),
        (_("Identifier here"), project.public_id),
        (_("Provenance"), project.get_provenance_display()),
        (_("Visible to"), project.get_level_display()),
        (_("Version"), str(project.version)),
    )


def at_a_glance(known: KnownProject) -> list[Fact]:
    """What a reader wants first: who, where, until when, with how much money."""
    project = known.project
    lead = project.lead_entity
    return facts(
        (_("Lead entity"), Line(lead.abbreviation, record_address("entity", lead.code))),
        (_("Where"), _where(known)),
        (_("When"), _when(known)),
        (_("Budget"), in_both(project.budget, project.currency, project.budget_usd)),
        (_("Funding received"), in_both(project.funding, project.currency, project.funding_usd)),
        *balance_of(project),
    )


def is_closed(known: KnownProject) -> bool:
    """Whether the project is over."""
    return known.project.status in CLOSED_STATUSES


def contributions_of(known: KnownProject) -> list[tuple[Line, str, str, str]]:
    """Who gave what to it, the latest first: contributor, kind, day, amount."""
    return [
        (
            Line(link.contributor.name, record_address("contributor", link.contributor.code)),
            str(link.get_kind_display()),
            date_format(link.received_on, "j F Y"),
            amount(link.amount, link.currency),
        )
        for link in sorted(known.contributions, key=lambda link: link.received_on, reverse=True)
    ]


def _scored(link: ProjectMarker) -> str:
    """Why a marker is scored so, and since when."""
    day = _("scored %(day)s") % {"day": date_format(link.scored_at, "j F Y")} if link.scored_at else ""
    return " · ".join(filter(None, (link.justification, day)))


def _where(known: KnownProject) -> list[Line]:
    language = get_language() or "en"
    places = [
        Line(link.country.name_in(language), record_address("country", link.country.code)) for link in known.countries
    ]
    places += [Line(link.region.name, record_address("region", link.region.code)) for link in known.regions]
    named = places[:PLACES_NAMED]
    if len(places) > PLACES_NAMED:
        named.append(Line(_("and %(count)s more") % {"count": len(places) - PLACES_NAMED}, "#what"))
    scope = known.project.get_scope_display()
    return named or [Line(str(scope) if scope else _("Not reported"))]


def _when(known: KnownProject) -> str:
    starts, ends = (
        date_format(day, "j F Y") if day else "" for day in (known.project.starts_on, known.project.ends_on)
    )
    if starts and ends:
        return _("%(start)s to %(end)s") % {"start": starts, "end": ends}
    if starts:
        return _("from %(start)s") % {"start": starts}
    return _("until %(end)s") % {"end": ends} if ends else _("Not reported")


def _partners(known: KnownProject) -> list[KnownLine]:
    return [
        KnownLine(
            Line(
                link.name,
                record_address("entity", link.entity.code) if link.entity else "",
                str(link.get_role_display()),
            )
        )
        for link in known.partners
    ]


def _pillars(known: KnownProject, origins: Origins) -> list[KnownLine]:
    first = known.project.pillar
    lines = []
    if first:
        title = f"{first.code} {first.short_title}"
        lines.append(KnownLine(Line(title, record_address("pillar", first.code)), origins.of("pillar")))
    for link in known.pillars:
        title = f"{link.pillar.code} {link.pillar.short_title}"
        aside = share_in_words(link.share) or _("further pillar")
        lines.append(KnownLine(Line(title, record_address("pillar", link.pillar.code), aside)))
    return lines or [KnownLine(Line(_("Not reported")))]


def _fact(title: str, *lines: KnownLine) -> KnownFact:
    return KnownFact(title, lines)


def _plain(*given: tuple[str, object]) -> list[KnownFact]:
    """Facts that nothing but the report itself explains."""
    return [KnownFact(fact.title, tuple(KnownLine(line) for line in fact.lines)) for fact in facts(*given)]


def _respected(answer: bool | None) -> str:
    return {True: _("Yes"), False: _("No"), None: _("Not answered")}[answer]
