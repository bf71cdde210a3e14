"""What of the whole proof has been done: a file in the state folder, so that it can go on where it stopped.

It holds for one commit and one seed; a change of either begins anew.
"""

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from time import gmtime, strftime

HEAD = """# Proofs that were run

`make proof` asks every probe in pairs of worlds that differ only in what the reader may not see, and compares the
answers byte by byte. Each run that was recorded (`python -m proof --record`) has a line: what was asked, of which
commit.

| day | commit | seed | part | probes | of | differences |
|---|---|---|---|---|---|---|
"""


def commit(root: Path) -> str:
    """The commit of the checkout, with a plus where files differ from it."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False).stdout.strip()

    return git("rev-parse", "--short=12", "HEAD") + ("+" if git("status", "--porcelain") else "")


@dataclass(slots=True)
class Progress:
    """The chunks that were done, each with its probes and differences."""

    path: Path
    commit: str
    seed: int
    done: dict[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, commit: str, seed: int) -> "Progress":
        """What the file says of this commit and seed; nothing where it speaks of others, or is not there."""
        progress = cls(path, commit, seed)
        try:
            content = json.loads(path.read_text())
            if (content["commit"], content["seed"]) == (commit, seed):
                progress.done = {name: (int(one), int(two)) for name, (one, two) in content["done"].items()}
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            pass
        return progress

    def add(self, chunk: str, probes: int, differences: int) -> None:
        """Note that a chunk was done, at once."""
        self.done[chunk] = (probes, differences)
        self.path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps({"commit": self.commit, "seed": self.seed, "done": self.done}, indent=1))
        draft.replace(self.path)

    @property
    def probes(self) -> int:
        return sum(one for one, _two in self.done.values())

    @property
    def differences(self) -> int:
        return sum(two for _one, two in self.done.values())


def record(page: Path, progress: Progress, part: str, of: int) -> None:
    """Add a line to the page of proofs."""
    # The clock of this process stands; that of the file system says when the last chunk was done.
    day = strftime("%Y-%m-%d", gmtime(progress.path.stat().st_mtime if progress.path.exists() else None))
    line = (
        f"| {day} | `{progress.commit}` | {progress.seed} | {part} | {progress.probes:,} | {of:,}"
        f" | {progress.differences} |\n"
    )
    page.write_text((page.read_text() if page.exists() else HEAD) + line)
