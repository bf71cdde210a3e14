"""Reads across the portfolio begin at the viewer."""

import pytest

from colonnade.audit.records import Provenance
from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.models import Entity
from colonnade.portfolio.models import Project
from colonnade.portfolio.queries import busiest_entities

pytestmark = pytest.mark.django_db

SECRETARIAT = Viewer(roles=frozenset({Role.SECRETARIAT}))


def test_the_busiest_entities_are_counted_over_what_the_viewer_sees() -> None:
    for code, level, number in (("FEW", "public", 1), ("MANY", "compact", 3), ("REAL", "public", 5)):
        entity = Entity.objects.create(code=code, abbreviation=code, name=code, kind="o", role="member", source="s")
        for place in range(number):
            Project.objects.unscoped("test").create(
                reference=str(place),
                title=code,
                lead_entity=entity,
                status="ongoing",
                level=level,
                provenance="published" if code == "REAL" else "illustrative",
            )
    assert busiest_entities(SECRETARIAT, 2, provenance=Provenance.ILLUSTRATIVE) == ["MANY", "FEW"]
    assert busiest_entities(PUBLIC, 2, provenance=Provenance.ILLUSTRATIVE) == ["FEW"]
