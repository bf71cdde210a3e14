"""Why a number became another: the sentence, the parts, the records, for each reader what they may see."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from colonnade.portfolio.models import Inventory, InventoryEntry, Project, Status
from colonnade.web.conftest import House
from colonnade.web.shared.press import report_called

Reader = Callable[[str], Client]

BASE = "/reports/annual/compare/"
SIDES = "?before=wells-2018&after=wells-2019"


def entries(inventory: str, *references: str) -> "list[InventoryEntry]":
    found = InventoryEntry.objects.unscoped("test").filter(inventory__key=inventory, project__reference__in=references)
    return list(found)


@pytest.fixture
def changed(house: House) -> House:
    """Two wells left since 2018, one public and one confidential came, one was completed, one costs more."""
    for entry in entries("wells-2019", "well-00", "well-01"):
        entry.delete()
    for entry in entries("wells-2018", "well-02", "restricted"):
        entry.delete()
    (done,) = entries("wells-2019", "well-03")
    done.status = Status.COMPLETED
    done.save()
    (dearer,) = entries("wells-2019", "well-04")
    dearer.budget = dearer.budget_usd = Decimal("1500000.00")
    dearer.save()
    return house


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def rows(client: Client, path: str) -> list[dict[str, str]]:
    content = b"".join(client.get(path).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a download streams
    return list(csv.DictReader(io.StringIO(content)))


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("officer", "62 projects against 62. 2 came, 2 left and 60 stayed"),
        ("public", "60 projects against 61. 1 came, 2 left and 59 stayed"),
    ],
)
def test_the_sentence_is_computed_for_each_reader(name: str, said: str, reader: Reader) -> None:
    assert said in text(reader(name), BASE + SIDES)


@pytest.mark.usefixtures("changed")
def test_without_parameters_the_report_is_held_against_the_inventory_before(reader: Reader) -> None:
    page = text(reader("public"), BASE)
    assert "The wells of 2018" in page
    assert "60 projects against 61." in page


@pytest.mark.usefixtures("changed")
def test_figures_that_differ_come_with_both_values_and_the_change(reader: Reader) -> None:
    page = text(reader("public"), BASE + SIDES)
    row = re.search(r'<a [^>]*?href="([^"]+)"[^>]*>Projects in the portfolio</a></th>(.*?)</tr>', page, re.DOTALL)
    assert row is not None
    assert re.sub(r"<[^>]+>", " ", row[2]).split() == ["61", "60", "\u22121"]
    assert row[1].replace("&amp;", "&") == f"{BASE}projects/{SIDES}"
    assert "Projects by pillar" in page


def test_the_same_on_both_sides_says_so(reader: Reader) -> None:
    page = text(reader("public"), BASE + "?before=wells-2019&after=wells-2019")
    assert "Both sides are the same" in page
    unchanged = text(reader("public"), BASE + SIDES)
    assert "No figure changed" in unchanged
    assert "2 figures are the same" in unchanged


def test_the_records_of_a_figure_add_up_and_lead_to_their_pages(changed: House, reader: Reader) -> None:
    page = text(reader("officer"), f"{BASE}projects/{SIDES}")
    sum_of = page[page.index("How it adds up") : page.index("</tbody>")]
    assert [int(met) for met in re.findall(r">(\d+)(?:</a>)?</td>", sum_of)][::2] == [62, 2, 2, 62]
    assert f'href="/projects/{changed.projects["restricted"]}/"' in page
    assert "New to the inventory" in page
    assert "No longer in the inventory" in page
    assert "Status: ongoing → completed" in page or "Status: Ongoing → Completed" in page


def test_nobody_reads_of_records_that_they_may_not_see(changed: House, reader: Reader) -> None:
    officer, page = reader("officer"), text(reader("public"), f"{BASE}projects/{SIDES}")
    assert "A confidential well" not in page
    assert changed.projects["restricted"] not in page
    assert "A confidential well" in text(officer, f"{BASE}projects/{SIDES}")
    assert "A confidential well" not in text(officer, f"{BASE}projects/{SIDES}&audience=public")


@pytest.mark.usefixtures("changed")
def test_what_left_the_active_ones_was_completed(reader: Reader) -> None:
    found = rows(reader("public"), f"{BASE}projects_active/records.csv{SIDES}")
    completed = [row for row in found if row["title"] == "Well number 03"]
    assert [(row["part"], row["known_after"], row["changes"]) for row in completed] == [
        ("left", "true", "status: ongoing -> completed")
    ]


@pytest.mark.usefixtures("changed")
def test_amounts_add_up_to_the_cent(reader: Reader) -> None:
    found = rows(reader("public"), f"{BASE}budget_total/records.csv{SIDES}")
    by_part: dict[str, Decimal] = {}
    for row in found:
        by_part[row["part"]] = by_part.get(row["part"], Decimal(0)) + Decimal(row["change"])
    assert by_part == {"came": 1_000_000, "left": -2_000_000, "altered": 500_000}
    page = text(reader("public"), f"{BASE}budget_total/{SIDES}")
    assert "What came adds $1.0 million, what left took $2.0 million, what stayed has $500,000 more." in page


@pytest.mark.usefixtures("changed")
def test_a_table_lists_the_numbers_that_differ_and_each_opens(reader: Reader) -> None:
    client = reader("public")
    page = text(client, f"{BASE}projects_by_pillar/{SIDES}")
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+measure=projects[^"]*)"', page)]
    assert links
    for link in links:
        assert "How it adds up" in text(client, link)


@pytest.mark.usefixtures("changed")
def test_a_long_part_has_pages_of_its_own(reader: Reader) -> None:
    Project.objects.unscoped("test").filter(reference__startswith="well-").update(origin="request")
    for entry in entries("wells-2019", *(f"well-{number:02}" for number in range(5, 50))):
        entry.scope = "global"
        entry.save()
    page = text(reader("public"), f"{BASE}projects/{SIDES}")
    everything = re.search(r'href="([^"]+part=altered)"', page)
    assert everything is not None
    listed = text(reader("public"), everything[1].replace("&amp;", "&"))
    assert len(re.findall(r'<th scope="row"[^>]*><a [^>]*?href="/projects/', listed)) > 40
    assert "How it adds up" not in listed


@pytest.mark.usefixtures("changed")
def test_every_number_is_in_the_file(reader: Reader) -> None:
    found = rows(reader("public"), f"{BASE}figures.csv{SIDES}")
    (projects,) = [row for row in found if row["figure"] == "projects"]
    assert (projects["before"], projects["after"], projects["change"], projects["outcome"]) == (
        "61", "60", "-1", "changed",
    )  # fmt: skip
    assert {row["figure"] for row in found} == set(report_called("annual").mentions.figures)


@pytest.mark.parametrize(
    "path",
    [
        "/reports/nothing/compare/",
        BASE + "?before=nowhere",
        BASE + "?after=nowhere",
        BASE + "?taken=0123456789ab",
        BASE + "?audience=secretariat",
        BASE + "nothing/",
        BASE + "projects_by_pillar/?pillar=I",
        BASE + "projects_by_pillar/?measure=nothing",
        BASE + "projects/?part=nothing",
        BASE + "projects/?part=came&page=9",
        BASE + "projects/records.csv?before=nowhere",
    ],
)
def test_what_is_not_there_is_not_there(path: str, reader: Reader) -> None:
    assert reader("public").get(path).status_code == 404


@pytest.mark.usefixtures("house")
def test_an_earlier_snapshot_opens_for_who_sees_everything_only(reader: Reader) -> None:
    officer, public = reader("officer"), reader("public")
    text(officer, BASE)
    (gone,) = entries("wells-2019", "well-05")
    gone.delete()
    page = text(officer, BASE)
    taken = re.search(r'<option value="([0-9a-f]{12})"', page)
    assert taken is not None
    then = f"?before=wells-2019&after=wells-2019&taken={taken[1]}"
    assert "63 projects against 64. 0 came, 1 left and 63 stayed" in text(officer, BASE + then)
    assert "Well number 05" in text(officer, f"{BASE}projects/{then}")
    assert taken[1] not in text(public, BASE)
    assert public.get(BASE + then).status_code == 404
    assert reader("focal").get(f"{BASE}projects/{then}").status_code == 404


@pytest.mark.usefixtures("house")
def test_the_only_inventory_is_compared_with_itself(reader: Reader) -> None:
    Inventory.objects.filter(key="wells-2019").update(previous=None)
    assert "Both sides are the same" in text(reader("public"), BASE)


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("path", [BASE, f"{BASE}projects/", f"{BASE}projects_by_pillar/"])
def test_a_comparison_asks_the_database_little(
    path: str, reader: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = reader("officer")
    client.get(path)
    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200
