"""An officer proposes "needs by region", another approves it, the public reads it, a report carries it as attested."""

import argparse
import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from colonnade.config.cli import report
from colonnade.places.models import Country, Region
from colonnade.web.conftest import Reader, _places, house, reader
from colonnade.web.releases.tests.test_releases_pages import approved, needs, proposed, second, text

pytestmark = pytest.mark.django_db
__all__ = ["_places", "house", "needs", "reader", "second"]  # fixtures of the pages' tests

TEXT = """# The needs

There were {needs_count} needs in {projects} projects' reach.

Projects were {projects}.

::table needs_by_region
  caption: Needs by region
"""


@pytest.fixture
def regions(needs: None, settings: LazySettings) -> None:  # noqa: ARG001  # stands on them
    """Three regions, one of a single State; and a report on them."""
    for code, states in (("NORTH", "ABCD"), ("SOUTH", "ABC"), ("WEST", "D")):
        region = Region.objects.create(code=code, name=code.title(), fictional=True)
        first = {"NORTH": "X", "SOUTH": "Z", "WEST": "Z"}[code]
        Country.objects.filter(code__in=[f"Q{first}{last}" for last in states]).update(region=region)
    folder = settings.PACK_DIR / "reports" / "needs"
    folder.mkdir(parents=True)
    other = next((settings.PACK_DIR / "reports").glob("*/report.toml"))
    (folder / "report.toml").write_text(other.read_text(), encoding="utf-8")
    (folder / "text.md").write_text(TEXT, encoding="utf-8")


def verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    status = report.run_verify(argparse.Namespace(folder=folder))
    return status, capsys.readouterr().out


@pytest.mark.usefixtures("regions")
def test_a_total_is_released_read_built_and_verified(
    reader: Reader, second: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public, officer = reader("public"), reader("officer")
    assert "not released" in text(public.get("/figures/needs_by_region/")).casefold()

    before = tmp_path / "before"
    report.build("needs", audience="public", inventory=None, out=before)
    page = (before / "report.html").read_text()
    assert "Not released to the readers of the present report" in page
    assert "Needs by region" in page
    assert verified(before, capsys)[0] == 0

    address = proposed(officer, figure="needs_by_region", title="Needs by region")
    assert "not released" in text(public.get("/figures/needs_by_region/")).casefold()
    approved(address, second)

    shown = text(public.get("/figures/needs_by_region/"))
    assert "attested by two people" in shown
    assert address in shown
    assert "×" in shown  # the region of a single State, and one that protects it

    after = tmp_path / "after"
    report.build("needs", audience="public", inventory=None, out=after)
    page = (after / "report.html").read_text()
    assert "attested by two people of the secretariat" in page
    assert "not shown" in page
    status, said = verified(after, capsys)
    assert status == 0, said
    assert "attested, not recomputed: Needs by region (needs_by_region): released to public" in said
    assert "one person of the secretariat proposed it, another approved it on" in said
    assert "Officer" not in said

    figures = json.loads((after / "figures.json").read_text())
    (attested,) = figures["attested"]
    assert {cell["value"] for cell in attested["values"]["cells"]} > {None}
    total = next(cell for cell in attested["values"]["cells"] if (cell["row"], cell["column"]) == ("*", "*"))
    total["value"] = "1"
    (after / "figures.json").write_text(json.dumps(figures))
    status, said = verified(after, capsys)
    assert status == 1
    assert "released total * *" in said
    assert "digest" in said
