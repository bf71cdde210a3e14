"""A page tells each reader what they see and why: counted over what they may see, through which role, and no more."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.portfolio.models import Project
from colonnade.web.conftest import House, Reader

PAGE = "/people/standing/"


def page(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text = unescape(answer.content.decode())
    return text[text.index("<main") : text.index("</main>")]


def rows(text: str, caption: str) -> dict[str, list[str]]:
    """The rows of the table with ``caption``: head of the row -> its other cells."""
    table = next(part for part in re.findall(r"<table.*?</table>", text, re.S) if caption in part)
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table[table.index("<tbody") :], re.S):
        cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        found[cells[0]] = cells[1:]
    return found


SEEN = "How many records you see"


@pytest.mark.parametrize(
    ("name", "projects", "needs"),
    [
        ("public", ["62", "0", "0", "62"], ["0", "0", "0", "0"]),
        ("donor", ["62", "0", "0", "62"], ["0", "0", "0", "0"]),
        ("focal", ["62", "1", "1", "64"], ["0", "1", "0", "1"]),
        ("state", ["62", "0", "1", "63"], ["0", "1", "1", "2"]),
        ("other_state", ["62", "0", "0", "62"], ["0", "0", "0", "0"]),
        ("officer", ["62", "1", "1", "64"], ["0", "1", "1", "2"]),
    ],
)
def test_records_are_counted_by_kind_and_level_over_what_the_reader_sees(
    reader: Reader, name: str, projects: list[str], needs: list[str]
) -> None:
    found = rows(page(reader(name)), SEEN)
    assert found["Projects of The wells of 2019"] == projects
    assert found["Needs of assessed States"] == needs


def test_a_number_opens_the_list_of_what_it_counts(reader: Reader) -> None:
    officer = reader("officer")
    text = page(officer)
    address = next(each for each in re.findall(r'href="(/needs/\?[^"]*level=restricted[^"]*)"', text))
    listed = officer.get(unescape(address)).content.decode()
    assert "A restricted need" in listed
    assert "A compact need" not in listed


def test_each_role_in_force_is_named_with_its_days_and_others_are_not(reader: Reader) -> None:
    client = reader("focal")
    person, today = Person.objects.get(name="Focal"), timezone.localdate()
    here = Country.objects.get(code="QMA")
    RoleHeld.objects.create(
        person=person, role=Role.STATE, country=here, starts_on=date(2019, 1, 2), ends_on=today + timedelta(days=3)
    )
    RoleHeld.objects.create(
        person=person, role=Role.BOARD, starts_on=date(2018, 1, 1), ends_on=today - timedelta(days=1)
    )
    RoleHeld.objects.create(person=person, role=Role.AUDITOR, starts_on=today + timedelta(days=1))
    text = page(client)
    assert rows(text, '<th scope="col">From</th>')["Entity focal point, WATER"] == ["31 August 2019", "no end set"]
    assert "State focal point, Hereland" in text
    assert "2 January 2019" in text
    assert "Review board member" not in text
    assert "Auditor" not in re.sub(r"auditors", "", text)
    by_role = rows(text, "What each role opens by itself")
    assert by_role == {
        "Entity focal point, WATER": ["64", "1", "1"],
        "State focal point, Hereland": ["63", "2", "1"],
    }


def test_the_role_that_opens_a_level_is_named(reader: Reader) -> None:
    levels = rows(page(reader("state")), "The rule")
    assert levels["Compact"][:2] == ["What concerns Hereland.", "State focal point, Hereland"]
    assert levels["Restricted"][:2] == ["What Hereland asked to keep confidential.", "State focal point, Hereland"]
    levels = rows(page(reader("donor")), "The rule")
    assert levels["Compact"][:2] == ["Nothing of it.", "none of your roles"]
    assert levels["Restricted"][:2] == ["Nothing of it.", "none of your roles"]
    levels = rows(page(reader("officer")), "The rule")
    assert levels["Restricted"][:2] == ["All of it.", "Secretariat officer"]


@pytest.mark.parametrize("name", ["public", "focal", "state", "donor"])
def test_nothing_on_it_tells_whether_anything_is_kept(reader: Reader, house: House, name: str) -> None:
    client = reader(name)
    before = page(client)
    away = Country.objects.get(code="QMB")
    lead = Entity.objects.create(code="X", abbreviation="X", name="X", kind="x", role="partner", source="s")
    visit = Assessment.objects.unscoped("test").create(
        country=away, assessor=lead, kind="visit", level="restricted", starts_on="2019-08-31", ends_on="2019-08-31"
    )
    for number in range(7):
        Recommendation.objects.unscoped("test").create(
            reference=f"x{number}",
            level="restricted",
            assessment=visit,
            country=away,
            title="x",
            text="x",
            issued_on="2019-08-31",
        )
    Project.objects.unscoped("test").create(
        reference="x", title="x", lead_entity=lead, status="ongoing", level="restricted", state=away
    )
    assert page(client) == before
    assert page(client).count("is kept from you") == 1
    assert house.projects


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("public", set()),
        (
            "state",
            {
                "Keep views",
                "Make a need",
                "Record a State",
                "Approve or refuse",
                "Hand over",
                "File a State",
                "Begin a plan",
            },
        ),
        (
            "officer",
            {
                "Keep views",
                "Edit projects",
                "Propose that two records",
                "Take extra access",
                "Record a State",
                "Approve or refuse",
                "Propose, approve",
                "Record that",
                "Hand over",
                "Look as",
                "See the details",
                "File a State",
                "Begin a plan",
            },
        ),
        ("focal", {"Keep views", "Edit projects", "Propose that two records", "Hand over"}),
    ],
)
def test_every_act_is_possible_or_has_its_reason(reader: Reader, name: str, may: set[str]) -> None:
    items = re.findall(r"<li>(.*?)</li>", page(reader(name)).split('id="acts"')[1], re.S)
    possible = {item for item in items if "✓" in item}
    assert len(items) == 15
    assert len(possible) == len(may)
    assert all(any(beginning in item for item in possible) for beginning in may)
    for item in set(items) - possible:
        reason = re.search(r'<span class="reason">(.+?)</span>', item)
        assert reason
        assert "nly" in reason[1] or "begins a plan" in reason[1]


def test_an_administrator_is_told_what_they_do_here(house: House, client: Client) -> None:
    person = Person.objects.create(email="keys@demo.example", name="Keys")
    RoleHeld.objects.create(person=person, role=Role.ADMINISTRATOR, starts_on="2019-01-01")
    client.force_login(person)
    items = re.findall(r"<li>(.*?)</li>", page(client).split('id="acts"')[1], re.S)
    possible = {re.sub(r"<[^>]*>", "", item).split(" ", 1)[1] for item in items if "✓" in item}
    assert 'href="/people/administration/"' in "".join(items)
    assert 'href="/people/extra-access/"' in "".join(items)
    assert len(possible) == 5
    assert house


def test_it_is_led_to_from_the_head_and_from_notices_that_something_is_withheld(reader: Reader, house: House) -> None:
    link = f'href="{PAGE}"'
    for name, addresses in {
        "public": ("/", "/needs/", "/figures/", "/countries/QMA/", f"/projects/{house.projects['public']}/"),
        "focal": ("/", "/projects/", "/reports/"),
    }.items():
        client = reader(name)
        for address in addresses:
            text = client.get(address).content.decode()
            assert link in text[: text.index("<main")], address
            if name == "public":
                assert link in text[text.index("<main") :], address


def test_somebody_without_a_role_sees_what_the_public_sees(house: House) -> None:
    person = Person.objects.create(email="nobody@demo.example", name="Nobody")
    client = Client()
    client.force_login(person)
    text = page(client)
    assert "You hold no role today" in text
    assert rows(text, SEEN) == rows(page(Client()), SEEN)
    assert house.projects


def test_readers_stand_side_by_side_in_a_demonstration(reader: Reader, settings: LazySettings) -> None:
    for name in ("officer", "focal", "state", "donor"):
        reader(name)
    settings.DEMO = True
    found = rows(page(Client(), "/people/standing/side-by-side/"), "What each reader finds")
    by_name = {name.split(" Sees")[0].strip(): numbers[:3] for name, numbers in found.items()}
    assert by_name == {
        "The public": ["62", "not released", "1"],
        "Officer": ["64", "2", "1"],
        "Focal": ["64", "1", "1"],
        "State": ["63", "2", "1"],
        "Donor": ["62", "not released", "1"],
    }


def test_elsewhere_only_the_secretariat_puts_readers_side_by_side(reader: Reader) -> None:
    for name in ("public", "focal", "state", "donor"):
        assert reader(name).get("/people/standing/side-by-side/").status_code == 404
    found = rows(page(reader("officer"), "/people/standing/side-by-side/"), "What each reader finds")
    assert [numbers[0] for numbers in found.values()] == ["62", "63", "64"]


def test_the_first_page_of_a_demonstration_lets_one_step_in_as_each(reader: Reader, settings: LazySettings) -> None:
    for name in ("officer", "focal", "state", "donor"):
        reader(name)
    assert "pairs of eyes" not in Client().get("/").content.decode()
    settings.DEMO = True
    client = Client()
    text = client.get("/").content.decode()
    block = text[text.index('id="eyes"') : text.index("</section>", text.index('id="eyes"'))]
    names = re.findall(r"<h3><bdi>(.*?)</bdi>", block)
    assert names == ["The public", "State", "Focal", "Officer"]
    for key in re.findall(r'name="person" value="(\d+)"', block):
        assert client.post("/people/step-in/", {"person": key})["Location"] == "/"
        stepped = client.get("/").content.decode()
        assert stepped.count("You are looking with these eyes") == 1
    assert "See what is published" in stepped


def test_it_asks_the_database_little(reader: Reader, django_assert_max_num_queries: object) -> None:
    for name in ("public", "focal", "officer"):
        client = reader(name)
        client.get(PAGE)
        with django_assert_max_num_queries(18):  # type: ignore[operator]  # a context manager of pytest-django's
            client.get(PAGE)
