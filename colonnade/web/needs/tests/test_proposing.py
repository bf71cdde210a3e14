"""A classification is proposed where a recommendation is recorded: never filled in, never saved, from what one sees."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from colonnade.audit.models import Event
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.strategy.models import Mandate, Pillar, Theme
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
pytestmark = pytest.mark.django_db
WHY = "test"
SUBJECTS = {"prisons": "prison staff detention inmates", "borders": "border passengers customs airport"}
TYPED = {
    "title": "Detention in the north", "text": "Train the staff of prisons, under resolution 1373 (2001).",
    "priority": "high", "issued_on": "2021-04-01", "level": "compact", "addressee": "The ministry",
}  # fmt: skip


@pytest.fixture
def visit(house: House) -> Assessment:  # noqa: ARG001  # its State and entities are there
    """An assessment of a State, with eighty recommendations on two themes."""
    for place, code in enumerate(SUBJECTS):
        Theme.objects.create(code=code, title=code.title(), short_title=code.title(), position=place, source="s")
    Mandate.objects.create(code="S/RES/1373 (2001)", body="SC", number="1373", year=2001, subject="x", source="s")
    made = Assessment.objects.unscoped(WHY).get()
    advise(made, 80, "compact")
    return made


def advise(visit: Assessment, count: int, level: str, swapped: bool = False) -> None:
    themes, pillar = {each.code: each for each in Theme.objects.all()}, Pillar.objects.first()
    codes = sorted(SUBJECTS)
    for number in range(count):
        code = codes[number % 2]
        words = SUBJECTS[code].split()
        Recommendation.objects.unscoped(WHY).create(
            reference=f"{level}-{number}", assessment=visit, country=visit.country, level=level, priority="low",
            title=" ".join(words[each % 4] for each in (number, number + 1, number + 2)), text="x", issued_on=DAY,
            theme=themes[codes[(number + 1) % 2] if swapped else code], pillar=pillar,
        )  # fmt: skip


@pytest.fixture
def assessor(visit: Assessment) -> Client:
    person = Person.objects.create(email="assesses@demo.example", name="Assesses")
    look = Entity.objects.get(code="WATER")
    RoleHeld.objects.create(person=person, role=Role.ASSESSOR, entity=look, country=visit.country, starts_on=DAY)
    client = Client()
    client.force_login(person)
    return client


def asked(client: Client, visit: Assessment, **sent: str) -> str:
    answer = client.post(f"/needs/assessments/{visit.public_id}/recommend/", {**TYPED, **sent})
    assert answer.status_code == 200, answer
    return unescape(answer.content.decode())


def field(page: str, name: str) -> str:
    """The control of a field, up to its end."""
    return page.split(f'name="{name}"', 1)[1].split("</select>")[0]


def test_a_theme_is_proposed_with_its_words_and_nothing_is_filled_in(assessor: Client, visit: Assessment) -> None:
    before = Event.objects.exclude(operation="READ").count()
    page = asked(assessor, visit, propose="1")
    assert 'Proposed: <strong dir="auto">Prisons</strong>, because of the words' in page
    assert "“Detention”" in page
    assert 'value="theme=prisons"' in page
    assert "selected" not in field(page, "theme").replace('<option value="" selected', "")
    assert 'value="S/RES/1373 (2001)" id="id_mandates_0">' in page  # not checked
    assert 'value="mandates=S/RES/1373 (2001)"' in page
    assert 'value="Detention in the north"' in page  # what was typed stays
    assert "The ministry" in page
    assert 'role="alert"' not in page
    assert Event.objects.exclude(operation="READ").count() == before


def test_what_is_taken_over_is_chosen_and_still_not_saved(assessor: Client, visit: Assessment) -> None:
    page = asked(assessor, visit, take="theme=prisons")
    assert '<option value="prisons" selected>' in page
    assert "It is chosen." in page
    page = asked(assessor, visit, take="mandates=S/RES/1373 (2001)")
    assert 'value="S/RES/1373 (2001)" id="id_mandates_0" checked>' in page
    assert not Recommendation.objects.unscoped(WHY).filter(title=TYPED["title"]).exists()
    for wrong in ("theme=nothing", "level=public", "x", "country=QMB"):
        assert "selected" not in field(asked(assessor, visit, take=wrong), "theme").replace('"" selected', "")


def test_where_nothing_speaks_it_is_said(assessor: Client, visit: Assessment) -> None:
    page = asked(assessor, visit, propose="1", title="Beekeeping", text="Bees.")
    assert page.count("Nothing in the text speaks for one of these clearly enough") == 3
    assert 'name="take"' not in page


def test_without_a_press_nothing_is_proposed_and_the_form_saves_as_before(assessor: Client, visit: Assessment) -> None:
    place = f"/needs/assessments/{visit.public_id}/recommend/"
    assert "Proposed:" not in unescape(assessor.get(place).content.decode())
    assert assessor.post(place, TYPED).status_code == 302
    saved = Recommendation.objects.unscoped(WHY).get(title=TYPED["title"])
    assert (saved.theme, saved.pillar) == (None, None)


def test_records_that_one_may_not_see_have_no_influence(visit: Assessment) -> None:
    """A colleague of another State reads compact rows alone: restricted ones that say the opposite change nothing."""
    other = Country.objects.get(code="QMB")
    person = Person.objects.create(email="elsewhere@demo.example", name="Elsewhere")
    look = Entity.objects.get(code="WATER")
    RoleHeld.objects.create(person=person, role=Role.ASSESSOR, entity=look, country=other, starts_on=DAY)
    there = Assessment.objects.unscoped(WHY).create(
        country=other, assessor=look, kind="visit", starts_on=DAY, ends_on=DAY
    )
    client = Client()
    client.force_login(person)

    def proposed() -> list[str]:
        page = asked(client, there, propose="1")
        return [part.split("</div>")[0] for part in page.split('<div class="proposed"')[1:]]

    one = proposed()
    assert any("Prisons" in each for each in one)
    advise(visit, 80, "restricted", swapped=True)
    assert proposed() == one


def test_a_revision_proposes_too(assessor: Client, visit: Assessment) -> None:
    need = Recommendation.objects.unscoped(WHY).filter(assessment=visit).order_by("pk").last()
    assert need is not None
    answer = assessor.post(
        f"/needs/{need.public_id}/revise/",
        {**TYPED, "standing": "open", "seen_version": str(need.version), "propose": "1"},
    )
    assert answer.status_code == 200
    assert 'value="theme=prisons"' in answer.content.decode()
    assert Recommendation.objects.unscoped(WHY).get(pk=need.pk).version == need.version
