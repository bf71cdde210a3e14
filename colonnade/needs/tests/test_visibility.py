"""Needs are shared inside the compact, except what an assessed State keeps to itself."""

from datetime import date

import pytest

from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project

pytestmark = pytest.mark.django_db

DAY = date(2019, 6, 1)
SECRETARIAT = Viewer(roles=frozenset({Role.SECRETARIAT}))
FOCAL_POINT = Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"DOES"}))
NAMED = Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"NAMED"}))
HERE = Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"QMA"}))
ELSEWHERE = Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"QMB"}))
ASSESSOR_OF_HERE = Viewer(roles=frozenset({Role.ASSESSOR}), country_codes=frozenset({"QMA"}))
ASSESSOR_OF_ELSEWHERE = Viewer(roles=frozenset({Role.ASSESSOR}), country_codes=frozenset({"QMB"}))

#: Who sees the need that is shared, and the one that the State keeps confidential.
ENTITLED = [
    (PUBLIC, set()),
    (ELSEWHERE, set()),
    (FOCAL_POINT, {"shared"}),
    (ASSESSOR_OF_ELSEWHERE, {"shared"}),
    (HERE, {"shared", "kept"}),
    (NAMED, {"shared", "kept"}),
    (ASSESSOR_OF_HERE, {"shared", "kept"}),
    (SECRETARIAT, {"shared", "kept"}),
]


@pytest.fixture(autouse=True)
def _needs() -> None:
    region = Region.objects.create(code="R", name="R", fictional=True)
    here, _ = (Country.objects.create(code=code, name=code, region=region) for code in ("QMA", "QMB"))
    assesses, does, named = (
        Entity.objects.create(code=code, abbreviation=code, name=code, kind="office", role="member", source="s")
        for code in ("ASSESSES", "DOES", "NAMED")
    )
    visit = Assessment.objects.unscoped("test").create(
        country=here, assessor=assesses, kind="visit", starts_on=DAY, ends_on=DAY
    )
    project = Project.objects.unscoped("test").create(
        reference="P", title="P", lead_entity=does, status="ongoing", level="public"
    )
    for reference, level in (("shared", "compact"), ("kept", "restricted")):
        need = Recommendation.objects.unscoped("test").create(
            reference=reference,
            level=level,
            assessment=visit,
            country=here,
            title=reference,
            text="x",
            priority="high",
            issued_on=DAY,
        )
        if level == "restricted":
            need.named_entities.add(named)
        Response.objects.unscoped("test").create(
            recommendation=need, project=project, strength="full", claimed_by=does, claimed_on=DAY
        )


@pytest.mark.parametrize(("viewer", "expected"), ENTITLED)
def test_a_need_is_seen_by_those_the_state_shares_it_with(viewer: Viewer, expected: set[str]) -> None:
    assert {need.reference for need in Recommendation.objects.visible_to(viewer)} == expected


@pytest.mark.parametrize(("viewer", "expected"), ENTITLED)
def test_a_response_says_nothing_of_a_need_that_its_reader_may_not_see(viewer: Viewer, expected: set[str]) -> None:
    seen = Response.objects.visible_to(viewer).values_list("recommendation__reference", flat=True)
    assert set(seen) == expected
