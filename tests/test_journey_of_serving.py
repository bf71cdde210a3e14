"""A newcomer's first minute: one command, the pages answer, and stopping it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from tests.conftest import ROOT

PATIENCE = 120.0


def until(condition: Callable[[], bool]) -> bool:
    """Whether ``condition`` holds before patience ends."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False


def processes_of(state: Path) -> set[int]:
    """Processes whose command line or environment names the state folder."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(state) in told and int(entry.name) != os.getpid():
            found.add(int(entry.name))
    return found


def test_the_first_demonstration_serves_the_report_and_leaves_nothing_behind(tmp_path: Path) -> None:
    state = tmp_path / "state"
    environment = {**os.environ, "COLONNADE_STATE": str(state)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "colonnade.config.cli", "demo", "--out", str(tmp_path / "out")]
    with (tmp_path / "told").open("w+") as told:
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=subprocess.STDOUT)
        try:
            said = tmp_path / "told"
            assert until(lambda: "Serving on" in said.read_text() or running.poll() is not None)
            assert running.poll() is None, said.read_text()
            address = said.read_text().split("Serving on ")[1].split()[0]
            assert until(lambda: _answers(address))
            with urlopen(f"{address}reports/annex-ii/", timeout=PATIENCE) as page:  # noqa: S310  # our own address
                assert "Funding and shortfall" in page.read().decode()
            with urlopen(f"{address}people/sign-in/", timeout=PATIENCE) as page:  # noqa: S310  # as above
                assert "Secretariat officer" in page.read().decode()
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=PATIENCE)
    assert until(lambda: not processes_of(state)), "a process of the demonstration is still there"
    assert until(lambda: not list(state.rglob("postmaster.pid"))), "the private PostgreSQL is still there"


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as page:  # noqa: S310  # our own address
            return bool(page.status == 200)
    except OSError:
        return False
