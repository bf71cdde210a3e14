"""The list of projects: what is shown is what was asked for, for whoever asks."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from colonnade.members.models import SavedView
from colonnade.portfolio.models import InventoryEntry, Project
from colonnade.web.conftest import House
from colonnade.web.listing.page import PAGE_SIZE

Reader = Callable[[str], Client]
MaxQueries = Any  # pytest-django's fixture names no type


def page(client: Client, address: str = "/projects/") -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def titles(text: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)</a>', text)]


def shown(text: str) -> int:
    """The number of projects that the totals state."""
    found = re.search(r'<dt>Projects</dt><dd class="large"><a [^>]*>([\d,]+)</a>', text)
    return int(found[1].replace(",", "")) if found else 0


def links(text: str, within: str) -> list[str]:
    return [unescape(href) for href in re.findall(rf'<a [^>]*href="({within}[^"]*)"', text)]


@pytest.mark.parametrize(
    ("reader_name", "count"), [("public", 62), ("focal", 64), ("officer", 64), ("other_state", 62), ("state", 63)]
)
def test_everyone_is_shown_the_projects_that_they_may_see(reader_name: str, count: int, reader: Reader) -> None:
    assert shown(page(reader(reader_name))) == count


def test_fifty_projects_stand_on_a_page_and_the_rest_on_the_next(reader: Reader) -> None:
    client = reader("public")
    first = page(client)
    assert len(titles(first)) == PAGE_SIZE
    assert "1 to 50 of 62" in first
    second = page(client, "/projects/?page=2")
    assert len(titles(second)) == 12
    assert not set(titles(first)) & set(titles(second))
    assert client.get("/projects/?page=3").status_code == 404


def test_words_find_projects_and_misspelt_words_say_what_was_read(reader: Reader) -> None:
    client = reader("public")
    assert titles(page(client, "/projects/?q=well+number+07")) == ["Well number 07"]
    misspelt = page(client, "/projects/?q=pubilc")
    assert titles(misspelt) == ["A public well"]
    assert "pubilc" in misspelt
    assert 'class="note said"' in misspelt


def test_filters_choose_and_their_counts_are_those_of_the_list(reader: Reader) -> None:
    client = reader("public")
    text = page(client, "/projects/?pillar=I")
    assert shown(text) == 31
    counted = re.findall(r'name="pillar" value="(I+)"[^>]*> <bdi>[^<]*</bdi> <span class="count">(\d+)', text)
    assert dict(counted) == {"I": "31", "II": "31"}
    for code, count in counted:
        assert shown(page(client, f"/projects/?pillar={code}")) == int(count)


def test_several_codes_of_a_filter_are_any_of_them_and_an_exclamation_mark_takes_out(reader: Reader) -> None:
    client = reader("public")
    assert shown(page(client, "/projects/?pillar=I&pillar=II")) == 62
    assert shown(page(client, "/projects/?pillar=!I")) == 31
    assert shown(page(client, "/projects/?scope=-")) == 62


def test_every_column_can_be_chosen_and_sorted_by(reader: Reader) -> None:
    client = reader("officer")
    names = re.findall(r'<input type="checkbox" name="column" value="(\w+)"', page(client))
    assert len(names) > 20
    everything = page(client, "/projects/?" + "&".join(f"column={name}" for name in names))
    for name in names:
        assert f"sort={name}" in everything or f"sort=-{name}" in everything
        for sort in (name, f"-{name}"):
            assert client.get(f"/projects/?sort={sort}&column={name}").status_code == 200


def test_a_list_is_sorted_both_ways(reader: Reader) -> None:
    client = reader("officer")
    project = Project.objects.unscoped("test").get(reference="well-07")
    InventoryEntry.objects.unscoped("test").filter(project=project).update(budget_usd=2_000_000, funding_usd=None)
    assert titles(page(client, "/projects/?sort=-budget_usd"))[0] == "Well number 07"
    assert titles(page(client, "/projects/?sort=title"))[0] < titles(page(client, "/projects/?sort=-title"))[0]
    assert 'aria-sort="descending"' in page(client, "/projects/?sort=-budget_usd")


def test_columns_stand_in_the_order_of_the_address_after_the_title(reader: Reader) -> None:
    text = page(reader("public"), "/projects/?column=status&column=reference&column=nonsense")
    heads = re.findall(r'<th scope="col"[^>]*><a [^>]*>([^<]+)<', text)
    assert heads == ["Title", "Status", "Reference"]


def test_totals_are_those_of_the_selection_and_say_what_is_not_reported(reader: Reader) -> None:
    project = Project.objects.unscoped("test").get(reference="well-07")
    InventoryEntry.objects.unscoped("test").filter(project=project).update(budget_usd=None, funding_usd=None)
    text = page(reader("public"), "/projects/")
    assert "$61.0 million" in text
    assert "1 of 62 report none" in text


def test_the_inventory_is_that_of_the_report_and_others_are_counted(reader: Reader) -> None:
    client = reader("public")
    entry = InventoryEntry.objects.unscoped("test").get(project__reference="well-07", inventory__key="wells-2019")
    InventoryEntry.objects.unscoped("test").filter(pk=entry.pk).delete()
    text = page(client, "/projects/?q=well+number+07")
    assert "The wells of 2019: 0" in text
    assert "1 in The wells of 2018" in text
    elsewhere = links(text, "/projects/")
    assert any("inventory=wells-2018" in link for link in elsewhere)
    assert titles(page(client, "/projects/?q=well+number+07&inventory=wells-2018")) == ["Well number 07"]
    assert client.get("/projects/?inventory=nowhere").status_code == 404


def test_an_empty_list_says_which_filter_to_drop(reader: Reader) -> None:
    client = reader("public")
    text = page(client, "/projects/?pillar=I&country=QMB")
    assert "No record has all of this" in text
    assert "without “State: Thereland”: 31" in text
    link = next(link for link in links(text, "/projects/") if link == "/projects/?pillar=I")
    assert shown(page(client, link)) == 31
    hopeless = page(client, "/projects/?country=QMB&status=cancelled")
    assert "Clear all filters" in hopeless


def test_where_no_single_filter_is_at_fault_those_that_find_some_alone_are_named(reader: Reader) -> None:
    text = page(reader("public"), "/projects/?pillar=I&country=QMB&status=cancelled")
    assert "only “Pillar: Wells”: 31" in text


@pytest.mark.parametrize(
    "address",
    [
        "/projects/?ends_by=2019-13-45",
        "/projects/?pillar=%00&q=%00",
        "/projects/?sort=nonsense&column=nonsense&nonsense=1",
        "/projects/?q=%27%3B+DROP+TABLE+entry",
        "/projects/?q=" + "x" * 5000,
        "/projects/?country=" + "Q" * 500,
    ],
)
def test_nonsense_in_an_address_is_passed_over(address: str, reader: Reader) -> None:
    assert reader("public").get(address).status_code == 200


def test_a_date_that_is_none_is_left_out_and_one_that_is_has_a_field(reader: Reader) -> None:
    client = reader("public")
    wrong = page(client, "/projects/?ends_by=yesterday")
    assert "“yesterday” is no date" in wrong
    assert shown(wrong) == 62
    right = page(client, "/projects/?ends_by=2019-12-31")
    assert 'type="date"' in right
    assert 'value="2019-12-31"' in right


def test_the_link_to_the_list_shows_the_same_list(reader: Reader) -> None:
    client = reader("public")
    asked = "/projects/?column=status&sort=-title&pillar=II&q=well"
    text = page(client, asked)
    settled = re.search(r'<a href="([^"]+)" rel="bookmark"', text)
    assert settled
    assert titles(page(client, unescape(settled[1]))) == titles(text)


def test_a_list_can_be_explored_further(reader: Reader) -> None:
    assert any("pillar=II" in link for link in links(page(reader("public"), "/projects/?pillar=II"), "/explore/"))


def test_saved_views_stand_on_the_list_for_who_is_signed_in(reader: Reader) -> None:
    client = reader("focal")
    client.post("/people/views/save/", {"page": "projects", "title": "My wells", "query": "pillar=I"})
    assert "My wells" in page(client)
    assert 'aria-current="true"' in page(client, "/projects/?pillar=I")
    assert SavedView.objects.unscoped("test").count() == 1
    assert "The address of this page is the view" in page(reader("public"))


def test_a_list_asks_the_database_fifteen_questions_at_most(
    reader: Reader, django_assert_max_num_queries: MaxQueries
) -> None:
    client = reader("focal")
    client.post("/people/views/save/", {"page": "projects", "title": "My wells", "query": "pillar=I"})
    for address in ("/projects/?q=well&pillar=I&sort=-budget_usd", "/projects/?pillar=I&country=QMB"):
        client.get(address)  # the snapshot is made by whoever comes first
        with django_assert_max_num_queries(15):
            client.get(address)


def test_a_list_with_every_column_and_facet_weighs_less_than_150_kilobytes(reader: Reader) -> None:
    client = reader("officer")
    names = re.findall(r'<input type="checkbox" name="column" value="(\w+)"', page(client))
    text = page(client, "/projects/?" + "&".join(f"column={name}" for name in names))
    assert len(text.encode()) < 150_000


def test_nothing_of_a_hidden_project_is_counted(house: House, reader: Reader) -> None:  # noqa: ARG001  # reader fills it
    client = reader("public")
    for word in ("compact", "confidential"):
        text = page(client, f"/projects/?q={word}")
        assert shown(text) == 0 or all(word not in title for title in titles(text))
    assert "restricted" not in page(client, "/projects/?column=level")


def test_words_of_the_model_are_read_in_the_readers_language_and_titles_stay(reader: Reader) -> None:
    client = reader("officer")
    assert "Ongoing" in client.get("/projects/").content.decode()
    client.cookies["django_language"] = "ar"
    page = client.get("/projects/").content.decode()
    assert "Ongoing" not in page
    assert "جارٍ" in page
    assert "Well number 07" in page
