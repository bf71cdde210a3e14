"""Pages of requests: who is shown them, what a form keeps, twins before sending, and each step on its page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from colonnade.audit.models import READ, Event
from colonnade.needs.assistance.actions.outcomes import close_request
from colonnade.needs.assistance.actions.passing import Recipient, answer_request, name_lead, pass_on
from colonnade.needs.models import AssistanceProcess, AssistanceRequest
from colonnade.needs.tests.assistance_house import RULES, TEST, House, fresh, house_of_requests
from colonnade.portfolio.models import Project
from colonnade.strategy.models import Strategy

pytestmark = pytest.mark.django_db
TYPED: dict[str, Any] = {
    "kind": "general", "channel": "coordinator", "title": "Border posts", "what": "Training for the posts.",
    "why": "They were opened this year.",
}  # fmt: skip


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    Strategy.objects.create(
        code="water", title="Clean Water", short_title="Clean Water", document_symbol="W/1", document_title="W",
        published_on="2019-08-31", pack_digest="0" * 64, coordination_short="Water Compact",
    )  # fmt: skip
    return house_of_requests()


def browser(here: House, name: str) -> Client:
    client = Client()
    if name != "public":
        client.force_login(here.people[name])
    return client


def text(here: House, name: str, path: str, status: int = 200) -> str:
    response = browser(here, name).get(path)
    assert response.status_code == status, path
    return " ".join(response.content.decode().split())


def sent(here: House, name: str, path: str, code: int = 302, /, **typed: Any) -> str:
    response = browser(here, name).post(path, typed)
    assert response.status_code == code, response.content.decode()
    return " ".join(response.content.decode().split())


def filed(here: House, to: tuple[str, ...] = (), **changed: Any) -> AssistanceRequest:
    asked = here.file(**changed)
    if to:
        pass_on(**here.by(asked, "officer"), to=[Recipient(here.entities[code], "It is there.") for code in to])
    return asked


def led(here: House, **changed: Any) -> AssistanceRequest:
    asked = filed(here, ("ALPHA",), **changed)
    answer_request(
        asked=asked, entity=here.entities["ALPHA"], answer="can_lead", says="", person=here.people["alpha"], actor=TEST
    )
    name_lead(**here.by(asked, "officer"), entity=here.entities["ALPHA"])
    return asked


@pytest.mark.parametrize(
    ("who", "sees"),
    [("state", True), ("officer", True), ("alpha", True), ("auditor", True), ("beta", False), ("other_state", False),
     ("assessor", False), ("donor", False), ("board", False), ("public", False)],
)  # fmt: skip
def test_list_page_choices_and_counts_begin_at_what_the_reader_sees(here: House, who: str, sees: bool) -> None:
    asked = filed(here, ("ALPHA",))
    listed = text(here, who, "/requests/")
    assert ("Border posts" in listed) == sees
    assert ('<option value="QMA"' in listed) == sees
    page = text(here, who, f"/requests/{asked.public_id}/", 200 if sees else 404)
    assert ("Training for the border posts" in page) == sees
    # A State that the reader may not see requests of is no choice of theirs.
    assert browser(here, who).get("/requests/?state=QMA").status_code == (200 if sees else 404)


def test_the_list_filters_and_asks_as_much_of_the_database_for_many(
    here: House, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        filed(here, ("ALPHA",) if number % 2 else (), title=f"Ditch {number}", what=f"Matter {number} " * 9)
    close_request(**here.by(AssistanceRequest.objects.unscoped("test").order_by("pk")[0], "officer"), reason="No.")
    client = browser(here, "officer")
    client.get("/requests/")
    with django_assert_max_num_queries(22):
        every = client.get("/requests/").content.decode()
    assert every.count("Ditch ") == 12
    assert text(here, "officer", "/requests/?show=ended").count("Ditch ") == 1
    assert text(here, "officer", "/requests/?standing=passed").count("Ditch ") == 6
    assert text(here, "officer", "/requests/?q=matter+11").count("Ditch ") == 1
    assert text(here, "alpha", "/requests/?show=answer").count("Ditch ") == 6
    assert "6 requests wait for your answer" in text(here, "alpha", "/requests/")
    AssistanceRequest.objects.unscoped("test").filter(standing="passed").update(due_on="2020-01-01")
    overdue = text(here, "officer", "/requests/?show=overdue")
    assert overdue.count("Ditch ") == 6
    assert "days overdue" in overdue
    assert browser(here, "officer").get("/requests/?show=nothing").status_code == 404


def test_a_state_files_and_what_it_typed_stays_where_it_is_refused(here: House) -> None:
    page = text(here, "state", "/requests/file/")
    assert "For <bdi>Land QMA</bdi>" in page
    assert "Every entity of the Water Compact may read it" in page
    assert "Who brought it" not in page
    refused = sent(here, "state", "/requests/file/", 400, **{**TYPED, "why": "Ask jane.doe@people.example"})
    assert "no personal details of individuals" in refused
    assert "Training for the posts." in refused
    assert not AssistanceRequest.objects.unscoped("test").exists()
    sent(here, "state", "/requests/file/", **TYPED)
    asked = AssistanceRequest.objects.unscoped("test").get()
    page = text(here, "state", f"/requests/{asked.public_id}/")
    assert "7 days left" in page
    assert "Triage" not in page
    assert "Withdraw" in page
    assert "Pass on" not in page


def test_likely_twins_are_shown_before_it_is_sent_and_only_those_that_the_filer_sees(here: House) -> None:
    first = filed(here, title="Border posts", what="Training for the posts.")
    met = sent(here, "state", "/requests/file/", 409, **TYPED)
    assert "This may have been asked for already" in met
    assert f'href="/requests/{first.public_id}/"' in met
    assert "They were opened this year." in met
    assert "It is another request: send it" in met
    assert f'value="{first.public_id}"' in met
    sent(here, "state", "/requests/file/", **TYPED, twins_seen=first.public_id)
    assert AssistanceRequest.objects.unscoped("test").count() == 2
    sent(here, "other_state", "/requests/file/", **TYPED)


def test_the_secretariat_chooses_the_state_and_says_who_brought_it(here: House) -> None:
    assert "For which State" in text(here, "officer", "/requests/file/")
    assert "Who brought it" in text(here, "officer", "/requests/file/?state=QMB")
    sent(here, "officer", "/requests/file/?state=QMB", **TYPED, brought_by="coordinator", document="Note 7")
    asked = AssistanceRequest.objects.unscoped("test").get()
    assert (asked.country.code, asked.brought_by) == ("QMB", "coordinator")
    for name in ("alpha", "donor", "public", "assessor"):
        assert browser(here, name).get("/requests/file/").status_code == 404
    assert browser(here, "state").get("/requests/file/?state=QMB").status_code == 404


def test_the_secretariat_triages_with_reasons_and_entities_answer(here: House) -> None:
    asked = filed(here, theme=here.theme)
    page = text(here, "officer", f"/requests/{asked.public_id}/")
    assert "Entities to pass it on to, the likeliest first" in page
    assert "leads 1 programme on it" in page
    form = text(here, "officer", f"/requests/{asked.public_id}/pass/")
    assert "Mandate: takes part in 1 programme on it; Presence: 1 active project in the State" in form
    assert browser(here, "state").get(f"/requests/{asked.public_id}/pass/").status_code == 404
    sent(
        here, "officer", f"/requests/{asked.public_id}/pass/", 400, to_ALPHA="on", why_ALPHA="There.",
        another="GAMMA", seen_version=asked.version,
    )  # fmt: skip
    sent(
        here, "officer", f"/requests/{asked.public_id}/pass/", to_ALPHA="on", why_ALPHA="There.",
        another=here.entities["GAMMA"].pk, another_why="Knows it.", seen_version=asked.version,
    )  # fmt: skip
    page = text(here, "alpha", f"/requests/{asked.public_id}/")
    assert "21 days left" in page
    assert ">Answer</a>" in page
    refused = sent(here, "alpha", f"/requests/{asked.public_id}/answer/", 400, entity="ALPHA", answer="cannot")
    assert "Say why your entity cannot" in refused
    sent(here, "alpha", f"/requests/{asked.public_id}/answer/", entity="ALPHA", answer="can_lead", says="Two trainers")
    assert "Two trainers" in text(here, "state", f"/requests/{asked.public_id}/")
    assert browser(here, "state").get(f"/requests/{asked.public_id}/answer/").status_code == 404
    version = fresh(asked).version
    sent(here, "officer", f"/requests/{asked.public_id}/lead/", lead="ALPHA", seen_version=version)
    assert fresh(asked).lead == here.entities["ALPHA"]


def test_it_becomes_a_project_with_nothing_typed_again(here: House) -> None:
    asked = led(here, theme=here.theme)
    path = f"/requests/{asked.public_id}/project/"
    form = text(here, "alpha", path)
    assert 'value="Border posts"' in form
    assert "Training for the border posts in the north." in form
    assert browser(here, "state").get(path).status_code == 404
    sent(
        here, "alpha", path, reference=f"REQ-{asked.public_id}", title="Border posts", description="As asked",
        status="in_development", seen_version=fresh(asked).version,
    )  # fmt: skip
    made = Project.objects.unscoped("test").get(reference=f"REQ-{asked.public_id}")
    assert f'href="/projects/{made.public_id}/"' in text(here, "state", f"/requests/{asked.public_id}/")
    project = text(here, "state", f"/projects/{made.public_id}/")
    assert f'href="/requests/{asked.public_id}/"' in project
    assert "A request of a State" in project
    assert browser(here, "beta").get(f"/projects/{made.public_id}/").status_code == 404


def test_a_project_names_its_request_only_to_who_reads_the_request(here: House) -> None:
    asked = led(here)
    sent(
        here, "alpha", f"/requests/{asked.public_id}/project/", reference="R-9", title="Posts", status="ongoing",
        seen_version=fresh(asked).version,
    )  # fmt: skip
    Project.objects.unscoped("test").filter(reference="R-9").update(level="public")
    made = Project.objects.unscoped("test").get(reference="R-9")
    seen = text(here, "beta", f"/projects/{made.public_id}/")
    assert asked.public_id not in seen
    assert "A request of a State" in seen


def test_women_and_children_bring_the_checklist_and_who_is_told(here: House) -> None:
    typed = {**TYPED, "kind": "women-children", "touches": "both", "facilitation": "on"}
    form = text(here, "state", "/requests/file/")
    assert "The safeguards checklist comes with it." in form
    assert "The Red Cross is to help" in form
    sent(here, "state", "/requests/file/", **typed)
    asked = AssistanceRequest.objects.unscoped("test").get()
    page = text(here, "state", f"/requests/{asked.public_id}/")
    assert "The State was told when it filed the request." in page
    assert "3 questions are open" in page
    assert "Record that they were told" not in page
    assert "Is law kept?" in page
    officer = f"/requests/{asked.public_id}/told/1/"
    assert browser(here, "state").get(officer).status_code == 404
    sent(here, "officer", officer, on=timezone.localdate().isoformat(), says="By letter")
    assert browser(here, "officer").get(officer).status_code == 404
    assert "By letter" in text(here, "state", f"/requests/{asked.public_id}/")


def test_the_checklist_is_answered_in_parts_and_every_answer_says_how(here: House) -> None:
    asked = led(here, kind="women-children", touches="children")
    path = f"/requests/{asked.public_id}/safeguards/"
    version = fresh(asked).version
    refused = sent(here, "alpha", path, 400, is_law="yes", how_law=" ", seen_version=version)
    assert "Say how it is respected" in refused
    sent(here, "alpha", path, is_law="yes", how_law="By the code", seen_version=version)
    page = text(here, "state", f"/requests/{asked.public_id}/")
    assert "By the code" in page
    assert "1 question is open" in page
    assert browser(here, "state").get(path).status_code == 404
    blocked = sent(
        here, "alpha", f"/requests/{asked.public_id}/project/", 400, reference="R-1", title="T", status="ongoing",
        seen_version=fresh(asked).version,
    )  # fmt: skip
    assert "1 questions of the safeguards are still open" in blocked


def test_it_is_closed_with_a_reason_that_the_state_sees(here: House) -> None:
    asked = filed(here, ("ALPHA",))
    path = f"/requests/{asked.public_id}/close/"
    assert browser(here, "alpha").get(path).status_code == 404
    sent(here, "officer", path, 400, reason="", seen_version=fresh(asked).version)
    sent(here, "officer", path, reason="Nobody works in this field.", seen_version=fresh(asked).version)
    page = text(here, "state", f"/requests/{asked.public_id}/")
    assert "Why it ended" in page
    assert "Nobody works in this field." in page
    assert browser(here, "officer").get(path).status_code == 404
    assert browser(here, "officer").get(f"/requests/{asked.public_id}/nothing/").status_code == 404


def test_joining_a_programme_takes_one_form(here: House) -> None:
    form = text(here, "state", "/requests/join/?programme=travel")
    assert '<option value="travel" selected' in form
    sent(here, "state", "/requests/join/", programme="travel", document="Note 3")
    asked = AssistanceRequest.objects.unscoped("test").get()
    assert (asked.sort, asked.lead) == ("joining", here.entities["BETA"])
    met = sent(here, "state", "/requests/join/", 409, programme="travel", document="Note 3")
    assert "the same programme" in met
    page = text(here, "beta", f"/requests/{asked.public_id}/")
    assert "The State joined" in page
    assert "Make it a project" not in page
    sent(
        here, "beta", f"/requests/{asked.public_id}/join/", reason="Agreement signed", seen_version=fresh(asked).version
    )
    assert fresh(asked).standing == "joined"


def test_the_state_says_who_reads_its_request(here: House) -> None:
    asked = filed(here)
    path = f"/requests/{asked.public_id}/readers/"
    assert "It never becomes public" in text(here, "state", path)
    sent(here, "state", path, seen_version=asked.version, open_to_compact="on", coordinator_reads="on")
    assert "Border posts" in text(here, "beta", "/requests/")
    assert browser(here, "beta").get(path).status_code == 404
    assert "Border posts" not in text(here, "public", "/requests/")


def test_a_resident_coordinator_files_for_their_state_and_reads_what_came_by_way_of_them(here: House) -> None:
    filed(here, channel="entity", sent_to=here.entities["BETA"], title="Kept from them")
    other = text(here, "other_coordinator", "/requests/")
    assert "Border posts" not in other
    page = text(here, "coordinator", "/requests/file/")
    assert "Who brought it" not in page
    assert "The resident coordinator may read it" not in page
    assert "in which the State asked" in sent(here, "coordinator", "/requests/file/", 400, **TYPED)
    sent(here, "coordinator", "/requests/file/", **TYPED, document="Note 4")
    listed = text(here, "coordinator", "/requests/")
    assert "Border posts" in listed
    assert "Kept from them" not in listed
    asked = AssistanceRequest.objects.unscoped("test").get(title="Border posts")
    assert "the resident coordinator" in text(here, "coordinator", f"/requests/{asked.public_id}/")
    assert browser(here, "other_coordinator").get(f"/requests/{asked.public_id}/").status_code == 404
    assert "may read it" in text(here, "state", f"/requests/{asked.public_id}/readers/")
    assert "The resident coordinator may read it" not in text(here, "state", f"/requests/{asked.public_id}/readers/")


def test_opening_a_restricted_request_is_noted(here: House) -> None:
    asked = filed(here, ("ALPHA",))
    text(here, "alpha", f"/requests/{asked.public_id}/")
    read = Event.objects.filter(operation=READ, table_name="needs_assistancerequest", row_id=str(asked.pk))
    assert read.filter(person_id=here.people["alpha"].pk).exists()


def test_a_strategy_without_rules_says_so_and_offers_nothing(here: House) -> None:
    AssistanceProcess.objects.all().delete()
    page = text(here, "state", "/requests/")
    assert "No channel is described" in page
    assert "File a request" not in page
    assert browser(here, "state").get("/requests/file/").status_code == 404


def test_another_strategys_channels_are_on_its_form(here: House) -> None:
    AssistanceProcess.objects.update(
        rules={
            "steps": RULES["steps"],
            "channels": [{"code": "council", "title": "To the Well Council", "to": "chair", "readers": "compact"}],
            "kinds": [{"code": "well", "title": "A well", "channels": ["council"]}],
        }
    )
    form = text(here, "state", "/requests/file/")
    assert "To the Well Council" in form
    assert "Red Cross" not in form
    assert "Whom it touches" not in form
    assert "Ask to join" not in text(here, "state", "/requests/")
    assert browser(here, "state").get("/requests/join/").status_code == 404
    sent(here, "state", "/requests/file/", **{**TYPED, "kind": "well", "channel": "council"})
    assert AssistanceRequest.objects.unscoped("test").get().level == "compact"


def test_everything_that_a_request_lacks_is_said_at_once_with_links_to_its_fields(here: House) -> None:
    over = (timezone.localdate() - timedelta(days=1)).isoformat()
    told = {"channel": "coordinator", "title": "", "what": "Training.", "why": "", "by_when": over}
    page = sent(here, "state", "/requests/file/", 400, **told)
    summary = page[page.index('role="alert"') :].split("</ul>")[0]
    for field in ("kind", "title", "why", "by_when"):
        assert summary.count(f'href="#id_{field}"') == 1, field
        assert f'id="id_{field}"' in page, field
    assert "novalidate" in page
    assert not AssistanceRequest.objects.unscoped("test").exists()


def test_what_waits_for_the_secretariat_is_for_it_to_answer(here: House) -> None:
    new, asked = filed(here), led(here, title="Something else altogether")
    mine = "/requests/?show=answer"
    assert new.public_id in text(here, "officer", mine)
    assert asked.public_id not in text(here, "officer", mine)
    close_request(**here.by(asked, "officer"), reason="Nothing fits.")
    page = f"/requests/{asked.public_id}/object/"
    form = text(here, "state", page)
    assert "Why your State objects" in form
    assert "which the State reads" not in form
    sent(here, "state", page, reason="They are open.", seen_version=str(fresh(asked).version))
    assert asked.public_id in text(here, "officer", mine)
    assert asked.public_id not in text(here, "alpha", mine)
    assert asked.public_id not in text(here, "state", mine)


def test_a_day_that_is_over_is_refused(here: House) -> None:
    over = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert "is over" in sent(here, "state", "/requests/file/", 400, **TYPED, by_when=over)


def test_a_state_objects_on_its_page_and_the_secretariat_answers(here: House) -> None:
    asked = led(here)
    close_request(**here.by(asked, "officer"), reason="Nothing fits.")
    page = f"/requests/{asked.public_id}/"
    assert "The State can object until" in text(here, "state", page)
    assert f'href="{page}object/"' in text(here, "state", page)
    assert f'href="{page}object/"' not in text(here, "officer", page)
    text(here, "officer", f"{page}object/", 404)
    version = str(fresh(asked).version)
    sent(here, "state", f"{page}object/", reason="They are open.", seen_version=version)
    assert "They are open." in text(here, "second", page)
    assert "closing of a request is objected to" in text(here, "second", "/")
    text(here, "officer", f"{page}uphold/", 404)
    sent(here, "second", f"{page}uphold/", reason="Nobody works there.", seen_version=str(fresh(asked).version))
    seen = text(here, "state", page)
    assert "Nobody works there." in seen
    assert "The State can object until" not in seen
    assert f'href="{page}object/"' not in seen
