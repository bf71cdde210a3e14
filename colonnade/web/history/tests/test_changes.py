"""Recent changes: what each reader may see of them, and nothing else; reads of restricted rows, seals, CSV."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from colonnade.audit.actions import action
from colonnade.audit.canonical import leaves_of
from colonnade.audit.models import Event, Head
from colonnade.audit.queries import heads_of
from colonnade.audit.reads import note_reads
from colonnade.audit.sealing import seal_waiting
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import KeptField, Recommendation
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.web.conftest import DAY, House
from colonnade.web.history.place import Place

Reader = Callable[[str], Client]
MaxQueries = Any  # pytest-django's fixture names no type
CLERK = Actor("Ann Clerk", person_id=4711)


@action
def mend(*, model: type[Any], reference: str, actor: Actor, **values: object) -> None:  # noqa: ARG001  # for the decorator
    model.objects.unscoped("test").filter(reference=reference).update(**values)


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(f"/history/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def auditor(house: House) -> Client:  # noqa: ARG001  # the registry
    person = Person.objects.create(email="auditor@demo.example", name="Audie Auditor")
    RoleHeld.objects.create(person=person, role=Role.AUDITOR, starts_on=DAY)
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("which", "readers"),
    [
        ("public", {"donor", "focal", "officer", "state", "other_state"}),
        ("compact", {"focal", "officer"}),
        ("restricted", {"officer", "state", "focal"}),
    ],
)
def test_a_change_of_a_project_is_seen_by_its_readers(
    which: str, readers: set[str], house: House, reader: Reader
) -> None:
    mend(model=Project, reference=which, status="suspended", actor=CLERK)
    address = f"/history/project/{house.projects[which]}/"
    everyone = ("donor", "focal", "officer", "state", "other_state")
    seen = {name for name in everyone if f'href="{address}"' in page_of(reader(name))}
    assert seen == readers
    assert reader("public").get("/history/").status_code == 404


def test_of_a_project_that_was_opened_only_what_came_after_is_seen(house: House, reader: Reader) -> None:
    other = Entity.objects.create(code="AIR", abbreviation="AIR", name="Air", kind="o", role="member", source="s")
    mend(model=Project, reference="restricted", title="The hidden well", lead_entity=other, actor=CLERK)
    mend(model=Project, reference="restricted", level="compact", state=None, title="An open well", actor=CLERK)
    mend(model=Project, reference="restricted", status="completed", actor=CLERK)
    query = "?kind=project"
    focal = page_of(reader("focal"), query)
    assert "The hidden well" not in focal
    assert "A confidential well" not in focal
    assert focal.count(house.projects["restricted"]) == 1
    assert "The hidden well" in page_of(reader("officer"), query)


def test_a_link_is_as_visible_as_its_project(house: House, reader: Reader) -> None:
    project = Project.objects.unscoped("test").get(reference="compact")
    ProjectCountry.objects.unscoped("test").create(project=project, country=Country.objects.get(code="QMB"))
    address = house.projects["compact"]
    assert address in page_of(reader("focal"))
    assert address not in page_of(reader("donor"))
    # From now on it concerns their State; what was before did not.
    mend(model=Project, reference="compact", status="suspended", actor=CLERK)
    other = page_of(reader("other_state"))
    assert other.count(address) == 2, "the link, and what came after"
    assert "A well of the compact</ins>" not in other
    assert "<ins>Suspended</ins>" in other


def test_kept_fields_stay_out_for_who_may_not_read_them_also_of_before(house: House, reader: Reader) -> None:
    mend(model=Recommendation, reference="compact", text="Dig in secret.", actor=CLERK)
    focal, state = reader("focal"), reader("state")
    assert "Dig in secret." in page_of(focal, "?kind=recommendation")
    need = Recommendation.objects.unscoped("test").get(reference="compact")
    KeptField.objects.unscoped("test").create(recommendation=need, field="text", value="Dig in secret.")
    mend(model=Recommendation, reference="compact", text="", confidential_fields=["text"], actor=CLERK)
    for path in ("/history/?kind=recommendation", f"/history/recommendation/{house.needs['compact']}/"):
        assert "Dig in secret." not in focal.get(path).content.decode()
        assert "Dig in secret." in state.get(path).content.decode()
    today = f"/history/recommendation/{house.needs['compact']}/?on={timezone.localdate():%Y-%m-%d}"
    then = focal.get(today).content.decode()
    assert "Text: kept confidential by the State" in then
    assert "Dig in secret." not in then
    assert "Dig in secret." in state.get(today).content.decode()


def test_who_opened_what_is_restricted_is_known_to_its_state_and_to_who_sees_all(
    house: House, reader: Reader, auditor: Client
) -> None:
    focal = reader("focal")
    assert focal.get(f"/projects/{house.projects['restricted']}/").status_code == 200
    need = Recommendation.objects.unscoped("test").get(reference="restricted")
    note_reads(table="needs_recommendation", row_ids=[need.pk], what="need-page", actor=CLERK)
    query = "?what=reads"
    state = reader("state")
    for client in (state, reader("officer"), auditor):
        page = page_of(client, query)
        assert page.count("Opened") == 2
        assert house.needs["restricted"] in page
    for client in (focal, reader("other_state"), reader("donor")):
        assert "Opened" not in page_of(client, query)
    assert "Entity, WATER" in page_of(state, query)
    assert "Focal" in page_of(auditor, query), "an auditor sees who it was"


def test_filters_narrow_by_kind_entity_state_action_and_period(house: House, reader: Reader) -> None:
    mend(model=Project, reference="restricted", status="suspended", actor=CLERK)
    mend(model=Recommendation, reference="compact", priority="low", actor=CLERK)
    client = reader("officer")
    project, need = house.projects["restricted"], house.needs["compact"]
    for query, has_project, has_need in (
        ("?kind=project&what=changes", True, False),
        ("?kind=recommendation", False, True),
        ("?entity=WATER&action=mend", True, True),
        ("?state=QMA", True, True),
        ("?state=QMB", False, False),
        ("?entity=NONE", False, False),
        (f"?since={timezone.localdate():%Y-%m-%d}&action=mend", True, True),
        ("?until=2001-01-01", False, False),
        ("?kind=nothing", False, False),
    ):
        page = page_of(client, query)
        assert (project in page, need in page) == (has_project, has_need), query
    for wrong in ("?since=yesterday", "?before=x", "?before=900"):
        assert client.get(f"/history/{wrong}").status_code == 404


def written_meanwhile() -> None:
    """An event of a later moment; all that a test writes is of one."""
    event = Event.objects.filter(action="mend").latest("pk")
    event.pk, event.happened_at = None, event.happened_at + timedelta(seconds=1)
    event.save()


def test_pages_go_on_where_the_last_ended_and_miss_nothing(house: House, reader: Reader) -> None:  # noqa: ARG001  # its log
    client = reader("officer")
    for number in range(120):
        mend(model=Project, reference="public", title=f"Title {number}.", actor=CLERK)
    found: list[str] = []
    query = "?kind=project&action=mend"
    for _page in range(3):
        page = page_of(client, query)
        found += [f"Title {number}." for number in range(120) if f"<ins>Title {number}.</ins>" in page]
        _before, _, rest = page.partition('rel="next"')
        query = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&") if rest else ""
        written_meanwhile()
    assert query == ""
    assert sorted(found) == sorted(f"Title {number}." for number in range(120))


def test_pages_go_on_within_what_one_action_wrote(house: House, reader: Reader) -> None:  # noqa: ARG001  # its log
    client = reader("officer")
    with transaction.atomic():
        for number in range(120):
            mend(model=Project, reference="public", title=f"Title {number}.", actor=CLERK)
    found: list[str] = []
    query: str | None = "?kind=project&action=mend"
    while query:
        page = page_of(client, query)
        found += re.findall(r"<ins>(Title \d+\.)</ins>", page)
        older = re.search(r'href="([^"]+)" rel="next"', page)
        query = older and unescape(older[1])
    assert found == [f"Title {number}." for number in reversed(range(120))]


def test_numbers_of_events_are_told_to_those_alone_who_see_everything(house: House, reader: Reader) -> None:
    mend(model=Project, reference="restricted", status="suspended", actor=CLERK)
    newest = str(Event.objects.order_by("-pk").values_list("pk", flat=True)[0])
    for name, told in (("officer", True), ("focal", False)):
        client = reader(name)
        assert house.projects["restricted"] in page_of(client, "?what=changes")
        response = client.get("/history/changes.csv?what=changes")
        text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # streamed
        lines = list(csv.DictReader(io.StringIO(text)))
        assert ("event" in lines[0]) is told
        assert any(line.get("event") == newest for line in lines) is told


@given(
    pages=st.lists(st.integers(0, 3), min_size=1, max_size=30).map(sorted),
    size=st.integers(1, 5),
)
def test_places_lead_through_every_event_once(pages: list[int], size: int) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [first - timedelta(microseconds=each) for each in pages]
    seen: list[int] = []
    place: Place | None = None
    while True:
        rest = [n for n, moment in enumerate(moments) if place is None or moment <= place.moment]
        page = rest[place.shown if place else 0 :][:size]
        if not page:
            break
        seen += page
        place = Place.parsed(str(Place.after([moments[n] for n in page], place)))
    assert seen == list(range(len(moments)))


def test_recent_changes_ask_a_fixed_number_of_queries(
    house: House, reader: Reader, auditor: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    mend(model=Recommendation, reference="compact", priority="low", actor=CLERK)
    for client in (reader("officer"), reader("focal"), reader("state"), reader("donor"), auditor):
        page_of(client)
        with django_assert_max_num_queries(12):
            page_of(client, "?entity=WATER")
    assert house


def test_an_auditor_sees_everything_and_which_seal_it_is_under(house: House, auditor: Client, reader: Reader) -> None:
    mend(model=Project, reference="public", status="suspended", actor=CLERK)
    seal_waiting()
    mend(model=Project, reference="public", status="ongoing", actor=CLERK)
    page = page_of(auditor)
    assert "not sealed yet" in page
    assert "members person" in page, "tables that are no record's"
    [address] = {part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/history/seals/")}
    seal = auditor.get(address)
    assert seal.status_code == 200
    assert reader("officer").get(address).status_code == 200
    focal = reader("focal")
    assert focal.get(address).status_code == 404
    assert "not sealed yet" not in page_of(focal)
    assert house


def test_the_position_of_a_seal_is_that_of_the_head_that_holds_the_event(house: House) -> None:
    for status in ("suspended", "ongoing", "completed"):
        mend(model=Project, reference="public", status=status, actor=CLERK)
        seal_waiting()
    held = {number: head.position for head in Head.objects.all() for number, _ in leaves_of(bytes(head.leaves))}
    mend(model=Project, reference="public", status="ongoing", actor=CLERK)
    numbers = list(Event.objects.values_list("pk", flat=True))
    assert heads_of(numbers) == {number: held[number] for number in numbers if number in held}
    assert len(held) == len(numbers) - 1
    assert house


def test_that_something_restricted_was_opened_or_taken_is_told_in_words(house: House, reader: Reader) -> None:
    officer = reader("officer")
    assert officer.get(f"/needs/{house.needs['restricted']}/").status_code == 200
    key = Recommendation.objects.unscoped("test").get(public_id=house.needs["restricted"]).pk
    note_reads(table="needs_recommendation", row_ids=[key], what="needs-csv", actor=CLERK)
    page = page_of(officer, "?what=reads")
    assert "Its page was opened" in page
    assert "Taken in a list as CSV" in page


def test_the_file_holds_what_the_pages_show(house: House, reader: Reader) -> None:
    mend(model=Project, reference="restricted", status="suspended", actor=CLERK)
    rows = {}
    for name in ("officer", "focal", "other_state"):
        answer = reader(name).get("/history/changes.csv?kind=project&action=mend")
        rows[name] = b"".join(answer).decode()
    assert "Status: Ongoing → Suspended" in rows["officer"]
    assert "A confidential well" in rows["focal"]
    assert "A confidential well" not in rows["other_state"]
    assert reader("public").get("/history/changes.csv").status_code == 404
    assert house
