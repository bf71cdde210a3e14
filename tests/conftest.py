"""What the journeys share: a demonstration of their own, made by the command line as a newcomer makes it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from colonnade.config.private_postgres.locks import holding

#: Seconds within which a demonstration is made, and its server stands.
MADE_WITHIN = 600
ROOT = Path(__file__).resolve().parents[1]
UNGCTS = ROOT / "strategies" / "ungcts"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """``colonnade`` run as a process of its own, with a state folder of its own."""

    state: Path
    pack: Path = UNGCTS

    def run(self, *arguments: str | Path, database: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one command. Without a ``database``, any attempt to reach one fails."""
        environment = {**os.environ, "COLONNADE_STATE": str(self.state), "COLONNADE_PACK": str(self.pack)}
        environment.pop("DATABASE_URL", None)
        if not database:
            environment["DATABASE_URL"] = "postgresql://nobody@localhost:1/none"
        return subprocess.run(
            [sys.executable, "-m", "colonnade.config.cli", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture(scope="session")
def command_line(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A registry that ``colonnade demo`` filled. Journeys that change it bring it back."""
    return a_demonstration(tmp_path_factory, "state")


def a_demonstration(factory: pytest.TempPathFactory, name: str, pack: Path = UNGCTS) -> CommandLine:
    """A state folder of one's own with what ``colonnade demo`` fills of ``pack``.

    The command runs once for all processes of a run of tests; each asker gets a copy, taken while its server stands.
    """
    base = factory.getbasetemp()
    run = base.parent if base.name.startswith("popen-") else base
    kept = CommandLine(run / f"demonstration-{pack.name}", pack)
    line = CommandLine(factory.mktemp(name), pack)
    with holding(run / f"demonstration-{pack.name}.lock", timeout=MADE_WITHIN):
        if not kept.state.exists():
            made = CommandLine(run / f"demonstration-{pack.name}.draft", pack)
            made.state.mkdir()
            done = made.run("demo", "--no-serve", "--out", made.state / "out")
            assert done.returncode == 0, done.stderr
            with holding(made.state / "postgres" / "supervisor.lock", timeout=MADE_WITHIN):
                made.state.rename(kept.state)
        # With its owners: root's server runs as another account.
        subprocess.run(["cp", "-a", f"{kept.state}/.", str(line.state)], check=True)
    return line
