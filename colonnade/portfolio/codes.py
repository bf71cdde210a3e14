"""From the codes of reports to the keys of the registry, looked up once for a whole load."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.members.models import Entity
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Scope, Status
from colonnade.portfolio.reported import ReportedProject
from colonnade.strategy.models import Area, Mandate, Pillar, Theme


@dataclass(frozen=True, slots=True)
class Codes:
    """Code to database key, for every list that a reported project refers to."""

    pillars: dict[str, int]
    areas: dict[str, int]
    themes: dict[str, int]
    mandates: dict[str, int]
    entities: dict[str, int]
    countries: dict[str, int]
    regions: dict[str, int]

    @classmethod
    def load(cls) -> Self:
        """Read the lists as they stand."""
        return cls(
            pillars=dict(Pillar.objects.values_list("code", "pk")),
            areas=dict(Area.objects.values_list("code", "pk")),
            themes=dict(Theme.objects.values_list("code", "pk")),
            mandates=dict(Mandate.objects.values_list("code", "pk")),
            entities=dict(Entity.objects.values_list("code", "pk")),
            countries=dict(Country.objects.values_list("code", "pk")),
            regions=dict(Region.objects.values_list("code", "pk")),
        )

    def insist(self, projects: Iterable[ReportedProject]) -> None:
        """Raise ``ProblemsFound`` naming every code of ``projects`` that no list knows."""
        problems = [
            Problem(
                file=f"project {project.reference}",
                row=None,
                column=column,
                value=code,
                message=f"the registry knows no such {column}",
                mend=f"use a {column} code of the data pack, or add it there first",
            )
            for project in projects
            for column, code in self._unknown(project)
        ]
        if problems:
            raise ProblemsFound(problems)

    def _unknown(self, project: ReportedProject) -> Iterator[tuple[str, str]]:
        asked: tuple[tuple[str, Iterable[str | None], Iterable[str]], ...] = (
            ("entity", (project.entity, *project.named_entities), self.entities),
            ("entity", (partner.entity for partner in project.partners), self.entities),
            ("pillar", (project.pillar,), self.pillars),
            ("area", project.areas, self.areas),
            ("theme", project.themes, self.themes),
            ("mandate", project.mandates, self.mandates),
            ("country", (project.state, *(place.code for place in project.countries)), self.countries),
            ("region", (place.code for place in project.regions), self.regions),
            ("status", (project.status,), Status.values),
            ("scope", (project.scope or None,), Scope.values),
        )
        for column, codes, known in asked:
            for code in codes:
                if code is not None and code not in known:
                    yield column, code
