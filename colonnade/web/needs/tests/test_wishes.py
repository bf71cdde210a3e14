"""A State's wish in the pages: kept at once, proposed with consent, seen beforehand, decided by a second person."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from colonnade.core.viewer import Role
from colonnade.members.models import Person, RoleHeld
from colonnade.needs.models import Consent, Lifting, Recommendation
from colonnade.places.models import Country
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
CONSENT = {"given_by": "Ministry of Water", "given_on": "2019-09-01", "document": "Note 7"}


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def facts_in(page: str) -> list[str]:
    """Titles and values of a need, from a part of a page."""
    return [re.sub(r"<[^>]+>", "", part).strip() for part in re.findall(r"<d[td]>.*?</d[td]>", page, re.DOTALL)]


@pytest.fixture
def colleague(house: House) -> Client:  # noqa: ARG001  # stands in its registry
    """Another focal point of the same State."""
    person = Person.objects.create(email="two@demo.example", name="State Two")
    RoleHeld.objects.create(person=person, role=Role.STATE, country=Country.objects.get(code="QMA"), starts_on=DAY)
    client = Client()
    client.force_login(person)
    return client


def need_of(house: House, level: str = "compact") -> Recommendation:
    return Recommendation.objects.unscoped("test").get(public_id=house.needs[level])


def keep(client: Client, house: House, *fields: str) -> None:
    sent = {"what": "fields" if fields else "whole", "fields_kept": list(fields), "document": "Letter 4"}
    answer = client.post(f"/needs/{house.needs['compact']}/keep/", sent)
    assert answer.status_code == 302, answer.content.decode()


def propose(client: Client, house: House, level: str, *fields: str, **other: str) -> str:
    need = need_of(house)
    sent = {"level": level, "fields_opened": list(fields), "seen_version": need.version, **CONSENT, **other}
    answer = client.post(f"/needs/{need.public_id}/open/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def confirmed_long_ago(client: Client) -> None:
    session = client.session
    session["confirmed_at"] = 0
    session.save()


@pytest.mark.parametrize(("name", "status"), [("public", 404), ("focal", 404), ("donor", 404), ("other_state", 404)])
def test_these_pages_are_not_there_for_others(name: str, status: int, house: House, reader: Reader) -> None:
    opening = propose(reader("officer"), house, "public")
    consent = Consent.objects.unscoped("test").get()
    client = reader(name)
    for path in (f"/needs/{house.needs['compact']}/keep/", f"/needs/{house.needs['compact']}/open/", opening):
        assert client.get(path).status_code == status
    for path in (f"{opening}approve/", f"{opening}refuse/", f"{opening}take-back/"):
        assert client.post(path).status_code == status
    assert client.post(f"/needs/consents/{consent.public_id}/withdraw/").status_code == status
    assert client.get("/needs/waiting/").status_code == (200 if name == "other_state" else status)
    assert Lifting.objects.unscoped("test").get().standing == "proposed"


def test_the_whole_is_kept_at_once(house: House, reader: Reader) -> None:
    focal, state = reader("focal"), reader("state")
    assert focal.get(f"/needs/{house.needs['compact']}/").status_code == 200
    keep(state, house)
    assert focal.get(f"/needs/{house.needs['compact']}/").status_code == 404
    assert "Letter 4" in text(state, f"/needs/{house.needs['compact']}/")


def test_the_form_asks_for_fields_or_the_whole_and_keeps_what_was_typed(house: House, reader: Reader) -> None:
    path = f"/needs/{house.needs['compact']}/keep/"
    state = reader("state")
    answer = state.post(path, {"what": "fields", "document": "Letter 4"})
    assert answer.status_code == 400
    assert "Choose the fields" in answer.content.decode()
    assert 'value="Letter 4"' in answer.content.decode()
    assert need_of(house).level == "compact"


def test_a_form_refuses_personal_details_and_says_why(house: House, reader: Reader) -> None:
    answer = reader("state").post(
        f"/needs/{house.needs['compact']}/keep/", {"what": "whole", "document": "Mail of jane.doe@example.org"}
    )
    assert answer.status_code == 400
    assert "This seems to hold the e-mail address of a person" in answer.content.decode()


def test_a_button_that_cannot_be_pressed_says_why(house: House, reader: Reader) -> None:
    page = text(reader("officer"), f"/needs/{house.needs['compact']}/")
    assert re.search(r"<button[^>]*disabled[^>]*>Make confidential</button>", page)
    assert "Only the State that was assessed, or its assessor for it" in page
    assert f'href="/needs/{house.needs["compact"]}/open/"' in page


def test_looking_shows_the_need_as_its_readers_will_see_it_and_writes_nothing(house: House, reader: Reader) -> None:
    state = reader("state")
    keep(state, house, "title", "priority")
    asked = {"look": "1", "level": "public", "fields_opened": ["title"]}
    answer = state.post(f"/needs/{house.needs['compact']}/open/", asked)
    page = answer.content.decode()
    assert answer.status_code == 200
    now, then = page.split('id="preview-then"')
    assert "They see nothing of it" in now
    assert "A compact need" in then
    assert "Kept by the State" in then  # the priority stays kept
    assert "High" not in then
    assert not Lifting.objects.unscoped("test").exists()
    assert 'name="given_by"' in page


def test_the_preview_is_what_they_see_once_it_is_approved(house: House, reader: Reader) -> None:
    """Every fact of the preview, for the public, stands on the public's page afterwards; and no other."""
    state, officer = reader("state"), reader("officer")
    keep(state, house, "title", "priority")
    opening = propose(state, house, "public", "title")
    preview = text(officer, opening).split('id="preview-then"')[1].split("</dl>")[0]
    assert officer.post(f"{opening}approve/").status_code == 302
    page = text(reader("public"), f"/needs/{house.needs['compact']}/").split("<h1")[1].split("</dl>")[0]
    version = str(need_of(house).version)
    told = [fact for fact in facts_in(preview) if fact != str(int(version) - 1)]
    assert [fact for fact in facts_in(page) if fact != version] == told
    assert len(told) > 8


def test_what_changes_in_lists_is_counted(house: House, reader: Reader) -> None:
    officer = reader("officer")
    opening = propose(officer, house, "public")
    rows = re.findall(r"<tr>(<th .*?)</tr>", text(officer, opening).split("preview-lists-caption")[-1], re.DOTALL)
    cells = [re.sub(r"<[^>]+>", "|", row).strip("|").split("|") for row in rows]
    found = {row[0]: tuple(filter(None, row[1:])) for row in cells}
    assert found["Needs"] == ("0", "1")
    assert found["Needs of Hereland"] == ("0", "1")
    assert found["How it stands in a list"] == ("It is not there", "A compact need")


def test_whoever_proposed_it_cannot_approve_it_and_is_told_why(house: House, reader: Reader) -> None:
    state = reader("state")
    opening = propose(state, house, "public")
    page = text(state, opening)
    assert re.search(r"<button[^>]*disabled[^>]*>Approve and show it</button>", page)
    assert "another person has to approve it" in page
    state.post(f"{opening}approve/")
    assert "another person has to approve it" in text(state, opening)
    assert need_of(house).level == "compact"


def test_a_colleague_of_the_state_finds_it_waiting_and_approves(
    house: House, reader: Reader, colleague: Client
) -> None:
    opening = propose(reader("state"), house, "public")
    assert opening in text(colleague, "/needs/waiting/")
    assert "1 proposal waits" in text(colleague, "/needs/")
    assert colleague.post(f"{opening}approve/").status_code == 302
    assert need_of(house).level == "public"
    assert "Nothing waits" in text(colleague, "/needs/waiting/")
    assert reader("public").get(f"/needs/{house.needs['compact']}/").status_code == 200


def test_approving_asks_for_confirmation_anew(house: House, reader: Reader) -> None:
    officer = reader("officer")
    opening = propose(reader("state"), house, "public")
    confirmed_long_ago(officer)
    answer = officer.post(f"{opening}approve/")
    assert answer.status_code == 200
    assert "onfirm" in answer.content.decode()
    assert need_of(house).level == "compact"


def test_a_need_that_changed_since_is_not_approved_and_says_so(house: House, reader: Reader) -> None:
    officer = reader("officer")
    opening = propose(reader("state"), house, "public")
    Recommendation.objects.unscoped("test").filter(pk=need_of(house).pk).update(version=9)
    assert "changed since this was proposed" in text(officer, opening)
    answer = officer.post(f"{opening}approve/", follow=True)
    assert "The recommendation changed since this was proposed" in answer.content.decode()
    assert need_of(house).level == "compact"


def test_a_proposal_of_what_changed_while_it_was_looked_at_is_refused(house: House, reader: Reader) -> None:
    need = need_of(house)
    sent = {"level": "public", "seen_version": need.version - 1, **CONSENT}
    answer = reader("officer").post(f"/needs/{need.public_id}/open/", sent)
    assert answer.status_code == 400
    assert "changed since you opened this page" in answer.content.decode()
    assert 'value="Note 7"' in answer.content.decode()


def test_refusing_and_taking_back_show_nothing(house: House, reader: Reader) -> None:
    state, officer = reader("state"), reader("officer")
    opening = propose(state, house, "public")
    officer.post(f"{opening}refuse/")
    assert "Refused" in text(state, opening)
    opening = propose(state, house, "public")
    state.post(f"{opening}take-back/")
    assert "Taken back" in text(officer, opening)
    assert need_of(house).level == "compact"


def test_a_consent_withdrawn_closes_what_was_shown(house: House, reader: Reader) -> None:
    state, officer, public = reader("state"), reader("officer"), reader("public")
    opening = propose(state, house, "public")
    officer.post(f"{opening}approve/")
    consent = Consent.objects.unscoped("test").get()
    path = f"/needs/{house.needs['compact']}/"
    assert f"/needs/consents/{consent.public_id}/withdraw/" in text(state, path)
    assert public.get(path).status_code == 200
    state.post(f"/needs/consents/{consent.public_id}/withdraw/")
    assert public.get(path).status_code == 404
    assert "withdrawn on" in text(state, path)


def test_a_consent_of_a_day_to_come_is_refused(house: House, reader: Reader) -> None:
    need = need_of(house)
    later = date(2999, 1, 1).isoformat()
    sent = {"level": "public", "seen_version": need.version, **CONSENT, "given_on": later}
    answer = reader("officer").post(f"/needs/{need.public_id}/open/", sent)
    assert answer.status_code == 400
    assert "still to come" in answer.content.decode()
