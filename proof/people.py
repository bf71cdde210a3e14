"""People of every kind, and what passes between them: needs with what their States wish, releases, saved views."""

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Final

from django.contrib.auth.hashers import make_password

from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.disclosure.tables import ALL
from colonnade.analysis.models import (
    DismissedSuggestion,
    KnownFigure,
    OverlapDecision,
    ReleaseBasis,
    ReleaseCheck,
    ReleasedTotal,
)
from colonnade.analysis.releases.values import Divided, ReleasedValues
from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Role
from colonnade.members.models import Entity, Person, RoleHeld, SavedView
from colonnade.needs.actions import Given, approve_lifting, keep_confidential, propose_lifting
from colonnade.needs.models import Assessment, Consent, Lifting, Recommendation, Remark, Response, ResponseStep
from colonnade.places.models import Country
from colonnade.portfolio.models import Project
from colonnade.strategy.models import Mandate, Pillar, Theme
from proof.canaries import canary, canary_amount
from proof.readers import EVERYBODY, Reader
from proof.registry import BUILDER, DAY, WHY

NOON: Final = datetime(2020, 3, 1, 12, tzinfo=UTC)
#: State, level and named entity of each group of needs, the fields that its State keeps, and how many there are.
NEEDS: Final[tuple[tuple[int, str, str, str | None, tuple[str, ...]], ...]] = (
    (3, "QMA", "compact", None, ()),
    (2, "QMA", "compact", "GAMMA", ("title", "text")),
    (2, "QMA", "restricted", None, ()),
    (1, "QMA", "restricted", "GAMMA", ()),
    (2, "QMA", "public", None, ()),
    (2, "QMB", "compact", None, ()),
    (1, "QMB", "compact", None, ("title", "text", "addressee", "priority", "theme", "pillar")),
    (2, "QMB", "restricted", None, ()),
    (1, "QMB", "public", None, ()),
    (2, "QMC", "compact", None, ()),
)


#: People who do nothing: their names, and which roles they hold for whom, are told to nobody but who sees people.
STRANGERS: Final = (
    (Role.AUDITOR, None, None),
    (Role.ADMINISTRATOR, None, None),
    (Role.BOARD, None, None),
    (Role.DONOR, None, "QMB"),
    (Role.CHAIR, "DELTA", None),
    (Role.ENTITY, "ALPHA", None),
)


def address(reader: Reader) -> str:
    """Where a reader gets mail: their own canary."""
    return f"{canary('mail', reader.name)}@people.example"


def welcome_everybody() -> None:
    """One person for each kind of reader that signs in, and two more officers."""
    for reader in EVERYBODY:
        if reader.signs_in:
            welcome(reader)
    for number in (1, 2):
        welcome(Reader(f"officer-{number}", ((Role.SECRETARIAT, None, None),)))


def let_strangers_in() -> None:
    """Come after everybody else, so that the numbers of the others stay."""
    for number, role in enumerate(STRANGERS):
        welcome(Reader(canary("stranger", number), (role,)))


def person_called(name: str) -> Person:
    """The person of a reader."""
    return Person.objects.get(name=name)


def welcome(reader: Reader) -> None:
    """Let somebody in, with their roles. They are numbered as they come."""
    person = Person.objects.create(
        public_id=f"h{Person.objects.count():015}", email=address(reader), name=reader.name,
        password=make_password("long enough to sign in", hasher="md5"),
    )  # fmt: skip
    for role, entity, state in reader.roles:
        RoleHeld.objects.create(
            person=person,
            role=role,
            entity=Entity.objects.get(code=entity) if entity else None,
            country=Country.objects.get(code=state) if state else None,
            starts_on=date(2018, 1, 1),
        )


@action
def fill_needs(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """Needs at every level, whole and with fields that their States keep, each answered by projects."""
    number = 0
    for many, state, level, named, kept in NEEDS:
        for _ in range(many):
            _need(number, state, level, named, kept)
            number += 1
    _responses()
    _overlaps()
    _dismissals()


def _need(number: int, state: str, level: str, named: str | None, kept: tuple[str, ...]) -> None:
    country, assessor = Country.objects.get(code=state), Entity.objects.get(code="DELTA")
    secret = level != "public"
    visit = Assessment.objects.unscoped(WHY).create(
        public_id=f"t{number:015}", country=country, assessor=assessor, kind="visit", starts_on=DAY, ends_on=DAY,
        level="restricted" if level == "restricted" and number % 2 else "compact",
    )  # fmt: skip
    visit.mandates.add(Mandate.objects.order_by("pk")[number % 2])

    def word(field: str, plain: str) -> str:
        return f"{plain} {canary('need', number, field) if secret else number}"

    need = Recommendation.objects.unscoped(WHY).create(
        public_id=f"n{number:015}", reference=word("reference", f"R-{number}"), assessment=visit, country=country,
        title=word("title", "Need"), text=word("text", "Dig deeper."), addressee=word("addressee", "The ministry"),
        priority=("high", "medium", "low")[number % 3], theme=Theme.objects.order_by("pk")[number % 3],
        pillar=Pillar.objects.order_by("pk")[number % 3], issued_on=DAY, provenance="illustrative",
    )  # fmt: skip
    need.mandates.add(Mandate.objects.order_by("pk")[number % 2])
    if named:
        need.named_entities.add(Entity.objects.get(code=named))
    person = person_called("state" if state == "QMA" else "other State" if state == "QMB" else "third State")
    wished: dict[str, Any] = {"need": need, "person": person, "actor": BUILDER}
    said = canary("remark", number) if secret else "now"
    Remark.objects.unscoped(WHY).create(
        public_id=f"mr{number:014}",
        recommendation=need,
        kind="progress",
        side="state",
        text=f"Dug {said}",
        said_by=person,
    )
    if kept:
        keep_confidential(**wished, fields=kept, document=word("wish", "Letter"))
    if level == "restricted":
        keep_confidential(**wished, document=word("wish", "Letter"))
        _propose(need, number, Level.COMPACT)
    if level == "public":
        lifting = _propose(need, number, Level.PUBLIC)
        approve_lifting(lifting=lifting, person=person_called("officer-2"), actor=BUILDER)


def _propose(need: Recommendation, number: int, level: Level) -> Lifting:
    given = Given(f"Ministry {canary('gave', number)}", date(2020, 1, 1), f"Note {canary('consent', number)}")
    fresh = Recommendation.objects.unscoped(WHY).get(pk=need.pk)
    made = propose_lifting(
        need=fresh, person=person_called("officer-1"), level=level, fields=(), given=given, actor=BUILDER
    )
    # The addresses name them by the number of their need.
    Lifting.objects.unscoped(WHY).filter(pk=made.pk).update(public_id=f"g{number:015}")
    Consent.objects.unscoped(WHY).filter(pk=made.consent_id).update(public_id=f"k{number:015}")
    return Lifting.objects.unscoped(WHY).get(pk=made.pk)


def _responses() -> None:
    delta, beta = Entity.objects.get(code="DELTA"), Entity.objects.get(code="BETA")
    projects = {project.public_id: project for project in Project.objects.unscoped(WHY)}
    chosen = [projects[f"p{number:015}"] for number in (0, 1, 46, 52, 55, 58, 60, 63)]
    for place, need in enumerate(Recommendation.objects.unscoped(WHY).order_by("pk")):
        for step in (0, 3, 5):
            project = chosen[(place + step) % len(chosen)]
            secret = need.level != "public" or project.level != "public"
            said = canary("response", place, step) if secret else "open"
            made = Response.objects.unscoped(WHY).create(
                public_id=f"r{place:07}{step:08}", recommendation=need, project=project, strength="full",
                says=f"It {said}",
                standing=("claimed", "verified", "contested")[step % 3], evidence=f"As seen {said}",
                reason=f"Because {said}", claimed_by=beta, claimed_on=DAY, verified_by=delta if step else None,
                verified_on=DAY if step else None,
            )  # fmt: skip
            ResponseStep.objects.unscoped(WHY).create(
                response=made, standing=made.standing, strength="full", reason=f"Said {said}", entity=beta
            )


def _overlaps() -> None:
    """A decision of every verdict on pairs of projects of all levels."""
    delta, officer = Entity.objects.get(code="DELTA"), person_called("officer-1")
    projects = list(Project.objects.unscoped(WHY).order_by("public_id"))
    by, at = ([f"{side}_accepted_{what}" for side in ("one", "other")] for what in ("by", "at"))
    for place, (one, other) in enumerate(pairwise(projects)):
        verdict = ("same", "coordinate", "fine")[place % 3]
        is_same, is_coordinated = verdict == "same", verdict == "coordinate"
        OverlapDecision.objects.unscoped(WHY).create(
            public_id=f"v{place:015}", one=one, other=other, verdict=verdict, reason=f"So {canary('overlap', place)}",
            kept=one if is_same else None, coordinator=delta if is_coordinated else None,
            due_on=DAY if is_coordinated else None, decided_by=officer, decided_at=NOON, provenance="illustrative",
            **(dict.fromkeys(by, officer) | dict.fromkeys(at, NOON) if is_same and place % 2 == 0 else {}),
        )  # fmt: skip


def _dismissals() -> None:
    """A suggestion of every need dismissed, of projects of all levels; every fourth is taken back."""
    officer = person_called("officer-1")
    projects = list(Project.objects.unscoped(WHY).order_by("public_id"))
    for place, need in enumerate(Recommendation.objects.unscoped(WHY).order_by("pk")):
        back = {"ended_by": officer, "ended_at": NOON} if place % 4 == 3 else {}
        DismissedSuggestion.objects.unscoped(WHY).create(
            public_id=f"vd{place:014}", recommendation=need, project=projects[(place * 11 + 46) % len(projects)],
            reason=f"No {canary('dismissed', place)}", dismissed_by=officer, dismissed_at=NOON,
            provenance="illustrative", **back,
        )  # fmt: skip


@action
def fill_releases(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """A release of every standing to every audience, with what is behind it and what was found."""
    first, second = person_called("officer-1"), person_called("officer-2")
    nothing = Divided("", "", ())
    for number, (audience, standing) in enumerate(
        (a, s) for a in ("public", "compact") for s in ("proposed", "approved", "refused", "withdrawn")
    ):
        known = standing in ("approved", "withdrawn")
        secret = not known or audience != "public"
        ended = standing in ("refused", "withdrawn")
        word = canary("release", number) if secret else "open"
        values = ReleasedValues("count", nothing, nothing, {(ALL, ALL): canary_amount("release", number)})
        release = ReleasedTotal.objects.create(
            public_id=f"l{number:015}", title=f"Total {word}", figure="projects", audience=audience, over="compact",
            values=values.as_json(), policy=Policy().as_json(), snapshot="v1", as_of=NOON, reason=f"Asked {word}",
            note=f"Mind {word}", standing=standing, made_by=first, made_at=NOON, provenance="illustrative",
            approved_by=second if known else None, approved_at=NOON if known else None,
            ended_by=second if ended else None, ended_at=NOON if ended else None,
            ended_because=f"Because {word}" if ended else "",
        )  # fmt: skip
        basis = [[f"p{number:015}", canary("basis", number), "", "", "1"]]
        ReleaseBasis.objects.create(release=release, kind="projects", measure="projects", records=basis)
        ReleaseCheck.objects.create(
            release=release, stage="proposal", audience=audience, passed=True, hidden_records=number, unknowns=number,
            statements=number, sensitive=number, against=[canary("against", number)], checked_at=NOON,
            findings=[],
        )  # fmt: skip
    KnownFigure.objects.create(
        key="known", title="Wells", source="W/1", figure="projects", low=1, high=1, printed="one", origin="claims"
    )


def save_views() -> None:
    """Two views a person: their own, and one that is shared with their entity where they have one."""
    for number, person in enumerate(Person.objects.order_by("pk")):
        held = person.roles_held.exclude(entity=None).first()
        SavedView.objects.create(
            public_id=f"w{number:015}", person=person, title=f"Mine {canary('view', number)}", page="projects",
            query=f"q={canary('view-query', number)}", created_at=NOON,
        )  # fmt: skip
        if held:
            SavedView.objects.create(
                public_id=f"w1{number:014}", person=person, shared_with=held.entity, page="needs",
                title=f"Ours {canary('shared', number)}", query="", created_at=NOON,
            )  # fmt: skip
