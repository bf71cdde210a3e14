"""A report in the browser: every number a link, the files those of the reader's audience."""

import json
import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from colonnade.web.conftest import PROJECTS

Reader = Callable[[str], Client]


def test_every_number_of_the_report_leads_to_its_page(reader: Reader) -> None:
    client = reader("officer")
    page = client.get("/reports/annual/").content.decode()
    page = page[page.index('<main id="content"') :]
    assert re.findall(r"<td>[^<]", page) == []
    links = [*re.findall(r'<a href="(/figures/[^"]+)"', page), *re.findall(r'<a href="(n/[^"]+)"', page)]
    assert len(links) >= 6
    for link in links:
        answer = client.get(urljoin("/reports/annual/", link.replace("&amp;", "&")), follow=True)
        assert answer.status_code == 200, link
        assert answer.request["PATH_INFO"].startswith("/figures/")


@pytest.mark.parametrize(("name", "seen"), [("public", 62), ("focal", 63), ("officer", 64), ("state", 62)])
def test_a_report_is_read_as_the_audience_that_one_is_part_of(name: str, seen: int, reader: Reader) -> None:
    assert PROJECTS == 64
    assert f">{seen}</a> projects" in reader(name).get("/reports/annual/").content.decode()


def test_what_a_state_reads_leads_to_the_same_numbers(reader: Reader) -> None:
    client = reader("state")
    page = client.get("/reports/annual/").content.decode()
    assert "/figures/projects/?audience=public" in page
    assert ">62</a>" in client.get("/figures/projects/?audience=public").content.decode()


@pytest.mark.parametrize(("name", "seen"), [("public", 62), ("officer", 64)])
def test_the_files_are_those_of_the_readers_audience(name: str, seen: int, reader: Reader) -> None:
    client = reader(name)
    response = client.get("/reports/annual/files/figures.json")
    assert response.status_code == 200
    told = json.loads(b"".join(response.streaming_content))  # type: ignore[attr-defined]  # a file streams
    assert {figure["key"]: figure["value"] for figure in told["figures"]}["projects"] == seen


def test_a_file_is_built_once(reader: Reader) -> None:
    client = reader("public")
    first, second = (b"".join(client.get("/reports/annual/files/report.docx").streaming_content) for _ in range(2))  # type: ignore[attr-defined]  # as above
    assert first == second
    assert first.startswith(b"PK")


def test_nobody_gets_the_report_of_a_wider_audience(reader: Reader) -> None:
    assert reader("focal").get("/reports/annual/files/report.pdf?audience=secretariat").status_code == 404


def test_as_another_audience_every_link_keeps_the_audience(reader: Reader) -> None:
    client = reader("officer")
    answer = client.get("/reports/annual/?audience=public", follow=True)
    assert answer.request["PATH_INFO"] == "/reports/annual/for/public/wells-2019/"
    page = answer.content.decode()
    assert 'href="n/projects">62</a>' in page
    to = client.get("/reports/annual/for/public/wells-2019/n/projects_by_pillar/pillar=I/share")
    assert to["Location"] == "/figures/projects_by_pillar/?audience=public&pillar=I&measure=share"


def test_over_another_inventory_every_link_keeps_the_inventory(reader: Reader) -> None:
    client = reader("public")
    answer = client.get("/reports/annual/?inventory=wells-2018", follow=True)
    assert answer.request["PATH_INFO"] == "/reports/annual/for/public/wells-2018/"
    to = client.get("/reports/annual/for/public/wells-2018/n/projects")
    assert to["Location"] == "/figures/projects/?inventory=wells-2018"


@pytest.mark.parametrize(
    "path",
    [
        "/reports/annual/for/compact/wells-2019/",
        "/reports/annual/for/public/nowhere/",
        "/reports/annual/for/secretariat/wells-2019/n/projects",
        "/reports/annual/n/nothing",
        "/reports/annual/charts/9.svg",
        "/reports/annual/charts/1.svg?audience=compact",
        "/reports/nothing/charts/1.svg",
    ],
)
def test_what_is_not_there_for_the_public_is_not_there(path: str, reader: Reader) -> None:
    assert reader("public").get(path).status_code == 404


def test_charts_come_by_themselves_and_are_not_sent_twice(reader: Reader) -> None:
    client = reader("public")
    page = client.get("/reports/annual/").content.decode()
    picture = re.search(
        r'<img class="chart" loading="lazy" src="([^"]+)" width="\d+" height="\d+" alt="([^"]+)">', page
    )
    assert picture is not None
    assert "Wells" in picture[2]
    drawn = client.get(picture[1])
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg ")
    assert b"<script" not in drawn.content
    again = client.get(picture[1], headers={"If-None-Match": drawn["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_list_says_what_each_report_covers_and_offers_its_files(reader: Reader) -> None:
    client = reader("public")
    page = client.get("/reports/").content.decode()
    for said in ("The state of the wells", "The wells of 2019", "31 August 2019", "the public", "Word", "Excel"):
        assert said in page
    assert "/reports/annual/compare/?before=wells-2018&amp;after=wells-2019" in page
    size = re.compile(r'<span class="small">[\d.]+\s[KM]B</span>')
    assert size.search(page) is None
    b"".join(client.get("/reports/annual/files/report.docx").streaming_content)  # type: ignore[attr-defined]  # as above
    assert len(size.findall(client.get("/reports/").content.decode())) == 5


@pytest.mark.parametrize("path", ["/reports/", "/reports/annual/", "/reports/annual/charts/1.svg"])
def test_a_report_asks_the_database_little(
    path: str, reader: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = reader("officer")
    client.get(path)
    with django_assert_max_num_queries(12):
        client.get(path)
