"""A State that was assessed, a need and a project there, and people of every role around them."""

from dataclasses import dataclass
from datetime import date

from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project, ProjectCountry, ProjectPartner

DAY = date(2019, 6, 1)


@dataclass
class House:
    need: Recommendation
    project: Project
    people: dict[str, Person]


def assessed_state() -> House:
    region = Region.objects.create(code="R", name="R", fictional=True)
    state = Country.objects.create(code="QMA", name="Hereland", region=region)
    Country.objects.create(code="QMB", name="Thereland", region=region)
    entities = {
        code: Entity.objects.create(code=code, abbreviation=code, name=code, kind="office", role="member", source="s")
        for code in ("ALPHA", "BETA", "GAMMA", "DELTA")
    }
    visit = Assessment.objects.unscoped("test").create(
        country=state, assessor=entities["DELTA"], kind="visit", starts_on=DAY, ends_on=DAY
    )
    need = Recommendation.objects.unscoped("test").create(
        reference="R-1", assessment=visit, country=state, title="Wells", text="Dig.", priority="high", issued_on=DAY
    )
    project = Project.objects.unscoped("test").create(
        reference="P-1", title="Dig", lead_entity=entities["ALPHA"], status="ongoing", level="compact"
    )
    ProjectCountry.objects.unscoped("test").create(project=project, country=state)
    ProjectPartner.objects.unscoped("test").create(
        project=project, entity=entities["GAMMA"], name="Gamma", role="implementing"
    )

    def person(name: str, *roles: tuple[Role, str | None, str | None]) -> Person:
        made = Person.objects.create(email=f"{name}@demo.example", name=name)
        for role, entity, country in roles:
            RoleHeld.objects.create(
                person=made, role=role, entity=entities.get(entity or ""), starts_on=DAY,
                country=Country.objects.filter(code=country).first(),
            )  # fmt: skip
        return made

    people = {
        "alpha": person("alpha", (Role.ENTITY, "ALPHA", None)),
        "beta": person("beta", (Role.ENTITY, "BETA", None)),
        "gamma": person("gamma", (Role.ENTITY, "GAMMA", None)),
        "officer": person("officer", (Role.SECRETARIAT, None, None)),
        "second": person("second", (Role.SECRETARIAT, None, None)),
        "assessor": person("assessor", (Role.ASSESSOR, "DELTA", "QMA")),
        "state": person("state", (Role.STATE, None, "QMA")),
        "other_state": person("other_state", (Role.STATE, None, "QMB")),
        "both": person("both", (Role.ENTITY, "ALPHA", None), (Role.ASSESSOR, "ALPHA", "QMA")),
        "donor": person("donor", (Role.DONOR, None, None)),
        "auditor": person("auditor", (Role.AUDITOR, None, None)),
        "administrator": person("administrator", (Role.ADMINISTRATOR, None, None)),
    }
    return House(need, project, people)
