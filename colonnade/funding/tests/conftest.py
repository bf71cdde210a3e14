"""The small fund as a fixture."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from colonnade.funding.tests.fund import Fund, make_fund


@pytest.fixture
def fund(db: None, settings: LazySettings, tmp_path: Path) -> Fund:  # noqa: ARG001  # the fixture opens the database
    """The fund of :mod:`colonnade.funding.tests.fund`."""
    settings.PACK_DIR = tmp_path / "pack"
    return make_fund(tmp_path / "pack")
