"""The Word form of a proposal: taken out, filled in elsewhere, taken in again; nothing is lost on the way."""

import io
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from docx import Document
from docx.oxml.ns import qn

from colonnade.needs.models import Recommendation
from colonnade.review.models import BudgetLine, Consultation, Proposal, Standing
from colonnade.review.tests.registries import WHY
from colonnade.web.proposals.tests.conftest import Browser, Round, fresh
from colonnade.web.proposals.tests.test_writing import form_in


def taken(client: Client, proposal: Proposal) -> bytes:
    answer = client.get(f"/proposals/{proposal.public_id}/proposal.docx")
    assert answer.status_code == 200
    return bytes(answer.content)


def filled_in(content: bytes, without: str = "", **texts: str) -> bytes:
    """The form as a person fills it in; a field's tag is written with two underscores for its dots."""
    document = Document(io.BytesIO(content))
    wanted = {name.replace("__", "."): text for name, text in texts.items()}
    for control in list(document.element.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        if without and tag.startswith(without):
            control.getparent().remove(control)
        elif tag in wanted:
            texts_in = list(control.iter(qn("w:t")))
            if not texts_in:
                run = next(control.iter(qn("w:r")))
                made = run.makeelement(qn("w:t"), {})
                run.append(made)
                texts_in = [made]
            texts_in[0].text = wanted.pop(tag)
            for more in texts_in[1:]:
                more.text = ""
    assert not wanted, wanted
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def give(client: Client, proposal: Proposal, content: bytes, name: str = "form.docx") -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    answer = client.post(f"/proposals/{proposal.public_id}/word/", {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_form_that_comes_back_as_it_went_changes_nothing(opened: Round, browser: Browser) -> None:
    proposal, client = (
        opened.proposal(purpose="Water\nfor all", requested_usd=Decimal("1234.50"), scope="national"),
        browser("applicant"),
    )
    BudgetLine.objects.unscoped(WHY).create(proposal=proposal, position=1, category="Staff", amount_usd=Decimal(5))
    Consultation.objects.unscoped(WHY).create(proposal=proposal, entity=opened.entities["SEA"], outcome="They join")
    status, page = give(client, proposal, taken(client, proposal))
    assert (status, "says what stands here already" in page) == (200, True)
    assert fresh(proposal).version == 1


def test_what_was_filled_in_is_looked_at_first_and_then_saved_whole(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    content = filled_in(
        taken(client, proposal), description__purpose="Deeper wells", description__requested_usd="USD 100,000.50",
        description__scope="national", budget__1__category="Staff", budget__1__amount_usd="100,000.50",
        consultations__1__entity_id="SEA: SEA", consultations__1__outcome="They join",
        markers__gender__level="2: Aim 2", markers__gender__justification="Half are women",
    )  # fmt: skip
    status, page = give(client, proposal, content)
    assert status == 200
    assert "Deeper wells" in page
    assert fresh(proposal).version == 1
    answer = client.post(f"/proposals/{proposal.public_id}/word/", form_in(page))
    assert answer.status_code == 302
    now = fresh(proposal)
    assert (now.purpose, now.requested_usd, now.scope) == ("Deeper wells", Decimal("100000.50"), "national")
    assert BudgetLine.objects.unscoped(WHY).get().amount_usd == Decimal("100000.50")
    assert Consultation.objects.unscoped(WHY).get().entity.code == "SEA"


def test_what_is_wrong_is_named_by_its_field_and_nothing_is_saved(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    content = filled_in(
        taken(client, proposal), description__purpose="Deeper wells", description__requested_usd="much",
        description__scope="galactic", budget__1__category="Staff",
    )  # fmt: skip
    status, page = give(client, proposal, content)
    assert status == 400
    for said in ("Asked for, in US dollars", "Scope", "galactic", "Budget: Row 1"):
        assert said in page
    assert fresh(proposal).purpose == ""


def test_what_a_partner_saved_meanwhile_stays_beside_the_file(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    content = filled_in(taken(client, proposal), description__purpose="From the file", description__limits="Few")
    Proposal.objects.unscoped(WHY).update(purpose="Of the partner", quality="Good", version=2)
    _status, page = give(client, proposal, content)
    sent = form_in(page)
    undecided = client.post(f"/proposals/{proposal.public_id}/word/", sent)
    assert undecided.status_code == 409
    assert fresh(proposal).purpose == "Of the partner"
    decided = sent | {"choose-description-purpose": "mine"}
    assert client.post(f"/proposals/{proposal.public_id}/word/", decided).status_code == 302
    now = fresh(proposal)
    assert (now.purpose, now.limits, now.quality) == ("From the file", "Few", "Good")


def test_a_text_or_a_row_that_is_gone_is_asked_about_and_a_field_that_is_gone_stays(
    opened: Round, browser: Browser
) -> None:
    proposal, client = opened.proposal(purpose="Water", quality="Good"), browser("applicant")
    BudgetLine.objects.unscoped(WHY).create(proposal=proposal, position=1, category="Staff", amount_usd=Decimal(5))
    content = filled_in(
        filled_in(taken(client, proposal), without="budget", description__purpose=""), without="description.quality"
    )
    status, page = give(client, proposal, content)
    assert status == 200
    assert client.post(f"/proposals/{proposal.public_id}/word/", form_in(page)).status_code == 409
    now = fresh(proposal)
    assert (now.purpose, now.quality) == ("Water", "Good")
    assert BudgetLine.objects.unscoped(WHY).count() == 1
    chosen = form_in(page) | {"choose-description-purpose": "mine", "choose-budget-1": "theirs"}
    assert client.post(f"/proposals/{proposal.public_id}/word/", chosen).status_code == 302
    assert fresh(proposal).purpose == ""
    assert BudgetLine.objects.unscoped(WHY).count() == 1


def said_in(content: bytes) -> str:
    return "\n".join(text.text or "" for text in Document(io.BytesIO(content)).element.iter(qn("w:t")))


def test_amounts_and_days_stand_as_on_the_pages_and_are_read_again(opened: Round, browser: Browser) -> None:
    proposal, client = (
        opened.proposal(requested_usd=Decimal(90_000), starts_on=date(2028, 8, 13)),
        browser("applicant"),
    )
    BudgetLine.objects.unscoped(WHY).create(
        proposal=proposal, position=1, category="Staff", amount_usd=Decimal("90000.5")
    )
    content = taken(client, proposal)
    said = said_in(content).split("\n")
    assert {"90,000", "90,000.50", "13 August 2028"} <= set(said)
    assert "90000.00" not in said
    assert "says what stands here already" in give(client, proposal, content)[1]
    with translation.override("fr"):
        french = date_format(date(2029, 2, 1), "j F Y")
    content = filled_in(content, description__starts_on=french, description__ends_on="2030-12-31")
    _status, page = give(client, proposal, content)
    assert client.post(f"/proposals/{proposal.public_id}/word/", form_in(page)).status_code == 302
    assert (fresh(proposal).starts_on, fresh(proposal).ends_on) == (date(2029, 2, 1), date(2030, 12, 31))
    status, page = give(client, proposal, filled_in(taken(client, proposal), description__ends_on="31 February 2030"))
    assert (status, "31 February 2030" in page or "valid date" in page) == (400, True)


def test_a_list_ends_in_two_empty_rows(opened: Round, browser: Browser) -> None:
    proposal = opened.proposal()
    BudgetLine.objects.unscoped(WHY).create(proposal=proposal, position=1, category="Staff", amount_usd=Decimal(5))
    document = Document(io.BytesIO(taken(browser("applicant"), proposal)))
    tags = {each.get(qn("w:val")) for each in document.element.iter(qn("w:tag"))}
    for section, rows in (("budget", 3), ("outputs", 2), ("risks", 2), ("consultations", 2)):
        assert {tag.split(".")[1] for tag in tags if tag.startswith(f"{section}.")} == {
            str(place) for place in range(1, rows + 1)
        }


def test_once_sent_it_is_a_copy_to_read(opened: Round, browser: Browser) -> None:
    proposal = opened.proposal(
        standing=Standing.SUBMITTED, purpose="Deep wells\nfor all", requested_usd=Decimal(90_000)
    )
    for who in ("applicant", "clerk"):
        content = taken(browser(who), proposal)
        said = said_in(content)
        assert "A copy to read" in said
        assert "Deep wells" in said
        assert "90,000" in said
        assert "give the file back" not in said
        assert "Row 1" not in said
        assert not list(Document(io.BytesIO(content)).element.iter(qn("w:sdt")))
    assert "As a Word file, to read" in browser("clerk").get(f"/proposals/{proposal.public_id}/").content.decode()


def test_files_that_are_not_the_form_of_this_proposal_are_refused(opened: Round, browser: Browser) -> None:
    proposal, other, client = opened.proposal(), opened.proposal(title="Another"), browser("applicant")
    plain = io.BytesIO()
    Document().save(plain)
    for content, said in (
        (taken(client, other), "the form of another proposal"),
        (plain.getvalue(), "content controls are gone"),
        (b"MZ\x90 a program", "refused"),
    ):
        status, page = give(client, proposal, content)
        assert (status, said in page) == (400, True), said
    assert client.post(f"/proposals/{proposal.public_id}/word/").status_code == 400


def test_a_need_that_the_reader_may_not_read_is_not_in_the_file(opened: Round, browser: Browser) -> None:
    hidden = Recommendation.objects.unscoped(WHY).get(reference="restricted")
    hidden.named_entities.add(opened.entities["WATER"])
    proposal = opened.proposal(origin="recommendation", cited_need=hidden)
    mine, theirs = (taken(browser(who), proposal) for who in ("applicant", "partner"))

    def said(content: bytes) -> str:
        return "".join(text.text or "" for text in Document(io.BytesIO(content)).element.iter(qn("w:t")))

    assert "A restricted need" in said(mine)
    assert "restricted" not in said(theirs)
    partner = browser("partner")
    content = filled_in(theirs, description__purpose="Water")
    _status, page = give(partner, proposal, content)
    assert partner.post(f"/proposals/{proposal.public_id}/word/", form_in(page)).status_code == 302
    assert (fresh(proposal).purpose, fresh(proposal).cited_need) == ("Water", hidden)


def test_who_may_not_write_takes_no_form_in(opened: Round, browser: Browser) -> None:
    proposal = opened.proposal()
    for who in ("stranger", "clerk", "member"):
        assert browser(who).get(f"/proposals/{proposal.public_id}/word/").status_code == 404
    assert browser("stranger").get(f"/proposals/{proposal.public_id}/proposal.docx").status_code == 404
