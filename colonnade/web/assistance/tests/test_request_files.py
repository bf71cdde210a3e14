"""The list of requests as files: exactly what its reader sees, confirmed and noted where it is confidential."""

import csv
import io
from typing import Any

import pytest
from django.conf import LazySettings
from python_calamine import CalamineWorkbook

from colonnade.audit.models import READ, Event
from colonnade.needs.tests.assistance_house import House
from colonnade.web.assistance.tests.test_request_pages import browser, filed, here, text

__all__ = ["here"]
pytestmark = pytest.mark.django_db


def content_of(answer: Any) -> bytes:
    """The whole of a file that is streamed."""
    return b"".join(answer.streaming_content)


def rows_of(here: House, name: str, query: str = "") -> list[dict[str, str]]:
    answer = browser(here, name).get(f"/requests/list.csv{query}")
    assert answer.status_code == 200, answer
    content = content_of(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_list_is_taken_as_csv_of_exactly_what_its_reader_sees(here: House) -> None:
    mine, other = filed(here, ("ALPHA",), title="=Wells"), filed(here, state="QMB", who="officer", title="Pipes")
    assert {row["Identifier"] for row in rows_of(here, "officer")} == {mine.public_id, other.public_id}
    (row,) = rows_of(here, "state")
    assert (row["Request"], row["State"], row["Standing"]) == ("'=Wells", "Land QMA", "With entities")
    assert [each["Identifier"] for each in rows_of(here, "alpha")] == [mine.public_id]
    assert rows_of(here, "beta") == []
    assert [each["Identifier"] for each in rows_of(here, "officer", "?standing=filed")] == [other.public_id]
    for name, path in (("public", "/requests/list.csv"), ("officer", "/requests/list.csv?standing=nothing")):
        assert browser(here, name).get(path).status_code == 404, path


def test_the_list_is_taken_as_excel_with_what_the_rows_are(here: House) -> None:
    filed(here, title="Wells")
    answer = browser(here, "officer").get("/requests/list.xlsx?q=wells")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content_of(answer)))
    listed, about = (book.get_sheet_by_name(name).to_python() for name in ("Requests", "About"))
    assert [row[1] for row in listed] == ["Request", "Wells"]
    assert ["Filter", "Words: wells"] in [row[:2] for row in about]


def test_who_takes_confidential_requests_confirms_and_is_noted(here: House, settings: LazySettings) -> None:
    asked = filed(here)
    settings.CONFIRMED_FOR = -1
    answer = browser(here, "state").get("/requests/list.csv")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/people/confirm/")
    taken = Event.objects.filter(operation=READ, table_name="needs_assistancerequest", row_id=str(asked.pk))
    assert not taken.exists()
    settings.CONFIRMED_FOR = 600
    rows_of(here, "state")
    assert taken.count() == 1


def test_the_page_offers_its_files_with_its_filters(here: House) -> None:
    filed(here)
    page = text(here, "officer", "/requests/?standing=filed&page=1")
    assert 'href="/requests/list.csv?standing=filed"' in page
    assert 'href="/requests/list.xlsx?standing=filed"' in page
