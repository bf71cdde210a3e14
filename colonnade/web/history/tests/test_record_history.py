"""A project's history: what changed, by whose role, and never what its reader may not see."""

from collections.abc import Callable

from django.test import Client

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Entity, Person
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.strategy.models import Pillar
from colonnade.web.conftest import House

Reader = Callable[[str], Client]


@action
def mend_project(*, reference: str, actor: Actor, **values: object) -> None:  # noqa: ARG001  # for the decorator
    Project.objects.unscoped("test").filter(reference=reference).update(**values)


@action
def move_project(*, reference: str, actor: Actor) -> None:  # noqa: ARG001  # for the decorator
    project = Project.objects.unscoped("test").get(reference=reference)
    ProjectCountry.objects.unscoped("test").filter(project=project).delete()
    ProjectCountry.objects.unscoped("test").create(project=project, country=Country.objects.get(code="QMB"))


def _history(client: Client, house: House, which: str = "public") -> str:
    page = client.get(f"/history/project/{house.projects[which]}/").content.decode()
    start = page.find('<ol class="history">')
    return page[start : page.find("</section>", start)] if start >= 0 else ""


def _mend(reference: str = "public", person: Person | None = None, **values: object) -> None:
    mend_project(reference=reference, actor=Actor("clerk", person.pk if person else None), **values)


def test_a_change_says_what_was_and_what_became(house: House, reader: Reader) -> None:
    _mend(status="completed", pillar=Pillar.objects.get(code="II"), budget="1234567.00", title="A dug well")
    history = _history(reader("focal"), house)
    for said in (
        "Mend project",
        "Status: <del>Ongoing</del> became <ins>Completed</ins>",
        "Pillar: <del>Wells</del> became <ins>Pipes</ins>",
        "Budget: <ins>1,234,567</ins> was added",
        "Title: <del>A public well</del> became <ins>A dug well</ins>",
        "recorded for the first time",
    ):
        assert said in history


def test_a_link_that_went_and_one_that_came_are_told_together(house: House, reader: Reader) -> None:
    project = Project.objects.unscoped("test").get(reference="public")
    ProjectCountry.objects.unscoped("test").create(project=project, country=Country.objects.get(code="QMA"))
    move_project(reference="public", actor=Actor("clerk"))
    history = _history(reader("focal"), house)
    moved = history[history.index("Move project") :]
    occasion = moved[: moved.index("</li>\n")]
    assert "State: <del>Hereland</del> was taken away" in occasion
    assert "State: <ins>Thereland</ins> was added" in occasion


def test_who_changed_something_is_named_by_role_never_by_name(house: House, reader: Reader) -> None:
    client = reader("focal")
    person = Person.objects.get(email="focal@demo.example")
    Person.objects.filter(pk=person.pk).update(name="Jane Quixote")
    _mend(person=person, status="suspended")
    page = _history(reader("officer"), house)
    assert "Entity, WATER" in page
    assert "Quixote" not in page
    assert "clerk" not in _history(client, house)


def test_history_is_for_people_of_the_registry(house: House, reader: Reader) -> None:
    path = f"/history/project/{house.projects['public']}/"
    assert reader("public").get(path).status_code == 404
    assert "History" not in reader("public").get(f"/projects/{house.projects['public']}/").content.decode()
    for name in ("donor", "state", "focal"):
        assert reader(name).get(path).status_code == 200


def test_what_was_restricted_stays_with_those_who_saw_it(house: House, reader: Reader) -> None:
    other = Entity.objects.create(
        code="AIR", abbreviation="AIR", name="Air Office", kind="office", role="member", source="s"
    )
    _mend("restricted", title="The hidden well", lead_entity=other)
    _mend("restricted", level="compact", state=None, title="An open well")
    _mend("restricted", status="completed")
    focal = reader("focal").get(f"/history/project/{house.projects['restricted']}/").content.decode()
    assert "<del>Ongoing</del> became <ins>Completed</ins>" in focal
    assert "The hidden well" not in focal
    assert "A confidential well" not in focal
    assert "What happened before it was open to you is not shown." in focal
    assert "The hidden well" in _history(reader("officer"), house, "restricted")


def test_the_lead_entity_of_a_restricted_project_sees_its_history(house: House, reader: Reader) -> None:
    _mend("restricted", status="completed")
    assert "became <ins>Completed</ins>" in _history(reader("focal"), house, "restricted")
