"""Requests of every State wherever one can stand, passed to some entities and not to others, with all that hangs on
each. Nobody outside reads one, so that every text is a canary; some are about needs, and became projects, that those
who read them may not see."""

from datetime import date
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Entity
from colonnade.needs.models import (
    AssistanceNotice,
    AssistancePassing,
    AssistanceProcess,
    AssistanceRequest,
    AssistanceSafeguard,
    AssistanceStep,
    Recommendation,
)
from colonnade.places.models import Country
from colonnade.portfolio.models import Programme, Project
from colonnade.strategy.models import Safeguard, Theme
from proof.canaries import canary
from proof.people import person_called
from proof.registry import DAY, SOURCE, WHY

RULES: Final[dict[str, Any]] = {
    "steps": [
        {"code": "triage", "title": "Asked", "days": 7},
        {"code": "answers", "title": "Led", "days": 21},
        {"code": "outcome", "title": "Done", "days": 90},
    ],
    "channels": [
        {"code": "entity", "title": "Directly", "to": "entity"},
        {"code": "chair", "title": "To the chair", "to": "chair"},
        {"code": "coordinator", "title": "Through the coordinator", "to": "coordinator"},
    ],
    "kinds": [
        {"code": "well", "title": "A well", "channels": ["entity", "chair", "coordinator"]},
        {"code": "women", "title": "Women", "channels": ["entity", "chair"], "safeguards": True, "facilitation": "Oh"},
    ],
    "tells": [{"act": "consult", "whom": "The office", "kinds": ["women"], "entity": "DELTA"}],
    "joining": {"programmes": ["deep-wells"], "days": 30},
}
#: State, level, whom it was passed to, standing, lead, the number of the need it is about, and of what it became.
REQUESTS: Final[tuple[tuple[str, str, tuple[str, ...], str, str | None, int | None, int | None], ...]] = (
    ("QMA", "restricted", (), "filed", None, None, None),
    ("QMA", "restricted", ("BETA",), "passed", None, 5, None),
    ("QMA", "restricted", ("GAMMA", "ALPHA"), "led", "ALPHA", None, None),
    ("QMA", "compact", ("BETA",), "passed", None, 7, None),
    ("QMA", "restricted", ("ALPHA",), "project", "ALPHA", None, 52),
    ("QMB", "restricted", ("BETA", "GAMMA"), "led", "BETA", 13, None),
    ("QMB", "restricted", ("DELTA",), "passed", None, None, None),
    ("QMB", "compact", (), "filed", None, None, None),
    ("QMB", "restricted", ("ALPHA",), "closed", None, None, None),
    ("QMC", "restricted", ("GAMMA",), "passed", None, None, None),
    ("QMC", "compact", ("BETA",), "plan", "BETA", None, None),
    ("QMC", "restricted", (), "withdrawn", None, None, None),
)
#: Which of them resident coordinators read, and which they brought.
READ_BY_COORDINATORS: Final = (1, 2, 3, 4, 5, 11)
BROUGHT_BY_COORDINATORS: Final = (4, 5)
#: Until when a State can object to the closing of its request.
OPEN_UNTIL: Final = date(2999, 12, 31)
#: Requests to join: State, level, standing.
JOINING: Final = (("QMA", "restricted", "led"), ("QMB", "compact", "joined"), ("QMC", "restricted", "led"))


@action
def fill_assistance(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """All of it."""
    AssistanceProcess.objects.create(code="assistance", title="Requests", rules=RULES, **SOURCE)
    for number, (state, level, to, standing, lead, need, project) in enumerate(REQUESTS):
        made = _request(
            number, state, level, standing, lead,
            kind="women" if number % 2 else "well", channel="chair", what=_word(number, "what"),
            title=f"Wells {canary('request', number, 'title')}",
            with_safeguards=bool(number % 2), touches="women" if number % 2 else "",
            answers_need=_need(need), became_project=_project(project),
            asked_theme=Theme.objects.order_by("pk")[number % 3], coordinator_reads=number in READ_BY_COORDINATORS,
            brought_by="coordinator" if number in BROUGHT_BY_COORDINATORS else "state",
        )  # fmt: skip
        _parts(made, number, to)
    for number, (state, level, standing) in enumerate(JOINING, start=len(REQUESTS)):
        programme = Programme.objects.get(code="deep-wells")
        made = _request(
            number, state, level, standing, "ALPHA", sort="joining", title=programme.title, asked_programme=programme
        )
        _parts(made, number, ("ALPHA",))


def _request(number: int, state: str, level: str, standing: str, lead: str | None, **values: Any) -> AssistanceRequest:
    return AssistanceRequest.objects.unscoped(WHY).create(
        public_id=f"f{number:015}", country=Country.objects.get(code=state), level=level, standing=standing,
        lead=Entity.objects.get(code=lead) if lead else None, why=_word(number, "why"), reason=_word(number, "reason"),
        document=canary("request", number, "document"), filed_on=DAY, standing_since=DAY,
        due_on=DAY if standing in ("filed", "passed", "led") else None, by_when=DAY,
        filed_by_person=person_called("officer-1"), object_until=OPEN_UNTIL if standing == "closed" else None, **values,
    )  # fmt: skip


def _parts(made: AssistanceRequest, number: int, to: tuple[str, ...]) -> None:
    beta = Entity.objects.get(code="BETA")
    for place, code in enumerate(to):
        answered = place or made.standing in ("led", "project")
        AssistancePassing.objects.unscoped(WHY).create(
            of_request=made, entity=Entity.objects.get(code=code), why=_word(number, f"passed {code}"), passed_on=DAY,
            due_on=DAY, answer="can_lead" if answered else "", says=_word(number, f"says {code}") if answered else "",
            answered_on=DAY if answered else None, answered_by=person_called("officer-2") if answered else None,
        )  # fmt: skip
    AssistanceNotice.objects.unscoped(WHY).create(
        of_request=made, position=1, act="inform", whom=_word(number, "whom"), text=_word(number, "text"),
        done_on=DAY if number % 3 else None, done_note=_word(number, "note"),
    )  # fmt: skip
    AssistanceSafeguard.objects.unscoped(WHY).create(
        of_request=made, safeguard=Safeguard.objects.get(code="women"), respected=True, how=_word(number, "how")
    )
    AssistanceStep.objects.unscoped(WHY).create(
        of_request=made, done="filed", standing=made.standing, says=_word(number, "step"), about=beta
    )


def _word(number: int, what: str) -> str:
    return f"Said {canary('request', number, what)}"


def _need(number: int | None) -> Recommendation | None:
    return None if number is None else Recommendation.objects.unscoped(WHY).get(public_id=f"n{number:015}")


def _project(number: int | None) -> Project | None:
    return None if number is None else Project.objects.unscoped(WHY).get(public_id=f"p{number:015}")
