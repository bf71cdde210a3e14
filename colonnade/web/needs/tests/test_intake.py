"""Assessments and recommendations from Excel: taken, filled in, looked at, taken in; whole or not at all."""

import io
from collections.abc import Callable
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.actions import keep_confidential
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.strategy.models import Mandate
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
Cells = dict[str, object]
pytestmark = pytest.mark.django_db
PLACE = "/needs/import/"
WHY = "test"
VISITS, NEEDS = "Assessments", "Recommendations"
VISIT: Cells = {
    "State": "QMA", "Assessor": "Look (LOOK)", "Kind": "Visit", "First day": "2021-03-01", "Last day": "2021-03-09",
    "Who reads it": "compact",
}  # fmt: skip
ADVICE: Cells = {
    "Title": "Wells of the north", "Text": "Dig wells.\nMany of them.", "Priority": "High", "Issued on": "2021-04-01",
    "Standing": "Open", "Who reads it": "Everybody inside the compact, and its State (compact)", "Pillar": "I",
}  # fmt: skip


@pytest.fixture
def person(house: House) -> Person:  # noqa: ARG001  # its State and entities are there
    made = Person.objects.create(email="assesses@demo.example", name="Assesses")
    look = Entity.objects.create(
        code="LOOK", abbreviation="LOOK", name="Look", kind="office", role="member", source="s"
    )
    RoleHeld.objects.create(
        person=made, role=Role.ASSESSOR, entity=look, country=Country.objects.get(code="QMA"), starts_on=DAY
    )
    return made


@pytest.fixture
def assessor(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def taken(client: Client, **query: str) -> Any:
    answer = client.get(f"{PLACE}workbook.xlsx", query)
    assert answer.status_code == 200, answer
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def places(sheet: Any) -> dict[str, int]:
    return {cell.value: place for place, cell in enumerate(sheet[1], start=1)}


def row_of(sheet: Any, key: str) -> int:
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def write(book: Any, name: str, row: int, cells: Cells) -> None:
    at = places(book[name])
    for title, value in cells.items():
        book[name].cell(row, at[title]).value = value


def below(book: Any, name: str) -> int:
    sheet = book[name]
    return 1 + max(row for row in range(1, sheet.max_row + 1) if any(cell.value for cell in sheet[row]))


def add(book: Any, name: str, cells: Cells) -> int:
    row = below(book, name)
    write(book, name, row, cells)
    return row


def bytes_of(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def give(client: Client, content: bytes, name: str = "needs.xlsx") -> tuple[int, str]:
    answer = client.post(PLACE, {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, unescape(answer.content.decode())


def hidden(page: str) -> dict[str, str]:
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("held", "looked-at")}


def confirm(client: Client, page: str, **choices: str) -> Any:
    return client.post(PLACE, {**hidden(page), **choices}, follow=True)


def took_in(client: Client, book: Any) -> str:
    status, page = give(client, bytes_of(book))
    assert status == 200, page
    answer = confirm(client, page)
    assert answer.status_code == 200, unescape(answer.content.decode())
    return unescape(answer.content.decode())


def counts() -> tuple[int, int]:
    return Assessment.objects.unscoped(WHY).count(), Recommendation.objects.unscoped(WHY).count()


def need_of(house: House, name: str) -> Recommendation:
    return Recommendation.objects.unscoped(WHY).get(public_id=house.needs[name])


def the_first(house: House) -> Recommendation:
    return need_of(house, next(iter(house.needs)))


def test_a_workbook_that_comes_back_as_it_went_changes_nothing(assessor: Client) -> None:
    before = Event.objects.exclude(operation="READ").count()
    status, page = give(assessor, bytes_of(taken(assessor)))
    assert (status, "says what stands here already" in page) == (200, True), page
    assert Event.objects.exclude(operation="READ").count() == before


def test_new_rows_are_looked_at_first_and_then_taken_in_whole(assessor: Client) -> None:
    rule = Mandate.objects.create(code="S/RES/1", body="SC", number="1", year=2001, subject="Wells", source="s")
    before = counts()
    book = taken(assessor)
    add(book, VISITS, {**VISIT, "Assessment": "New 1", "Resolutions that it rests on": "s/res/1"})
    add(book, NEEDS, {**ADVICE, "Reference": "new 7", "Assessment": "new 1"})
    later = {**ADVICE, "Assessment": "NEW 1", "Title": "Deeper wells", "Text": "Dig deeper."}
    add(book, NEEDS, {**later, "Takes the place of": "new 7"})
    status, page = give(assessor, bytes_of(book))
    assert status == 200, page
    assert "3 rows are new;" in page
    assert counts() == before
    assert "3 records are new, 0 changed" in unescape(confirm(assessor, page).content.decode())
    assert counts() == (before[0] + 1, before[1] + 2)
    visit = Assessment.objects.unscoped(WHY).get(starts_on="2021-03-01")
    first = Recommendation.objects.unscoped(WHY).get(title="Wells of the north")
    second = Recommendation.objects.unscoped(WHY).get(title="Deeper wells")
    assert list(visit.mandates.all()) == [rule]
    assert (first.standing, second.follows_id, second.standing) == ("withdrawn", first.pk, "open")
    assert (first.assessment_id, first.text, first.pillar.code) == (visit.pk, "Dig wells.\nMany of them.", "I")  # type: ignore[union-attr]  # it has one
    assert first.reference.startswith("QMA/2021/")
    assert set(Event.objects.filter(table_name="needs_recommendation", row_id=str(first.pk)).exclude(
        operation="READ").values_list("action", flat=True)) == {"take_in"}  # fmt: skip
    # The same file again, though somebody changed what came of it: nothing.
    Recommendation.objects.unscoped(WHY).filter(pk=second.pk).update(text="Dig deepest.")
    status, page = give(assessor, bytes_of(book))
    assert (status, "says what stands here already" in page) == (200, True), page
    assert counts() == (before[0] + 1, before[1] + 2)


def test_a_row_that_stands_twice_is_named(assessor: Client, house: House) -> None:
    book = taken(assessor)
    first = add(book, VISITS, {**VISIT, "Assessment": "new 1"})
    second = add(book, VISITS, VISIT)
    need = the_first(house)
    row = row_of(book[NEEDS], need.reference)
    again = add(book, NEEDS, {**ADVICE, "Reference": need.reference, "Assessment": "new 1"})
    status, page = give(assessor, bytes_of(book))
    assert status == 400
    assert f"row {second}, column “Assessment”: the same as in row {first}" in page
    assert f"row {again}, column “Reference”: the same as in row {row}" in page


def test_a_confirmation_that_is_sent_twice_takes_in_once(assessor: Client) -> None:
    book = taken(assessor)
    add(book, VISITS, VISIT)
    _status, page = give(assessor, bytes_of(book))
    confirm(assessor, page)
    once = counts()
    answer = confirm(assessor, page)
    assert (answer.status_code, counts()) == (200, once)
    assert "says what stands here already" in unescape(answer.content.decode())


def test_one_edit_is_one_change_field_by_field(assessor: Client, house: House) -> None:
    need = the_first(house)
    book = taken(assessor)
    write(book, NEEDS, row_of(book[NEEDS], need.reference), {"Title": "Wells for all"})
    _status, page = give(assessor, bytes_of(book))
    assert "1 changes a record" in page
    assert f"<del><bdi>{need.title}</bdi></del> → <ins><bdi>Wells for all</bdi></ins>" in page
    assert page.count("<ins>") == 1
    assert "0 records are new, 1 changed" in unescape(confirm(assessor, page).content.decode())
    changed = the_first(house)
    assert (changed.title, changed.version, changed.text) == ("Wells for all", need.version + 1, need.text)


def test_what_both_changed_is_chosen_and_nothing_is_chosen_beforehand(assessor: Client, house: House) -> None:
    need = the_first(house)
    book = taken(assessor)
    row = row_of(book[NEEDS], need.reference)
    write(book, NEEDS, row, {"Title": "Wells for all"})
    Recommendation.objects.unscoped(WHY).filter(pk=need.pk).update(title="Wells for some", version=need.version + 1)
    _status, page = give(assessor, bytes_of(book))
    assert "Wells for some" in page
    assert " checked" not in page.split('<form method="post" class="merge">')[1].split("</form>")[0]
    assert confirm(assessor, page).status_code == 400
    assert the_first(house).title == "Wells for some"
    confirm(assessor, page, **{f"choose-needs-{row}-title": "theirs"})
    assert the_first(house).title == "Wells for some"
    confirm(assessor, page, **{f"choose-needs-{row}-title": "mine"})
    assert the_first(house).title == "Wells for all"


def test_what_changed_between_looking_and_confirming_is_looked_at_again(assessor: Client, house: House) -> None:
    need = the_first(house)
    book = taken(assessor)
    write(book, NEEDS, row_of(book[NEEDS], need.reference), {"Title": "Wells for all"})
    _status, page = give(assessor, bytes_of(book))
    Recommendation.objects.unscoped(WHY).filter(pk=need.pk).update(title="Wells for some", version=need.version + 1)
    answer = confirm(assessor, page)
    assert answer.status_code == 409
    assert "Wells for some" in unescape(answer.content.decode())
    assert the_first(house).title == "Wells for some"


def test_an_emptied_cell_is_asked_about(assessor: Client, house: House) -> None:
    need = the_first(house)
    Recommendation.objects.unscoped(WHY).filter(pk=need.pk).update(addressee="The ministry of water")
    book = taken(assessor)
    row = row_of(book[NEEDS], need.reference)
    write(book, NEEDS, row, {"Addressed to: an office, not a person": None})
    _status, page = give(assessor, bytes_of(book))
    assert "The cell is empty in the file." in page
    confirm(assessor, page, **{f"choose-needs-{row}-addressee": "mine"})
    assert the_first(house).addressee == ""


def test_every_problem_is_named_with_its_sheet_row_column_value_and_mend(assessor: Client) -> None:
    before = counts()
    book = taken(assessor)
    visit = add(book, VISITS, {**VISIT, "Kind": "stroll", "Last day": "yesterday", "Assessment": "new 1"})
    wrong = add(book, NEEDS, {**ADVICE, "Assessment": "new 2", "Priority": "urgent", "Title": None})
    told = add(book, NEEDS, {**ADVICE, "Assessment": "new 1", "Text": "Write to ann.smith@somewhere.org"})
    late = add(book, NEEDS, {**ADVICE, "Assessment": "new 1", "Text": "x", "Issued on": "2021-02-01"})
    status, page = give(assessor, bytes_of(book))
    assert status == 400
    page = page.replace("<bdi>", "").replace("</bdi>", "")
    for row, column, said in (
        (visit, "Kind", "(stroll). To mend it: choose from the list: Visit (visit)"),
        (visit, "Last day", "not a day (yesterday)"),
        (wrong, "Assessment", "no assessment among those that you record for (new 2)"),
        (wrong, "Priority", "(urgent)"),
        (wrong, "Title", "empty, and must not be"),
        (told, "Text", "the e-mail address of a person"),
        (late, "Issued on", "before the assessment began"),
    ):
        lines = [line for line in page.split("<li>") if f", row {row}, column “{column}”" in line]
        assert any(said in line for line in lines), (row, column, said, page.split('role="alert"')[1][:3000])
    assert "ann.smith" not in page
    assert counts() == before
    assert "held" not in page


@pytest.mark.parametrize("name", ["restricted", "compact"])
def test_a_workbook_widens_and_narrows_nothing(assessor: Client, house: House, name: str) -> None:
    need = Recommendation.objects.unscoped(WHY).get(pk=the_first(house).pk)
    Recommendation.objects.unscoped(WHY).filter(pk=need.pk).update(level=name)
    other = {"restricted": "compact", "compact": "restricted"}[name]
    book = taken(assessor)
    write(book, NEEDS, row_of(book[NEEDS], need.reference), {"Who reads it": other})
    status, page = give(assessor, bytes_of(book))
    assert status == 400
    said = "its State has to consent first" if name == "restricted" else "fewer people would read it"
    assert said in page
    book = taken(assessor)
    add(book, VISITS, {**VISIT, "Assessment": "new 1", "Who reads it": "restricted"})
    add(book, NEEDS, {**ADVICE, "Assessment": "new 1"})
    assert "confidential until its State consents" in give(assessor, bytes_of(book))[1]


def test_what_the_state_keeps_is_not_in_the_workbook_and_stays(assessor: Client, house: House, person: Person) -> None:
    need = the_first(house)
    secret = need.title
    keep_confidential(need=need, person=person, fields=["title", "priority"], actor=Actor("test"))
    book = taken(assessor)
    sheet = book[NEEDS]
    row = row_of(sheet, need.reference)
    assert sheet.cell(row, places(sheet)["Title"]).value == "(kept by the State)"
    assert secret not in {cell.value for line in sheet.iter_rows() for cell in line if line[0].row == row}
    write(book, NEEDS, row, {"Text": "Dig more."})
    assert "0 records are new, 1 changed" in took_in(assessor, book)
    kept = the_first(house)
    assert (kept.title, kept.priority, kept.text) == ("", "", "Dig more.")
    assert kept.confidential_fields == ["priority", "title"]
    write(book, NEEDS, row, {"Title": "Another"})
    status, page = give(assessor, bytes_of(book))
    assert (status, "keeps this to itself" in page) == (400, True)


def test_what_one_may_not_see_is_not_told_from_what_is_not_there(assessor: Client) -> None:
    there = Country.objects.get(code="QMB")
    look = Entity.objects.get(code="LOOK")
    visit = Assessment.objects.unscoped(WHY).create(
        country=there, assessor=look, kind="visit", starts_on=DAY, ends_on=DAY, level="restricted"
    )
    Recommendation.objects.unscoped(WHY).create(
        reference="QMB/2019/AAAA", assessment=visit, country=there, title="Hidden", text="Hidden", priority="high",
        issued_on=DAY, level="restricted",
    )  # fmt: skip

    def answered(reference: str) -> str:
        book = taken(assessor)
        add(book, VISITS, {**VISIT, "Assessment": "new 1"})
        add(book, NEEDS, {**ADVICE, "Assessment": "new 1", "Reference": reference})
        add(book, NEEDS, {**ADVICE, "Assessment": "new 1", "Text": "y", "Takes the place of": reference})
        status, page = give(assessor, bytes_of(book))
        assert status == 400
        problems = page.split('<div class="problem" role="alert">')[1].split("</div>")[0]
        return problems.replace(reference, "REF")

    assert answered("QMB/2019/AAAA") == answered("QMB/2019/BBBB")


@pytest.mark.parametrize("who", ["focal", "state", "donor", "public"])
def test_others_are_told_why_not_and_get_no_workbook(reader: Reader, house: House, who: str) -> None:  # noqa: ARG001  # the house is there
    client = reader(who)
    answer = client.get(PLACE)
    assert answer.status_code == 403
    assert "Only the State's assessor or the secretariat can do this." in unescape(answer.content.decode())
    assert "<form" not in unescape(answer.content.decode()).split("<main")[1].split("</main>")[0]
    assert client.get(f"{PLACE}workbook.xlsx").status_code == 404
    assert client.post(PLACE, {"held": "x", "looked-at": "y"}).status_code == 403


def test_what_somebody_else_looked_at_is_not_confirmed(assessor: Client, reader: Reader) -> None:
    book = taken(assessor)
    add(book, VISITS, VISIT)
    _status, page = give(assessor, bytes_of(book))
    before = counts()
    officer = reader("officer")
    assert officer.post(PLACE, hidden(page)).status_code == 404
    assert assessor.post(PLACE, {**hidden(page), "held": hidden(page)["held"][:-2]}).status_code == 404
    assert counts() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("needs.xlsx", b"PK\x03\x04broken"), ("needs.csv", b"a,b\n"), ("needs.xlsx", b"%PDF-1.4"), ("needs.docx", b"")],
)
def test_a_file_of_another_kind_is_refused(assessor: Client, name: str, content: bytes) -> None:
    status, page = give(assessor, content, name)
    assert status == 400
    assert "Nothing was taken in." in page or "no file came" in page


def test_a_workbook_of_another_language_and_without_its_base_is_read(assessor: Client, house: House) -> None:
    with translation.override("fr"):
        answer = assessor.get(f"{PLACE}workbook.xlsx", headers={"accept-language": "fr"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    status, page = give(assessor, bytes_of(book))
    assert (status, "says what stands here already" in page) == (200, True), page
    del book["_base_needs"]
    need = the_first(house)
    sheet = next(book[name] for name in book.sheetnames if row_exists(book[name], need.reference))
    sheet.cell(row_of(sheet, need.reference), 3).value = "Wells for all"
    status, page = give(assessor, bytes_of(book))
    assert status == 200
    assert "1 asks you to choose" in page  # nobody knows any more who changed it


def row_exists(sheet: Any, key: str) -> bool:
    return any(sheet.cell(row, 1).value == key for row in range(2, sheet.max_row + 1))


def test_rows_ask_nothing_of_the_database(assessor: Client) -> None:
    def asked(rows: int, year: int) -> tuple[int, int]:
        book = taken(assessor)
        add(book, VISITS, {**VISIT, "Assessment": "new 1", "First day": f"{year}-03-01", "Last day": f"{year}-03-01"})
        for number in range(rows):
            add(book, NEEDS, {
                **ADVICE, "Assessment": "new 1", "Text": f"Well {number} of {year}", "Issued on": f"{year}-04-01",
            })  # fmt: skip
        content = bytes_of(book)
        with CaptureQueriesContext(connection) as looked:
            status, page = give(assessor, content)
        assert status == 200, page
        with CaptureQueriesContext(connection) as took:
            confirm(assessor, page)
        return len(looked), len(took)

    assert asked(2, 2018) == asked(40, 2017)
