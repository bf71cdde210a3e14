"""A registry with a pack and no inventory says on its home page what to do next."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from colonnade.strategy.models import Strategy


@pytest.fixture
def visitor(db: None) -> Client:  # noqa: ARG001  # the fixture opens the database
    """The public, of a strategy without any inventory."""
    Strategy.objects.create(
        code="water",
        title="The Strategy for Clean Water",
        short_title="Clean Water",
        document_symbol="W/1",
        document_title="The state of the wells",
        published_on=date(2019, 8, 31),
        pack_digest="1" * 64,
    )
    return Client()


def test_a_registry_without_an_inventory_says_what_to_do_next(visitor: Client) -> None:
    page = visitor.get("/")
    assert page.status_code == 200
    assert "colonnade iati import" in page.content.decode()


def test_what_a_registry_without_an_inventory_does_not_have_is_not_there(visitor: Client) -> None:
    assert visitor.get("/figures/projects/?inventory=published").status_code == 404
    assert visitor.get("/nowhere/").status_code == 404


def test_a_pack_without_reports_has_a_home_page(visitor: Client, settings: LazySettings, tmp_path: Path) -> None:
    settings.PACK_DIR = tmp_path / "own-pack"
    assert visitor.get("/").status_code == 200
