"""A report in the browser: every number a link, the files those of the reader's audience."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.web.conftest import PROJECTS

Reader = Callable[[str], Client]


def test_every_number_of_the_report_leads_to_its_page(reader: Reader) -> None:
    client = reader("officer")
    page = client.get("/reports/annual/").content.decode()
    page = page[page.index('<main id="content"') :]
    assert re.findall(r'<td class="n">[^<]', page) == []
    links = re.findall(r'<a href="(/figures/[^"]+)"', page)
    assert len(links) >= 6
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


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
