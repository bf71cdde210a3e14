"""The illustrative portfolio of the strategy's own pack, made once."""

from pathlib import Path

import pytest
from django.conf import settings

from colonnade.packs.illustrative.generate import generate
from colonnade.packs.illustrative.records import IllustrativePortfolio
from colonnade.packs.illustrative.vocabulary import read_vocabulary
from colonnade.packs.reading import read_pack
from colonnade.portfolio.reported import ReportedProject


@pytest.fixture(scope="session")
def made() -> IllustrativePortfolio:
    """Every invented record."""
    return generate(read_vocabulary(read_pack(Path(settings.ROOT) / "strategies" / "ungcts")))


@pytest.fixture(scope="session")
def inventories(made: IllustrativePortfolio) -> dict[str, tuple[ReportedProject, ...]]:
    """The projects of each inventory, by its key."""
    return {inventory.key: inventory.projects for inventory in made.inventories}


@pytest.fixture(scope="session")
def portfolio(inventories: dict[str, tuple[ReportedProject, ...]]) -> tuple[ReportedProject, ...]:
    """The portfolio of 2019."""
    return inventories["portfolio-2019"]


@pytest.fixture(scope="session")
def before(inventories: dict[str, tuple[ReportedProject, ...]]) -> tuple[ReportedProject, ...]:
    """The portfolio of 2018."""
    return inventories["portfolio-2018"]
