"""Pages of appeals: who is shown what, totals that add up, a project for a donor's desk, what became of a launch."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.funding.models import Appeal, AppealEntry, Intention, Pledge, Shown
from colonnade.web.appeals.tests.conftest import YEAR, As, Call

HOME = "/money/appeals/wells/"


def plain(answer: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]))


def at(client: Client, path: str = HOME) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return plain(answer)


def rows_of(answer: Any, caption: str) -> list[list[str]]:
    """The cells of a table, the totals last."""
    table = answer.content.decode().partition(f">{caption}</caption>")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_the_appeal_asks_for_what_its_reader_may_see(call: Call, signed_in: As) -> None:
    assert call.appeal.pk
    public, officer = at(signed_in("public")), at(signed_in("officer"))
    assert "Requirement $1,000" in public
    assert "A well of the compact" not in public
    assert "Requirement $1,300" in officer
    assert "A well of the compact" in officer
    assert "outside the portfolio" in officer
    assert "Requirement $1,000" in at(signed_in("officer"), f"{HOME}?audience=public")
    assert "Counted over what the public may see" in public


@pytest.mark.parametrize("name", ["public", "officer", "donor"])
@pytest.mark.parametrize("caption", ["By pillar", "By entity", "By region", "By theme"])
def test_the_rows_of_a_breakdown_add_up_to_its_total(call: Call, signed_in: As, name: str, caption: str) -> None:
    call.pledge(333, Shown.AMOUNT)
    answer = signed_in(name).get(HOME)
    _head, *rows, total = rows_of(answer, caption)
    assert rows
    for column in range(2, 7):
        numbers = [int(row[column].replace(",", "")) for row in (*rows, total)]
        assert sum(numbers[:-1]) == numbers[-1]


@pytest.mark.parametrize("asked", ["priority=high", "entity=DIGGERS", "pillar=-", "region=FR"])
def test_the_projects_can_be_narrowed(call: Call, signed_in: As, asked: str) -> None:
    page = at(signed_in("officer"), f"{HOME}?{asked}")
    assert ("A funded well" in page) == (asked != "pillar=-")
    assert signed_in("public").get(f"{HOME}?pillar=nothing").status_code == 404
    assert call.appeal.pk


def test_a_project_has_a_page_for_a_donors_desk(call: Call, signed_in: As) -> None:
    call.pledge(500, Shown.AMOUNT)
    page = at(signed_in("public"), call.address("A funded well"))
    for said in (
        "Priority: High", "Requirement $1,000", "Pledged $500", "Shortfall $500", "400 The drilling Reached",
        "USD 300 more reach it", "Entity to write to Diggers", "Land QFA", "Giver QFA",
    ):  # fmt: skip
        assert said in page, said
    assert "Pledge to this project" not in page
    assert "Pledge to this project" in at(signed_in("donor"), call.address("A funded well"))
    assert signed_in("public").get(call.address("A well of the compact")).status_code == 404


def _pledged(**more: str) -> dict[str, str]:
    return {
        "contributor": "f-giver-QFA", "amount": "250", "currency": "USD", "first_year": str(YEAR),
        "last_year": str(YEAR), "purse": "general|", "shown": "nothing", "note": "", **more,
    }  # fmt: skip


def test_a_donor_pledges_and_others_see_what_they_let_them(call: Call, signed_in: As) -> None:
    address = call.address("A funded well", "pledge/")
    donor = signed_in("donor")
    assert "what you let others see" in at(donor, address).lower()
    assert donor.post(address, _pledged()).status_code == 302
    made = Pledge.objects.unscoped("test").get()
    assert (made.level, made.for_project, made.recorded_by) == (
        "restricted",
        call.fund.project,
        call.fund.people["donor"],
    )
    said = Intention.objects.unscoped("test").get()

    def pledged(name: str) -> bool:
        return "Pledged $250" in at(signed_in(name))

    def is_named(name: str) -> bool:
        return "Giver QFA" in at(signed_in(name), f"{HOME}donors/")

    assert [pledged(name) for name in ("donor", "officer", "other donor", "public")] == [True, True, False, False]
    assert [is_named(name) for name in ("donor", "other donor", "public")] == [True, False, False]
    change = f"{HOME}donors/{said.public_id}/"
    assert signed_in("officer").post(f"/money/fund/pledges/{made.public_id}/acknowledge/").status_code == 302
    assert donor.post(change, {"shown": "presence"}).status_code == 302
    assert is_named("other donor")
    assert "Not said" in at(signed_in("other donor"), f"{HOME}donors/")
    assert not pledged("other donor")
    assert donor.post(change, {"shown": "amount"}).status_code == 302
    assert all(pledged(name) for name in ("donor", "officer", "other donor", "public"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contributor": "f-giver-QFB"}, "Donor"),
        ({"amount": "0"}, "Amount"),
        ({"currency": "E1R"}, "three letters"),
        ({"currency": "XXX"}, "rate"),
        ({"first_year": "1999", "last_year": "1999"}, "This appeal is for"),
        ({"shown": "everything"}, "What others see"),
        ({"purse": "nothing|"}, "Window of the fund"),
        ({"note": "Ring me: +41 22 917 12 34"}, "Note to the secretariat"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_pledged(
    call: Call, signed_in: As, wrong: dict[str, str], said: str
) -> None:
    answer = signed_in("donor").post(call.address("A funded well", "pledge/"), _pledged(**wrong))
    assert answer.status_code == 400
    assert said in plain(answer).partition("Donor Gi")[0]
    assert not Pledge.objects.unscoped("test").exists()


@pytest.mark.parametrize("name", ["public", "focal", "board", "auditor", "state"])
def test_nobody_else_is_shown_a_form_of_donors_or_of_the_secretariat(call: Call, signed_in: As, name: str) -> None:
    said = call.pledge(10, Shown.AMOUNT)
    client = signed_in(name)
    forms = ("launch/", "keep/", "close/", "add/", "../new/", "donors/plan/", f"donors/{said.public_id}/")
    of_entry = [call.address("A funded well", part) for part in ("pledge/", "change/", "remove/")]
    for path in [*(HOME + form for form in forms), *of_entry]:
        for method in ("get", "post"):
            assert getattr(client, method)(path).status_code == 404, path


def test_another_donor_is_not_shown_a_donors_own_forms(call: Call, signed_in: As) -> None:
    said = call.pledge(10, Shown.AMOUNT)
    assert signed_in("other donor").post(f"{HOME}donors/{said.public_id}/", {"shown": "nothing"}).status_code == 404
    assert signed_in("other donor").post(f"{HOME}donors/{said.public_id}/end/").status_code == 404
    assert signed_in("donor").post(f"{HOME}donors/{said.public_id}/end/").status_code == 404


def test_a_plan_is_told_and_ended(call: Call, signed_in: As) -> None:
    assert call.appeal.pk
    donor = signed_in("donor")
    sent = {**_pledged(shown="presence"), "entry": "", "country": "QFB", "pillar": "", "region": ""}
    assert donor.post(f"{HOME}donors/plan/", sent).status_code == 302
    other = at(signed_in("other donor"), f"{HOME}donors/")
    assert "Planned" in other
    assert "Land QFB" in other
    assert "250" not in other
    said = Intention.objects.unscoped("test").get()
    assert donor.post(f"{HOME}donors/{said.public_id}/end/").status_code == 302
    assert "No donor is seen yet" in at(signed_in("other donor"), f"{HOME}donors/")


def test_gaps_and_crowding_are_those_that_the_reader_may_see(call: Call, signed_in: As) -> None:
    gaps = at(signed_in("other donor"), f"{HOME}donors/").partition("Projects at which no donor is seen")[2]
    assert "A funded well" in gaps
    call.pledge(1500, Shown.AMOUNT)
    page = at(signed_in("other donor"), f"{HOME}donors/")
    assert "At every project that is short, a donor is seen." in page
    assert "Projects that are to get more than they ask for" in page
    assert "A funded well 1,000 1,500 500" in page
    assert "Donors coordinate here" in at(signed_in("public"), f"{HOME}donors/")


def test_the_comparison_since_the_launch_says_what_joined_left_and_changed(call: Call, signed_in: As) -> None:
    officer = signed_in("officer")
    assert "Nothing changed since then" in at(officer, f"{HOME}since/")
    call.pledge(100, Shown.AMOUNT)
    call.add("A late well", 50)
    entry = call.entry("A well of the compact")
    assert officer.post(call.address("A well of the compact", "remove/"), {"because": "It rained"}).status_code == 302
    answer = officer.get(f"{HOME}since/")
    flow = rows_of(answer, "From then to now, in US dollars")
    assert [row[1] for row in flow[1:]] == ["1,300", "+50", "−300", "0", "1,050"]
    assert [row[3] for row in flow[1:]] == ["0", "0", "0", "+100", "100"]
    page = plain(answer)
    assert "A late well" in page.partition("Projects that joined")[2]
    assert "It rained" in page
    assert entry.title not in at(signed_in("public"), f"{HOME}since/")
    assert officer.get(f"{HOME}since/?moment=9").status_code == 404
    assert officer.post(f"{HOME}keep/", {"title": "March"}).status_code == 302
    assert "Nothing changed" in at(officer, f"{HOME}since/?moment=2")


def test_the_secretariat_prepares_launches_and_closes_an_appeal(call: Call, signed_in: As) -> None:
    officer = signed_in("officer")
    sent = {"title": "Rain", "key": "rain", "first_year": "2030", "last_year": "2031", "summary": "For rain"}
    assert officer.post("/money/appeals/new/", sent).headers["Location"] == "/money/appeals/rain/"
    draft = at(signed_in("public"), "/money/appeals/rain/")
    assert "being prepared" in draft
    assert officer.post("/money/appeals/rain/launch/").status_code == 400
    ask = {"project": "F-1", "requirement_usd": "70", "level": "public", "priority": "low", "partial_sums": "30 A pipe"}
    assert officer.post("/money/appeals/rain/add/", ask).status_code == 302
    assert "A funded well" not in at(signed_in("public"), "/money/appeals/rain/")
    assert officer.post("/money/appeals/rain/launch/").status_code == 302
    assert "Requirement $70" in at(signed_in("public"), "/money/appeals/rain/")
    entry = AppealEntry.objects.unscoped("test").get(appeal__key="rain")
    change = f"/money/appeals/rain/projects/{entry.public_id}/change/"
    assert 'value="low" selected' in officer.get(change).content.decode()
    changed = {"title": "A pump", "entity": "DIGGERS", "requirement_usd": "90", "level": "public"}
    assert officer.post(change, {**changed, "version": "1"}).status_code == 400
    assert officer.post(change, {**changed, "version": str(entry.version)}).status_code == 302
    assert "Requirement $90" in at(signed_in("public"), "/money/appeals/rain/")
    assert officer.post("/money/appeals/rain/close/").status_code == 302
    assert Appeal.objects.get(key="rain").standing == "closed"
    assert "This appeal is closed" in at(officer, "/money/appeals/rain/add/")
    assert call.appeal.pk


def test_appeals_are_listed_with_where_they_stand(call: Call, signed_in: As) -> None:
    assert call.appeal.pk
    assert "The call for wells" in at(signed_in("public"), "/money/appeals/")
    assert "Open an appeal" not in at(signed_in("donor"), "/money/appeals/")
    assert "Open an appeal" in at(signed_in("officer"), "/money/appeals/")


@pytest.mark.parametrize("path", ["", "since/", "donors/", "projects/zzz/", "appeal.docx", "appeal.x"])
def test_what_is_not_there_is_not_there(call: Call, signed_in: As, path: str) -> None:
    assert call.appeal.pk
    assert signed_in("officer").get(f"/money/appeals/nothing/{path}").status_code == 404


@pytest.mark.parametrize(("path", "ceiling"), [("", 23), ("since/", 21), ("donors/", 33)])
def test_the_appeal_asks_the_database_little_however_many_projects_it_has(
    call: Call, signed_in: As, path: str, ceiling: int
) -> None:
    client = signed_in("donor")
    call.pledge(1, Shown.AMOUNT)

    def asked() -> int:
        client.get(HOME + path)  # what was written makes a snapshot first
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(HOME + path)
        assert len(answer.content) < 150_000
        return len(queries)

    few = asked()
    for number in range(12):
        call.add(f"Well {number}", 100 + number)
        call.pledge(1 + number, Shown.AMOUNT, f"Well {number}")
    assert asked() == few <= ceiling
