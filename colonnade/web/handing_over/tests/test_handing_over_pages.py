"""The pages of handing over: what is open, to whom it goes, what the colleague finds, and who sees none of it."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Role
from colonnade.members.actions import save_view
from colonnade.members.models import Handover, Person, RoleHeld, SavedView
from colonnade.needs.actions import Given, propose_lifting
from colonnade.needs.models import Lifting, Recommendation
from colonnade.places.models import Country
from colonnade.web.conftest import House, Reader

TODAY = timezone.localdate
PAGE = "/people/handing-over/"


@pytest.fixture
def leaving(reader: Reader, house: House) -> tuple[Client, RoleHeld]:
    """A State's focal point who leaves, with a saved view and a proposal that waits."""
    client = reader("state")
    role = RoleHeld.objects.get(person__name="State")
    save_view(
        person=role.person,
        page=SavedView.Page.NEEDS,
        title="Our needs",
        query="priority=high",
        shared_with=None,
        actor=Actor("State"),
    )
    need = Recommendation.objects.unscoped("test").get(public_id=house.needs["compact"])
    given = Given("The ministry", date(2020, 1, 1), "Note verbale 7")
    propose_lifting(need=need, person=role.person, level=Level.PUBLIC, fields=(), given=given, actor=Actor("State"))
    return client, role


@pytest.fixture
def join() -> Callable[..., tuple[Client, Person]]:
    """Makes somebody with a role, and their browser."""

    def make(name: str, role: Role, country: str = "") -> tuple[Client, Person]:
        person = Person.objects.create(email=f"{name}@demo.example", name=name)
        held = Country.objects.get(code=country) if country else None
        RoleHeld.objects.create(person=person, role=role, country=held, starts_on=date(2019, 1, 1))
        client = Client()
        client.force_login(person)
        return client, person

    return make


Join = Callable[..., tuple[Client, Person]]


def text_of(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def sent(to: Person, **more: object) -> dict[str, object]:
    return {"to": to.pk, "last_day": TODAY().isoformat(), "note": "Call on Mondays.", **more}


def test_the_colleague_finds_what_was_handed_over(leaving: tuple[Client, RoleHeld], join: Join) -> None:
    client, role = leaving
    colleague, person = join("Colleague", Role.STATE, "QMA")
    address = f"{PAGE}{role.pk}/"
    assert address in text_of(client)
    page = text_of(client, address)
    assert "Our needs" in page
    assert "Proposal to show need compact of Hereland to: Public" in page
    answer = client.post(address, sent(person), follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Handed over to Colleague." in answer.content.decode()
    found = text_of(colleague)
    for said in ("Call on Mondays.", "Our needs", "Proposal to show need compact of Hereland", "Passed on"):
        assert said in found
    assert "Our needs" in text_of(colleague, "/people/views/")
    assert "What a colleague handed over to you" in text_of(colleague, "/people/standing/")
    assert "What a colleague handed over to you" not in text_of(client, "/people/standing/")
    role.refresh_from_db()
    assert role.ends_on == TODAY()
    assert client.get(address).status_code == 200
    assert client.post(address, sent(person)).status_code == 400


def test_a_proposal_is_taken_back_where_that_was_chosen(leaving: tuple[Client, RoleHeld], join: Join) -> None:
    client, role = leaving
    colleague, person = join("Colleague", Role.STATE, "QMA")
    proposal = Lifting.objects.unscoped("test").get()
    assert client.post(f"{PAGE}{role.pk}/", sent(person, take_back=[proposal.public_id])).status_code == 302
    proposal.refresh_from_db(from_queryset=Lifting.objects.unscoped("test"))
    assert proposal.standing == Lifting.Standing.TAKEN_BACK
    assert "Taken back" in text_of(colleague)


def test_an_officer_does_it_for_somebody_who_is_gone(
    leaving: tuple[Client, RoleHeld], join: Join, reader: Reader
) -> None:
    _client, role = leaving
    Person.objects.filter(pk=role.person_id).update(is_active=False)
    _colleague, person = join("Colleague", Role.STATE, "QMA")
    officer = reader("officer")
    assert f"{PAGE}{role.pk}/" in text_of(officer)
    page = text_of(officer, f"{PAGE}{role.pk}/")
    assert "Our needs" not in page  # what people keep for themselves is theirs
    assert "Whatever else is open, and not yours to see, goes along." in page
    assert "Proposal to show need compact of Hereland" in page
    assert officer.post(f"{PAGE}{role.pk}/", sent(person)).status_code == 302
    assert Handover.objects.unscoped("test").get().made_by.name == "Officer"


def test_an_administrator_does_it_and_sees_no_content(leaving: tuple[Client, RoleHeld], join: Join) -> None:
    _client, role = leaving
    administrator, _ = join("Administrator", Role.ADMINISTRATOR)
    _colleague, person = join("Colleague", Role.STATE, "QMA")
    page = text_of(administrator, f"{PAGE}{role.pk}/")
    assert "Whatever else is open, and not yours to see, goes along." in page
    assert "Proposal to show" not in page
    assert administrator.post(f"{PAGE}{role.pk}/", sent(person)).status_code == 302
    assert Lifting.objects.unscoped("test").get().handed_to == person
    assert SavedView.objects.unscoped("test").get().person == person


@pytest.mark.parametrize("name", ["focal", "other_state", "donor"])
def test_for_everybody_else_the_role_is_not_there(leaving: tuple[Client, RoleHeld], reader: Reader, name: str) -> None:
    _client, role = leaving
    other = reader(name)
    assert f"{PAGE}{role.pk}/" not in text_of(other)
    assert other.get(f"{PAGE}{role.pk}/").status_code == 404
    assert other.post(f"{PAGE}{role.pk}/", {"to": 1}).status_code == 404
    assert other.get(f"{PAGE}999999/").status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(leaving: tuple[Client, RoleHeld]) -> None:
    _client, role = leaving
    assert Client().get(PAGE)["Location"] == f"/people/sign-in/?next={PAGE}"
    assert Client().get(f"{PAGE}{role.pk}/").status_code == 404


def test_what_was_typed_is_kept_where_it_is_refused(leaving: tuple[Client, RoleHeld], join: Join) -> None:
    client, role = leaving
    _colleague, person = join("Colleague", Role.STATE, "QMA")
    _elsewhere, elsewhere = join("Elsewhere", Role.STATE, "QMB")
    for wrong in ({"last_day": "2001-01-01"}, {"to": elsewhere.pk}):
        answer = client.post(f"{PAGE}{role.pk}/", sent(person) | wrong)
        assert answer.status_code == 400
        assert "Call on Mondays." in answer.content.decode()
    role.refresh_from_db()
    assert role.ends_on is None
    assert not Handover.objects.unscoped("test").exists()


def test_without_a_colleague_it_says_what_to_do(leaving: tuple[Client, RoleHeld]) -> None:
    client, role = leaving
    page = text_of(client, f"{PAGE}{role.pk}/")
    assert "There is nobody to hand over to" in page
    assert "Ask the secretariat" in page
