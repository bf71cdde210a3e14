"""The pages of released totals: who proposes, approves and sees what, and that nobody else learns of a proposal."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.analysis.models import ReleasedTotal
from colonnade.analysis.releases.values import ReleasedValues
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country, Region
from colonnade.strategy.models import Theme
from colonnade.web.conftest import DAY, House

pytestmark = pytest.mark.django_db

Reader = Callable[[str], Client]
CHOSEN = {
    "figure": "needs_by_theme",
    "audience": "public",
    "over": "compact",
    "minimum_count": "5",
    "minimum_contributors": "3",
    "protects_empty": "on",
}
SAID = {"title": "Needs by theme", "reason": "The report speaks of them."}
REACHED = {
    "public": 404,
    "focal": 404,
    "state": 404,
    "donor": 404,
    "officer": 200,
}


@pytest.fixture
def needs(house: House) -> None:  # noqa: ARG001  # stands in its registry
    """Twenty-four needs on wells, eighteen on pipes and two on taps, of twelve States."""
    region = Region.objects.get()
    themes = [
        Theme.objects.create(code=code, title=code.title(), short_title=code.title(), position=place, source="s")
        for place, code in enumerate(("wells", "pipes", "taps"))
    ]
    lead = Entity.objects.get(code="WATER")
    codes = [f"Q{first}{second}" for first in "XYZ" for second in "ABCD"]
    for code in codes:
        Country.objects.create(code=code, name=f"Land {code}", region=region, standing="fictional")
    visits = [
        Assessment.objects.unscoped("test").create(
            country=Country.objects.get(code=code), assessor=lead, kind="visit", starts_on=DAY, ends_on=DAY
        )
        for code in codes
    ]
    for theme, number in zip(themes, (24, 18, 2), strict=True):
        Recommendation.objects.unscoped("test").bulk_create(
            Recommendation(
                reference=f"{theme.code}-{place}",
                level="compact",
                assessment=visits[place % 12],
                country=visits[place % 12].country,
                theme=theme,
                title="A need",
                text="Dig.",
                priority="high",
                issued_on=DAY,
                provenance="illustrative",
            )
            for place in range(number)
        )


@pytest.fixture
def second(house: House) -> Client:  # noqa: ARG001  # stands in its registry
    """Another officer."""
    person = Person.objects.create(email="two@demo.example", name="Officer Two")
    RoleHeld.objects.create(person=person, role=Role.SECRETARIAT, starts_on=DAY)
    client = Client()
    client.force_login(person)
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]  # a response of the test client


def proposed(officer: Client, **other: str) -> str:
    """Propose, and return the release's address."""
    answer = officer.post("/releases/propose/", {**CHOSEN, **SAID, **other})
    assert answer.status_code == 302, text(answer)
    return str(answer.headers["Location"])


def approved(address: str, second: Client) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', text(second.get(address)))
    assert seen is not None
    assert second.post(f"{address}approve/", {"seen": seen[1]}).status_code == 302


@pytest.mark.parametrize(("name", "status"), REACHED.items())
def test_only_the_secretariat_proposes(needs: None, reader: Reader, name: str, status: int) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = reader(name)
    assert client.get("/releases/propose/").status_code == status
    assert client.get("/releases/").status_code == 200
    if status == 404:
        assert client.post("/releases/propose/", {**CHOSEN, **SAID}).status_code == 404
        assert not ReleasedTotal.objects.unscoped("test").exists()


@pytest.mark.parametrize("name", ["public", "focal", "state", "donor"])
def test_a_proposal_is_nowhere_for_others(needs: None, reader: Reader, name: str) -> None:  # noqa: ARG001  # a fixture that the test rests on
    address = proposed(reader("officer"))
    client = reader(name)
    assert client.get(address).status_code == 404
    for what in ("approve", "refuse", "withdraw"):
        assert client.post(f"{address}{what}/", {"because": "x"}).status_code == 404
    assert "Needs by theme" not in text(client.get("/releases/"))


def test_looking_shows_what_stays_out_and_releases_nothing(needs: None, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    page = text(reader("officer").post("/releases/propose/", {**CHOSEN, "look": "1"}))
    assert "Taps: too few records" in page
    assert "Pipes: protects another" in page
    assert "Nothing protected follows." in page
    assert not ReleasedTotal.objects.unscoped("test").exists()


def test_a_form_keeps_what_was_typed(needs: None, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    answer = reader("officer").post("/releases/propose/", {**CHOSEN, "title": "A title", "reason": ""})
    assert answer.status_code == 400
    assert 'value="A title"' in text(answer)
    answer = reader_again(answer.client).post("/releases/propose/", {**CHOSEN, **SAID, "rows": "theme"})
    assert "not both" in text(answer)


def reader_again(client: Client) -> Client:
    return client


def test_what_cannot_be_released_says_why(needs: None, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer = reader("officer")
    asked = {**CHOSEN, **SAID, "figure": "", "rows": "priority", "columns": "theme", "over": "every"}
    answer = officer.post("/releases/propose/", {**asked, "audience": "compact"})
    assert answer.status_code == 400
    assert "Nothing of it can be shown" in text(answer)


def test_a_released_total_stands_where_the_public_read_that_it_was_not_released(
    needs: None,  # noqa: ARG001  # stands in the registry
    reader: Reader,
    second: Client,
) -> None:
    public = reader("public")
    assert "not released" in text(public.get("/figures/needs_count/"))
    assert "not released" in text(public.get("/"))
    officer = reader("officer")
    address = proposed(officer, figure="needs_count")
    assert "another person approves it" in text(officer.get(address))
    assert "not released" in text(public.get("/figures/needs_count/"))
    approved(address, second)
    total = str(ReleasedValues.from_json(ReleasedTotal.objects.unscoped("test").get().values).total)
    assert total == "44"
    for page in ("/figures/needs_count/", "/", "/figures/"):
        found = text(public.get(page))
        assert f">{total}<" in found, (page, re.findall(r"<p class=.value.*?</p>", found))
        assert address in found, page
    page = text(public.get("/figures/needs_count/"))
    assert "attested by two people" in page
    assert "not released" not in page
    table = proposed(officer)
    approved(table, second)
    assert "×" in text(public.get("/figures/needs_by_theme/"))


def test_the_public_reads_roles_and_no_names(needs: None, reader: Reader, second: Client) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer = reader("officer")
    address = proposed(officer)
    approved(address, second)
    page = text(reader("public").get(address))
    assert "two people of the secretariat" in page
    for kept in ("Officer", "What was checked", "The report speaks of them", "Decide"):
        assert kept not in page
    assert "Officer and Officer Two" not in page
    assert "by Officer and Officer Two" in text(officer.get(address))


def test_a_withdrawn_release_is_no_number_of_today(needs: None, reader: Reader, second: Client) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer, public = reader("officer"), reader("public")
    address = proposed(officer, figure="needs_count")
    approved(address, second)
    assert officer.post(f"{address}withdraw/", {"because": "Superseded."}).status_code == 302
    assert "not released" in text(public.get("/figures/needs_count/"))
    assert "This release was withdrawn" in text(public.get(address))


def test_whoever_proposed_does_not_approve(needs: None, reader: Reader) -> None:  # noqa: ARG001  # a fixture that the test rests on
    officer = reader("officer")
    address = proposed(officer)
    officer.post(f"{address}approve/", {"seen": "x"})
    assert ReleasedTotal.objects.unscoped("test").get().standing == "proposed"
    officer.post(f"{address}refuse/", {"because": ""})
    assert ReleasedTotal.objects.unscoped("test").get().standing == "proposed"
    officer.post(f"{address}refuse/", {"because": "Not needed."})
    assert ReleasedTotal.objects.unscoped("test").get().standing == "refused"


def test_an_officer_looking_as_the_public_reads_what_the_public_reads(
    needs: None,  # noqa: ARG001  # stands in the registry
    reader: Reader,
    second: Client,
) -> None:
    officer = reader("officer")
    approved(proposed(officer, figure="needs_count"), second)
    assert "attested by two people" in text(officer.get("/figures/needs_count/?audience=public"))


def test_the_pages_ask_the_registry_a_few_times(
    needs: None,  # noqa: ARG001  # stands in the registry
    reader: Reader,
    second: Client,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    officer, public = reader("officer"), reader("public")
    address = proposed(officer, figure="needs_count")
    approved(address, second)
    for page in ("/releases/", address, "/figures/needs_count/", "/figures/", "/"):
        public.get(page)
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
            assert public.get(page).status_code == 200
