"""Files of plans of action: who takes which, what stands in them, and what of it is noted."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest

from colonnade.audit.models import Event
from colonnade.needs.plans.actions.consents import confirm_consent
from colonnade.needs.tests.plan_house import TEST, House
from colonnade.web.plans.tests.test_plan_pages import browser, here

__all__ = ["here"]
pytestmark = pytest.mark.django_db


def words(content: bytes) -> str:
    return " ".join(str(each.text) for each in docx.Document(BytesIO(content)).element.iter("{*}t"))


@pytest.mark.parametrize("what", ["brief", "plan"])
def test_the_circle_takes_a_plan_for_word_and_as_pdf_and_nobody_else(here: House, what: str) -> None:
    plan = here.agreed("open")
    path = f"/plans/{plan.public_id}/files/{what}"
    assert f"{path}.docx" in browser(here, "officer").get(f"/plans/{plan.public_id}/").content.decode()
    for name in ("other_state", "donor", "gamma", "public"):
        assert browser(here, name).get(f"{path}.docx").status_code == 404
    answer = browser(here, "officer").get(f"{path}.docx")
    text = words(answer.content)
    assert "Safe water" in text
    assert here.needs["open"].reference in text
    assert browser(here, "officer").get(f"{path}.pdf").content.startswith(b"%PDF")
    assert browser(here, "officer").get(f"{path}.txt").status_code == 404


def test_a_need_that_its_reader_may_not_see_is_in_no_file(here: House) -> None:
    plan = here.agreed("open", "kept")
    path = f"/plans/{plan.public_id}/files/plan.docx"
    kept, seen = here.needs["kept"].reference, here.needs["open"].reference
    whole, part = (words(browser(here, name).get(path).content) for name in ("officer", "alpha"))
    assert (kept in whole, seen in whole) == (True, True)
    assert (kept in part, seen in part) == (False, True)


def test_taking_a_plan_of_its_circle_is_noted(here: House) -> None:
    plan = here.agreed("open")
    browser(here, "officer").get(f"/plans/{plan.public_id}/files/brief.docx")
    notes = Event.objects.filter(table_name="needs_actionplan", operation="READ", row_id=str(plan.pk))
    assert "action-plan-brief-docx" in str(list(notes.values()))


def test_a_donor_takes_the_costed_table_once_it_is_shared(here: House) -> None:
    plan = here.agreed("open")
    consent = here.consent(plan, "state", "costs")
    confirm_consent(consent=consent, person=here.people["second"], actor=TEST)
    listed = browser(here, "donor").get("/plans/").content.decode()
    path = listed[listed.index("/plans/costs/") :].split('"')[0]
    page = browser(here, "donor").get(path).content.decode()
    assert f'{path.rstrip("/")}.csv"' in page
    answer = browser(here, "donor").get(f"{path.rstrip('/')}.csv")
    rows = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows
    for row in rows:
        cost, funded, missing = (Decimal(row[f"{name} (US dollars)"]) for name in ("Cost", "Funded", "Unfunded"))
        assert cost == funded + missing
    book = openpyxl.load_workbook(BytesIO(browser(here, "donor").get(f"{path.rstrip('/')}.xlsx").content))
    assert [sheet.title for sheet in book] == ["Costed table", "About"]
    assert book["Costed table"].max_row == len(rows) + 1
    assert here.needs["open"].reference not in str(list(book["Costed table"].values))
    assert browser(here, "public").get(f"{path.rstrip('/')}.pdf").status_code == 404


@pytest.mark.parametrize(("name", "told"), [("officer", True), ("board", False), ("gamma", False)])
def test_recent_changes_tell_of_consents_and_drafts_only_to_whoever_sees_every_record(
    here: House,
    name: str,
    told: bool,
) -> None:
    """Readers outside the circle see an agreed plan once it is shared; neither who consented nor what is drafted."""
    plan = here.agreed("open")
    confirm_consent(consent=here.consent(plan, "state", "compact"), person=here.people["second"], actor=TEST)
    assert browser(here, name).get(f"/plans/{plan.public_id}/").status_code == 200
    here.consent(plan, "state", "costs")
    for path in ("/history/", f"/history/action_plan/{plan.public_id}/"):
        page = browser(here, name).get(path).content.decode()
        assert ("Consent:" in page or ">Consent<" in page) == told, path
