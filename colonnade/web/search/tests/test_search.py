"""The page of the search: what it finds, what it says it read instead, what nobody learns from it."""

import html
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from colonnade.places.models import Country, Region
from colonnade.portfolio.models import InventoryEntry, Project
from colonnade.results.models import Publication
from colonnade.strategy.models import Instrument, Mandate
from colonnade.web.conftest import House

Reader = Callable[[str], Client]


def page(client: Client, **query: str) -> str:
    """The content of a search page, without the frame around it."""
    response = client.get("/search/", query)
    assert response.status_code == 200
    text = response.content.decode()
    return html.unescape(text[text.index("<main") : text.index("</main>")])


def hits(text: str) -> str:
    """What was found and what was said of it, without the words typed and the addresses that repeat them."""
    shown = re.sub(r"<h1>.*?</h1>|<form.*?</form>", "", text, flags=re.S)
    return shown.split('<ul class="search-ways">')[0]


def groups(text: str) -> dict[str, int]:
    """Title of a group -> how many it says there are."""
    found = re.findall(r'<h2 id="[a-z_]+" tabindex="-1">(.*?) <span class="quiet">(\d+)</span></h2>', text)
    return {title: int(number) for title, number in found}


@pytest.fixture
def strategy(house: House) -> House:
    """The house with a resolution, an instrument and a publication."""
    Mandate.objects.create(code="W/RES/77", body="Assembly", number="77", year=2017, subject="Clean rivers", source="s")
    Instrument.objects.create(number=4, title="Convention on Wells", year=1971, topic="wells", source="s")
    Publication.objects.create(
        code="digging", kind="handbook", title="How to dig", published_in="2019", standing="published", source="s"
    )
    return house


@pytest.mark.usefixtures("strategy")
def test_everything_is_searched_and_counted_by_kind(reader: Reader) -> None:
    text = page(reader("officer"), q="well")
    assert groups(text)["Projects"] == 62
    assert groups(text)["Pillars"] == 1
    assert groups(text)["Legal instruments"] == 1
    assert "among everything that you may see" in text
    assert "Convention on Wells" in text


def test_a_group_shows_ten_and_leads_to_the_list_of_all(reader: Reader) -> None:
    text = page(reader("officer"), q="well", kind="")
    projects = text[text.index('<h2 id="project"') :]
    assert projects[: projects.index("</ol>")].count("<li>") == 10
    assert '<a href="/projects/?q=well">List and filter 62 of The wells of 2019</a>' in text
    assert "All 62: Projects" not in text


def test_where_no_list_has_them_all_a_search_for_the_kind_does(house: House, reader: Reader) -> None:
    gone = {"project__public_id": house.projects["well-01"], "inventory__key": "wells-2019"}
    InventoryEntry.objects.unscoped("test").filter(**gone).delete()
    client = reader("officer")
    text = page(client, q="well")
    assert '<a href="/search/?q=well&kind=project">All 62: Projects</a>' in text
    assert "List and filter 61 of The wells of 2019" in text
    everything = page(client, q="well", kind="project")
    assert groups(everything) == {"Projects": 62}
    assert everything[: everything.index("</ol>")].count("<li>") == 62
    assert '<a href="/search/?q=well">Search every kind</a>' in everything


def test_a_project_stands_once_though_two_inventories_have_it(house: House, reader: Reader) -> None:
    text = page(reader("public"), q="public well")
    assert groups(text)["Projects"] == 1
    assert f'<a href="/projects/{house.projects["public"]}/" dir="auto">A public well</a>' in text


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("WATER", "Entities"),
        ("77", "Resolutions"),
        ("w/res/77", "Resolutions"),
        ("Hereland", "States"),
        ("II", "Pillars"),
    ],
)
@pytest.mark.usefixtures("strategy")
def test_what_is_asked_for_by_its_code_comes_first(typed: str, heading: str, reader: Reader) -> None:
    assert next(iter(groups(page(reader("public"), q=typed)))) == heading


def test_a_project_is_found_by_its_reference_and_by_its_identifier(house: House, reader: Reader) -> None:
    for typed in ("well-07", house.projects["well-07"]):
        text = page(reader("public"), q=typed)
        first = re.search(r'<ol class="search-hits"><li><a href="([^"]+)"', text)
        assert first is not None
        assert first[1] == f"/projects/{house.projects['well-07']}/"


@pytest.mark.usefixtures("strategy")
def test_things_outside_the_snapshot_are_found(reader: Reader) -> None:
    client = reader("public")
    text = page(client, q="how to dig")
    assert groups(text) == {"Publications": 1}
    assert '<a href="/library/?q=How+to+dig"' in text
    assert "Words of the glossary" in groups(page(client, q="surplus"))
    assert "Reports" in groups(page(client, q="the state of the wells"))
    assert '<a href="/reports/annual/"' in page(client, q="W/1")
    assert "Figures" in groups(page(client, q="shortfall"))
    assert '<a href="/projects/" dir="auto">Projects</a>' in page(client, q="projects")


def test_every_hit_leads_to_a_page(reader: Reader) -> None:
    client = reader("officer")
    Mandate.objects.create(code="W/RES/77", body="Assembly", number="77", year=2017, subject="Clean wells", source="s")
    Instrument.objects.create(number=4, title="Convention on Wells", year=1971, topic="wells", source="s")
    Publication.objects.create(code="dig", kind="handbook", title="Wells", standing="published", source="s")
    addresses: set[str] = set()
    for typed in ("well", "water", "hereland", "need", "workshop", "region", "giver", "2019", "projects"):
        text = page(client, q=typed)
        assert '<li><span dir="auto">' not in text
        addresses |= set(re.findall(r'<ol class="search-hits"><li><a href="([^"#]+)', text))
    assert len(addresses) > 8
    for address in addresses:
        assert client.get(address, follow=True).status_code == 200, address


def test_a_near_word_is_read_and_that_is_said(reader: Reader) -> None:
    text = page(reader("public"), q="workshp")
    assert "No record has “workshp”; showing “workshop”." in text
    assert groups(text)["Events"] == 1


def test_most_of_the_words_are_enough_where_nothing_has_all(reader: Reader) -> None:
    text = page(reader("public"), q="one public well of hydrology")
    assert "No record has all of these words; showing those that have most of them." in text
    assert "A public well" in text


def test_the_text_typed_stays_in_the_field(reader: Reader) -> None:
    assert 'name="q" value="well "pipe" <b>"' in page(reader("public"), q='well "pipe" <b>')
    assert "<b>" not in reader("public").get("/search/", {"q": "<b>"}).content.decode()


def test_nothing_found_says_what_to_do(reader: Reader) -> None:
    text = page(reader("public"), q="zzzzzz")
    assert "Nothing that you may see answers to this" in text
    assert "Try fewer or more general words" in text
    assert '<a href="/search/?q=WATER"' in text


def test_without_words_the_page_says_how_to_search(reader: Reader) -> None:
    text = page(reader("public"))
    assert "Words in quotation marks must stand together." in text
    assert groups(text) == {}


@pytest.mark.parametrize("typed", ["%", "\\", "'", '"', "a" * 5000, "\x00", "🙂", "“", "x' OR 1=1 --", "لإدارة"])
@pytest.mark.parametrize("kind", ["", "project", "nothing"])
def test_any_text_and_any_kind_get_a_page(typed: str, kind: str, reader: Reader) -> None:
    assert page(reader("public"), q=typed, kind=kind)


@pytest.fixture
def secret(house: House) -> House:
    """The house with a confidential title that has a word which stands nowhere else."""
    Project.objects.unscoped("test").filter(reference="restricted").update(title="A well under Quixarbor")
    return house


@pytest.mark.parametrize("typed", ["quixarbor", "quixarbr", "A well under Quixarbor", "quix", '"under quixarbor"'])
def test_a_confidential_title_is_not_found_not_suggested_and_not_counted(
    typed: str, secret: House, reader: Reader
) -> None:
    assert "A well under Quixarbor" in page(reader("officer"), q=typed)
    assert "A well under Quixarbor" in page(reader("state"), q=typed)
    for name in ("public", "other_state", "donor"):
        text = hits(page(reader(name), q=typed))
        assert secret.projects["restricted"] not in text
        assert "uixarbor" not in text


def test_what_is_hidden_answers_exactly_as_what_is_missing(secret: House, reader: Reader) -> None:
    client = reader("public")

    def without(typed: str) -> str:
        return hits(page(client, q=typed)).replace(typed, "")

    assert without(secret.projects["restricted"]) == without("0000000000000000")
    assert without("quixarbor") == without("zzzzdezzz")
    assert without("A well under Quixarbor") == without("A well under zzzzdezzz")
    assert without("quixarbr") == without("zzzzdezz")


def test_counts_are_those_of_the_readers_own_rows(reader: Reader) -> None:
    public, donor, officer = reader("public"), reader("donor"), reader("officer")
    assert groups(page(public, q="well", kind="project")) == {"Projects": 60}
    assert groups(page(donor, q="well", kind="project")) == {"Projects": 60}
    assert groups(page(officer, q="well", kind="project")) == {"Projects": 62}
    assert "Needs" not in groups(page(public, q="need"))
    assert groups(page(officer, q="need"))["Needs"] == 2


def test_an_officer_may_search_as_the_public_does(reader: Reader) -> None:
    client = reader("officer")
    text = page(client, q="confidential", audience="public")
    assert "A confidential well" not in text
    assert '<input type="hidden" name="audience" value="public">' in text
    assert reader("public").get("/search/", {"q": "x", "audience": "secretariat"}).status_code == 404


def test_badges_say_who_may_see_a_record(reader: Reader) -> None:
    text = page(reader("officer"), q="A confidential well")
    assert 'class="badge restricted">Restricted</span>' in text
    assert 'class="badge' not in page(reader("public"), q="A public well")


def test_states_are_found_by_their_names_in_the_readers_language(reader: Reader) -> None:
    region = Region.objects.get()
    Country.objects.create(code="KEN", iso2="KE", name="Kenya", region=region, standing="member", source="s")
    client = reader("public")
    client.post("/people/language/", {"language": "ar", "next": "/"})
    for typed in ("كينيا", "Kenya"):
        assert "كينيا</" in page(client, q=typed)


def test_what_is_searched_for_is_written_to_no_log(reader: Reader, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        page(reader("public"), q="telltaleword")
        reader("public").get("/search/", {"q": "telltaleword", "audience": "nobody"})
    assert not [
        record
        for record in caplog.records
        if "telltaleword" in record.getMessage() and record.name != "django.template"
    ]


def test_a_search_asks_the_database_little(reader: Reader, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    client = reader("officer")
    client.get("/search/", {"q": "pipes"})
    with django_assert_max_num_queries(12):
        client.get("/search/", {"q": "well"})


def test_the_first_search_of_a_snapshot_asks_the_database_little_as_well(
    reader: Reader, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = reader("focal")
    client.get("/figures/")
    # Three of them ask, in a reading of its own, whether a merged record was called so.
    with django_assert_max_num_queries(15):
        client.get("/search/", {"q": "well"})
