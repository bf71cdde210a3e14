"""What became of entities: the secretariat records it, everyone reads it, and the past stays where it was."""

import csv
import io
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld, Succession
from colonnade.portfolio.models import Project
from colonnade.web.conftest import House, Reader

DAY = "2020-03-01"
SAID = {"on": DAY, "source": "W/RES/9", "reason": "They did the same."}


@pytest.fixture
def entities(house: House) -> House:
    """An entity beside that of the house, to merge and rename."""
    for code in ("STREAM", "RIVER"):
        Entity.objects.create(code=code, abbreviation=code, name=f"{code} Office", kind="x", role="member", source="s")
    return house


def main(answer_of: Client, address: str) -> str:
    answer = answer_of.get(address)
    assert answer.status_code == 200
    text = unescape(answer.content.decode())
    return text[text.index("<main") : text.index("</main>")]


def merge(officer: Client, before: list[str], after: str) -> Succession:
    answer = officer.post(
        "/entities/changes/record/", {"kind": "merged", "predecessors": before, "successors": [after], **SAID}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Succession.objects.latest("id")


def rename(officer: Client, code: str, to: str, on: str = DAY) -> None:
    answer = officer.post(
        "/entities/changes/rename/",
        {"entity": code, "abbreviation": to, "name": f"The {to} Office", **SAID, "on": on},
    )
    assert answer.status_code == 302, answer.content.decode()


def focal_point(code: str) -> Client:
    person = Person.objects.create(email=f"{code}@demo.example", name=code)
    RoleHeld.objects.create(
        person=person, role=Role.ENTITY, entity=Entity.objects.get(code=code), starts_on=date(2019, 1, 1)
    )
    client = Client()
    client.force_login(person)
    return client


def test_the_successors_people_read_what_was_restricted_to_the_predecessor(reader: Reader, entities: House) -> None:
    officer, successor = reader("officer"), focal_point("RIVER")
    kept = f"/projects/{entities.projects['restricted']}/"
    assert successor.get(kept).status_code == 404
    made = merge(officer, ["WATER", "STREAM"], "RIVER")
    assert successor.get(kept).status_code == 200
    assert "64" in main(successor, "/people/standing/")
    lead = Project.objects.unscoped("test").get(public_id=entities.projects["restricted"]).lead_entity
    assert lead.code == "WATER"
    officer.post(f"/entities/changes/{made.public_id}/withdraw/")
    assert successor.get(kept).status_code == 404


def test_figures_of_the_past_stay_under_the_old_name(reader: Reader, entities: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer = reader("officer")
    merge(officer, ["WATER", "STREAM"], "RIVER")
    rows = {
        row["Code"]: row["Projects it leads"]
        for row in csv.DictReader(io.StringIO(_file(officer, "/entities/entities.csv").lstrip("\ufeff")))
    }
    assert rows == {"WATER": "64", "STREAM": "0", "RIVER": "0"}


def _file(client: Client, address: str) -> str:
    return b"".join(client.get(address)).decode()


def test_the_chain_stands_on_both_pages_and_the_list_marks_what_ended(reader: Reader, entities: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    merge(reader("officer"), ["WATER", "STREAM"], "RIVER")
    public = Client()
    told = "1 March 2020: STREAM, WATER became RIVER"
    for code, title in (("WATER", "What it became"), ("RIVER", "What came before it")):
        text = main(public, f"/entities/{code}/")
        assert title in text
        assert told in text.replace("WATER, STREAM", "STREAM, WATER")
        assert "W/RES/9 · They did the same." in text
    assert "Ended on" in main(public, "/entities/WATER/")
    assert "Ended on" not in main(public, "/entities/RIVER/")
    listed = main(public, "/entities/")
    assert listed.count("ended 1 March 2020") == 2
    assert "/entities/changes/" in listed
    assert "became RIVER" in main(public, "/entities/changes/")


def test_a_former_name_is_kept_with_its_day_and_found(reader: Reader, entities: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer, public = reader("officer"), Client()
    rename(officer, "WATER", "HYDRO")
    page = main(public, "/entities/WATER/")
    assert "The HYDRO Office" in page
    assert "WATER · Water Office" in page
    assert "until 1 March 2020, W/RES/9" in page
    # The inventory of 2019 was reported under the old name.
    assert "It was called <bdi>Water Office</bdi> then." in page
    assert "now HYDRO" in main(public, "/entities/")
    for words in ("water office", "HYDRO"):
        assert "/entities/WATER/" in main(public, f"/entities/?q={words}")
        assert "/entities/WATER/" in main(public, f"/search/?q={words}")


def test_figures_of_an_inventory_before_the_renaming_name_the_entity_as_it_was(
    reader: Reader,
    entities: House,  # noqa: ARG001  # the entities are there
) -> None:
    addresses = ("/figures/projects_by_entity/", "/pillars/I/")
    before = [main(Client(), address) for address in addresses]
    rename(reader("officer"), "WATER", "HYDRO")
    assert all(">WATER<" in text for text in before)
    for address in addresses:
        text = main(Client(), address)
        assert ">WATER<" in text, address
        assert ">HYDRO<" not in text, address


def test_a_renaming_before_the_inventory_leaves_its_name_alone(reader: Reader, entities: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    rename(reader("officer"), "WATER", "HYDRO", on="2018-01-01")
    assert "It was called" not in main(Client(), "/entities/WATER/")
    assert "now HYDRO" not in main(Client(), "/entities/")


def test_what_was_typed_is_kept_where_it_is_refused(reader: Reader, entities: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer = reader("officer")
    answer = officer.post(
        "/entities/changes/record/", {"kind": "split", "predecessors": ["WATER"], "successors": ["RIVER"], **SAID}
    )
    text = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "A split has two parts at least" in text
    assert '<option value="WATER" selected>' in text
    assert 'value="W/RES/9"' in text
    tomorrow = timezone.localdate().replace(year=timezone.localdate().year + 1).isoformat()
    typed = {"entity": "WATER", "abbreviation": "HYDRO", "name": "Hydro", **SAID, "on": tomorrow}
    answer = officer.post("/entities/changes/rename/", typed)
    assert answer.status_code == 400
    assert "still to come" in answer.content.decode()
    assert 'value="HYDRO"' in answer.content.decode()


@pytest.mark.parametrize("name", ["public", "focal", "state", "donor"])
def test_for_everybody_else_there_are_no_forms(reader: Reader, entities: House, name: str) -> None:  # noqa: ARG001  # a fixture that the test rests on
    made = merge(reader("officer"), ["WATER"], "RIVER")
    client = reader(name)
    for address in ("/entities/changes/record/", "/entities/changes/rename/"):
        assert client.get(address).status_code == 404
        assert client.post(address, SAID).status_code == 404
    assert client.post(f"/entities/changes/{made.public_id}/withdraw/").status_code == 404
    assert "record/" not in main(client, "/entities/changes/")
    assert Succession.objects.standing().count() == 1
