"""Plain pages of other records obey the same rule: visible, or not there."""

from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.web.conftest import House

Reader = Callable[[str], Client]


@pytest.mark.parametrize(
    ("level", "readers"),
    [("compact", {"focal", "officer", "state"}), ("restricted", {"officer", "state"})],
)
def test_a_need_is_there_for_those_who_may_see_it(level: str, readers: set[str], house: House, reader: Reader) -> None:
    everyone = ("public", "donor", "focal", "officer", "state", "other_state")
    path = f"/records/recommendation/{house.needs[level]}/"
    assert {name for name in everyone if reader(name).get(path).status_code == 200} == readers


def test_a_contribution_is_not_the_publics(house: House, reader: Reader) -> None:
    path = f"/records/contribution/{house.contribution}/"
    assert reader("public").get(path).status_code == 404
    assert "USD 5" in reader("focal").get(path).content.decode()
    assert "USD 5" not in reader("public").get("/records/contributor/giver/").content.decode()


def test_a_need_names_the_projects_that_respond(house: House, reader: Reader) -> None:
    page = reader("officer").get(f"/records/recommendation/{house.needs['compact']}/").content.decode()
    assert f"/projects/{house.projects['public']}/" in page
    assert "Dig deeper." in page
