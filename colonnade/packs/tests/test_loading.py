"""Loading a pack into a real database: everything, once, and nothing twice."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from colonnade.audit.queries import high_water_mark
from colonnade.core.actor import Actor
from colonnade.packs.loading import LISTS, load_pack
from colonnade.packs.pack import Pack
from colonnade.packs.reading import read_pack

pytestmark = pytest.mark.django_db

CLERK = Actor("a clerk")
UNGCTS = Path(settings.ROOT) / "strategies" / "ungcts"


def held() -> Counter[str]:
    """How many rows the registry holds of each list."""
    return Counter({loaded.table: loaded.model._base_manager.count() for loaded in LISTS})


def brought(pack: Pack) -> Counter[str]:
    """How many rows the pack has of each list."""
    return Counter({loaded.table: len(getattr(pack, loaded.table)) for loaded in LISTS})


def test_loading_a_pack_stores_every_row_of_every_list() -> None:
    pack = read_pack(UNGCTS)
    load_pack(pack, actor=CLERK)
    assert held() == brought(pack)
