"""The illustrative portfolio goes into a real database through the ordinary actions: whole, once, and nothing twice."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Model

from colonnade.audit.queries import high_water_mark
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.problems import ProblemsFound
from colonnade.funding.models import AppealEntry, Contribution, Contributor
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.packs.illustrative.generate import generate
from colonnade.packs.illustrative.recording import record_illustrative_portfolio, record_portfolio
from colonnade.packs.illustrative.records import IllustrativePortfolio
from colonnade.packs.illustrative.vocabulary import read_vocabulary
from colonnade.packs.loading import load_pack
from colonnade.packs.reading import read_pack
from colonnade.packs.tests.packs import WATER, copy_of, replace_text
from colonnade.places.models import Country
from colonnade.portfolio.models import Inventory, InventoryEntry, Project
from colonnade.results.models import Event, EventAttendance

pytestmark = pytest.mark.django_db

CLERK = Actor("a clerk")
UNGCTS = Path(settings.ROOT) / "strategies" / "ungcts"
ILLUSTRATIVE = (Assessment, Recommendation, Response, Contribution, AppealEntry, Event, Project)


def held() -> dict[str, int]:
    """How many illustrative rows the registry holds."""
    made_up = {"provenance": Provenance.ILLUSTRATIVE.value}
    numbers = {model.__name__: rows(model, **made_up) for model in (*ILLUSTRATIVE, Contributor, Inventory)}
    return {
        **numbers,
        "Country": rows(Country, standing=Country.Standing.FICTIONAL.value),
        "InventoryEntry": rows(InventoryEntry),
        "EventAttendance": rows(EventAttendance),
    }


def rows(model: type[Model], **wanted: str) -> int:
    return model._base_manager.filter(**wanted).count()


def made_of(portfolio: IllustrativePortfolio) -> dict[str, int]:
    """How many rows the generated records should make."""
    projects = {project.public_id for inventory in portfolio.inventories for project in inventory.projects}
    return {
        "Assessment": len(portfolio.assessments),
        "Recommendation": len(portfolio.recommendations),
        "Response": len(portfolio.responses),
        "Contribution": len(portfolio.contributions),
        "AppealEntry": len(portfolio.appeal_entries),
        "Event": len(portfolio.events),
        "Project": len(projects),
        "Contributor": len(portfolio.contributors),
        "Inventory": len(portfolio.inventories),
        "Country": len(portfolio.states),
        "InventoryEntry": sum(len(inventory.projects) for inventory in portfolio.inventories),
        "EventAttendance": sum(len(event.attendance) for event in portfolio.events),
    }


def test_the_strategys_portfolio_is_stored_whole_and_a_second_run_changes_nothing() -> None:
    pack = read_pack(UNGCTS)
    load_pack(pack, actor=CLERK)
    assert record_illustrative_portfolio(pack, actor=CLERK)
    stored = held()
    assert stored == made_of(generate(read_vocabulary(pack)))
    assert (stored["Inventory"], stored["InventoryEntry"], stored["Project"]) == (
        4,
        317 + 314 + 463 + 90,
        336 + 463 + 90,
    )
    mark = high_water_mark()
    assert mark > 0
    assert not record_illustrative_portfolio(pack, actor=CLERK)
    assert (high_water_mark(), held()) == (mark, stored)


def test_the_same_records_stored_again_write_nothing() -> None:
    pack = read_pack(WATER)
    load_pack(pack, actor=CLERK)
    portfolio = generate(read_vocabulary(pack))
    record_portfolio(portfolio=portfolio, digest="one", actor=CLERK)
    mark, stored = high_water_mark(), held()
    record_portfolio(portfolio=portfolio, digest="one", actor=CLERK)
    assert (high_water_mark(), held()) == (mark, stored)


def test_another_portfolio_is_not_stored_beside_the_first(tmp_path: Path) -> None:
    load_pack(read_pack(WATER), actor=CLERK)
    record_illustrative_portfolio(read_pack(WATER), actor=CLERK)
    mark = high_water_mark()
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "illustrative" / "targets.toml", "seed = 12", "seed = 13")
    with pytest.raises(ProblemsFound, match="of another release"):
        record_illustrative_portfolio(read_pack(folder), actor=CLERK)
    assert high_water_mark() == mark


def test_stored_projects_keep_what_was_generated() -> None:
    pack = read_pack(WATER)
    load_pack(pack, actor=CLERK)
    assert record_illustrative_portfolio(pack, actor=CLERK)
    portfolio = generate(read_vocabulary(pack))
    made = {project.public_id: project for project in portfolio.inventories[0].projects}
    stored = Project._base_manager.select_related("lead_entity")
    assert {project.public_id for project in stored} == set(made)
    for project in stored:
        assert (project.title, project.lead_entity.code) == (
            made[project.public_id].title,
            made[project.public_id].entity,
        )
        assert project.level == made[project.public_id].level
    levels = Counter(Recommendation._base_manager.values_list("level", flat=True))
    assert levels == Counter(need.level for need in portfolio.recommendations)


def test_a_pack_without_illustrative_records_stores_none(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    (folder / "illustrative" / "targets.toml").unlink()
    pack = read_pack(folder)
    load_pack(pack, actor=CLERK)
    mark = high_water_mark()
    assert not record_illustrative_portfolio(pack, actor=CLERK)
    assert high_water_mark() == mark
