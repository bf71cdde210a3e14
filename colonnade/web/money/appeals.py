"""Appeals: what each asks for, of how many projects and entities, by pillar and by entity, and for which projects.

The figures count the appeal that the report names; of any other, the projects are listed and nothing is counted.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Selection, Subject
from colonnade.analysis.figures.display import display_cell
from colonnade.audit.records import Provenance
from colonnade.core.viewer import Viewer
from colonnade.funding.models import Appeal, AppealEntry
from colonnade.web.money.stated import by_pillar, stated, stated_table
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.facts import Fact, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.partial_dates import in_words
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.selections import listing_address
from colonnade.web.shared.sorting import SORT

#: The parameter of the figures that says which appeal they count.
PARAMETER: Final = "appeal"


@dataclass(frozen=True, slots=True)
class AppealPage:
    """What the page of an appeal prints. ``stats`` and the tables are empty where no figure counts this appeal."""

    appeal: Appeal
    facts: list[Fact]
    stats: tuple[Stat, ...]
    by_pillar: TableView | None
    by_entity: TableView | None
    in_portfolio: str


def is_counted(reading: Reading, appeal: Appeal) -> bool:
    """Whether the figures count this appeal."""
    return reading.parameters().get(PARAMETER) == appeal.key


def appeal_page(reading: Reading, appeal: Appeal) -> AppealPage:
    """An appeal in numbers."""
    counted = is_counted(reading, appeal)
    return AppealPage(
        appeal=appeal,
        facts=facts(
            (_("Period"), _period(appeal)),
            (_("Launched"), in_words(appeal.launched_in)),
            (_("Source"), appeal.source),
            (_("Note"), appeal.note),
        ),
        stats=appeal_stats(reading) if counted else (),
        by_pillar=by_pillar(reading, "appeal_by_pillar") if counted else None,
        by_entity=stated_table(reading, "appeal_by_entity", largest="requirement") if counted else None,
        in_portfolio=_in_portfolio(reading) if counted else "",
    )


def appeal_stats(reading: Reading) -> tuple[Stat, ...]:
    """Requirement, projects, entities, and how many took part in the launch."""
    found = (
        (_("Requirement"), "appeal_requirement", _("asked for in all")),
        (_("Projects"), "appeal_projects", _("in the appeal")),
        (_("Entities"), "appeal_entities", _("with at least one project in it")),
        (_("At launch"), "appeal_projects_at_launch", _("projects of the portfolio took part")),
    )
    return tuple(
        Stat(title, number, aside) for title, key, aside in found if (number := stated(reading, key)) is not None
    )


def entries_of(viewer: Viewer, appeal: Appeal) -> QuerySet[AppealEntry, Any]:
    """The projects that the appeal asks money for, the largest requirement first, as ``viewer`` may see them."""
    return (
        AppealEntry.objects.visible_to(viewer)
        .filter(appeal=appeal)
        .select_related("project", "entity", "pillar")
        .order_by("-requirement_usd", "title", "pk")
    )


def entries_table(reading: Reading, appeal: Appeal, entries: list[AppealEntry]) -> TableView:
    """Some of its projects as a table."""
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Entity")),
        HeaderView(_("Pillar")),
        HeaderView(_("Requirement (US dollars)"), numeric=True),
        HeaderView(_("At launch")),
    )
    whole = Place("appeal_requirement", audience=reading.reader.asked).page if is_counted(reading, appeal) else ""
    rows = []
    for entry in entries:
        href = record_address(PROJECT, entry.project.public_id) if entry.project else ""
        rows.append(
            (
                CellView(entry.title, href, header=True, aside="" if href else _("outside the portfolio")),
                CellView(entry.entity.abbreviation, record_address("entity", entry.entity.code)),
                CellView(entry.pillar.code if entry.pillar else _("Not reported")),
                CellView(display_cell(entry.requirement_usd, "USD"), href or whole, numeric=True),
                CellView(_("Yes") if entry.at_launch else _("No")),
            )
        )
    return TableView(_("Projects of the appeal, the largest requirement first"), header, tuple(rows))


def is_illustrative(entries: list[AppealEntry]) -> bool:
    """Whether any of these was made to illustrate."""
    return any(entry.provenance == Provenance.ILLUSTRATIVE for entry in entries)


def _in_portfolio(reading: Reading) -> str:
    """The list of the portfolio's projects that are in the appeal, those that are short of most first."""
    inventory = reading.inventory()
    selection = Selection(Subject.PROJECTS, inventory.key if inventory else "").where("in_appeal", "yes")
    return f"{listing_address(selection, reading)}&{SORT}=-shortfall_usd"


def _period(appeal: Appeal) -> str:
    if appeal.first_year == appeal.last_year:
        return str(appeal.first_year)
    return _("%(first)s to %(last)s") % {"first": appeal.first_year, "last": appeal.last_year}
