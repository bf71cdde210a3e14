"""Scoring markers with a justification; samples; a second person checks; the entity answers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.lots import Ticket, draw_of_each
from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.portfolio.actions import record_inventory
from colonnade.portfolio.creating import Signed, amend_project, create_project
from colonnade.portfolio.marker_actions import (
    MarkerRefused,
    Scored,
    answer_check,
    check_score,
    draw_sample,
    score_markers,
)
from colonnade.portfolio.models import Inventory, MarkerCheck, MarkerSample, Project, ProjectMarker
from colonnade.portfolio.reported import ReportedMarker, ReportedProject
from colonnade.strategy.models import MarkerLevel

pytestmark = pytest.mark.django_db
DAY = date(2019, 8, 31)
TEST = Actor("Test")
People = Callable[..., Person]


@pytest.fixture
def projects() -> list[Project]:
    for code in ("WATER", "AIR"):
        Entity.objects.create(code=code, abbreviation=code, name=code, role="member", source="s")
    for marker, most in (("gender", 3), ("youth", 2)):
        for level in range(most + 1):
            MarkerLevel.objects.create(marker=marker, level=level, title=f"Aim {level}", source="s")
    return [
        Project.objects.unscoped("test").create(
            reference=f"p{number}",
            title=f"Project {number}",
            lead_entity=Entity.objects.get(code=entity),
            status="ongoing",
            level="public" if number else "compact",
        )
        for number, entity in enumerate(["WATER"] * 4 + ["AIR"])
    ]


@pytest.fixture
def person() -> People:
    def find(name: str, role: Role, entity: str = "", *more: tuple[Role, str]) -> Person:
        made, new = Person.objects.get_or_create(email=f"{name}@demo.example", name=name.title())
        for each, code in [(role, entity), *more] if new else []:
            held = Entity.objects.get(code=code) if code else None
            RoleHeld.objects.create(person=made, role=each, entity=held, starts_on=DAY)
        return made

    return find


def score(
    project: Project, person: Person, level: int = 2, why: str = "Women lead it.", marker: str = "gender"
) -> None:
    project.refresh_from_db(from_queryset=Project.objects.unscoped("test"))
    score_markers(
        project=project,
        expected_version=project.version,
        scores={marker: Scored(level, why)},
        person=person,
        actor=Actor(person.name, person.pk),
    )


def marker_of(project: Project, marker: str = "gender") -> ProjectMarker:
    return ProjectMarker.objects.unscoped("test").get(project=project, marker=marker)


def draw(person: Person, of_each: int = 2, *, undated: bool = False) -> MarkerSample:
    today = timezone.localdate()
    return draw_sample(
        first_on=today, last_on=today, of_each=of_each, undated=undated, person=person, actor=Actor(person.name)
    )


def checks() -> list[MarkerCheck]:
    found = MarkerCheck.objects.unscoped("test").select_related("project__lead_entity").order_by("pk")
    return list(found)


def test_a_score_keeps_its_justification_who_gave_it_and_when(projects: list[Project], person: People) -> None:
    focal = person("focal", Role.ENTITY, "WATER")
    score(projects[0], focal)
    row = marker_of(projects[0])
    assert (row.score, row.justification, row.scored_by, row.scored_at is not None) == (
        2,
        "Women lead it.",
        focal,
        True,
    )
    event = Event.objects.changes().filter(table_name="portfolio_projectmarker").latest("id")
    assert (event.action, event.person_id) == ("score_markers", focal.pk)


@pytest.mark.parametrize(
    ("level", "why", "marker", "said"),
    [(2, "  ", "gender", "say why"), (3, "So.", "youth", "scale"), (1, "So.", "other", "scale")],
)
def test_a_score_is_on_its_scale_and_says_why(
    projects: list[Project], person: People, level: int, why: str, marker: str, said: str
) -> None:
    with pytest.raises(MarkerRefused, match=said):
        score(projects[0], person("focal", Role.ENTITY, "WATER"), level, why, marker)
    assert not ProjectMarker.objects.unscoped("test").exists()


def test_others_do_not_score_and_nobody_scores_over_an_edit(projects: list[Project], person: People) -> None:
    with pytest.raises(MarkerRefused, match="lead entity"):
        score(projects[0], person("air", Role.ENTITY, "AIR"))
    with pytest.raises(Project.DoesNotExist):
        score(projects[0], person("donor", Role.DONOR))
    focal = person("focal", Role.ENTITY, "WATER")
    with pytest.raises(MarkerRefused, match="Somebody else"):
        score_markers(
            project=projects[0], expected_version=7, scores={"gender": Scored(1, "x")}, person=focal, actor=TEST
        )


def test_the_same_score_stays_whose_it_was(projects: list[Project], person: People) -> None:
    focal = person("focal", Role.ENTITY, "WATER")
    score(projects[0], focal)
    score(projects[0], person("officer", Role.SECRETARIAT))
    assert marker_of(projects[0]).scored_by == focal


def test_a_report_replaces_no_score_that_was_given_here(projects: list[Project], person: People) -> None:
    score(projects[0], person("focal", Role.ENTITY, "WATER"))
    inventory = Inventory.objects.create(key="k", title="k", as_of=DAY, provenance="reported", source="s")
    report = ReportedProject(
        "p0", "Project 0", "WATER", "ongoing", markers=(ReportedMarker("gender", 0), ReportedMarker("youth", 1, "So."))
    )
    record_inventory(inventory=inventory, projects=[report], actor=TEST)
    assert (marker_of(projects[0]).score, marker_of(projects[0], "youth").score) == (2, 1)
    again = record_inventory(inventory=inventory, projects=[report], actor=TEST)
    assert (again.updated, again.unchanged) == (0, 1)


@pytest.mark.usefixtures("projects")
def test_an_amendment_replaces_no_score_that_was_given_since(person: People) -> None:
    focal, when = person("focal", Role.ENTITY, "WATER"), timezone.now()
    first, second, third = (
        ReportedProject("new", "New", "WATER", "ongoing", markers=(ReportedMarker("gender", level, f"So {level}."),))
        for level in (1, 2, 3)
    )
    common: dict[str, Any] = {"working_group": None, "scored": Signed(focal, when), "actor": TEST}
    made = create_project(report=first, provenance="reported", **common)
    assert (marker_of(made).score, marker_of(made).scored_by, marker_of(made).scored_at) == (1, focal, when)
    amend_project(project=made, before=first, after=second, **common)
    assert (marker_of(made).score, marker_of(made).scored_by) == (2, focal)
    score(made, person("officer", Role.SECRETARIAT), 0, "None do.")
    amend_project(project=made, before=second, after=third, **common)
    assert (marker_of(made).score, marker_of(made).justification) == (0, "None do.")


def test_a_sample_reaches_each_entity_and_repeats_from_what_is_kept(projects: list[Project], person: People) -> None:
    officer = person("officer", Role.SECRETARIAT)
    for project in projects:
        entity = project.lead_entity.code
        score(project, person(f"focal-{entity}", Role.ENTITY, entity))
    sample = draw(officer)
    drawn = [f"{each.project.public_id} {each.marker}" for each in checks()]
    assert sorted(each.project.lead_entity.code for each in checks()) == ["AIR", "WATER", "WATER"]
    tickets = [Ticket(key, entity) for entity, keys in sample.considered.items() for key in keys]
    assert len(tickets) == 5
    assert draw_of_each(sample.seed, tickets, sample.of_each) == drawn


def test_what_waits_is_not_drawn_again_and_what_a_report_brought_only_where_asked(
    projects: list[Project], person: People
) -> None:
    officer = person("officer", Role.SECRETARIAT)
    ProjectMarker.objects.unscoped("test").create(project=projects[0], marker="gender", score=1)
    with pytest.raises(MarkerRefused, match="No score"):
        draw(officer)
    draw(officer, undated=True)
    with pytest.raises(MarkerRefused, match="No score"):
        draw(officer, undated=True)
    with pytest.raises(MarkerRefused, match="Only the secretariat"):
        draw(person("focal", Role.ENTITY, "WATER"), undated=True)


def test_a_period_and_a_number_that_cannot_be_are_refused(person: People) -> None:
    officer, today = person("officer", Role.SECRETARIAT), timezone.localdate()
    with pytest.raises(MarkerRefused, match="before it begins"):
        draw_sample(first_on=today, last_on=today - timedelta(1), of_each=1, person=officer, actor=TEST)
    for number in (0, 51):
        with pytest.raises(MarkerRefused, match="between 1 and 50"):
            draw_sample(first_on=today, last_on=today, of_each=number, person=officer, actor=TEST)


def drawn_score(project: Project, by: Person, officer: Person) -> MarkerCheck:
    score(project, by)
    draw(officer)
    return next(each for each in checks() if each.project == project)


def test_nobody_checks_their_own_work_whatever_roles_they_hold(projects: list[Project], person: People) -> None:
    officer = person("officer", Role.SECRETARIAT)
    check = drawn_score(projects[0], officer, officer)
    for name, roles, said in (
        ("officer", ((Role.SECRETARIAT, ""),), "You gave this score"),
        ("both", ((Role.SECRETARIAT, ""), (Role.ENTITY, "WATER")), "act for the entity"),
        ("focal", ((Role.ENTITY, "WATER"),), "Only the secretariat and the chairs"),
        ("chair", ((Role.CHAIR, "WATER"),), "act for the entity"),
    ):
        (role, entity), *more = roles
        with pytest.raises(MarkerRefused, match=said):
            check_score(check=check, person=person(name, role, entity, *more), actor=TEST)
    check_score(check=check, person=person("other", Role.CHAIR, "AIR"), actor=TEST)
    with pytest.raises(MarkerRefused, match="was checked"):
        check_score(check=check, person=person("second", Role.SECRETARIAT), actor=TEST)
    with pytest.raises(IntegrityError), transaction.atomic():
        MarkerCheck.objects.unscoped("test").filter(pk=check.pk).update(checked_by=officer)


def test_a_proposed_score_that_is_accepted_is_scored_like_any_other(projects: list[Project], person: People) -> None:
    officer, focal = person("officer", Role.SECRETARIAT), person("focal", Role.ENTITY, "WATER")
    check = drawn_score(projects[0], focal, officer)
    for proposed, reason, said in ((2, "x", "agree"), (1, " ", "why"), (4, "x", "scale")):
        with pytest.raises(MarkerRefused, match=said):
            check_score(check=check, person=officer, proposed=proposed, reason=reason, actor=TEST)
    with pytest.raises(MarkerRefused, match="No other score"):
        answer_check(check=check, person=focal, accepts=True, actor=TEST)
    check_score(check=check, person=officer, proposed=1, reason="Few are women.", actor=TEST)
    with pytest.raises(MarkerRefused, match="Only a focal point"):
        answer_check(check=check, person=officer, accepts=True, actor=TEST)
    answered = answer_check(check=check, person=focal, accepts=True, actor=TEST)
    row = marker_of(projects[0])
    assert (row.score, row.justification, row.scored_by) == (1, "Few are women.", focal)
    assert (answered.answer, answered.score, answered.standing) == ("accepted", 2, "done")
    with pytest.raises(MarkerRefused, match="answered"):
        answer_check(check=check, person=focal, accepts=False, reason="x", actor=TEST)


def test_a_score_is_kept_with_a_reason(projects: list[Project], person: People) -> None:
    officer, focal = person("officer", Role.SECRETARIAT), person("focal", Role.ENTITY, "WATER")
    check = drawn_score(projects[0], focal, officer)
    check_score(check=check, person=officer, proposed=0, reason="None.", actor=TEST)
    with pytest.raises(MarkerRefused, match="why the score is kept"):
        answer_check(check=check, person=focal, accepts=False, actor=TEST)
    answer_check(check=check, person=focal, accepts=False, reason="Half are.", actor=TEST)
    assert marker_of(projects[0]).score == 2


def test_who_proposed_a_score_does_not_answer_it(projects: list[Project], person: People) -> None:
    officer = person("officer", Role.SECRETARIAT)
    check = drawn_score(projects[0], officer, officer)
    chair = person("chair", Role.CHAIR, "AIR")
    check_score(check=check, person=chair, proposed=0, reason="None.", actor=TEST)
    RoleHeld.objects.create(person=chair, role=Role.ENTITY, entity=Entity.objects.get(code="WATER"), starts_on=DAY)
    with pytest.raises(MarkerRefused, match="another person"):
        answer_check(check=check, person=chair, accepts=True, actor=TEST)


def test_checks_stay_inside_the_compact_and_samples_with_who_sees_all(projects: list[Project], person: People) -> None:
    officer = person("officer", Role.SECRETARIAT)
    drawn_score(projects[1], officer, officer)
    seen = {
        "public": PUBLIC,
        "donor": Viewer(1, frozenset({Role.DONOR})),
        "entity": Viewer(1, frozenset({Role.ENTITY}), frozenset({"AIR"})),
        "officer": Viewer(1, frozenset({Role.SECRETARIAT})),
    }
    found = {
        name: (MarkerCheck.objects.visible_to(viewer).count(), MarkerSample.objects.visible_to(viewer).count())
        for name, viewer in seen.items()
    }
    assert found == {"public": (0, 0), "donor": (0, 0), "entity": (1, 0), "officer": (1, 1)}
