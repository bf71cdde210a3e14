"""Stating where a project is at work, with whom and on what: who may, what shows, and two people at once."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry, ProjectPartner, ProjectTheme
from colonnade.strategy.models import Theme
from colonnade.web.conftest import House

Reader = Callable[[str], Client]


def project(which: str = "public") -> Project:
    return Project.objects.unscoped("test").get(reference=which)


def path(which: str = "public") -> str:
    return f"/projects/{project(which).public_id}/links/"


def opened(client: Client, which: str = "public") -> dict[str, str | list[str]]:
    """The form as a browser would send it back untouched."""
    page = client.get(path(which)).content.decode()
    return sent_from(page)


def sent_from(page: str) -> dict[str, str | list[str]]:
    form = page[page.index('class="edit-form') :]
    form = form[: form.index("</form>")]
    found: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is None or name[1] == "csrfmiddlewaretoken":
            continue
        if 'type="checkbox"' in tag:
            if "checked" in tag and value:
                before = found.get(name[1], [])
                found[name[1]] = [*(before if isinstance(before, list) else [before]), value[1]]
            continue
        found[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def places(which: str = "public") -> dict[str, object]:
    rows = ProjectCountry.objects.unscoped("test").filter(project=project(which))
    return dict(rows.values_list("country__code", "share"))


def new_row(form: dict[str, str | list[str]], kind: str) -> int:
    return int(str(form[f"{kind}-INITIAL_FORMS"]))


@pytest.mark.parametrize("which", ["public", "compact", "restricted"])
def test_whoever_edits_a_project_states_its_links_and_for_others_there_is_no_page(
    which: str, house: House, reader: Reader
) -> None:
    assert house
    found = {
        name: reader(name).get(path(which)).status_code for name in ("public", "donor", "focal", "officer", "state")
    }
    assert found == {"public": 404, "donor": 404, "focal": 200, "officer": 200, "state": 404}


def test_what_is_sent_back_untouched_changes_nothing(house: House, reader: Reader) -> None:
    client = reader("focal")
    before = places()
    assert client.post(path(), opened(client)).status_code == 302
    assert (places(), project().version) == (before, 1)
    assert house


def test_places_partners_and_themes_show_on_the_page_at_once(house: House, reader: Reader) -> None:
    client = reader("focal")
    form = opened(client)
    row, other = new_row(form, "country"), Country.objects.exclude(code__in=places()).order_by("code")[0]
    theme = Theme.objects.create(code="wells", title="Wells of all kinds", short_title="Wells", position=1, source="s")
    form |= {f"country-{row}-place": str(other.pk), f"country-{row}-share": "12.5", "theme": [str(theme.pk)]}
    partner = new_row(form, "partner")
    listed = Entity.objects.order_by("code")[0]
    form |= {f"partner-{partner}-entity": str(listed.pk), f"partner-{partner}-role": "implementing"}
    form |= {f"partner-{partner + 1}-name": "A well-digging club", f"partner-{partner + 1}-role": "funding"}
    page = client.post(path(), form, follow=True).content.decode()
    for said in ("The project is saved.", other.name, "12.5 per cent", "A well-digging club", theme.short_title):
        assert said in page
    partners = ProjectPartner.objects.unscoped("test").filter(project=project())
    assert set(partners.values_list("entity__code", "name")) >= {
        (listed.code, listed.name),
        (None, "A well-digging club"),
    }
    assert ProjectTheme.objects.unscoped("test").filter(project=project(), theme=theme).count() == 1
    history = client.get(f"/history/project/{house.projects['public']}/").content.decode()
    assert "Its places and partners were stated" in history


def test_what_two_people_add_and_take_away_stands_together(house: House, reader: Reader) -> None:
    first, second = reader("officer"), reader("focal")
    one, other = Country.objects.exclude(code__in=places()).order_by("code")[:2]
    form, theirs = opened(second), opened(first)
    row = new_row(form, "country")
    first.post(path(), {**theirs, f"country-{row}-place": str(one.pk)})
    assert second.post(path(), {**form, f"country-{row}-place": str(other.pk)}).status_code == 302
    assert {one.code, other.code} <= set(places())
    assert house


def test_a_share_that_two_stated_is_shown_and_asked_again(house: House, reader: Reader) -> None:
    first, second = reader("officer"), reader("focal")
    one = Country.objects.exclude(code__in=places()).order_by("code")[0]
    form, theirs = opened(second), opened(first)
    row = new_row(form, "country")
    first.post(path(), {**theirs, f"country-{row}-place": str(one.pk), f"country-{row}-share": "30"})
    mine = {**form, f"country-{row}-place": str(one.pk), f"country-{row}-share": "40"}
    answer = second.post(path(), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "somebody stated 30 per cent" in page
    assert f"{places()[one.code]:f}" == "30.0000"
    assert second.post(path(), sent_from(page)).status_code == 302
    assert f"{places()[one.code]:f}" == "40.0000"
    assert house


def test_what_could_not_stand_is_named_with_its_field_and_nothing_is_saved(house: House, reader: Reader) -> None:
    client = reader("focal")
    form = opened(client)
    row, before = new_row(form, "country"), places()
    wrong = client.post(path(), {**form, f"country-{row}-share": "10"})
    assert wrong.status_code == 400
    assert f'<a href="#id_country-{row}-place">' in wrong.content.decode()
    one, other = Country.objects.exclude(code__in=before).order_by("code")[:2]
    too_much = {
        **form,
        f"country-{row}-place": str(one.pk),
        f"country-{row}-share": "60",
        f"country-{row + 1}-place": str(other.pk),
        f"country-{row + 1}-share": "60",
    }
    answer = client.post(path(), too_much)
    assert answer.status_code == 400
    assert "together they are at most 100" in answer.content.decode()
    assert (places(), project().version) == (before, 1)
    assert house
