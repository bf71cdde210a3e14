"""``scripts/environment.py``: installs what is pinned once, and mends an environment that was moved.

Real virtual environments in a folder of the test's own; pip is replaced by a note of what it was asked for, so that
nothing is downloaded.
"""

import importlib.util
import json
import subprocess
import sys
import venv
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

Calls = list[tuple[str, ...]]


class Checkout:
    """A small checkout, and the script as it would run there."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.monkeypatch = monkeypatch
        (root / "requirements").mkdir(parents=True)
        for name in ("runtime.txt", "dev.txt"):
            (root / "requirements" / name).write_text("# pins\n")
        self.write_project("one")

    def write_project(self, name: str, line_length: int = 120) -> None:
        (self.root / "pyproject.toml").write_text(
            f'[project]\nname = "{name}"\n[build-system]\nrequires = []\n'
            f"[tool.setuptools]\n[tool.ruff]\nline-length = {line_length}\n"
        )

    def prepare(self, *pins: str) -> Calls:
        """Prepare the environment; what pip was asked for."""
        script = _load_script()
        calls: Calls = []
        for name, value in {
            "ROOT": self.root,
            "VENV": self.root / ".venv",
            "PYTHON": self.root / ".venv" / "bin" / "python",
            "STAMP": self.root / ".venv" / "colonnade-stamp.json",
            "STATE": self.root / ".colonnade",
            "pip": lambda *arguments: calls.append(arguments),
            "runs": lambda python: python.exists(),
        }.items():
            self.monkeypatch.setattr(script, name, value)
        self.monkeypatch.setattr(
            script.venv, "create", lambda path, **_: venv.EnvBuilder(clear=True, symlinks=True).create(path)
        )
        script.prepare(list(pins))
        return calls


def _load_script() -> ModuleType:
    path = Path(settings.ROOT) / "scripts" / "environment.py"
    spec = importlib.util.spec_from_file_location("environment_of_the_checkout", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout in which nothing was prepared yet."""
    return Checkout(tmp_path / "checkout", monkeypatch)


def test_the_pins_are_installed_with_their_hashes_and_the_checkout_without_the_network(checkout: Checkout) -> None:
    pins, project = checkout.prepare("runtime.txt")
    assert {"--require-hashes", "--only-binary", ":all:"} < set(pins)
    assert {"--no-index", "--no-build-isolation", "--editable"} < set(project)


def test_a_second_run_does_nothing(checkout: Checkout) -> None:
    checkout.prepare("runtime.txt")
    assert checkout.prepare("runtime.txt") == []


def test_changed_pins_are_installed_again_and_nothing_else(checkout: Checkout) -> None:
    checkout.prepare("runtime.txt", "dev.txt")
    (checkout.root / "requirements" / "dev.txt").write_text("# other pins\n")
    (call,) = checkout.prepare("runtime.txt", "dev.txt")
    assert call[-1].endswith("dev.txt")


def test_the_settings_of_tools_are_no_reason_to_install_again(checkout: Checkout) -> None:
    checkout.prepare("runtime.txt")
    checkout.write_project("one", line_length=99)
    assert checkout.prepare("runtime.txt") == []
    checkout.write_project("two")
    assert len(checkout.prepare("runtime.txt")) == 1


def test_an_installation_cut_short_is_taken_up_again(checkout: Checkout) -> None:
    checkout.prepare("runtime.txt")
    (checkout.root / ".venv" / "colonnade-stamp.json").write_text('{"root": "/some')
    assert len(checkout.prepare("runtime.txt")) == 2


def test_an_interpreter_that_is_gone_is_replaced(checkout: Checkout) -> None:
    checkout.prepare("runtime.txt")
    (checkout.root / ".venv" / "bin" / "python").unlink()
    assert len(checkout.prepare("runtime.txt")) == 2


@pytest.mark.parametrize("place", ["moved", "moved to a path with spaces", "moved/" + "far/" * 40])
def test_the_commands_of_a_moved_checkout_run_from_its_new_place(checkout: Checkout, place: str) -> None:
    checkout.prepare("runtime.txt")
    for name, header in {
        "short": f"#!{checkout.root}/.venv/bin/python3\n",
        "long": f"#!/bin/sh\n'''exec' \"{checkout.root}/.venv/bin/python\" \"$0\" \"$@\"\n' '''\n",
    }.items():
        command = checkout.root / ".venv" / "bin" / name
        command.write_text(f"{header}import sys\nprint(sys.prefix)\n")
        command.chmod(0o755)
    moved = checkout.root.parent / place
    moved.parent.mkdir(parents=True, exist_ok=True)
    checkout.root = checkout.root.rename(moved)
    (call,) = checkout.prepare("runtime.txt")
    assert "--editable" in call
    for name in ("short", "long"):
        command = moved / ".venv" / "bin" / name
        assert subprocess.check_output([command], text=True).strip() == str(moved / ".venv")
    stamp = json.loads((moved / ".venv" / "colonnade-stamp.json").read_text())
    assert stamp["root"] == str(moved)


def test_misuse_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert _load_script().main(["nonsense"]) == 2
    assert "runtime|dev" in capsys.readouterr().err


def test_the_script_needs_only_the_standard_library() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(Path(settings.ROOT) / "scripts" / "environment.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "runtime|dev" in done.stderr) == (2, True)
