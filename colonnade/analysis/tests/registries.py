"""A random registry in PostgreSQL: every kind of record, at every level, of several States and entities."""

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from colonnade.analysis.models import (
    DismissedSuggestion,
    Merging,
    OverlapDecision,
    ReleaseBasis,
    ReleaseCheck,
    ReleasedTotal,
)
from colonnade.core.viewer import Role
from colonnade.funding.models import Appeal, AppealEntry, Contribution, Contributor
from colonnade.funding.tests.random_appeals import fill_appeals
from colonnade.funding.tests.random_books import fill_books
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.actions import keep_confidential
from colonnade.needs.models import (
    Assessment,
    AssistanceNotice,
    AssistancePassing,
    AssistanceRequest,
    AssistanceSafeguard,
    AssistanceStep,
    Recommendation,
    Remark,
    Response,
    ResponseStep,
)
from colonnade.needs.tests.consents import TEST, consented
from colonnade.needs.tests.random_plans import fill_plans
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import (
    Inventory,
    InventoryEntry,
    MappedFact,
    MarkerCheck,
    MarkerSample,
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
from colonnade.results.models import Event, EventAttendance
from colonnade.strategy.models import Area, Mandate, Pillar, Safeguard, Strategy, Theme

DAY = date(2019, 8, 31)
MOMENT = datetime(2019, 8, 31, tzinfo=UTC)
STATES = ("QMA", "QMB", "QMC")
ENTITIES = ("ALPHA", "BETA", "GAMMA")
LEVELS = ("public", "compact", "restricted")
PROJECTS = 40

SOURCE: dict[str, Any] = {"source": "test"}


class RandomRegistry:
    """Fills an empty registry; the same seed gives the same but for public identifiers."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._terms()
        self.projects = [self._project(number) for number in range(PROJECTS)]
        self.needs = [self._need(number) for number in range(30)]
        self._responses()
        self._money()
        self._events()
        self._parts()
        self._releases()
        fill_books(self.random, self.projects, self.entities)
        fill_appeals(self.random, self.countries)
        self._overlaps()
        self._requests()
        fill_plans(self.random, self.countries, self.entities, self.needs, self.projects)

    def some(self, among: list[Any], most: int = 3) -> list[Any]:
        return self.random.sample(among, self.random.randint(0, min(most, len(among))))

    def _terms(self) -> None:
        Strategy.objects.create(
            code="water",
            title="Water",
            short_title="Water",
            document_symbol="W/1",
            document_title="Water",
            published_on=DAY,
            illustrative_notice="Illustrative.",
            pack_digest="0" * 64,
        )
        regions = [Region.objects.create(code=code, name=f"Région {code}", **SOURCE) for code in ("N", "S")]
        self.regions = regions
        self.countries = [
            Country.objects.create(
                code=code, name=f"Îsle {code}", region=regions[number % 2], standing="fictional", **SOURCE
            )
            for number, code in enumerate(STATES)
        ]
        self.entities = [
            Entity.objects.create(
                code=code, abbreviation=f"{code}!", name=f"Office {code}", kind="office", role="member", **SOURCE
            )
            for code in ENTITIES
        ]
        self.areas = [self._term(Area, code, number) for number, code in enumerate(("b-area", "a-area"))]
        self.themes = [self._term(Theme, code, number) for number, code in enumerate(("b-theme", "a-theme"))]
        self.mandates = [
            Mandate.objects.create(code=code, body="GA", number=code, year=2018, subject="s", **SOURCE)
            for code in ("M/2", "M/1")
        ]
        self.inventories = [
            Inventory.objects.create(key=key, title=key, as_of=DAY, provenance="illustrative", source="s")
            for key in ("now", "before")
        ]

    @staticmethod
    def _term(model: type[Area] | type[Theme], code: str, position: int) -> Any:
        return model._base_manager.create(code=code, title=code, short_title=code, position=position, **SOURCE)

    def _project(self, number: int) -> Project:
        level = self.random.choice(LEVELS)
        project = Project.objects.unscoped("test").create(
            reference=f"P-{number}",
            title=f"Project № {number}: l'«école»",
            lead_entity=self.random.choice(self.entities),
            status="ongoing",
            level=level,
            state=self.random.choice(self.countries) if level == "restricted" else None,
            provenance=self.random.choice(("reported", "illustrative")),
        )
        project.named_entities.set(self.some(self.entities, 1))
        everyone = "test"
        for country in self.some(self.countries):
            ProjectCountry.objects.unscoped(everyone).create(project=project, country=country)
        for region in self.some(self.regions):
            ProjectRegion.objects.unscoped(everyone).create(project=project, region=region)
        for area in self.some(self.areas):
            ProjectArea.objects.unscoped(everyone).create(project=project, area=area)
        for theme in self.some(self.themes):
            ProjectTheme.objects.unscoped(everyone).create(project=project, theme=theme)
        for mandate in self.some(self.mandates):
            for paragraph in ("1", "2"):
                ProjectMandate.objects.unscoped(everyone).create(project=project, mandate=mandate, paragraph=paragraph)
        for entity in [*self.some(self.entities), None]:
            ProjectPartner.objects.unscoped(everyone).create(
                project=project, entity=entity, name="Çelebi & Sons", role="implementing"
            )
        ReferenceCode.objects.unscoped(everyone).create(project=project, scheme="grant", code=f"G/{number}")
        for inventory in self.some(self.inventories):
            InventoryEntry.objects.unscoped(everyone).create(inventory=inventory, project=project, status="ongoing")
        return project

    def _need(self, number: int) -> Recommendation:
        country = self.random.choice(self.countries)
        visit = Assessment.objects.unscoped("test").create(
            country=country, assessor=self.entities[0], kind="visit", starts_on=DAY, ends_on=DAY
        )
        need = Recommendation.objects.unscoped("test").create(
            reference=f"R-{number}",
            assessment=visit,
            country=country,
            theme=self.random.choice([None, *self.themes]),
            title=f"Need {number}",
            text="a confidential phrase",
            priority="high",
            issued_on=DAY,
        )
        need.named_entities.set(self.some(self.entities, 1))
        need.mandates.set(self.some(self.mandates))
        self._wished(need, self.random.choice(LEVELS))
        return need

    def _wished(self, need: Recommendation, level: str) -> None:
        """Keep some fields of the need, and show it as far as ``level``: with consent, where that is further."""
        person, _ = Person.objects.get_or_create(email=f"{need.country.code}@state.example")
        RoleHeld.objects.get_or_create(person=person, role=Role.STATE, country=need.country, starts_on=DAY)
        Remark.objects.unscoped("test").create(
            recommendation=need, kind="progress", side="state", text="a confidential phrase", said_by=person
        )
        if fields := self.random.choice([(), (), ("title",), ("title", "theme", "priority")]):
            Recommendation.objects.unscoped("test").filter(pk=need.pk).update(title=f"{need.title}, a kept phrase")
            keep_confidential(need=need, person=person, fields=fields, actor=TEST)
        if level == "restricted":
            keep_confidential(need=need, person=person, actor=TEST)
        elif level == "public":
            need.refresh_from_db(from_queryset=Recommendation.objects.unscoped("test"))
            consented(need)

    def _responses(self) -> None:
        pairs = [(need, project) for need in self.needs for project in self.projects]
        for need, project in self.random.sample(pairs, 150):
            made = Response.objects.unscoped("test").create(
                recommendation=need,
                project=project,
                strength="full",
                claimed_by=self.entities[0],
                claimed_on=DAY,
            )
            ResponseStep.objects.unscoped("test").create(
                response=made, standing="claimed", strength="full", entity=self.entities[0]
            )

    def _money(self) -> None:
        givers = [
            Contributor.objects.create(code=f"giver-{number}", name="Giver", kind="state", country=country, **SOURCE)
            for number, country in enumerate([None, *self.countries])
        ]
        appeal = Appeal.objects.create(key="appeal", title="Appeal", first_year=2019, last_year=2021, **SOURCE)
        for level in LEVELS:
            for project in [None, *self.random.sample(self.projects, 25)]:
                Contribution.objects.unscoped("test").create(
                    contributor=self.random.choice(givers),
                    project=project,
                    level=level,
                    currency="USD",
                    amount=Decimal(1),
                    received_on=DAY,
                )
                AppealEntry.objects.unscoped("test").create(
                    appeal=appeal,
                    project=project,
                    level=level,
                    title=f"{level} {project.reference if project else 'elsewhere'}",
                    entity=self.random.choice(self.entities),
                    requirement_usd=Decimal(1),
                )

    def _events(self) -> None:
        for number in range(20):
            event = Event.objects.unscoped("test").create(
                level=self.random.choice(("public", "compact")),
                code=f"E-{number}",
                kind="workshop",
                title=f"Event {number}",
                organiser=self.random.choice([None, *self.entities]),
                country=self.random.choice([None, *self.countries]),
                city="Ville-sur-Mer",
                starts_on=DAY,
                ends_on=DAY,
                series="s",
            )
            for country in self.some(self.countries, 2):
                EventAttendance.objects.unscoped("test").create(event=event, country=country, participants=number)

    def _parts(self) -> None:
        """Further parts of projects: pillars, markers, answers to safeguards, facts that were mapped."""
        pillar = Pillar.objects.create(code="P", title="P", short_title="P", position=1, colour="#000000", **SOURCE)
        drawer, _ = Person.objects.get_or_create(email="one@office.example")
        sample = MarkerSample.objects.unscoped("test").create(
            first_on=DAY, last_on=DAY, of_each=1, seed="s", considered={}, drawn_by=drawer, drawn_at=MOMENT
        )
        safeguard = Safeguard.objects.create(code="s", group="g", question="q", applies_to="both", position=1, **SOURCE)
        for project in self.some(self.projects, 20):
            ProjectPillar.objects.unscoped("test").create(project=project, pillar=pillar)
            ProjectMarker.objects.unscoped("test").create(project=project, marker="gender", score=1)
            MarkerCheck.objects.unscoped("test").create(
                sample=sample, project=project, marker="gender", score=1, drawn_on=DAY
            )
            ProjectSafeguard.objects.unscoped("test").create(project=project, safeguard=safeguard)
            MappedFact.objects.unscoped("test").create(project=project, field="x", value="x", rule="x", file="x")

    def _overlaps(self) -> None:
        """Decisions on pairs of projects, some of which a later one took the place of; dismissed suggestions, of which
        some were taken back."""
        person = Person.objects.get_or_create(email="one@office.example")[0]
        for number, need in enumerate(self.needs):
            back = {"ended_by": person, "ended_at": MOMENT} if number % 3 == 0 else {}
            DismissedSuggestion.objects.unscoped("test").create(
                recommendation=need, project=self.random.choice(self.projects), dismissed_by=person, **back
            )
            merging = {"ended_by": person, "ended_at": MOMENT} if number % 2 else {}
            merged = self.projects[number]
            kept = self.random.choice([each for each in self.projects if each.pk != merged.pk])
            Merging.objects.unscoped("test").create(
                kept=kept,
                merged=merged,
                standing="declined" if merging else "proposed",
                reason="r",
                proposed_by=person,
                **merging,
            )
        for number, one in enumerate(self.projects[:-1]):
            OverlapDecision.objects.unscoped("test").create(
                one=one,
                other=self.random.choice([each for each in self.projects if each.pk != one.pk]),
                verdict="fine",
                reason="r",
                decided_by=person,
                ended_at=MOMENT if number % 3 == 0 else None,
            )

    def _requests(self) -> None:
        """Requests of all States, passed to some entities, with what belongs to them."""
        person = Person.objects.get_or_create(email="one@office.example")[0]
        safeguard = Safeguard.objects.order_by("pk")[0]
        for number in range(12):
            made = AssistanceRequest.objects.unscoped("test").create(
                country=self.random.choice(self.countries), title=f"Request {number}", filed_by_person=person,
                level=self.random.choice(["compact", "restricted", "restricted"]), filed_on=DAY, standing_since=DAY,
                coordinator_reads=self.random.random() < 0.5,
            )  # fmt: skip
            for entity in self.some(self.entities, 2):
                AssistancePassing.objects.unscoped("test").create(of_request=made, entity=entity, passed_on=DAY)
            AssistanceNotice.objects.unscoped("test").create(of_request=made, position=1, act="inform", whom="x")
            AssistanceSafeguard.objects.unscoped("test").create(of_request=made, safeguard=safeguard, how="x")
            AssistanceStep.objects.unscoped("test").create(of_request=made, done="filed", standing="filed")

    def _releases(self) -> None:
        """Released totals of every standing and audience, with what is behind them."""
        one, two = (Person.objects.get_or_create(email=f"{name}@office.example")[0] for name in ("one", "two"))
        for standing in ("proposed", "approved", "refused", "withdrawn"):
            for audience in ("public", "compact"):
                approved = standing in {"approved", "withdrawn"}
                ended = standing in {"refused", "withdrawn"}
                release = ReleasedTotal.objects.unscoped("test").create(
                    title=f"{standing} {audience}",
                    figure="needs_count",
                    audience=audience,
                    over=self.random.choice(("compact", "every")),
                    values={},
                    policy={},
                    snapshot="s",
                    as_of=MOMENT,
                    reason="r",
                    standing=standing,
                    made_by=one,
                    approved_by=two if approved else None,
                    approved_at=MOMENT if approved else None,
                    ended_by=two if ended else None,
                    ended_at=MOMENT if ended else None,
                )
                ReleaseBasis.objects.unscoped("test").create(release=release, kind="k", measure="count", records=[])
                ReleaseCheck.objects.unscoped("test").create(
                    release=release,
                    stage="proposal",
                    audience=audience,
                    passed=True,
                    hidden_records=1,
                    unknowns=1,
                    statements=1,
                    sensitive=1,
                    against=[],
                    findings=[],
                )
