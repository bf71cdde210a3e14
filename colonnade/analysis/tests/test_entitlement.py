"""Whoever opens a snapshot reads in it exactly the records that ``visible_to`` gives them, in every table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from colonnade.analysis.schema import DERIVED, TABLES
from colonnade.analysis.snapshot import write_snapshot
from colonnade.analysis.store import SnapshotCache, open_snapshot
from colonnade.analysis.tests.registries import RandomRegistry
from colonnade.core.viewer import AUDIENCES, PUBLIC, Role, Viewer
from colonnade.funding.models import AppealEntry, Contribution
from colonnade.needs.models import KeptField, Recommendation, Response
from colonnade.needs.queries import seen
from colonnade.portfolio.models import (
    InventoryEntry,
    MarkerCheck,
    Project,
    ProjectArea,
    ProjectCountry,
    ProjectMandate,
    ProjectMarker,
    ProjectPartner,
    ProjectRegion,
    ProjectTheme,
    ReferenceCode,
)
from colonnade.results.models import Event, EventAttendance

pytestmark = pytest.mark.django_db


def viewer(*roles: Role, states: str = "", entities: str = "") -> Viewer:
    return Viewer(
        roles=frozenset(roles), country_codes=frozenset(states.split()), entity_ids=frozenset(entities.split())
    )


VIEWERS = {
    "the public": PUBLIC,
    "a donor": viewer(Role.DONOR),
    "a donor of an entity": viewer(Role.DONOR, entities="BETA"),
    "the compact": AUDIENCES["compact"].viewer,
    "an entity": viewer(Role.ENTITY, entities="ALPHA"),
    "two entities": viewer(Role.ENTITY, Role.CHAIR, entities="BETA GAMMA"),
    "an entity that nothing names": viewer(Role.ENTITY, entities="O'MEGA"),
    "a State": viewer(Role.STATE, states="QMA"),
    "two States": viewer(Role.STATE, states="QMA QMB"),
    "a State that nothing concerns": viewer(Role.STATE, states="QZZ"),
    "a State and an entity": viewer(Role.STATE, states="QMC", entities="GAMMA"),
    "an assessor": viewer(Role.ASSESSOR, states="QMB"),
    "an assessor of three States": viewer(Role.ASSESSOR, states="QMA QMB QMC", entities="ALPHA"),
    "a code that is no State's": viewer(Role.STATE, states="ZZZ"),
    "the secretariat": AUDIENCES["secretariat"].viewer,
    "an auditor of an entity": viewer(Role.AUDITOR, entities="ALPHA", states="QMA"),
}

LINKS: dict[str, tuple[Any, str, str]] = {
    "entry_area": (ProjectArea, "area__code", "area"),
    "entry_theme": (ProjectTheme, "theme__code", "theme"),
    "entry_country": (ProjectCountry, "country__code", "country"),
    "entry_region": (ProjectRegion, "region__code", "region"),
    "entry_partner": (ProjectPartner, "entity__code", "entity"),
    "entry_marker": (ProjectMarker, "marker", "marker"),
    "entry_code": (ReferenceCode, "code", "code"),
}


def linked(model: Any, *fields: str) -> Callable[[Viewer], Any]:
    """What projects that stand in an inventory are linked to, as one reader may see it."""

    def rows(who: Viewer) -> Any:
        standing = InventoryEntry.objects.visible_to(who).values("project")
        links = model.objects.visible_to(who).filter(project__in=standing)
        return links.values_list("project__public_id", *fields).distinct()

    return rows


#: Table -> what its rows are known by in the snapshot, and the same for whom ``visible_to`` gives in the registry.
TOLD_BY: dict[str, tuple[str, Callable[[Viewer], Any]]] = {
    "project": ("project", lambda who: Project.objects.visible_to(who).values_list("public_id")),
    "entry": (
        "inventory, project",
        lambda who: InventoryEntry.objects.visible_to(who).values_list("inventory__key", "project__public_id"),
    ),
    **{table: (f"DISTINCT project, {column}", linked(model, field)) for table, (model, field, column) in LINKS.items()},
    "entry_mandate": (
        "DISTINCT project, mandate, paragraph",
        linked(ProjectMandate, "mandate__code", "paragraph"),
    ),
    "marker_check": ("marker_check", lambda who: MarkerCheck.objects.visible_to(who).values_list("public_id")),
    "kept_need": (
        "recommendation",
        lambda who: (
            KeptField.objects.visible_to(who)
            .exclude(recommendation__level="restricted")
            .values_list("recommendation__public_id")
            .distinct()
        ),
    ),
    "recommendation": ("recommendation", lambda who: Recommendation.objects.visible_to(who).values_list("public_id")),
    "response": (
        "recommendation, project",
        lambda who: Response.objects.visible_to(who).values_list("recommendation__public_id", "project__public_id"),
    ),
    "contribution": ("contribution", lambda who: Contribution.objects.visible_to(who).values_list("public_id")),
    "appeal_entry": ("title", lambda who: AppealEntry.objects.visible_to(who).values_list("title")),
    "event": ("event", lambda who: Event.objects.visible_to(who).values_list("public_id")),
    "event_state": (
        "event, country",
        lambda who: EventAttendance.objects.visible_to(who).values_list("event__public_id", "country__code"),
    ),
}


def in_order(rows: Any) -> list[tuple[Any, ...]]:
    return sorted(rows, key=str)


def test_every_table_of_records_is_compared() -> None:
    published = {"contributor", "seed_award"}
    assert {table for table, columns in TABLES.items() if "level" in columns} == TOLD_BY.keys() | published


@pytest.mark.parametrize("seed", range(4))
def test_a_reader_reads_what_is_visible_to_them_and_nothing_else(tmp_path: Path, seed: int) -> None:
    RandomRegistry(seed)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    sizes = set()
    for name, who in VIEWERS.items():
        cursor = open_snapshot(folder, who).cursor()
        for table, (columns, visible) in TOLD_BY.items():
            found = in_order(cursor.execute(f"SELECT {columns} FROM {table}").fetchall())
            assert found == in_order(visible(who)), f"{table} as read by {name}"
            sizes.add((table, len(found)))
    assert len(sizes) > 5 * len(TOLD_BY)  # readers' views differ, else nothing was tried


@pytest.mark.parametrize("seed", range(2))
def test_a_field_that_a_state_keeps_is_read_by_those_only_who_may(tmp_path: Path, seed: int) -> None:
    RandomRegistry(seed)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    met = set()
    for name, who in VIEWERS.items():
        cursor = open_snapshot(folder, who).cursor()
        found = cursor.execute("SELECT recommendation, title, theme, priority, kept, level FROM recommendation")
        for public_id, title, theme, priority, kept, level in found.fetchall():
            need = seen(who, Recommendation.objects.visible_to(who).select_related("theme").get(public_id=public_id))
            assert title == (need.title or need.need.reference), name
            assert theme == (need.theme.code if need.theme else None), name
            assert priority == (need.priority or None), name
            assert set(filter(None, kept.split(","))) == need.hidden, name
            assert level == need.need.level
            met.add((bool(need.hidden), bool(need.kept)))
    assert met == {(False, False), (True, False), (False, True)}
    secret = "SELECT count(*) FROM recommendation WHERE folded LIKE '% kept phrase %'"
    counted = {
        name: open_snapshot(folder, who).cursor().execute(secret).fetchall()[0][0] for name, who in VIEWERS.items()
    }
    assert counted["the public"] == 0 < counted["a State"] < counted["the secretariat"]
    assert counted["the compact"] == 0


def test_a_kept_field_lies_in_no_file_of_a_wider_partition(tmp_path: Path) -> None:
    RandomRegistry(1)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    files = [str(path) for level in ("public", "compact") for path in (folder / level).glob("*.parquet")]
    for path in files:
        assert "kept phrase" not in str(duckdb.execute(f"FROM read_parquet('{path}')").fetchall()).lower(), path
    for audience in ("public", "compact"):
        write_snapshot(tmp_path / audience, AUDIENCES[audience])
        assert not list((tmp_path / audience).rglob("kept_need.parquet"))


def test_nobody_learns_who_else_reads_a_row_that_is_not_theirs(tmp_path: Path) -> None:
    RandomRegistry(7)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    cursor = open_snapshot(folder, AUDIENCES["secretariat"].viewer).cursor()
    for table in TOLD_BY:
        own = "own_level" if "own_level" in TABLES[table] else "level"
        outside = f"SELECT count(*) FROM {table} WHERE concerns <> [] AND {own} <> 'compact'"
        assert cursor.execute(outside).fetchall() == [(0,)], table
        outside = f"SELECT count(*) FROM {table} WHERE named <> [] AND level <> 'restricted'"
        assert cursor.execute(outside).fetchall() == [(0,)], table


def test_an_appeals_narrower_entry_does_not_show_in_a_wider_project(tmp_path: Path) -> None:
    RandomRegistry(3)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    cursor = open_snapshot(folder, PUBLIC).cursor()
    told = cursor.execute("SELECT DISTINCT project FROM entry WHERE in_appeal").fetchall()
    seen = AppealEntry.objects.visible_to(PUBLIC).filter(project__isnull=False)
    standing = InventoryEntry.objects.visible_to(PUBLIC).values("project")
    assert {row[0] for row in told} == set(
        seen.filter(project__in=standing).values_list("project__public_id", flat=True)
    )
    assert told


def codes(rows: Any) -> list[str]:
    return sorted({code for code in rows if code is not None})


def test_lists_are_distinct_sorted_and_never_missing(tmp_path: Path) -> None:
    RandomRegistry(5)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    everyone = AUDIENCES["secretariat"].viewer
    cursor = open_snapshot(folder, everyone).cursor()
    for table, columns in TABLES.items():
        for column in columns.keys() & DERIVED[table]:
            if columns[column].endswith("[]"):
                wrong = f"{column} IS NULL OR {column} <> list_sort(list_distinct({column}))"
                assert cursor.execute(f"SELECT count(*) FROM {table} WHERE {wrong}").fetchall() == [(0,)]
    found = cursor.execute(
        "SELECT project, areas, themes, countries, regions, partners, mandates FROM entry"
    ).fetchall()
    for public_id, areas, themes, countries, regions, partners, mandates in found:
        of_it = {"project__public_id": public_id}
        for listed, model, field in (
            (areas, ProjectArea, "area__code"),
            (themes, ProjectTheme, "theme__code"),
            (countries, ProjectCountry, "country__code"),
            (partners, ProjectPartner, "entity__code"),
            (mandates, ProjectMandate, "mandate__code"),
        ):
            links = model.objects.visible_to(everyone).filter(**of_it)
            assert listed == codes(links.values_list(field, flat=True))
        own = ProjectRegion.objects.visible_to(everyone).filter(**of_it).values_list("region__code", flat=True)
        reached = ProjectCountry.objects.visible_to(everyone).filter(**of_it)
        assert regions == codes([*own, *reached.values_list("country__region__code", flat=True)])
    attended = cursor.execute("SELECT event, attending FROM event").fetchall()
    states = EventAttendance.objects.visible_to(everyone)
    for event, attending in attended:
        assert attending == codes(states.filter(event__public_id=event).values_list("country__code", flat=True))
    needs = cursor.execute("SELECT recommendation, mandates, region FROM recommendation").fetchall()
    for public_id, mandates, region in needs:
        need = Recommendation.objects.visible_to(everyone).get(public_id=public_id)
        assert mandates == codes(need.mandates.values_list("code", flat=True))
        assert region == need.country.region.code


def test_search_reads_folded_words_and_no_confidential_text(tmp_path: Path) -> None:
    RandomRegistry(2)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    cursor = open_snapshot(folder, AUDIENCES["secretariat"].viewer).cursor()
    folded, reference = cursor.execute("SELECT folded, reference FROM entry WHERE len(countries) > 0").fetchone() or ()
    number = reference.removeprefix("P-")
    for words in (
        f" project {number} l ecole ",
        f" p {number} ",
        f" g {number} ",
        " office ",
        " isle q",
        " celebi sons ",
    ):
        assert words in folded
    assert cursor.execute("SELECT count(*) FROM recommendation WHERE folded LIKE '%confidential%'").fetchall() == [(0,)]
    found = cursor.execute("SELECT count(*) FROM recommendation WHERE folded LIKE '% need % r % isle qm%'").fetchall()
    assert found == cursor.execute("SELECT count(*) FROM recommendation").fetchall()
    held = cursor.execute("SELECT count(*) FROM event WHERE folded NOT LIKE '% ville sur mer %'").fetchall()
    assert held == [(0,)]


def test_beside_the_files_of_whole_partitions_nothing_can_be_read(tmp_path: Path) -> None:
    RandomRegistry(1)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    for who, closed in (
        (VIEWERS["a State"], "compact/entry"),
        (VIEWERS["an entity"], "restricted/QMA/entry"),
        (VIEWERS["two States"], "restricted/QMA/response"),
    ):
        cursor = open_snapshot(folder, who).cursor()
        with pytest.raises(duckdb.Error):
            cursor.execute(f"SELECT * FROM read_parquet('{folder.resolve()}/{closed}.parquet')").fetchall()


def test_only_people_of_entities_that_are_named_have_a_snapshot_of_their_own(tmp_path: Path) -> None:
    RandomRegistry(1)
    folder = tmp_path / "snapshot"
    write_snapshot(folder, AUDIENCES["secretariat"])
    cache = SnapshotCache()
    shared = cache.open(folder, VIEWERS["the compact"])
    assert cache.open(folder, VIEWERS["an entity that nothing names"]) is shared
    named, others = cache.open(folder, VIEWERS["an entity"]), cache.open(folder, VIEWERS["two entities"])
    assert len({named.place, others.place, shared.place}) == 3
