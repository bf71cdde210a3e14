"""A small house for tests of requests: two States, entities with projects, people of every kind, and rules."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.members.queries import viewer_for
from colonnade.needs.assistance.actions.filing import file_request
from colonnade.needs.assistance.actions.passing import Recipient, answer_request, name_lead, pass_on
from colonnade.needs.assistance.actions.writing import Asked
from colonnade.needs.assistance.queries import request_called
from colonnade.needs.models import AssistanceProcess, AssistanceRequest
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Programme, Project, ProjectCountry, ProjectTheme
from colonnade.strategy.models import Pillar, Safeguard, Theme

TEST = Actor("test")
DAY = date(2019, 6, 1)
RULES: dict[str, Any] = {
    "steps": [
        {"code": "triage", "title": "Asked", "days": 7},
        {"code": "answers", "title": "Led", "days": 21},
        {"code": "outcome", "title": "Done", "days": 90},
    ],
    "channels": [
        {"code": "entity", "title": "Directly", "to": "entity"},
        {"code": "coordinator", "title": "Through the coordinator", "to": "coordinator"},
        {"code": "chair", "title": "To the chair", "to": "chair", "readers": "compact"},
    ],
    "kinds": [
        {"code": "general", "title": "General", "channels": ["entity", "coordinator", "chair"]},
        {
            "code": "women-children", "title": "Women and children", "channels": ["entity", "coordinator"],
            "safeguards": True, "facilitation": "The Red Cross is to help",
        },
    ],
    "tells": [
        {"act": "inform", "whom": "The committee", "kinds": ["women-children"]},
        {"act": "consult", "whom": "The fund", "when": "children", "kinds": ["women-children"], "entity": "GAMMA"},
        {"act": "approach", "whom": "The Red Cross", "when": "facilitation", "kinds": ["women-children"]},
    ],
    "joining": {"programmes": ["travel"], "days": 30},
    "objection": {"days": 30},
}  # fmt: skip
ASKED = Asked(
    kind="general", channel="coordinator", title="Border posts", what="Training for the border posts in the north.",
    why="The posts were opened this year.",
)  # fmt: skip


@dataclass
class House:
    """People by their names, and a theme; ``states`` by code."""

    people: dict[str, Person]
    states: dict[str, Country]
    entities: dict[str, Entity]
    theme: Theme
    programme: Programme

    def file(self, who: str = "state", state: str = "QMA", **changed: Any) -> AssistanceRequest:
        """A request that somebody files; whatever twins there are were seen."""
        seen = AssistanceRequest.objects.unscoped("test").values_list("public_id", flat=True)
        return file_request(
            country=self.states[state], asked=replace(ASKED, **changed), twins_seen=list(seen),
            person=self.people[who], actor=TEST,
        )  # fmt: skip

    def by(self, asked: AssistanceRequest, who: str) -> dict[str, Any]:
        """What a step takes, of somebody who looked at the request as it is now."""
        return {"asked": asked, "seen_version": fresh(asked).version, "person": self.people[who], "actor": TEST}


def fresh(asked: AssistanceRequest) -> AssistanceRequest:
    """The request as it stands now."""
    return AssistanceRequest.objects.unscoped("test").get(pk=asked.pk)


def house_of_requests(rules: dict[str, Any] = RULES) -> House:
    """Fill an empty registry with it."""
    region = Region.objects.create(code="R", name="R", fictional=True)
    states = {code: Country.objects.create(code=code, name=f"Land {code}", region=region) for code in ("QMA", "QMB")}
    entities = {
        code: Entity.objects.create(code=code, abbreviation=code, name=code, kind="office", role="member", source="s")
        for code in ("ALPHA", "BETA", "GAMMA", "DELTA")
    }
    pillar = Pillar.objects.create(code="II", title="P", short_title="P", position=2, colour="#1b5e9b", source="s")
    theme = Theme.objects.create(
        code="borders", title="Borders", short_title="B", position=1, pillar=pillar, source="s"
    )
    for place, (code, applies) in enumerate((("law", "both"), ("victims", "children"), ("guilt", "women")), start=1):
        Safeguard.objects.create(
            code=code, group="G", question=f"Is {code} kept?", applies_to=applies, position=place, source="s"
        )
    programme = Programme.objects.create(
        code="travel", title="Travel", kind="programme", summary="S", lead_entity=entities["BETA"], source="s"
    )
    programme.themes.add(theme)
    programme.partners.add(entities["ALPHA"])
    for number, (lead, status, here, on_theme) in enumerate(
        (("ALPHA", "ongoing", True, True), ("ALPHA", "completed", True, False), ("DELTA", "ongoing", True, False))
    ):
        project = Project.objects.unscoped("test").create(
            reference=f"P-{number}", title=f"Project {number}", lead_entity=entities[lead], status=status
        )
        if here:
            ProjectCountry.objects.unscoped("test").create(project=project, country=states["QMA"])
        if on_theme:
            ProjectTheme.objects.unscoped("test").create(project=project, theme=theme)
    AssistanceProcess.objects.create(code="assistance", title="Requests", source="s", rules=rules)

    def person(name: str, *roles: tuple[Role, str | None, str | None]) -> Person:
        made = Person.objects.create(email=f"{name}@demo.example", name=name)
        for role, entity, country in roles:
            RoleHeld.objects.create(
                person=made, role=role, entity=entities.get(entity or ""), country=states.get(country or ""),
                starts_on=DAY,
            )  # fmt: skip
        return made

    people = {
        "state": person("state", (Role.STATE, None, "QMA")),
        "other_state": person("other_state", (Role.STATE, None, "QMB")),
        "officer": person("officer", (Role.SECRETARIAT, None, None)),
        "second": person("second", (Role.SECRETARIAT, None, None)),
        "assessor": person("assessor", (Role.ASSESSOR, "DELTA", "QMA")),
        "auditor": person("auditor", (Role.AUDITOR, None, None)),
        "donor": person("donor", (Role.DONOR, None, "QMA")),
        "coordinator": person("coordinator", (Role.COORDINATOR, None, "QMA")),
        "other_coordinator": person("other_coordinator", (Role.COORDINATOR, None, "QMB")),
        "board": person("board", (Role.BOARD, None, None)),
        "both": person("both", (Role.SECRETARIAT, None, None), (Role.ENTITY, "ALPHA", None)),
        **{code.lower(): person(code.lower(), (Role.ENTITY, code, None)) for code in entities},
    }
    return House(people, states, entities, theme, programme)


def seen_by(here: House, asked: AssistanceRequest) -> set[str]:
    """The names of those who read a request today."""
    viewers = {name: viewer_for(person, timezone.localdate()) for name, person in here.people.items()}
    return {name for name, viewer in viewers.items() if request_called(viewer, asked.public_id)}


def passed(here: House, *to: str, **changed: Any) -> AssistanceRequest:
    asked = here.file(**changed)
    pass_on(**here.by(asked, "officer"), to=[Recipient(here.entities[code], "It works there.") for code in to])
    return asked


def answered(here: House, asked: AssistanceRequest, who: str, answer: str = "can_lead", says: str = "") -> None:
    answer_request(
        asked=asked, entity=here.entities[who.upper()], answer=answer, says=says, person=here.people[who], actor=TEST
    )


def led(here: House, **changed: Any) -> AssistanceRequest:
    asked = passed(here, "ALPHA", "BETA", **changed)
    answered(here, asked, "alpha")
    answered(here, asked, "beta", "interested")
    name_lead(**here.by(asked, "officer"), entity=here.entities["ALPHA"])
    return asked
