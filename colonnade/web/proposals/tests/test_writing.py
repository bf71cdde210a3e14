"""Writing a proposal on the web: section by section, by two people, and what cannot be saved is said."""

import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from colonnade.members.models import Entity
from colonnade.needs.models import Recommendation
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.review.models import (
    BudgetLine,
    Consultation,
    Output,
    Proposal,
    ProposedMarker,
    SafeguardAnswer,
    Standing,
)
from colonnade.review.tests.registries import WHY
from colonnade.web.proposals.editors import SUGGESTED
from colonnade.web.proposals.sections import FIELDS, TITLES
from colonnade.web.proposals.tests.conftest import Browser, Round, fresh


def path(proposal: Proposal, section: str = "description") -> str:
    return f"/proposals/{proposal.public_id}/write/{section}/"


def opened_form(client: Client, proposal: Proposal, section: str = "description") -> dict[str, Any]:
    """The form as a browser sends it back when nothing was typed."""
    return form_in(client.get(path(proposal, section)).content.decode())


def form_in(page: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    main = page[page.index("<main") : page.index("</main>")]
    for name, value in re.findall(
        r'<input type="(?:hidden|text|date|number)" name="([^"]+)"(?: value="([^"]*)")?', main
    ):
        found[name] = html.unescape(value)
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', main, re.DOTALL):
        found[name] = html.unescape(text)
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
        found[name] = re.findall(r'<option value="([^"]*)" selected', options)
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_every_section_opens_and_saving_it_as_it_is_writes_nothing(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(purpose="Water\nfor all", requested_usd=Decimal("1234.50")), browser("applicant")
    for section in TITLES:
        sent = opened_form(client, proposal, section)
        answer = client.post(path(proposal, section), sent)
        assert answer.status_code == 302, (section, answer.content.decode()[:3000])
    assert fresh(proposal).version == 1


def test_what_is_typed_is_saved_and_leads_on(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    sent = opened_form(client, proposal) | {
        "purpose": "Deeper wells\r\nfor all", "requested_usd": "100000.50", "starts_on": "2030-01-01", "go-on": "1",
        "working_group": str(opened.group.pk),
    }  # fmt: skip
    answer = client.post(path(proposal), sent)
    assert answer["Location"] == path(proposal, "origin")
    now = fresh(proposal)
    assert (now.purpose, now.requested_usd, now.working_group) == (
        "Deeper wells\nfor all", Decimal("100000.50"), opened.group,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", "", "Title"),
        ("requested_usd", "-5", "Asked for"),
        ("requested_usd", "much", "Asked for"),
        ("starts_on", "soon", "Begins"),
        ("purpose", "Write to Jane at jane.doe@wells.example", "Purpose"),
        ("pillar", "99999", "Pillar"),
    ],
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(
    name: str, typed: str, said: str, opened: Round, browser: Browser
) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    sent = opened_form(client, proposal) | {"limits": "Typed for an hour", name: typed}
    answer = client.post(path(proposal), sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#id_{name}">{said}' in page
    assert "Typed for an hour" in page
    assert fresh(proposal).version == 1


def test_lists_are_written_row_by_row_and_empty_rows_are_none(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    sent = opened_form(client, proposal, "budget")
    assert sent["rows"] == "3"
    sent |= {"r0-category": "Staff", "r0-amount_usd": "600", "r2-category": "Travel", "r2-amount_usd": "400"}
    assert client.post(path(proposal, "budget"), sent).status_code == 302
    lines = BudgetLine.objects.unscoped(WHY).filter(proposal=proposal)
    assert list(lines.values_list("position", "category", "amount_usd")) == [
        (1, "Staff", Decimal(600)), (2, "Travel", Decimal(400)),
    ]  # fmt: skip
    half = opened_form(client, proposal, "budget") | {"r2-category": "Pumps"}
    answer = client.post(path(proposal, "budget"), half)
    assert answer.status_code == 400
    assert "This is missing." in answer.content.decode()


def test_markers_and_safeguards_are_asked_as_the_strategy_asks_them(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    sent = opened_form(client, proposal, "markers") | {"r0-level": "2", "r0-justification": "Half are women"}
    assert client.post(path(proposal, "markers"), sent).status_code == 302
    assert ProposedMarker.objects.unscoped(WHY).get().level == 2
    forged = {**sent, "r0-marker": "luck", "r0-level": "1"}
    client.post(path(proposal, "markers"), forged)
    assert not ProposedMarker.objects.unscoped(WHY).filter(marker="luck").exists()
    sent = opened_form(client, proposal, "safeguards") | {"r0-answer": "yes", "r0-explanation": "In person"}
    assert client.post(path(proposal, "safeguards"), sent).status_code == 302
    assert SafeguardAnswer.objects.unscoped(WHY).get().explanation == "In person"


@pytest.mark.parametrize("who", ["stranger", "member", "clerk"])
def test_for_whoever_may_not_write_there_is_no_page(who: str, opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(standing=Standing.SUBMITTED), browser(who)
    assert client.get(path(proposal)).status_code == 404
    assert client.post(path(proposal), {"title": "Mine", "version": "1"}).status_code == 404
    assert Client().get(path(proposal)).status_code == 404


def test_edits_of_different_fields_come_together_by_themselves(opened: Round, browser: Browser) -> None:
    proposal, first, second = opened.proposal(), browser("applicant"), browser("partner")
    before = opened_form(first, proposal)
    first.post(path(proposal), before | {"purpose": "Theirs"})
    assert second.post(path(proposal), before | {"limits": "Mine"}).status_code == 302
    now = fresh(proposal)
    assert (now.purpose, now.limits) == ("Theirs", "Mine")


def test_what_both_changed_has_to_be_chosen_and_nothing_is_lost(opened: Round, browser: Browser) -> None:
    proposal, first, second = opened.proposal(purpose="Before"), browser("applicant"), browser("partner")
    before = opened_form(first, proposal)
    first.post(path(proposal), before | {"purpose": "Theirs", "quality": "Good"})
    answer = second.post(path(proposal), before | {"purpose": "Mine", "limits": "Few"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Before", "Theirs", "Mine", "Both of you changed it."):
        assert said in page
    sent = form_in(page)
    again = second.post(path(proposal), sent)
    assert again.status_code == 409
    assert fresh(proposal).purpose == "Theirs"
    assert second.post(path(proposal), sent | {"choose-purpose": "mine"}).status_code == 302
    now = fresh(proposal)
    assert (now.purpose, now.quality, now.limits) == ("Mine", "Good", "Few")


def test_rows_of_two_people_are_merged_row_by_row(opened: Round, browser: Browser) -> None:
    proposal, first, second = opened.proposal(), browser("applicant"), browser("partner")
    rows = {"r0-category": "Staff", "r0-amount_usd": "600", "r1-category": "Travel", "r1-amount_usd": "400"}
    first.post(path(proposal, "budget"), opened_form(first, proposal, "budget") | rows)
    before = opened_form(first, proposal, "budget")
    first.post(path(proposal, "budget"), before | {"r0-amount_usd": "700"})
    assert second.post(path(proposal, "budget"), before | {"r1-amount_usd": "300"}).status_code == 302
    lines = BudgetLine.objects.unscoped(WHY).filter(proposal=proposal)
    assert list(lines.values_list("amount_usd", flat=True)) == [Decimal(700), Decimal(300)]


def test_a_form_without_what_it_was_made_from_asks_about_everything(opened: Round, browser: Browser) -> None:
    proposal, first, second = opened.proposal(), browser("applicant"), browser("partner")
    before = opened_form(first, proposal)
    first.post(path(proposal), before | {"purpose": "Theirs"})
    for base in ("", "[1]", "{", '{"purpose": 3}'):
        answer = second.post(path(proposal), before | {"limits": "Mine", "base": base})
        assert answer.status_code == 409
    assert fresh(proposal).limits == ""


def test_what_is_typed_is_saved_while_it_is_typed(opened: Round, browser: Browser) -> None:
    proposal, first, second = opened.proposal(), browser("applicant"), browser("partner")
    before = opened_form(first, proposal)
    answer = first.post(path(proposal), before | {"purpose": "Wells", "as-typed": "1"})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    going_on = before | {"version": answer.json()["version"], "base": answer.json()["base"], "purpose": "Deep wells"}
    assert first.post(path(proposal), going_on | {"as-typed": "1"}).status_code == 200
    assert fresh(proposal).purpose == "Deep wells"
    stale = second.post(path(proposal), before | {"purpose": "Mine", "as-typed": "1"})
    assert (stale.status_code, "press Save" in stale.json()["text"]) == (409, True)
    assert first.post(path(proposal), going_on | {"title": "", "as-typed": "1"}).status_code == 400
    assert fresh(proposal).purpose == "Deep wells"


def test_needs_are_offered_that_the_writer_may_read_and_no_other(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    page = client.get(path(proposal, "origin")).content.decode()
    assert "A compact need" in page
    assert "A restricted need" not in page
    hidden = Recommendation.objects.unscoped(WHY).get(reference="restricted")
    sent = opened_form(client, proposal, "origin") | {"origin": "recommendation", "cited_need": str(hidden.pk)}
    assert client.post(path(proposal, "origin"), sent).status_code == 400


def test_a_need_that_the_partner_may_not_read_stays_and_is_not_told(opened: Round, browser: Browser) -> None:
    hidden = Recommendation.objects.unscoped(WHY).get(reference="restricted")
    hidden.named_entities.add(opened.entities["WATER"])
    proposal = opened.proposal(origin="recommendation", cited_need=hidden)
    assert "A restricted need" in browser("applicant").get(path(proposal, "origin")).content.decode()
    partner = browser("partner")
    pages = [
        partner.get(f"/proposals/{proposal.public_id}/").content.decode(),
        partner.get(path(proposal, "origin")).content.decode(),
    ]
    assert all("restricted" not in page for page in pages)
    assert "A recommendation that is not open to you" in pages[0]
    sent = opened_form(partner, proposal, "origin") | {"mandate_note": "x"}
    assert partner.post(path(proposal, "origin"), sent).status_code == 302
    assert fresh(proposal).cited_need == hidden


def test_consultations_show_who_is_active_there(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("partner")
    place = Country.objects.get(code="QMA")
    proposal.countries.add(place)
    project = Project.objects.unscoped(WHY).create(
        reference="there", title="x", lead_entity=opened.entities["SEA"], status="ongoing", level="public"
    )
    ProjectCountry.objects.unscoped(WHY).create(project=project, country=place)
    proposed = opened_form(client, proposal, "consultations")
    assert proposed["r0-entity_id"] == [str(opened.entities["SEA"].pk)]
    assert client.post(path(proposal, "consultations"), proposed).status_code == 302
    assert not Consultation.objects.unscoped(WHY).exists()
    rows = {"r0-entity_id": str(opened.entities["SEA"].pk), "r0-outcome": "They join"}
    assert (
        client.post(path(proposal, "consultations"), opened_form(client, proposal, "consultations") | rows).status_code
        == 302
    )
    assert Consultation.objects.unscoped(WHY).get().outcome == "They join"
    assert not Output.objects.unscoped(WHY).exists()


def test_everybody_who_is_named_as_active_there_has_a_row(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("partner")
    place = Country.objects.get(code="QMA")
    proposal.countries.add(place)
    for number in range(SUGGESTED + 2):
        code = f"BUSY{number:02}"
        entity = Entity.objects.create(code=code, abbreviation=code, name=code, kind="o", role="member", source="s")
        project = Project.objects.unscoped(WHY).create(
            reference=code, title="x", lead_entity=entity, status="ongoing", level="public"
        )
        ProjectCountry.objects.unscoped(WHY).create(project=project, country=place)
    page = client.get(path(proposal, "consultations")).content.decode()
    named = re.findall(r'<li><a href="/entities/(BUSY\d+)', page[page.index("Who is active there") :])
    chosen = re.findall(r"<option value=\"\d+\" selected>(BUSY\d+)", page)
    assert len(named) == SUGGESTED
    assert set(named) <= set(chosen)
    assert len(chosen) == len(named)


def test_a_page_of_writing_asks_a_bounded_number_of_queries(
    opened: Round, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    for section in FIELDS:
        with django_assert_max_num_queries(75):
            client.get(path(proposal, section))


def test_what_the_words_speak_for_is_proposed_and_chosen_only_by_taking_it(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    place = Country.objects.first()
    assert place is not None
    sent = {**opened_form(client, proposal), "title": f"Deeper wells in {place.name}"}
    page = html.unescape(client.post(path(proposal), {**sent, "propose": "1"}).content.decode())
    assert f'value="countries={place.code}"' in page
    assert 'value="scope=national"' in page
    assert f"because of the words <bdi>“{place.name}”</bdi>" in page
    assert "Nothing in the text speaks for one of these clearly enough" in page  # a theme, a pillar
    shown = form_in(page)
    assert (shown["countries"], shown["title"]) == (sent["countries"], sent["title"])
    taken = client.post(path(proposal), {**sent, "take": f"countries={place.code}"}).content.decode()
    assert str(place.pk) in form_in(taken)["countries"]
    assert (fresh(proposal).title, fresh(proposal).version) == (proposal.title, proposal.version)
