"""What holds of every page: links on numbers, policy, banner, weight, the same answer to what is not there."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from colonnade.web.conftest import House

Reader = Callable[[str], Client]

PAGES = (
    "/",
    "/figures/",
    "/figures/projects/",
    "/figures/projects/?audience=public",
    "/figures/projects_by_pillar/",
    "/figures/projects_by_pillar/?pillar=I&measure=share",
    "/figures/projects_by_pillar/?inventory=wells-2018&measure=projects",
    "/figures/money_by_pillar/",
    "/figures/shortfall_total/",
    "/figures/projects/records/",
    "/figures/projects/records/?page=2",
    "/reports/",
    "/board/",
    "/board/how-projects-are-chosen/",
    "/reports/annual/",
    "/projects/",
    "/projects/?q=well&pillar=I&sort=-budget_usd&column=status",
    "/projects/?pillar=I&country=QMB",
    "/projects/{public}/",
    "/needs/",
    "/coverage/",
    "/coverage/by/?by=entity",
    "/coverage/map/",
    "/coverage/time/",
    "/coverage/next/",
    "/people/views/",
    "/entities/WATER/",
    "/countries/QMA/",
    "/events/{event}/",
    "/records/seed_award/{award}/",
    "/money/seed/2019/",
    "/money/contributors/giver/",
    "/money/",
    "/money/fund/",
    "/money/fund/pledges/",
    "/markers/",
    "/markers/checks/",
    "/calls/",
    "/events/",
    "/events/calendar/?month=2019-08",
    "/library/",
    "/library/oversight/",
    "/library/submissions/",
    "/search/",
    "/search/?q=well",
    "/people/sign-in/",
    "/components/",
)
#: Pages of records that are not illustrative, though inventories of the house are.
REPORTED = {
    "/calls/",
    "/library/",
    "/library/oversight/",
    "/library/submissions/",
    "/events/{event}/",
    "/records/seed_award/{award}/",
    "/money/seed/2019/",
    "/money/contributors/giver/",
    "/money/fund/",
    "/money/fund/pledges/",
}


def address(page: str, house: House) -> str:
    return page.format(public=house.projects["public"], event=house.event, award=house.award)


class Numbers(HTMLParser):
    """Collects elements with the class ``number`` (or, in a report, cells of numbers) that are no link."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unlinked: list[tuple[int, int]] = []
        self.linked = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in {"meta", "link", "input", "br", "img", "path", "rect", "line", "circle"}:
            self.open.append(tag)
        if "number" in (given.get("class") or "").split() and tag != "span":
            if "a" in self.open and (tag != "a" or given.get("href")):
                self.linked += 1
            else:
                self.unlinked.append(self.getpos())

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_with_a_policy_a_banner_and_who_is_looking(page: str, house: House, reader: Reader) -> None:
    response = reader("public").get(address(page, house))
    assert response.status_code == 200
    text = response.content.decode()
    assert ("These records are illustrative." in text) == (page not in REPORTED)
    assert "You are looking as: <strong>the public</strong>" in text
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]
    nonce = re.findall(r"script-src 'nonce-([\w-]{20,})'", response["Content-Security-Policy"])
    ours = rf'<script src="/static/web/\w+\.js" nonce="{nonce[0]}" defer></script>'
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", re.sub(ours, "", text))
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.parametrize("page", PAGES)
def test_no_page_weighs_more_than_150_kilobytes_without_its_charts(page: str, house: House, reader: Reader) -> None:
    text = reader("officer").get(address(page, house)).content.decode()
    without_charts = re.sub(r"<svg.*?</svg>", "", text, flags=re.S)
    assert len(without_charts.encode()) < 150_000


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith(("/figures", "/?")) or page == "/"])
def test_every_number_is_a_link(page: str, house: House, reader: Reader) -> None:
    numbers = Numbers()
    numbers.feed(reader("public").get(address(page, house)).content.decode())
    assert numbers.linked > 0
    assert numbers.unlinked == []


def test_every_number_on_the_home_page_opens(reader: Reader) -> None:
    client = reader("officer")
    links = re.findall(r'<a class="number"[^>]* href="([^"]+)"', client.get("/").content.decode())
    assert len(links) > 15
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize(
    "missing",
    [
        "/nowhere/",
        "/figures/no_such_figure/",
        "/figures/projects/?inventory=nowhere",
        "/figures/projects/?audience=secretariat",
        "/figures/projects/?audience=nobody",
        "/figures/projects_by_pillar/?pillar=IX&measure=share",
        "/figures/projects_by_pillar/?pillar=I&measure=nothing",
        "/figures/projects_by_pillar/?measure=share",
        "/figures/projects/records/?page=99",
        "/figures/projects/records/?page=x",
        "/reports/nothing/",
        "/reports/annual/?inventory=nowhere",
        "/reports/annual/?audience=compact",
        "/reports/annual/files/../../secret-key",
        "/reports/annual/files/manifest.json",
        "/projects/0000000000000000/",
        "/needs/0000000000000000/",
        "/records/nothing/1/",
        "/entities/NOBODY/",
    ],
)
def test_what_is_not_there_gets_the_friendly_page(missing: str, reader: Reader) -> None:
    response = reader("public").get(missing)
    assert response.status_code == 404
    assert "There is no such page here" in response.content.decode()


def test_what_is_hidden_answers_exactly_as_what_is_missing(house: House, reader: Reader) -> None:
    client = reader("public")

    def body(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 404
        text = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", response.content.decode())
        return text.replace(path, "")

    missing = body("/projects/0000000000000000/")
    assert body(f"/projects/{house.projects['compact']}/") == missing
    assert body(f"/projects/{house.projects['restricted']}/") == missing
    nothing = body("/needs/0000000000000000/")
    assert body(f"/needs/{house.needs['compact']}/") == nothing
    assert body(f"/records/contribution/{house.contribution}/") == body("/records/contribution/0000000000000000/")


def test_a_house_without_a_strategy_says_so(db: None) -> None:  # noqa: ARG001  # opens the database
    response = Client().get("/")
    assert response.status_code == 503
    assert "No strategy is loaded" in response.content.decode()


def test_pages_of_people_who_signed_in_are_private(house: House, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    assert reader("focal").get("/")["Cache-Control"] == "private, no-store"


def test_arabic_mirrors_the_page(reader: Reader) -> None:
    client = reader("public")
    client.post("/people/language/", {"language": "ar", "next": "/"})
    text = client.get("/").content.decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert "الأرقام" in text


def test_a_language_without_a_catalogue_reads_in_english(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    response = Client().get("/", headers={"accept-language": "fr"})
    assert '<html lang="en" dir="ltr">' in response.content.decode()
