"""What the plain page of each kind of record says: every field that its readers may see, titles instead of codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance
from colonnade.core.viewer import Level, Viewer
from colonnade.funding.models import Contribution, SeedAward
from colonnade.members.models import Entity
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.record_addresses import PROJECT, record_address


@dataclass(frozen=True, slots=True)
class Card:
    """A record in words. ``level`` is empty for what is public; ``way`` leads from the list that it stands in."""

    kind: str
    title: str
    facts: list[Fact]
    text: str = ""
    illustrative: bool = False
    level: str = ""
    level_class: str = ""
    way: tuple[Crumb, ...] = ()
    links: tuple[Line, ...] = ()


Finder = Callable[[Viewer, str], Card | None]


def card_of(viewer: Viewer, kind: str, identifier: str) -> Card | None:
    """The card of a record, or ``None`` where there is none of that kind that ``viewer`` may see."""
    find = FINDERS.get(kind)
    return find(viewer, identifier) if find else None


def _seed_award(viewer: Viewer, identifier: str) -> Card | None:  # noqa: ARG001  # awards are published
    award = SeedAward.objects.select_related("round", "entity", "working_group").filter(public_id=identifier).first()
    if award is None:
        return None
    return Card(
        kind=_("Seed award"),
        title=award.title,
        facts=facts(
            (_("Round"), Line(award.round.title, record_address("seed_round", award.round.code))),
            (_("Number"), str(award.number)),
            (_("Amount"), amount(award.amount_usd)),
            (_("Entity"), _entity_line(award.entity)),
            (_("Working group"), award.working_group.title if award.working_group else ""),
            (_("Source"), award.source),
        ),
        illustrative=award.provenance == Provenance.ILLUSTRATIVE,
        way=(
            Crumb(_("Money"), reverse("money")),
            Crumb(award.round.title, record_address("seed_round", award.round.code)),
            Crumb(_("Seed award")),
        ),
    )


def _contribution(viewer: Viewer, identifier: str) -> Card | None:
    row = (
        Contribution.objects.visible_to(viewer)
        .select_related("contributor", "project")
        .filter(public_id=identifier)
        .first()
    )
    if row is None:
        return None
    project = row.project
    return Card(
        kind=_("Contribution"),
        title=_("%(name)s: %(amount)s") % {"name": row.contributor.name, "amount": amount(row.amount, row.currency)},
        facts=facts(
            (_("Contributor"), Line(row.contributor.name, record_address("contributor", row.contributor.code))),
            (_("Amount"), amount(row.amount, row.currency)),
            (_("In US dollars"), amount(row.amount_usd) or _("No rate is known")),
            (_("Kind"), row.get_kind_display()),
            (_("Received"), row.received_on),
            (_("Project"), Line(project.title, record_address(PROJECT, project.public_id)) if project else ""),
        ),
        illustrative=row.provenance == Provenance.ILLUSTRATIVE,
        level=_level(row.level, row.get_level_display()),
        level_class=row.level,
        way=(
            Crumb(_("Money"), reverse("money")),
            Crumb(row.contributor.name, record_address("contributor", row.contributor.code)),
            Crumb(_("Contribution")),
        ),
    )


FINDERS: Final[Mapping[str, Finder]] = {
    "seed_award": _seed_award,
    "contribution": _contribution,
}


def _entity_line(entity: Entity | None) -> Line | str:
    return Line(entity.name, record_address("entity", entity.code), entity.abbreviation) if entity else ""


def _level(level: str, title: object) -> str:
    return "" if level == Level.PUBLIC else str(title)
