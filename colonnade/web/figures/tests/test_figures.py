"""A figure's page: the number, its definition, its query, its records, and only those that the reader may see."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.funding.models import SeedAward
from colonnade.portfolio.models import Inventory
from colonnade.web.conftest import DAY, PROJECTS, House

Reader = Callable[[str], Client]

#: Session, person and roles, the newest event and the strategy, what the base template says.
QUERY_CEILING = 9
#: Of the records, one is compact's and one is restricted.
PUBLIC = PROJECTS - 2


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def rows(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a download streams
    return list(csv.DictReader(io.StringIO(content)))


def test_a_figure_says_what_it_is(reader: Reader) -> None:
    page = text(reader("public"), "/figures/projects/")
    assert f">{PUBLIC}</a>" in page
    for said in ("whatever their status", "W/1 para. 1", "the public", "The wells of 2019", "version 1", "FROM entry"):
        assert said in page


@pytest.mark.parametrize(
    ("name", "seen"),
    [("public", PUBLIC), ("donor", PUBLIC), ("focal", PUBLIC + 2), ("officer", PUBLIC + 2), ("state", PUBLIC + 1)],
)
def test_each_reader_counts_what_they_may_see(name: str, seen: int, reader: Reader) -> None:
    client = reader(name)
    assert f">{seen}</a>" in text(client, "/figures/projects/")
    assert len(rows(client, "/figures/projects/records.csv")) == seen


def test_an_officer_can_look_as_the_public_and_the_page_says_so(reader: Reader) -> None:
    page = text(reader("officer"), "/figures/projects/?audience=public")
    assert f">{PUBLIC}</a>" in page
    assert "Numbers on this page as seen by: <strong>the public</strong>" in page
    assert "/figures/projects/records/?audience=public" in page


def test_a_number_that_may_leave_records_out_says_so(reader: Reader) -> None:
    assert "can be lower than those published" in text(reader("public"), "/figures/projects/")
    assert "can be lower than those published" not in text(reader("officer"), "/figures/projects/")


def test_a_cell_of_a_table_opens_with_its_way_back(reader: Reader) -> None:
    page = text(reader("officer"), "/figures/projects_by_pillar/?pillar=I&measure=share")
    assert '<p class="value"><a class="number"' in page
    assert "50 per cent" in page
    assert 'href="/figures/projects_by_pillar/"' in page
    assert 'class="n here"' in page
    assert "all projects of the inventory" in page


def test_the_total_of_a_measure_opens(reader: Reader) -> None:
    page = text(reader("officer"), "/figures/projects_by_pillar/?measure=projects")
    assert f">{PROJECTS}</a></p>" in page


def test_a_chart_stands_with_its_table(reader: Reader) -> None:
    page = text(reader("public"), "/figures/projects_by_pillar/")
    assert 'role="img"' in page
    assert page.index("<svg") < page.index('id="values-caption"')


def test_money_reads_in_words_and_exactly(reader: Reader) -> None:
    page = text(reader("officer"), "/figures/shortfall_total/")
    assert "$38.4 million" in page
    assert "Exactly: 38,400,000 US dollars" in page


def test_records_come_fifty_a_page(reader: Reader) -> None:
    client = reader("public")
    first, second = (text(client, f"/figures/projects/records/?page={number}") for number in (1, 2))
    assert first.count('<th scope="row"') == 50
    assert second.count('<th scope="row"') == PUBLIC - 50
    assert f"Records 51 to {PUBLIC} of {PUBLIC}" in second
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_each_record_leads_to_its_page(house: House, reader: Reader) -> None:
    assert f"/projects/{house.projects['public']}/" in text(reader("public"), "/figures/projects/records/")


def test_the_download_is_exactly_the_records_of_the_cell(reader: Reader) -> None:
    client = reader("officer")
    found = rows(client, "/figures/projects_by_pillar/records.csv?pillar=II&measure=projects")
    assert len(found) == PROJECTS // 2
    assert {row["pillar"] for row in found} == {"II"}
    assert {row["pillar_title"] for row in found} == {"Pipes"}


def test_the_download_holds_no_formula(reader: Reader) -> None:
    titles = [row["title"] for row in rows(reader("public"), "/figures/projects/records.csv")]
    assert '\'=HYPERLINK("http://example.org")' in titles
    assert not [title for title in titles if title.startswith(("=", "+", "-", "@"))]


def test_a_title_is_text_whatever_it_holds(reader: Reader) -> None:
    page = text(reader("public"), "/figures/projects/")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_list_gives_every_figure_with_its_definition(reader: Reader) -> None:
    page = text(reader("public"), "/figures/")
    assert "Projects in the portfolio" in page
    assert "neither completed nor cancelled" in page


@pytest.mark.parametrize(
    "path", ["/figures/", "/figures/projects/", "/figures/projects/records/", "/figures/projects_by_pillar/"]
)
def test_a_page_of_a_figure_asks_the_database_little(path: str, reader: Reader) -> None:
    client = reader("officer")
    client.get(path)  # the snapshot is written once
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) <= QUERY_CEILING, [query["sql"] for query in asked.captured_queries]


def test_the_notice_stands_only_where_records_are_illustrative(reader: Reader) -> None:
    Inventory.objects.create(key="published", title="As published", as_of=DAY, provenance="published", source="IATI")
    client, notice = reader("public"), "These records are illustrative."
    assert notice in text(client, "/figures/projects/?inventory=wells-2019")
    assert notice not in text(client, "/figures/projects/?inventory=published")
    assert notice not in text(client, "/figures/projects/records/?inventory=published")


def test_a_download_says_for_whom_it_is_and_whether_its_records_are_illustrative(reader: Reader) -> None:
    client = reader("public")
    assert client.get("/figures/projects/records.csv")["Content-Disposition"].endswith('-public.csv"')
    assert {row["provenance"] for row in rows(client, "/figures/projects/records.csv")} == {"illustrative"}
    state = reader("state").get("/figures/projects/records.csv")["Content-Disposition"]
    assert state.endswith('-state-QMA.csv"')


def test_the_published_paragraph_is_not_said_to_give_a_number_that_leaves_records_out(reader: Reader) -> None:
    said = "counted here over what you may see"
    assert said in text(reader("public"), "/figures/projects/")
    assert said not in text(reader("officer"), "/figures/projects/")


def test_needs_are_not_released_wherever_the_public_meets_them(reader: Reader) -> None:
    client = reader("public")
    for path in ("/", "/figures/", "/figures/needs_count/"):
        assert "not released" in text(client, path), path
    assert "not released" not in text(reader("focal"), "/figures/needs_count/")


def test_the_list_is_narrowed_by_words_and_by_subject(reader: Reader) -> None:
    client = reader("public")
    found = text(client, "/figures/?q=funding+shortfall")
    assert 'href="/figures/shortfall_total/"' in found
    assert 'href="/figures/projects/"' not in found
    of_money = text(client, "/figures/?subject=money")
    assert 'href="/figures/budget_total/"' in of_money
    assert 'href="/figures/needs_count/"' not in of_money
    assert "No figure has these words" in text(client, "/figures/?q=unicorns")


def test_a_figure_is_a_file_with_every_digit(reader: Reader) -> None:
    client = reader("officer")
    told = json.loads(client.get("/figures/projects_by_pillar/figure.json").content)
    (figure,) = told["figures"]
    assert [row[:2] for row in figure["value"]["rows"]] == [["I", 32], ["II", 32]]
    table = rows(client, "/figures/projects_by_pillar/figure.csv")
    assert [(row["pillar"], row["pillar_title"], row["projects"]) for row in table] == [
        ("I", "Wells", "32"), ("II", "Pipes", "32"),
    ]  # fmt: skip
    assert rows(client, "/figures/shortfall_total/figure.csv")[0]["value"] == "38400000.00"
    assert client.get("/figures/projects/figure.exe").status_code == 404


def test_a_number_that_is_not_released_is_no_file_either(reader: Reader) -> None:
    assert reader("public").get("/figures/needs_count/figure.json").status_code == 404


def test_a_permanent_address_says_when_the_definition_has_changed_since(reader: Reader) -> None:
    client = reader("public")
    page = text(client, "/figures/projects/")
    assert "/figures/projects/?inventory=wells-2019&amp;version=1" in page
    assert "its definition has changed" not in text(client, "/figures/projects/?inventory=wells-2019&version=1")
    assert "The address speaks of version 7 of this figure" in text(client, "/figures/projects/?version=7")


def test_a_figure_leads_to_what_changed_since_the_inventory_before(reader: Reader) -> None:
    client = reader("public")
    page = text(client, "/figures/projects_by_pillar/?pillar=I&measure=projects")
    found = re.search(r'href="(/reports/annual/compare/[^"]+)">Against The wells of 2018', page)
    assert found is not None
    assert "How it adds up" in text(client, found[1].replace("&amp;", "&"))
    assert "Against The wells" not in text(client, "/figures/projects/?inventory=wells-2018")


CLAIMS = """[document]
symbol = "W/1"
title = "The state of the wells"
dated = 2019-08-31

[[claim]]
key = "wells"
source = "W/1 para. 1"
counts = "Projects"
value = 62
unit = "count"
figure = "projects"
"""


def test_a_paragraph_that_only_speaks_of_a_figure_is_to_be_seen_not_its_publication(
    reader: Reader, settings: LazySettings
) -> None:
    (settings.PACK_DIR / "claims.toml").write_text(CLAIMS, encoding="utf-8")
    (settings.PACK_DIR / "figures").mkdir()
    sources = 'projects = "W/1 para. 1"\nprojects_active = "W/1 para. 2"\n'
    (settings.PACK_DIR / "figures" / "sources.toml").write_text(sources, encoding="utf-8")
    client = reader("officer")
    assert "<dt>Published in</dt><dd><bdi>W/1 para. 1</bdi>" in text(client, "/figures/projects/")
    assert "<dt>See also</dt><dd><bdi>W/1 para. 2</bdi>" in text(client, "/figures/projects_active/")


@pytest.mark.parametrize(("provenance", "stands"), [("illustrative", True), ("published", False)])
def test_a_figure_of_no_inventory_says_what_its_own_records_are(provenance: str, stands: bool, reader: Reader) -> None:
    SeedAward.objects.update(provenance=provenance)
    page = text(reader("public"), "/figures/seed_by_round/")
    assert ("These records are illustrative." in page) is stands
