"""The pages of markers: a score with its justification, a second person, the answer, and what the public reads."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from colonnade.funding.models import Allocation, Window
from colonnade.members.models import Person
from colonnade.portfolio.models import MarkerCheck, MarkerSample, Project, ProjectMarker
from colonnade.strategy.models import MarkerLevel, Target
from colonnade.web.conftest import House, Reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scales(house: House) -> None:  # noqa: ARG001  # its strategy is there
    for marker, most in (("gender", 3), ("human_rights", 2)):
        for level in range(most + 1):
            MarkerLevel.objects.create(marker=marker, level=level, title=f"Aim {level}", source="s")
    Target.objects.create(
        code="t", title="Funds for women", percent=15, of="funds", marker="gender", level=3, source="s"
    )


def text(answer: Any, status: int = 200) -> str:
    content = unescape(answer.content.decode())
    assert answer.status_code == status, content[-2000:]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def version_of(public_id: str) -> int:
    return Project.objects.unscoped("test").get(public_id=public_id).version


def score(client: Client, public_id: str, **typed: Any) -> Any:
    sent = {"version": version_of(public_id), **typed}
    return client.post(reverse("score-markers", args=[public_id]), sent)


def draw(officer: Client, **typed: Any) -> Any:
    today = timezone.localdate().isoformat()
    return officer.post(reverse("draw-marker-sample"), {"first_on": today, "last_on": today, "of_each": 2, **typed})


def test_a_score_is_checked_proposed_anew_and_accepted(house: House, reader: Reader) -> None:
    focal, officer = reader("focal"), reader("officer")
    key = house.projects["public"]
    assert "Score the markers" in text(focal.get(reverse("project", args=[key])))
    said = text(score(focal, key, score_gender="3", why_gender=""), 400)
    assert "Say why this is the score." in said
    assert score(focal, key, score_gender="3", why_gender="Women lead it.").status_code == 302
    assert "Women lead it. · scored" in text(focal.get(reverse("project", args=[key])))
    assert "100.0 per cent" in text(Client().get(reverse("markers")))
    assert draw(officer).status_code == 302
    check = MarkerCheck.objects.unscoped("test").get()
    page = reverse("marker-check", args=[check.public_id])
    assert "Women lead it." in text(officer.get(page))
    assert "Only the secretariat and the chairs" in text(focal.get(reverse("check-marker", args=[check.public_id])))
    checking = reverse("check-marker", args=[check.public_id])
    assert "Say why another score is right." in text(officer.post(checking, {"score": "1"}), 400)
    assert officer.post(checking, {"score": "1", "reason": "They are few."}).status_code == 302
    assert "With the entity" in text(focal.get(reverse("marker-checks") + "?standing=answering"))
    answering = reverse("answer-marker-check", args=[check.public_id])
    assert "Say why the score is kept." in text(focal.post(answering, {"answer": "keep"}), 400)
    assert focal.post(answering, {"answer": "accept"}).status_code == 302
    row = ProjectMarker.objects.unscoped("test").get()
    assert (row.score, row.justification) == (1, "They are few.")
    assert "Accepted" in text(officer.get(page))
    found = text(Client().get(reverse("markers")))
    assert "0.0 per cent" in found
    assert "short of it by 15.0 percentage points" in found


def test_agreement_is_printed_with_n_and_its_interval_inside_the_compact_alone(house: House, reader: Reader) -> None:
    focal, officer = reader("focal"), reader("officer")
    for reference in ("public", "well-01"):
        score(focal, house.projects[reference], score_gender="2", why_gender="So.")
    draw(officer)
    first, _second = MarkerCheck.objects.unscoped("test").order_by("pk")
    officer.post(reverse("check-marker", args=[first.public_id]), {"score": "2"})
    page = text(officer.get(reverse("markers")))
    assert "scores checked; interval 20.7 to 100.0" in page
    assert "Agreement of a second person" in page
    assert "Agreement of a second person" not in text(Client().get(reverse("markers")))
    assert "No check is open to you" in text(Client().get(reverse("marker-checks")))
    assert Client().get(reverse("marker-check", args=[first.public_id])).status_code == 404


def test_every_number_leads_to_a_figure_with_its_records(house: House, reader: Reader) -> None:
    score(reader("focal"), house.projects["public"], score_gender="3", why_gender="So.")
    content = Client().get(reverse("markers")).content.decode()
    links = {unescape(link) for link in re.findall(r'href="(/figures/marker_[^"]+)"', content)}
    assert len(links) > 40
    for link in sorted(links):
        assert Client().get(link).status_code == 200, link
    records = reverse("figure-records", args=["marker_principal"]) + "?marker=gender&measure=principal"
    assert "A public well" in text(Client().get(records))


def test_scores_over_an_edit_are_refused_and_keep_what_was_typed(house: House, reader: Reader) -> None:
    focal, key = reader("focal"), house.projects["public"]
    score(focal, key, score_gender="1", why_gender="First.")
    answer = score(focal, key, version=1, score_gender="3", why_gender="Second.")
    found = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Somebody else changed this project" in found
    assert "Second." in found
    assert f'name="version" value="{version_of(key)}"' in found


def test_a_personal_detail_is_not_taken(house: House, reader: Reader) -> None:
    answer = score(
        reader("focal"), house.projects["public"], score_gender="1", why_gender="Ask a.b@mail.example first."
    )
    assert answer.status_code == 400
    assert not ProjectMarker.objects.unscoped("test").exists()


def test_a_marker_without_a_score_stays_without_and_one_left_alone_stays_whose_it_is(
    house: House, reader: Reader
) -> None:
    focal, key = reader("focal"), house.projects["public"]
    ProjectMarker.objects.unscoped("test").create(
        project=Project.objects.unscoped("test").get(public_id=key), marker="gender", score=2
    )
    assert score(focal, key, score_gender="2", why_gender="", score_human_rights="1", why_human_rights="So.")
    rows = {row.marker: row for row in ProjectMarker.objects.unscoped("test")}
    assert rows["gender"].scored_by is None
    assert rows["human_rights"].scored_by is not None


@pytest.mark.parametrize("name", ["state", "donor", "public"])
def test_others_find_no_page_to_score_or_to_draw(house: House, reader: Reader, name: str) -> None:
    client = reader(name)
    assert client.get(reverse("score-markers", args=[house.projects["public"]])).status_code == 404
    assert client.get(reverse("draw-marker-sample")).status_code == 404
    assert client.get(reverse("markers") + "?marker=other").status_code == 404


def test_the_list_of_checks_takes_as_many_queries_for_fifty_as_for_two(reader: Reader) -> None:
    officer = reader("officer")

    def queries(scored: int) -> int:
        projects = list(Project.objects.unscoped("test").order_by("pk")[:scored])
        markers = ProjectMarker.objects.unscoped("test")
        for project in projects:
            markers.get_or_create(project=project, marker="gender", defaults={"score": 1})
        assert draw(officer, of_each=50, undated="on").status_code == 302
        officer.get(reverse("marker-checks"))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert officer.get(reverse("marker-checks")).status_code == 200
        return len(captured)

    few = queries(2)
    many = queries(52)
    assert MarkerCheck.objects.unscoped("test").count() == 52
    assert MarkerSample.objects.unscoped("test").count() == 2
    assert many <= few


def test_what_the_fund_allocated_stands_beside_by_score_and_opens_to_the_allocations(
    house: House, reader: Reader
) -> None:
    officer, second = (Person.objects.create(email=f"{name}@demo.example", name=name) for name in ("One", "Two"))
    window = Window.objects.create(code="w", title="Window", source="s", support_percent=7, position=1)
    for reference, usd, level, standing in (
        ("public", "300.00", "public", "approved"),
        ("well-01", "100.00", "restricted", "approved"),
        ("well-02", "50.00", "public", "approved"),
        ("public", "999.00", "public", "refused"),
    ):
        project = Project.objects.unscoped("test").get(public_id=house.projects[reference])
        Allocation.objects.unscoped("test").create(
            project=project,
            entity=project.lead_entity,
            window=window,
            level=level,
            standing=standing,
            amount_usd=Decimal(usd),
            support_usd=Decimal(0),
            support_percent=Decimal(0),
            proposed_by=officer,
            decided_by=second,
            decided_at=timezone.now(),
        )
    focal = reader("focal")
    for reference, score_ in (("public", "3"), ("well-01", "1")):
        score(focal, house.projects[reference], score_gender=score_, why_gender="So.")
    whole, open_ = text(reader("officer").get(reverse("markers"))), text(Client().get(reverse("markers")))
    assert "3: Aim 3 75.0 1 300.00" in whole
    assert "Not scored – 1 50.00 Total 3 450.00" in whole
    assert "3: Aim 3 100.0 1 300.00" in open_
    assert "Total 2 350.00" in open_
    behind = text(Client().get(reverse("marker-allocations") + "?marker=gender&score=3"))
    assert "A public well" in behind
    assert "300.00" in behind
    assert "999.00" not in behind
    assert Client().get(reverse("marker-allocations") + "?marker=gender&score=9").status_code == 404
