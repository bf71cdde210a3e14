"""Signing in through an organisation's own provider, with real ones on this machine: honest, and lying ones."""

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from colonnade.members.models import Invitation, Person
from colonnade.web.models import Session
from colonnade.web.people.tests.conftest import code_of, key_shown
from colonnade.web.people.tests.provider import Claims, Provider, but, signed
from colonnade.web.people.tests.test_second_factors import CODE, inside
from colonnade.web.people.tests.ways import KARIM, LINA, back, come, half_way, invited, refused, set_out
from colonnade.web.shared.signed_in import STARTED

pytestmark = pytest.mark.usefixtures("house", "two_organisations", "karim")


def test_whoever_was_invited_comes_in_and_is_known_by_their_number_there(karim: Person, office: Provider) -> None:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    assert come(client, office)["Location"] == "/"
    assert inside(client)
    assert Invitation.objects.unscoped("test").get(person=karim).accepted_at is not None
    account = SocialAccount.objects.get()
    assert (account.user_id, account.provider, account.uid, account.extra_data) == (karim.pk, "office", "k-1", {})
    assert Session.objects.get(person=karim).device == "Firefox, Linux"
    # Known by the number, not by the address that the token says next time.
    office.person["email"] = "somebody@office.example"
    again = Client()
    come(again, office)
    assert inside(again)
    office.person["sub"] = "k-2"
    assert come(Client(), office).status_code == 403


def test_state_nonce_and_a_challenge_are_sent_and_the_secret_is_not(office: Provider) -> None:
    one, other = (parse_qs(urlsplit(set_out(Client())).query) for _ in range(2))
    assert one["code_challenge_method"] == ["S256"]
    assert one["redirect_uri"] == ["http://testserver/people/sign-in/with/office/back/"]
    assert "client_secret" not in one
    for name in ("state", "nonce", "code_challenge"):
        assert len(one[name][0]) >= 16
        assert one[name] != other[name]
    client = Client()
    come(client, office)
    sent = dict(office.asked)["/token"]
    assert len(sent["code_verifier"]) >= 43
    assert "office-secret" not in "".join(str(asked) for path, asked in office.asked if path != "/token")


def test_nothing_in_the_address_changes_what_is_asked() -> None:
    query = (
        "?scope=admin&process=connect&auth_params=redirect_uri%3Dhttps://evil.example/%26nonce%3Dx&next=//evil.example/"
    )
    asked = parse_qs(urlsplit(set_out(Client(), query=query)).query)
    assert asked["redirect_uri"] == ["http://testserver/people/sign-in/with/office/back/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["nonce"] != ["x"]


def test_only_a_form_of_ours_sets_out(office: Provider) -> None:
    assert Client().get("/people/sign-in/with/office/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/people/sign-in/with/office/").status_code == 403
    for nobody in ("nobody", "openid_connect"):
        assert Client().post(f"/people/sign-in/with/{nobody}/").status_code == 404
        assert Client().get(f"/people/sign-in/with/{nobody}/back/").status_code == 404
    assert office.asked == []


def test_a_state_is_the_browsers_own_and_works_once(office: Provider) -> None:
    client, other = Client(), Client()
    address = office.go(set_out(client))
    set_out(other)
    refused(back(other, address))
    refused(back(client, address.replace("state=", "state=x")))
    refused(back(client, address.partition("&state=")[0]))
    assert "/token" not in office.paths()
    back(client, address)
    assert inside(client)
    client.post("/people/sign-out/")
    assert back(client, address).status_code == 502
    assert office.paths().count("/token") == 1
    assert not inside(client)


def test_a_token_of_one_provider_opens_nothing_at_the_callback_of_another(
    office: Provider,
    bureau: Provider,
) -> None:
    client = Client()
    of_office, of_bureau = office.go(set_out(client)), set_out(client, "bureau")
    refused(back(client, of_office.replace("/office/", "/bureau/")))
    # The bureau takes the code of the office, and hands out the office's token.
    states = [parse_qs(urlsplit(address).query)["state"][0] for address in (of_office, of_bureau)]
    refused(back(client, of_office.replace("/office/", "/bureau/").replace(states[0], states[1])))
    bureau.sign = lambda claims: signed({**claims, **KARIM, "iss": office.issuer}, "office-key")
    refused(come(Client(), bureau, "bureau"))
    bureau.sign = lambda claims: signed({**claims, **KARIM, "iss": office.issuer}, "bureau-key")
    refused(come(Client(), bureau, "bureau"))


def test_an_answer_that_names_another_provider_is_not_handed_in(office: Provider, bureau: Provider) -> None:
    client = Client()
    refused(back(client, office.go(set_out(client)) + f"&iss={bureau.issuer}"))
    assert "/token" not in office.paths()
    back(client, office.go(set_out(client)) + f"&iss={office.issuer}")
    assert inside(client)


def test_a_provider_speaks_for_its_own_domains_and_numbers_only(office: Provider, bureau: Provider) -> None:
    bureau.person = dict(KARIM, sub="b-1")
    refused(come(Client(), bureau, "bureau"), 403)
    come(Client(), office)
    invited("Lina", "lina@bureau.example")
    bureau.person = dict(LINA)  # the same number as Karim's, at another provider
    client = Client()
    come(client, bureau, "bureau")
    assert client.session["_auth_user_id"] == str(Person.objects.get(name="Lina").pk)


def test_a_provider_opens_nothing_to_an_address_that_moved_away(karim: Person, office: Provider) -> None:
    come(Client(), office)
    Person.objects.filter(pk=karim.pk).update(email="karim@elsewhere.example")
    client = Client()
    assert come(client, office).status_code == 403
    assert not inside(client)


@pytest.mark.parametrize("said", [{"email_verified": False}, {"email_verified": "true"}, {"email": "x@office.example"}])
def test_an_address_that_is_not_verified_or_not_invited_opens_nothing(
    said: Claims,
    office: Provider,
) -> None:
    office.person |= said
    refused(come(Client(), office), 403)


def test_the_address_may_stand_beside_the_token_for_the_same_person_only(office: Provider) -> None:
    office.person = {"sub": "k-1", "amr": ["mfa"]}
    office.userinfo = dict(KARIM, sub="k-2")
    refused(come(Client(), office))
    office.userinfo = dict(KARIM)
    client = Client()
    come(client, office)
    assert inside(client)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_sends_us_elsewhere_is_not_followed(path: str, office: Provider) -> None:
    client = Client()
    address = office.go(set_out(client))
    office.elsewhere.add(path)
    refused(back(client, address))
    assert path in office.paths()
    assert [asked for asked in office.paths() if asked.startswith("/moved")] == []


@pytest.mark.parametrize(
    "config",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": ""},
    ],
)
def test_a_provider_that_is_not_what_was_configured_is_not_gone_to(config: dict[str, str], office: Provider) -> None:
    office.config = config
    answer = Client().post("/people/sign-in/with/office/")
    assert answer.status_code == 502
    assert "Location" not in answer


def test_one_that_does_not_answer_is_said_so(office: Provider) -> None:
    office.close()
    assert Client().post("/people/sign-in/with/office/").status_code == 502


def test_whoever_turned_back_there_is_asked_again_here() -> None:
    client = Client()
    state = parse_qs(urlsplit(set_out(client)).query)["state"][0]
    answer = client.get(f"/people/sign-in/with/office/back/?error=access_denied&state={state}", follow=True)
    assert answer.request["PATH_INFO"] == "/people/sign-in/"


@pytest.mark.parametrize(
    ("said", "complete"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": None, "acr": "two"}, True),
        ({"amr": ["pwd"], "acr": "one"}, False),
        ({"amr": "mfa"}, False),
        ({"amr": None}, False),
    ],
)
def test_a_second_factor_of_theirs_counts_where_they_are_trusted_and_say_so(
    said: Claims, complete: bool, karim: Person, office: Provider
) -> None:
    office.lie = but(**said)
    client = Client()
    come(client, office)
    assert client.session["_auth_user_id"] == str(karim.pk)
    assert half_way(client) is not complete


def test_one_that_is_not_trusted_is_followed_by_our_second_factor(bureau: Provider) -> None:
    bureau.person["amr"] = ["mfa"]
    invited("Lina", "lina@bureau.example")
    client = Client()
    come(client, bureau, "bureau")
    assert half_way(client)
    secret = key_shown(client)
    client.post("/people/security/app/", {"code": code_of(secret)})
    again = Client()
    assert come(again, bureau, "bureau")["Location"].startswith(CODE)
    assert "_auth_user_id" not in again.session
    assert "an-access-token" not in str(dict(again.session)), "what opens the provider's doors is not kept"
    again.post(CODE, {"code": code_of(secret, at=time.time() + 30)})
    assert inside(again)


def test_such_a_session_ends_by_our_limits_and_with_the_person(karim: Person, office: Provider) -> None:
    def fresh() -> Client:
        client = Client()
        come(client, office)
        assert inside(client)
        return client

    old, idle, withdrawn = fresh(), fresh(), fresh()
    session = old.session
    session[STARTED] = time.time() - 8 * 3600
    session.save()
    assert old.get("/projects/")["Location"] == "/people/sign-in/?ended=1"
    # Nobody is sent to the provider by themselves: they choose it again.
    assert "The Office" in old.get("/people/sign-in/?ended=1").content.decode()
    Session.objects.filter(person=karim).update(seen_at=timezone.now() - timedelta(minutes=31))
    assert idle.get("/projects/")["Location"] == "/people/sign-in/?ended=1"
    Session.objects.filter(person=karim).update(seen_at=timezone.now())
    assert inside(withdrawn)
    Person.objects.filter(pk=karim.pk).update(is_active=False)
    assert not inside(withdrawn)
    assert come(Client(), office).status_code == 403
