"""A project is read for somebody, and everything that belongs to it is as visible as it is."""

import pytest

from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.core.visibility import ViewerMissing
from colonnade.members.models import Entity
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project, ProjectCountry

pytestmark = pytest.mark.django_db

SECRETARIAT = Viewer(roles=frozenset({Role.SECRETARIAT}))
AUDITOR = Viewer(roles=frozenset({Role.AUDITOR}))
FOCAL_POINT = Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"OTHER"}))
NAMED = Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"NAMED"}))
LEAD = Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"LEAD"}))
HERE = Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"QMA"}))
ELSEWHERE = Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"QMB"}))
DONOR = Viewer(roles=frozenset({Role.DONOR}))

#: Who sees the public, the compact and the restricted project; the last two are in QMA, the restricted one at its wish.
ENTITLED = [
    (PUBLIC, {"public"}),
    (DONOR, {"public"}),
    (ELSEWHERE, {"public"}),
    (HERE, {"public", "compact", "restricted"}),
    (FOCAL_POINT, {"public", "compact"}),
    (NAMED, {"public", "compact", "restricted"}),
    (LEAD, {"public", "compact", "restricted"}),
    (AUDITOR, {"public", "compact", "restricted"}),
    (SECRETARIAT, {"public", "compact", "restricted"}),
]


@pytest.fixture(autouse=True)
def _projects() -> None:
    region = Region.objects.create(code="R", name="R", fictional=True)
    here, _ = (Country.objects.create(code=code, name=code, region=region) for code in ("QMA", "QMB"))
    lead, named, _ = (
        Entity.objects.create(code=code, abbreviation=code, name=code, kind="office", role="member", source="s")
        for code in ("LEAD", "NAMED", "OTHER")
    )
    for level in ("public", "compact", "restricted"):
        project = Project.objects.unscoped("test").create(
            reference=level,
            title=level,
            lead_entity=lead,
            status="ongoing",
            level=level,
            state=here if level == "restricted" else None,
        )
        ProjectCountry.objects.unscoped("test").create(project=project, country=here)
        if level == "restricted":
            project.named_entities.add(named)


@pytest.mark.parametrize(("viewer", "expected"), ENTITLED)
def test_a_viewer_sees_the_projects_of_their_levels(viewer: Viewer, expected: set[str]) -> None:
    assert {project.reference for project in Project.objects.visible_to(viewer)} == expected


@pytest.mark.parametrize(("viewer", "expected"), ENTITLED)
def test_a_link_is_as_visible_as_its_project(viewer: Viewer, expected: set[str]) -> None:
    links = ProjectCountry.objects.visible_to(viewer).values_list("project__reference", flat=True)
    assert set(links) == expected


def test_reading_without_a_viewer_raises() -> None:
    everything = Project.objects.all()
    for read in (list, len, lambda rows: rows.count(), lambda rows: rows.exists(), lambda rows: rows.first()):
        with pytest.raises(ViewerMissing):
            read(everything)
    with pytest.raises(ViewerMissing):
        Project.objects.filter(title="x").update(title="y")
    with pytest.raises(ViewerMissing):
        list(Entity.objects.filter(pk__in=Project.objects.values("lead_entity")))


def test_a_project_offers_no_way_around_to_its_rows() -> None:
    region = Region.objects.get()
    country = Country.objects.get(code="QMA")
    for owner in (region, country, Entity.objects.get(code="LEAD"), Project.objects.unscoped("test").first()):
        accessors = [name for name in dir(owner) if name.endswith("_set") and not name.startswith("_")]
        assert accessors == []
