"""Explore over the small house: what is asked, what each reader is told, and that every number leads to its records."""

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from colonnade.web.conftest import PROJECTS, House, Reader

pytestmark = pytest.mark.django_db


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/explore/{query}")
    assert response.status_code == 200
    return response.content.decode()


def total_of(text: str) -> str:
    found = re.search(r"<tfoot>.*<a[^>]*>([\d,]+)</a></td>\s*</tr>", text, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.usefixtures("house")
def test_projects_by_pillar_is_what_it_opens_with(reader: Reader) -> None:
    text = page(reader("officer"))
    assert "Projects by pillar" in text
    assert total_of(text) == str(PROJECTS)
    assert 'href="/projects/?pillar=I"' in text


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("person", "expected"), [("public", 62), ("focal", 64), ("officer", 64), ("state", 63), ("other_state", 62)]
)
def test_each_reader_is_told_of_what_they_may_see(reader: Reader, person: str, expected: int) -> None:
    assert total_of(page(reader(person))) == str(expected)


@pytest.mark.usefixtures("house")
def test_a_cell_leads_to_the_list_of_its_records(reader: Reader) -> None:
    text = page(reader("officer"), "?rows=pillar&columns=country&measure=projects")
    assert 'href="/projects/?pillar=I&amp;country=QMA"' in text or 'href="/projects/?pillar=II&amp;country=QMA"' in text
    assert "counts in full under each" in text
    assert "each counted once in the totals" in text


@pytest.mark.usefixtures("house")
def test_a_chart_stands_beside_the_table_and_says_what_it_shows(reader: Reader) -> None:
    client = reader("public")
    text = page(client, "?rows=pillar&columns=status")
    found = re.search(r'<img[^>]* src="([^"]+)" alt="([^"]+)"', text)
    assert found
    assert "Wells" in found[2]
    drawn = client.get(found[1].replace("&amp;", "&"))
    assert drawn.status_code == 200
    assert drawn.content.startswith(b"<svg")
    picture = client.get("/explore/chart.png?rows=pillar")
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.usefixtures("house")
def test_the_files_have_every_row_and_say_what_they_are(reader: Reader) -> None:
    client = reader("public")
    text = b"".join(client.get("/explore/table.csv?rows=pillar")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Code", "Pillar", "Projects"]
    assert rows[-1] == ["", "Total", "62"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/explore/table.xlsx?rows=pillar&pillar=I").content))
    assert book.sheet_names == ["Table", "About"]
    about = {str(row[0]): row[1] for row in book.get_sheet_by_name("About").to_python()}
    assert about["Pillar"] == "Wells"
    assert about["As seen by"] == "the public"


@pytest.mark.usefixtures("house")
def test_a_measure_of_another_subject_keeps_what_makes_sense(reader: Reader) -> None:
    client = reader("officer")
    assert "Needs by State" in page(client, "?measure=needs&rows=country&columns=status")
    assert "Events by kind" in page(client, "?measure=events&rows=status")


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    "query", ["?measure=souls", "?rows=colour", "?columns=ends_by2", "?ends_by=soon", "?rows=pillar&columns=x"]
)
def test_what_cannot_be_asked_is_not_there(reader: Reader, query: str) -> None:
    assert reader("officer").get(f"/explore/{query}").status_code == 404


@pytest.mark.usefixtures("house")
def test_nothing_counted_says_what_to_do(reader: Reader) -> None:
    client = reader("public")
    assert "Nothing is counted here" in page(client, "?pillar=none")
    assert "Nothing is counted here" in page(client, "?measure=needs")


def test_a_confidential_title_is_in_no_file_of_the_public(house: House, reader: Reader) -> None:
    assert house.projects["restricted"]
    text = page(reader("public"), "?q=confidential")
    assert "Nothing is counted here" in text


@pytest.mark.usefixtures("house")
def test_the_page_asks_the_registry_little(
    reader: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = reader("officer")
    page(client)
    with django_assert_max_num_queries(12):
        page(client, "?rows=country&columns=pillar")
