"""The commands under ``colonnade audit``: what they print, and with which status they end."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from colonnade.audit.anchors import read_anchors
from colonnade.config.cli.main import COULD_NOT_RUN, main
from colonnade.config.database import database_urls
from tests.log.conftest import CLERK, Registry, add_regions


@pytest.fixture(autouse=True)
def _addressed(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands find the registry by its address."""
    database_urls()  # the server is kept up by this process, whatever the address says
    monkeypatch.setenv("DATABASE_URL", registry.urls.app)
    monkeypatch.setenv("DATABASE_OWNER_URL", registry.urls.owner)


def keys(folder: Path) -> tuple[Path, Path]:
    """A new private and public key."""
    key = Ed25519PrivateKey.generate()
    private, public = folder / "private.pem", folder / "public.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_log_that_holds_ends_with_zero_and_one_that_does_not_with_one(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors = tmp_path / "anchors.jsonl"
    assert main(["audit", "anchor", "--out", str(anchors)]) == 0
    assert main(["audit", "verify", "--anchor", str(anchors)]) == 0
    assert "0 finding(s)" in capsys.readouterr().out
    registry.as_owner("DELETE FROM audit_event WHERE after->>'code' = 'R4'")
    assert main(["audit", "verify", "--anchor", str(anchors)]) == 1
    assert "deleted: head" in capsys.readouterr().out


def test_an_export_is_verified_without_a_database(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.as_owner("UPDATE audit_event SET row_id = '0' WHERE after->>'code' = 'R4'")
    export, anchors = tmp_path / "events.jsonl", tmp_path / "anchors.jsonl"
    assert main(["audit", "anchor", "--out", str(anchors)]) == 0
    assert main(["audit", "export", "--out", str(export)]) == 0
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost:1/none")
    assert main(["audit", "verify", "--events", str(export), "--anchor", str(anchors)]) == 1
    assert "altered: head" in capsys.readouterr().out
    assert "Ann Clerk" not in export.read_text()


def test_what_is_no_anchor_could_not_be_compared(registry: Registry, tmp_path: Path) -> None:  # noqa: ARG001  # its log
    broken = tmp_path / "anchors.jsonl"
    broken.write_text('{"anchor": 1}\n')
    assert main(["audit", "verify", "--anchor", str(broken)]) == COULD_NOT_RUN
    assert main(["audit", "verify", "--anchor", str(tmp_path / "none")]) == COULD_NOT_RUN


def test_a_forged_anchor_is_refused_by_its_signature(registry: Registry, tmp_path: Path) -> None:  # noqa: ARG001  # its log
    private, public = keys(tmp_path)
    anchors = tmp_path / "anchors.jsonl"
    assert main(["audit", "anchor", "--out", str(anchors), "--key", str(private)]) == 0
    assert main(["audit", "verify", "--anchor", str(anchors), "--key", str(public)]) == 0
    told = json.loads(anchors.read_text())
    told["hash"] = "0" * 64
    anchors.write_text(json.dumps(told) + "\n")
    assert main(["audit", "verify", "--anchor", str(anchors), "--key", str(public)]) == COULD_NOT_RUN


def test_the_watching_sealer_seals_within_seconds_and_its_anchors_leave_at_once(
    registry: Registry, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    watching = subprocess.Popen(
        [sys.executable, "-m", "colonnade.config.cli", "audit", "seal", "--watch"],
        env={**os.environ, "COLONNADE_ANCHOR_DIR": str(folder)},
    )
    try:
        add_regions(codes=["x"], actor=CLERK)
        deadline = time.monotonic() + 60
        while registry.ask("SELECT count(*) FROM audit_waiting"):
            assert watching.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
    finally:
        watching.terminate()
        watching.wait()
    [anchor] = read_anchors(folder / "anchors.jsonl")
    assert anchor.hash == registry.ask("SELECT hash FROM audit_head ORDER BY position DESC LIMIT 1")
