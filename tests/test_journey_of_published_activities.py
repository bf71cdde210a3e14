"""Published activities of real publishers come in from IATI files and give the same analysis."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, CommandLine

SHARED = ROOT.parent / "shared" / "data" / "iati"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files lie beside the checkout on some machines only")
def test_published_activities_give_the_same_analysis(tmp_path: Path) -> None:
    """Real, untidy activities in several currencies; amounts without a rate stay as they are and are said to."""
    line = CommandLine(tmp_path / "state")
    assert line.run("migrate").returncode == 0
    assert line.run("load", line.pack).returncode == 0
    names = ("ct-pve-extract-dev.xml", "hdx-2021-06-15-dportal_078.xml", "hdx-2021-06-15-dportal_101.xml")
    imported = line.run("iati", "import", *(SHARED / name for name in names))
    assert imported.returncode == 1, imported.stderr  # fields were left out, and each is named
    again = line.run("iati", "import", *(SHARED / name for name in names))
    assert "0 new, 0 changed" in again.stdout
    out = tmp_path / "published"
    built = line.run("report", "build", "annex-ii", "--inventory", "published", "--out", out)
    assert built.returncode == 0, built.stderr
    content = json.loads((out / "figures.json").read_text())
    found = {figure["key"]: figure for figure in content["figures"]}
    assert found["projects"]["value"] > 250
    assert "Illustrative" not in (out / "report.html").read_text()
    assert line.run("report", "verify", out, database=False).returncode == 0
