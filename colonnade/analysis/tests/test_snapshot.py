"""A snapshot holds what its audience may see, each row in the partition of its level, and nothing else."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from colonnade.analysis.manifest import differing_files, read_manifest
from colonnade.analysis.schema import TABLES
from colonnade.analysis.snapshot import NothingLoaded, current_snapshot, write_snapshot
from colonnade.core.viewer import AUDIENCES
from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.needs.tests.consents import consented
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Inventory, InventoryEntry, Project
from colonnade.strategy.models import Strategy

pytestmark = pytest.mark.django_db

DAY = date(2019, 8, 31)


@pytest.fixture
def registry() -> None:
    """A public, a compact and a restricted project, each with a restricted need of the same State answered by it."""
    Strategy.objects.create(
        code="water",
        title="Water",
        short_title="Water",
        document_symbol="W/1",
        document_title="Water",
        published_on=DAY,
        illustrative_notice="Illustrative.",
        pack_digest="0" * 64,
    )
    region = Region.objects.create(code="R", name="R", fictional=True)
    here = Country.objects.create(code="QMA", name="Here", region=region, standing="fictional")
    lead = Entity.objects.create(code="LEAD", abbreviation="LEAD", name="L", kind="office", role="member", source="s")
    year = Inventory.objects.create(key="y", title="Y", as_of=DAY, provenance="illustrative", source="s")
    visit = Assessment.objects.unscoped("test").create(
        country=here, assessor=lead, kind="visit", starts_on=DAY, ends_on=DAY
    )
    for level in ("public", "compact", "restricted"):
        project = Project.objects.unscoped("test").create(
            reference=level,
            title=f'A "{level}" project, with commas',
            lead_entity=lead,
            status="ongoing",
            level=level,
            state=here if level == "restricted" else None,
        )
        InventoryEntry.objects.unscoped("test").create(
            inventory=year,
            project=project,
            status="ongoing",
            budget=Decimal("100.00"),
            budget_usd=Decimal("100.00"),
            funding=Decimal("130.00") if level == "public" else Decimal("40.00"),
            funding_usd=Decimal("130.00") if level == "public" else Decimal("40.00"),
        )
        need = Recommendation.objects.unscoped("test").create(
            reference=level,
            level=level if level == "restricted" else "compact",
            assessment=visit,
            country=here,
            title=level,
            text="x",
            priority="high",
            issued_on=DAY,
        )
        Response.objects.unscoped("test").create(
            recommendation=need, project=project, strength="full", claimed_by=lead, claimed_on=DAY
        )
        if level == "public":
            consented(need)


def rows(folder: Path, table: str, columns: str) -> list[tuple[object, ...]]:
    found = sorted(folder.rglob(f"{table}.parquet"))
    listed = [str(path) for path in found]
    return duckdb.execute(f"SELECT {columns} FROM read_parquet({listed}) ORDER BY ALL").fetchall()


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("audience", "levels"),
    [
        ("public", {"public"}),
        ("compact", {"public", "compact"}),
        ("secretariat", {"public", "compact", "restricted"}),
    ],
)
def test_an_audience_gets_its_levels_and_no_other(tmp_path: Path, audience: str, levels: set[str]) -> None:
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES[audience])
    assert {path.name for path in folder.iterdir() if path.is_dir()} == levels
    for table in ("entry", "recommendation", "response"):
        assert {row[0] for row in rows(folder, table, "level")} == levels


@pytest.mark.usefixtures("registry")
def test_every_row_lies_in_the_partition_of_its_level(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    for path in folder.rglob("*.parquet"):
        found = duckdb.execute(f"SELECT * FROM read_parquet('{path}')")
        columns = [column[0] for column in found.description]
        assert columns == list(TABLES[path.stem])
        partition = path.parent.relative_to(folder).parts
        records = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        if "level" in columns:
            assert {record["level"] for record in records} == {partition[0]}
        if partition[0] == "restricted":
            assert {record["state"] for record in records} == {partition[1]}


@pytest.mark.usefixtures("registry")
def test_a_surplus_is_no_negative_shortfall(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["compact"])
    assert rows(folder, "entry", "level, shortfall_usd, surplus_usd") == [
        ("compact", Decimal("60.00"), Decimal("0.00")),
        ("public", Decimal("0.00"), Decimal("30.00")),
    ]


@pytest.mark.usefixtures("registry")
def test_a_value_not_reported_is_null_and_a_title_survives_its_quotes(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["public"])
    assert rows(folder, "entry", "scope, pillar, title") == [(None, None, 'A "public" project, with commas')]


@pytest.mark.usefixtures("registry")
def test_the_manifest_tells_what_was_changed_afterwards(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    written = write_snapshot(folder, AUDIENCES["public"])
    assert read_manifest(folder) == written
    assert differing_files(folder, written) == []
    (folder / "public" / "entry.parquet").write_bytes(b"other")
    (folder / "public" / "mandate.parquet").unlink()
    differences = {(difference.path, difference.difference) for difference in differing_files(folder, written)}
    assert differences == {("public/entry.parquet", "changed"), ("public/mandate.parquet", "missing")}


@pytest.mark.usefixtures("registry")
def test_a_snapshot_is_never_written_over(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        write_snapshot(tmp_path, AUDIENCES["public"])


def test_an_empty_registry_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingLoaded, match="load"):
        write_snapshot(tmp_path / "snapshot", AUDIENCES["public"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("registry")
def test_the_current_snapshot_moves_with_every_change(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.SNAPSHOT_DIR = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings are dynamic
    first = current_snapshot()
    assert current_snapshot() == first
    Region.objects.create(code="S", name="S")
    second = current_snapshot()
    assert second != first
    assert first.exists()
