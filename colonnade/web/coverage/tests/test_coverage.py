"""Coverage over the small house: what each reader is told, that every number opens, and what no number says."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.places.models import Country
from colonnade.portfolio.models import InventoryEntry, Project, ProjectCountry
from colonnade.strategy.models import Pillar, Theme
from colonnade.web.conftest import DAY, House, Reader

pytestmark = pytest.mark.django_db

PAGES = ("", "by/", "by/?by=theme", "by/?by=pillar&order=share", "by/?by=mandate", "by/?by=region", "by/?by=entity",
         "by/?by=entity&way=coverage_here", "map/", "map/?show=unmet&order=size", "map/?show=covered",
         "map/?show=needs", "time/", "time/?day=2024-01-01", "next/", "next/?sum=600000&show=left",
         "next/?show=closable", "next/?country=QMA")  # fmt: skip


def page(client: Client, path: str = "") -> str:
    response = client.get(f"/coverage/{path}")
    assert response.status_code == 200, path
    return response.content.decode()


def stats(text: str) -> dict[str, str]:
    """The headline numbers by their titles."""
    tree: Any = html.fromstring(text)
    return {
        each.findtext("dt") or "": "".join(each.xpath("dd[contains(@class, 'large')]")[0].itertext()).strip()
        for each in tree.xpath("(//dl[@class='stats'])[1]/div")
    }


def settled(text: str) -> str:
    """A page without what differs whenever it is asked for."""
    return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def numbers_of_table(text: str, name: str) -> list[tuple[str, list[str]]]:
    """The rows of a table: the head of each, and its cells as text."""
    tree: Any = html.fromstring(text)
    rows = tree.xpath(f"//table[caption[@id='{name}-caption']]/tbody/tr")
    return [
        (
            " ".join(row.xpath("string(th)").split()),
            [" ".join(cell.xpath("string()").split()) for cell in row.xpath("td")],
        )
        for row in rows
    ]


def need(reference: str, level: str = "compact", issued_on: date = DAY, **more: Any) -> Recommendation:
    visit = Assessment.objects.unscoped("test").get()
    made: Recommendation = Recommendation.objects.unscoped("test").create(
        reference=reference,
        level=level,
        assessment=visit,
        country=Country.objects.get(code="QMA"),
        title=f"Need {reference}",
        text="Dig.",
        priority="high",
        issued_on=issued_on,
        **more,
    )
    return made


def answer(to: Recommendation, project: str, standing: str = "verified", strength: str = "full", **more: Any) -> None:
    Response.objects.unscoped("test").create(
        recommendation=to,
        project=Project.objects.unscoped("test").get(reference=project),
        strength=strength,
        standing=standing,
        claimed_by=Entity.objects.get(code="WATER"),
        claimed_on=DAY,
        **more,
    )


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("person", "needs"), [("officer", "2"), ("focal", "1"), ("state", "2")]
)  # fmt: skip
def test_each_reader_is_told_of_what_they_may_see(reader: Reader, person: str, needs: str) -> None:
    found = stats(page(reader(person)))
    assert found["Needs"] == needs
    assert found["Claimed"] == needs
    assert found["Met"] == "0"


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("person", ["public", "donor", "other_state"])
def test_whoever_sees_no_need_is_told_that_this_says_nothing(reader: Reader, person: str) -> None:
    client = reader(person)
    for path in PAGES:
        text = page(client, path)
        assert "does not mean that there are none" in text or "Take a filter away" in text
        assert "A compact need" not in text
    assert "Balance between the pillars" in page(client)


def test_a_need_that_a_reader_may_not_see_is_in_no_number(house: House, reader: Reader) -> None:
    """With and without one more restricted need, met and unmet, every page of who may not see it is the same."""
    assert house.needs["restricted"]
    people = {name: reader(name) for name in ("public", "focal", "other_state", "officer")}
    before = {name: [settled(page(client, path)) for path in PAGES] for name, client in people.items()}
    pillar = Pillar.objects.get(code="II")
    theme = Theme.objects.create(code="hidden", title="A hidden theme", short_title="Hidden", position=9, source="s")
    answer(need("secret-1", "restricted", pillar=pillar, theme=theme), "public")
    answer(need("secret-2", "restricted", theme=theme), "well-00", "claimed")
    need("secret-3", "restricted", date(2015, 1, 1))
    after = {name: [settled(page(client, path)) for path in PAGES] for name, client in people.items()}
    for name in ("public", "focal", "other_state"):
        for path, one, other in zip(PAGES, before[name], after[name], strict=True):
            assert "secret" not in other
            assert one == other, (name, path)
    told = stats(after["officer"][0])
    assert (told["Needs"], told["Unmet"], told["Claimed"], told["Met"]) == ("5", "1", "3", "1")


@pytest.mark.usefixtures("house")
def test_every_number_opens_the_list_of_what_it_counts(reader: Reader) -> None:
    client = reader("officer")
    need("unmet")
    answer(need("met"), "public")
    for path in ("", "by/?by=country", "by/?by=entity", "map/", "map/?show=unmet", "time/"):
        tree: Any = html.fromstring(page(client, path))
        links = [(unescape(link.get("href")), link) for link in tree.xpath("//a[starts-with(@href, '/needs/?')]")]
        assert links, path
        for address, link in links:
            counted = re.fullmatch(r"\s*(\d+)\s*", link.text_content())
            if counted:
                listed = client.get(address)
                assert stats(listed.content.decode()).get("Needs", "0") == counted[1], (path, address)


@pytest.mark.usefixtures("house")
def test_both_ways_differ_by_what_does_not_name_the_state(reader: Reader) -> None:
    answer(need("far"), "public")
    answer(need("near"), "well-00")
    ProjectCountry.objects.unscoped("test").create(
        project=Project.objects.unscoped("test").get(reference="well-00"), country=Country.objects.get(code="QMA")
    )
    rows = dict(numbers_of_table(page(reader("officer")), "both-ways"))
    assert rows["Met"] == ["2", "50.0", "1", "25.0"]
    assert rows["Unmet"] == ["0", "0.0", "3", "75.0"]


@pytest.mark.usefixtures("house")
def test_a_cell_of_the_map_says_its_share_and_opens_its_needs(reader: Reader) -> None:
    theme = Theme.objects.create(code="wells", title="Wells of all kinds", short_title="Wells", position=1, source="s")
    need("one", theme=theme)
    need("two", theme=theme)
    answer(need("three", theme=theme), "public")
    client = reader("officer")
    text = page(client, "map/")
    row = dict(numbers_of_table(text, "heat"))["Hereland"]
    assert row[0] == "67 % 2 of 3"
    assert 'href="/needs/?country=QMA&amp;theme=wells&amp;coverage=unmet"' in text
    listed = client.get("/needs/?country=QMA&theme=wells&coverage=unmet").content.decode()
    assert "Need one" in listed
    assert "Need three" not in listed
    assert 'role="region" tabindex="0"' in text


@pytest.mark.usefixtures("house")
def test_ages_are_counted_from_the_day_asked_for(reader: Reader) -> None:
    need("old", issued_on=date(2016, 8, 31))
    need("young", issued_on=date(2019, 8, 1))
    client = reader("officer")
    rows = dict(numbers_of_table(page(client, "time/"), "ages-table"))
    assert rows["Three years or more"] == ["1", "50.0", "1"]
    assert rows["Less than six months"] == ["1", "50.0", "1"]
    later = dict(numbers_of_table(page(client, "time/?day=2024-01-01"), "ages-table"))
    assert later["Three years or more"] == ["2", "100.0", "2"]


@pytest.mark.usefixtures("house")
def test_a_need_falls_open_when_the_last_answer_that_meets_it_ends(reader: Reader) -> None:
    Project.objects.unscoped("test").filter(reference="well-00").update(ends_on=date(2019, 12, 31))
    Project.objects.unscoped("test").filter(reference="well-01").update(ends_on=date(2022, 12, 31))
    soon = need("soon")
    answer(soon, "well-00")
    answer(soon, "well-01", strength="partial")  # meets a part, and lasts: the need falls to partly met
    lasting = need("lasting")
    answer(lasting, "well-01")
    said = need("said")
    answer(said, "well-01", until_on=date(2019, 10, 1))
    answer(need("endless"), "public")
    client = reader("officer")
    text = page(client, "time/")
    falling = {title: (cells[2], cells[3]) for title, cells in numbers_of_table(text, "falling")}
    assert falling == {
        "Need said": ("1 Oct 2019", "Well number 01"),
        "Need soon": ("31 Dec 2019", "Well number 00 and 1 other"),
    }
    spans = {title: cells[-1] for title, cells in numbers_of_table(text, "spans")}
    assert spans == {"Ended already": "0", "Within six months": "2", "Later": "1", "No end is reported": "1"}


@pytest.mark.usefixtures("house")
def test_the_files_of_what_falls_open_are_those_of_the_list(reader: Reader) -> None:
    Project.objects.unscoped("test").filter(reference="well-00").update(ends_on=date(2019, 12, 31))
    answer(need("soon"), "well-00")
    client = reader("focal")
    found = re.search(r'href="(/needs/list.csv\?[^"]*rests_by[^"]*)"', page(client, "time/"))
    assert found
    text = b"".join(client.get(unescape(found[1]))).decode("utf-8-sig")
    assert "Need soon" in text
    assert "2019-12-31" in text
    assert text.splitlines()[0].startswith("Need,State")


@pytest.mark.usefixtures("house")
def test_a_sum_closes_what_each_reader_may_see(reader: Reader) -> None:
    assert "US$ 1,000,000 would close 2 needs, for US$ 600,000." in page(reader("officer"), "next/")
    text = page(reader("focal"), "next/")
    assert "US$ 1,000,000 would close 1 need, for US$ 600,000." in text
    assert "A restricted need" not in text
    assert "No choice within the sum closes more." in text
    assert "None that closes as many costs a dollar less." in text


@pytest.mark.usefixtures("house")
def test_the_cheaper_of_two_closes_a_need(reader: Reader) -> None:
    cheap = Project.objects.unscoped("test").get(reference="well-00")
    InventoryEntry.objects.unscoped("test").filter(project=cheap).update(funding_usd=Decimal("990000.00"))
    wanted = need("wanted")
    answer(wanted, "well-00", "claimed")
    answer(wanted, "well-01", "contested")
    rows = numbers_of_table(page(reader("officer"), "next/?sum=600000"), "chosen")
    assert [title for title, _cells in rows] == ["A public well"]  # two needs for what it lacks
    rows = numbers_of_table(page(reader("focal"), "next/?sum=20000"), "chosen")
    assert [(title, cells[2]) for title, cells in rows] == [("Well number 00", "10,000")]


@pytest.mark.usefixtures("house")
def test_a_project_whose_shortfall_is_not_known_is_left_out_and_named(reader: Reader) -> None:
    unknown = Project.objects.unscoped("test").get(reference="well-02")
    InventoryEntry.objects.unscoped("test").filter(project=unknown).update(budget_usd=None)
    answer(need("wanted"), "well-02", "claimed")
    text = page(reader("focal"), "next/")
    assert "Projects left out" in text
    assert f'href="/projects/{unknown.public_id}/"' in text
    assert "US$ 1,000,000 would close 1 need" in text


@pytest.mark.usefixtures("house")
def test_what_is_no_sum_is_said_with_what_would_be(reader: Reader) -> None:
    client = reader("officer")
    for text in ("abc", "-5", "0", "1e99", "NaN", "Infinity"):
        answered = page(client, f"next/?sum={text}")
        assert f"“{text}” is no sum" in answered
        assert "for example 1000000" in answered
    assert "close no need: everything on the table costs more" in page(client, "next/?sum=0.5")


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    "path",
    ["by/?by=colour", "by/?way=none", "by/?order=none", "by/?page=9", "map/?show=none", "map/?page=9", "time/?day=soon",
     "?inventory=none", "next/?show=none", "?issued_by=soon"],
)  # fmt: skip
def test_what_cannot_be_asked_is_not_there(reader: Reader, path: str) -> None:
    assert reader("officer").get(f"/coverage/{path}").status_code == 404


@pytest.mark.usefixtures("house")
def test_the_balance_has_a_trend_and_opens(reader: Reader) -> None:
    client = reader("officer")
    text = page(client)
    rows = numbers_of_table(text, "trend")
    assert [title for title, _cells in rows] == ["The wells of 2019", "The wells of 2018"]
    assert "As balanced as in “The wells of 2018”." in text
    assert 'href="/figures/pillar_balance/?inventory=wells-2018"' in text
    assert client.get("/figures/pillar_balance/?inventory=wells-2018").status_code == 200


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("path", "ceiling"), [("", 14), ("by/", 14), ("map/", 14), ("time/", 14), ("next/", 22)])
def test_the_pages_ask_the_registry_little(
    reader: Reader, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, ceiling: int
) -> None:
    for number in range(30):
        answer(need(f"need-{number}"), "public", "claimed")
    client = reader("officer")
    page(client, path)
    with django_assert_max_num_queries(ceiling):
        page(client, path)


@pytest.mark.parametrize("person", ["officer", "focal"])
def test_the_thematic_summary_says_what_its_reader_may_see_and_names_no_state(reader: Reader, person: str) -> None:
    client = reader(person)
    text = page(client)
    needs = stats(text)["Needs"]
    (address,) = re.findall(r'href="(/coverage/thematic-summary.docx[^"]*)"', text)
    answer = client.get(unescape(address), follow=True)
    if answer.headers["Content-Type"].startswith("text/html"):  # restricted needs: its person confirms first
        assert "Confirm" in answer.content.decode()
        return
    words = [str(each.text) for each in docx.Document(BytesIO(answer.content)).element.iter("{*}t")]
    assert words[words.index("Needs") + 4] == needs  # after the other headline titles
    assert not set(words) & set(Country.objects.values_list("name", flat=True))


@pytest.mark.parametrize("person", ["public", "donor"])
def test_there_is_no_thematic_summary_for_whom_needs_are_not_shared_with(reader: Reader, person: str) -> None:
    client = reader(person)
    assert "thematic-summary" not in page(client)
    assert client.get("/coverage/thematic-summary.docx").status_code == 404


def test_a_thematic_summary_comes_in_two_kinds(reader: Reader) -> None:
    client = reader("focal")
    assert client.get("/coverage/thematic-summary.pdf").content.startswith(b"%PDF-")
    assert client.get("/coverage/thematic-summary.txt").status_code == 404
