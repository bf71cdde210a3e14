"""What the overview says of change and of what needs attention, over the small house."""

from datetime import date

import pytest

from colonnade.portfolio.models import InventoryEntry, Project
from colonnade.web.conftest import PROJECTS, House, Reader

pytestmark = pytest.mark.django_db


def home(reader: Reader, person: str) -> str:
    response = reader(person).get("/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("house")
def test_the_flow_from_the_inventory_before_adds_up(reader: Reader) -> None:
    kept = InventoryEntry.objects.unscoped("test").filter(inventory__key="wells-2018", project__reference="well-00")
    kept.delete()
    text = home(reader, "officer")
    assert "What changed since <bdi>The wells of 2018</bdi>" in text
    flow = text[text.index('class="flow"') : text.index("</ol>", text.index('class="flow"'))]
    numbers = [part.split("</a>")[0].split(">")[-1] for part in flow.split("<li>")[1:]]
    assert numbers == [str(PROJECTS - 1), "0", "1", str(PROJECTS)]


@pytest.mark.usefixtures("house")
def test_a_project_past_its_end_is_a_concern_that_opens_its_list(reader: Reader) -> None:
    Project.objects.unscoped("test").filter(reference="well-01").update(ends_on=date(2019, 8, 1))
    text = " ".join(home(reader, "public").split())
    assert 'href="/projects/?active=yes&amp;ends_by=2019-08-30">1</a> project past its end.' in text


def test_urgent_needs_are_a_concern_of_those_who_may_see_them_only(house: House, reader: Reader) -> None:
    assert house.needs
    assert "urgent need" not in home(reader, "public")


@pytest.mark.usefixtures("house")
def test_the_map_and_the_money_lead_on(reader: Reader) -> None:
    text = home(reader, "officer")
    assert 'href="/countries/QMA/"' in text
    assert "Where most is missing, by lead entity" in text
    assert 'href="/explore/?measure=shortfall&amp;rows=entity&amp;order=size"' in text
