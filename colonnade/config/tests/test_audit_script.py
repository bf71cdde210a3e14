"""``make audit`` says what it was told, and never that all is well where it could not ask."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings

SCRIPT = Path(settings.ROOT) / "scripts" / "audit.py"
SOUND = {"name": "sound", "version": "1", "vulns": []}
WEAK = {"name": "weak", "version": "1", "vulns": [{"id": "X-2026-1", "fix_versions": ["2"]}]}
SKIPPED = {"name": "odd", "skip_reason": "not found"}


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize(
    ("packages", "status"), [([SOUND], 0), ([SOUND, WEAK], 1), ([SOUND, SKIPPED], 2), ([WEAK, SKIPPED], 1), ([], 2)]
)
def test_the_status_is_what_was_told(
    script: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    packages: list[dict[str, Any]],
    status: int,
) -> None:
    def told(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, json.dumps({"dependencies": packages}), "")

    monkeypatch.setattr(subprocess, "run", told)
    assert script.audit(Path("runtime.txt")) == status
    said = capsys.readouterr()
    assert ("weak 1: X-2026-1, mended in 2" in said.out) == (WEAK in packages)
    assert ("odd (not found)" in said.err) == (SKIPPED in packages)


def test_without_a_network_it_could_not_ask() -> None:
    """The real program, with a proxy that is not there."""
    nowhere = dict.fromkeys(
        ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9"
    )
    run = "import sys; sys.path.insert(0, sys.argv[1]); import audit; sys.exit(audit.audit(audit.ROOT / sys.argv[2]))"
    done = subprocess.run(
        [sys.executable, "-c", run, str(SCRIPT.parent), "requirements/runtime.txt"],
        env={"PATH": "/usr/bin:/bin", "NO_PROXY": "", **nowhere},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 2, done.stderr
    assert "could not ask" in done.stderr
    assert "known weaknesses" not in done.stdout


def test_it_is_no_part_of_the_tests() -> None:
    checks = (Path(settings.ROOT) / "scripts" / "checks.py").read_text()
    assert "audit" not in checks
