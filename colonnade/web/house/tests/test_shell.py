"""The frame of every page: where one can go, what is current, the search, the script, the parts."""

import re
from html import unescape

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, resolve
from django.urls.exceptions import Resolver404
from lxml import html

from colonnade.web.conftest import House, Reader
from colonnade.web.context import AREAS
from colonnade.web.context import house as house_context


def some_page(_request: HttpRequest, **_names: str) -> HttpResponse:
    return HttpResponse("some page")


urlpatterns = [
    path("search/", some_page, name="search"),
    path("regions/<slug:code>/", some_page),
    path("countries/", some_page, name="countries"),
    path("", include("colonnade.config.urls")),
]


def current(where: str) -> dict[str, str]:
    context = house_context(RequestFactory().get(where))
    return {entry.title: entry.current for entry in context["navigation"] if entry.current}


def test_only_areas_that_there_are_are_entries(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    entries = [entry.address for entry in house_context(RequestFactory().get("/"))["navigation"]]
    assert entries[0] == "/"
    assert {"/projects/", "/reports/", "/figures/"} <= set(entries)
    for entry in entries:
        assert resolve(entry).url_name in {area.name for area in AREAS}
    with pytest.raises(Resolver404):
        resolve("/no-such-area/")


def test_the_area_of_a_page_is_current_and_its_own_page_is_the_page(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert current("/") == {"Overview": "page"}
    assert current("/figures/") == {"Figures": "page"}
    assert current("/figures/projects/") == {"Figures": "true"}
    assert current("/records/recommendation/1/") == {"Needs": "true"}
    assert current("/records/contribution/1/") == {"Money": "true"}
    assert current("/releases/1/") == {"Figures": "true"}
    assert current("/people/sign-in/") == {}


@pytest.mark.urls(__name__)
def test_a_region_belongs_to_the_states(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert current("/regions/africa/") == {"States": "true"}


@pytest.mark.urls(__name__)
def test_every_page_has_a_labelled_search_where_there_is_one(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    for where in ("/figures/", "/nowhere/"):
        text = Client().get(where).content.decode()
        form = re.search(
            r'<form class="house-search" role="search" method="get" action="/search/".*?</form>', text, re.S
        )
        assert form
        assert '<label class="unseen" for="q-head">' in form[0]
        assert 'name="q"' in form[0]
    assert text.count('role="search"') == 2  # a page that is missing offers it a second time


def test_the_one_script_is_ours_and_waits(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    answer = Client().get("/figures/")
    nonce = re.findall(r"script-src 'nonce-([\w-]{20,})'", answer["Content-Security-Policy"])[0]
    found = re.findall(r"<script[^>]*>", answer.content.decode())
    assert found == [f'<script src="/static/web/house.js" nonce="{nonce}" defer>']
    assert nonce not in Client().get("/figures/")["Content-Security-Policy"]


def test_every_part_is_shown_and_every_link_of_the_catalogue_leads_somewhere(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = Client()
    text = client.get("/components/").content.decode()
    for part in (
        "stats",
        "filters",
        "chips",
        "facet",
        "downloads",
        "tile-map",
        "timeline",
        "counted",
        "facts",
        "pairs",
    ):
        assert re.search(rf'class="[^"]*\b{part}\b', text) or part == "chips", part
    links = {unescape(link) for link in re.findall(r'href="(/components/[^"]*)"', text)}
    assert len(links) > 4
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_catalogue_filters_and_sorts_its_example(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    text = Client().get("/components/?kind=stone&land=QAG&sort=-length&page=3").content.decode()
    main = text[text.index("<main") :]
    assert 'aria-sort="descending"' in main
    assert 'value="stone" checked' in main
    assert 'href="/components/?land=QAG&amp;sort=-length"' in main
    assert 'href="/components/?sort=-length"' in main  # clearing keeps the order
    names = re.findall(r'<th scope="row" lang="en"><a [^>]*>([^<]+)', main)
    assert names == ["The long bridge", "The ferry bridge", "The mill bridge", "The new bridge"]


@pytest.mark.parametrize(
    ("name", "own"), [("public", []), ("officer", []), ("focal", ["/entities/WATER/"]), ("state", ["/countries/QMA/"])]
)
def test_a_reader_who_is_here_for_a_state_or_an_entity_has_its_page_one_click_away(
    name: str, own: list[str], reader: Reader
) -> None:
    page = html.fromstring(reader(name).get("/figures/").content)
    assert page.xpath('//div[@class="looking"]//a/@href') == own
