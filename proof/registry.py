"""The registry that all worlds are made from: small, and with something in every confidential table and field.

Every text that somebody may not read holds a canary of its own, every amount is one. Codes, references and the random
parts of public identifiers are the same whenever it is built. Nothing is of the model strategy: the pack is a small one
about water, with one report.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.funding.models import Appeal, AppealEntry, Contribution, Contributor, SeedAward, SeedRound
from colonnade.members.models import Entity, WorkingGroup
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import (
    Inventory,
    InventoryEntry,
    MappedFact,
    Programme,
    Project,
    ProjectArea,
    ProjectCountry,
    ProjectMandate,
    ProjectMarker,
    ProjectPartner,
    ProjectPillar,
    ProjectRegion,
    ProjectSafeguard,
    ProjectTheme,
    ReferenceCode,
)
from colonnade.results.models import Event, EventAttendance, OversightRecommendation, Publication, Submission
from colonnade.strategy.models import (
    Area,
    Instrument,
    Mandate,
    MarkerLevel,
    Pillar,
    Safeguard,
    Strategy,
    Theme,
)
from proof.canaries import canary, canary_amount

DAY: Final = date(2019, 8, 31)
BUILDER: Final = Actor("The builder")
ENTITIES: Final = ("ALPHA", "BETA", "GAMMA", "DELTA")
STATES: Final = ("QMA", "QMB", "QMC")
SOURCE: Final[dict[str, Any]] = {"source": "W/1"}
WHY: Final = "the proof fills the registry"
#: Stands only in the log, of the days on which a project that is public now was restricted; not for these circles.
PAST: Final = canary("past")
PAST_IS_HIDDEN_FROM: Final = ("outside", "administrator", "board", "entity", "named", "states", "giver")

#: Level, State, lead entity and named entity of each group of projects, and how many there are of it.
PROJECTS: Final = (
    (46, "public", None, "ALPHA", None),
    (5, "compact", None, "ALPHA", None),
    (4, "compact", None, "BETA", None),
    (3, "restricted", "QMA", "ALPHA", None),
    (2, "restricted", "QMA", "DELTA", "GAMMA"),
    (2, "restricted", "QMB", "ALPHA", None),
    (2, "restricted", "QMB", "BETA", None),
    (1, "restricted", "QMC", "ALPHA", "GAMMA"),
)
REPORT: Final = """
title = "The state of the wells"
subtitle = "An annual report"
symbol = "W/1"
date = "31 August 2019"
language = "en"
inventory = "wells-2019"
masthead = []
text = ["text.md"]
[sources]
projects = "W/1 para. 1"
[inventories.wells-2019]
appeal = "appeal"
"""
TEXT: Final = """# The wells

There were {projects} projects, of which {projects_by_pillar pillar=I projects} stand under the first pillar.

::table projects_by_pillar
  caption: Projects by pillar
  columns: pillar, projects, share

::chart projects_by_pillar
  caption: Projects by pillar
  kind: bars
  category: pillar
  measure: projects
"""


def write_pack(folder: Path) -> None:
    """The data pack's one report."""
    report = folder / "reports" / "annual"
    report.mkdir(parents=True, exist_ok=True)
    (report / "report.toml").write_text(REPORT)
    (report / "text.md").write_text(TEXT)


@action
def fill_registry(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """Fill an empty registry with everything but people, needs and releases (:mod:`proof.people`)."""
    _strategy()
    _places_and_members()
    projects = _projects()
    _money(projects)
    _events()
    _library()


@action
def change_projects(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """Changes that a history shows: texts, and a project that was restricted once."""
    changed = Project.objects.unscoped(WHY).filter(reference__in=("P-00", "P-46", "P-55"))
    for project in changed:
        project.description += f" {canary('changed', project.reference)}"
        project.version += 1
        project.save()
    once = Project.objects.unscoped(WHY).get(reference="P-01")
    title = once.title
    for level, state, said in (("restricted", Country.objects.get(code="QMA"), PAST), ("public", None, "")):
        once.level, once.state, once.title = level, state, f"{title} {said}".strip()
        once.version += 1
        once.save()


def _strategy() -> None:
    Strategy.objects.create(
        code="water",
        title="The Strategy for Clean Water",
        short_title="Clean Water",
        document_symbol="W/1",
        document_title="The state of the wells",
        published_on=DAY,
        illustrative_notice="These records are illustrative.",
        assessor="DELTA",
        secretariat="ALPHA",
        pack_digest="0" * 64,
    )
    for place, (code, title) in enumerate((("I", "Wells"), ("II", "Pipes"), ("III", "Rain"))):
        pillar = Pillar.objects.create(
            code=code, title=title, short_title=title, position=place, colour="#1b5e9b", **SOURCE
        )
        Theme.objects.create(
            code=f"theme-{place}", title=f"Theme {place}", short_title=f"T{place}", position=place, pillar=pillar,
            **SOURCE,
        )  # fmt: skip
        Area.objects.create(
            code=f"area-{place}", title=f"Area {place}", short_title=f"A{place}", position=place, **SOURCE
        )
    for number in (1, 2):
        Mandate.objects.create(code=f"M/RES/{number}", body="GA", number=number, year=2018, subject="Water", **SOURCE)
        Instrument.objects.create(number=number, title=f"Convention {number}", year=1990, topic="water", **SOURCE)
    Safeguard.objects.create(
        code="women", group="Women", question="Were women asked?", applies_to="women", position=1, **SOURCE
    )
    for level in range(4):
        MarkerLevel.objects.create(marker="gender", level=level, title=f"Aim {level}", **SOURCE)


def _places_and_members() -> None:
    regions = [
        Region.objects.create(code=code, name=f"The {name}", fictional=True, position=place, **SOURCE)
        for place, (code, name) in enumerate((("N", "North"), ("S", "South")))
    ]
    for place, code in enumerate(STATES):
        Country.objects.create(
            code=code, name=f"Land {code}", region=regions[place % 2], standing="fictional", **SOURCE
        )
    for place, code in enumerate(ENTITIES):
        Entity.objects.create(
            code=code, abbreviation=code, name=f"{code.title()} Office", kind="office", role="member", position=place,
            **SOURCE,
        )  # fmt: skip
    group = WorkingGroup.objects.create(code="wells", title="Wells", short_title="Wells", position=1, **SOURCE)
    group.chairs.add(Entity.objects.get(code="ALPHA"))
    programme = Programme.objects.create(
        code="deep-wells", title="Deep wells", kind="programme", summary="Wells that are deep.", public_id="g" * 16,
        lead_entity=Entity.objects.get(code="ALPHA"), **SOURCE,
    )  # fmt: skip
    programme.countries.add(Country.objects.get(code="QMA"))


def _projects() -> list[Project]:
    before = Inventory.objects.create(
        key="wells-2018", title="The wells of 2018", as_of=date(2018, 2, 28), provenance="illustrative", source="W/1"
    )
    year = Inventory.objects.create(
        key="wells-2019", title="The wells of 2019", as_of=DAY, provenance="illustrative", source="W/1", previous=before
    )
    groups = [group[1:] for group in PROJECTS for _ in range(group[0])]
    return [_project(number, *group, inventories=(before, year)) for number, group in enumerate(groups)]


def _project(
    number: int, level: str, state: str | None, lead: str, named: str | None, *, inventories: tuple[Inventory, ...]
) -> Project:
    reference = f"P-{number:02}"
    secret = level != "public"

    def word(field: str, plain: str) -> str:
        return f"{plain} {canary('project', reference, field)}" if secret else f"{plain} {number:02}"

    pillars = list(Pillar.objects.all())
    themes = list(Theme.objects.all())
    areas = list(Area.objects.all())
    country = Country.objects.get(code=state or STATES[number % 3])
    budget = Decimal(canary_amount("budget", reference)) if secret else Decimal(1_000_000 + number)
    money: dict[str, Any] = {
        "status": ("ongoing", "in_development", "completed", "awaiting_funding")[number % 4],
        "scope": ("global", "regional", "national", "")[number % 4],
        "pillar": pillars[number % 3],
        "budget": budget,
        "budget_usd": budget,
        "funding": budget // 2 if number % 5 else None,
        "funding_usd": budget // 2 if number % 5 else None,
    }
    project = Project.objects.unscoped(WHY).create(
        public_id=f"p{number:015}",
        reference=word("reference", reference) if secret else reference,
        title=word("title", "Well"),
        description=word("description", "Dug by hand."),
        origin_note=word("origin_note", "Asked for."),
        origin=("recommendation", "request", "mandate")[number % 3],
        lead_entity=Entity.objects.get(code=lead),
        level=level,
        state=country if state else None,
        programme=Programme.objects.get(code="deep-wells") if number % 4 == 0 else None,
        working_group=WorkingGroup.objects.get(code="wells") if number % 3 == 0 else None,
        starts_on=date(2018, 1 + number % 12, 1),
        ends_on=date(2020, 1 + number % 12, 1),
        provenance="illustrative",
        **money,
    )
    if named:
        project.named_entities.add(Entity.objects.get(code=named))
    made: dict[str, Any] = {"project": project}
    ProjectPartner.objects.unscoped(WHY).create(**made, name=word("partner", "Partner"), role="implementing")
    ProjectPartner.objects.unscoped(WHY).create(
        **made, name="Beta Office", entity=Entity.objects.get(code="BETA"), role="funding"
    )
    ProjectCountry.objects.unscoped(WHY).create(**made, country=country, share=number % 100)
    ProjectRegion.objects.unscoped(WHY).create(**made, region=country.region)
    ProjectTheme.objects.unscoped(WHY).create(**made, theme=themes[number % 3])
    ProjectArea.objects.unscoped(WHY).create(**made, area=areas[number % 3])
    ProjectPillar.objects.unscoped(WHY).create(**made, pillar=pillars[(number + 1) % 3], share=20)
    ProjectMandate.objects.unscoped(WHY).create(
        **made, mandate=Mandate.objects.get(code=f"M/RES/{1 + number % 2}"), paragraph=word("par", "p")[:20]
    )
    ProjectMarker.objects.unscoped(WHY).create(
        **made, marker="gender", score=number % 4, justification=word("marker", "Half of them are women.")
    )
    ProjectSafeguard.objects.unscoped(WHY).create(
        **made, safeguard=Safeguard.objects.get(), respected=True, how=word("safeguard", "By asking.")
    )
    ReferenceCode.objects.unscoped(WHY).create(**made, scheme="grant", code=word("code", "G"))
    MappedFact.objects.unscoped(WHY).create(
        **made, field="title", value=word("mapped", "Well"), rule="title", evidence=word("evidence", "Cell A1"),
        file=word("file", "wells.xlsx"), row=number,
    )  # fmt: skip
    for inventory in inventories:
        InventoryEntry.objects.unscoped(WHY).create(**made, inventory=inventory, **money)
    return project


def _money(projects: list[Project]) -> None:
    givers = [
        Contributor.objects.create(
            code=f"giver-{place}",
            name=f"Giver {place}",
            kind="state",
            rank=place + 1,
            public_id=f"v{place:015}",
            country=Country.objects.get(code=state) if state else None,
            **SOURCE,
        )
        for place, state in enumerate((*STATES, None))
    ]
    appeal = Appeal.objects.create(key="appeal", title="Appeal", first_year=2019, last_year=2021, **SOURCE)
    number = 0
    for level in ("public", "compact", "restricted"):
        for project in (None, projects[0], projects[46], projects[55], projects[60]):
            number += 1
            secret = level != "public" or (project is not None and project.level != "public")
            given = canary_amount("given", number) if secret else 500 + number
            Contribution.objects.unscoped(WHY).create(
                public_id=f"c{number:015}", contributor=givers[number % 4], project=project, level=level,
                currency="USD", amount=given, amount_usd=given, received_on=DAY, provenance="illustrative",
            )  # fmt: skip
            AppealEntry.objects.unscoped(WHY).create(
                public_id=f"a{number:015}", appeal=appeal, project=project, level=level, at_launch=True,
                title=f"Ask {canary('ask', number) if secret else number}",
                entity=Entity.objects.get(code=ENTITIES[number % 4]), pillar=Pillar.objects.get(code="I"),
                requirement_usd=canary_amount("ask", number) if secret else 900 + number, provenance="illustrative",
            )  # fmt: skip
    call = SeedRound.objects.create(code="2019", title="Round of 2019", year=2019, **SOURCE)
    SeedAward.objects.create(round=call, number=1, title="A seed", amount_usd=100, public_id="s" * 16, **SOURCE)


def _events() -> None:
    for number in range(14):
        secret = number % 3 == 2
        word = canary("event", number) if secret else f"{number:02}"
        event = Event.objects.unscoped(WHY).create(
            public_id=f"e{number:015}", level="compact" if secret else "public", code=f"E-{word}", title=f"Day {word}",
            kind=("workshop", "training", "outreach_event")[number % 3], city=f"Town {word}", source=f"Note {word}",
            organiser=Entity.objects.get(code=ENTITIES[number % 4]), series=f"series-{number % 2}",
            country=Country.objects.get(code=STATES[number % 2]), participants=10 + number,
            starts_on=date(2019, 1 + number % 12, 3), ends_on=date(2019, 1 + number % 12, 4),
            provenance="illustrative",
        )  # fmt: skip
        event.partner_countries.add(Country.objects.get(code="QMC"))
        event.partner_entities.add(Entity.objects.get(code="BETA"))
        EventAttendance.objects.unscoped(WHY).create(
            event=event, country=Country.objects.get(code=STATES[number % 2]), participants=number
        )


def _library() -> None:
    Publication.objects.create(
        code="guide", kind="guide", title="How to dig", published_in="2019", standing="published", public_id="b" * 16,
        **SOURCE,
    )  # fmt: skip
    Submission.objects.create(kind="state", submitter="Land QMA", public_id="m" * 16, **SOURCE)
    OversightRecommendation.objects.create(
        code="audit-1", report="Audit 1", body="The auditors", field="wells", number=2, public_id="o" * 16, **SOURCE
    )
