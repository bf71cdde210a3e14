"""What the journeys share: a demonstration of their own, made by the command line as a newcomer makes it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class CommandLine:
    """``colonnade`` run as a process of its own, with a state folder of its own."""

    state: Path
    pack: Path = ROOT / "strategies" / "ungcts"

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
    line = CommandLine(tmp_path_factory.mktemp("state"))
    made = line.run("demo", "--no-serve", "--out", line.state / "out")
    assert made.returncode == 0, made.stderr
    return line
