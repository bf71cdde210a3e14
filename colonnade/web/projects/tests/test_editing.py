"""Editing a project on the web: who may, what shows at once, and two people who edit it together."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from colonnade.funding.models import MonthlyRate
from colonnade.members.models import Entity, Person
from colonnade.portfolio.models import InventoryEntry, Project
from colonnade.strategy.models import Pillar
from colonnade.web.conftest import House

Reader = Callable[[str], Client]


def project(which: str = "public") -> Project:
    return Project.objects.unscoped("test").get(reference=which)


def path(which: str = "public") -> str:
    return f"/projects/{project(which).public_id}/edit/"


def typed(which: str = "public", **changes: str) -> dict[str, str]:
    """What the form holds when it is opened, with some of it typed anew."""
    now = project(which)
    form = {
        "version": str(now.version),
        "title": now.title,
        "description": now.description,
        "status": now.status,
        "scope": now.scope,
        "pillar": str(now.pillar_id or ""),
        "working_group": "",
        "starts_on": "",
        "ends_on": "",
        "origin": now.origin,
        "origin_note": now.origin_note,
        "currency": now.currency,
        "budget": "" if now.budget is None else str(now.budget),
        "budget_on": "",
        "funding": "" if now.funding is None else str(now.funding),
        "funding_on": "",
    }
    return {**form, **changes}


def hidden_in(page: str) -> dict[str, str]:
    """The hidden values of a page, as a browser sends them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name not in ("csrfmiddlewaretoken", "next")}


@pytest.mark.parametrize(
    ("which", "editors"),
    [("public", {"officer", "focal"}), ("compact", {"officer", "focal"}), ("restricted", {"officer", "focal"})],
)
def test_the_lead_entity_and_the_secretariat_edit_and_for_others_there_is_no_page(
    which: str, editors: set[str], house: House, reader: Reader
) -> None:
    assert house
    everyone = ("public", "donor", "focal", "officer", "state", "other_state")
    clients = {name: reader(name) for name in everyone}
    assert {name for name, client in clients.items() if client.get(path(which)).status_code == 200} == editors
    for name in set(everyone) - editors:
        assert clients[name].post(path(which), typed(which, title="x")).status_code == 404
        page = clients[name].get(f"/projects/{project(which).public_id}/")
        assert "/edit/" not in page.content.decode()
    assert project(which).version == 1


def test_a_save_shows_on_the_page_in_the_list_and_in_figures_at_once(house: House, reader: Reader) -> None:
    client = reader("focal")
    before = client.get("/figures/projects_by_pillar/").content.decode()
    second = Pillar.objects.get(code="II")
    answer = client.post(path(), typed(title="A mended well", status="completed", pillar=str(second.pk)), follow=True)
    assert answer.redirect_chain == [(f"/projects/{house.projects['public']}/", 302)]
    page = answer.content.decode()
    for said in ("The project is saved.", "A mended well", "Completed", "Pipes"):
        assert said in page
    assert "A mended well" in client.get("/projects/?q=mended").content.decode()
    assert client.get("/figures/projects_by_pillar/").content.decode() != before
    entries = InventoryEntry.objects.unscoped("test").filter(project__reference="public")
    assert list(entries.order_by("inventory__as_of").values_list("status", flat=True)) == ["ongoing", "completed"]
    assert "The project was edited" in client.get(f"/history/project/{house.projects['public']}/").content.decode()


def test_what_cannot_stand_is_said_and_what_was_typed_stays(house: House, reader: Reader) -> None:
    wrong = typed(title="", description="Typed for an hour", starts_on="2020-02-02", ends_on="2020-01-01")
    answer = reader("officer").post(path(), wrong)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Typed for an hour" in page
    assert "2020-02-02" in page
    assert project().version == 1
    assert house


def test_edits_of_different_fields_merge_and_none_is_lost(house: House, reader: Reader) -> None:
    first, second = reader("officer"), reader("focal")
    opened = typed()
    first.post(path(), {**opened, "title": "Their title"})
    answer = second.post(path(), {**opened, "description": "My description\r\nin two lines"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Their title" in page
    assert "My description" in page
    assert project().description == ""
    assert second.post(path(), hidden_in(page)).status_code == 302
    merged = project()
    assert (merged.title, merged.description) == ("Their title", "My description\nin two lines")
    assert merged.version == 3
    assert house


def test_a_field_that_both_changed_has_to_be_chosen(house: House, reader: Reader) -> None:
    first, second = reader("officer"), reader("focal")
    opened = typed()
    first.post(path(), {**opened, "title": "Theirs", "status": "suspended"})
    page = second.post(path(), {**opened, "title": "Mine", "status": "completed"}).content.decode()
    for said in ("A public well", "Theirs", "Mine", "Both of you changed it."):
        assert said in page
    sent = hidden_in(page)
    undecided = second.post(path(), {**sent, "choose-title": "mine"})
    assert undecided.status_code == 409
    assert "Choose in every field" in undecided.content.decode()
    assert project().title == "Theirs"
    again = hidden_in(undecided.content.decode())
    assert second.post(path(), {**again, "choose-title": "mine", "choose-status": "theirs"}).status_code == 302
    assert (project().title, project().status, project().version) == ("Mine", "suspended", 3)
    assert house


def test_what_was_chosen_can_be_edited_further(house: House, reader: Reader) -> None:
    first, second = reader("officer"), reader("focal")
    opened = typed()
    first.post(path(), {**opened, "title": "Theirs"})
    page = second.post(path(), {**opened, "title": "Mine", "description": "Mine too"}).content.decode()
    form = second.post(path(), {**hidden_in(page), "edit-further": "1"}).content.decode()
    assert 'value="Mine"' in form
    assert "Mine too" in form
    assert 'name="version" value="2"' in form
    assert house


def test_a_third_edit_during_the_merge_is_shown_as_well(house: House, reader: Reader) -> None:
    first, second = reader("officer"), reader("focal")
    opened = typed()
    first.post(path(), {**opened, "title": "Theirs"})
    page = second.post(path(), {**opened, "description": "Mine"}).content.decode()
    first.post(path(), typed(description="Theirs again"))
    answer = second.post(path(), hidden_in(page))
    assert answer.status_code == 409
    assert "Theirs again" in answer.content.decode()
    sent = {**hidden_in(answer.content.decode()), "choose-description": "mine"}
    assert second.post(path(), sent).status_code == 302
    assert (project().title, project().description, project().version) == ("Theirs", "Mine", 4)
    assert house


def test_a_merge_shows_nothing_of_versions_from_before_the_project_was_open_to_its_editor(
    house: House, reader: Reader
) -> None:
    air = Entity.objects.create(code="AIR", abbreviation="AIR", name="Air", kind="o", role="member", source="s")
    water = project("public").lead_entity_id
    hidden = Project.objects.unscoped("test").filter(reference="restricted")
    hidden.update(version=2, title="The hidden well", lead_entity=air)
    hidden.update(version=3, title="An open well", lead_entity=water, level="compact", state=None)
    focal = reader("focal")
    answer = focal.post(path("restricted"), {**typed("restricted", title="Mine"), "version": "2"})
    assert answer.status_code == 409
    assert "An open well" in answer.content.decode()
    assert "The hidden well" not in answer.content.decode()
    seen = reader("officer").post(path("restricted"), {**typed("restricted", title="Mine"), "version": "2"})
    assert "The hidden well" in seen.content.decode()
    assert house


def test_a_merge_over_a_version_that_never_was_asks_about_every_difference(house: House, reader: Reader) -> None:
    client = reader("officer")
    answer = client.post(path(), {**typed(title="Mine"), "version": "77"})
    assert answer.status_code == 409
    assert "Both of you changed it." in answer.content.decode()
    assert client.post(path(), {"against": "x", "version": "1"}).status_code == 404
    assert client.post(path(), {"against": "99", "version": "1"}).status_code == 400
    assert house


def test_money_is_stated_in_its_currency_and_counts_in_dollars_at_the_rate_of_its_month(
    house: House, reader: Reader
) -> None:
    client = reader("focal")
    rate(house, "0.92")
    answer = client.post(path(), typed(currency="chf", budget="200000", budget_on="2019-07-20"), follow=True)
    assert "The project is saved." in answer.content.decode()
    edited = project()
    assert (edited.currency, edited.budget, edited.budget_usd) == ("CHF", Decimal(200000), Decimal("184000.00"))
    newest = InventoryEntry.objects.unscoped("test").filter(project=edited).order_by("-inventory__as_of").first()
    assert newest is not None
    assert (newest.currency, newest.budget, newest.budget_usd) == ("CHF", Decimal(200000), Decimal("184000.00"))


def test_an_amount_without_a_rate_or_a_day_is_refused_with_what_to_do_and_nothing_is_saved(
    house: House, reader: Reader
) -> None:
    client = reader("focal")
    unknown = client.post(path(), typed(currency="XTS", budget="5", budget_on="2019-07-20"))
    assert unknown.status_code == 400
    assert "No rate of XTS is known for 2019-07" in unknown.content.decode()
    undated = client.post(path(), typed(currency="EUR", budget="5"))
    assert "has its day" in undated.content.decode()
    below = client.post(path(), typed(budget="-5"))
    assert below.status_code == 400
    assert project().version == 1
    assert house


def test_an_amount_of_one_and_the_currency_of_another_are_never_joined(house: House, reader: Reader) -> None:
    first, second = reader("officer"), reader("focal")
    rate(house, "0.92")
    opened = typed()
    first.post(path(), {**opened, "currency": "CHF", "budget_on": "2019-07-20", "funding_on": "2019-07-20"})
    answer = second.post(path(), {**opened, "budget": "777"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "It goes with what both of you changed." in page
    assert second.post(path(), hidden_in(page)).status_code == 409
    assert project().budget != Decimal(777)
    choices = {"choose-currency": "mine", "choose-budget": "mine", "choose-budget_on": "mine"}
    again = {**hidden_in(page), **choices, "choose-funding_on": "mine"}
    assert second.post(path(), again).status_code == 302
    assert (project().currency, project().budget) == ("USD", Decimal("777.00"))


def rate(house: House, usd: str) -> None:
    """The rate of the Swiss franc in July 2019."""
    assert house
    MonthlyRate.objects.create(
        currency="CHF",
        on=date(2019, 7, 1),
        usd_per_unit=Decimal(usd),
        source="test",
        entered_by=Person.objects.all()[0],
    )


def test_an_amount_that_may_be_a_slip_is_asked_about_once(house: House, reader: Reader) -> None:
    client = reader("focal")
    assert client.post(path(), typed(budget="1000", funding="900")).status_code == 302
    asked = client.post(path(), typed(funding="9000"))
    assert asked.status_code == 400
    assert "This is far from what stood (900.00)" in asked.content.decode()
    assert 'name="sure"' in asked.content.decode()
    assert client.post(path(), typed(funding="9000", sure="on")).status_code == 302
    assert client.post(path(), typed(title="Another title")).status_code == 302
    assert project().funding == Decimal(9000)
    assert house
