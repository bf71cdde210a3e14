"""What a page says of when and of which state it is changes with the rows that its reader reads, and with no other."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from colonnade.analysis import seen
from colonnade.analysis.manifest import read_manifest
from colonnade.analysis.snapshot import current_snapshot, write_snapshot
from colonnade.core.viewer import AUDIENCES
from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.portfolio.models import Inventory, InventoryEntry, Project
from colonnade.web.conftest import DAY, House, Reader
from colonnade.web.shared.audiences import Reader as ReadAs
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.reading import Reading, open_reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour passes whenever the time is noted."""
    hours: Iterator[int] = count()
    monkeypatch.setattr(seen, "now", lambda: datetime(2020, 2, 7, tzinfo=UTC) + timedelta(hours=next(hours)))


@pytest.fixture(autouse=True)
def _far(house: House) -> None:  # noqa: ARG001  # stands in its registry
    Entity.objects.create(code="FAR", abbreviation="FAR", name="Far Office", kind="office", role="member", source="s")


def restricted(number: int) -> None:
    """A project and a need that only the State QMB and those who see everything read."""
    there = Country.objects.get(code="QMB")
    lead = Entity.objects.get(code="FAR")
    project = Project.objects.unscoped("test").create(
        reference=f"kept-{number}", title="Kept", lead_entity=lead, status="ongoing", level="restricted", state=there
    )
    InventoryEntry.objects.unscoped("test").create(
        inventory=Inventory.objects.get(key="wells-2019"), project=project, status="ongoing", budget_usd=5
    )
    visit = Assessment.objects.unscoped("test").create(
        country=there, assessor=lead, kind="visit", starts_on=DAY, ends_on=DAY, level="restricted"
    )
    Recommendation.objects.unscoped("test").create(
        reference=f"kept-{number}",
        assessment=visit,
        country=there,
        title="Kept",
        text="Kept.",
        priority="high",
        issued_on=DAY,
        level="restricted",
    )


def shown(level: str) -> None:
    """A project that whoever reads ``level`` reads."""
    project = Project.objects.unscoped("test").create(
        reference=f"new-{level}",
        title="New",
        lead_entity=Entity.objects.get(code="WATER"),
        status="ongoing",
        level=level,
    )
    InventoryEntry.objects.unscoped("test").create(
        inventory=Inventory.objects.get(key="wells-2019"), project=project, status="ongoing"
    )


def told(reading: Reading) -> tuple[str, datetime]:
    return reading.snapshot_id, reading.created_at


def as_read(client: Client) -> tuple[str, datetime]:
    viewer = client.get("/").context["request"].viewer
    return told(open_reading(reader_for(viewer)))


@pytest.mark.parametrize("name", ["public", "focal", "state", "donor"])
def test_a_row_that_is_not_read_moves_neither_the_time_nor_the_identifier(name: str, reader: Reader) -> None:
    client = reader(name)
    before, folder = as_read(client), current_snapshot()
    restricted(1)
    assert current_snapshot() != folder
    assert as_read(client) == before
    shown("public")
    assert as_read(client)[0] != before[0]
    assert as_read(client)[1] > before[1]


def test_a_row_that_is_read_moves_both(reader: Reader) -> None:
    focal, state, public = reader("focal"), reader("other_state"), reader("public")
    before = [as_read(client) for client in (focal, state, public)]
    restricted(1)
    shown("compact")
    after = [as_read(client) for client in (focal, state, public)]
    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True, False]


@pytest.mark.parametrize("path", ["/", "/figures/", "/figures/projects/", "/projects/", "/reports/state-of-the-wells/"])
def test_a_page_and_its_headers_stay_as_they_are(path: str, reader: Reader) -> None:
    public = reader("public")
    first = public.get(path)
    restricted(1)
    second = public.get(path)
    assert first.status_code == second.status_code
    assert [first.headers.get(name) for name in ("ETag", "Last-Modified")] == [
        second.headers.get(name) for name in ("ETag", "Last-Modified")
    ]
    assert without_nonces(first.text) == without_nonces(second.text)


def without_nonces(text: str) -> str:
    return re.sub(r'(nonce|value|content)="[\w-]{20,}"', r'\1=""', text)


def test_a_snapshot_for_the_public_does_not_count_the_log(house: House, tmp_path: Path) -> None:  # noqa: ARG001  # its rows
    first = write_snapshot(tmp_path / "first", AUDIENCES["public"])
    restricted(1)
    second = write_snapshot(tmp_path / "second", AUDIENCES["public"])
    assert first.snapshot_id == second.snapshot_id
    assert read_manifest(tmp_path / "second").registry_state == ""
    whole = write_snapshot(tmp_path / "whole", AUDIENCES["secretariat"])
    assert int(whole.registry_state) > 0


def test_times_that_were_noted_long_ago_are_forgotten(house: House, settings: LazySettings) -> None:  # noqa: ARG001  # its rows
    reading = open_reading(ReadAs(AUDIENCES["public"].viewer, ""))
    noted = settings.SNAPSHOT_DIR / seen.SINCE / reading.snapshot_id
    assert reading.created_at
    assert noted.exists()
    os.utime(noted, (0, 0))
    seen.forget_old(settings.SNAPSHOT_DIR)
    assert not noted.exists()
