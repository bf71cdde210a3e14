"""The list for search engines: the public's pages, whoever asks, and every one of them there."""

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import etree

from colonnade.core.viewer import PUBLIC
from colonnade.portfolio.models import Project
from colonnade.web.conftest import House
from colonnade.web.house.sitemap import KINDS

Reader = Callable[[str], Client]
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return [str(found.text) for found in etree.fromstring(answer.content).findall(".//s:loc", SPACE)]


def test_the_index_leads_to_files_and_they_to_pages_that_the_public_can_read(house: House) -> None:  # noqa: ARG001  # fills the registry
    client = Client()
    files = addresses(client, "/sitemap.xml")
    assert len(files) == len(KINDS)
    pages = [page for file in files for page in addresses(client, file.removeprefix("http://testserver"))]
    assert len(set(pages)) == len(pages) > len(KINDS)
    for page in pages:
        if "/figures/" not in page and "/reports/" not in page:  # each is a page of its own that its own tests open
            assert client.get(page.removeprefix("http://testserver")).status_code == 200, page


def test_it_lists_public_projects_and_no_others(house: House) -> None:  # noqa: ARG001  # fills the registry
    public = set(Project.objects.visible_to(PUBLIC).values_list("public_id", flat=True))
    listed = {page.rstrip("/").rsplit("/", 1)[1] for page in addresses(Client(), "/sitemap-projects.xml")}
    assert listed == public
    assert Project.objects.unscoped("more are there than are listed").count() > len(public)


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-projects.xml", "/sitemap-events.xml", "/robots.txt"])
def test_everybody_gets_the_same(path: str, house: House, reader: Reader) -> None:  # noqa: ARG001  # fills the registry
    assert reader("officer").get(path).content == Client().get(path).content


def test_a_kind_that_is_not_there_is_not_there(house: House) -> None:  # noqa: ARG001  # fills the registry
    assert Client().get("/sitemap-people.xml").status_code == 404


def test_robots_says_where_the_list_is(house: House) -> None:  # noqa: ARG001  # fills the registry
    assert "Sitemap: http://testserver/sitemap.xml" in Client().get("/robots.txt").content.decode()
