"""``colonnade iati import``: published activities into an inventory, in one transaction, and twice is once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.problems import Problem, ProblemsFound
from colonnade.core.rates import load_rates
from colonnade.exchange.iati.mapping.projects import Lists
from colonnade.exchange.iati.mapping.published import FileRead, Published, read_published
from colonnade.exchange.iati.mapping.rulebook import load_rules
from colonnade.exchange.iati.publishers import name_publishers
from colonnade.members.actions import PublishingOrganisation, list_publishers
from colonnade.members.models import Entity
from colonnade.places.models import Country, Region
from colonnade.portfolio.actions import RecordedInventory, open_inventory, record_inventory
from colonnade.portfolio.models import Inventory

TITLE: Final = "Published activities"
SOURCE: Final = "Activities that organisations publish in the standard of the International Aid Transparency Initiative"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did, file by file and project by project, and everything that was left out."""

    inventory: str
    as_of: date
    files: tuple[FileRead, ...]
    recorded: RecordedInventory
    new_publishers: int
    pillars: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> tuple[str, ...]:
        """The files that were refused whole."""
        return tuple(one.file for one in self.files if one.refused)

    def lines(self) -> Iterator[str]:
        """The summary for a terminal: problems first, what was done last."""
        for problem in self.problems:
            yield str(problem)
        for one in self.files:
            did = "refused" if one.refused else f"{one.activities} activities"
            yield f"{one.file}: {did}, {one.problems} problems"
        total = self.recorded.created + self.recorded.updated + self.recorded.unchanged
        pillars = ", ".join(f"{code} {count}" for code, count in self.pillars)
        yield f"inventory {self.inventory} as of {self.as_of}; this import: {total} projects ({pillars})"
        yield (
            f"{self.recorded.created} new, {self.recorded.updated} changed, {self.recorded.unchanged} as they were; "
            f"{self.new_publishers} publishers new"
        )

    def __str__(self) -> str:
        return "\n".join(self.lines())


@action
def import_files(files: Sequence[Path], *, inventory_key: str, pack_folder: Path, actor: Actor) -> ImportSummary:
    """Read ``files`` by the rules and rates in ``pack_folder``, and record them as the inventory ``inventory_key``.

    The same files twice change nothing. Projects of earlier imports stay. A file that cannot be read whole is refused
    and named in the summary, and the others are taken. Raises ``ProblemsFound`` where the inventory holds other than
    published projects, where every file is refused, and where rules or rates are wrong or name a code that the registry
    does not have; then nothing is stored.
    """
    _insist_on_published(inventory_key)
    published = read_published(files, load_rules(pack_folder), load_rates(pack_folder / "rates.csv"), _lists())
    if all(one.refused for one in published.files):
        raise ProblemsFound(published.problems)
    publishers = [PublishingOrganisation(one.code, one.name, one.kind) for one in published.publishers]
    new_publishers = list_publishers(publishers=publishers, source=SOURCE, actor=actor)
    name_publishers(publishers=published.publishers, actor=actor)
    inventory = open_inventory(
        key=inventory_key,
        title=TITLE,
        as_of=_as_of(published, inventory_key),
        provenance="published",
        source=SOURCE,
        previous=None,
        actor=actor,
    )
    recorded = record_inventory(inventory=inventory, projects=published.projects, actor=actor)
    pillars = Counter(project.pillar or "not reported" for project in published.projects)
    return ImportSummary(
        inventory=inventory.key,
        as_of=inventory.as_of,
        files=published.files,
        recorded=recorded,
        new_publishers=new_publishers,
        pillars=tuple(sorted(pillars.items())),
        problems=published.problems,
    )


def _insist_on_published(key: str) -> None:
    """Refuse to mix: published activities would pass for what the inventory holds, and its own for published."""
    held = Inventory.objects.filter(key=key).values_list("provenance", flat=True).first()
    if held not in (None, Provenance.PUBLISHED.value):
        message = f"the inventory holds {held} projects; published activities are not added to it"
        mend = "give --inventory the key of an inventory of published activities, or a new key"
        raise ProblemsFound([Problem(f"inventory {key}", None, None, held or "", message, mend)])


def _lists() -> Lists:
    """What the registry lists. Publishers of earlier imports do not count: the same files must map alike again."""
    entities = Entity.objects.exclude(iati_ref="").exclude(role=Entity.EntityRole.PUBLISHER)
    return Lists(
        entities={ref.upper(): code for ref, code in entities.values_list("iati_ref", "code")},
        countries=dict(Country.objects.exclude(iso2="").values_list("iso2", "code")),
        regions=frozenset(Region.objects.values_list("code", flat=True)),
    )


def _as_of(published: Published, key: str) -> date:
    """The latest day that the activities or an earlier import speak of, and not a day that is still to come."""
    today = datetime.now(UTC).date()
    earlier = Inventory.objects.filter(key=key).values_list("as_of", flat=True).first()
    return min(today, max(day for day in (published.as_of, earlier, date.min) if day)) if published.as_of else today
