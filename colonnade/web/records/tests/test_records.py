"""Plain pages of other records obey the same rule: visible, or not there."""

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from colonnade.web.conftest import House

Reader = Callable[[str], Client]


def test_a_contribution_is_not_the_publics(house: House, reader: Reader) -> None:
    path = f"/records/contribution/{house.contribution}/"
    assert reader("public").get(path).status_code == 404
    assert "USD 5" in reader("focal").get(path).content.decode()
    page = reader("public").get("/records/contributor/giver/", follow=True)
    assert page.status_code == 200
    assert "USD 5" not in page.content.decode()


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/needs/{need}/", ["/needs/"]),
        ("/records/contribution/{contribution}/", ["/money/", "/money/contributors/giver/"]),
        ("/records/seed_award/{award}/", ["/money/", "/money/seed/2019/"]),
    ],
)
def test_a_record_leads_back_to_where_its_kind_is_listed(
    path: str, way: list[str], house: House, reader: Reader
) -> None:
    at = path.format(need=house.needs["compact"], contribution=house.contribution, award=house.award)
    page = html.fromstring(reader("officer").get(at).content)
    assert page.xpath('//nav[@class="crumbs"]//a/@href') == way
    current = page.xpath('//ul[@class="house-row"]//a[@aria-current]/@href')
    assert current == way[:1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/records/event/{event}/", "/events/{event}/"),
        ("/records/recommendation/0123/", "/needs/0123/"),
        ("/records/seed_round/2019/", "/money/seed/2019/"),
        ("/records/contributor/giver/", "/money/contributors/giver/"),
    ],
)
def test_a_record_with_a_page_of_its_own_has_moved_there(old: str, new: str, house: House, reader: Reader) -> None:
    response = reader("public").get(old.format(event=house.event))
    assert response.status_code == 301
    assert response["Location"] == new.format(event=house.event)


def test_an_old_address_does_not_say_whether_a_record_is_there(house: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    response = reader("public").get("/records/event/nothing/")
    assert response.status_code == 301
    assert reader("public").get(response["Location"]).status_code == 404
    assert reader("public").get("/records/event/no.identifier/").status_code == 404
