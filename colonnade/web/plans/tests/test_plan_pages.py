"""Pages of plans of action: who finds which, what each form does, and what a reader cannot tell."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from colonnade.needs.models import ActionPlan, PlanActivity, PlanConsent, PlanCosts, PlanOutcome, PlanOutput, PlanRisk
from colonnade.needs.plans.actions.beginning import Chosen, choose_needs
from colonnade.needs.plans.actions.consents import confirm_consent
from colonnade.needs.plans.actions.parts import write_activity
from colonnade.needs.plans.actions.versions import propose_version, redraft_plan
from colonnade.needs.tests.plan_house import TEST, House, fresh, house_of_plans, indicators
from colonnade.strategy.models import Strategy

pytestmark = pytest.mark.django_db
#: Queries of a list of plans, of a plan's page and of a draft, whatever their length.
LIST_CEILING = 16
PAGE_CEILING = 34


@pytest.fixture
def here() -> House:
    Strategy.objects.create(
        code="water", title="Water", short_title="Water", document_symbol="W/1", document_title="Water",
        published_on="2019-06-01", illustrative_notice="Illustrative.", pack_digest="0" * 64,
    )  # fmt: skip
    return house_of_plans()


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


def shared(here: House, plan: ActionPlan, covers: str) -> None:
    consent = here.consent(plan, "state", covers)
    confirm_consent(consent=consent, person=here.people["second"], actor=TEST)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("state", True), ("officer", True), ("alpha", True), ("auditor", True), ("assessor", True), ("gamma", False),
     ("other_state", False), ("donor", False), ("board", False), ("public", False)],
)  # fmt: skip
def test_a_plan_is_found_by_its_circle_alone(here: House, who: str, sees: bool) -> None:
    plan = here.agreed("open")
    listed = text(here, who, "/plans/")
    assert ("Safe water" in listed) == sees
    assert ('<option value="QMA"' in listed) == sees
    status = 200 if sees else 404
    for path in ("", "versions/", "versions/1/", "draft/"):
        found = text(here, who, f"/plans/{plan.public_id}/{path}", status)
        assert ("Safe water" in found) == sees


def test_a_plan_goes_its_way_in_forms(here: House) -> None:
    began = browser(here, "officer").get("/plans/begin/?place=state:QMA").content.decode()
    assert "Need kept" in began
    assert "checked" not in began
    sent(
        here, "officer", "/plans/begin/?place=state:QMA", title="Safe water", starts_on="2019-06-01",
        ends_on="2021-06-01", needs=[here.needs["open"].public_id],
    )  # fmt: skip
    plan = ActionPlan.objects.unscoped("test").get()
    at = f"/plans/{plan.public_id}/"

    def add(kind: str, **typed: Any) -> None:
        sent(here, "officer", f"{at}add/{kind}/", seen_version=fresh(plan).version, **typed)

    assert "nothing yet" in text(here, "officer", f"{at}add/output/")
    add("outcome", text="People drink safe water")
    outcome = PlanOutcome.objects.unscoped("test").get()
    add("output", text="Wells", outcome=outcome.key)
    output = PlanOutput.objects.unscoped("test").get()
    add("risk", text="Drought", likelihood="low", impact="high", response="Deeper", owner="The ministry")
    add(
        "indicator", measures=f"output:{output.key}", text="Wells dug", unit="wells", baseline="0", target="10",
        due_on="2020-06-01",
    )  # fmt: skip
    activity = {
        "output": output.key, "text": "Dig", "lead": here.entities["ALPHA"].pk, "starts_on": "2019-06-01",
        "ends_on": "2020-06-01", "cost": "100", "funded": "40",
    }  # fmt: skip
    wrong = sent(
        here, "officer", f"{at}add/activity/", 400, seen_version=fresh(plan).version,
        **activity | {"funded": "400", "ends_on": "2018-06-01"},
    )  # fmt: skip
    assert "More would be funded" in wrong
    assert '<a href="#id_ends_on">' in wrong
    add("activity", **activity)
    for page in ("/plans/", "/"):
        assert "Your entity is named as lead" in text(here, "alpha", page)
    row = PlanActivity.objects.unscoped("test").get()
    refused = sent(here, "officer", f"{at}step/propose/", 400, seen_version=fresh(plan).version)
    assert "ALPHA" in refused
    sent(here, "alpha", f"{at}lead/", keys=[row.key], answer="accepted")
    sent(here, "officer", f"{at}step/propose/", seen_version=fresh(plan).version, changes="The first")
    for page in ("/plans/", "/"):
        assert "Your consent is asked" in text(here, "state", page)
    consent = {"state": "QMA", "given_by": "The ministry", "given_on": "2019-06-01", "document": "NV 1"}
    sent(here, "state", f"{at}consent/version/", seen_version=fresh(plan).version, **consent)
    page = text(here, "state", at)
    assert "USD 60" in page
    assert "NV 1" in page
    sent(here, "alpha", f"{at}progress/activity/{row.key}/", status="under_way", funded="100")
    sent(here, "alpha", f"{at}progress/indicator/{indicators(plan)['Wells dug']}/", value="10", on="2019-06-02")
    page = text(here, "state", f"{at}?show=under_way")
    assert "Under way" in page
    assert "of 1" in page
    assert f"{at}progress/activity/{row.key}/" in text(here, "alpha", f"{at}progress/")
    sent(here, "state", f"{at}consent/costs/", seen_version=fresh(plan).version, **consent)
    waiting = PlanConsent.objects.unscoped("test").get(covers="costs")
    assert "second person" in text(here, "officer", "/plans/")
    text(here, "state", f"{at}consents/{waiting.public_id}/confirm/", 404)
    sent(here, "officer", f"{at}consents/{waiting.public_id}/confirm/")
    costs = PlanCosts.objects.unscoped("test").get()
    for who in ("donor", "public"):
        table = text(here, who, f"/plans/costs/{costs.public_id}/")
        assert "Dig" in table
        assert "Drought" not in table
        assert "Safe water" in text(here, who, "/plans/")
        text(here, who, at, 404)
    sent(here, "state", f"{at}consents/{waiting.public_id}/withdraw/", reason="An election")
    text(here, "donor", f"/plans/costs/{costs.public_id}/", 404)


def test_needs_are_ranked_and_parts_changed_and_dropped_in_forms(here: House) -> None:
    plan = here.begin("officer", "open", "kept")
    row, at = here.outline(plan), f"/plans/{plan.public_id}/"
    ids = {name: need.public_id for name, need in here.needs.items()}
    typed = {f"in_{ids['open']}": "on", f"rank_{ids['open']}": "2", f"in_{ids['more']}": "on", f"rank_{ids['more']}": 1}
    sent(here, "state", f"{at}needs/", seen_version=fresh(plan).version, **typed)
    page = text(here, "state", f"{at}draft/")
    assert page.index("Need more") < page.index("Need open")
    assert "Need kept" not in page
    path = f"{at}part/activity/{row.key}/"
    form = text(here, "state", path)
    assert 'value="100.00"' in form
    changed = {
        "text": "Dig deeper", "lead": here.entities["ALPHA"].pk, "starts_on": "2019-06-01", "ends_on": "2020-06-01",
        "cost": "100", "funded": "40", "seen_version": fresh(plan).version,
    }  # fmt: skip
    sent(here, "state", path, **changed)
    assert "changed since" in sent(here, "state", path, 400, **changed)
    risk = PlanRisk.objects.unscoped("test").get()
    sent(here, "state", f"{at}part/risk/{risk.key}/drop/", seen_version=fresh(plan).version)
    assert not PlanRisk.objects.unscoped("test").exists()
    text(here, "state", f"{at}part/risk/{risk.key}/", 404)
    text(here, "state", f"{at}part/nothing/{row.key}/", 404)


def test_days_outside_of_the_period_are_said_at_their_fields_and_before_it_is_proposed(here: House) -> None:
    plan = here.begin()
    row, at = here.outline(plan), f"/plans/{plan.public_id}/"
    here.accept(plan)
    typed = {"text": "Dig", "lead": here.entities["ALPHA"].pk, "cost": "100", "funded": "40"}
    path, seen = f"{at}part/activity/{row.key}/", fresh(plan).version
    late = sent(
        here, "officer", path, 400, starts_on="2019-06-01", ends_on="2021-06-02", seen_version=seen, **typed
    )  # fmt: skip
    assert '<a href="#id_ends_on">' in late
    assert "It would end after the plan does, on 1 June 2021." in late
    assert "Outside of the plan" not in text(here, "officer", f"{at}step/propose/")
    frame = {"title": "Safe water", "starts_on": "2019-06-02", "ends_on": "2021-06-01", "seen_version": seen}
    sent(here, "officer", f"{at}frame/", **frame)
    for page in (
        text(here, "officer", f"{at}step/propose/"),
        text(here, "officer", f"{at}draft/"),
        sent(here, "officer", f"{at}step/propose/", 400, seen_version=fresh(plan).version),
    ):
        assert f'<a href="{path}" dir="auto">Dig wells</a>: It would begin before the plan does' in page


def test_a_project_proposes_its_amounts_and_what_differs_is_said(here: House) -> None:
    plan = here.begin()
    row, at = here.outline(plan), f"/plans/{plan.public_id}/"
    form = text(here, "officer", f"{at}add/activity/?project={here.project.public_id}")
    assert 'value="100.00"' in form
    write_activity(told=here.told(project=here.project, cost=90), key=row.key, **here.by(plan, "officer"))
    assert "report other amounts" in text(here, "officer", f"{at}draft/")
    unseen = text(here, "beta", f"{at}draft/")
    assert "report other amounts" not in unseen
    assert "P-1" not in unseen


@pytest.mark.parametrize("path", ["frame/", "needs/", "add/risk/", "step/propose/", "consent/version/", "lead/"])
def test_pages_of_a_step_are_not_there_for_whoever_may_not_take_it(here: House, path: str) -> None:
    plan = here.begin()
    here.outline(plan)
    for who in ("gamma", "auditor", "donor", "public", "beta"):
        text(here, who, f"/plans/{plan.public_id}/{path}", 404)


def test_what_changed_between_two_versions_is_told_in_words(here: House) -> None:
    plan = here.agreed("open")
    redraft_plan(reason="More", **here.by(plan, "officer"))
    row = PlanActivity.objects.unscoped("test").get()
    write_activity(told=here.told(cost=200), key=row.key, **here.by(plan, "officer"))
    here.activity(plan, text="Dig in the north")
    here.accept(plan)
    propose_version(changes="The north", **here.by(plan, "officer"))
    at = f"/plans/{plan.public_id}/"
    assert "Version 2 is proposed" in text(here, "state", at)
    said = text(here, "state", f"{at}versions/2/changes/")
    assert "Cost: USD 200; before: USD 100" in said
    assert "New: Activity" in said
    assert "The north" in text(here, "state", f"{at}versions/")
    text(here, "state", f"{at}versions/1/changes/", 404)


def test_a_consent_is_offered_until_it_is_there_and_then_its_withdrawal(here: House) -> None:
    plan = here.agreed()
    at = f"/plans/{plan.public_id}/"
    typed = {"state": "QMA", "given_by": "The ministry", "given_on": "2019-06-01", "document": "NV 1"}
    page = text(here, "state", at)
    assert "Let donors read the costs" in page
    assert "donors and the public: the costed table" not in page
    client = browser(here, "state")
    said = client.post(f"{at}consent/costs/", {**typed, "seen_version": fresh(plan).version}, follow=True)
    assert "A second person has yet to confirm it, another focal point of Land QMA" in said.content.decode()
    consent = PlanConsent.objects.unscoped("test").get(covers="costs")
    withdrawal = f'href="{at}consents/{consent.public_id}/withdraw/">Withdraw that donors read the costs'
    page = text(here, "state", at)
    assert "waits to be confirmed by a second person" in page
    confirm_consent(consent=consent, person=here.people["second"], actor=TEST)
    for who in ("state", "officer"):
        page = text(here, who, at)
        assert "Let donors read the costs" not in page
        assert "Let the whole compact read it" in page
        assert withdrawal in page
        assert "donors and the public: the costed table" in page
        assert "This consent is recorded already." in text(here, who, f"{at}consent/costs/")
    sent(here, "state", f"{at}consents/{consent.public_id}/withdraw/", reason="An election")
    page = text(here, "state", at)
    assert "Let donors read the costs" in page
    assert withdrawal not in page


def test_a_state_that_consented_is_not_asked_again_and_is_told_whose_needs_it_reads(here: House) -> None:
    plan = here.begin("officer", "kept", states=("QMA", "QMB"))
    here.outline(plan)
    here.accept(plan)
    propose_version(**here.by(plan, "officer"))
    at, button = f"/plans/{plan.public_id}/", "Consent, or record a consent"
    here.consent(plan, "state", "version")
    assert button not in text(here, "state", at)
    words = "of the needs of a State that is not yours"
    for path in (at, f"{at}versions/1/", f"{at}consent/version/"):
        page = text(here, "other_state", path)
        assert words in page
        assert "kept" not in page.replace("are kept", "")
    assert button in text(here, "other_state", at)
    assert words not in text(here, "state", f"/plans/{here.begin().public_id}/")


def test_steps_are_told_in_the_language_of_whoever_reads_them(here: House) -> None:
    plan = here.agreed()
    shared(here, plan, "costs")
    client = browser(here, "officer")
    page = " ".join(client.get(f"/plans/{plan.public_id}/", headers={"accept-language": "ar"}).content.decode().split())
    happened = page[page.index('id="happened"') :]
    with translation.override("ar"):
        labels = [str(each.label) for each in PlanConsent.Covers if each != "compact"]
    for label in labels:
        assert f"Land QMA: {label}. The ministry, NV 1" in happened
    for english in ("A version of the plan", "That donors", "read the costed table", "Version 1", "::"):
        assert english not in happened


def test_a_reason_that_looks_like_a_code_stays_what_somebody_wrote(here: House) -> None:
    plan = here.agreed()
    sent(here, "state", f"/plans/{plan.public_id}/step/end/", seen_version=fresh(plan).version, reason="::peace")
    assert "::peace" in text(here, "state", f"/plans/{plan.public_id}/")


def test_the_writer_is_told_of_a_lead_that_cannot_read_a_need(here: House) -> None:
    plan = here.begin("officer", "open", "kept")
    at = f"/plans/{plan.public_id}/draft/"
    assert "cannot read every need" not in text(here, "officer", at)
    here.outline(plan)
    for who in ("officer", "state"):
        assert '<bdi>ALPHA</bdi>: <span dir="auto">R-kept</span>' in text(here, who, at)
    assert "cannot read every need" not in text(here, "alpha", at)
    here.needs["kept"].named_entities.add(here.entities["ALPHA"])
    assert "cannot read every need" not in text(here, "officer", at)


def test_parts_are_offered_once_there_is_what_they_belong_to(here: House) -> None:
    assert '<option value="" selected>Choose</option>' in text(here, "officer", "/plans/begin/")
    plan = here.begin()
    at = f"/plans/{plan.public_id}/"
    offered = text(here, "officer", f"{at}draft/")
    assert [f"add/{kind}/" in offered for kind in ("outcome", "output", "activity", "indicator", "risk")] == [
        True, False, False, False, True,
    ]  # fmt: skip
    here.outline(plan)
    offered = text(here, "officer", f"{at}draft/")
    assert all(f"add/{kind}/" in offered for kind in ("outcome", "output", "activity", "indicator", "risk"))
    row = PlanActivity.objects.unscoped("test").get()
    form = text(here, "officer", f"{at}part/activity/{row.key}/")
    boxes = re.findall(r'<input type="checkbox" name="partners"[^>]*>', form)
    assert len(boxes) == 4
    assert [str(here.entities["BETA"].pk) in each for each in boxes if "checked" in each] == [True]


def test_needs_are_in_their_order_without_numbers(here: House) -> None:
    plan = here.agreed("kept", "open", "more")
    redraft_plan(reason="More", **here.by(plan, "officer"))
    chosen = [Chosen(here.needs[name]) for name in ("kept", "more", "open")]
    choose_needs(needs=chosen, **here.by(plan, "officer"))
    here.accept(plan)
    propose_version(**here.by(plan, "officer"))
    at = f"/plans/{plan.public_id}/"
    for path in (at, f"{at}versions/1/", f"{at}draft/"):
        page = text(here, "officer", path)
        assert "the most urgent first</h2>" in page
        assert "Rank" not in page
    order = "Order of the needs, the most urgent first"
    for who, names in (("officer", "kept more open"), ("alpha", "more open")):
        said = text(here, who, f"{at}versions/2/changes/")
        assert order in said
        assert "; ".join(f"Need {name} (R-{name})" for name in names.split()) in said


def test_an_agreed_plan_stays_agreed_while_its_next_version_is_drafted(here: House) -> None:
    plan = here.agreed()
    shared(here, plan, "compact")
    redraft_plan(reason="More", **here.by(plan, "officer"))
    at, coming = f"/plans/{plan.public_id}/", "a new version is being drafted"
    for path in (at, "/plans/", "/plans/?standing=agreed"):
        for who, is_told in (("state", True), ("officer", True), ("gamma", False)):
            page = text(here, who, path)
            assert "Safe water" in page
            assert "Agreed" in page
            assert (coming in page) == is_told, (who, path)
    badges = re.findall(r'<span class="badge[^>]*>(.*?)</span>', text(here, "state", at))
    assert badges == ["Plan of action", "Agreed", coming, "Compact"], badges
    assert '<span class="badge">Being drafted' not in text(here, "gamma", at)
    assert at in text(here, "state", "/plans/?standing=drafting")
    assert at not in text(here, "gamma", "/plans/?standing=drafting")


def test_a_reader_of_the_compact_cannot_tell_that_a_need_is_kept(here: House) -> None:
    pages = {}
    for name, needs in (("without", ("open", "more")), ("with", ("open", "kept", "more"))):
        plan = here.agreed(*needs)
        shared(here, plan, "compact")
        found = text(here, "gamma", f"/plans/{plan.public_id}/") + text(
            here, "gamma", f"/plans/{plan.public_id}/versions/1/"
        )
        start, end = found.index('id="needs"'), found.index('id="outcomes"')
        pages[name] = found[start:end]
        assert "kept" not in found
        text(here, "gamma", f"/plans/{plan.public_id}/draft/", 404)
    assert pages["with"] == pages["without"]


def test_ranks_in_the_form_of_needs_have_no_gap_for_whoever_does_not_see_all(here: House) -> None:
    plan = here.begin("officer", "kept", "there", "open", states=("QMA", "QMB"))
    form = text(here, "other_state", f"/plans/{plan.public_id}/needs/")
    assert 'value="1"' in form
    assert 'value="2"' not in form


def test_lists_and_pages_take_as_many_queries_for_many_as_for_few(here: House) -> None:
    plan = here.begin("officer", "open", "more")
    here.outline(plan)
    for number in range(10):
        here.activity(plan, text=f"Dig {number}", project=here.project)
    plan = here.agree(plan)
    shared(here, plan, "costs")
    for _number in range(5):
        here.begin()
    at = f"/plans/{plan.public_id}/"
    redraft_plan(reason="x", **here.by(plan, "officer"))
    for path, ceiling in (("/plans/", LIST_CEILING), (at, PAGE_CEILING), (f"{at}draft/", PAGE_CEILING)):
        client = browser(here, "officer")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= ceiling, (path, len(asked))
