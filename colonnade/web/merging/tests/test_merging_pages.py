"""The pages of mergings: two records side by side, who agrees, what is chosen, and where a merged record leads."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.analysis.models import Merging
from colonnade.core.viewer import Role
from colonnade.funding.models import Contribution, Contributor
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
pytestmark = pytest.mark.django_db
#: Queries of the page of a merging, whatever hangs on the two records.
CEILING = 75


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return unescape(answer.content.decode())


@pytest.fixture
def pair(house: House) -> tuple[Project, Project]:  # noqa: ARG001  # the registry is there
    """Two entities' records of one project: the first is to be kept."""
    dry = Entity.objects.create(code="DRY", abbreviation="DRY", name="Dry", kind="office", role="member", source="s")
    water, here = Entity.objects.get(code="WATER"), Country.objects.get(code="QMA")
    made = []
    for entity, reference, title, status in (
        (water, "border-1", "Borders of Hereland", "ongoing"),
        (dry, "border-2", "Hereland's borders", "suspended"),
    ):
        project = Project.objects.unscoped("test").create(
            lead_entity=entity, reference=reference, title=title, status=status, level="compact", starts_on=DAY
        )
        ProjectCountry.objects.unscoped("test").create(project=project, country=here)
        made.append(project)
    return made[0], made[1]


def browser(name: str, role: Role, entity: str = "", country: str = "") -> Client:
    person = Person.objects.create(email=f"{name}@demo.example", name=name)
    RoleHeld.objects.create(
        person=person,
        role=role,
        entity=Entity.objects.filter(code=entity).first(),
        country=Country.objects.filter(code=country).first(),
        starts_on=DAY,
    )
    client = Client()
    client.force_login(person)
    return client


def sent(page: str, **named: str) -> dict[str, str]:
    """What the last form of a page that has a choice or a reason would send, with what is typed."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+_version)" value="(\d+)"', page))
    return {**hidden, **named}


def proposed(client: Client, pair: tuple[Project, Project], **choices: str) -> str:
    address = f"/mergings/propose/{pair[0].public_id}/{pair[1].public_id}/"
    page = text(client.get(address))
    answer = client.post(address, sent(page, reason="They are one.", **choices))
    assert answer.status_code == 302, unescape(answer.content.decode())
    return str(answer["Location"])


def test_two_records_become_one_by_two_people_and_both_entities(reader: Reader, pair: tuple[Project, Project]) -> None:
    focal, officer = reader("focal"), reader("officer")
    second, dry = browser("second", Role.SECRETARIAT), browser("dry", Role.ENTITY, "DRY")
    page = text(focal.get(f"/mergings/propose/{pair[0].public_id}/{pair[1].public_id}/"))
    assert "Borders of Hereland" in page
    assert "Keep the other one instead" in page
    address = proposed(focal, pair, **{"choose-status": "merged"})
    assert "WATER agrees" in text(focal.get(address))
    page = text(officer.get(address))
    assert "Not agreed to yet: DRY." in page
    assert "Make them one</button>" not in page
    assert officer.post(address, sent(page, step="merge")).status_code == 404
    assert "1 merging of two records waits for your side" in text(dry.get("/"))
    assert "merging of two records" not in text(focal.get("/"))
    assert "pair of records to be made one" not in text(second.get("/"))
    assert dry.post(address, {"step": "agree", "seen_version": "1"}).status_code == 302
    assert "1 pair of records to be made one" in text(second.get("/"))
    assert "merging of two records" not in text(dry.get("/"))
    page = text(second.get(address))
    assert re.search(r'name="choose-status" value="merged" checked', page)
    assert second.post(address, sent(page, step="merge", **{"choose-status": "merged"})).status_code == 302
    kept = Project.objects.unscoped("test").get(pk=pair[0].pk)
    assert kept.status == "suspended"
    merged = text(focal.get(f"/projects/{pair[1].public_id}/"))
    assert "Merged into another record" in merged
    assert f'href="/projects/{pair[0].public_id}/"' in merged
    assert "Other records of this project were merged into this one" in text(
        focal.get(f"/projects/{pair[0].public_id}/")
    )
    for each in pair:
        history = text(focal.get(f"/history/project/{each.public_id}/"))
        assert "merge_projects" in history or "Merge projects" in history, each
    assert "Merged into" in text(focal.get(f"/history/project/{pair[1].public_id}/"))


def test_a_merging_that_is_declined_takes_the_pair_back_to_be_decided(
    reader: Reader, pair: tuple[Project, Project]
) -> None:
    focal, dry = reader("focal"), browser("dry", Role.ENTITY, "DRY")
    two = f"/overlaps/{pair[0].public_id}/{pair[1].public_id}/"
    same = {"verdict": "same", "kept": pair[0].public_id, "reason": "Twice."}
    assert focal.post(two, same).status_code == 302
    address = proposed(focal, pair, **{"choose-status": "merged"})
    told = {"step": "decline", "seen_version": "1", "reason": "Not the same."}
    assert dry.post(address, told).status_code == 302
    page = text(focal.get(two))
    for words in ("Decided before", "Taken back", "Twice.", "Not the same.", address):
        assert words in page, words
    assert "Recorded twice" not in text(focal.get(f"/projects/{pair[1].public_id}/"))
    assert "No such decision" in text(focal.get("/overlaps/?standing=same"))


def test_the_page_of_two_records_that_were_made_one_leads_to_the_kept_one(
    reader: Reader, pair: tuple[Project, Project]
) -> None:
    focal = reader("focal")
    two = f"/overlaps/{pair[0].public_id}/{pair[1].public_id}/"
    same = {"verdict": "same", "kept": pair[0].public_id, "reason": "They are one."}
    assert focal.post(two, same).status_code == 302
    rows = Project.objects.unscoped("test")
    rows.filter(pk=pair[1].pk).update(merged_into=pair[0])
    page = text(focal.get(two))
    assert "The two records were made one" in page
    assert f'href="/projects/{pair[0].public_id}/"' in page
    assert "They are one." in page
    assert 'name="verdict"' not in page
    assert focal.post(two, same).status_code == 404
    rows.filter(pk=pair[0].pk).update(level="restricted", state=Country.objects.get(code="QMB"))
    assert browser("third", Role.ENTITY, "DRY").get(two).status_code == 404


def test_a_merged_record_is_not_there_for_whoever_does_not_see_both(
    reader: Reader, pair: tuple[Project, Project]
) -> None:
    rows = Project.objects.unscoped("test")
    rows.filter(pk=pair[1].pk).update(level="public", merged_into=pair[0])
    assert reader("public").get(f"/projects/{pair[1].public_id}/").status_code == 404
    assert reader("state").get(f"/projects/{pair[1].public_id}/").status_code == 200
    other = reader("other_state")
    for page in (f"/projects/{pair[1].public_id}/", f"/history/project/{pair[1].public_id}/"):
        assert other.get(page).status_code == 404, page
    rows.filter(pk=pair[0].pk).update(level="public")
    assert pair[0].title in text(reader("public").get(f"/projects/{pair[1].public_id}/"))


def test_a_merged_record_is_in_no_list_search_or_file(reader: Reader, pair: tuple[Project, Project]) -> None:
    Project.objects.unscoped("test").filter(pk=pair[1].pk).update(merged_into=pair[0])
    officer = reader("officer")
    for page in ("/overlaps/", "/search/?q=borders", "/projects/?q=borders"):
        assert pair[1].title not in text(officer.get(page)), page
    told = "A record of this name was merged into:"
    for name in (pair[1].title, pair[1].reference):
        found = text(officer.get("/search/", {"q": name}))
        assert told in found, name
        assert f'href="/projects/{pair[0].public_id}/"' in found, name
        assert told not in text(reader("public").get("/search/", {"q": name})), name


def test_money_lines_that_both_have_are_asked_whoever_makes_them_one(
    reader: Reader, pair: tuple[Project, Project]
) -> None:
    giver = Contributor.objects.get(code="giver")
    lines = [
        Contribution.objects.unscoped("test").create(
            contributor=giver, project=each, currency="USD", amount=7, amount_usd=7, received_on=DAY
        )
        for each in pair
    ]
    officer, second, dry = reader("officer"), browser("second", Role.SECRETARIAT), browser("dry", Role.ENTITY, "DRY")
    focal = reader("focal")
    address = proposed(officer, pair)
    for client, version in ((focal, "1"), (dry, "2")):
        assert client.post(address, {"step": "agree", "seen_version": version}).status_code == 302
    assert "One sum, told twice" not in text(focal.get(address))
    page = text(second.get(address))
    assert "Contribution of A giver" in page
    refused = text(second.post(address, sent(page, step="merge")), 400)
    assert "Choose what is to stand: A giver." in refused
    chosen = {f"choose-contribution:{lines[1].public_id}": "once"}
    assert second.post(address, sent(page, step="merge", **chosen)).status_code == 302
    assert list(Contribution.objects.unscoped("test").filter(project=pair[0])) == [lines[0]]


def test_who_saves_a_record_meanwhile_sends_the_merging_back(reader: Reader, pair: tuple[Project, Project]) -> None:
    officer = reader("officer")
    address = f"/mergings/propose/{pair[0].public_id}/{pair[1].public_id}/"
    page = text(officer.get(address))
    Project.objects.unscoped("test").filter(pk=pair[1].pk).update(title="Another", version=2)
    stale = text(officer.post(address, sent(page, reason="They are one.")), 409)
    assert "Somebody changed one of the two records meanwhile" in stale
    assert "Another" in stale
    assert "They are one." in stale
    assert not Merging.objects.unscoped("test").exists()
    assert officer.post(address, sent(stale, reason="They are one.")).status_code == 302


def test_it_is_declined_and_withdrawn_with_a_reason(reader: Reader, pair: tuple[Project, Project]) -> None:
    officer, focal = reader("officer"), reader("focal")
    address = proposed(officer, pair)
    assert focal.post(address, {"step": "withdraw", "seen_version": "1", "reason": "x"}).status_code == 404
    assert "This field is required" in text(
        focal.post(address, {"step": "decline", "seen_version": "1", "reason": ""}), 400
    )
    assert focal.post(address, {"step": "decline", "seen_version": "1", "reason": "They differ."}).status_code == 302
    assert "They differ." in text(officer.get(address))
    again = proposed(officer, pair)
    assert officer.post(again, {"step": "withdraw", "seen_version": "1", "reason": "x"}).status_code == 302
    listed = text(officer.get("/mergings/"))
    assert "Declined" in listed
    assert "Withdrawn" in listed


def test_the_other_record_is_named_by_reference_identifier_or_address(
    reader: Reader, pair: tuple[Project, Project], house: House
) -> None:
    focal, begin = reader("focal"), f"/mergings/begin/{pair[0].public_id}/"
    assert "Merge with another record" in text(focal.get(f"/projects/{pair[0].public_id}/"))
    for said in ("border-2", pair[1].public_id, f"https://here.example/projects/{pair[1].public_id}/"):
        answer = focal.post(begin, {"other": said})
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/mergings/propose/{pair[0].public_id}/{pair[1].public_id}/",
        )
    for said in ("border-1", "restricted", house.projects["restricted"]):
        asked = focal.post(begin, {"other": said})
        if said == "border-1":
            assert "No other project that you may see" in text(asked, 400)


def test_mergings_are_not_there_for_others(reader: Reader, pair: tuple[Project, Project]) -> None:
    address = proposed(reader("officer"), pair)
    begin = f"/mergings/propose/{pair[0].public_id}/{pair[1].public_id}/"
    for name in ("public", "state", "donor"):
        client = reader(name)
        for page in ("/mergings/", address, begin, f"/mergings/begin/{pair[0].public_id}/"):
            assert client.get(page).status_code == 404, (name, page)
    assert browser("auditor", Role.AUDITOR).get(begin).status_code == 404
    assert browser("of-third", Role.ENTITY, "DRY").get(address).status_code == 200


def test_a_restricted_record_is_not_named_beside_one_that_is_read(
    reader: Reader, pair: tuple[Project, Project]
) -> None:
    address = proposed(reader("officer"), pair)
    here = Country.objects.get(code="QMA")
    Project.objects.unscoped("test").filter(pk=pair[1].pk).update(level="restricted", state=here)
    focal = reader("focal")
    assert focal.get(address).status_code == 404
    assert pair[1].title not in text(focal.get("/mergings/"))


def test_pages_keep_their_ceilings(reader: Reader, pair: tuple[Project, Project]) -> None:
    officer = reader("officer")
    address = proposed(officer, pair)
    second = browser("second", Role.SECRETARIAT)
    for page in (address, "/mergings/"):
        text(second.get(page))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text(second.get(page))
        assert len(asked) <= CEILING, (page, len(asked))
    with CaptureQueriesContext(connection) as before:
        text(second.get("/mergings/"))
    for number in range(3):
        made = Project.objects.unscoped("test").create(
            lead_entity=pair[0].lead_entity, reference=f"x{number}", title="x", status="ongoing"
        )
        Merging.objects.unscoped("test").create(
            kept=pair[0], merged=made, reason="x", proposed_by=Person.objects.get(email="officer@demo.example")
        )
    with CaptureQueriesContext(connection) as after:
        text(second.get("/mergings/"))
    assert len(after) == len(before)
