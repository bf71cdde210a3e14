"""The pinned requirements: each with its hashes and its reason, none with the address of a registry."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.ROOT) / "requirements"
PINS = [FOLDER / "runtime.txt", FOLDER / "dev.txt"]
REASONED = [FOLDER / "runtime.in", FOLDER / "dev.in"]


def requirements_in(text: str) -> list[str]:
    """The requirements of a pinned file, each with its continuation lines."""
    joined = re.sub(r"\\\n\s*", " ", text)
    return [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_with_hashes(path: Path) -> None:
    found = requirements_in(path.read_text())
    assert len(found) > 10
    assert [line for line in found if not re.match(r"[\w.-]+==\S+ ", line) or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("path", [*PINS, *REASONED], ids=lambda path: path.name)
def test_no_registry_is_named(path: Path) -> None:
    assert re.findall(r"https?://\S+|index-url|find-links|trusted-host", path.read_text()) == []


@pytest.mark.parametrize("path", REASONED, ids=lambda path: path.name)
def test_every_requirement_says_why(path: Path) -> None:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith(("#", "-c "))]
    assert [line for line in lines if not re.search(r"\s{2}# \w.+", line)] == []


@pytest.mark.parametrize(("wanted", "pinned"), list(zip(REASONED, PINS, strict=True)), ids=["runtime", "dev"])
def test_every_wanted_requirement_is_pinned(wanted: Path, pinned: Path) -> None:
    def name(line: str) -> str:
        return re.split(r"[\[<>=~ ]", line)[0].lower()

    asked = {name(line) for line in wanted.read_text().splitlines() if line and line[0] not in "#-"}
    assert asked - {name(line) for line in requirements_in(pinned.read_text())} == set()
