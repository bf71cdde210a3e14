"""Loading a pack into a real database: everything, once, and nothing twice."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.problems import ProblemsFound
from colonnade.funding.models import Contributor
from colonnade.members.models import Entity, WorkingGroup
from colonnade.packs.loading import LISTS, load_pack
from colonnade.packs.pack import Pack
from colonnade.packs.reading import read_pack
from colonnade.packs.tests.packs import WATER, copy_of, read_rows, replace_text, set_cell, write_rows
from colonnade.places.models import Country
from colonnade.portfolio.models import Programme
from colonnade.strategy.models import Pillar, Strategy

pytestmark = pytest.mark.django_db

CLERK = Actor("a clerk")
UNGCTS = Path(settings.ROOT) / "strategies" / "ungcts"


def held() -> Counter[str]:
    """How many rows the registry holds of each list."""
    return Counter({loaded.table: loaded.model._base_manager.count() for loaded in LISTS})


def brought(pack: Pack) -> Counter[str]:
    """How many rows the pack has of each list."""
    return Counter({loaded.table: len(getattr(pack, loaded.table)) for loaded in LISTS})


@pytest.mark.parametrize("folder", [UNGCTS, WATER], ids=lambda folder: folder.name)
def test_loading_a_pack_stores_every_row_of_every_list(folder: Path) -> None:
    pack = read_pack(folder)
    summary = load_pack(pack, actor=CLERK)
    assert held() == brought(pack)
    # A board and the rules of requests besides, and a call for each round of the past.
    assert summary.created == brought(pack).total() + 2 + len(pack.seed_rounds)
    assert (summary.updated, summary.unchanged) == (0, 0)


def test_loading_a_pack_again_writes_nothing() -> None:
    pack = read_pack(WATER)
    load_pack(pack, actor=CLERK)
    events = Event.objects.count()
    summary = load_pack(pack, actor=CLERK)
    assert summary.was_current
    assert Event.objects.count() == events


def test_a_pack_with_one_cell_changed_writes_that_row_alone(tmp_path: Path) -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    folder = copy_of(WATER, tmp_path)
    set_cell(folder, "pillars.csv", 2, "short_title", "Reach")
    summary = load_pack(read_pack(folder), actor=CLERK)
    assert (summary.created, summary.updated) == (0, 1)
    assert Pillar.objects.get(code="supply").short_title == "Reach"


def test_a_strategy_of_another_name_is_refused_and_nothing_is_written() -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    before = held()
    with pytest.raises(ProblemsFound) as refused:
        load_pack(read_pack(UNGCTS), actor=CLERK)
    assert refused.value.problems[0].value == "ungcts"
    assert held() == before


def test_the_log_names_who_loaded() -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    assert set(Event.objects.values_list("actor", flat=True)) == {"a clerk"}


def test_nothing_of_one_strategy_is_left_in_another() -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    strategy = Strategy.objects.get()
    assert (strategy.short_title, strategy.base_currency, strategy.terms["pillars"]) == ("Clear Water", "EUR", "goals")
    assert list(Pillar.objects.values_list("code", flat=True)) == ["supply", "quality", "upkeep"]
    assert set(Entity.objects.values_list("code", flat=True)) == {"VWO", "LAB"}


def test_references_of_every_kind_are_kept() -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    laboratory = Entity.objects.get(code="LAB")
    assert laboratory.parent is not None
    assert laboratory.parent.code == "VWO"
    assert set(WorkingGroup.objects.get().chairs.values_list("code", flat=True)) == {"VWO", "LAB"}
    taps = Programme.objects.get(code="house-taps")
    assert set(taps.countries.values_list("code", flat=True)) == {"QMA", "QMB"}
    assert Country.objects.get(code="QMA").region.fictional
    assert not Country.objects.get(code="KEN").region.fictional


def test_contributors_may_change_places(tmp_path: Path) -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    folder = copy_of(WATER, tmp_path)
    set_cell(folder, "contributors.csv", 2, "rank", "3")
    set_cell(folder, "contributors.csv", 3, "rank", "1")
    load_pack(read_pack(folder), actor=CLERK)
    assert dict(Contributor.objects.values_list("code", "rank")) == {"LV": 3, "UV": 1}
    set_cell(folder, "contributors.csv", 2, "rank", "1")
    set_cell(folder, "contributors.csv", 3, "rank", "3")
    load_pack(read_pack(folder), actor=CLERK)
    assert dict(Contributor.objects.values_list("code", "rank")) == {"LV": 1, "UV": 3}


def test_a_contributor_that_left_the_list_gives_up_its_place(tmp_path: Path) -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    folder = copy_of(WATER, tmp_path)
    set_cell(folder, "contributors.csv", 3, "code", "UPV")
    load_pack(read_pack(folder), actor=CLERK)
    assert dict(Contributor.objects.values_list("code", "rank")) == {"LV": 1, "UV": None, "UPV": 2}


def test_a_row_that_left_the_pack_stays_for_what_refers_to_it(tmp_path: Path) -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    folder = copy_of(WATER, tmp_path)
    write_rows(folder / "publications.csv", read_rows(folder / "publications.csv")[:1])
    replace_text(folder / "strategy.toml", "Valley Water Partnership", "Partnership of the Valley")
    summary = load_pack(read_pack(folder), actor=CLERK)
    assert (summary.created, summary.updated) == (0, 0)
    assert held()["publications"] == 1
    assert Strategy.objects.get().coordination == "Partnership of the Valley"
